"""A body's shape by itself, and the numbers two shapes are compared by: place, size and distance left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from posegames.body.joints import COUNT, MIRROR
from posegames.body.measure import HIPS
from posegames.body.pose import Floats, Pose
from posegames.gestures.posture import Posture

_NEGATED_X = np.array([-1, 1], dtype=np.float32)


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
    """What a shape is compared by: `values` (F,) float32, and `weights` (F,) 0..1, how well each was seen.

    A value that was not seen at all is 0, with weight 0.
    """

    values: Floats
    weights: Floats


def features(shape: Shape) -> Features:
    """Return the features of a shape, always the same number of them in the same order."""
    raise NotImplementedError(f"{COUNT} joints")
