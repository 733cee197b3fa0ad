"""Dials: a circle that fills, clockwise from the top."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import pygame

from posegames.engine.canvas import SMALL, Canvas, Point, drawable
from posegames.engine.sprites import ALPHA_MASKS, pixels
from posegames.engine.theme import WIDTH, Colour
from posegames.seeing.ink import ring

EVEN = 4
"""Logical pixels: radii of large circles that are kept differ by so much."""


class Hoops:
    """Large whole circles, kept: what cannot be seen of them costs nothing. Ten times as quick as drawing one."""

    def __init__(self) -> None:
        self._kept = lru_cache(maxsize=32)(_hoop)

    def draw(self, canvas: Canvas, centre: Point, radius: float, colour: Colour, *, width: float) -> None:
        """Draw a circle; its radius to the nearest `EVEN` pixels."""
        if not drawable(*centre, radius, width) or not 0 < radius < WIDTH:
            return
        surface = self._kept(max(EVEN, round(radius / EVEN) * EVEN), max(1, round(width)), colour)
        middle = surface.get_width() // 2
        canvas.surface.blit(surface, (round(centre[0]) - middle, round(centre[1]) - middle))


def _hoop(radius: int, width: int, colour: Colour) -> pygame.Surface:
    middle = radius + width
    surface = pygame.Surface((2 * middle, 2 * middle), pygame.SRCALPHA, depth=32, masks=ALPHA_MASKS)
    surface.fill((*colour, 0))
    ring(pixels(surface), (middle, middle), radius, (*colour[::-1], 255), width)
    surface.set_alpha(255, pygame.RLEACCEL)
    return surface


def dial(
    canvas: Canvas,
    centre: Point,
    radius: float,
    share: float,
    colour: Colour,
    *,
    width: float = 8.0,
    track: Colour | None = None,
) -> None:
    """Draw the first `share` (0..1) of a circle; `track` is the colour of the whole of it, thinner."""
    if not drawable(*centre, radius, width) or radius <= 0:
        return
    share = min(1.0, share) if share > 0 else 0.0
    if track and share < 1:
        _band(canvas, centre, radius, 1.0, (track, width / 2))
    if share > 0:
        _band(canvas, centre, radius, share, (colour, width))
    if 0 < share < 1:
        for turn in (0.0, 2 * math.pi * share):
            end = (centre[0] + radius * math.sin(turn), centre[1] - radius * math.cos(turn))
            canvas.disc(end, width / 2, colour)


def _band(canvas: Canvas, centre: Point, radius: float, share: float, ink: tuple[Colour, float]) -> None:
    """Fill the band around an arc, in a colour and a width: a third of what stroking it takes."""
    colour, width = ink
    if share >= 1 and radius <= SMALL:
        canvas.ring(centre, radius, colour, width=width)
        return
    # A corner every 24 pixels is nowhere half a pixel off.
    turns = np.linspace(0, 2 * math.pi * share, max(3, round(share * 2 * math.pi * max(radius, 48.0) / 24)))
    way = np.stack([np.sin(turns), -np.cos(turns)], axis=1)
    outer, inner = (np.array(centre) + way * max(0.0, radius + side * width / 2) for side in (1, -1))
    canvas.polygon([(x, y) for x, y in np.concatenate([outer, inner[::-1]]).tolist()], colour)
