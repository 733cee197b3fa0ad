"""Small paper figures that run on a field: round, bright, seen a little from above."""

from __future__ import annotations

import math
from dataclasses import dataclass

from posegames.engine.canvas import Canvas, Point, drawable
from posegames.engine.shapes import draw_shape
from posegames.engine.theme import Colour, Look, breathe, mix

HEAD = 64.0
"""Logical pixels from the feet to the middle of the head."""
TOP = 96.0
"""Logical pixels from the feet to what is said above the head."""

CROWN = (
    (-1.1, 0.62), (-1.2, -0.5), (-0.62, 0.0), (-0.36, -0.86), (0.0, -0.16),
    (0.36, -0.86), (0.62, 0.0), (1.2, -0.5), (1.1, 0.62),
)  # fmt: skip
TUFT = (
    (-1.2, 0.5), (-1.22, -0.35), (-0.86, 0.05), (-0.74, -0.9), (-0.42, -0.1), (-0.16, -1.15), (0.1, -0.12),
    (0.42, -1.0), (0.56, -0.02), (0.98, -0.7), (0.96, 0.05), (1.24, -0.25), (1.2, 0.5), (0.6, 0.68), (-0.6, 0.68),
)  # fmt: skip
_GRASS: tuple[Colour, Colour] = ((0x3E, 0x7F, 0x43), (0x8F, 0xCB, 0x5C))
_ROUND = tuple((math.cos(2 * math.pi * i / 28), math.sin(2 * math.pi * i / 28)) for i in range(29))


@dataclass(slots=True, kw_only=True)
class Runner:
    """How one figure is to be drawn."""

    foot: Point
    """Where it stands, in logical pixels."""
    look: Look
    across: float = 0.0
    """-1..1: how fast it runs to the right."""
    down: float = 0.0
    """-1..1: how fast it runs to the front."""
    stride: float = 0.0
    """Turns of its legs."""
    gaze: Point = (0.0, 1.0)
    """Where it looks, a direction of length 1."""
    crowned: bool = False
    """It is It."""
    bot: bool = False
    faint: bool = False
    """Nobody steers it for now."""
    hidden: bool = False
    """Behind its tuft of grass."""
    dizzy: float = 0.0
    """0..1: how many stars still circle its head."""
    safe: float = 0.0
    """0..1: how large its bubble still is."""
    bright: float = 0.0
    """0..1: for something just achieved."""


def draw_runner(canvas: Canvas, runner: Runner, now: float) -> None:
    """Draw the figure and what is with it; `now` (seconds) lets what waits breathe."""
    if not drawable(*runner.foot):
        return
    now = 0.0 if canvas.theme.still else now  # so that nothing bobs, circles or rustles
    if runner.hidden:
        _tuft(canvas, runner, now)
        return
    theme = canvas.theme
    x, y = (round(v) for v in runner.foot)
    paper = mix(runner.look.colour, theme.boards, 0.6) if runner.faint else runner.look.colour
    paper = mix(paper, theme.text, 0.55 * round(6 * runner.bright) / 6)  # few shades: each is rendered once
    cut, shade, bright = mix(paper, theme.stage, 0.78), mix(paper, theme.stage, 0.25), mix(paper, theme.text, 0.22)
    going = min(1.0, math.hypot(runner.across, runner.down))
    turn = 2 * math.pi * runner.stride
    bob = (
        0.0 if theme.still else 3.5 * going * abs(math.sin(turn)) + 1.5 * breathe(now + 0.7 * x, 2.4) * (1 - going)
    )
    lean = 9.0 * runner.across
    waist, head = (x + 0.45 * lean, y - 29 - bob), (x + lean, y - HEAD - bob + 3 * going * max(0.0, runner.down))
    swing = math.sin(turn) * going

    for side in (-1, 1):
        step = side * swing
        lift = max(0.0, side * math.cos(turn)) * 7 * going
        shoe = (x + side * 10 + runner.across * 11 * step, y - 6 + runner.down * 7 * step - lift)
        canvas.bead(shoe, 7.5, shade, cut)
    canvas.bead(waist, 21.5, paper, cut)
    # Who stands still looks to the audience, like any actor.
    back = runner.down < -0.35 and runner.gaze[1] < -0.5
    gaze = (runner.gaze[0], runner.gaze[1] if going > 0.3 else abs(runner.gaze[1]))
    draw_shape(canvas, runner.look.shape, (waist[0] + 5 * gaze[0], waist[1] + 3), 9.5, cut)
    for side in (-1, 1):
        reach = (side * (22 - runner.across * 10 * swing), 4 - 5 * going - runner.down * 6 * side * swing)
        canvas.bead((waist[0] + reach[0], waist[1] + reach[1]), 6.5, bright, cut)
    canvas.bead(head, 20.0, bright, cut)
    if not back:
        _eyes(canvas, (head[0] + 8 * gaze[0], head[1] + 2 + 4 * gaze[1]), cut, runner.dizzy > 0)
    _above(canvas, runner, head, now)
    if runner.faint:
        for i in range(3):
            place = (x + 14 * (i - 1), y - 28)
            shown = mix(theme.muted, theme.text, round(8 * breathe(now - 0.25 * i, 1.6)) / 8)
            canvas.bead(place, 4.5, shown, theme.stage)
    if runner.safe > 0:
        middle = (x + 0.5 * lean, y - 44 - bob)
        canvas.ring(middle, 36 + 20 * runner.safe, mix(theme.light, runner.look.colour, 0.3), width=4)


def _above(canvas: Canvas, runner: Runner, head: Point, now: float) -> None:
    """Draw what is above a head: an antenna, a crown, stars."""
    theme, (x, y) = canvas.theme, head
    if runner.bot:
        light = mix(theme.text, runner.look.colour, round(8 * breathe(now, 1.8)) / 8)
        canvas.rectangle((x - 2, y - 34, 4, 14), theme.stage)
        canvas.bead((x, y - 36), 4.5, light, theme.stage)
    if runner.crowned:
        top = (x, y - (46 if runner.bot else 27))
        canvas.stamp(CROWN, (x, top[1] + 1), 19.0, theme.stage)
        canvas.stamp(CROWN, top, 15.5, theme.warn)
    if runner.dizzy > 0:
        for i in range(3):
            a = 2 * math.pi * (i / 3 + 0.8 * now)
            star = (x + 27 * math.cos(a), y - 16 + 8 * math.sin(a))
            draw_shape(canvas, "star", star, 9.0 * min(1.0, 0.5 + runner.dizzy), theme.warn)


def _eyes(canvas: Canvas, place: Point, colour: Colour, dizzy: bool) -> None:
    for side in (-1, 1):
        eye = (place[0] + 7 * side, place[1])
        if dizzy:
            canvas.ring(eye, 4.0, colour, width=2)
        else:
            canvas.disc((round(eye[0]), round(eye[1])), 3.5, colour)


def _tuft(canvas: Canvas, runner: Runner, now: float) -> None:
    """Draw grass with two eyes in it; the look's shape on a leaf says whose."""
    theme = canvas.theme
    x, y = runner.foot
    rustle = 2.0 * math.sin(9 * now)
    dark, bright = _GRASS
    for dx, dy, size, colour in ((-15, -20, 22.0, dark), (17, -19, 22.0, dark)):
        canvas.stamp(TUFT, (x + dx + rustle, y + dy), size + 2, theme.stage)
        canvas.stamp(TUFT, (x + dx + rustle, y + dy), size, colour)
    for side in (-1, 1):
        eye = (x + 10 * side, y - 29)
        canvas.bead(eye, 6.5, theme.text, theme.stage)
        canvas.disc((eye[0] + 2 * math.sin(1.7 * now), eye[1]), 3.0, theme.stage)
    canvas.stamp(TUFT, (x - rustle, y - 9), 24.0, theme.stage)
    canvas.stamp(TUFT, (x - rustle, y - 9), 22.0, bright)
    draw_shape(canvas, runner.look.shape, (x - rustle, y - 6), 9.0, theme.stage)
    draw_shape(canvas, runner.look.shape, (x - rustle, y - 6), 7.0, runner.look.colour)


def ground_ring(canvas: Canvas, foot: Point, radius: float, colour: Colour, width: float) -> None:
    """Stroke a circle that lies on the field around `foot`."""
    line = [(foot[0] + radius * x, foot[1] - 4 + 0.72 * radius * y) for x, y in _ROUND]
    canvas.strokes([line], colour, width)
