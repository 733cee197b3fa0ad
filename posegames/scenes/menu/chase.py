"""Tag that plays by itself, where nobody is there."""

from __future__ import annotations

import pygame

from posegames.engine.canvas import Canvas, Point
from posegames.engine.view import Rect
from posegames.rules.arena import HIGH, WIDE, Arena, Box, Circle
from posegames.rules.tag import TagGame
from posegames.scenes.tag.crowd import Crowd
from posegames.scenes.tag.field import place

_ARENA = Arena(
    obstacles=(Circle(5.0, 3.0, 0.8), Circle(11.0, 6.0, 0.9), Box(7.4, 5.4, 1.4, 1.0), Circle(10.4, 2.2, 0.7)),
    seconds=3600.0,
    speed=2.8,
)


class Chase:
    """Six run on a field."""

    def __init__(self, seed: int = 3) -> None:
        """`seed` decides how they run."""
        self._game, self._crowd, self._age = TagGame(_ARENA, seed=seed), Crowd(_ARENA), 0.0
        for _ in range(20):  # nobody wants to see them wait for the beginning
            self.update(0.25)

    @property
    def hunted(self) -> Point:
        """Where on the screen It is; the middle of the field where nobody is."""
        it = next((avatar for avatar in self._game.avatars if avatar.it), None)
        return place(it.x, it.y) if it else place(WIDE / 2, HIGH / 2)

    def update(self, dt: float) -> None:
        """Go on by `dt` seconds."""
        self._age += dt
        self._game.update({}, dt)
        self._crowd.update(self._game.avatars, dt)

    def draw(self, canvas: Canvas, lit: float = 1.0, *, within: Rect | None = None) -> None:
        """Show them from above; only those `within` a part of the screen, if it is given."""
        self._crowd.draw_field(canvas)
        near = self._game.avatars
        if within:
            part = pygame.Rect(within)
            near = tuple(avatar for avatar in near if part.collidepoint(place(avatar.x, avatar.y)))
        self._crowd.draw(canvas, near, self._age)
