"""The shapes that stand for players, and icons, as outlines: the font has none of them."""

from __future__ import annotations

import math
from types import MappingProxyType

from posegames.engine.canvas import Canvas, Point
from posegames.engine.theme import Colour


def _around(corners: int, turn: float, *radii: float) -> tuple[Point, ...]:
    """Return points around the origin, `turn` degrees from the top, at the `radii` in turn."""
    angles = [math.radians(turn - 90 + 360 * i / corners) for i in range(corners)]
    return tuple(
        (radii[i % len(radii)] * math.cos(angle), radii[i % len(radii)] * math.sin(angle))
        for i, angle in enumerate(angles)
    )


_ARM, _END = 0.36, 0.98
_CROSS = (
    (-_ARM, -_END), (_ARM, -_END), (_ARM, -_ARM), (_END, -_ARM), (_END, _ARM), (_ARM, _ARM),
    (_ARM, _END), (-_ARM, _END), (-_ARM, _ARM), (-_END, _ARM), (-_END, -_ARM), (-_ARM, -_ARM),
)  # fmt: skip

OUTLINES = MappingProxyType(
    {
        "circle": _around(40, 0, 0.95),
        "square": _around(4, 45, 1.2),
        "triangle": tuple((x, y + 0.18) for x, y in _around(3, 0, 1.22)),
        "diamond": _around(4, 0, 1.22),
        "star": _around(10, 0, 1.2, 0.55),
        "cross": _CROSS,
        "tick": ((-0.9, 0.05), (-0.6, -0.25), (-0.25, 0.1), (0.6, -0.75), (0.9, -0.45), (-0.25, 0.7)),
        "right": ((-0.9, -0.3), (0.1, -0.3), (0.1, -0.85), (0.95, 0.0), (0.1, 0.85), (0.1, 0.3), (-0.9, 0.3)),
        "left": ((0.9, -0.3), (-0.1, -0.3), (-0.1, -0.85), (-0.95, 0.0), (-0.1, 0.85), (-0.1, 0.3), (0.9, 0.3)),
        "sparkle": _around(8, 0, 1.2, 0.34),
    }
)
"""Corners around the origin, in shares of the radius; of about the same area."""


def draw_shape(canvas: Canvas, name: str, centre: Point, radius: float, colour: Colour) -> None:
    """Fill the shape `name` (a key of `OUTLINES`)."""
    canvas.stamp(OUTLINES[name], centre, radius, colour)
