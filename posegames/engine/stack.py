"""The stack of scenes, and the one place where a move is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from posegames.engine.scene import Home, Move, Pop, Push, Quit, Replace, Scene, World
from posegames.events import Event, WindowClosed

if TYPE_CHECKING:
    from posegames.engine.canvas import Canvas


class SceneStack:
    """Scenes, one on another; only the top one lives. Empty means the program is over."""

    def __init__(
        self, first: Scene, *, home: Callable[[], Scene] | None = None, start: Callable[[], Scene] | None = None
    ) -> None:
        """`home` makes the scene that `Home` leads to; None is out of the program. `start` makes the first."""
        self._scenes = [first]
        self._home, self._start = home, start

    @property
    def empty(self) -> bool:
        """Whether the last scene has gone."""
        return not self._scenes

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """All of them, the lowest first."""
        return tuple(self._scenes)

    @property
    def top(self) -> Scene | None:
        """The scene that lives; None when there is none."""
        return self._scenes[-1] if self._scenes else None

    @property
    def typing(self) -> bool:
        """Whether letter keys are letters now: the scene on top says so by an attribute of this name."""
        return bool(getattr(self.top, "typing", False))

    def handle(self, events: Iterable[Event], world: World) -> None:
        """Give each event to whichever scene is on top by then. A closed window ends all of them."""
        for event in events:
            if isinstance(event, WindowClosed):
                self._apply(Quit())
            if self.top:
                self._apply(self.top.handle(event, world))

    def update(self, world: World, dt: float) -> None:
        """Let the top scene go on by `dt` seconds."""
        if self.top:
            self._apply(self.top.update(world, dt))

    def draw(self, canvas: Canvas, world: World) -> None:
        """Let the top scene show itself."""
        if self.top:
            self.top.draw(canvas, world)

    def _apply(self, move: Move | None) -> None:
        match move:
            case None:
                pass
            case Push(scene):
                self._scenes.append(scene)
            case Pop():
                self._scenes.pop()
            case Replace(scene, depth):
                self._scenes[-depth:] = [scene]
            case Home(deserted=True):
                self._scenes = [self._start()] if self._start else self._scenes
            case Home():
                self._scenes = [self._home()] if self._home else []
            case Quit():
                self._scenes.clear()
            case _:
                raise TypeError(f"A scene's next move is Push, Pop, Replace, Home, Quit or None, not {move!r}.")
