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
from posegames.scenes.match.ghosts import Ghosts
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import load_play

STAGE = View((0.0, 108.0, float(WIDTH), 540.0), WIDTH / HEIGHT, fit="contain")
"""Where the actors are seen: below the name, their feet on the boards."""
COMING = 1.2
"""Seconds before a pose is struck in which its outline can be seen."""


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


def field() -> Act:
    """Return six who run on a field; tag is imported when it is their turn, not before the first picture."""
    from posegames.scenes.menu.chase import Chase

    return Chase()


ACTS: Sequence[Callable[[], Act]] = (Dance, Poses, field)
"""One after another, and again."""


def _draw_actors(canvas: Canvas, poses: Sequence[Pose], lit: float) -> None:
    theme = canvas.theme
    bodies = [(pose, Body.of(pose, STAGE)) for pose in poses]
    follow(canvas, [body for _, body in bodies], strength=lit)
    for pose, body in bodies:
        look = theme.look(pose.track or 1)
        draw_figure(canvas, body, mix(theme.boards, look.colour, 0.25 + 0.75 * lit), emblem=look.shape)
