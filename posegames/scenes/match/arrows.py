"""Arrows that show a limb the way."""

from __future__ import annotations

import math

from posegames.engine.canvas import Canvas, Point
from posegames.engine.theme import Colour

_PARTS = (((-1.0, -0.22), (0.2, -0.22), (0.2, 0.22), (-1.0, 0.22)), ((0.1, -0.68), (1.0, 0.0), (0.1, 0.68)))
"""Shaft and head, pointing right, in shares of half its length: what is convex is drawn in a third of the time."""


def arrow(canvas: Canvas, tail: Point, way: Point, length: float, colour: Colour, *, rim: float = 5.0) -> None:
    """Draw an arrow that begins at `tail` and points along the unit vector `way`, with a dark rim."""
    far = math.hypot(*way)
    if far < 1e-6 or length <= 0:
        return
    x, y, half = way[0] / far, way[1] / far, length / 2
    middle = (tail[0] + x * half, tail[1] + y * half)
    parts = [
        [(middle[0] + half * (a * x - b * y), middle[1] + half * (a * y + b * x)) for a, b in part]
        for part in _PARTS
    ]
    for ink, wide in ((canvas.theme.stage, 2 * rim), (colour, 0.0)):
        for part in parts:
            canvas.polygon(part, ink, rim=wide)
