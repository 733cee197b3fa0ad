from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from bodies import standing
from hypothesis import given
from hypothesis import strategies as st

from posegames.body.joints import COUNT
from posegames.seeing.estimators.blazepose import detector, landmarks, presence, search
from posegames.seeing.estimators.blazepose.region import Region, region_of
from posegames.seeing.estimators.sanitise import RawPose, sanitise


def test_anchors_are_those_of_the_net() -> None:
    anchors = detector.anchors()
    assert anchors.shape == (2254, 2)
    # 28x28 cells of two, 14x14 of two, 7x7 of six: first and last of each layer, computed by hand.
    np.testing.assert_allclose(anchors[[0, 1, 2]], np.array([[0.5, 0.5], [0.5, 0.5], [1.5, 0.5]]) / 28, atol=1e-6)
    np.testing.assert_allclose(anchors[2 * 28], np.array([0.5, 1.5]) / 28, atol=1e-6)
    np.testing.assert_allclose(anchors[1568], [0.5 / 14, 0.5 / 14], atol=1e-6)
    np.testing.assert_allclose(anchors[1960], [0.5 / 7, 0.5 / 7], atol=1e-6)
    np.testing.assert_allclose(anchors[-1], [6.5 / 7, 6.5 / 7], atol=1e-6)


def test_a_region_is_that_of_mediapipes_own_test() -> None:
    # pose_expected_detection.pbtxt and pose_expected_expanded_rect.pbtxt, picture 1000x667.
    size = np.array([1000, 667])
    region = region_of(np.array([0.49192297, 0.7013345]) * size, np.array([0.48453212, 0.32265595]) * size)
    assert (region.x / 1000, region.y / 667) == pytest.approx((0.49192297, 0.7013345))
    assert region.side / 1000 == pytest.approx(0.6317167, abs=1e-6)
    assert region.side / 667 == pytest.approx(0.9471016, abs=1e-6)
    assert region.angle == pytest.approx(-0.029253244, abs=1e-6)


@given(
    x=st.floats(-500, 1500),
    y=st.floats(-500, 1500),
    side=st.floats(20, 3000),
    angle=st.floats(-math.pi, math.pi),
)
def test_projecting_undoes_sampling(x: float, y: float, side: float, angle: float) -> None:
    region = Region(x, y, side, angle)
    shares = np.array([[0, 0], [1, 0], [0.5, 0.5], [0.2, 0.9]], dtype=np.float32)
    sampled = shares * 256 @ region.sampling(256)[:, :2].T + region.sampling(256)[:, 2]
    np.testing.assert_allclose(region.project(shares), sampled, atol=side * 1e-5 + 1e-3)


def test_a_region_of_nonsense_is_not_usable() -> None:
    assert Region(100, 100, 200).usable(640, 480)
    assert Region(216, 817, 2049).usable(414, 640)  # a face close up: the hips lie below the picture
    assert not Region(100, 100, 5).usable(640, 480)
    assert not Region(100, 5000, 200).usable(640, 480)
    assert not Region(math.nan, 100, 200).usable(640, 480)
    assert not Region(100, 100, 1e9).usable(640, 480)


def raw_detection(centre: tuple[float, float], size: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """A net's row for an anchor at 0: box and four points at `centre`, in input pixels."""
    points = np.array([centre, (centre[0], centre[1] - size), centre, centre])
    return np.concatenate([centre, [size, size], points.ravel()]).astype(np.float32)


def test_overlapping_boxes_blend_by_score_and_others_stay() -> None:
    rows = np.stack([raw_detection((100, 100), 80), raw_detection((108, 100), 80), raw_detection((30, 30), 40)])
    logits = np.array([2.0, 2.0, 1.0], dtype=np.float32)
    found = detector.decode(rows, logits, np.zeros((3, 2), dtype=np.float32))
    assert [round(score, 3) for score, _ in found] == [0.881, 0.731]
    np.testing.assert_allclose(found[0][1][0] * 224, [104, 100], atol=1e-3)  # equal scores: the middle
    np.testing.assert_allclose(found[1][1][1] * 224, [30, -10], atol=1e-3)


def test_unsure_and_degenerate_detections_do_no_harm() -> None:
    rows = np.stack([raw_detection((100, 100), 0), raw_detection((100, 100), 80)])
    centres = np.zeros((2, 2), dtype=np.float32)
    assert detector.decode(rows, np.array([-1, -5], dtype=np.float32), centres) == []
    assert len(detector.decode(rows, np.array([5, 4], dtype=np.float32), centres)) == 2


def test_refining_moves_a_point_to_its_heat() -> None:
    heat = np.full((64, 64, 3), -20, dtype=np.float32)
    heat[20, 31, 0] = heat[20, 33, 0] = 10  # two hot cells: the point goes between them
    heat[10, 10, 1] = -0.5  # lukewarm: stays
    points = np.array([[30.4, 21.9], [10.2, 10.2], [90, -3]], dtype=np.float32) / 64
    refined = landmarks.refine(points, heat)
    np.testing.assert_allclose(refined[0] * 64, [32, 20], atol=1e-3)
    np.testing.assert_array_equal(refined[1:], points[1:])


def test_refining_agrees_with_the_plain_loop() -> None:
    rng = np.random.default_rng(5)
    heat = rng.normal(0, 3, (64, 64, 39)).astype(np.float32)
    points = rng.uniform(-0.1, 1.1, (39, 2)).astype(np.float32)
    expected = points.copy()
    for k, (x, y) in enumerate(points * 64):  # refine_landmarks_from_heatmap_calculator.cc, word for word
        column, row = int(x), int(y)
        if not (0 <= column < 64 and 0 <= row < 64):
            continue
        columns = np.arange(max(0, column - 3), min(64, column + 4))
        rows = np.arange(max(0, row - 3), min(64, row + 4))
        weight = 1 / (1 + np.exp(-heat[np.ix_(rows, columns)][..., k]))
        if weight.max() >= 0.5:
            expected[k] = [
                (weight.sum(axis=0) * columns).sum() / weight.sum() / 64,
                (weight.sum(axis=1) * rows).sum() / weight.sum() / 64,
            ]
    np.testing.assert_allclose(landmarks.refine(points, heat), expected, atol=1e-5)


def test_what_cannot_be_believed_never_becomes_a_pose() -> None:
    xy = np.tile(np.array([320.0, 240.0], dtype=np.float32), (COUNT, 1))
    xy[0], xy[1], xy[2] = [np.nan, 0], [1e9, 1e9], [-100, 240]
    confidence = np.ones(COUNT, dtype=np.float32)
    confidence[3], confidence[4], confidence[5] = 0.05, 7, np.nan
    z = np.full(COUNT, np.inf, dtype=np.float32)
    pose = sanitise(RawPose(xy=xy, confidence=confidence, z=z, score=2), 640, 480)
    assert pose is not None
    assert [float(c) for c in pose.confidence[:7]] == [0, 0, 1, 0, 1, 0, 1]
    assert pose.xy.min() >= -0.5
    assert pose.xy[6] == pytest.approx([320 / 480, 0.5])  # frame heights on both axes
    assert pose.score == 1
    assert pose.z is not None
    assert np.isfinite(pose.z).all()


def test_a_body_of_four_joints_is_nobody() -> None:
    confidence = np.zeros(COUNT, dtype=np.float32)
    confidence[:4] = 1
    assert sanitise(RawPose(xy=np.ones((COUNT, 2), dtype=np.float32), confidence=confidence), 640, 480) is None


@pytest.mark.parametrize("size", [(1280, 720), (640, 480), (720, 1280), (640, 640), (2000, 300)])
def test_squares_cover_the_whole_picture(size: tuple[int, int]) -> None:
    width, height = size
    parts = search.squares(width, height)
    for share in search.SHARES:
        same = [part for part in parts if part.side == pytest.approx(share * min(size))]
        seen = np.zeros((height // 10, width // 10), dtype=bool)
        for part in same:
            left, right = (part.x - part.side / 2) / 10, (part.x + part.side / 2) / 10
            top, bottom = (part.y - part.side / 2) / 10, (part.y + part.side / 2) / 10
            assert min(left, top) > -1e-6
            seen[round(top) : round(bottom), round(left) : round(right)] = True
        # Up to 1.15 sides long the middle one is enough; the whole picture is looked at, too.
        assert not same or seen.mean() > 0.85


def test_it_is_looked_everywhere_first_then_in_turn_and_often_where_somebody_is_missed() -> None:
    looking = search.Search()
    parts = search.squares(640, 480)
    assert looking.due(0.0, known=0, most=4)
    assert list(looking.parts(640, 480, 0.0)) == [None, *parts]
    assert not looking.due(0.05, known=0, most=4)
    assert looking.due(0.1, known=0, most=4)
    assert not looking.due(0.2, known=1, most=4)
    assert looking.due(0.25, known=1, most=4)
    assert not looking.due(9.0, known=4, most=4)
    seen = [part for i in range(2 * len(parts)) for part in looking.parts(640, 480, 1.0 + i)]
    assert seen[::2] == [None] * len(parts)
    assert seen[1::2] == parts
    looking.lose(replace(parts[-1], side=100), 100.0)
    assert looking.due(100.1, known=4, most=4)
    near = {part for i in range(20) for part in looking.parts(640, 480, 100.0 + i / 20)}
    assert len(near) == search.NEAREST + 1
    assert {None, parts[-1]} <= near
    looking.lose(replace(parts[-1], side=400), 101.0)  # somebody large: the smallest squares show a piece of them
    near = {part for i in range(20) for part in looking.parts(640, 480, 101.0 + i / 20)}
    assert min(part.side for part in near if part) > parts[-1].side
    assert not looking.due(110.0, known=4, most=4)


def test_a_body_of_furniture_is_not_plausible() -> None:
    somebody = standing(torso=0.2)
    assert presence.plausible(somebody)
    assert not presence.plausible(standing(torso=0.02))
    stretched = standing(torso=0.1, moved={"left_knee": (0.2, 1.9), "left_ankle": (0.2, 3.0)})
    assert not presence.plausible(stretched)
    unseen = np.where(np.isin(np.arange(COUNT), (25, 27)), 0, 1)
    assert presence.plausible(replace(stretched, confidence=unseen))


def test_somebody_known_may_bow() -> None:
    bowing = standing(torso=0.2, moved={"left_shoulder": (0.33, -0.45), "right_shoulder": (-0.33, -0.45)})
    assert not presence.plausible(bowing)
    assert presence.plausible(bowing, known=True)


def test_one_body_is_not_two() -> None:
    somebody = standing(x=0.8, torso=0.2)
    assert presence.one_body(standing(x=0.82, torso=0.19), somebody)
    assert not presence.one_body(standing(x=1.0, torso=0.2), somebody)
    piece = replace(standing(x=0.82, y=0.5, torso=0.1), score=0.6)
    assert presence.one_body(piece, somebody)
    child = replace(piece, score=0.99)
    assert not presence.one_body(child, somebody)
    foot = replace(standing(x=0.85, y=0.9, torso=0.04), score=0.99)
    assert presence.one_body(foot, somebody)
    assert not presence.one_body(replace(standing(x=1.2, y=0.9, torso=0.04), score=0.99), somebody)
