"""Figures of separate pieces: a robot of plates and bolts, a puppet of paper with pins and strings."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from posegames.body.joints import Joint
from posegames.engine.canvas import Canvas, Point
from posegames.engine.figures.body import ARMS, LEGS, TRUNK, Body, Paint, between
from posegames.engine.shapes import draw_shape
from posegames.engine.theme import Colour, mix

J = Joint
_HIGH = -20.0
"""Logical pixels: where a puppet's strings are held, above the screen."""


def draw_robot(canvas: Canvas, body: Body, paint: Paint) -> None:
    """Draw plates, bolted where they turn; the emblem is on its breastplate, a visor is its face."""
    theme, limb = canvas.theme, paint.limb
    steel = mix(paint.colour, theme.muted, 0.18)
    dark = mix(paint.shade, theme.stage, 0.25)
    bolts: list[Point] = []
    for leg in LEGS:
        for i, (a, b) in enumerate(_bones(body, leg)):
            canvas.polygon(
                _plate(a, b, limb * (0.74, 0.62, 0.56)[i], limb * (0.60, 0.80, 0.44)[i]),
                (dark, paint.shade, dark)[i],
            )
            bolts.append(a)
    neck, head = body.neck, body.head
    if neck and head:
        canvas.strokes([[neck, head]], paint.cut, 0.7 * limb)
    if body.seen(*TRUNK):
        corners = _swollen([body.points[joint] for joint in TRUNK], 0.55 * limb)
        canvas.polygon(corners, steel)
        middle = body.middle(*TRUNK)
        canvas.polygon([between(middle, corner, 0.72) for corner in corners], mix(steel, paint.cut, 0.55))
        if paint.emblem:
            chest = between(body.middle(*TRUNK[:2]), body.middle(*TRUNK[2:]), 0.40)
            draw_shape(canvas, paint.emblem, chest, 0.16 * body.torso, paint.bright)
    if head:
        _helmet(canvas, body, paint, head, steel)
    for side, arm in enumerate(ARMS):
        for i, (a, b) in enumerate(_bones(body, arm)):
            plate = _plate(a, b, limb * (0.66, 0.50)[i], limb * (0.52, 0.74)[i])
            canvas.strokes([[*plate, plate[0]]], paint.cut, 3 * paint.unit + 1, smooth=False)
            canvas.polygon(plate, (steel, paint.bright)[i])
            bolts.append(a)
        if palm := body.palm(side):
            canvas.disc(palm, 0.80 * limb, paint.cut)
            canvas.disc(palm, 0.50 * limb, paint.bright)
    canvas.discs(bolts, 0.30 * limb, paint.cut)
    canvas.discs(bolts, 0.14 * limb, mix(paint.bright, theme.text, 0.5))


def draw_puppet(canvas: Canvas, body: Body, paint: Paint) -> None:
    """Draw pieces of paper, pinned where they turn, hung on strings; the emblem is on its chest."""
    limb = paint.limb
    _strings(canvas, body, paint)
    pins = _leaves(canvas, body, LEGS, (1.5, 1.2, 0.9), paint)
    if body.seen(*TRUNK):
        left, right, low_right, low_left = (body.points[joint] for joint in TRUNK)
        middle = body.middle(*TRUNK)
        # Narrow at the waist, wide at the hem.
        coat = [left, right, between(between(right, low_right, 0.62), middle, 0.18), low_right]
        coat += [low_left, between(between(left, low_left, 0.62), middle, 0.18)]
        canvas.strokes([[*coat, coat[0]]], paint.cut, 1.1 * limb + 2 * _rim(paint), smooth=False)
        canvas.strokes([[*coat, coat[0]]], paint.colour, 1.1 * limb)
        canvas.polygon(coat, paint.colour)
        if paint.emblem:
            chest = between(body.middle(*TRUNK[:2]), body.middle(*TRUNK[2:]), 0.30)
            draw_shape(canvas, paint.emblem, chest, 0.14 * body.torso, paint.cut)
    if body.head:
        _doll(canvas, body, paint, body.head)
    pins += _leaves(canvas, body, ARMS, (1.25, 1.0), paint)
    for palm in (body.palm(0), body.palm(1)):
        if palm:
            canvas.disc(palm, 0.62 * limb + _rim(paint), paint.cut)
            canvas.disc(palm, 0.62 * limb, paint.bright)
    canvas.discs(pins, 0.24 * limb, paint.cut)
    canvas.discs(pins, 0.12 * limb, canvas.theme.light)


def _doll(canvas: Canvas, body: Body, paint: Paint, head: Point) -> None:
    """Draw a puppet's neck and head."""
    if body.neck:
        canvas.strokes([[body.neck, head]], paint.cut, 0.8 * paint.limb, smooth=False)
    radius = 0.26 * body.torso
    canvas.disc(head, radius + _rim(paint), paint.cut)
    canvas.disc(head, radius, paint.bright)
    cheek, eye = mix(paint.bright, canvas.theme.bad, 0.35), paint.cut
    for x, y, size, colour in ((0.52, 0.2, 0.18, cheek), (0.34, -0.1, 0.11, eye)):
        spots = [(head[0] + side * x * radius, head[1] + y * radius) for side in (-1, 1)]
        canvas.discs(spots, size * radius, colour)


def _helmet(canvas: Canvas, body: Body, paint: Paint, head: Point, steel: Colour) -> None:
    half = 0.25 * body.torso
    x, y = head[0] - half, head[1] - half
    canvas.rectangle((head[0] - 0.06 * half, y - 0.45 * half, 0.12 * half + 2, 0.5 * half), paint.cut)
    canvas.disc((head[0], y - 0.45 * half), 0.16 * half, canvas.theme.warn)
    canvas.rectangle((x - 2, y - 2, 2 * half + 4, 2 * half + 4), paint.cut, radius=round(0.32 * half) + 2)
    canvas.rectangle((x, y, 2 * half, 2 * half), steel, radius=round(0.32 * half))
    visor = (x + 0.22 * half, head[1] - 0.42 * half, 1.56 * half, 0.62 * half)
    canvas.rectangle(visor, mix(paint.cut, canvas.theme.stage, 0.5), radius=round(0.28 * half))
    eyes = [(head[0] - 0.38 * half, head[1] - 0.11 * half), (head[0] + 0.38 * half, head[1] - 0.11 * half)]
    canvas.discs(eyes, 0.16 * half, canvas.theme.light)
    canvas.rectangle((head[0] - 0.42 * half, head[1] + 0.50 * half, 0.84 * half, 0.16 * half), paint.cut)


def _strings(canvas: Canvas, body: Body, paint: Paint) -> None:
    """Draw the strings by which it hangs: one from the head, one from each hand."""
    ends = [body.palm(0), body.palm(1)]
    lines = [[end, (end[0] * 0.94 + 0.06 * body.middle(*TRUNK[:2])[0], _HIGH)] for end in ends if end]
    if head := body.head:
        lines.append([head, (head[0], _HIGH)])
    canvas.strokes(lines, mix(paint.cut, canvas.theme.light, 0.25), max(1.0, 1.6 * paint.unit), smooth=False)


def _bones(body: Body, chain: tuple[Joint, ...]) -> Iterator[tuple[Point, Point]]:
    """Return the two ends of each bone along a chain that is seen, up to the first that is not."""
    for a, b in pairwise(chain):
        if not body.seen(a, b):
            return
        yield body.points[a], body.points[b]


def _plate(a: Point, b: Point, first: float, last: float) -> list[Point]:
    """Return the corners of a plate from `a` to `b`, `first` and `last` to each side at its ends."""
    far = math.dist(a, b) or 1.0
    x, y = (b[0] - a[0]) / far, (b[1] - a[1]) / far
    return [
        (a[0] - first * y, a[1] + first * x),
        (b[0] - last * y, b[1] + last * x),
        (b[0] + last * y, b[1] - last * x),
        (a[0] + first * y, a[1] - first * x),
    ]


def _leaves(
    canvas: Canvas,
    body: Body,
    chains: tuple[tuple[Joint, ...], ...],
    wide: tuple[float, ...],
    paint: Paint,
) -> list[Point]:
    """Lay down the pieces of both limbs, `wide` times a limb wide from the trunk outwards; return their pins."""
    limbs = [[*_bones(body, chain)] for chain in chains]
    colour = paint.shade if chains is LEGS else paint.bright
    for i, share in enumerate(wide):
        bones = [limb[i] for limb in limbs if i < len(limb)]
        canvas.strokes(bones, paint.cut, share * paint.limb + 2 * _rim(paint), smooth=False)
        canvas.strokes(bones, colour, share * paint.limb)
    return [a for limb in limbs for a, _ in limb]


def _rim(paint: Paint) -> float:
    return 2 * paint.unit + 1


def _swollen(corners: list[Point], more: float) -> list[Point]:
    """Return corners moved away from their middle by `more` on each axis."""
    x = sum(corner[0] for corner in corners) / len(corners)
    y = sum(corner[1] for corner in corners) / len(corners)
    return [(cx + math.copysign(more, cx - x), cy + math.copysign(0.7 * more, cy - y)) for cx, cy in corners]
