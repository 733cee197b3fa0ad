"""Small pictures rendered once and blitted often: smooth discs, soft lights, shadows, words."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any, ParamSpec

import numpy as np
import pygame
from numpy.typing import NDArray

from posegames.engine.text import Typesetter
from posegames.engine.theme import Colour
from posegames.seeing.ink import fill

MASKS = (0xFF0000, 0xFF00, 0xFF, 0)
"""Blue first in memory: what OpenCV writes and films expect."""
ALPHA_MASKS = (0xFF0000, 0xFF00, 0xFF, 0xFF000000)
PHASES = 4
"""Places within a pixel for which a small disc is rendered, on each axis: what moves slowly must not hop."""
FINE = 24.0
"""Radius up to which that is worth it."""
ALPHAS = 16
"""Steps of transparency that are kept."""

Shades = NDArray[np.floating]
Outline = tuple[tuple[float, float], ...]
"""Corners around the origin, none farther than 1.3."""


def pixels(surface: pygame.Surface) -> NDArray[np.uint8]:
    """Return the bytes of a 32-bit surface, (h, w, 4), as a view: drop it before the surface is blitted."""
    width, height = surface.get_size()
    buffer: Any = surface.get_buffer()  # pygame's stubs do not say that it is one
    flat: NDArray[np.uint8] = np.frombuffer(buffer, dtype=np.uint8)
    return flat.reshape(height, surface.get_pitch() // 4, 4)[:, :width]


def shaded(shades: Shades, colour: Colour) -> pygame.Surface:
    """Return a surface in one colour whose transparency is `shades` (h, w), 0..1."""
    height, width = shades.shape
    surface = pygame.Surface((width, height), pygame.SRCALPHA, depth=32, masks=ALPHA_MASKS)
    view = pixels(surface)
    view[..., :3] = colour[::-1]
    view[..., 3] = np.clip(shades * 255, 0, 255).astype(np.uint8)
    return surface


def lit(shades: Shades, colour: Colour) -> pygame.Surface:
    """Return a surface to be added as light: `colour` times `shades` (h, w), 0..1."""
    height, width = shades.shape
    surface = pygame.Surface((width, height), depth=32, masks=MASKS)
    view = pixels(surface)
    view[..., :3] = np.clip(shades[..., None] * np.array(colour[::-1], dtype=np.float32), 0, 255)
    return surface


def _away(width: int, height: int, x: float, y: float) -> tuple[Shades, Shades]:
    across = np.arange(width, dtype=np.float32)[None, :] + np.float32(0.5 - x)
    down = np.arange(height, dtype=np.float32)[:, None] + np.float32(0.5 - y)
    return across, down


def _disc(radius: float, colour: Colour, alpha: int, fx: int, fy: int) -> pygame.Surface:
    side = int(2 * radius) + 4
    across, down = _away(side, side, side // 2 + fx / PHASES, side // 2 + fy / PHASES)
    return shaded(np.clip(radius + 0.5 - np.hypot(across, down), 0, 1) * (alpha / ALPHAS), colour)


def _bead(radius: float, colour: Colour, rim: Colour, width: float) -> pygame.Surface:
    side = int(2 * (radius + width)) + 4
    away = np.hypot(*_away(side, side, side // 2, side // 2))
    surface = shaded(np.clip(radius + width + 0.5 - away, 0, 1), rim)
    inside = np.clip(radius + 0.5 - away, 0, 1)[..., None]
    view = pixels(surface)
    view[..., :3] = view[..., :3] * (1 - inside) + np.array(colour[::-1], dtype=np.float32) * inside
    return surface


def _ring(radius: float, width: float, colour: Colour) -> pygame.Surface:
    side = int(2 * radius + width) + 4
    across, down = _away(side, side, side // 2, side // 2)
    return shaded(np.clip(width / 2 + 0.5 - np.abs(np.hypot(across, down) - radius), 0, 1), colour)


def panel(size: tuple[int, int], colour: Colour, alpha: int, radius: int, width: int) -> pygame.Surface:
    """Return a see-through rectangle with round corners, stroked where `width` is given."""
    surface = pygame.Surface(size, pygame.SRCALPHA, depth=32, masks=ALPHA_MASKS)
    shade = (*colour, round(alpha / ALPHAS * 255))
    pygame.draw.rect(surface, shade, surface.get_rect(), width, border_radius=radius)
    return surface


def _shadow(width: int, height: int, alpha: int) -> pygame.Surface:
    across, down = _away(width, height, width / 2, height / 2)
    away = np.hypot(across / (width / 2), down / (height / 2))
    return shaded(np.clip(1 - away, 0, 1) ** 1.5 * (alpha / ALPHAS), (0, 0, 0))


def _glow(radius: int, colour: Colour, strength: int) -> pygame.Surface:
    across, down = _away(2 * radius, 2 * radius, radius, radius)
    return lit(np.clip(1 - np.hypot(across, down) / radius, 0, 1) ** 2 * (strength / ALPHAS), colour)


def _beam(width: int, height: int, pool: int, colour: Colour, strength: int) -> pygame.Surface:
    """Render a lamp's cone from the top and the pool it makes on the boards around `height`."""
    # Light has no edges: a quarter of the pixels in each direction will do, and takes 1 ms instead of 20.
    wide, high, flat = width // 4, height // 4, pool // 4
    across, down = _away(wide, high + flat, wide / 2, 0.0)
    reach = (0.10 + 0.90 * down / high) * (wide / 2)
    inside = np.clip(1 - np.abs(across) / np.maximum(reach, 1), 0, 1)
    haze = inside**1.3 * 0.20 * (1 - 0.55 * np.clip(down / high, 0, 1))
    cone = haze * np.clip((high - down) / (0.25 * high), 0, 1)
    floor = np.clip(1 - np.hypot(across / (wide / 2), (down - high) / flat), 0, 1) ** 1.2 * 0.42
    small = lit((cone + floor) * (strength / ALPHAS), colour)
    return pygame.transform.smoothscale(small, (width, height + pool))


def _stamp(outline: Outline, radius: float, colour: Colour, alpha: int) -> pygame.Surface:
    middle = math.ceil(1.3 * radius) + 1
    surface = shaded(np.zeros((2 * middle, 2 * middle), dtype=np.float32), colour)
    fill(pixels(surface), [(middle + x * radius, middle + y * radius) for x, y in outline], (*colour[::-1], 255))
    _fade(surface, alpha)
    return surface


def _fade(surface: pygame.Surface, alpha: int) -> None:
    """Let it be seen through once and for all: to do that whenever it is shown takes three times as long."""
    if alpha < ALPHAS:
        opacity = pixels(surface)[..., 3]
        opacity[:] = (opacity * (alpha / ALPHAS)).astype(np.uint8)


P = ParamSpec("P")


class Sprites:
    """A bounded store of them, rendered when first asked for.

    Where they are shown on a surface without transparency they are kept in runs: what cannot be seen of them then
    costs nothing, and what is opaque is only copied.
    """

    def __init__(self, surface: pygame.Surface, letters: Typesetter) -> None:
        """Keep those that `surface` is to show, letters written with `letters`."""
        self._runs = not surface.get_flags() & pygame.SRCALPHA
        self._letters = letters
        self.disc = self._kept(1024, _disc)
        self.bead = self._kept(512, _bead)
        self.ring = self._kept(256, _ring)
        self.panel = self._kept(64, panel)
        self.stamp = self._kept(512, _stamp)
        self.shadow = self._kept(64, _shadow)
        self.text = self._kept(256, self._text)
        self.glow = lru_cache(maxsize=64)(_glow)
        self.beam = lru_cache(maxsize=24)(_beam)

    def packed(self, sprite: pygame.Surface) -> pygame.Surface:
        """Return `sprite`, in runs where that is possible; it is not to be drawn on any more."""
        if self._runs:
            sprite.set_alpha(255, pygame.RLEACCEL)
        return sprite

    def _kept(self, most: int, render: Callable[P, pygame.Surface]) -> Callable[P, pygame.Surface]:
        def make(*args: P.args, **kwargs: P.kwargs) -> pygame.Surface:
            return self.packed(render(*args, **kwargs))

        kept: Callable[..., pygame.Surface] = lru_cache(maxsize=most)(make)
        return kept

    def _text(self, text: str, size: int, colour: Colour, alpha: int) -> pygame.Surface:
        words = self._letters.set(text, size, colour).copy()
        _fade(words, alpha)
        return words
