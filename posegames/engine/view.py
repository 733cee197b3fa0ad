"""Where things of the frame are on the screen: the one place where left and right are exchanged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from posegames.body.pose import Floats

Fit = Literal["contain", "cover"]
Rect = tuple[float, float, float, float]
"""Left, top, width, height in logical pixels."""


@dataclass(frozen=True, slots=True)
class View:
    """Shows a frame `aspect` heights wide within `rect`.

    Bodies are tracked in the picture as the camera takes it; a player expects a mirror, so that the right
    hand is on the right. With `mirror` x runs backwards, here and nowhere else. `contain` shows all of the
    frame, `cover` fills the rectangle and cuts what stands over.
    """

    rect: Rect
    aspect: float
    mirror: bool = True
    fit: Fit = "contain"

    def __post_init__(self) -> None:
        if not (0 < self.aspect < 100 and self.rect[2] > 0 and self.rect[3] > 0):
            raise ValueError(f"A view needs a rectangle with an area and an aspect, got {self}.")

    @property
    def scale(self) -> float:
        """Logical pixels a frame height."""
        _, _, width, height = self.rect
        wide, high = width / self.aspect, float(height)
        return min(wide, high) if self.fit == "contain" else max(wide, high)

    @property
    def frame(self) -> Rect:
        """Where the whole frame lies; with `cover` it stands over the rectangle."""
        left, top, width, height = self.rect
        w, h = self.aspect * self.scale, self.scale
        return left + (width - w) / 2, top + (height - h) / 2, w, h

    @property
    def fills(self) -> bool:
        """Whether the frame covers all of the rectangle, to the pixel."""
        _, _, width, height = self.frame
        return width > self.rect[2] - 1 and height > self.rect[3] - 1

    def to_screen(self, points: npt.ArrayLike) -> Floats:
        """Return points (..., 2) in frame heights as logical pixels."""
        gain, offset = self._map
        placed: Floats = np.asarray(points, dtype=np.float32) * gain + offset
        return placed

    def to_frame(self, points: npt.ArrayLike) -> Floats:
        """Return points (..., 2) in logical pixels as frame heights: the inverse of `to_screen`."""
        gain, offset = self._map
        placed: Floats = (np.asarray(points, dtype=np.float32) - offset) / gain
        return placed

    @property
    def _map(self) -> tuple[Floats, Floats]:
        left, top, width, _ = self.frame
        across, start = (-self.scale, left + width) if self.mirror else (self.scale, left)
        return np.array([across, self.scale], dtype=np.float32), np.array([start, top], dtype=np.float32)
