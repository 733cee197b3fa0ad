"""Dials: a circle that fills, clockwise from the top."""

from __future__ import annotations

import math

from posegames.engine.canvas import SMALL, Canvas, Point, drawable
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
    if not drawable(*centre, radius, width) or radius <= 0:
        return
    share = min(1.0, share) if share > 0 else 0.0
    if track and share < 1:
        _band(canvas, centre, radius, 1.0, (track, width / 2))
    if share > 0:
        _band(canvas, centre, radius, share, (colour, width))
    if 0 < share < 1:
        for x, y in (_arc(centre, radius, 0.0)[0], _arc(centre, radius, share)[-1]):
            canvas.disc((x, y), width / 2, colour)


def _band(canvas: Canvas, centre: Point, radius: float, share: float, ink: tuple[Colour, float]) -> None:
    """Fill the band around an arc, in a colour and a width: a third of what stroking it takes."""
    colour, width = ink
    if share >= 1 and radius <= SMALL:
        canvas.ring(centre, radius, colour, width=width)
        return
    outer, inner = (_arc(centre, max(0.0, radius + side * width / 2), share) for side in (1, -1))
    canvas.polygon([*outer, *reversed(inner)], colour)


def _arc(centre: Point, radius: float, share: float) -> list[Point]:
    """Return points, some 24 pixels apart (none of it half a pixel off), along the first `share` of a circle."""
    parts = max(2, round(share * 2 * math.pi * max(radius, 48.0) / 24))
    turns = (2 * math.pi * share * i / parts for i in range(parts + 1))
    return [(centre[0] + radius * math.sin(turn), centre[1] - radius * math.cos(turn)) for turn in turns]
