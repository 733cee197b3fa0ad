"""The field of `tag`: painted once, seen from above and a little from the front, so that things stand up from it.

Places on the field are in its own units (see `rules.arena`), x to the right, y down; `place` puts them on the
screen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pygame

from posegames.engine.canvas import Canvas, Point
from posegames.engine.sprites import ALPHA_MASKS, MASKS, Shades, pixels
from posegames.engine.theme import HEIGHT, WIDTH, Colour, Theme, mix
from posegames.engine.view import Rect
from posegames.rules.arena import HIGH, WIDE, Arena, Box, Circle, Obstacle

ACROSS, DOWN = 70.0, 51.0
"""Logical pixels a unit measures along x and y: whoever looks from the front sees depth shortened."""
LEFT, TOP = (WIDTH - ACROSS * WIDE) / 2, 106.0
"""Where the field's upper left corner is on the screen."""
TALL = 34.0
"""Logical pixels a crate is high."""

_MARGIN = 14
"""Logical pixels of cloth around the field."""
_PLANK = 1.0
"""Units a crate's plank is wide, at most."""
HEDGE = 0.45
"""Units: a box thinner than that is no crate but a hedge."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a field is covered with, and its colours."""

    name: str
    base: Colour
    bright: Colour
    chalk: Colour


MEADOW = Ground("meadow", (0x20, 0x44, 0x30), (0x2A, 0x55, 0x38), (0xC9, 0xDD, 0xB8))
COURT = Ground("court", (0x46, 0x35, 0x31), (0x57, 0x42, 0x39), (0xE6, 0xD3, 0xB4))
_LEAVES: tuple[Colour, Colour] = ((0x1B, 0x47, 0x2B), (0x9F, 0xC8, 0x5E))
"""Of a bush: in the shade, in the light."""
_WOOD: tuple[Colour, Colour] = ((0x5E, 0x3C, 0x28), (0xC8, 0x93, 0x5A))
_BLOSSOM: Colour = (0xFF, 0xE3, 0xEC)


@dataclass(frozen=True, slots=True, eq=False)
class Prop:
    """One thing that stands on the field, as it is drawn between those who run before and behind it."""

    y: float
    """Its middle on the field: who stands at a larger y is drawn after it."""
    picture: pygame.Surface
    corner: tuple[int, int]
    """Where the picture's upper left corner is on the screen."""


def place(x: float, y: float) -> Point:
    """Return where on the screen the field's place (x, y) is."""
    return LEFT + ACROSS * x, TOP + DOWN * y


def ground(arena: Arena) -> Ground:
    """Return what fits an arena: grass where mostly bushes and hedges grow, boards where there are crates."""
    crates = sum(isinstance(obstacle, Box) and not _is_hedge(obstacle) for obstacle in arena.obstacles)
    return COURT if 2 * crates > len(arena.obstacles) else MEADOW


def _is_hedge(box: Box) -> bool:
    return min(box.width, box.height) < HEDGE


class Field:
    """A painted field. Takes some tens of milliseconds to paint: keep it."""

    def __init__(self, arena: Arena, theme: Theme) -> None:
        self._theme = theme
        self._ground = ground(arena)
        self.picture = self._paint(arena)
        """The whole screen without what stands on it, (1280, 720)."""
        self.props = tuple(self._prop(number, obstacle) for number, obstacle in enumerate(arena.obstacles))
        """What stands on it."""

    def _paint(self, arena: Arena) -> pygame.Surface:
        surface = pygame.Surface((WIDTH, HEIGHT), depth=32, masks=MASKS)
        canvas = Canvas(surface, theme=self._theme)
        if self._theme.glow:
            # Cloth and wood are soft: half the pixels show the same, four times as soon.
            small = pygame.Surface((WIDTH // 2, HEIGHT // 2), depth=32, masks=MASKS)
            pixels(small)[..., :3] = np.clip(self._cloth(), 0, 255)[..., ::-1]
            pygame.transform.smoothscale(small, (WIDTH, HEIGHT), surface)
        else:
            canvas.fill(self._theme.stage)
        self._chalk(canvas)
        for obstacle in arena.obstacles:
            self._shade(canvas, obstacle)
        return surface

    def _cloth(self) -> Shades:
        """Return boards with the field's cloth on them in the light, (h, w, 3), red first, 0..255."""
        width, height = WIDTH // 2, HEIGHT // 2
        x = (np.arange(width, dtype=np.float32)[None, :] * 2 - LEFT) / ACROSS
        y = (np.arange(height, dtype=np.float32)[:, None] * 2 - TOP) / DOWN
        boards, base, bright, lamp = (
            np.array(colour, dtype=np.float32)
            for colour in (self._theme.boards, self._ground.base, self._ground.bright, self._theme.light)
        )
        across, down = (x - WIDE / 2) / WIDE, (y - HIGH / 2) / HIGH
        pool = np.exp(-((across / 0.55) ** 2) - (down / 0.62) ** 2)

        lane = x / 1.15
        joint = np.clip(np.abs(lane - np.round(lane)) * 36, 0, 1)
        planks = (
            boards
            * ((0.55 + 0.35 * pool) * (0.6 + 0.4 * joint) * (1 + 0.08 * np.sin(np.round(lane) * 2.4)))[..., None]
        )

        if self._ground is MEADOW:
            stripe = 0.5 + 0.5 * np.tanh(6 * np.sin(math.pi * (x + 0.12 * np.sin(y * 2.1)) / 2))
            rough = np.random.default_rng(7).normal(0, 1, (height, width)).astype(np.float32)
            blades = 1 + 0.035 * rough + 0.03 * np.sin(x * 9 + 4 * np.sin(y * 3)) * np.sin(y * 14)
        else:
            row = np.floor(y / 0.75)
            board = (x + 1.37 * (row % 3)) / 3.2
            seam = np.clip(np.abs(y / 0.75 - np.round(y / 0.75)) * 26, 0, 1)
            end = np.clip(np.abs(board - np.round(board)) * 90, 0, 1)
            stripe = 0.5 + 0.5 * np.sin(np.floor(board + 0.5) * 12.9 + row * 7.3)
            blades = (0.72 + 0.28 * seam * end) * (1 + 0.03 * np.sin(y * 60 + 3 * np.sin(x * 1.7 + row)))
        cloth = (base + (bright - base) * stripe[..., None]) * (blades * (0.66 + 0.5 * pool))[..., None]
        cloth = cloth + lamp * (0.07 * pool)[..., None]

        # How far outside of the cloth, in pixels; its corners are round, and it throws a shadow on the boards.
        outside = _outside(x, y, 0.0)
        on = np.clip(1.0 - outside, 0, 1)[..., None]
        shadow = np.clip(1 - _outside(x, y, 0.12) / 26, 0, 1) ** 2
        painting = planks * (1 - 0.7 * shadow)[..., None]
        hem = np.exp(-(((outside + 5) / 3.0) ** 2))[..., None]
        cloth = cloth + (np.array(self._ground.chalk, dtype=np.float32) * 0.75 - cloth) * hem * 0.8
        scene: Shades = painting + (cloth - painting) * on
        return scene

    def _chalk(self, canvas: Canvas) -> None:
        """Draw the lines: they say how large the field is, and make every speed seen."""
        colour = mix(self._ground.bright, self._ground.chalk, 0.34 if self._theme.glow else 1.0)
        wide = 4.0
        inset = 0.45
        corners = [(inset, inset), (WIDE - inset, inset), (WIDE - inset, HIGH - inset), (inset, HIGH - inset)]
        border = [place(x, y) for x, y in corners]
        middle = [place(WIDE / 2, inset), place(WIDE / 2, HIGH - inset)]
        turns = [2 * math.pi * i / 60 for i in range(61)]
        circle = [place(WIDE / 2 + 1.6 * math.cos(a), HIGH / 2 + 1.6 * math.sin(a)) for a in turns]
        canvas.strokes([[*border, border[0]], middle, circle], colour, wide)

    def _shade(self, canvas: Canvas, obstacle: Obstacle) -> None:
        """Lay the shadow of what stands there; the lamps hang at the upper left."""
        if isinstance(obstacle, Circle):
            x, y = place(obstacle.x, obstacle.y)
            wide, high = 2 * obstacle.radius * ACROSS, 2 * obstacle.radius * DOWN
            for _ in range(2):
                canvas.shadow((x + 16, y + 14), 1.35 * wide, 1.35 * high, alpha=0.6)
        else:
            left, top, wide, high = _base(obstacle)
            for grow in range(2, 22, 2):
                rect = (left - 0.15 * grow, top - 0.1 * grow + 6, wide + 1.1 * grow, high + grow - 6)
                canvas.rectangle(rect, (0, 0, 0), radius=8 + grow // 2, alpha=0.1)

    def _prop(self, number: int, obstacle: Obstacle) -> Prop:
        if isinstance(obstacle, Circle):
            return self._bush(number, obstacle)
        return self._hedge(number, obstacle) if _is_hedge(obstacle) else self._crate(obstacle)

    def _bush(self, number: int, circle: Circle) -> Prop:
        """Return a bush: many leaves, each lit by how it lies towards the lamps."""
        wide, deep = circle.radius * ACROSS, circle.radius * DOWN
        tall = 18 + 0.55 * deep
        canvas, corner = self._sheet((circle.x, circle.y), (wide + 8, tall + deep + 8), (wide + 8, deep + 8))
        x0, y0 = wide + 8, tall + deep + 8
        random = np.random.default_rng(number)
        dark, bright = _LEAVES
        count = int(46 + 60 * circle.radius)
        angle, away = random.uniform(0, 2 * math.pi, count), np.sqrt(random.uniform(0, 1, count))
        across, front = away * np.cos(angle), away * np.sin(angle)
        up = np.sqrt(1 - np.minimum(1, away**2))
        light = np.clip(0.42 + 0.40 * up - 0.34 * across - 0.26 * front + random.normal(0, 0.09, count), 0, 1)
        light = np.round(light * 12) / 12  # few shades: each is rendered once
        leaf = round(min(15.0, 0.3 * wide + 3))
        for turn in range(24):
            a = 2 * math.pi * turn / 24
            edge = (round(x0 + math.cos(a) * (wide - leaf)), round(y0 + math.sin(a) * (deep - leaf)))
            canvas.disc(edge, leaf, dark)
        for i in np.argsort(up + 0.6 * front).tolist():
            spot = (
                round(x0 + float(across[i]) * (wide - leaf * 0.6)),
                round(y0 + float(front[i]) * (deep - leaf * 0.5) - float(up[i]) * tall),
            )
            shade = mix(dark, bright, float(light[i]))
            canvas.disc((spot[0], spot[1] + 2), leaf, mix(shade, dark, 0.6))
            canvas.disc(spot, leaf, shade)
            if i % 7 == 0:
                canvas.disc((spot[0], spot[1] - 2), 4.0, _BLOSSOM)
                canvas.disc((spot[0], spot[1] - 2), 1.5, self._theme.warn)
        return Prop(circle.y, canvas.surface, corner)

    def _hedge(self, number: int, box: Box) -> Prop:
        """Return a hedge: leaves over leaves, the upper ones in the light."""
        left, top, wide, high = _base(box)
        leaf, (dark, bright) = 9, _LEAVES
        surface = _clear(round(wide) + 12, round(high + TALL) + 12)
        canvas, random = Canvas(surface, theme=self._theme), np.random.default_rng(number)
        canvas.rectangle((6, 10, wide, high + TALL - 6), dark, radius=10)
        columns, rows = max(2, round(wide / 10)), max(2, round((high + TALL) / 9))
        for j in range(rows - 1, -1, -1):
            for i in range(columns):
                dx, dy, tone = random.normal(0, 1, 3).tolist()
                x = 6 + leaf + (wide - 2 * leaf) * i / (columns - 1)
                y = 6 + leaf + (high + TALL - 2 * leaf) * j / (rows - 1)
                lit = 0.85 if y < high + 10 else 0.85 - 0.75 * (y - high - 10) / TALL
                shade = mix(dark, bright, round(8 * min(1.0, max(0.0, lit + 0.12 * tone))) / 8)
                spot = (round(x + 1.5 * dx), round(y + 1.5 * dy))
                canvas.disc((spot[0], spot[1] + 2), leaf, mix(shade, dark, 0.6))
                canvas.disc(spot, leaf, shade)
        return Prop(box.y + box.height / 2, surface, (round(left) - 6, round(top - TALL) - 6))

    def _crate(self, box: Box) -> Prop:
        """Return a crate: its top in the light, its front in the shade, planks across the longer way."""
        left, top, wide, high = _base(box)
        surface = _clear(round(wide) + 2, round(high + TALL) + 2)
        canvas = Canvas(surface, theme=self._theme)
        dark, bright = _WOOD
        rim, edge = mix(dark, (0, 0, 0), 0.45), mix(bright, self._theme.light, 0.35)
        canvas.rectangle((0, 0, wide, high + TALL), rim, radius=9)
        canvas.rectangle((3, high, wide - 6, TALL - 3), dark, radius=6)
        canvas.rectangle((3, 3, wide - 6, high - 3), mix(dark, bright, 0.82), radius=6)
        pieces = max(1, round(box.width / _PLANK)) if box.width >= box.height else 1
        rows = (
            max(1, round(box.height / (0.6 * _PLANK)))
            if box.height > box.width
            else max(1, round(box.height / 0.5))
        )
        for i in range(pieces):
            x, step = 3 + i * (wide - 6) / pieces, (wide - 6) / pieces
            for j in range(rows):
                y, deep = 3 + j * (high - 3) / rows, (high - 3) / rows
                tone = mix(dark, bright, 0.78 + 0.16 * math.sin(5.1 * i + 3.3 * j))
                canvas.rectangle((x + 1, y + 1, step - 2, deep - 2), tone, radius=4)
                canvas.rectangle((x + 1, y + 1, step - 2, 3), mix(tone, edge, 0.5), radius=2)
            for share, light in ((0.0, 0.32), (0.52, 0.2)):
                board = (x + 1, high + share * TALL, step - 2, 0.44 * TALL)
                canvas.rectangle(board, mix(dark, bright, light), radius=3)
            for nail in (x + 8, x + step - 8):
                canvas.disc((nail, high + 0.22 * TALL), 2.0, rim)
        return Prop(box.y + box.height / 2, surface, (round(left), round(top - TALL)))

    def _sheet(
        self, middle: Point, before: tuple[float, float], after: tuple[float, float]
    ) -> tuple[Canvas, tuple[int, int]]:
        """Return something to draw on around the field's place `middle`, and where its corner is on the screen."""
        x, y = place(*middle)
        surface = _clear(math.ceil(before[0] + after[0]), math.ceil(before[1] + after[1]))
        return Canvas(surface, theme=self._theme), (round(x - before[0]), round(y - before[1]))


def _clear(width: int, height: int) -> pygame.Surface:
    return pygame.Surface((width, height), pygame.SRCALPHA, depth=32, masks=ALPHA_MASKS)


def _base(box: Box) -> Rect:
    left, top = place(box.x, box.y)
    return left, top, box.width * ACROSS, box.height * DOWN


def _outside(x: Shades, y: Shades, down: float) -> Shades:
    """Return how many pixels a place lies outside of the cloth, negative inside; the cloth moved `down` units."""
    corner = 26.0
    wide, high = ACROSS * WIDE / 2 + _MARGIN - corner, DOWN * HIGH / 2 + _MARGIN - corner
    across = np.abs(x - WIDE / 2) * ACROSS - wide
    deep = np.abs(y - HIGH / 2 - down) * DOWN - high
    away: Shades = (
        np.hypot(np.maximum(across, 0), np.maximum(deep, 0)) + np.minimum(np.maximum(across, deep), 0) - corner
    )
    return away
