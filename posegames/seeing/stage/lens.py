"""What a camera does to a picture: too little light, blur, noise. And clutter is what stands about in a room."""

from __future__ import annotations

import cv2
import numpy as np

from posegames.seeing.sighting import Picture

_SLACK = 64
"""Pixels by which the sheet of noise is larger than a picture, both ways: so it can be laid on anew each time."""


class Lens:
    """Spoils pictures by measure, the same way each time for the same seed and frame."""

    def __init__(self, width: int, height: int, *, noise: float, blur: float, dark: float, seed: int) -> None:
        """Take noise as a share of white (its standard deviation), blur in pixels (likewise), dark 0..1."""
        self._seed, self._blur = seed, blur
        # Light lost is lost before the curve that pictures are stored with.
        levels = 255 * ((np.arange(256) / 255) ** 2.2 * (1 - dark)) ** (1 / 2.2)
        self._curve = np.rint(levels).astype(np.uint8) if dark > 0 else None
        self._sheet = None
        if noise > 0:
            lots = np.random.default_rng([seed, 3])
            grain = lots.standard_normal((height + _SLACK, width + _SLACK, 3), dtype=np.float32)
            self._sheet = np.clip(grain * noise * 255, -255, 255).astype(np.int16)

    def spoil(self, picture: Picture, number: int) -> Picture:
        """Return `picture`, frame `number`, as the camera gives it; it may be changed in place."""
        if self._curve is not None:
            picture = np.asarray(cv2.LUT(picture, self._curve), dtype=np.uint8)
        if self._blur > 0:
            picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), self._blur), dtype=np.uint8)
        if self._sheet is not None:
            height, width = picture.shape[:2]
            y, x = np.random.default_rng([self._seed, 4, number]).integers(0, _SLACK, 2)
            grain = self._sheet[y : y + height, x : x + width]
            picture = np.asarray(cv2.add(picture, grain, dtype=cv2.CV_8U), dtype=np.uint8)
        return picture
