"""A logical screen inside a window of another shape, for screens on which SDL's renderer is not to be had."""

from __future__ import annotations

import pygame


def fit(size: tuple[int, int], window: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return left, top, width, height of the largest place in `window` with the shape of `size`."""
    scale = min(window[0] / size[0], window[1] / size[1])
    width, height = max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
    return (window[0] - width) // 2, (window[1] - height) // 2, width, height


class Letterbox:
    """A canvas of its own, scaled into whatever the window has become."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.canvas = pygame.Surface(size, depth=32)

    def logical(self, place: tuple[int, int], window: tuple[int, int]) -> tuple[float, float]:
        """Return a place of the window as a place on the canvas."""
        left, top, width, height = fit(self.canvas.get_size(), window)
        wide, high = self.canvas.get_size()
        return (place[0] - left) * wide / width, (place[1] - top) * high / height

    def show(self, screen: pygame.Surface) -> None:
        """Scale the canvas onto `screen`, black around it."""
        left, top, width, height = fit(self.canvas.get_size(), screen.get_size())
        screen.fill((0, 0, 0))
        if (width, height) == self.canvas.get_size():
            screen.blit(self.canvas, (left, top))
        else:
            pygame.transform.scale(self.canvas, (width, height), screen.subsurface((left, top, width, height)))
