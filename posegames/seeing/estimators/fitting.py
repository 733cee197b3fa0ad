"""Pictures of any shape in a net's input, and the net's places back in the picture."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from posegames.body.pose import Floats
from posegames.seeing.sighting import Picture


@dataclass(frozen=True, slots=True)
class Fit:
    """Where a picture lies in the input it was fitted into."""

    scale: tuple[float, float]
    """Input pixels a pixel of the picture, across and down (whole pixels make the two differ a little)."""
    offset: tuple[float, float]
    """Left and top edge of the picture, in input pixels."""

    def back(self, xy: Floats) -> Floats:
        """Return places (..., 2) in input pixels as pixels of the picture; in both 0 is the left or top edge."""
        offset, scale = (np.array(pair, dtype=np.float32) for pair in (self.offset, self.scale))
        placed: Floats = (np.asarray(xy, dtype=np.float32) - offset) / scale
        return placed


def fitted(picture: Picture, width: int, height: int, fill: int = 114) -> tuple[Picture, Fit]:
    """Return `picture` (H, W, 3) as large as it goes in the middle of (height, width, 3), and where it lies.

    It keeps its proportions; around it all is `fill` (114: the grey of YOLO's letterbox). Pixels are made by a
    straight line between the old ones, as the publishers of PoseNet, MoveNet and YOLO do it.
    """
    old_height, old_width = picture.shape[:2]
    scale = min(width / old_width, height / old_height)
    wide, high = max(1, round(old_width * scale)), max(1, round(old_height * scale))
    left, top = (width - wide) // 2, (height - high) // 2
    if (high, wide) != (old_height, old_width):
        picture = np.asarray(cv2.resize(picture, (wide, high), interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
    if (high, wide) != (height, width):
        around = np.full((height, width, 3), fill, dtype=np.uint8)
        around[top : top + high, left : left + wide] = picture
        picture = around
    return picture, Fit((wide / old_width, high / old_height), (float(left), float(top)))


STRIDE = 32
"""Nets that take pictures of any size want sides that are multiples of this, MoveNet and YOLO alike."""


def roomy(width: int, height: int, longer: int) -> tuple[int, int]:
    """Return width and height, multiples of `STRIDE`, of the smallest input that holds a picture so long."""
    scale = longer / max(width, height)
    wide, high = (max(1, -(-round(side * scale) // STRIDE)) * STRIDE for side in (width, height))
    return wide, high
