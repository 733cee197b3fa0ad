"""High scores: the best of today and of all time, a page for each scene and level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from posegames.engine.canvas import Canvas
from posegames.engine.choosing.audience import draw_audience
from posegames.engine.choosing.cards import button, card, fitting
from posegames.engine.choosing.chooser import BACK, Chooser, Target
from posegames.engine.choosing.pages import Pages
from posegames.engine.levels.level import Level
from posegames.engine.levels.shelf import Shelf
from posegames.engine.scene import Home, Move, Pop, Setup, World
from posegames.engine.shapes import draw_shape
from posegames.engine.theme import HEIGHT, WIDTH, Look, mix, spoken_name
from posegames.engine.view import Rect
from posegames.events import Event
from posegames.language import figures, msg, tr
from posegames.memory.memory import Memory
from posegames.memory.records import Score
from posegames.scenes import SceneEntry
from posegames.scenes.flow import Desertion

MOST = 8
"""Scores of a list: as many as can be read from three metres."""
FOUND = 1000
"""Scores that are looked through for scenes and levels."""

_LISTS: Sequence[tuple[str, Rect]] = (
    (msg("Today"), (50.0, 106.0, 580.0, 470.0)),
    (msg("Ever"), (650.0, 106.0, 580.0, 470.0)),
)
_BACK = Target(key=BACK, rect=(36, 600, 250, 102), label=msg("Back"))
_LESS, _MORE = (814.0, 600.0, 210.0, 102.0), (1034.0, 600.0, 210.0, 102.0)
_ROOM = (420.0, 588.0, 340.0, 124.0)
_LINE = 48.0
"""Logical pixels from score to score."""


class Highscores:
    """Shows them; leads back."""

    def __init__(self, entries: Mapping[str, SceneEntry], setup: Setup, *, today: float = 0.0) -> None:
        """`today` is the Unix time when it began."""
        self._entries, self._today = entries, today
        self._shelf = setup.shelf or Shelf()
        self._lists: list[tuple[str, tuple[list[Score], list[Score]]]] | None = None
        """Title of each page, and the scores on it: of today, and ever."""
        self._chooser, self._desertion = Chooser((_BACK,)), Desertion()
        self._pages = Pages(0, 1, more=_MORE, less=_LESS)

    def handle(self, event: Event, world: World) -> Move | None:
        """Take keys, mouse and swipes; Escape goes back."""
        self._desertion.handle(event)
        if self._pages.handle(event, world):
            self._chooser.keep([_BACK, *self._pages.targets])
        return self._go(self._chooser.handle(event, world))

    def update(self, world: World, dt: float) -> Move | None:
        """Read the scores once, and follow the hand."""
        world.music("menu")
        if self._lists is None:
            self._lists = self._read(world.memory) if world.memory else []
            self._pages = Pages(len(self._lists), 1, more=_MORE, less=_LESS)
            self._chooser.show([_BACK, *self._pages.targets])
        self._pages.update(dt)
        if self._desertion.update(world, dt):
            return Home(deserted=True)
        return self._go(self._chooser.update(world, dt))

    def draw(self, canvas: Canvas, world: World) -> None:
        """Show the page."""
        theme = canvas.theme
        canvas.backdrop()
        if self._lists:
            title, lists = self._lists[self._pages.number]
            size = fitting(canvas, title, 1100, theme.type.title)
            canvas.text(title, (WIDTH / 2, 54), size=size, colour=theme.light)
            for (heading, rect), scores in zip(_LISTS, lists, strict=True):
                shifted = (rect[0] + self._pages.shift(theme), *rect[1:])
                self._list(canvas, tr(heading), scores, shifted)
        else:
            canvas.text(tr("High scores"), (WIDTH / 2, 54), size=theme.type.title, colour=theme.light)
            words = tr("Nobody yet. Be the first!")
            canvas.text(words, (WIDTH / 2, HEIGHT / 2), size=theme.type.choice, colour=theme.muted)
        draw_audience(canvas, world, _ROOM)
        button(canvas, self._chooser.rect(BACK), tr(_BACK.label), "back", lift=self._chooser.lift(BACK))
        self._pages.draw(canvas, self._chooser, (1029.0, 588.0))
        self._chooser.draw(canvas, world)

    def _go(self, key: str | None) -> Move | None:
        if self._pages.choose(key):
            self._chooser.keep([_BACK, *self._pages.targets])
        return Pop() if key == BACK else None

    def _read(self, memory: Memory) -> list[tuple[str, tuple[list[Score], list[Score]]]]:
        """Return the pages, in the order of the menu, and of the levels in each scene."""
        played = {(score.scene, score.level) for score in memory.best(most=FOUND)}
        pages = []
        for scene, entry in self._entries.items():
            titles = {
                level.name: level.told(level.title) for level in self._shelf.of(scene) if isinstance(level, Level)
            }
            names = [*titles, *sorted(level for of, level in played if of == scene and level not in titles)]
            for level in names:
                if (scene, level) in played:
                    title = ": ".join(part for part in (tr(entry.title), titles.get(level, level)) if part)
                    today = memory.best(scene, level, since=self._today, most=MOST) if self._today else []
                    pages.append((title, (today, memory.best(scene, level, most=MOST))))
        return pages

    @staticmethod
    def _list(canvas: Canvas, heading: str, scores: Sequence[Score], rect: Rect) -> None:
        theme, (left, top, width, _) = canvas.theme, rect
        card(canvas, rect, faint=True)
        canvas.text(heading, (left + width / 2, top + 36), size=theme.type.choice, colour=theme.muted)
        if not scores:
            words = tr("Nobody yet")
            canvas.text(words, (left + width / 2, top + 240), size=theme.type.choice, colour=theme.muted)
        for i, score in enumerate(scores):
            y, first = top + 94 + _LINE * i, i == 0
            size = theme.type.choice if first else 34
            colour = theme.warn if first else mix(theme.muted, theme.text, 0.7)
            canvas.text(str(i + 1), (left + 66, y), size=size, colour=theme.muted, anchor="midright")
            if look := _look(canvas, score.name):
                draw_shape(canvas, look.shape, (left + 98, y), 13, look.colour)
            name = spoken_name(score.name)
            wide = fitting(canvas, name, 250, size)
            canvas.text(name, (left + 126, y), size=wide, colour=colour, anchor="midleft")
            canvas.text(figures(score.points), (left + width - 30, y), size=size, colour=colour, anchor="midright")


def _look(canvas: Canvas, name: str) -> Look | None:
    """Return the looks of the place that has this name; None for a name somebody chose."""
    return next((replace(look) for look in canvas.theme.players if look.name == spoken_name(name)), None)
