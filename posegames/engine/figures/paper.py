"""A paper figure: bright rounded limbs, the arms cut out in front."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from posegames.engine.canvas import Canvas, Ink
from posegames.engine.figures.body import ARMS, LEGS, TRUNK, Body, Paint, between
from posegames.engine.shapes import OUTLINES
from posegames.engine.theme import mix
from posegames.seeing.ink import Fill

_RIM = 2.5
"""Width of the line around a head, in logical pixels."""


def draw_paper(canvas: Canvas, figures: Sequence[tuple[Body, Paint]]) -> None:
    """Draw them, each its emblem on the chest; all at once, because half of the cost surrounds a drawing."""
    canvas.inks(ink for body, paint in figures for ink in _figure(body, paint))


def _figure(body: Body, paint: Paint) -> Iterator[Ink]:
    """Give a figure, from what lies behind to what lies in front."""
    limb = paint.limb
    yield body.chains(*LEGS), paint.shade, limb * 1.12
    whole = body.seen(*TRUNK)
    if whole:
        yield Fill([body.points[joint] for joint in TRUNK], paint.colour, limb * 1.35)
    else:
        yield body.chains(TRUNK[:2]), paint.colour, limb * 1.35
    yield from _head(body, paint)
    if paint.emblem and whole:
        x, y = between(body.middle(*TRUNK[:2]), body.middle(*TRUNK[2:]), 0.36)
        radius = 0.15 * body.torso
        yield Fill([(x + radius * a, y + radius * b) for a, b in OUTLINES[paint.emblem]], paint.cut)
    for side in range(2):
        yield from _arm(body, paint, side)


def _arm(body: Body, paint: Paint, side: int) -> Iterator[Ink]:
    """Give an arm and its hand: cut out, then bright."""
    arm, palm = body.chains(ARMS[side]), body.palm(side)
    for colour, more in ((paint.cut, 3 * paint.unit), (paint.bright, 0.0)):
        yield arm, colour, paint.limb + 2 * more
        if palm:
            yield [[palm]], colour, 2 * (paint.limb * 0.74 + more)


def _head(body: Body, paint: Paint) -> Iterator[Ink]:
    head, neck = body.head, body.neck
    if head is None:
        return
    if neck:
        yield [[neck, head]], mix(paint.bright, paint.cut, 0.25), paint.limb
    radius = 0.25 * body.torso
    for colour, far in ((paint.cut, radius + _RIM), (paint.bright, radius)):
        yield [[head]], colour, 2 * far
