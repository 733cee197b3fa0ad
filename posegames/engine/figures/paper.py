"""A paper figure: bright rounded limbs, the arms cut out in front."""

from __future__ import annotations

from collections.abc import Iterator

from posegames.engine.canvas import Canvas, Ink
from posegames.engine.figures.body import ARMS, LEGS, TRUNK, Body, Paint, between
from posegames.engine.shapes import draw_shape
from posegames.engine.theme import mix


def draw_paper(canvas: Canvas, body: Body, paint: Paint) -> None:
    """Draw it, its emblem on the chest."""
    limb = paint.limb
    canvas.strokes(body.chains(*LEGS), paint.shade, limb * 1.12)
    whole = body.seen(*TRUNK)
    if whole:
        canvas.polygon([body.points[joint] for joint in TRUNK], paint.colour, rim=limb * 1.35)
    else:
        canvas.strokes(body.chains(TRUNK[:2]), paint.colour, limb * 1.35)
    _head(canvas, body, paint)
    if paint.emblem and whole:
        chest = between(body.middle(*TRUNK[:2]), body.middle(*TRUNK[2:]), 0.36)
        draw_shape(canvas, paint.emblem, chest, 0.15 * body.torso, paint.cut)
    canvas.inks(ink for side in range(2) for ink in _arm(body, paint, side))


def _arm(body: Body, paint: Paint, side: int) -> Iterator[Ink]:
    """Give an arm and its hand: cut out, then bright."""
    arm, palm = body.chains(ARMS[side]), body.palm(side)
    for colour, more in ((paint.cut, 3 * paint.unit), (paint.bright, 0.0)):
        yield arm, colour, paint.limb + 2 * more
        if palm:
            yield [[palm]], colour, 2 * (paint.limb * 0.74 + more)


def _head(canvas: Canvas, body: Body, paint: Paint) -> None:
    head, neck = body.head, body.neck
    if head is None:
        return
    if neck:
        canvas.capsule(neck, head, mix(paint.bright, paint.cut, 0.25), paint.limb)
    canvas.bead(head, 0.25 * body.torso, paint.bright, paint.cut)
