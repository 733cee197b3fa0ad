"""Small pictures that do not move: made once, shown often."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from posegames.engine.canvas import Canvas, Point
from posegames.engine.choosing.cards import paper
from posegames.engine.sprites import MASKS
from posegames.engine.theme import Theme


class Prints:
    """Keeps what was made for each key, until the theme changes or it is cleared."""

    def __init__(self) -> None:
        self._kept: dict[str, pygame.Surface] = {}
        self._theme: Theme | None = None

    def clear(self) -> None:
        """Forget all of them."""
        self._kept.clear()

    def show(
        self, canvas: Canvas, key: str, size: tuple[int, int], corner: Point, make: Callable[[Canvas], None]
    ) -> None:
        """Show the picture `key` of `size` (width, height), its upper left corner at `corner`.

        Where there is none yet, `make` draws it, on paper of the colour of cards.
        """
        if self._theme is not canvas.theme:
            self._theme = canvas.theme
            self.clear()
        if key not in self._kept:
            surface = pygame.Surface(size, depth=32, masks=MASKS)
            small = Canvas(surface, theme=canvas.theme, letters=canvas.letters)
            small.fill(paper(canvas.theme))
            make(small)
            self._kept[key] = surface
        canvas.surface.blit(self._kept[key], (round(corner[0]), round(corner[1])))
