"""Regions of interest: the rotated square around one person, in pixels of the frame."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posegames.body.pose import Floats

EXPANSION = 1.25
"""How much larger than the circle round the body the square is (MediaPipe pose_detection_to_roi)."""


@dataclass(frozen=True, slots=True)
class Region:
    """A square of `side` pixels about (`x`, `y`), turned by `angle` radians (clockwise on the screen)."""

    x: float
    y: float
    side: float
    angle: float = 0.0

    @property
    def turn(self) -> Floats:
        """The rotation as a (2, 2) matrix for column vectors."""
        c, s = math.cos(self.angle), math.sin(self.angle)
        return np.array([[c, -s], [s, c]], dtype=np.float32)

    def sampling(self, size: int) -> NDArray[np.float64]:
        """Return the (2, 3) matrix from pixels of a `size` x `size` crop to pixels of the frame.

        Corners map to corners without a half-pixel shift, as MediaPipe's converter does: another convention
        shifts all landmarks.
        """
        step = self.side / size
        c, s = math.cos(self.angle) * step, math.sin(self.angle) * step
        half = size / 2
        return np.array([[c, -s, self.x - half * (c - s)], [s, c, self.y - half * (s + c)]])

    def project(self, points: Floats) -> Floats:
        """Return points (N, 2) given in shares of the square (0..1) as pixels of the frame."""
        projected: Floats = (points - 0.5) * np.float32(self.side) @ self.turn.T + np.array(
            [self.x, self.y], dtype=np.float32
        )
        return projected

    def usable(self, width: int, height: int) -> bool:
        """Whether anybody could be followed in it: finite, of a sane size, and reaching well into the frame.

        Its middle, the hips, may lie far below the frame: a face at a desk has its legs under it.
        """
        reach = 0.45 * self.side
        return (
            all(map(math.isfinite, (self.x, self.y, self.side, self.angle)))
            and 12 <= self.side <= 8 * max(width, height)
            and -reach <= self.x <= width + reach
            and -reach <= self.y <= height + reach
        )

    def beside(self, other: Region) -> float:
        """Return how far the middles are apart, in sides of this one."""
        return math.dist((self.x, self.y), (other.x, other.y)) / self.side

    def like(self, other: Region) -> bool:
        """Whether both plainly hold the same body: nearly the same place and size."""
        return self.beside(other) < 0.1 and 0.65 < other.side / self.side < 1.4


def region_of(centre: Floats, scale_point: Floats) -> Region:
    """Return the region of a body from its mid-hip and its full-body scale point, both (2,) pixels.

    The side is 2 x their distance x 1.25 and "up" points from the first to the second.
    """
    dx, dy = (float(v) for v in scale_point - centre)
    angle = math.pi / 2 - math.atan2(-dy, dx)
    angle -= 2 * math.pi * math.floor((angle + math.pi) / (2 * math.pi))
    return Region(float(centre[0]), float(centre[1]), 2 * math.hypot(dx, dy) * EXPANSION, angle)
