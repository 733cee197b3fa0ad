"""Built bodies in poses, as different people show them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from bodies import Moves, standing

from posegames.body.joints import Joint
from posegames.body.pose import Pose

POSES: dict[str, Moves] = {
    "stand": {},
    "tee": {
        "left_elbow": (0.9, -1), "left_wrist": (1.45, -1), "left_index": (1.6, -1),
        "right_elbow": (-0.9, -1), "right_wrist": (-1.45, -1), "right_index": (-1.6, -1),
    },
    "hero": {
        "left_elbow": (0.5, -1.5), "left_wrist": (0.45, -2.05), "left_index": (0.45, -2.2),
        "right_elbow": (-0.8, -0.6), "right_wrist": (-0.35, -0.3), "right_index": (-0.25, -0.25),
    },
    "tree": {
        "left_elbow": (0.45, -1.5), "left_wrist": (0.05, -1.9), "left_index": (0.03, -2.0),
        "right_elbow": (-0.45, -1.5), "right_wrist": (-0.05, -1.9), "right_index": (-0.03, -2.0),
        "left_knee": (0.8, 0.5), "left_ankle": (0.1, 0.75), "left_heel": (0.1, 0.7),
    },
}  # fmt: skip
"""By name, what is elsewhere than in a body that stands."""

_HANDS = np.array([joint.name.endswith(("WRIST", "INDEX", "PINKY", "THUMB")) for joint in Joint])


def posed(name: str, person: int = 0, *, loose: float = 0.06, hidden: tuple[str, ...] = ()) -> Pose:
    """Return how `person` shows a pose: at their own place and size, joints about `loose` torso lengths off."""
    random = np.random.default_rng([person, *name.encode()])
    pose = standing(0, 0, 1, moved=POSES[name])
    xy = pose.xy + random.normal(0, loose, pose.xy.shape) * np.where(_HANDS, 1.5, 1)[:, None]
    confidence = np.ones(len(Joint))
    for joint in hidden:
        xy[Joint[joint.upper()]], confidence[Joint[joint.upper()]] = random.uniform(-9, 9, 2), 0
    size, place = random.uniform(0.05, 0.3), random.uniform(0.3, 0.9, 2)
    return replace(pose, xy=xy * size + place, confidence=confidence)
