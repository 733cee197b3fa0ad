"""The hand on the screen: a paper hand in its player's colour, with a ring that fills while it stays."""

from __future__ import annotations

from posegames.engine.canvas import Canvas, Point
from posegames.engine.dials import dial
from posegames.engine.theme import Colour, mix

RING = 46.0
"""Radius of the ring, in logical pixels."""
_FINGERS = (
    ((-11.0, 0.0), (-15.0, -22.0)),
    ((-4.0, -3.0), (-5.5, -29.0)),
    ((4.0, -3.0), (5.0, -28.0)),
    ((11.0, 0.0), (14.5, -20.0)),
    ((-9.0, 10.0), (-25.0, -2.0)),
)
"""From the palm to the tips, around the palm's middle; the thumb last."""
_PALM = (((-6.0, 4.0), (6.0, 4.0)), ((-5.0, 12.0), (5.0, 12.0)))


def draw_ring(canvas: Canvas, centre: Point, radius: float, share: float, colour: Colour) -> None:
    """Draw a ring that is `share` (0..1) full."""
    theme = canvas.theme
    canvas.ring(centre, radius, theme.stage, width=14)
    dial(canvas, centre, radius, share, colour, width=9, track=mix(theme.boards, theme.muted, 0.5))


def draw_hand(canvas: Canvas, place: Point, colour: Colour, *, share: float = 0.0, sure: bool = True) -> None:
    """Draw a hand whose palm is at `place`; one that is not tracked well is grey and has no ring."""
    theme = canvas.theme
    paper = colour if sure else mix(theme.muted, theme.stage, 0.3)
    x, y = place
    lines = [[(x + ax, y + ay) for ax, ay in line] for line in (*_FINGERS, *_PALM)]
    if sure:
        draw_ring(canvas, (x, y - 4), RING, share, theme.light)
    for shade, more in ((theme.stage, 8), (mix(paper, theme.text, 0.1), 0)):
        canvas.strokes(lines[:-2], shade, 9 + more)
        canvas.strokes(lines[-2:], shade, 18 + more)
