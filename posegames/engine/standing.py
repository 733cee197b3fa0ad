"""Advice as it is shown, the same in every scene: in words, in a finder, and as an outline on the floor.

The finder is a small picture of what the camera sees: where somebody should stand, and where everybody does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

from posegames.engine.canvas import Canvas, Point
from posegames.engine.choosing.cards import fitting
from posegames.engine.figures.body import ARMS, LEGS, TRUNK, Body
from posegames.engine.guidance import Advice, Guide
from posegames.engine.scene import World
from posegames.engine.shapes import draw_shape
from posegames.engine.theme import WIDTH, Colour, mix
from posegames.engine.view import Rect, View
from posegames.language import tr

IDEAL, SOLES = 0.75, 0.94
"""Height of somebody who stands well, and where the soles are, in frame heights (60-85 % of it is ideal)."""
HIGH = 104.0
"""Logical pixels the panel is high."""
FINDER = 84.0
"""Logical pixels the finder is high."""
WORDS = 700.0
"""Logical pixels the words may take."""

# Half of a standing body's outline, its left side, in body heights: sideways from the middle, above the soles.
_HALF = (
    (0.035, 0.835), (0.095, 0.815), (0.125, 0.785), (0.150, 0.640), (0.165, 0.470), (0.160, 0.415),
    (0.130, 0.415), (0.118, 0.480), (0.104, 0.630), (0.088, 0.720), (0.080, 0.600), (0.092, 0.500),
    (0.086, 0.290), (0.074, 0.065), (0.098, 0.000), (0.030, 0.000), (0.036, 0.070), (0.030, 0.290), (0.000, 0.460),
)  # fmt: skip
_BODY = (*_HALF, *((-x, y) for x, y in reversed(_HALF)))
_HEAD, _FACE = 0.918, 0.078
"""Height of the head's middle, and its radius, in body heights."""
_FLOOR = (0.26, 0.035)
"""Half axes of the place on the floor, in body heights."""
_TURN = tuple((math.cos(math.pi * i / 12), math.sin(math.pi * i / 12)) for i in range(25))
_HELPS = frozenset({Advice.STEP_IN, Advice.BACK, Advice.CLOSER, Advice.FEET, Advice.LEFT, Advice.RIGHT})
"""What an outline helps with."""


def draw_guidance(canvas: Canvas, guide: Guide, world: World, middle: Point, *, view: View | None = None) -> None:
    """Show the advice given, if any, around `middle`; where `view` shows all the frame, an outline in it, too."""
    advice = guide.given
    if not advice:
        return
    share = canvas.theme.motion.ease(guide.shown / canvas.theme.motion.arrive)
    if view and advice in _HELPS and advice is not Advice.FEET:  # who stands there has the outline in the finder
        draw_place(canvas, view, mix(canvas.theme.stage, canvas.theme.light, share), beside=_beside(advice))
    _panel(canvas, guide, world, middle, share)


def draw_place(canvas: Canvas, view: View, colour: Colour, *, beside: float = 0.5, width: float = 5.0) -> None:
    """Draw the outline of somebody who stands well, `beside` (0..1) of the way across the camera's picture."""
    across = beside * view.aspect
    unit = IDEAL * view.scale
    foot, _ = view.to_screen([(across, SOLES), (across, 0.0)]).tolist()
    x, y = foot

    def placed(points: tuple[Point, ...]) -> list[Point]:
        return [(x + dx * unit, y - dy * unit) for dx, dy in points]

    floor = placed(tuple((_FLOOR[0] * c, _FLOOR[1] * s) for c, s in _TURN))
    body = placed((*_BODY, _BODY[0]))
    rim = mix(canvas.theme.stage, (0, 0, 0), 0.5)
    for line, wide in ((rim, width + 4), (colour, width)):
        canvas.strokes([floor, body], line, wide)
        canvas.ring((x, y - _HEAD * unit), _FACE * unit, line, width=wide)


def _beside(advice: Advice) -> float:
    """Return where somebody should stand who goes where `advice` says: on their side of the picture, but in it."""
    return {Advice.LEFT: 0.25, Advice.RIGHT: 0.75}.get(advice, 0.5)


def _panel(canvas: Canvas, guide: Guide, world: World, middle: Point, share: float) -> None:
    theme, advice = canvas.theme, guide.given
    words = tr(advice)
    size = fitting(canvas, words, WORDS, theme.type.choice)
    finder = FINDER * min(max(world.aspect, 0.6), 2.0)
    look = theme.look(guide.whom) if guide.whom and len(world.players) > 1 else None
    named = 44.0 if look else 0.0
    wide = 10 + finder + 26 + named + canvas.letters.width(words, size) + 34
    left = min(max(middle[0] - wide / 2, theme.space.edge), WIDTH - wide - theme.space.edge)
    y = middle[1] + theme.slide(guide.shown / theme.motion.arrive, 20)
    panel, radius = (left, y - HIGH / 2, wide, HIGH), theme.radius + 6
    canvas.rectangle(panel, theme.stage, radius=radius, alpha=0.9 * share)
    if not theme.glow:  # black on black has no edge of its own
        canvas.rectangle(panel, theme.muted, radius=radius, alpha=share, width=3)
    rect = (left + 10, y - FINDER / 2, finder, FINDER)
    fine = advice is Advice.UPPER_BODY
    _finder(canvas, guide, world, rect)
    x = left + 10 + finder + 26
    if look:
        draw_shape(canvas, look.shape, (x + 14, y), 15, look.colour)
    colour = theme.good if fine else theme.text
    canvas.text(words, (x + named, y), size=size, colour=colour, anchor="midleft", alpha=share)


def _finder(canvas: Canvas, guide: Guide, world: World, rect: Rect) -> None:
    """Draw what the camera sees, small: who is there, where to stand, and a sign for what to do."""
    theme, advice = canvas.theme, guide.given
    canvas.rectangle(rect, mix(theme.boards, theme.muted, 0.15), radius=8)
    inner = (rect[0] + 2, rect[1] + 2, rect[2] - 4, rect[3] - 4)
    view = View(inner, world.aspect)
    if advice in _HELPS:
        draw_place(canvas, view, theme.muted, beside=_beside(advice), width=2.0)
    for pose in world.spectators:
        _stick(canvas, Body.of(pose, view), theme.muted, rect)
    for player in world.players:
        if not player.hidden:
            _stick(canvas, Body.of(player.pose, view), theme.look(player.number).colour, rect)
    if sign := _SIGNS.get(advice):
        sign(canvas, rect, theme.warn)
    canvas.rectangle(rect, theme.good if advice is Advice.UPPER_BODY else theme.warn, radius=8, width=3)


def _stick(canvas: Canvas, body: Body, colour: Colour, rect: Rect) -> None:
    """Draw a body in a few strokes, as far as it is within `rect`."""
    left, top, wide, high = rect

    def within(point: Point) -> Point:
        return min(max(point[0], left + 4), left + wide - 4), min(max(point[1], top + 4), top + high - 4)

    chains = body.chains(*ARMS, *LEGS, (*TRUNK, TRUNK[0]))
    canvas.strokes([[within(point) for point in line] for line in chains], colour, 3.5)
    if body.head:
        canvas.disc(within(body.head), max(3.0, 0.22 * body.torso), colour)


def _shape(name: str, across: float, down: float = 0.5) -> Callable[[Canvas, Rect, Colour], None]:
    def draw(canvas: Canvas, rect: Rect, colour: Colour) -> None:
        centre = (rect[0] + across * rect[2], rect[1] + down * rect[3])
        draw_shape(canvas, name, centre, 0.29 * rect[3], canvas.theme.stage)
        draw_shape(canvas, name, centre, 0.2 * rect[3], colour)

    return draw


def _upright(way: int) -> Callable[[Canvas, Rect, Colour], None]:
    """Return an arrow up (-1) or down (1), at the picture's right."""

    def draw(canvas: Canvas, rect: Rect, colour: Colour) -> None:
        x, y, r = rect[0] + 0.85 * rect[2], rect[1] + rect[3] / 2, 0.2 * rect[3]
        canvas.strokes([[(x, y - way * 1.2 * r), (x, y + way * 1.2 * r)]], colour, 0.5 * r)
        tip = [(x - r, y + way * 0.3 * r), (x, y + way * 1.3 * r), (x + r, y + way * 0.3 * r)]
        canvas.strokes([tip], colour, 0.5 * r)

    return draw


def _horizon(canvas: Canvas, rect: Rect, colour: Colour) -> None:
    left, top, wide, high = rect
    canvas.strokes([[(left + 10, top + 0.72 * high), (left + wide - 10, top + 0.44 * high)]], colour, 4)


def _lamp(canvas: Canvas, rect: Rect, colour: Colour) -> None:
    centre = (rect[0] + rect[2] / 2, rect[1] + rect[3] / 2)
    draw_shape(canvas, "sparkle", centre, 0.36 * rect[3], colour)
    canvas.disc(centre, 0.2 * rect[3], colour)


_SIGNS: Mapping[Advice, Callable[[Canvas, Rect, Colour], None]] = MappingProxyType(
    {
        Advice.LIGHT: _lamp,
        Advice.LEFT: _shape("left", 0.5),
        Advice.RIGHT: _shape("right", 0.5),
        Advice.TILT_UP: _upright(-1),
        Advice.TILT_DOWN: _upright(1),
        Advice.STRAIGHTEN: _horizon,
        Advice.UPPER_BODY: _shape("tick", 0.85),
    }
)
"""What is drawn over the finder."""
