"""The sheet of points: who has how much, how many stars, and a word for those among the best ever."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from posegames.engine.canvas import Canvas, Point
from posegames.engine.choosing.cards import draw_card, fitting, still
from posegames.engine.shapes import draw_shape
from posegames.engine.theme import ARRIVE, ease_out, mix
from posegames.engine.view import Rect
from posegames.language import figures, tr

STARS = 5
"""Stars there can be."""
COUNTED = 1.2
"""Seconds in which the points count up."""
BETWEEN = 0.22
"""Seconds between two stars."""

_SHEET = (450.0, 124.0, 790.0, 440.0)
"""Where the rows are."""


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


class Sheet:
    """The rows, the most points first."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = sorted(rows, key=lambda row: -row.points)
        self.age = 0.0
        """Seconds since it came."""
        self.starred = 0
        """Stars that have arrived."""

    def update(self, dt: float) -> Iterable[int]:
        """Go on by `dt` seconds; return the numbers of stars that have arrived, from 0."""
        self.age += dt
        most = max((math.ceil(_stars(row)) for row in self.rows), default=0)
        due = math.floor((self.age - COUNTED) / BETWEEN) + 1 if self.age >= COUNTED else 0
        came = range(self.starred, max(self.starred, min(most, due)))
        self.starred = came.stop
        return came

    def star(self, number: int) -> Point | None:
        """Return where whoever leads has star `number`, from 0; None if they have not."""
        if not self.rows or self.rows[0].stars is None or number >= _stars(self.rows[0]):
            return None
        return self._star_at(self._place(0), number)

    def draw(self, canvas: Canvas, ranks: Mapping[int, int]) -> None:
        """Draw it; `ranks`, by player, are those worth a word."""
        for i, row in enumerate(self.rows):
            gone = (self.age - 0.1 - 0.08 * i) / ARRIVE
            if gone > 0:
                left, top, width, height = self._place(i)
                rect = (left + canvas.theme.slide(gone, 60), top, width, height)
                moves = self.age < COUNTED + BETWEEN * STARS + 2 * ARRIVE
                key = (row, canvas.theme.look(row.player, bot=row.bot), i == 0, len(self.rows))
                still(canvas, key, rect, partial(self._row, row=row, first=i == 0), moves=moves)
                self._badge(canvas, row, rect, ranks.get(row.player))

    def _place(self, number: int) -> Rect:
        left, top, width, height = _SHEET
        each = min(height / len(self.rows), 220 if len(self.rows) > 1 else 400)
        above = (height - each * len(self.rows)) / 2
        return left, top + above + number * each + 4, width, each - 8

    def _row(self, canvas: Canvas, rect: Rect, *, row: Row, first: bool) -> None:
        """Show who, how many points, the stars, and the lines there is room for."""
        theme, how = canvas.theme, _how(len(self.rows))
        look = theme.look(row.player, bot=row.bot)
        left, top, width, height = rect
        draw_card(canvas, rect, faint=not first)
        lines = row.lines[: how.lines]
        high = 1.3 * how.line * len(lines)
        y = top + (height - high) / 2 if how.beside else top + 88
        draw_shape(canvas, look.shape, (left + 46, y), how.name / 2, look.colour)
        named = canvas.text(
            look.name, (left + 60 + 0.55 * how.name, y), size=how.name, colour=look.colour, anchor="midleft"
        )
        if row.bot:
            canvas.text(tr("bot"), (named.right + 14, y + 4), colour=theme.muted, anchor="midleft")
        points = figures(round(row.points * ease_out(self.age / COUNTED)))
        room = 260 if how.beside and row.stars is not None else 420
        size = fitting(canvas, points, room, how.points)
        canvas.text(points, (left + width - 36, y), size=size, colour=theme.text, anchor="midright")
        for i in range(STARS if row.stars is not None else 0):
            self._star(canvas, row, i, self._star_at(rect, i))
        for i, line in enumerate(lines):
            place = (left + 46, top + height - 12 - high + (i + 0.5) * 1.3 * how.line)
            canvas.text(line, place, size=how.line, colour=mix(theme.muted, theme.text, 0.6), anchor="midleft")

    def _badge(self, canvas: Canvas, row: Row, rect: Rect, rank: int | None) -> None:
        """Say on the card's edge that somebody is among the best ever."""
        theme = canvas.theme
        if row.bot or rank is None or self.age < COUNTED:
            return
        words = tr("New best!") if rank == 1 else tr("Top ten: {rank}").format(rank=rank)
        wide = canvas.letters.width(words, theme.type.help) + 56
        share = theme.motion.ease((self.age - COUNTED) / theme.motion.arrive)
        left, top = rect[0] + rect[2] - wide - 20, max(100.0, rect[1] - 18)
        canvas.rectangle((left, top, wide, 40), theme.warn, radius=20, alpha=share)
        canvas.text(words, (left + wide / 2, top + 20), colour=theme.stage, alpha=share)

    def _star_at(self, rect: Rect, number: int) -> Point:
        """Return where a star of the row at `rect` is: beside the name, or below it where there is room."""
        how = _how(len(self.rows))
        left, top, width, height = rect
        if not how.beside:
            return left + 46 + (number + 0.5) * 2.35 * how.star, top + 0.5 * height
        lines = max((len(row.lines[: how.lines]) for row in self.rows), default=0)
        y = top + (height - 1.3 * how.line * lines) / 2
        return left + 0.43 * width + (number - (STARS - 1) / 2) * 2.35 * how.star, y

    def _star(self, canvas: Canvas, row: Row, number: int, place: Point) -> None:
        """Show a star that has arrived, or its place."""
        theme, radius = canvas.theme, _how(len(self.rows)).star
        draw_shape(canvas, "star", place, radius, mix(theme.boards, theme.muted, 0.35))
        since = self.age - COUNTED - BETWEEN * number
        share = min(1.0, max(0.0, _stars(row) - number))
        if since >= 0 and share > 0:
            grown = radius * share * theme.grow(since / ARRIVE, 0.5)
            draw_shape(canvas, "star", place, grown, theme.warn)


def _how(rows: int) -> _How:
    return _HOW[min(rows, len(_HOW)) - 1]


def _stars(row: Row) -> float:
    """Return how many stars a row has, 0..5."""
    stars = row.stars if row.stars is not None and math.isfinite(row.stars) else 0.0
    return min(float(STARS), max(0.0, stars))
