"""Figures of lines alone: bones and joints, tubes of neon, a stick figure."""

from __future__ import annotations

from posegames.body.joints import Joint
from posegames.engine.canvas import Canvas, Point
from posegames.engine.figures.body import ARMS, LEGS, TRUNK, Body, Paint
from posegames.engine.shapes import draw_shape
from posegames.engine.theme import Colour, mix

J = Joint
_ARMS = tuple((*arm, hand) for arm, hand in zip(ARMS, (J.LEFT_INDEX, J.RIGHT_INDEX), strict=True))
"""To the tips of the index fingers."""
_LIMBS = (*_ARMS, *LEGS)
_JOINTS = tuple(sorted({joint for chain in _LIMBS for joint in chain} - {J.LEFT_INDEX, J.RIGHT_INDEX}))


def draw_lines(canvas: Canvas, body: Body, paint: Paint) -> None:
    """Draw thin bones and bright joints; the emblem is its face."""
    thin = max(2.0, 0.34 * paint.limb)
    lines = [*body.chains(*_LIMBS), *_trunk(body)]
    canvas.strokes(lines, paint.cut, thin + 2 * max(1.5, 3 * paint.unit), smooth=False)
    canvas.strokes(lines, paint.colour, thin)
    seen = [body.points[joint] for joint in _JOINTS if body.seen(joint)]
    canvas.discs(seen, 0.36 * paint.limb, mix(paint.bright, canvas.theme.text, 0.55))
    if body.head:
        radius = 0.24 * body.torso
        canvas.ring(body.head, radius, paint.cut, width=thin + 6 * paint.unit)
        canvas.ring(body.head, radius, paint.colour, width=thin)
        _face(canvas, body.head, 0.52 * radius, paint.bright, paint.emblem)


def draw_neon(canvas: Canvas, body: Body, paint: Paint) -> None:
    """Draw tubes of light with a dark core; the emblem is its face."""
    theme = canvas.theme
    wide = 0.95 * paint.limb
    lines = [*body.chains(*_LIMBS), *_trunk(body)]
    layers = [
        (mix(paint.colour, theme.stage, 0.70), 1.9 * wide, False),
        (paint.colour, wide, True),
        (mix(paint.cut, theme.stage, 0.75), 0.40 * wide, False),
    ]
    if body.waist and body.neck:
        canvas.glow(body.middle(*TRUNK), 1.9 * body.torso, paint.colour, strength=0.35)
    radius = 0.25 * body.torso
    for colour, width, smooth in layers:
        canvas.strokes(lines, colour, width, smooth=smooth)
        if body.head:
            canvas.ring(body.head, radius, colour, width=width)
    if body.head:
        _face(canvas, body.head, 0.5 * radius, paint.bright, paint.emblem)


def draw_stick(canvas: Canvas, body: Body, paint: Paint) -> None:
    """Draw what a child draws first: a head, a back, arms and legs. The emblem is its face."""
    wide = max(2.5, 0.5 * paint.limb)
    neck, waist = body.neck, body.waist
    lines: list[list[Point]] = []
    for middle, chains, roots in ((neck, _ARMS, TRUNK[:2]), (waist, LEGS, TRUNK[2:])):
        ends = [body.points[joint] for joint in roots]
        lines += [[middle, *line[1:]] if middle and line[0] in ends else line for line in body.chains(*chains)]
    if neck and waist:
        lines.append([neck, waist])
    if neck and body.head:
        lines.append([neck, body.head])
    canvas.strokes(lines, paint.cut, wide + 2 * max(1.5, 2.5 * paint.unit), smooth=False)
    canvas.strokes(lines, paint.bright, wide)
    if body.head:
        radius = 0.27 * body.torso
        canvas.disc(body.head, radius + 2.5, paint.cut)
        canvas.disc(body.head, radius, paint.colour)
        _face(canvas, body.head, 0.55 * radius, paint.cut, paint.emblem)


def _trunk(body: Body) -> list[list[Point]]:
    if not body.seen(*TRUNK):
        return body.chains(TRUNK[:2])
    corners = [body.points[joint] for joint in TRUNK]
    return [[*corners, corners[0]]]


def _face(canvas: Canvas, head: Point, radius: float, colour: Colour, emblem: str) -> None:
    if emblem:
        draw_shape(canvas, emblem, head, radius, colour)
