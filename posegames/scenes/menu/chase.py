"""Tag that plays by itself, where nobody is there."""

from __future__ import annotations

from posegames.engine.canvas import Canvas
from posegames.rules.arena import Arena, Box, Circle
from posegames.rules.tag import TagGame
from posegames.scenes.tag.crowd import Crowd

_ARENA = Arena(
    obstacles=(Circle(4.2, 3.0, 0.8), Circle(12.0, 6.2, 0.9), Box(7.4, 4.4, 1.4, 1.0), Circle(10.6, 2.2, 0.7)),
    seconds=3600.0,
    speed=2.8,
)


class Chase:
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
