"""The results: who has how much, what was best, and the winner's bow."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from posegames.engine.canvas import Canvas, Point
from posegames.engine.choosing.cards import button, card, fitting
from posegames.engine.choosing.chooser import BACK, Chooser, Target
from posegames.engine.choosing.notice import Notice
from posegames.engine.figure import Body, draw_figure
from posegames.engine.lamps import follow
from posegames.engine.particles import Particles
from posegames.engine.scene import Cue, Home, Move, Replace, Scene, World
from posegames.engine.shapes import draw_shape
from posegames.engine.theme import ARRIVE, HEIGHT, THEATRE, WIDTH, ease_out, mix
from posegames.engine.view import Rect, View
from posegames.errors import PosegamesError
from posegames.events import Event
from posegames.scenes.menu.opening import opened
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import parse_play

STARS = 5
"""Stars there can be."""
COUNTED = 1.2
"""Seconds in which the points count up."""
BETWEEN = 0.22
"""Seconds between two stars."""

_BOW = "seconds 11\nactors 1\nloop\n0.6 1 bow\n4.2 1 hands up\n7.4 1 bow"
_ACTOR = View((20.0, 96.0, 430.0, 500.0), 430 / 500)
"""Where the winner stands."""
_SHEET = (450.0, 124.0, 790.0, 440.0)
"""Where the rows are."""
_SLOTS: tuple[Rect, ...] = ((80, 596, 340, 104), (470, 596, 340, 104), (860, 596, 340, 104))
_WORDS = {"again": "Again", "next": "Next", "menu": "Menu"}


@dataclass(frozen=True, slots=True)
class Row:
    """What one player has achieved."""

    player: int
    points: int
    stars: float | None = None
    """0..5; None where a game gives none."""
    lines: tuple[str, ...] = ()
    """A few words each: the best limb, what to practise."""
    bot: bool = False
    """Nobody real."""


@dataclass(frozen=True, slots=True)
class _How:
    """How large the parts of a row are, in logical pixels."""

    name: int
    points: int
    star: float
    line: int
    lines: int
    """How many there is room for."""
    beside: bool = True
    """The stars stand beside the name; else below it."""


_HOW = (
    _How(64, 140, 36.0, 40, 3, beside=False),
    _How(40, 96, 22.0, 28, 2),
    _How(40, 72, 20.0, 28, 1),
    _How(40, 56, 18.0, 28, 1),
    _How(40, 56, 16.0, 28, 0),
)
"""For one row, two, ...; and for more."""


class Results:
    """Shows the rows, the most points first; then again, next or the menu."""

    def __init__(
        self,
        rows: Sequence[Row],
        *,
        title: str,
        again: Callable[[], Scene],
        onward: Callable[[], Scene] | None = None,
    ) -> None:
        """`again` makes the same game, `onward` the next; None where nothing comes next."""
        self._rows = sorted(rows, key=lambda row: -row.points)
        self._title, self._again, self._onward = title, again, onward
        self._chooser, self._notice, self._sparks = Chooser(), Notice(), Particles()
        self._dance = Choreography(parse_play(_BOW), actors=1, aspect=_ACTOR.aspect)
        self._age = 0.0
        self._starred = 0
        """Stars that have arrived."""

    def handle(self, event: Event, world: World) -> Move | None:
        """Take keys and mouse; Escape leads to the menu."""
        return self._go(self._chooser.handle(event, world))

    def update(self, world: World, dt: float) -> Move | None:
        """Let points, stars and sparks go on, and follow the hand."""
        if not self._chooser.targets:
            self._lay_out(world)
        self._age += dt
        self._notice.update(dt)
        self._sparks.update(dt)
        most = max((math.ceil(_stars(row)) for row in self._rows), default=0)
        while self._starred < most and self._age >= COUNTED + BETWEEN * self._starred:
            self._twinkle()
            world.cue(Cue("star", step=self._starred))
            self._starred += 1
        return self._go(self._chooser.update(world, dt))

    def draw(self, canvas: Canvas, world: World) -> None:
        """Show the winner, everybody's row, and what can be chosen."""
        canvas.backdrop()
        self._winner(canvas)
        theme = canvas.theme
        size = fitting(canvas, self._title, 1000, theme.type.title)
        canvas.text(
            self._title, (WIDTH / 2, 66 - 20 * (1 - ease_out(self._age / 0.3))), size=size, colour=theme.light
        )
        for i, row in enumerate(self._rows):
            arrived = ease_out((self._age - 0.1 - 0.08 * i) / ARRIVE)
            if arrived > 0:
                left, top, width, height = self._place(i)
                self._row(canvas, row, (left + 60 * (1 - arrived), top, width, height), first=i == 0)
        self._sparks.draw(canvas)
        for target in self._chooser.targets:
            lift = self._chooser.lift(target.key)
            button(canvas, self._chooser.rect(target.key), target.label, target.key, lift=lift)
        self._notice.draw(canvas, (WIDTH / 2, HEIGHT / 2))
        self._chooser.draw(canvas, world)

    def _lay_out(self, world: World) -> None:
        """Put `again` where the hand already is."""
        slots = [*_SLOTS] if self._onward else [_SLOTS[0], _SLOTS[2]]
        hand = world.pointer.x * WIDTH if world.pointer else -math.inf
        slots.sort(key=lambda slot: (abs(slot[0] + slot[2] / 2 - hand) if world.pointer else 0, slot[0]))
        keys = ["again", *(["next"] if self._onward else []), "menu"]
        rest = sorted(slots[1:])
        targets = [
            Target(key=key, rect=slot, label=_WORDS[key])
            for key, slot in zip(keys, [slots[0], *rest], strict=True)
        ]
        self._chooser.show(targets, focus="again")

    def _go(self, key: str | None) -> Move | None:
        make = {"again": self._again, "next": self._onward}.get(key or "")
        if key in ("menu", BACK):
            return Home()
        if make:
            scene = opened(make)
            if not isinstance(scene, PosegamesError):
                return Replace(scene)
            self._notice.say(scene)
        return None

    def _winner(self, canvas: Canvas) -> None:
        """Let the winner bow in the light."""
        if not self._rows:
            return
        look = canvas.theme.look(self._rows[0].player)
        for pose in self._dance.at(self._age):
            body = Body.of(pose, _ACTOR)
            follow(canvas, [body], strength=ease_out(self._age / 0.6))
            draw_figure(canvas, body, look.colour, emblem=look.shape)

    def _place(self, number: int) -> Rect:
        left, top, width, height = _SHEET
        each = min(height / len(self._rows), 220 if len(self._rows) > 1 else 400)
        above = (height - each * len(self._rows)) / 2
        return left, top + above + number * each + 4, width, each - 8

    def _row(self, canvas: Canvas, row: Row, rect: Rect, *, first: bool) -> None:
        """Show who, how many points, the stars, and the lines there is room for."""
        theme, how = canvas.theme, _how(len(self._rows))
        look = theme.look(row.player, bot=row.bot)
        left, top, width, height = rect
        card(canvas, rect, faint=not first)
        lines = row.lines[: how.lines]
        high = 1.3 * how.line * len(lines)
        y = top + (height - high) / 2 if how.beside else top + 88
        draw_shape(canvas, look.shape, (left + 46, y), how.name / 2, look.colour)
        named = canvas.text(
            look.name, (left + 60 + 0.55 * how.name, y), size=how.name, colour=look.colour, anchor="midleft"
        )
        if row.bot:
            canvas.text("bot", (named.right + 14, y + 4), colour=theme.muted, anchor="midleft")
        points = f"{round(row.points * ease_out(self._age / COUNTED)):,}"
        room = 260 if how.beside and row.stars is not None else 420
        size = fitting(canvas, points, room, how.points)
        canvas.text(points, (left + width - 36, y), size=size, colour=theme.text, anchor="midright")
        for i in range(STARS if row.stars is not None else 0):
            self._star(canvas, row, i, self._star_at(rect, i))
        for i, line in enumerate(lines):
            place = (left + 46, top + height - 12 - high + (i + 0.5) * 1.3 * how.line)
            canvas.text(line, place, size=how.line, colour=mix(theme.muted, theme.text, 0.6), anchor="midleft")

    def _star_at(self, rect: Rect, number: int) -> Point:
        """Return where a star of the row at `rect` is: beside the name, or below it where there is room."""
        how = _how(len(self._rows))
        left, top, width, height = rect
        if not how.beside:
            return left + 46 + (number + 0.5) * 2.35 * how.star, top + 0.5 * height
        lines = max((len(row.lines[: how.lines]) for row in self._rows), default=0)
        y = top + (height - 1.3 * how.line * lines) / 2
        return left + 0.43 * width + (number - (STARS - 1) / 2) * 2.35 * how.star, y

    def _star(self, canvas: Canvas, row: Row, number: int, place: Point) -> None:
        """Show a star that has arrived, or its place."""
        theme, radius = canvas.theme, _how(len(self._rows)).star
        draw_shape(canvas, "star", place, radius, mix(theme.boards, theme.muted, 0.35))
        since = self._age - COUNTED - BETWEEN * number
        share = min(1.0, max(0.0, _stars(row) - number))
        if since >= 0 and share > 0:
            grown = radius * share * (0.5 + 0.5 * ease_out(since / ARRIVE))
            draw_shape(canvas, "star", place, grown, theme.warn)

    def _twinkle(self) -> None:
        """Scatter sparks where a star has come for whoever leads."""
        if self._rows[0].stars is not None and self._starred < _stars(self._rows[0]):
            place = self._star_at(self._place(0), self._starred)
            self._sparks.burst(place, THEATRE.warn, count=10, speed=260, shape="sparkle")


def _how(rows: int) -> _How:
    return _HOW[min(rows, len(_HOW)) - 1]


def _stars(row: Row) -> float:
    """Return how many stars a row has, 0..5."""
    stars = row.stars if row.stars is not None and math.isfinite(row.stars) else 0.0
    return min(float(STARS), max(0.0, stars))
