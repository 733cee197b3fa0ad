"""What is played where nobody is there: the stage's actors dance, strike poses, run on a field."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Protocol

import pygame

from posegames.body.pose import Pose
from posegames.engine.canvas import Canvas
from posegames.engine.figure import Body, Figure, draw_figures
from posegames.engine.lamps import follow
from posegames.engine.sprites import MASKS
from posegames.engine.theme import HEIGHT, WIDTH, mix
from posegames.engine.view import View
from posegames.scenes.match.ghosts import Ghosts
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.play import Play
from posegames.seeing.stage.script import load_play

STAGE = View((0.0, 108.0, float(WIDTH), 540.0), WIDTH / HEIGHT, fit="contain")
"""Where the actors are seen: below the name, their feet on the boards."""
RATE = 30
"""Pictures a second of what nobody steers: half of the screen's, more than a film's."""
POSED = 0.5
"""Share of a turn before the drawing at which actors take their poses: no picture of the screen has both."""
COMING = 1.2
"""Seconds before a pose is struck in which its outline can be seen."""


class Act(Protocol):
    """Something that is played by itself."""

    def update(self, dt: float) -> None:
        """Go on by `dt` seconds."""

    def draw(self, canvas: Canvas, lit: float) -> None:
        """Show it; the lamps are `lit` (0..1) by now."""


class Turn:
    """Says when something that is done `RATE` times a second is due."""

    def __init__(self) -> None:
        self._done = -1

    def due(self, age: float, before: float = 0.0) -> bool:
        """Whether it is at `age` seconds; `before` is the share of a turn by which it is earlier."""
        # A quarter aside, so that no rounding of the age moves it to a neighbouring picture.
        turn = math.floor(age * RATE + before + 0.25)
        due, self._done = turn != self._done, turn
        return due


class Dance:
    """Three dance."""

    def __init__(self) -> None:
        self._dance, self._age = Choreography(load_play("dance"), actors=3), 0.0
        self._turn, self._poses = Turn(), self._dance.at(0.0)

    def update(self, dt: float) -> None:
        """Go on by `dt` seconds."""
        self._age += dt
        if self._turn.due(self._age, POSED):
            self._poses = self._dance.at(self._age)

    def draw(self, canvas: Canvas, lit: float) -> None:
        """Show them in their light."""
        canvas.backdrop()
        _draw_actors(canvas, self._poses, lit)


class Poses:
    """Three strike poses; the outline of each is there before them."""

    def __init__(self) -> None:
        self._play, self._age, self._ghosts = Choreography(load_play("poses"), actors=3), 4.0, Ghosts()
        self._turn, self._poses, self._coming = Turn(), self._play.at(4.0), self._play.at(4.0 + COMING)

    def update(self, dt: float) -> None:
        """Go on by `dt` seconds."""
        self._age += dt
        if self._turn.due(self._age, POSED):
            self._poses, self._coming = self._play.at(self._age), self._play.at(self._age + COMING)

    def draw(self, canvas: Canvas, lit: float) -> None:
        """Show them in the outlines of what comes next."""
        canvas.backdrop()
        for pose in self._coming:
            self._ghosts.draw(canvas, pose.track or 1, pose, STAGE, colour=canvas.theme.light, shown=0.9 * lit)
        _draw_actors(canvas, self._poses, lit)


def field() -> Act:
    """Return six who run on a field; tag is imported when it is their turn, not before the first picture."""
    from posegames.scenes.menu.chase import Chase

    return Chase()


ACTS: Sequence[Callable[[], Act]] = (Dance, Poses, field)
"""One after another, and again."""


class Reel:
    """An act on a surface of its own, drawn `RATE` times a second: nobody steers what it shows."""

    def __init__(self, act: Act) -> None:
        self._act, self._age = act, 0.0
        self._canvas: Canvas | None = None
        self._turn = Turn()

    def update(self, dt: float) -> None:
        """Go on by `dt` seconds."""
        self._age += dt
        self._act.update(dt)

    def draw(self, canvas: Canvas, lit: float) -> None:
        """Show it; the lamps are `lit` (0..1) by now."""
        kept = self._canvas
        if kept is None or kept.theme is not canvas.theme:
            surface = pygame.Surface(canvas.size, depth=32, masks=MASKS)
            kept = self._canvas = Canvas(surface, theme=canvas.theme, letters=canvas.letters)
            self._turn = Turn()
        if self._turn.due(self._age):
            self._act.draw(kept, lit)
        canvas.surface.blit(kept.surface, (0, 0))


class Actor:
    """Somebody of the stage who shows how it is done, in poses of `RATE` a second."""

    def __init__(self, play: Play, view: View) -> None:
        """Play `play` where `view` says."""
        self._played, self._view = Choreography(play, actors=1, aspect=view.aspect), view
        self._bodies: list[Body] = []
        self._turn = Turn()

    def at(self, age: float) -> list[Body]:
        """Return them `age` seconds after the beginning."""
        if self._turn.due(age):
            self._bodies = [Body.of(pose, self._view) for pose in self._played.at(age)]
        return self._bodies


def _draw_actors(canvas: Canvas, poses: Sequence[Pose], lit: float) -> None:
    theme = canvas.theme
    bodies = [(theme.look(pose.track or 1), Body.of(pose, STAGE)) for pose in poses]
    follow(canvas, [body for _, body in bodies], strength=lit)
    share = 0.25 + 0.75 * lit
    draw_figures(
        canvas, [Figure(body, mix(theme.boards, look.colour, share), look.shape) for look, body in bodies]
    )
