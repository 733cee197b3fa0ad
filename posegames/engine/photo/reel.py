"""The highlight as pictures: figures on the backdrop, drawn a few milliseconds at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pygame

from posegames.engine.canvas import Canvas
from posegames.engine.figure import Body, draw_figure
from posegames.engine.lamps import follow
from posegames.engine.scene import Moment
from posegames.engine.sprites import MASKS
from posegames.engine.text import Typesetter
from posegames.engine.theme import Theme
from posegames.engine.view import View
from posegames.seeing.sighting import Picture

SIZE = (640, 360)
"""Width and height of a film in pixels: half the screen."""


class Reel:
    """Draws one moment after another; `frames` are those that are done."""

    def __init__(self, moments: Sequence[Moment], theme: Theme, letters: Typesetter) -> None:
        """Show `moments` in the looks of `theme`."""
        self._moments = tuple(moments)
        self._surface = pygame.Surface(SIZE, depth=32, masks=MASKS)
        self._canvas = Canvas(self._surface, theme=theme, letters=letters)
        self.frames: list[Picture] = []
        """(360, 640, 3) each, BGR."""

    @property
    def share(self) -> float:
        """How much of it is drawn, 0..1."""
        return len(self.frames) / max(1, len(self._moments))

    @property
    def done(self) -> bool:
        """Whether all of it is drawn."""
        return len(self.frames) == len(self._moments)

    def step(self) -> None:
        """Draw the next frame: 3 ms with two players, 30 the first time, for the backdrop."""
        if self.done:
            return
        canvas = self._canvas
        players = [player for player in self._moments[len(self.frames)].players if not player.hidden]
        canvas.backdrop()
        bodies = [Body.of(p.pose, View((0.0, 0.0, float(SIZE[0]), float(SIZE[1])), p.aspect)) for p in players]
        follow(canvas, bodies)
        for player, body in zip(players, bodies, strict=True):
            look = canvas.theme.look(player.number)
            draw_figure(canvas, body, look.colour, emblem=look.shape)
        self.frames.append(np.ascontiguousarray(canvas.pixels()[..., :3]))
