"""Real people: the same pose by somebody else is recognised, another pose is not."""

from __future__ import annotations

import json
import math
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from copies import arms, target

from posegames.body.joints import COUNT, Joint
from posegames.body.pose import Floats, Pose
from posegames.rules.judging import judge
from posegames.rules.limbs import INDEX, Stance
from posegames.rules.piece import ANGLES, Target
from posegames.seeing.estimators.blazepose import BlazePose
from posegames.seeing.estimators.store import ModelStore
from posegames.seeing.estimators.stripped import stripped
from posegames.seeing.sources.images import ImagesSource

pytestmark = pytest.mark.footage
J = Joint
KINECT = {
    4: J.LEFT_SHOULDER, 5: J.LEFT_ELBOW, 6: J.LEFT_WRIST, 8: J.RIGHT_SHOULDER, 9: J.RIGHT_ELBOW, 10: J.RIGHT_WRIST,
    12: J.LEFT_HIP, 13: J.LEFT_KNEE, 14: J.LEFT_ANKLE, 16: J.RIGHT_HIP, 17: J.RIGHT_KNEE, 18: J.RIGHT_ANKLE,
}  # fmt: skip
"""The joints a Kinect and we have in common."""


def as_target(pose: Pose) -> Target:
    """Return what somebody else would have to do to stand like `pose`."""
    stance = Stance.of(pose)
    angles = {}
    for name in ANGLES[:8]:
        x, y = stance.vectors[INDEX[name]]
        angles[name] = math.degrees(math.atan2(x if name.startswith("left") else -x, y))
    x, y = stance.trunk
    return Target(name="theirs", angles=angles | {"trunk": math.degrees(math.atan2(x, -y))})


def ahead(good: list[float], bad: list[float]) -> float:
    """Return how often a good one scores above a bad one (the area under the ROC curve)."""
    order = np.sort(bad)
    below = np.searchsorted(order, good, "left") + np.searchsorted(order, good, "right")
    return float(below.mean() / 2 / len(bad))


@pytest.mark.model
def test_yoga_poses_are_told_apart(footage: Path, models: ModelStore) -> None:
    landmarks = stripped(models.path("pose_landmark_full"), folder=models.folder)
    poses: list[tuple[str, Pose]] = []
    with BlazePose(models.path("pose_detection"), landmarks, most=1) as estimator:
        for folder in sorted((footage / "yoga").iterdir()):
            for path in sorted(folder.glob("*.jp*g"))[::16]:
                with ImagesSource(path) as picture:
                    frame = picture.read()
                assert frame is not None
                estimator.forget()
                poses += [(folder.name, pose) for pose in estimator.estimate(frame)]
    upright = target(trunk=0)
    sideways = [name for name, pose in poses if judge(pose, upright).turned]
    assert sideways.count("Downward_dog") == sum(name == "Downward_dog" for name, _ in poses)
    facing = [(name, pose) for name, pose in poses if judge(pose, upright).enough]
    assert len(facing) >= 10
    same: list[float] = []
    other: list[float] = []
    for (name, a), (name_b, b) in combinations(facing, 2):
        (same if name == name_b else other).append(judge(a, as_target(b), either=True).score)
    assert np.percentile(other, 95) < 25  # measured on all 235: 1
    assert np.percentile(other, 99) < 45  # 5
    assert ahead(same, other) > 0.95  # .985


def trials(footage: Path) -> list[tuple[str, Floats]]:
    folder = footage / "kinder_gator"
    listed = json.loads((folder / "trials.json").read_text())["trials"]
    points = np.load(folder / "skeletons.npz")["xyz"]
    return [(trial["gesture"], points[trial["offset"] :][: trial["frames"]] / 5000) for trial in listed]


def seen_by_a_camera(skeleton: Floats) -> Pose:
    """Return a Kinect's skeleton as a picture of it would show it."""
    xy, confidence = np.zeros((COUNT, 2)), np.zeros(COUNT)
    for row, joint in KINECT.items():
        x, y, z = skeleton[row]
        xy[joint], confidence[joint] = (0.9 - x / z, 0.5 - y / z), 1
    return Pose(xy, confidence)


def test_adults_and_children_raise_their_hands(footage: Path) -> None:
    wanted = target(**arms(145, 145, 145, 145), left_thigh=0, left_shin=0, right_thigh=0, right_shin=0, trunk=0)
    best: list[float] = []
    others: list[float] = []
    for gesture, skeletons in trials(footage):
        if gesture == "hands_up_y":
            best.append(max(judge(seen_by_a_camera(s), wanted).score for s in skeletons[::5]))
        elif gesture in {
            "kick",
            "bow",
            "lean",
            "lunge",
            "side_leg_raise",
            "walk_in_place",
            "twist",
            "punch",
            "t_pose",
        }:
            others += [judge(seen_by_a_camera(s), wanted).score for s in skeletons[5::40]]
    assert len(best) == 10
    assert np.median(best) > 90
    assert min(best) > 65
    assert len(others) > 200
    assert np.percentile(others, 95) < 25
    assert max(others) < 60
