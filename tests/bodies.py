"""Built bodies for sums and stories."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from posegames.body.joints import COUNT, Joint
from posegames.body.pose import Floats, Pose
from posegames.seeing.sighting import Sighting

Moves = dict[str, tuple[float, float]]
"""Joints by name, and where they are: in torso lengths from the middle of the hips, y down, their left at +x."""

_STANDING: Moves = {
    "nose": (0, -1.45), "left_eye_inner": (0.05, -1.52), "left_eye": (0.08, -1.52), "left_eye_outer": (0.1, -1.52),
    "left_ear": (0.16, -1.48), "mouth_left": (0.05, -1.35), "left_shoulder": (0.33, -1),
    "left_elbow": (0.42, -0.45), "left_wrist": (0.45, 0.05), "left_pinky": (0.47, 0.18),
    "left_index": (0.44, 0.2), "left_thumb": (0.41, 0.12),
    "left_hip": (0.2, 0), "left_knee": (0.22, 0.8), "left_ankle": (0.23, 1.6), "left_heel": (0.22, 1.7),
    "left_foot_index": (0.32, 1.75),
}  # fmt: skip


def standing(
    x: float = 0.9, y: float = 0.55, torso: float = 0.2, *, track: int | None = None, moved: Moves | None = None
) -> Pose:
    """Return somebody standing with the hips at (x, y); `moved` puts joints elsewhere, in torso lengths."""
    return Pose(places(moved) * torso + [x, y], np.ones(COUNT), track=track)


def places(moved: Moves | None = None) -> Floats:
    """Return where joints are, (joints, 2) in torso lengths from the middle of the hips; not to be written to."""
    return _places(tuple((moved or {}).items()))


@lru_cache(maxsize=64)
def _places(moved: tuple[tuple[str, tuple[float, float]], ...]) -> Floats:
    """Stories ask for the same ones, sighting after sighting."""
    named, xy = _STANDING | dict(moved), np.zeros((COUNT, 2))
    for joint in Joint:
        name = joint.name.lower()
        x, y = _STANDING[name.replace("right", "left")]
        xy[joint] = named.get(name, (-x, y))
    xy.flags.writeable = False
    return xy


def sighting(time: float, *poses: Pose, number: int = 0) -> Sighting:
    """Return a sighting of `poses` on a 16:9 picture."""
    return Sighting(time, number, poses, 16 / 9)
