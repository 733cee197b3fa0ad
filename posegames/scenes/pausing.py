"""How a game is paused: Escape, a right click, a window without the keyboard, arms held crossed, somebody missing.

    self._pausing = Pausing(self.draw, lambda: Match(setup))

The game hands its events and steps on, and returns the moves it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from posegames.engine.canvas import Canvas, Point
from posegames.engine.choosing.crossing import Crossing
from posegames.engine.scene import Cue, Move, Push, Scene, World
from posegames.events import Event, FocusChanged, KeyPressed, PointerPressed
from posegames.scenes.pause import Pause

MISSED = 3.0
"""Seconds somebody who plays may be hidden before the others wait for them."""
RIGHT = 3
"""The mouse button that pauses."""

Draw = Callable[[Canvas, World], None]


class Pausing:
    """Lets a game be paused."""

    def __init__(self, draw: Draw, again: Callable[[], Scene]) -> None:
        """`draw` shows the game behind the pause; `again` makes it anew."""
        self._draw, self._again = draw, again
        self._crossing = Crossing()
        self._hidden: dict[int, float] = {}
        """Seconds each of those who play has not been seen; none who is."""
        self._known: set[int] = set()
        """Who has been seen in this game: nobody else can be missed."""
        self._excused: set[int] = set()
        """Without whom the others go on, until they are back."""

    def handle(self, event: Event, world: World) -> Move | None:
        """Pause at Escape, a right click, and when the window loses the keyboard; take note of crossed arms."""
        clicked = isinstance(event, PointerPressed) and event.button == RIGHT
        if clicked or event in (KeyPressed("escape"), FocusChanged(focused=False)):
            return self._pause(world)
        self._crossing.handle(event)
        return None

    def update(self, world: World, dt: float, *, playing: Collection[int] = ()) -> Move | None:
        """Pause when arms have been crossed long enough, or one of those `playing` (numbers) is missing."""
        if self._crossing.update(dt) is not None:
            return self._pause(world)
        missing = self._miss(world, playing, dt)
        return self._pause(world, missing) if missing else None

    def _miss(self, world: World, playing: Collection[int], dt: float) -> frozenset[int]:
        """Return whom the game shall wait for."""
        seen = {player.number for player in world.players if not player.hidden}
        here = {player.number for player in world.players}
        self._excused -= seen
        self._known |= seen
        self._hidden = {n: self._hidden.get(n, 0.0) + dt for n in playing if n in self._known - seen}
        due = {n for n, hidden in self._hidden.items() if hidden >= MISSED or n not in here}
        missing = frozenset(due - self._excused)
        self._excused |= missing
        return missing

    def draw(self, canvas: Canvas, world: World, places: Mapping[int, Point]) -> None:
        """Draw the ring of whoever crosses their arms, at the places of players by number."""
        self._crossing.draw(canvas, places)

    def _pause(self, world: World, missing: Collection[int] = ()) -> Move:
        self._crossing.clear()
        world.cue(Cue("pause"))
        return Push(Pause(self._draw, self._again, world, missing=missing))
