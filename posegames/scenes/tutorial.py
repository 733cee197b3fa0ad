"""The tutorial: in ten seconds an actor shows what a scene asks for, beside a picture of the scene that moves."""

from __future__ import annotations

import math

from posegames.engine.canvas import Canvas
from posegames.engine.choosing.cards import button, card, fitting, wrapped
from posegames.engine.choosing.chooser import BACK, Chooser, Target
from posegames.engine.figure import draw_figure
from posegames.engine.lamps import follow
from posegames.engine.scene import Cue, Move, Pop, Replace, Scene, World
from posegames.engine.theme import WIDTH
from posegames.engine.view import View
from posegames.engine.widgets import progress
from posegames.events import Event, KeyPressed
from posegames.language import msg, tr
from posegames.scenes import SceneEntry
from posegames.scenes.flow import wished
from posegames.scenes.menu.acts import Actor
from posegames.scenes.menu.previews import Screen
from posegames.seeing.stage.script import load_play

LENGTH = 10.0
"""Seconds it takes."""

_ACTOR = View((20.0, 100.0, 520.0, 560.0), 520 / 560)
"""Where the actor stands."""
_SCREEN, _INSET = (580, 316), 12
"""Size of the moving picture, and from its card's edge to it."""
_CORNER = (600.0, 130.0)
_SKIP = Target(key="skip", rect=(1004, 596, 240, 104), label=msg("Skip"))


class Tutorial:
    """Shows the lesson of `entry`, then makes way for `scene`."""

    def __init__(self, entry: SceneEntry, scene: Scene) -> None:
        """`entry` must have a lesson. `scene` is what is played after it."""
        if entry.lesson is None:
            raise ValueError(f"{entry.name} has no lesson.")
        self._entry, self._lesson, self._scene = entry, entry.lesson, scene
        self._actor = Actor(load_play(self._lesson.play), _ACTOR)
        self._screen = Screen(entry, 1, _SCREEN, hz=15)  # in pictures in which the actor keeps their pose
        self._chooser = Chooser((_SKIP,))
        self._age = 0.0

    @property
    def scene(self) -> Scene:
        """What is played after it."""
        return self._scene

    @property
    def _line(self) -> int:
        """The number of the line that is said, from 0."""
        lines = len(self._lesson.lines)
        return min(lines - 1, math.floor(self._age / LENGTH * lines))

    def handle(self, event: Event, world: World) -> Move | None:
        """Skip it at any key and click; Escape goes back."""
        if wished(event) and event != KeyPressed("escape"):
            world.cue(Cue("choose"))
            return Replace(self._scene)
        return Pop() if self._chooser.handle(event, world) == BACK else None

    def update(self, world: World, dt: float) -> Move | None:
        """Let the actor go on, and follow the hand."""
        world.music("menu")
        line = self._line
        self._age += dt
        if self._line > line:
            world.cue(Cue("hover"))
        self._screen.update(dt)
        chosen = self._chooser.update(world, dt)
        return Replace(self._scene) if chosen or self._age >= LENGTH else None

    def draw(self, canvas: Canvas, world: World) -> None:
        """Show the actor, the scene, and what is said."""
        theme = canvas.theme
        canvas.backdrop()
        title = tr(self._entry.title)
        canvas.text(
            title, (WIDTH / 2, 62), size=fitting(canvas, title, 1000, theme.type.title), colour=theme.light
        )
        look = theme.look(1)
        for body in self._actor.at(self._age):
            follow(canvas, [body], strength=theme.motion.ease(self._age / 0.6))
            draw_figure(canvas, body, theme.light, emblem=look.shape)
        (left, top), (width, height) = _CORNER, _SCREEN
        card(canvas, (left, top, width + 2 * _INSET, height + 2 * _INSET))
        self._screen.draw(canvas, (left + _INSET, top + _INSET))
        self._say(canvas, left + _INSET + width / 2)
        progress(canvas, (740.0, 648.0), 440, self._age / LENGTH, 0.0)
        skip = self._chooser.rect("skip")
        button(canvas, skip, tr(_SKIP.label), "next", lift=self._chooser.lift("skip"))
        self._chooser.draw(canvas, world)

    def _say(self, canvas: Canvas, middle: float) -> None:
        """Write the line of the moment."""
        theme, lines = canvas.theme, len(self._lesson.lines)
        since = self._age - self._line * LENGTH / lines
        gone = since / theme.motion.arrive
        size = theme.type.choice
        said = wrapped(canvas, tr(self._lesson.lines[self._line]), 620, size=size)
        for i, line in enumerate(said):
            y = 532 + 48 * (i - (len(said) - 1) / 2) + theme.slide(gone, 20)
            canvas.text(line, (middle, y), size=size, alpha=theme.motion.ease(gone))
