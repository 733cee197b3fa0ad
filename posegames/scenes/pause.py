"""The pause: the game stands still behind it, and goes on after a count."""

from __future__ import annotations

import math
from collections.abc import Callable

import pygame

from posegames.engine.canvas import Canvas
from posegames.engine.choosing.audience import draw_audience, places
from posegames.engine.choosing.cards import button
from posegames.engine.choosing.chooser import FINAL, Chooser, Target
from posegames.engine.choosing.crossing import Crossing
from posegames.engine.choosing.notice import Notice
from posegames.engine.scene import Cue, Home, Move, Pop, Replace, Scene, World
from posegames.engine.theme import HEIGHT, WIDTH, ease_out, mix
from posegames.errors import PosegamesError
from posegames.events import Event, FocusChanged, KeyPressed
from posegames.scenes.menu.opening import opened

COUNT = 3
"""Seconds counted down before the game goes on."""
DIMMED = 0.72
"""How dark the game behind is, 0..1."""

_ROOM = (390.0, 520.0, 500.0, 190.0)
"""Where everybody is shown."""
_TARGETS = (
    Target(key="again", rect=(170, 236, 270, 190), label="Again", dwell=FINAL),
    Target(key="go on", rect=(480, 216, 320, 230), label="Go on"),
    Target(key="menu", rect=(840, 236, 270, 190), label="Menu", dwell=FINAL),
)
"""What loses the game takes a little longer."""


class Pause:
    """Covers a game: go on, again, or to the menu."""

    def __init__(self, draw: Callable[[Canvas, World], None], again: Callable[[], Scene], world: World) -> None:
        """`draw` shows the game as it was in `world`; `again` makes it anew."""
        self._draw, self._again, self._then = draw, again, world
        self._chooser, self._crossing, self._notice = Chooser(), Crossing(), Notice()
        self._chooser.show(_TARGETS, focus="go on")
        self._behind: pygame.Surface | None = None
        """The game in the dark, once it is drawn: it does not move."""
        self._left: float | None = None
        """Seconds until the game goes on, while they are counted."""

    def handle(self, event: Event, world: World) -> Move | None:
        """Take keys, mouse and crossed arms; Escape goes on, or stops the count."""
        if self._left is not None:
            if event in (KeyPressed("escape"), FocusChanged(focused=False)):
                self._left = None
            return None
        self._crossing.handle(event)
        return self._go(self._chooser.handle(event, world), world)

    def update(self, world: World, dt: float) -> Move | None:
        """Follow the hand; count, once the game is to go on."""
        self._notice.update(dt)
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
            self._number(canvas, self._left)
            return
        if self._behind is None or self._behind.get_size() != canvas.size:
            self._draw(canvas, self._then)
            everything = (0.0, 0.0, float(WIDTH), float(HEIGHT))
            canvas.rectangle(everything, canvas.theme.stage, alpha=DIMMED)
            self._behind = canvas.surface.copy()
        canvas.surface.blit(self._behind, (0, 0))
        canvas.text("Pause", (WIDTH / 2, 126), size=canvas.theme.type.score, colour=canvas.theme.light)
        for target in self._chooser.targets:
            lift = self._chooser.lift(target.key)
            button(canvas, self._chooser.rect(target.key), target.label, target.key, lift=lift)
        draw_audience(canvas, world, _ROOM)
        self._crossing.draw(canvas, places(world, _ROOM), radius=36)
        self._notice.draw(canvas, (WIDTH / 2, 330))
        self._chooser.draw(canvas, world)

    def _go(self, key: str | None, world: World) -> Move | None:
        match key:
            case "go on" | "back":
                self._crossing.clear()
                self._left = float(COUNT)
                world.cue(Cue("count"))
            case "menu":
                return Home()
            case "again":
                scene = opened(self._again)
                if not isinstance(scene, PosegamesError):
                    return Replace(scene, depth=2)
                self._notice.say(scene)
        return None

    @staticmethod
    def _number(canvas: Canvas, left: float) -> None:
        """Show how many seconds are left, each coming in fast."""
        theme, number = canvas.theme, _whole(left)
        gone = number - left
        x, y, radius = WIDTH / 2, HEIGHT / 2, 120.0
        canvas.disc((x, y), radius, theme.stage, alpha=0.8)
        canvas.ring((x, y), radius, mix(theme.light, theme.stage, gone), width=8)
        size = round(160 * (0.7 + 0.3 * ease_out(gone / 0.25)) / 8) * 8
        canvas.text(str(number), (x, y), size=size, colour=theme.light)


def _whole(left: float) -> int:
    """Return the number that is counted when so many seconds are left."""
    return max(0, math.ceil(left - 1e-6))
