from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from posegames.body.joints import BONES, COUNT, MIRROR, SIGMAS, Joint
from posegames.body.likeness import oks
from posegames.body.measure import angle, box, torso_length
from posegames.body.pose import Pose


def random_pose(seed: int) -> Pose:
    rng = np.random.default_rng(seed)
    return Pose(
        xy=rng.uniform(0, 1.5, (COUNT, 2)),
        confidence=rng.uniform(0, 1, COUNT),
        z=rng.normal(size=COUNT),
        world=rng.normal(size=(COUNT, 3)),
    )


def test_tables_agree_on_the_number_of_joints() -> None:
    assert len(MIRROR) == len(SIGMAS) == COUNT == 33
    assert {joint for bone in BONES for joint in bone} <= set(Joint)


def test_mirror_swaps_sides_and_is_its_own_inverse() -> None:
    assert MIRROR[Joint.LEFT_WRIST] == Joint.RIGHT_WRIST
    assert MIRROR[Joint.MOUTH_RIGHT] == Joint.MOUTH_LEFT
    assert MIRROR[Joint.NOSE] == Joint.NOSE
    assert [MIRROR[MIRROR[j]] for j in range(COUNT)] == list(range(COUNT))


@given(seed=st.integers(0, 2**32 - 1), aspect=st.floats(0.4, 2.5))
def test_flipping_twice_is_the_same_pose_with_names(seed: int, aspect: float) -> None:
    pose = random_pose(seed)
    once, twice = pose.flipped(aspect), pose.flipped(aspect).flipped(aspect)
    assert once.xy[Joint.LEFT_KNEE, 0] == pytest.approx(aspect - pose.xy[Joint.RIGHT_KNEE, 0], abs=1e-5)
    np.testing.assert_allclose(twice.xy, pose.xy, atol=1e-5)
    np.testing.assert_array_equal(twice.confidence, pose.confidence)
    np.testing.assert_array_equal(twice.z, pose.z)
    np.testing.assert_array_equal(twice.world, pose.world)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("xy", np.zeros((17, 2)), r"Pose.xy must have shape \(33, 2\), got \(17, 2\)"),
        ("xy", np.full((COUNT, 2), np.nan), "Pose.xy must be finite"),
        ("confidence", np.full(COUNT, 1.5), "confidence must lie in 0..1"),
        ("confidence", np.full(COUNT, np.inf), "Pose.confidence must be finite"),
        ("z", np.zeros(COUNT + 1), r"Pose.z must have shape"),
        ("world", np.zeros((COUNT, 2)), r"Pose.world must have shape"),
    ],
)
def test_a_malformed_pose_is_refused_at_birth(field: str, value: object, message: str) -> None:
    fields = {"xy": np.zeros((COUNT, 2)), "confidence": np.ones(COUNT), field: value}
    with pytest.raises(ValueError, match=message):
        Pose(**fields)  # type: ignore[arg-type]  # wrong types are the point


def test_a_pose_cannot_be_changed_and_shares_nothing() -> None:
    xy = np.zeros((COUNT, 2), dtype=np.float32)
    pose = Pose(xy, np.ones(COUNT, dtype=np.float32))
    xy[:] = 5
    assert pose.xy.max() == 0
    with pytest.raises(ValueError, match="read-only"):
        pose.xy[0] = 1


def test_angles_are_true_on_wide_frames() -> None:
    xy = np.zeros((COUNT, 2), dtype=np.float32)
    # 30 degrees between the two, as drawn on any frame: both axes are frame heights.
    xy[Joint.LEFT_WRIST] = [np.cos(np.radians(30)), np.sin(np.radians(30))]
    xy[Joint.LEFT_SHOULDER] = [1, 0]
    pose = Pose(xy, np.ones(COUNT, dtype=np.float32))
    assert angle(pose, Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW, Joint.LEFT_WRIST) == pytest.approx(30, abs=1e-3)


def test_torso_and_box_of_a_built_pose() -> None:
    xy = np.full((COUNT, 2), 0.5, dtype=np.float32)
    xy[[Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER], 1] = 0.2
    pose = Pose(xy, np.ones(COUNT, dtype=np.float32))
    assert torso_length(pose) == pytest.approx(0.3, abs=1e-6)
    assert box(pose) == pytest.approx((0.5, 0.2, 0.5, 0.5))
    assert box(Pose(xy, np.zeros(COUNT, dtype=np.float32))) is None


def test_oks_is_one_for_the_same_body_and_falls_with_distance() -> None:
    pose = Pose(np.random.default_rng(0).uniform(size=(COUNT, 2)), np.ones(COUNT))
    near = Pose(pose.xy + np.float32(0.01), np.ones(COUNT))
    far = Pose(pose.xy + np.float32(0.5), np.ones(COUNT))
    assert oks(pose, pose, 0.4) == pytest.approx(1)
    assert 0.5 < oks(pose, near, 0.4) < 1
    assert oks(pose, far, 0.4) < 0.05


def test_oks_without_evidence_is_zero() -> None:
    pose = random_pose(1)
    unseen = Pose(pose.xy, np.zeros(COUNT))
    assert oks(pose, unseen, 0.4) == 0
    assert oks(pose, pose, 0) == 0


def test_a_moved_body_is_the_same_elsewhere_and_checked_as_well() -> None:
    pose = replace(random_pose(2), track=7, alive=False)
    moved = pose.moved(pose.xy + 0.25)
    assert np.array_equal(moved.xy, pose.xy + np.float32(0.25))
    assert not moved.xy.flags.writeable
    assert (moved.track, moved.alive, moved.score) == (7, False, pose.score)
    assert moved.confidence is pose.confidence
    for wrong in (np.full((COUNT, 2), np.nan), pose.xy[:5]):
        with pytest.raises(ValueError, match="xy"):
            pose.moved(wrong)
