"""What a body can do is believed at once; what none can is held for a moment, and said to be doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from bodies import sighting, standing

from posegames.body.joints import COUNT, Joint
from posegames.body.pose import Pose
from posegames.body.smooth import PRESETS
from posegames.players.roster import Roster
from posegames.players.sanity import HELD, Sanity

WRIST, TORSO = Joint.LEFT_WRIST, 0.2


class Watched:
    """One body, judged sighting by sighting."""

    def __init__(self) -> None:
        self._sanity: Sanity | None = None
        self.held = 0
        """Joints held by now."""

    def __call__(self, pose: Pose, time: float) -> Pose:
        xy, confidence = pose.xy[None], pose.confidence[None]
        sanity = self._sanity or Sanity.begin(xy, confidence)
        self._sanity, xy, confidence = sanity.judged(xy, confidence, time, np.array([TORSO]))
        self.held = int((self._sanity.seen & (self._sanity.time < time)).sum())
        return replace(pose, xy=xy[0], confidence=confidence[0])


def seen(sureness: Sequence[float]) -> list[float]:
    """Return what is told of a wrist that is seen with these confidences, 30 times a second."""
    sanity, told = Watched(), []
    for i, sure in enumerate(sureness):
        confidence = np.ones(COUNT)
        confidence[WRIST] = sure
        told.append(float(sanity(replace(standing(), confidence=confidence), i / 30).confidence[WRIST]))
    return told


def watched(places: Sequence[tuple[float, float]], hz: float = 30) -> list[Pose]:
    """Return what is made of a left wrist (torso lengths from the hips) at these places."""
    sanity = Watched()
    return [sanity(standing(moved={"left_wrist": at}), i / hz) for i, at in enumerate(places)]


def test_a_joint_that_flickers_stays_as_it_was() -> None:
    held = seen([0.9, 0.45, 0.55, 0.4, 0.52, 0.36])
    assert min(held) >= 0.5
    unseen = seen([0.2, 0.55, 0.45, 0.6, 0.4, 0.64])
    assert max(unseen) < 0.5
    assert seen([0.2, 0.7, 0.4, 0.3, 0.6]) == pytest.approx([0.2, 0.7, 0.5, 0.3, 0.45])


def test_what_is_sure_is_told_as_it_is() -> None:
    assert seen([0.9, 0.8, 0.1, 0.0]) == pytest.approx([0.9, 0.8, 0.1, 0.0])


@pytest.mark.parametrize("hz", [15, 30, 60])
def test_a_punch_is_never_held(hz: int) -> None:
    # 1.1 torso lengths in .1 s with least jerk: 20 a second at its fastest, an adult's hardest.
    share = np.clip((np.arange(0, 0.6, 1 / hz) - 0.2) / 0.1, 0, 1)
    reach = 10 * share**3 - 15 * share**4 + 6 * share**5
    places = [(0.45 + 0.6 * r, 0.05 - 0.9 * r) for r in reach]
    for pose, at in zip(watched(places, hz), places, strict=True):
        np.testing.assert_allclose(pose.xy[WRIST], standing(moved={"left_wrist": at}).xy[WRIST], atol=1e-6)
        assert pose.confidence[WRIST] == 1


def test_a_leap_there_and_back_is_held_and_doubtful() -> None:
    home, elsewhere = (0.45, 0.05), (-0.3, -1.2)
    poses = watched([home, home, elsewhere, home])
    for pose in poses:
        np.testing.assert_allclose(pose.xy, poses[0].xy, atol=1e-6)
    assert [round(float(pose.confidence[WRIST]), 2) for pose in poses] == [1.0, 1.0, 0.45, 1.0]
    assert poses[2].confidence[Joint.LEFT_ELBOW] == 1


@pytest.mark.parametrize("hz", [15, 30, 60])
def test_what_stays_is_believed_soon_however_strange(hz: int) -> None:
    home, elsewhere = (0.45, 0.05), (3.0, -4.0)
    poses = watched([home] * 3 + [elsewhere] * hz, hz)
    late = [i for i, pose in enumerate(poses[3:]) if pose.confidence[WRIST] < 0.5]
    assert late
    assert (max(late) + 1) / hz <= HELD + 1 / hz
    assert poses[-1].xy[WRIST] == pytest.approx(standing(moved={"left_wrist": elsewhere}).xy[WRIST])


def test_a_bone_shrinks_as_it_likes_and_does_not_grow() -> None:
    short = watched([(0.45, 0.05), (0.43, -0.25), (0.43, -0.4)])  # the forearm points at the camera
    assert min(pose.confidence[WRIST] for pose in short) == 1
    # .54 torso lengths in 33 ms is a speed any hand has; a forearm of twice its length is none.
    grown = watched([(0.45, 0.05), (0.45, 0.05), (0.45, 0.59)])
    assert [bool(pose.confidence[WRIST] < 0.5) for pose in grown] == [False, False, True]


def test_an_elbow_that_leaps_does_not_drag_the_hand_along() -> None:
    sanity = Watched()
    first = sanity(standing(), 0)
    then = sanity(standing(moved={"left_elbow": (1.6, -1.4)}), 1 / 30)
    assert sanity.held == 1
    np.testing.assert_allclose(then.xy, first.xy, atol=1e-6)
    assert np.flatnonzero(then.confidence < 0.5).tolist() == [Joint.LEFT_ELBOW]


def test_bodies_judged_at_once_are_judged_each_by_itself() -> None:
    lots, alone, many = np.random.default_rng(1), [Watched() for _ in range(4)], None
    for i in range(60):
        poses = [standing(0.3 + 0.4 * x, moved={"left_wrist": tuple(lots.normal(0, 1, 2))}) for x in range(4)]
        xy, confidence = np.array([p.xy for p in poses]), lots.uniform(0.2, 1, (4, COUNT)).astype(np.float32)
        each = [
            one(replace(p, confidence=row), i / 30) for one, p, row in zip(alone, poses, confidence, strict=True)
        ]
        many = many or Sanity.begin(xy, confidence)
        many, xy, confidence = many.judged(xy, confidence, i / 30, np.full(4, TORSO))
        np.testing.assert_array_equal(xy, [pose.xy for pose in each])
        np.testing.assert_array_equal(confidence, [pose.confidence for pose in each])


def test_who_leaps_as_a_whole_or_walks_in_is_believed() -> None:
    for other in (standing(0.4), standing(0.9, torso=0.35), standing(0.9, 0.2)):
        sanity = Watched()
        sanity(standing(0.9), 0)
        np.testing.assert_array_equal(sanity(other, 1 / 30).xy, other.xy)
        assert sanity.held == 0


def test_each_body_of_a_roster_is_judged_by_itself_and_shown_raw_and_smooth() -> None:
    roster, places = Roster(), ((0.5, 1), (1.3, 2))
    for i in range(30):
        moved = {"left_wrist": (-0.3, -1.2)} if i == 29 else None
        bodies = [standing(x, track=track, moved=moved if track == 2 else None) for x, track in places]
        roster.update(sighting(i / 30, *bodies), i / 30)
    by_place = {round(float(player.pose.middle((23, 24))[0]), 1): player for player in roster.update(None, 1)}
    assert by_place[0.5].pose.confidence[WRIST] == 1
    assert by_place[1.3].pose.confidence[WRIST] < 0.5
    raw = by_place[1.3].raw
    assert raw is not None
    np.testing.assert_allclose(raw.xy, standing(1.3).xy, atol=1e-6)


def test_another_smoothing_takes_over_without_a_jump() -> None:
    lots, roster = np.random.default_rng(3), Roster()
    spread = {}
    for preset in ("fast", "calm"):
        roster.smooth(PRESETS[preset])
        start = 0 if preset == "fast" else 90
        seen_at = []
        for i in range(start, start + 90):
            pose = standing(0.9 + float(lots.normal(0, 0.002)))
            seen_at += [float(p.pose.xy[0, 0]) for p in roster.update(sighting(i / 30, pose), i / 30)]
        spread[preset] = float(np.abs(np.diff(seen_at[10:])).mean())
        assert abs(seen_at[0] - 0.9) < 0.01
    assert spread["calm"] < 0.5 * spread["fast"]
