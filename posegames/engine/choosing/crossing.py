"""Arms held crossed: the sign for a pause, with a ring that fills so that nobody stops a game by accident."""

from __future__ import annotations

from collections.abc import Mapping

from posegames.engine.canvas import Canvas, Point
from posegames.engine.choosing.hand import draw_ring
from posegames.engine.theme import mix
from posegames.events import Event, Gesture, PlayerLeft

HOLD = 0.7
"""Seconds arms stay crossed to be a sign."""
RING = 54.0
"""Radius of the ring, in logical pixels."""


class Crossing:
    """Knows who crosses their arms, and for how long."""

    def __init__(self) -> None:
        self._since: dict[int, float] = {}
        """Seconds, by player."""

    def handle(self, event: Event) -> None:
        """Take note of arms that cross, and of those that part."""
        match event:
            case Gesture(player=number, gesture="arms_crossed", phase="on"):
                self._since[number] = 0.0
            case Gesture(player=number, gesture="arms_crossed", phase="off") | PlayerLeft(player=number):
                self._since.pop(number, None)

    def update(self, dt: float) -> int | None:
        """Go on by `dt` seconds; return the number of the player whose ring is full."""
        for number in self._since:
            self._since[number] += dt
            if self._since[number] >= HOLD - 1e-6:
                return number
        return None

    def clear(self) -> None:
        """Forget everybody; arms have to part and cross anew."""
        self._since.clear()

    def draw(self, canvas: Canvas, places: Mapping[int, Point], *, radius: float = RING) -> None:
        """Draw the ring of each player at their place."""
        theme = canvas.theme
        for number, since in self._since.items():
            if place := places.get(number):
                colour = theme.look(number).colour
                canvas.disc(place, radius - 8, theme.stage, alpha=0.8)
                draw_ring(canvas, place, radius, since / HOLD, colour)
                for side in (-1, 1):
                    x, high = place[0] + side * 0.24 * radius, 0.34 * radius
                    bar = ((x, place[1] - high), (x, place[1] + high))
                    canvas.capsule(*bar, mix(colour, theme.text, 0.4), 0.2 * radius)
