"""What is behind everybody, painted by arithmetic: a backdrop a row. Takes no files of others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pygame

from posegames.engine.backdrops.indoors import paint_chalkboard, paint_stage
from posegames.engine.backdrops.outdoors import paint_city, paint_forest, paint_sea, paint_space
from posegames.engine.backdrops.place import FLOOR, Place
from posegames.engine.sprites import MASKS, Shades, pixels
from posegames.engine.theme import Theme
from posegames.language import msg

__all__ = ("BACKDROPS", "FLOOR", "Backdrop", "find_backdrop", "render_backdrop")


@dataclass(frozen=True, slots=True)
class Backdrop:
    """One of them."""

    title: str
    """What players read (to be translated)."""
    paint: Callable[[Theme, Place], Shades]
    """Returns (height, width, 3), red first, 0..255."""


BACKDROPS: Mapping[str, Backdrop] = MappingProxyType(
    {
        "stage": Backdrop(msg("Stage"), paint_stage),
        "forest": Backdrop(msg("Forest"), paint_forest),
        "sea": Backdrop(msg("Sea"), paint_sea),
        "space": Backdrop(msg("Outer space"), paint_space),
        "city": Backdrop(msg("City"), paint_city),
        "chalkboard": Backdrop(msg("Chalkboard"), paint_chalkboard),
    }
)
"""By their names; the first is the usual one. All have their floor at the same height."""


def find_backdrop(name: str) -> Backdrop:
    """Return the backdrop of that name; the first for one there is none of (a setting of another version)."""
    return BACKDROPS.get(name, BACKDROPS["stage"])


def render_backdrop(theme: Theme, size: tuple[int, int]) -> pygame.Surface:
    """Paint the theme's backdrop `size` (width, height) pixels large. Takes some tens of milliseconds: keep it.

    A theme without lights has none, only its ground.
    """
    surface = pygame.Surface(size, depth=32, masks=MASKS)
    surface.fill(theme.stage)
    if theme.glow:
        # Nothing behind people is sharp: half the pixels in each direction show the same, four times as soon.
        small = pygame.Surface((max(1, size[0] // 2), max(1, size[1] // 2)), depth=32, masks=MASKS)
        painting = find_backdrop(theme.background).paint(theme, Place.of(*small.get_size()))
        pixels(small)[..., :3] = np.clip(painting, 0, 255)[..., ::-1]
        pygame.transform.smoothscale(small, size, surface)
    return surface
