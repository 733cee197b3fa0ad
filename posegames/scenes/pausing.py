"""How a game is paused: Escape, a window that loses the keyboard, or arms held crossed.

    self._pausing = Pausing(self.draw, lambda: Match(setup))

The game hands its events and steps on, and returns the moves it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from posegames.engine.canvas import Canvas, Point
from posegames.engine.choosing.crossing import Crossing
from posegames.engine.scene import Cue, Move, Push, Scene, World
from posegames.events import Event, FocusChanged, KeyPressed
from posegames.scenes.pause import Pause

Draw = Callable[[Canvas, World], None]


class Pausing:
    """Lets a game be paused."""

    def __init__(self, draw: Draw, again: Callable[[], Scene]) -> None:
        """`draw` shows the game behind the pause; `again` makes it anew."""
        self._draw, self._again = draw, again
        self._crossing = Crossing()

    def handle(self, event: Event, world: World) -> Move | None:
        """Pause at Escape and when the window loses the keyboard; take note of crossed arms."""
        if event in (KeyPressed("escape"), FocusChanged(focused=False)):
            return self._pause(world)
        self._crossing.handle(event)
        return None

    def update(self, world: World, dt: float) -> Move | None:
        """Pause when arms have been crossed long enough."""
        return self._pause(world) if self._crossing.update(dt) is not None else None

    def draw(self, canvas: Canvas, world: World, places: Mapping[int, Point]) -> None:
        """Draw the ring of whoever crosses their arms, at the places of players by number."""
        self._crossing.draw(canvas, places)

    def _pause(self, world: World) -> Move:
        self._crossing.clear()
        world.cue(Cue("pause"))
        return Push(Pause(self._draw, self._again, world))
