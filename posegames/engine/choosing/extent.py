"""How far rectangles reach, in logical pixels."""

from __future__ import annotations

import math

from posegames.engine.canvas import Point
from posegames.engine.view import Rect


def grown(rect: Rect, share: float) -> Rect:
    """Return `rect` grown around its middle."""
    left, top, width, height = rect
    return left - (share - 1) * width / 2, top - (share - 1) * height / 2, share * width, share * height


def away(rect: Rect, place: Point) -> float:
    """Return how far `place` is from `rect`; 0 within."""
    left, top, width, height = rect
    return math.hypot(
        max(left - place[0], 0, place[0] - left - width), max(top - place[1], 0, place[1] - top - height)
    )


def centre(rect: Rect) -> Point:
    """Return the middle of `rect`."""
    return rect[0] + rect[2] / 2, rect[1] + rect[3] / 2
