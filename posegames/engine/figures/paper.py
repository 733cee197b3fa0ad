"""A paper figure: bright rounded limbs, the arms cut out in front."""

from __future__ import annotations

from posegames.engine.canvas import Canvas
from posegames.engine.figures.body import ARMS, LEGS, TRUNK, Body, Paint, between
from posegames.engine.shapes import draw_shape
from posegames.engine.theme import mix


def draw_paper(canvas: Canvas, body: Body, paint: Paint) -> None:
    """Draw it, its emblem on the chest."""
    limb = paint.limb
    canvas.strokes(body.chains(*LEGS), paint.shade, limb * 1.12)
    whole = body.seen(*TRUNK)
    if whole:
        corners = [body.points[j] for j in TRUNK]
        canvas.strokes([[*corners, corners[0]]], paint.colour, limb * 1.35)
        canvas.polygon(corners, paint.colour)
    else:
        canvas.strokes(body.chains(TRUNK[:2]), paint.colour, limb * 1.35)
    _head(canvas, body, paint)
    if paint.emblem and whole:
        chest = between(body.middle(*TRUNK[:2]), body.middle(*TRUNK[2:]), 0.36)
        draw_shape(canvas, paint.emblem, chest, 0.15 * body.torso, paint.cut)
    for side, chain in enumerate(ARMS):
        arm, palm = body.chains(chain), body.palm(side)
        for colour, more in ((paint.cut, 3 * paint.unit), (paint.bright, 0.0)):
            canvas.strokes(arm, colour, limb + 2 * more)
            if palm:
                canvas.disc(palm, limb * 0.74 + more, colour)


def _head(canvas: Canvas, body: Body, paint: Paint) -> None:
    head, neck = body.head, body.neck
    if head is None:
        return
    if neck:
        canvas.capsule(neck, head, mix(paint.bright, paint.cut, 0.25), paint.limb)
    radius = 0.25 * body.torso
    canvas.disc(head, radius + 2.5, paint.cut)
    canvas.disc(head, radius, paint.bright)
