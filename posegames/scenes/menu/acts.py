"""What is played where nobody is there: the stage's actors dance, strike poses, run on a field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from posegames.body.pose import Pose
from posegames.engine.canvas import Canvas
from posegames.engine.figure import Body, draw_figure
from posegames.engine.lamps import follow
from posegames.engine.theme import HEIGHT, WIDTH, mix
from posegames.engine.view import View
from posegames.rules.arena import Arena, Box, Circle
from posegames.rules.tag import TagGame
from posegames.scenes.match.ghosts import Ghosts
from posegames.scenes.tag.crowd import Crowd
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import load_play

STAGE = View((0.0, 108.0, float(WIDTH), 540.0), WIDTH / HEIGHT, fit="contain")
"""Where the actors are seen: below the name, their feet on the boards."""
COMING = 1.2
"""Seconds before a pose is struck in which its outline can be seen."""

_ARENA = Arena(
    obstacles=(Circle(4.2, 3.0, 0.8), Circle(12.0, 6.2, 0.9), Box(7.4, 4.4, 1.4, 1.0), Circle(10.6, 2.2, 0.7)),
    seconds=3600.0,
    speed=2.8,
)


class Act(Protocol):
    """Something that is played by itself."""

    def update(self, dt: float) -> None:
        """Go on by `dt` seconds."""

    def draw(self, canvas: Canvas, lit: float) -> None:
        """Show it; the lamps are `lit` (0..1) by now."""


class Dance:
    """Three dance."""

    def __init__(self) -> None:
        self._dance, self._age = Choreography(load_play("dance"), actors=3), 0.0

    def update(self, dt: float) -> None:
        """Go on by `dt` seconds."""
        self._age += dt

    def draw(self, canvas: Canvas, lit: float) -> None:
        """Show them in their light."""
        canvas.backdrop()
        _draw_actors(canvas, self._dance.at(self._age), lit)


class Poses:
    """Three strike poses; the outline of each is there before them."""

    def __init__(self) -> None:
        self._play, self._age, self._ghosts = Choreography(load_play("poses"), actors=3), 4.0, Ghosts()

    def update(self, dt: float) -> None:
        """Go on by `dt` seconds."""
        self._age += dt

    def draw(self, canvas: Canvas, lit: float) -> None:
        """Show them in the outlines of what comes next."""
        canvas.backdrop()
        poses, coming = self._play.at(self._age), self._play.at(self._age + COMING)
        for pose in coming:
            self._ghosts.draw(canvas, pose.track or 1, pose, STAGE, colour=canvas.theme.light, shown=0.9 * lit)
        _draw_actors(canvas, poses, lit)


class Field:
    """Six run on a field."""

    def __init__(self) -> None:
        self._game, self._crowd, self._age = TagGame(_ARENA, seed=3), Crowd(_ARENA), 0.0
        for _ in range(20):  # nobody wants to see them wait for the beginning
            self.update(0.25)

    def update(self, dt: float) -> None:
        """Go on by `dt` seconds."""
        self._age += dt
        self._game.update({}, dt)
        self._crowd.update(self._game.avatars, dt)

    def draw(self, canvas: Canvas, lit: float) -> None:
        """Show them from above."""
        self._crowd.draw_field(canvas)
        self._crowd.draw(canvas, self._game.avatars, self._age)


ACTS: Sequence[Callable[[], Act]] = (Dance, Poses, Field)
"""One after another, and again."""


def _draw_actors(canvas: Canvas, poses: Sequence[Pose], lit: float) -> None:
    theme = canvas.theme
    bodies = [(pose, Body.of(pose, STAGE)) for pose in poses]
    follow(canvas, [body for _, body in bodies], strength=lit)
    for pose, body in bodies:
        look = theme.look(pose.track or 1)
        draw_figure(canvas, body, mix(theme.boards, look.colour, 0.25 + 0.75 * lit), emblem=look.shape)
