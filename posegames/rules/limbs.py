"""The limbs a pose is judged by, and which way each of them points. Tables, and sums on whole bodies.

In plain numbers: they are few, and for twelve of them each step of an array costs more than all of it does here.

Directions are in frame coordinates: x from left to right of the unmirrored picture, y down. Who faces the camera
has their own left at larger x.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from posegames.body.joints import Joint
from posegames.body.measure import TORSO
from posegames.body.pose import Pose
from posegames.language import msg
from posegames.rules.piece import ANGLES, Target

J = Joint
Vector = tuple[float, float]


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


def pointing(name: str, angle: float) -> Vector:
    """Return the unit vector (x, y) of an arm or leg, or of the trunk from the hips up, at `angle` degrees."""
    turned = math.radians(angle)
    if name == "trunk":
        return math.sin(turned), -math.cos(turned)
    outwards = 1 if name.startswith("left") else -1
    return outwards * math.sin(turned), math.cos(turned)


def across(trunk: float) -> tuple[Vector, Vector]:
    """Return the unit vectors from right to left along the shoulders and along the hips of a leaning trunk."""
    shoulders, hips = math.radians(trunk), math.radians(trunk * TILT)
    return (math.cos(shoulders), math.sin(shoulders)), (math.cos(hips), math.sin(hips))


_ENDS = tuple((int(limb.start[0]), int(limb.end[0])) for limb in LIMBS)


@dataclass(frozen=True, slots=True)
class Stance:
    """A body as its limbs: lists of twelve, in the order of `LIMBS`."""

    vectors: list[Vector]
    """In frame heights."""
    lengths: list[float]
    sure: list[float]
    """How surely each is seen: as its less sure end; a side needs the whole trunk."""

    @classmethod
    def of(cls, pose: Pose) -> Self:
        """Return how `pose` stands."""
        xy, confidence = pose.xy.tolist(), pose.confidence.tolist()
        vectors = [(xy[end][0] - xy[start][0], xy[end][1] - xy[start][1]) for start, end in _ENDS]
        sure = [min(confidence[start], confidence[end]) for start, end in _ENDS]
        sure[SIDES[0]] = sure[SIDES[1]] = min([confidence[joint] for joint in TORSO])
        return cls(vectors, [math.hypot(x, y) for x, y in vectors], sure)

    @property
    def trunk(self) -> Vector:
        """The trunk from the hips up, in frame heights."""
        (ax, ay), (bx, by) = self.vectors[SIDES[0]], self.vectors[SIDES[1]]
        return (ax + bx) / 2, (ay + by) / 2


@dataclass(frozen=True, slots=True)
class Aim:
    """What a target asks of each of the twelve limbs, whoever strikes it."""

    weights: tuple[float, ...]
    """0 for those it does not fix."""
    ways: tuple[Vector, ...]
    """Unit vectors; what the target does not fix points nowhere (0, 0), nor do the sides of the trunk."""
    up: Vector | None
    """The trunk from the hips up; None where it is free."""

    @classmethod
    def of(cls, target: Target) -> Aim:
        """Return what `target` asks."""
        return _aim(tuple(target.angles.items()))

    def on(self, stance: Stance) -> list[Vector]:
        """Return which way each limb would point on the body that stands like this.

        The sides of a trunk spread from the hips to the wider shoulders: how far is the body's own affair, and
        taken from it.
        """
        ways = [*self.ways]
        if self.up is not None:
            long, (ux, uy) = math.hypot(*stance.trunk), self.up
            (sx, sy), (hx, hy) = ways[SHOULDERS_LINE], ways[HIPS_LINE]
            wide, narrow = stance.lengths[SHOULDERS_LINE] / 2, stance.lengths[HIPS_LINE] / 2
            x, y = sx * wide - hx * narrow, sy * wide - hy * narrow
            ways[SIDES[0]], ways[SIDES[1]] = (ux * long + x, uy * long + y), (ux * long - x, uy * long - y)
        return ways


@lru_cache(maxsize=256)
def _aim(angles: tuple[tuple[str, float], ...]) -> Aim:
    named = dict(angles)
    ways = [pointing(limb.name, named[limb.name]) if limb.name in named else (0.0, 0.0) for limb in LIMBS]
    up = None
    if "trunk" in named:
        ways[SHOULDERS_LINE], ways[HIPS_LINE] = across(named["trunk"])
        up = pointing("trunk", named["trunk"])
    return Aim(tuple(limb.weight if limb.angle in named else 0.0 for limb in LIMBS), tuple(ways), up)
