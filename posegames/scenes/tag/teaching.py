"""What `tag` teaches: three actors who show how to run, dash and hide, in two words each."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from posegames.body.measure import HIPS
from posegames.engine.canvas import Canvas, Point
from posegames.engine.choosing.cards import fitting
from posegames.engine.figure import Body, draw_figure
from posegames.engine.sprites import MASKS
from posegames.engine.theme import ARRIVE, WIDTH, ease_out
from posegames.engine.view import View
from posegames.language import msg, tr
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import parse_play

SIZE, GAP, WINDOW = (366.0, 108.0), 18.0, (100, 100)
"""Width and height of a card, what is between two, and the part of it where an actor moves."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One thing a body can do, and what it is good for."""

    body: str
    game: str
    play: str
    """What its actor does."""


LESSONS = (
    Lesson(
        msg("Lean or step"),
        msg("to run"),
        "seconds 8\nloop\nactors 1\n0.2 1 lean right seconds=1.7\n2.0 1 lean left seconds=1.7\n"
        "3.8 1 step right seconds=2\n5.9 1 step left seconds=2",
    ),
    Lesson(msg("Jump"), msg("to dash"), "seconds 2\nloop\nactors 1\n0.3 1 jump seconds=1.3"),
    Lesson(msg("Duck"), msg("to hide"), "seconds 3\nloop\nactors 1\n0.3 1 squat seconds=2.3"),
)


class Teaching:
    """The cards of all lessons, side by side."""

    def __init__(self) -> None:
        self._actors = [Choreography(parse_play(lesson.play), actors=1) for lesson in LESSONS]
        self._windows: list[Canvas] = []
        """Where each actor is drawn, in turn: a third of the pictures each is quick enough."""
        self._turn = 0

    def draw(self, canvas: Canvas, y: float, age: float) -> None:
        """Draw them with their upper edges at `y`, `age` seconds after they came."""
        self._act(canvas, age)
        wide = SIZE[0]
        x = (WIDTH - len(LESSONS) * (wide + GAP) + GAP) / 2
        for i, lesson in enumerate(LESSONS):
            share = ease_out((age - 0.06 * i) / ARRIVE)
            if share > 0:
                self._card(
                    canvas,
                    (x, y + canvas.theme.slide((age - 0.06 * i) / ARRIVE, 24)),
                    lesson,
                    self._windows[i],
                    share,
                )
            x += wide + GAP

    @staticmethod
    def _card(canvas: Canvas, corner: Point, lesson: Lesson, window: Canvas, share: float) -> None:
        theme, (x, y) = canvas.theme, corner
        canvas.rectangle((x, y, *SIZE), theme.stage, radius=theme.radius, alpha=share)
        window.surface.set_alpha(round(255 * share))
        canvas.surface.blit(window.surface, (round(x) + 8, round(y) + 4))
        x += 112
        body, room = tr(lesson.body), SIZE[0] - 112 - theme.space.near
        size = fitting(canvas, body, room, theme.type.choice)
        canvas.text(body, (x, y + 36), size=size, anchor="midleft", alpha=share)
        canvas.text(tr(lesson.game), (x, y + 76), colour=theme.warn, anchor="midleft", alpha=share)

    def _act(self, canvas: Canvas, age: float) -> None:
        """Draw the next actor as of `age`; at first all of them."""
        if not self._windows or self._windows[0].theme is not canvas.theme:
            self._windows = [
                Canvas(pygame.Surface(WINDOW, depth=32, masks=MASKS), theme=canvas.theme, letters=canvas.letters)
                for _ in LESSONS
            ]
            due = range(len(LESSONS))
        else:
            self._turn = (self._turn + 1) % len(LESSONS)
            due = range(self._turn, self._turn + 1)
        for i in due:
            window, actor, (wide, high) = self._windows[i], self._actors[i], WINDOW
            window.fill(canvas.theme.stage)
            # The picture's middle, where the actor stands, comes to the window's.
            aspect, scale = actor.view.aspect, 1.2 * high
            view = View(((wide - aspect * scale) / 2, -0.14 * high, aspect * scale, scale), aspect)
            for pose in actor.at(age):
                body = Body.of(pose, view)
                window.shadow((body.middle(*HIPS)[0], high - 10), 70, 16)
                draw_figure(window, body, canvas.theme.light)
