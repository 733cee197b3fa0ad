"""Other skeletons: what their points are of ours, and back."""

from __future__ import annotations

import numpy as np
import pytest

from posegames.body.joints import COUNT, MIRROR, Joint
from posegames.body.pose import Pose
from posegames.body.views import BLAZEPOSE_33, COCO_17, OPENPOSE_18, OPENPOSE_25, View

J = Joint
VIEWS = (COCO_17, OPENPOSE_18, OPENPOSE_25, BLAZEPOSE_33)
HANDS_AND_MOUTH = (J.LEFT_PINKY, J.RIGHT_PINKY, J.LEFT_INDEX, J.RIGHT_INDEX, J.LEFT_THUMB, J.RIGHT_THUMB,
                   J.MOUTH_LEFT, J.MOUTH_RIGHT)  # fmt: skip
INNER_AND_OUTER = (J.LEFT_EYE_INNER, J.LEFT_EYE_OUTER, J.RIGHT_EYE_INNER, J.RIGHT_EYE_OUTER)
FEET = (J.LEFT_HEEL, J.RIGHT_HEEL, J.LEFT_FOOT_INDEX, J.RIGHT_FOOT_INDEX)
MISSING = {
    "coco-17": {*HANDS_AND_MOUTH, *INNER_AND_OUTER, *FEET},
    "openpose-18": {*HANDS_AND_MOUTH, *INNER_AND_OUTER, *FEET},
    "openpose-25": {*HANDS_AND_MOUTH, *INNER_AND_OUTER},
    "blazepose-33": set[Joint](),
}
"""The joints that a skeleton has no point for."""

OF_COCO = (0, 2, 5, 7, 8, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28)
"""COCO's points as numbers of BlazePose's."""
OF_OPENPOSE = (0, None, 12, 14, 16, 11, 13, 15, 24, 26, 28, 23, 25, 27, 5, 2, 8, 7)
"""OpenPose's 18 likewise; None is the neck."""
OF_BODY_25 = (
    *OF_OPENPOSE[:8], None, 24, 26, 28, 23, 25, 27, 5, 2, 8, 7, 31, None, 29, 32, None, 30
)  # fmt: skip
"""BODY_25 likewise; None are neck, mid hip and small toes."""


def somebody(seed: int = 0) -> Pose:
    rng = np.random.default_rng(seed)
    return Pose(rng.uniform(0, 1.5, (COUNT, 2)), rng.uniform(0.1, 1, COUNT))


@pytest.mark.parametrize(
    ("view", "numbers"),
    [(COCO_17, OF_COCO), (OPENPOSE_18, OF_OPENPOSE), (OPENPOSE_25, OF_BODY_25), (BLAZEPOSE_33, range(COUNT))],
)
def test_points_are_the_joints_that_the_publishers_number_so(view: View, numbers: tuple[int | None, ...]) -> None:
    pose = somebody()
    xy, confidence = view.of(pose)
    assert len(xy) == len(confidence) == len(view.points) == len(numbers)
    for i, number in enumerate(numbers):
        if number is not None:
            np.testing.assert_array_equal(xy[i], pose.xy[number])
            assert confidence[i] == pose.confidence[number]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_there_and_back_every_joint_it_knows_is_the_same_and_the_others_are_not_seen(view: View) -> None:
    pose = somebody(1)
    xy, confidence = view.lift(*view.of(pose))
    missing = sorted(MISSING[view.name])
    known = sorted(set(Joint) - MISSING[view.name])
    np.testing.assert_array_equal(xy[known], pose.xy[known])
    np.testing.assert_array_equal(confidence[known], pose.confidence[known])
    assert not confidence[missing].any()
    assert not xy[missing].any()
    Pose(xy, confidence)  # a pose as good as any


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_back_and_there_every_point_is_the_same_that_is_a_joint(view: View) -> None:
    rng = np.random.default_rng(2)
    xy, confidence = rng.uniform(size=(len(view.points), 2)).astype(np.float32), rng.uniform(size=len(view.points))
    again = view.of(Pose(*view.lift(xy, confidence)))
    joints = [i for i, source in enumerate(view.sources) if source and len(source) == 1]
    np.testing.assert_array_equal(again[0][joints], xy[joints])
    np.testing.assert_array_equal(again[1][joints], confidence[joints].astype(np.float32))


@pytest.mark.parametrize(
    ("view", "name", "sides"),
    [
        (OPENPOSE_18, "neck", (J.LEFT_SHOULDER, J.RIGHT_SHOULDER)),
        (OPENPOSE_25, "neck", (J.LEFT_SHOULDER, J.RIGHT_SHOULDER)),
        (OPENPOSE_25, "mid_hip", (J.LEFT_HIP, J.RIGHT_HIP)),
    ],
)
def test_a_middle_is_between_its_sides_and_as_sure_as_the_less_sure(
    view: View, name: str, sides: tuple[Joint, Joint]
) -> None:
    pose = somebody(3)
    xy, confidence = view.of(pose)
    i = view.points.index(name)
    np.testing.assert_allclose(xy[i], pose.xy[list(sides)].mean(axis=0), atol=1e-6)
    assert confidence[i] == pose.confidence[list(sides)].min()
    # A neck is nobody's shoulder.
    alone = np.zeros(len(view.points), dtype=np.float32)
    alone[i] = 1
    assert not view.lift(xy, alone)[1].any()


def test_toes_that_we_have_not_are_nowhere() -> None:
    xy, confidence = OPENPOSE_25.of(somebody(4))
    i = OPENPOSE_25.points.index("left_small_toe")
    assert np.isnan(xy[i]).all()
    assert confidence[i] == 0


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_mirrored_body_is_the_mirrored_view(view: View) -> None:
    other = {
        name: name.replace("left", "?").replace("right", "left").replace("?", "right") for name in view.points
    }
    order = [view.points.index(other[name]) for name in view.points]
    pose = somebody(5)
    xy, confidence = view.of(Pose(pose.xy[list(MIRROR)], pose.confidence[list(MIRROR)]))
    np.testing.assert_array_equal(xy, view.of(pose)[0][order])
    np.testing.assert_array_equal(confidence, view.of(pose)[1][order])


def test_many_people_are_lifted_at_once() -> None:
    rng = np.random.default_rng(6)
    xy, confidence = rng.uniform(size=(2, 3, 17, 2)), rng.uniform(size=(2, 3, 17))
    many = COCO_17.lift(xy, confidence)
    assert [array.shape for array in many] == [(2, 3, COUNT, 2), (2, 3, COUNT)]
    one = COCO_17.lift(xy[1, 2], confidence[1, 2])
    np.testing.assert_array_equal(many[0][1, 2], one[0])
    np.testing.assert_array_equal(many[1][1, 2], one[1])
