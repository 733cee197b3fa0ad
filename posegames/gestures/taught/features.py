"""A body's shape by itself, and the numbers two shapes are compared by: place, size and distance left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from posegames.body.joints import MIRROR, Joint
from posegames.body.measure import HIPS, SHOULDERS
from posegames.body.pose import Floats, Pose
from posegames.gestures.posture import Posture

_J = Joint
LIMBS: tuple[tuple[tuple[Joint, ...], tuple[Joint, ...], float], ...] = (
    (HIPS, SHOULDERS, 1.0),
    (SHOULDERS, (_J.LEFT_EAR, _J.RIGHT_EAR), 0.45),
    ((_J.LEFT_SHOULDER,), (_J.RIGHT_SHOULDER,), 0.6),
    ((_J.LEFT_HIP,), (_J.RIGHT_HIP,), 0.4),
    ((_J.LEFT_SHOULDER,), (_J.LEFT_ELBOW,), 0.6),
    ((_J.RIGHT_SHOULDER,), (_J.RIGHT_ELBOW,), 0.6),
    ((_J.LEFT_ELBOW,), (_J.LEFT_WRIST,), 0.55),
    ((_J.RIGHT_ELBOW,), (_J.RIGHT_WRIST,), 0.55),
    ((_J.LEFT_HIP,), (_J.LEFT_KNEE,), 0.85),
    ((_J.RIGHT_HIP,), (_J.RIGHT_KNEE,), 0.85),
    ((_J.LEFT_KNEE,), (_J.LEFT_ANKLE,), 0.85),
    ((_J.RIGHT_KNEE,), (_J.RIGHT_ANKLE,), 0.85),
)
"""From where to where (one joint, or the middle of two), and how long it usually is in torso lengths."""
COUNT = 2 * len(LIMBS)
"""Numbers a shape is compared by."""
CAP = 0.5
"""What a number can differ at most: one limb that was seen wrongly must not outweigh all the others.

Of yoga photographs, five a pose learnt, .987 were told right so, .979 with 1, .959 without a cap.
"""
SHORT = 0.5
"""A limb that looks shorter than this share of its usual length points at the camera: its direction means less."""
LEAST_SEEN = 0.6
"""Share of what one shape shows that must be seen in the other: with less they cannot be compared."""

SURE = 0.5
"""Confidence from which a limb that differs is believed to."""


def _averaging(ends: Sequence[tuple[Joint, ...]]) -> Floats:
    """Return (limbs, 33): what of each joint makes these points."""
    rows = np.zeros((len(ends), len(Joint)), dtype=np.float32)
    for row, joints in zip(rows, ends, strict=True):
        row[list(joints)] = 1 / len(joints)
    return rows


_FROM = _averaging([start for start, _, _ in LIMBS])
_TO = _averaging([end for _, end, _ in LIMBS])
_ENDS = np.array([(start[0], start[-1], end[0], end[-1]) for start, end, _ in LIMBS])
_USUAL = np.array([limb[2] for limb in LIMBS], dtype=np.float32)
_NEGATED_X = np.array([-1, 1], dtype=np.float32)
_BUILT = 3
"""A body's size is that of the limb that looks third longest: any may point at the camera, and two be wrong."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """Where the joints of a body are by themselves; arrays are float32.

    `points` (33, 2) to the player's own right and up (as in `Posture`), from the middle of the hips, in any unit
    of length. `sure` (33,) 0..1: confidence of each joint.
    """

    points: Floats
    sure: Floats

    @classmethod
    def of_pose(cls, pose: Pose) -> Self:
        """Return the shape of a body in a picture."""
        return cls(pose.middle(HIPS) - pose.xy, pose.confidence)

    @classmethod
    def of_posture(cls, posture: Posture) -> Self:
        """Return the shape of a player's body."""
        points = np.array([posture.x, posture.y], dtype=np.float32).T
        return cls(points, np.array(posture.sure, dtype=np.float32))

    def mirrored(self) -> Shape:
        """Return what a mirror shows: left and right renamed."""
        order = list(MIRROR)
        return Shape(self.points[order] * _NEGATED_X, self.sure[order])


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """What shapes are compared by: `values` (..., COUNT), and `weights` alike, 0..1, how well each was seen.

    A value that was not seen at all is 0, with weight 0.
    """

    values: Floats
    weights: Floats

    def of(self, which: int | Floats) -> Features:
        """Return one of several, or some of them."""
        return Features(self.values[which], self.weights[which])


def features(shape: Shape) -> Features:
    """Return the features of a shape, (COUNT,) float32: x and y of the direction of each of `LIMBS`.

    Directions are unit vectors, shorter where the limb points at the camera. They do not know how a body is
    built, and hardly how the camera stood. Places of joints, and joints in space, told yoga poses no better.
    """
    vectors = (_TO - _FROM) @ shape.points
    sure = shape.sure[_ENDS].min(axis=1)
    lengths = np.hypot(*vectors.T)
    size = np.sort(lengths / _USUAL * (sure > 0))[-_BUILT]
    if size <= 0:
        return Features(np.zeros(COUNT, np.float32), np.zeros(COUNT, np.float32))
    directions = vectors / np.maximum(lengths, SHORT * size * _USUAL)[:, None] * (sure > 0)[:, None]
    return Features(directions.ravel().astype(np.float32), sure.repeat(2).astype(np.float32))


def stacked(rows: Sequence[Features]) -> Features:
    """Return features (N, COUNT) of N shapes."""
    return Features(np.array([row.values for row in rows]), np.array([row.weights for row in rows]))


def distances(one: Features, many: Features) -> Floats:
    """Return (N,) how far `one` (COUNT,) is from each of `many` (N, COUNT): 0 the same, `CAP` another altogether.

    The mean difference of what both show; infinite where `one` shows too little of the other.
    """
    weights = one.weights * many.weights
    total = weights.sum(axis=1)
    apart = np.minimum(np.abs(one.values - many.values), CAP)
    mean = (apart * weights).sum(axis=1) / np.maximum(total, 1e-9)
    enough = total >= LEAST_SEEN * np.maximum((many.weights**2).sum(axis=1), 1e-6)
    return np.where(enough, mean, np.inf)


def strays(one: Features, many: Features) -> Floats:
    """Return (N,) how far the limb that differs most differs, 0..2: .35 is 20 degrees, .77 is 45.

    Of limbs that both show well; one arm raised is little of a whole body, and yet another pose.
    """
    both = np.minimum(one.weights, many.weights)[..., ::2] >= SURE
    difference = one.values - many.values
    apart = np.hypot(difference[..., ::2], difference[..., 1::2])
    worst: Floats = np.where(both, apart, 0).max(axis=-1)
    return worst
