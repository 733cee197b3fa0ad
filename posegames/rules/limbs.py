"""The limbs a pose is judged by, and which way each of them points. Tables, and sums on whole bodies.

Directions are in frame coordinates: x from left to right of the unmirrored picture, y down. Who faces the camera
has their own left at larger x.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from posegames.body.joints import Joint
from posegames.body.measure import TORSO
from posegames.body.pose import Floats, Pose
from posegames.language import msg
from posegames.rules.piece import ANGLES, Target

J = Joint


@dataclass(frozen=True, slots=True)
class Limb:
    """A part of the body with a direction: from `start` to `end`."""

    name: str
    words: str
    """What a player calls it, or the place at its end; marked with `msg`."""
    start: tuple[Joint, ...]
    end: tuple[Joint, ...]
    weight: float
    """How much it counts."""
    length: float
    """What is usual, in torso lengths (medians of 150 people seen from the front, by BlazePose)."""

    @property
    def part(self) -> str:
        """Its name without the side."""
        return self.name.removeprefix("left_").removeprefix("right_")

    @property
    def angle(self) -> str:
        """The name of `ANGLES` that fixes its direction."""
        return self.name if self.name in ANGLES else "trunk"

    @property
    def parent(self) -> str:
        """The limb it hangs on, if that limb takes it along; else empty."""
        above = {"forearm": "upper_arm", "shin": "thigh"}.get(self.part, "")
        return above and self.name.replace(self.part, above)


LIMBS = (
    Limb("left_upper_arm", msg("left arm"), (J.LEFT_SHOULDER,), (J.LEFT_ELBOW,), 1.2, 0.53),
    Limb("left_forearm", msg("left forearm"), (J.LEFT_ELBOW,), (J.LEFT_WRIST,), 1.5, 0.48),
    Limb("right_upper_arm", msg("right arm"), (J.RIGHT_SHOULDER,), (J.RIGHT_ELBOW,), 1.2, 0.53),
    Limb("right_forearm", msg("right forearm"), (J.RIGHT_ELBOW,), (J.RIGHT_WRIST,), 1.5, 0.48),
    Limb("left_thigh", msg("left knee"), (J.LEFT_HIP,), (J.LEFT_KNEE,), 1.0, 0.75),
    Limb("left_shin", msg("left foot"), (J.LEFT_KNEE,), (J.LEFT_ANKLE,), 1.0, 0.73),
    Limb("right_thigh", msg("right knee"), (J.RIGHT_HIP,), (J.RIGHT_KNEE,), 1.0, 0.75),
    Limb("right_shin", msg("right foot"), (J.RIGHT_KNEE,), (J.RIGHT_ANKLE,), 1.0, 0.73),
    Limb("left_side", msg("left side"), (J.LEFT_HIP,), (J.LEFT_SHOULDER,), 0.8, 1.0),
    Limb("right_side", msg("right side"), (J.RIGHT_HIP,), (J.RIGHT_SHOULDER,), 0.8, 1.0),
    Limb("hips", msg("left hip"), (J.RIGHT_HIP,), (J.LEFT_HIP,), 0.4, 0.38),
    Limb("shoulders", msg("left shoulder"), (J.RIGHT_SHOULDER,), (J.LEFT_SHOULDER,), 0.5, 0.66),
)
"""The twelve limbs. Hands say most, so arms count most; hips and shoulders of a picture are the least sure."""

INDEX = {limb.name: i for i, limb in enumerate(LIMBS)}
"""Where a limb stands in `LIMBS`."""
SIDES = (INDEX["left_side"], INDEX["right_side"])
HIPS_LINE, SHOULDERS_LINE = INDEX["hips"], INDEX["shoulders"]
"""The limbs of the trunk among them."""

TILT = 0.4
"""How far the hips follow when the trunk leans sideways (measured: .45 of real people who bend far)."""


def pointing(name: str, angle: float) -> tuple[float, float]:
    """Return the unit vector (x, y) of an arm or leg, or of the trunk from the hips up, at `angle` degrees."""
    turned = math.radians(angle)
    if name == "trunk":
        return math.sin(turned), -math.cos(turned)
    outwards = 1 if name.startswith("left") else -1
    return outwards * math.sin(turned), math.cos(turned)


def across(trunk: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the unit vectors from right to left along the shoulders and along the hips of a leaning trunk."""
    shoulders, hips = math.radians(trunk), math.radians(trunk * TILT)
    return (math.cos(shoulders), math.sin(shoulders)), (math.cos(hips), math.sin(hips))


_START = np.array([limb.start[0] for limb in LIMBS])
_END = np.array([limb.end[0] for limb in LIMBS])
_FIXED_BY = tuple((limb.angle, limb.weight) for limb in LIMBS)
_ARMS_AND_LEGS = tuple((i, limb.name) for i, limb in enumerate(LIMBS) if limb.angle != "trunk")


def vectors(pose: Pose) -> Floats:
    """Return each limb of `pose` as a vector (12, 2), in frame heights."""
    found: Floats = pose.xy[_END].astype(np.float64) - pose.xy[_START]
    return found


def confidences(pose: Pose) -> Floats:
    """Return how surely each limb (12,) is seen: as its less sure end; a side needs the whole trunk."""
    sure: Floats = np.minimum(pose.confidence[_START], pose.confidence[_END])
    sure[list(SIDES)] = pose.confidence[list(TORSO)].min()
    return sure


def wanted(target: Target, now: Floats) -> Floats:
    """Return which way each limb (12, 2) would point in `target`, on the body whose limbs are `now` (12, 2).

    The sides of a trunk spread from the hips to the wider shoulders: how far is the body's own affair, and taken
    from it. What the target does not fix points nowhere (0, 0).
    """
    ways = np.zeros_like(now, dtype=np.float64)
    for i, name in _ARMS_AND_LEGS:
        if name in target.angles:
            ways[i] = pointing(name, target.angles[name])
    if "trunk" in target.angles:
        trunk = target.angles["trunk"]
        ways[SHOULDERS_LINE], ways[HIPS_LINE] = across(trunk)
        middle = (now[SIDES[0]] + now[SIDES[1]]) / 2
        spread = ways[SHOULDERS_LINE] * math.hypot(*now[SHOULDERS_LINE]) - ways[HIPS_LINE] * math.hypot(
            *now[HIPS_LINE]
        )
        up = np.array(pointing("trunk", trunk)) * math.hypot(*middle)
        ways[SIDES[0]], ways[SIDES[1]] = up + spread / 2, up - spread / 2
    return ways


def weights(target: Target) -> Floats:
    """Return the weight of each limb (12,); 0 for those `target` does not fix."""
    return np.array([weight if angle in target.angles else 0.0 for angle, weight in _FIXED_BY])
