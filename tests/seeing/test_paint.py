"""Bodies drawn on pictures: where they are, in their colour, on pictures of any size."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from bodies import standing

from posegames.body.joints import BONES, Joint
from posegames.body.pose import Pose
from posegames.seeing.paint import Marked, paint
from posegames.seeing.sighting import Picture

COLOUR = (40, 200, 250)


def grey(width: int = 1280, height: int = 720) -> Picture:
    return np.full((height, width, 3), 128, dtype=np.uint8)


def changed(before: Picture, after: Picture) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.asarray((before != after).any(axis=2))


def unsure(pose: Pose, joint: Joint, confidence: float) -> Pose:
    sure = pose.confidence.copy()
    sure[joint] = confidence
    return replace(pose, confidence=sure)


def test_joints_and_the_middles_of_bones_have_the_colour() -> None:
    pose, picture = standing(0.9), grey()
    after = paint(picture, [Marked(pose, COLOUR, "")])
    places = [pose.xy[joint] for joint in (Joint.NOSE, Joint.LEFT_WRIST, Joint.RIGHT_ANKLE)]
    places += [(pose.xy[a] + pose.xy[b]) / 2 for a, b in BONES]
    for x, y in np.rint(np.array(places) * 720).astype(int):
        assert tuple(after[y, x]) == COLOUR
    assert (picture == 128).all()


def test_far_from_the_body_nothing_changes() -> None:
    pose = standing(0.9)
    mark = changed(grey(), paint(grey(), [Marked(pose, COLOUR, "7")]))
    rows, columns = np.nonzero(mark)
    low, high = pose.xy.min(axis=0) * 720, pose.xy.max(axis=0) * 720
    assert columns.min() > low[0] - 10
    assert columns.max() < high[0] + 10
    assert rows.max() < high[1] + 10
    # The number is above the head.
    assert low[1] - 80 < rows.min() < low[1] - 20


def test_what_is_not_seen_is_not_drawn_and_what_is_unsure_is_thin() -> None:
    def width(confidence: float) -> int:
        pose = unsure(standing(0.9), Joint.LEFT_ANKLE, confidence)
        mark = changed(grey(), paint(grey(), [Marked(pose, COLOUR, "")]))
        middle = (pose.xy[Joint.LEFT_KNEE] + pose.xy[Joint.LEFT_ANKLE]) / 2 * 720
        x, y = np.rint(middle).astype(int)
        return int(mark[y, x - 20 : x + 20].sum())

    assert 0 == width(0) < width(0.3) < width(0.9)


@pytest.mark.parametrize("size", [(1, 1), (2, 5), (31, 17), (641, 361), (4096, 2160)])
def test_pictures_of_any_size(size: tuple[int, int]) -> None:
    picture = grey(*size)
    after = paint(picture, [Marked(standing(0.5), COLOUR, "1"), Marked(standing(-40.0, 90.0), COLOUR, "2")])
    assert after.shape == picture.shape
    assert not np.array_equal(picture, after)


def test_wherever_a_body_is_said_to_be_it_draws_in_time() -> None:
    """Nothing is drawn of what is far away, and OpenCV's sums do not run over."""
    far = standing().moved(np.full((33, 2), 3e30))
    mixed = standing().moved(np.where(np.arange(33)[:, None] % 2, standing().xy, -1e12))
    after = paint(grey(64, 36), [Marked(far, COLOUR, "3"), Marked(mixed, COLOUR, "4")])
    assert after.shape == (36, 64, 3)


def test_the_number_of_somebody_at_the_edge_is_in_the_picture() -> None:
    for place in ((-0.1, 0.2), (1.8, 0.1), (0.9, 1.3)):
        pose = standing(*place)
        bare, numbered = (paint(grey(), [Marked(pose, COLOUR, label)]) for label in ("", "8"))
        assert changed(bare, numbered).sum() > 60


def test_nobody_seen_at_all_leaves_the_picture() -> None:
    nobody = replace(standing(), confidence=np.zeros(33))
    assert not changed(grey(), paint(grey(), [Marked(nobody, COLOUR, "1")])).any()
