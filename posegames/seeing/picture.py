"""Pictures for the screen: BGR as sources give it, into the four bytes a pixel that a window shows."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from posegames.seeing.sighting import Picture

THUMBNAIL = 2
"""Pixels, each way, that are averaged for one of a small picture; twice as many and more are too many."""


class PictureScaler:
    """Converts pictures. It keeps its work space: fresh megabytes cost more than the conversion itself."""

    def __init__(self) -> None:
        self._turned = np.empty((0, 0, 3), dtype=np.uint8)
        self._scaled = np.empty((0, 0, 3), dtype=np.uint8)

    def paint(self, picture: Picture, target: NDArray[np.uint8], *, mirror: bool) -> None:
        """Fill `target` (h, w, 4), bytes in the order blue, green, red, unused, with `picture` (H, W, 3)."""
        height, width = target.shape[:2]
        if min(picture.shape[0] / height, picture.shape[1] / width) > 2 * THUMBNAIL:
            # A stamp of a large picture: averaging all of it takes 3.6 ms, a choice of it 0.2.
            few = (THUMBNAIL * width, THUMBNAIL * height)
            picture = np.asarray(cv2.resize(picture, few, interpolation=cv2.INTER_NEAREST), dtype=np.uint8)
        if mirror:
            if self._turned.shape != picture.shape:
                self._turned = np.empty(picture.shape, dtype=np.uint8)
            cv2.flip(picture, 1, dst=self._turned)
            picture = self._turned
        if picture.shape[:2] != (height, width):
            if self._scaled.shape[:2] != (height, width):
                self._scaled = np.empty((height, width, 3), dtype=np.uint8)
            # Shrinking without averaging sparkles; growing needs no more than a straight line between pixels.
            way = cv2.INTER_AREA if height < picture.shape[0] else cv2.INTER_LINEAR
            cv2.resize(picture, (width, height), dst=self._scaled, interpolation=way)
            picture = self._scaled
        cv2.cvtColor(picture, cv2.COLOR_BGR2BGRA, dst=target)
