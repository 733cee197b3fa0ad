"""Whether a camera's picture still lives."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from posegames.seeing.sighting import Picture

GRID = 64
"""Pixels compared along each side. Single ones, not means: a mean would swallow the noise a live picture has."""

BLANK = 8
"""A picture whose sampled values differ by no more shows nothing."""


class Stillness:
    """Watches one camera's pictures; told the time, in seconds."""

    def __init__(self) -> None:
        self._sample: NDArray[np.uint8] | None = None
        self._since = 0.0
        self.moved = True
        """Whether the picture has changed since the last `restart`."""
        self.blank = False
        """Whether the newest picture shows nothing at all."""

    def restart(self, now: float) -> None:
        """Count anew from `now`, still comparing with the last picture: the camera was opened again."""
        self._since, self.moved = now, False

    def seconds(self, picture: Picture, now: float) -> float:
        """Return for how long the picture has not changed in a single value."""
        height, width = picture.shape[:2]
        sample = picture[:: max(1, height // GRID), :: max(1, width // GRID)]
        if self._sample is None or not np.array_equal(sample, self._sample):
            self._sample, self._since, self.moved = sample.copy(), now, True
            self.blank = int(sample.max()) - int(sample.min()) <= BLANK
        return now - self._since
