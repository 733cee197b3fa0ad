"""Bodies in motion, as moves are compared by: the directions of limbs, and where the hips go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from posegames.body.joints import Joint
from posegames.body.pose import Floats
from posegames.gestures.posture import LEFT, RIGHT, Posture

STEPS = 24
"""Moments a move is looked at, whatever it takes: two a swing of the fastest part that matters."""
SURE = 0.5
"""Confidence from which a joint counts."""

_BONES = tuple(
    (side.way, start, end, usual)
    for start_name, end_name, usual in (
        ("shoulder", "elbow", 0.55),
        ("elbow", "wrist", 0.5),
        ("hip", "knee", 0.8),
        ("knee", "ankle", 0.8),
    )
    for side in (LEFT, RIGHT)
    for start, end in ((getattr(side, start_name), getattr(side, end_name)),)
)
"""Limbs by twos, the left before the right, with their usual lengths in torso lengths (adults; children's are
shorter)."""
_STARTS, _ENDS = (np.array([bone[place] for bone in _BONES]) for place in (1, 2))
_LEAST = np.array([0.6 * bone[3] for bone in _BONES])[:, None]
"""A limb that looks shorter points at the camera: its direction says less, and counts for less."""
_CHEST = [Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER]
_TRUNK = [*_CHEST, Joint.LEFT_HIP, Joint.RIGHT_HIP]
LIMBS = len(_BONES) + 2
"""Arms and legs, the trunk, and the place of the hips."""
_SWAPPED = np.array([*(i ^ 1 for i in range(len(_BONES))), LIMBS - 2, LIMBS - 1])
_MIRROR = np.array([-1.0, 1.0])


def limbs_of(posture: Posture) -> tuple[Floats, Floats]:
    """Return (LIMBS, 2) each limb's direction, to the own right and up, and (LIMBS,) 1 where it is seen, else 0.

    A direction has length 1, or less where the limb points at the camera; the trunk is in torso lengths, and the
    last row is where the hips are in the picture, in torso lengths.
    """
    points, sure = np.array([posture.x, posture.y]).T, np.array(posture.sure) >= SURE
    limbs, seen = np.empty((LIMBS, 2)), np.empty(LIMBS)
    bones = points[_ENDS] - points[_STARTS]
    limbs[:-2] = bones / np.maximum(np.hypot(bones[:, :1], bones[:, 1:]), _LEAST)
    limbs[-2] = points[_CHEST].mean(axis=0)
    limbs[-1] = np.array(posture.hips) / posture.torso
    seen[:-2] = sure[_STARTS] & sure[_ENDS]
    seen[-2:] = sure[_TRUNK].all()
    return limbs, seen


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """A body over some time: `times` (N,) seconds, `limbs` (N, LIMBS, 2), `seen` (N, LIMBS): see `limbs_of`."""

    times: Floats
    limbs: Floats
    seen: Floats

    @classmethod
    def of(cls, postures: Sequence[Posture]) -> Self:
        """Return what a body did, from at least one posture in order of time."""
        limbs, seen = zip(*(limbs_of(posture) for posture in postures), strict=True)
        return cls(np.array([posture.time for posture in postures]), np.array(limbs), np.array(seen))

    def clip(self, start: float, end: float) -> Clip:
        """Return what was done from `start` to `end`, as moves are compared."""
        times = np.linspace(start, end, STEPS)
        after = np.clip(np.searchsorted(self.times, times), 1, max(len(self.times) - 1, 1))
        before = after - 1
        if len(self.times) == 1:
            after = before
        gap = np.maximum(self.times[after] - self.times[before], 1e-9)
        part = np.clip((times - self.times[before]) / gap, 0, 1)[:, None]
        seen = np.minimum(self.seen[before], self.seen[after])
        # A limb seen at one end only is where it was seen there; its weight is 0 all the same.
        limbs = self.limbs[before] * (1 - part[:, :, None]) + self.limbs[after] * part[:, :, None]
        limbs[:, -1] -= limbs[0, -1]
        return Clip(limbs, seen, end - start)


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """A move at `STEPS` moments: `limbs` (STEPS, LIMBS, 2), `seen` (STEPS, LIMBS) 0 or 1, and how long it took.

    The hips are where they were at first, and from there.
    """

    limbs: Floats
    seen: Floats
    seconds: float

    def mirrored(self) -> Clip:
        """Return the move done with the other side."""
        return Clip(self.limbs[:, _SWAPPED] * _MIRROR, self.seen[:, _SWAPPED], self.seconds)
