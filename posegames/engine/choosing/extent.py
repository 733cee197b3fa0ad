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


def ahead(here: Rect, there: Rect, way: tuple[int, int]) -> float:
    """Return how far the middle of `there` is from that of `here` along `way`, an axis of the screen."""
    (ax, ay), (bx, by) = centre(here), centre(there)
    return (bx - ax) * way[0] + (by - ay) * way[1]


def beside(here: Rect, there: Rect, way: tuple[int, int]) -> float:
    """Return how far `there` lies beside the track of `here` along `way`; little where it stands in it."""
    axis = 1 if way[0] else 0
    apart = abs(centre(there)[axis] - centre(here)[axis])
    within = there[axis] < here[axis] + here[axis + 2] and here[axis] < there[axis] + there[axis + 2]
    return 0.1 * apart if within else apart
