"""The empty stage, painted by arithmetic: a curtain with folds, boards that run away from the eye."""

from __future__ import annotations

import numpy as np
import pygame

from posegames.engine.sprites import MASKS, Shades, pixels
from posegames.engine.theme import Colour, Theme, mix

FLOOR = 0.80
"""Where the boards begin, as a share of the height."""
_WINGS = 0.13
"""How far the side curtains reach in, as a share of the width."""
_CURTAIN: Colour = (0x5A, 0x1E, 0x2C)
"""The wings' velvet; it belongs to the stage alone."""
_VANISHING = -0.35
"""Where the joints between boards would meet, in heights below the top."""


def render_backdrop(theme: Theme, size: tuple[int, int]) -> pygame.Surface:
    """Paint the stage `size` (width, height) pixels large. Takes some tens of milliseconds: keep it."""
    surface = pygame.Surface(size, depth=32, masks=MASKS)
    surface.fill(theme.stage)
    if theme.glow:
        # Cloth and wood are soft: half the pixels in each direction show the same, four times as soon.
        small = pygame.Surface((max(1, size[0] // 2), max(1, size[1] // 2)), depth=32, masks=MASKS)
        pixels(small)[..., :3] = np.clip(_stage(theme, *small.get_size()), 0, 255)[..., ::-1]
        pygame.transform.smoothscale(small, size, surface)
    return surface


def _stage(theme: Theme, width: int, height: int) -> Shades:
    """Return the painting, (height, width, 3), red first, 0..255."""
    x = np.linspace(0, width / height, width, dtype=np.float32)[None, :]
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    middle = width / height / 2
    lamp = mix(theme.light, theme.warn, 0.4)
    stage, boards, light = (np.array(c, dtype=np.float32) for c in (theme.stage, theme.boards, lamp))

    # The back wall: lit from above in the middle, with the soft folds of a far cloth.
    folds = 1 + 0.05 * np.sin(x * 34) + 0.03 * np.sin(x * 71 + 1)
    warm = np.exp(-(((x - middle) / 0.75) ** 2) - ((y - 0.28) / 0.55) ** 2)
    painting: Shades = (stage * (0.85 + 0.25 * y)[..., None] + light * (0.105 * warm)[..., None]) * folds[
        ..., None
    ]

    # The boards: joints that meet in one point, brighter towards the footlights.
    on_boards = np.clip((y - FLOOR) * height, 0, 1)
    lane = (x - middle) / (y - _VANISHING) * 9
    joint = np.clip(np.abs(lane - np.round(lane)) * 26 * (y - _VANISHING), 0, 1)
    grain = 1 + 0.10 * np.sin(np.round(lane) * 2.4) + 0.02 * np.sin(lane * 40 + y * 9)
    pool = np.exp(-(((x - middle) / 0.8) ** 2) - ((y - 0.93) / 0.16) ** 2)
    planks = boards * ((0.85 + 0.9 * pool) * grain * (0.55 + 0.45 * joint))[..., None]
    planks = planks + light * (0.085 * pool * joint)[..., None]
    painting = painting + (planks - painting) * on_boards[..., None]
    edge = np.exp(-(((y - FLOOR) / 0.006) ** 2))
    painting = painting * (1 - 0.5 * edge)[..., None]

    # The wings: velvet in deep folds, gathered towards the outside, their hems above the boards.
    side = np.minimum(x, width / height - x) / (_WINGS * width / height)
    hang = 0.06 * np.sin(y * 3.2) + 0.10 * (1 - y) ** 2
    cloth = np.clip((1 + hang - side) * 40, 0, 1) * np.clip((0.955 - y) * 90, 0, 1)
    fold = 0.5 + 0.5 * np.sin(side * 21 + 0.6 * np.sin(y * 2.5) + 0.8)
    velvet = np.array(_CURTAIN, dtype=np.float32) * (0.16 + 0.62 * fold**1.6 * (0.45 + 0.55 * side))[..., None]
    painting = painting + (velvet - painting) * cloth[..., None]

    # The valance above, scalloped.
    scallop = 0.062 + 0.020 * np.abs(np.sin(x * np.pi / (2 * middle) * 7))
    above = np.clip((scallop - y) * 160, 0, 1)
    drape = (
        np.array(_CURTAIN, dtype=np.float32)
        * (0.18 + 0.55 * (0.5 + 0.5 * np.sin(x * 60)) ** 1.5 * (0.3 + 7 * y))[..., None]
    )
    scene: Shades = painting + (drape - painting) * above[..., None]
    return scene
