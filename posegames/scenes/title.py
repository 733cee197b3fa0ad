"""The title: a stage with a light, and actors who dance while the eyes wake up."""

from __future__ import annotations

import math
from collections.abc import Callable

from posegames.body.pose import Pose
from posegames.engine.canvas import Canvas
from posegames.engine.figure import Body, draw_figure
from posegames.engine.lamps import follow
from posegames.engine.scene import Move, Pop, Replace, Scene, World
from posegames.engine.theme import HEIGHT, WIDTH, breathe, ease_out, mix
from posegames.engine.view import View
from posegames.engine.widgets import pill, progress
from posegames.events import Event, KeyPressed
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import load_play

SHOWN = 1.2
"""Seconds the title stays at least: a flash would only puzzle."""
DARKENS = 0.35
"""Seconds in which the light goes down before the next scene."""
LIGHTS = 0.7
"""Seconds in which the lamps come up."""

_VIEW = View((0.0, 108.0, float(WIDTH), 540.0), WIDTH / HEIGHT, fit="contain")
"""Where the actors are seen: below the name, their feet on the boards."""
_NAME = "posegames"


class Title:
    """Shows the name until bodies can be seen, then makes way for the scene that `following` makes."""

    def __init__(self, following: Callable[[], Scene]) -> None:
        self._following = following
        self._dance = Choreography(load_play("dance"), actors=3)
        self._age = 0.0
        self._leaving: float | None = None
        """Seconds since the light began to go down."""

    def handle(self, event: Event, world: World) -> Move | None:
        """Leave at Escape."""
        return Pop() if event == KeyPressed("escape") else None

    def update(self, world: World, dt: float) -> Move | None:
        """Wait for the eyes."""
        self._age += dt
        if self._leaving is None:
            if world.status.phase == "seeing" and self._age >= SHOWN:
                self._leaving = 0.0
            return None
        self._leaving += dt
        return Replace(self._following()) if self._leaving >= DARKENS else None

    def draw(self, canvas: Canvas, world: World) -> None:
        """Show stage, actors, name, and how far the loading is."""
        canvas.backdrop()
        self._actors(canvas)
        self._name(canvas)
        self._line(canvas, world)
        if self._leaving is not None:
            everything = (0.0, 0.0, float(WIDTH), float(HEIGHT))
            canvas.rectangle(everything, canvas.theme.stage, alpha=self._leaving / DARKENS)

    def _actors(self, canvas: Canvas) -> None:
        theme, poses = canvas.theme, self._dance.at(self._age)
        up = ease_out((self._age - 0.15) / LIGHTS)
        bodies = [(pose, Body.of(pose, _VIEW)) for pose in poses]
        follow(canvas, [body for _, body in bodies], strength=up)
        for pose, body in bodies:
            look = theme.look(_number(pose))
            draw_figure(canvas, body, mix(theme.boards, look.colour, 0.25 + 0.75 * up), emblem=look.shape)

    def _name(self, canvas: Canvas) -> None:
        """Write the name, its letters falling into place one after another."""
        theme, size = canvas.theme, canvas.theme.type.score
        x = (WIDTH - canvas.letters.width(_NAME, size)) / 2
        for i, letter in enumerate(_NAME):
            share = ease_out((self._age - 0.05 * i) / 0.35)
            sway = 3 * math.sin(1.6 * self._age + 0.7 * i)
            place = (x + canvas.letters.width(_NAME[:i], size), 112 - 60 * (1 - share) + sway)
            canvas.text(
                letter, (place[0] + 3, place[1] + 5), size=size, colour=theme.stage, anchor="midleft", alpha=share
            )
            canvas.text(letter, place, size=size, colour=theme.light, anchor="midleft", alpha=share)

    def _line(self, canvas: Canvas, world: World) -> None:
        """Say what goes on, in a few words."""
        theme, status = canvas.theme, world.status
        y = HEIGHT - 46.0
        if status.phase in ("trouble", "ended"):
            pill(
                canvas,
                status.message or "The picture has ended",
                (WIDTH / 2, y),
                size=theme.type.help,
                colour=theme.warn,
            )
        elif status.phase == "seeing":
            glow = mix(theme.muted, theme.text, breathe(self._age, 2.0))
            pill(canvas, "Step in to play", (WIDTH / 2, y), size=theme.type.choice, colour=glow)
        else:
            words = status.message or ("loading eyes" if status.phase == "loading" else "waking the eyes")
            share = "" if status.progress is None else f"  {status.progress:.0%}"
            pill(canvas, f"{words} ...{share}", (WIDTH / 2, y - 8), size=theme.type.help)
            progress(canvas, (WIDTH / 2, HEIGHT - 16.0), 420, status.progress, self._age)


def _number(pose: Pose) -> int:
    return pose.track or 1
