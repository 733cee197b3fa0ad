"""A pose struck on the stage has the angles it was given."""

from __future__ import annotations

import math

import numpy as np
import pytest

from posegames.body.joints import Joint
from posegames.body.measure import HIPS, SHOULDERS
from posegames.body.pose import Pose
from posegames.errors import SourceError
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import parse_play

_BONES = {
    "upper": ("SHOULDER", "ELBOW"), "fore": ("ELBOW", "WRIST"),
    "thigh": ("HIP", "KNEE"), "shin": ("KNEE", "ANKLE"),
}  # fmt: skip


def struck(angles: str) -> Pose:
    play = parse_play(f"0 1 pose seconds=6 {angles}")
    (pose,) = Choreography(play, actors=1).at(3.0)
    return pose


def measured(pose: Pose, name: str) -> float:
    side, _, limb = name.partition("_")
    start, end = (pose.xy[Joint[f"{side}_{joint}".upper()]] for joint in _BONES[limb])
    x, y = end - start
    return math.degrees(math.atan2(x if side == "left" else -x, y))


@pytest.mark.parametrize(
    "given",
    [
        {"left_upper": 90, "left_fore": 90, "right_upper": 90, "right_fore": 180},
        {"left_upper": 135, "left_fore": 170, "right_upper": 40, "right_fore": -30, "trunk": 15},
        {
            "left_thigh": 30,
            "left_shin": 30,
            "right_thigh": 30,
            "right_shin": 30,
            "left_upper": 60,
            "left_fore": 60,
        },
        {"left_thigh": 60, "left_shin": -50, "right_thigh": 0, "right_shin": 0},
        {"right_thigh": 45, "right_shin": 0, "left_thigh": 8, "left_shin": 20, "trunk": -10},
    ],
)
def test_limbs_have_the_angles_they_were_given(given: dict[str, float]) -> None:
    pose = struck(" ".join(f"{name}={value}" for name, value in given.items()))
    for name, value in given.items():
        if name != "trunk":
            apart = (measured(pose, name) - value + 180) % 360 - 180
            assert abs(apart) < 8, (name, value, apart)
    x, y = pose.middle(SHOULDERS) - pose.middle(HIPS)
    assert math.degrees(math.atan2(x, -y)) == pytest.approx(given.get("trunk", 0), abs=4)


def test_one_foot_stays_on_the_floor_however_the_legs_are_held() -> None:
    feet = [Joint.LEFT_HEEL, Joint.RIGHT_HEEL]
    standing = struck("both_upper=90").xy[feet, 1].max()
    for angles in ("both_thigh=35", "left_thigh=60 left_shin=-40", "both_thigh=20 both_shin=-5"):
        assert struck(angles).xy[feet, 1].max() == pytest.approx(standing, abs=0.02)


def test_one_side_counts_before_both() -> None:
    pose = struck("left_upper=170 left_fore=170 both_upper=90 both_fore=90")
    assert measured(pose, "left_upper") == pytest.approx(170, abs=8)
    assert measured(pose, "right_upper") == pytest.approx(90, abs=8)
    assert np.isfinite(pose.xy).all()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("0 1 pose", "pose needs an angle"),
        ("0 1 pose left_uper=90", "Did you mean 'left_upper'"),
        ("0 1 pose left_upper=nan", "left_upper is 'nan'"),
        ("0 1 pose trunk=900", "from -200 to 200"),
        ("0 1 squat left_upper=90", "'left_upper' is unknown here"),
    ],
)
def test_what_is_wrong_with_a_pose_is_said(line: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        parse_play(line)
