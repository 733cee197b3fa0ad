"""What `tag` teaches: three actors who show how to run, dash and hide, in two words each."""

from __future__ import annotations

from dataclasses import dataclass

from posegames.body.measure import HIPS
from posegames.engine.canvas import Canvas, Point
from posegames.engine.figure import Body, draw_figure
from posegames.engine.theme import ARRIVE, WIDTH, ease_out
from posegames.engine.view import View
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import parse_play

SIZE, GAP = (366.0, 108.0), 18.0
"""Width and height of a card, and what is between two."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One thing a body can do, and what it is good for."""

    body: str
    game: str
    play: str
    """What its actor does."""


LESSONS = (
    Lesson(
        "Lean or step",
        "to run",
        "seconds 8\nloop\nactors 1\n0.2 1 lean right seconds=1.7\n2.0 1 lean left seconds=1.7\n"
        "3.8 1 step right seconds=2\n5.9 1 step left seconds=2",
    ),
    Lesson("Jump", "to dash", "seconds 2\nloop\nactors 1\n0.3 1 jump seconds=1.3"),
    Lesson("Duck", "to hide", "seconds 3\nloop\nactors 1\n0.3 1 squat seconds=2.3"),
)


class Teaching:
    """The cards of all lessons, side by side."""

    def __init__(self) -> None:
        self._actors = [Choreography(parse_play(lesson.play), actors=1) for lesson in LESSONS]

    def draw(self, canvas: Canvas, y: float, age: float) -> None:
        """Draw them with their upper edges at `y`, `age` seconds after they came."""
        wide = SIZE[0]
        x = (WIDTH - len(LESSONS) * (wide + GAP) + GAP) / 2
        for i in range(len(LESSONS)):
            share = ease_out((age - 0.06 * i) / ARRIVE)
            if share > 0:
                self._card(canvas, i, (x, y + 24 * (1 - share)), age, share)
            x += wide + GAP

    def _card(self, canvas: Canvas, which: int, corner: Point, age: float, share: float) -> None:
        theme, (x, y), (wide, high) = canvas.theme, corner, SIZE
        lesson, actor = LESSONS[which], self._actors[which]
        canvas.rectangle((x, y, wide, high), theme.stage, radius=theme.radius, alpha=0.9 * share)
        # The picture's middle, where the actor stands, comes to the card's left part.
        aspect, scale = actor.view.aspect, 1.12 * high
        view = View((x + 58 - aspect * scale / 2, y - 0.10 * high, aspect * scale, scale), aspect)
        for pose in actor.at(age):
            body = Body.of(pose, view)
            canvas.shadow((body.middle(*HIPS)[0], y + high - 16), 70, 16)
            draw_figure(canvas, body, theme.light)
        x += 112
        canvas.text(lesson.body, (x, y + 36), size=theme.type.choice, anchor="midleft", alpha=share)
        canvas.text(lesson.game, (x, y + 76), colour=theme.warn, anchor="midleft", alpha=share)
