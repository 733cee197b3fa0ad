"""Dials: a circle that fills, clockwise from the top."""

from __future__ import annotations

import math

from posegames.engine.canvas import Canvas, Point
from posegames.engine.theme import Colour


def dial(
    canvas: Canvas,
    centre: Point,
    radius: float,
    share: float,
    colour: Colour,
    *,
    width: float = 8.0,
    track: Colour | None = None,
) -> None:
    """Draw the first `share` (0..1) of a circle; `track` is the colour of the whole of it, thinner."""
    if track:
        canvas.ring(centre, radius, track, width=width / 2)
    share = min(1.0, max(0.0, share))
    if share >= 1:
        canvas.ring(centre, radius, colour, width=width)
    elif share > 0:
        canvas.strokes([arc(centre, radius, share)], colour, width)


def arc(centre: Point, radius: float, share: float) -> list[Point]:
    """Return points, some six pixels apart, along the first `share` of a circle."""
    parts = max(2, round(share * 2 * math.pi * max(radius, 1.0) / 6))
    turns = (2 * math.pi * share * i / parts for i in range(parts + 1))
    return [(centre[0] + radius * math.sin(turn), centre[1] - radius * math.cos(turn)) for turn in turns]
