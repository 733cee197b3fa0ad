"""The pause: the game stands still behind it, and goes on after a count."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection

import pygame

from posegames.engine.canvas import Canvas, Point
from posegames.engine.choosing.audience import draw_audience, places
from posegames.engine.choosing.cards import button, fitting
from posegames.engine.choosing.chooser import FINAL, Chooser, Target
from posegames.engine.choosing.crossing import Crossing
from posegames.engine.choosing.notice import Notice
from posegames.engine.scene import Cue, Home, Move, Pop, Replace, Scene, World
from posegames.engine.theme import HEIGHT, WIDTH, mix
from posegames.engine.widgets import pill
from posegames.errors import PosegamesError
from posegames.events import Event, FocusChanged, KeyPressed
from posegames.language import msg, tr
from posegames.scenes.flow import Desertion
from posegames.scenes.menu.opening import opened

COUNT = 3
"""Seconds counted down before the game goes on."""
DIMMED = 0.72
"""How dark the game behind is, 0..1."""

_ROOM = (390.0, 520.0, 500.0, 190.0)
"""Where everybody is shown."""
_TARGETS = (
    Target(key="again", rect=(170, 236, 270, 190), label=msg("Again"), dwell=FINAL),
    Target(key="go on", rect=(480, 216, 320, 230), label=msg("Go on")),
    Target(key="menu", rect=(840, 236, 270, 190), label=msg("Menu"), dwell=FINAL),
)
"""What loses the game takes a little longer."""


class Pause:
    """Covers a game: go on, again, or to the menu."""

    def __init__(
        self,
        draw: Callable[[Canvas, World], None],
        again: Callable[[], Scene],
        world: World,
        *,
        missing: Collection[int] = (),
    ) -> None:
        """`draw` shows the game as it was in `world`; `again` makes it anew.

        Where players are `missing`, it goes on by itself once each is back or has left for good.
        """
        self._draw, self._again, self._then = draw, again, world
        self._missing = frozenset(missing)
        """Who is waited for, by number."""
        self._desertion = Desertion()
        self._chooser, self._crossing, self._notice = Chooser(), Crossing(), Notice()
        self._chooser.show(_TARGETS, focus="go on")
        self._behind: pygame.Surface | None = None
        """The game in the dark, once it is drawn: it does not move."""
        self._left: float | None = None
        """Seconds until the game goes on, while they are counted."""

    def handle(self, event: Event, world: World) -> Move | None:
        """Take keys, mouse and crossed arms; Escape goes on, or stops the count."""
        self._desertion.handle(event)
        if self._left is not None:
            if event in (KeyPressed("escape"), FocusChanged(focused=False)):
                self._left = None
            return None
        self._crossing.handle(event)
        return self._go(self._chooser.handle(event, world), world)

    def update(self, world: World, dt: float) -> Move | None:
        """Follow the hand; count, once the game is to go on."""
        world.music("")
        self._notice.update(dt)
        if self._desertion.update(world, dt):
            return Home(deserted=True)
        if self._left is None and self._complete(world):
            self._count(world)
        if self._left is None:
            crossed = self._crossing.update(dt)
            return self._go(self._chooser.update(world, dt) if crossed is None else "go on", world)
        before, self._left = _whole(self._left), self._left - dt
        if _whole(self._left) == 0:
            world.cue(Cue("go"))
            return Pop()
        if _whole(self._left) < before:
            world.cue(Cue("count"))
        return None

    def draw(self, canvas: Canvas, world: World) -> None:
        """Show what can be chosen, over the game; or the count."""
        if self._left is not None:
            self._draw(canvas, world)
            draw_count(canvas, self._left)
            return
        if self._behind is None or self._behind.get_size() != canvas.size:
            self._draw(canvas, self._then)
            everything = (0.0, 0.0, float(WIDTH), float(HEIGHT))
            canvas.rectangle(everything, canvas.theme.stage, alpha=DIMMED)
            self._behind = canvas.surface.copy()
        canvas.surface.blit(self._behind, (0, 0))
        theme, title = canvas.theme, tr("Pause")
        size = fitting(canvas, title, 900, theme.type.score)
        canvas.text(title, (WIDTH / 2, 126), size=size, colour=theme.light)
        for target in self._chooser.targets:
            lift = self._chooser.lift(target.key)
            button(canvas, self._chooser.rect(target.key), tr(target.label), target.key, lift=lift)
        if self._missing:
            names = ", ".join(theme.look(number).name for number in sorted(self._missing))
            words = tr("Waiting for {names}").format(names=names)
            colour = theme.look(min(self._missing)).colour
            pill(
                canvas,
                words,
                (WIDTH / 2, 486),
                size=fitting(canvas, words, 1000, theme.type.choice),
                colour=colour,
            )
        draw_audience(canvas, world, _ROOM)
        self._crossing.draw(canvas, places(world, _ROOM), radius=36)
        self._notice.draw(canvas, (WIDTH / 2, 330))
        self._chooser.draw(canvas, world)

    def _go(self, key: str | None, world: World) -> Move | None:
        match key:
            case "go on" | "back":
                self._count(world)
            case "menu":
                return Home()
            case "again":
                scene = opened(self._again)
                if not isinstance(scene, PosegamesError):
                    return Replace(scene, depth=2)
                self._notice.say(scene)
        return None

    def _count(self, world: World) -> None:
        """Begin to count."""
        self._crossing.clear()
        self._missing = frozenset()
        self._left = float(COUNT)
        world.cue(Cue("count"))

    def _complete(self, world: World) -> bool:
        """Whether all who were waited for are seen again, or have left for good and others are there."""
        seen = {player.number for player in world.players if not player.hidden}
        away = {player.number for player in world.players if player.hidden}
        return bool(self._missing) and bool(seen) and not self._missing & away


def draw_count(canvas: Canvas, left: float, centre: Point = (WIDTH / 2, HEIGHT / 2)) -> None:
    """Show how many seconds are `left`, each coming in fast."""
    theme, number = canvas.theme, _whole(left)
    gone, radius = number - left, 120.0
    canvas.disc(centre, radius, theme.stage, alpha=0.8)
    canvas.ring(centre, radius, mix(theme.light, theme.stage, gone), width=8)
    size = round(160 * theme.grow(gone / 0.25, 0.7) / 8) * 8
    canvas.text(str(number), centre, size=size, colour=theme.light)


def _whole(left: float) -> int:
    """Return the number that is counted when so many seconds are left."""
    return max(0, math.ceil(left - 1e-6))
