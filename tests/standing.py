"""A scene that only stands there, for tests of what leads to scenes."""

from __future__ import annotations

from posegames.engine.canvas import Canvas
from posegames.engine.scene import Move, Setup, World
from posegames.events import Event


class Stand:
    """Does nothing but remember what it was made of."""

    def __init__(self, setup: Setup | None = None, name: str = "") -> None:
        self.setup = setup or Setup()
        self.name = name

    def handle(self, event: Event, world: World) -> Move | None:
        return None

    def update(self, world: World, dt: float) -> Move | None:
        return None

    def draw(self, canvas: Canvas, world: World) -> None:
        canvas.fill((1, 2, 3))
