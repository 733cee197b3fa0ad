"""What is left of a body when place, size and distance are left out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from bodies import standing
from posed import POSES, posed

from posegames.body.joints import COUNT as JOINTS
from posegames.body.joints import Joint
from posegames.body.pose import Pose
from posegames.gestures.posture import Posture
from posegames.gestures.taught.features import CAP, COUNT, Shape, distances, features, stacked, strays
from posegames.players.player import Player


def far(one: Shape, other: Shape) -> float:
    return float(distances(features(one), stacked([features(other)]))[0])


def stray(one: Shape, other: Shape) -> float:
    return float(strays(features(one), stacked([features(other)]))[0])


def shape(name: str, person: int = 0, loose: float = 0.06) -> Shape:
    return Shape.of_pose(posed(name, person, loose=loose))


@pytest.mark.parametrize("name", POSES)
def test_place_and_size_do_not_count(name: str) -> None:
    here = Shape.of_pose(standing(0.4, 0.3, 0.05, moved=POSES[name]))
    there = Shape.of_pose(standing(1.2, 0.7, 0.3, moved=POSES[name]))
    assert far(here, there) == pytest.approx(0, abs=1e-5)


def test_there_are_two_numbers_a_limb_none_longer_than_one() -> None:
    found = features(shape("hero"))
    assert found.values.shape == found.weights.shape == (COUNT,) == (24,)
    assert found.values.dtype == np.float32
    lengths = np.hypot(found.values[::2], found.values[1::2])
    assert lengths.max() == pytest.approx(1, abs=1e-5)


def test_directions_are_to_the_own_right_and_up() -> None:
    # The trunk comes first; of the shoulders it is from the left to the right one.
    values = features(Shape.of_pose(standing())).values
    assert values[:2] == pytest.approx([0, 1], abs=1e-5)
    assert values[4:6] == pytest.approx([1, 0], abs=1e-5)


def test_a_player_looks_as_their_pose_does() -> None:
    pose = posed("hero", 3)
    player = Player(1, pose, pose, np.zeros((JOINTS, 2)), 0.2, 1.0)
    assert far(Shape.of_posture(Posture.of(player)), Shape.of_pose(pose)) == pytest.approx(0, abs=1e-5)


def test_the_mirror_image_is_that_of_the_flipped_picture() -> None:
    pose = posed("tree", 1)
    mirrored, flipped = Shape.of_pose(pose).mirrored(), Shape.of_pose(pose.flipped(16 / 9))
    assert far(mirrored, flipped) == pytest.approx(0, abs=1e-5)
    assert far(mirrored.mirrored(), Shape.of_pose(pose)) == pytest.approx(0, abs=1e-6)
    assert far(mirrored, Shape.of_pose(pose)) > 0.05


def test_one_pose_of_many_people_is_nearer_than_two_poses() -> None:
    for person in range(1, 6):
        own = max(far(shape(name), shape(name, person)) for name in POSES)
        others = min(far(shape(a), shape(b, person)) for a in POSES for b in POSES if a != b)
        assert own < others


def test_one_raised_arm_is_little_of_a_body_but_a_far_stray() -> None:
    up = standing(moved={"left_elbow": (0.4, -1.55), "left_wrist": (0.4, -2.1)})
    one, other = Shape.of_pose(standing()), Shape.of_pose(up)
    assert far(one, other) < 0.06
    assert stray(one, other) > 1.5
    assert stray(one, one) == 0


def test_one_limb_seen_wrongly_does_not_outweigh_the_others() -> None:
    wrong = standing(moved={"left_wrist": (9, 9)})
    assert far(Shape.of_pose(standing()), Shape.of_pose(wrong)) <= 2 * CAP / COUNT


def test_joints_not_seen_have_no_say_wherever_they_are() -> None:
    whole, part = shape("tee", 2, loose=0), Shape.of_pose(posed("tee", 2, loose=0, hidden=("left_knee",)))
    found = features(part)
    assert (found.weights == 0).sum() == 4
    assert not found.values[found.weights == 0].any()
    assert far(part, whole) == pytest.approx(0, abs=1e-5)
    assert stray(part, whole) == pytest.approx(0, abs=1e-5)


def test_too_little_of_a_body_cannot_be_compared() -> None:
    arms = ("left_elbow", "right_elbow", "left_hip", "right_hip")
    part = Shape.of_pose(posed("tee", 2, hidden=arms))
    assert far(part, shape("tee")) == np.inf
    nobody = Shape.of_pose(Pose(np.zeros((JOINTS, 2)), np.zeros(JOINTS)))
    assert not features(nobody).weights.any()
    assert far(nobody, shape("tee")) == far(shape("tee"), nobody) == np.inf


def test_a_body_on_one_point_has_no_directions() -> None:
    flat = Shape.of_pose(Pose(np.ones((JOINTS, 2)), np.ones(JOINTS)))
    assert not features(flat).values.any()
    assert np.isinf(far(flat, shape("tee")))


def test_a_limb_that_points_at_the_camera_has_hardly_a_direction() -> None:
    pose = standing()
    xy = pose.xy.copy()
    xy[Joint.LEFT_WRIST] = xy[Joint.LEFT_ELBOW] + (0.004, 0)
    found = features(Shape.of_pose(replace(pose, xy=xy))).values
    # The left forearm is the seventh limb.
    assert np.hypot(*found[12:14]) < 0.1
