"""A question over the scene that asks it, which stands in the dark meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pygame

from posegames.engine.canvas import Canvas
from posegames.engine.choosing.audience import draw_audience
from posegames.engine.choosing.cards import ICONS, button, card, fitting, wrapped
from posegames.engine.choosing.chooser import BACK, FINAL, Chooser, Target
from posegames.engine.scene import Move, Pop, World
from posegames.engine.theme import ARRIVE, HEIGHT, WIDTH
from posegames.events import Event
from posegames.language import tr

DIMMED = 0.72
"""How dark the scene behind is, 0..1."""

_SHEET = (140.0, 130.0, 1000.0, 400.0)
_ROOM = (420.0, 548.0, 440.0, 160.0)
"""Where everybody is shown."""
_HIGH, _GAP = 150.0, 40.0


class Ask:
    """Asks something; each answer is a move. What is not simply staying takes a hand longer.

    def update(...):
        return Push(Ask(msg("Leave the program?"), {"quit": (msg("Leave"), Quit()), "back": (msg("Stay"), Pop())}))
    """

    def __init__(
        self,
        question: str,
        answers: Mapping[str, tuple[str, Move]],
        *,
        behind: Callable[[Canvas, World], None] | None = None,
    ) -> None:
        """`answers` by key (the name of an icon has it drawn), each what it is called and where it leads.

        Texts are looked up in the language spoken. `behind` draws the scene that asks; without it there is the
        empty stage. Escape stays.
        """
        if not 1 <= len(answers) <= 4:
            raise ValueError(f"One to four answers can be chosen from, not {len(answers)}.")
        self._question, self._answers, self._behind = question, dict(answers), behind
        left, top, width, height = _SHEET
        wide = min(380.0, (width - 60 - _GAP * (len(answers) - 1)) / len(answers))
        start = left + (width - wide * len(answers) - _GAP * (len(answers) - 1)) / 2
        targets = [
            Target(
                key=key,
                rect=(start + i * (wide + _GAP), top + height - _HIGH - 36, wide, _HIGH),
                dwell=None if isinstance(move, Pop) else FINAL,
            )
            for i, (key, (_, move)) in enumerate(answers.items())
        ]
        stays = next((key for key, (_, move) in answers.items() if isinstance(move, Pop)), None)
        self._chooser = Chooser()
        self._chooser.show(targets, focus=stays)
        self._age = 0.0
        self._dark: pygame.Surface | None = None
        """The scene behind, once it is drawn: it does not move."""

    def handle(self, event: Event, world: World) -> Move | None:
        """Take keys and mouse."""
        return self._go(self._chooser.handle(event, world))

    def update(self, world: World, dt: float) -> Move | None:
        """Follow the hand."""
        self._age += dt
        return self._go(self._chooser.update(world, dt))

    def draw(self, canvas: Canvas, world: World) -> None:
        """Show the question and its answers over what was there."""
        theme = canvas.theme
        if self._dark is None or self._dark.get_size() != canvas.size:
            if self._behind:
                self._behind(canvas, world)
            else:
                canvas.backdrop()
            canvas.rectangle((0.0, 0.0, float(WIDTH), float(HEIGHT)), theme.stage, alpha=DIMMED)
            self._dark = canvas.surface.copy()
        canvas.surface.blit(self._dark, (0, 0))
        left, top, width, height = _SHEET
        rise = theme.slide(self._age / ARRIVE, 24)
        card(canvas, (left, top + rise, width, height), lift=0.4)
        question = tr(self._question)
        size = fitting(canvas, question, width - 80, theme.type.title, least=theme.type.choice)
        lines = wrapped(canvas, question, width - 80, size=size, most=3)
        for i, line in enumerate(lines):
            place = (WIDTH / 2, top + 104 + 1.15 * size * (i - (len(lines) - 1) / 2) + rise)
            canvas.text(line, place, size=size, colour=theme.light)
        for target in self._chooser.targets:
            x, y, wide, high = self._chooser.rect(target.key)
            icon = target.key if target.key in ICONS else ""
            label = tr(self._answers[target.key][0])
            button(canvas, (x, y + rise, wide, high), label, icon, lift=self._chooser.lift(target.key))
        draw_audience(canvas, world, _ROOM)
        self._chooser.draw(canvas, world)

    def _go(self, key: str | None) -> Move | None:
        if key in self._answers:
            return self._answers[key][1]
        return Pop() if key == BACK else None
