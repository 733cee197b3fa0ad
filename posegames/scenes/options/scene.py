"""Settings: what is changed is seen and heard at once, and kept for later runs."""

from __future__ import annotations

from posegames.engine.canvas import Canvas
from posegames.engine.choosing.cards import button, fitting
from posegames.engine.choosing.chooser import BACK, Target
from posegames.engine.choosing.controls import Control
from posegames.engine.choosing.pages import Pages
from posegames.engine.choosing.panel import Panel
from posegames.engine.figure import Body, draw_figure
from posegames.engine.lamps import follow
from posegames.engine.scene import Cue, Move, Pop, World
from posegames.engine.view import Rect, View
from posegames.engine.widgets import pill
from posegames.events import Event
from posegames.language import tr
from posegames.preferences import Preferences
from posegames.scenes.options.rows import PAGES, changed
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import parse_play

_LEFT, _TOP, _WIDE, _HIGH, _GAP = 40.0, 104.0, 720.0, 110.0, 10.0
_BACK = (40.0, 596.0, 250.0, 104.0)
_LESS, _MORE = (330.0, 596.0, 150.0, 104.0), (610.0, 596.0, 150.0, 104.0)
_DOTS = (545.0, 648.0)
_ACTOR = View((790.0, 70.0, 460.0, 540.0), 460 / 540)
"""Where somebody shows what it all looks like."""
_PLAY = """
seconds 16
actors 1
loop
0.6 1 wave left
4.2 1 dance seconds=3.6
8.6 1 hands up seconds=2
11.2 1 swirl seconds=3.6
"""
STOOD = 1.4
"""Seconds of that play at which they stand, a hand up, where nothing is to move."""


class Options:
    """Every field of `Preferences`, some on each page."""

    def __init__(self) -> None:
        self._panel = Panel()
        self._pages = Pages(len(PAGES), 1, less=_LESS, more=_MORE)
        self._dance = Choreography(parse_play(_PLAY), actors=1, aspect=_ACTOR.aspect)
        self._age = 0.0
        self._told: Preferences | None = None
        """What the world said is set."""
        self._wanted = Preferences()
        """What is to be set: the world knows from the next step on."""
        self._sample = False
        """Whether it is to be heard how loud effects are now."""

    def handle(self, event: Event, world: World) -> Move | None:
        """Take keys and mouse, and swipes; Escape goes back."""
        self._heed(world.preferences)
        if self._pages.handle(event, world):
            self._turn()
            return None
        return self._go(self._panel.handle(event, world), world)

    def update(self, world: World, dt: float) -> Move | None:
        """Follow the hand, and let the one who shows it dance."""
        self._heed(world.preferences)
        self._age += dt
        self._pages.update(dt)
        world.music("menu")
        if self._sample:
            self._sample = False
            world.cue(Cue("success", 1))
        return self._go(self._panel.update(world, dt), world)

    def draw(self, canvas: Canvas, world: World) -> None:
        """Show a page of controls, and somebody in the looks that are set."""
        theme = canvas.theme
        canvas.backdrop()
        self._show(canvas, world)
        shift = self._pages.shift(theme)
        title = tr(PAGES[self._pages.number].title)
        size = fitting(canvas, title, _WIDE, theme.type.title)
        canvas.text(title, (_LEFT + _WIDE / 2 + shift, 52), size=size, colour=theme.light)
        self._pages.draw(canvas, self._panel.chooser, _DOTS)
        button(canvas, self._panel.rect(BACK), tr("Back"), "back", lift=self._panel.lift(BACK))
        if not world.pointer:
            pill(canvas, tr("Raise a hand to choose"), (1020, 656), size=theme.type.help)
        self._panel.draw(canvas, world, shift=shift)

    def _heed(self, preferences: Preferences) -> None:
        """Show what is set, where that is news."""
        if self._told is None:
            self._wanted = preferences
            self._turn()
        elif self._told is not preferences:
            self._wanted = preferences
            self._panel.keep(self._controls(), self._beside)
        self._told = preferences

    def _turn(self) -> None:
        """Show another page."""
        self._panel.show(self._controls(), self._beside, focus=self._panel.chooser.focus)

    def _controls(self) -> list[Control]:
        rows = PAGES[self._pages.number].rows
        return [row.control(self._wanted, _place(i)) for i, row in enumerate(rows)]

    @property
    def _beside(self) -> tuple[Target, ...]:
        return (Target(key=BACK, rect=_BACK), *self._pages.targets)

    def _go(self, key: str | None, world: World) -> Move | None:
        if key == BACK:
            return Pop()
        if self._pages.choose(key):
            self._turn()
            return None
        row = next((row for row in PAGES[self._pages.number].rows if row.field == key), None)
        if row is not None and key is not None:
            self._wanted = changed(self._wanted, row, self._panel[key])
            world.prefer(self._wanted)
            self._sample = key == "effects"
        return None

    def _show(self, canvas: Canvas, world: World) -> None:
        """Let somebody dance in what is set; or stand, where nothing is to move."""
        look = canvas.theme.look(world.pointer.player if world.pointer else 1)
        for pose in self._dance.at(STOOD if canvas.theme.still else self._age):
            body = Body.of(pose, _ACTOR)
            follow(canvas, [body])
            draw_figure(canvas, body, look.colour, emblem=look.shape)


def _place(number: int) -> Rect:
    return _LEFT, _TOP + number * (_HIGH + _GAP), _WIDE, _HIGH
