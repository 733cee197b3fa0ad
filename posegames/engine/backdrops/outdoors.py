"""Backdrops without a roof: a forest at dusk, the sea at night, another planet, a roof above a city."""

from __future__ import annotations

import numpy as np

from posegames.engine.backdrops.place import FLOOR, Place, lit, over
from posegames.engine.sprites import Shades
from posegames.engine.theme import Colour, Theme, mix


def paint_forest(theme: Theme, place: Place) -> Shades:
    """Paint a clearing between dark trunks, the last light behind them."""
    x, y, middle = place.x, place.y, place.aspect / 2
    sky = place.fade(
        (0.0, (0x0E, 0x18, 0x2A)),
        (0.45, (0x1E, 0x2E, 0x3A)),
        (0.78, (0x5A, 0x46, 0x3A)),
        (1.0, (0x30, 0x28, 0x28)),
    )
    painting: Shades = sky * (0.62 + 0.38 * place.spot(middle, 0.72, 0.95, 0.5))[..., None]
    random = np.random.default_rng(5)
    for depth, (count, colour) in enumerate(
        ((26, (0x24, 0x30, 0x34)), (15, (0x18, 0x24, 0x26)), (9, (0x0C, 0x15, 0x17)))
    ):
        wide = 0.010 + 0.011 * depth
        for at in np.linspace(0, place.aspect, count) + random.uniform(-0.06, 0.06, count):
            # The nearest stand aside: the clearing is for people.
            if depth == 2 and abs(at - middle) < 0.58:
                continue
            bend = 0.012 * np.sin(4 * y + at * 9)
            part = place.columns(at - 0.1, at + 0.1)
            trunk = np.clip((wide * (0.8 + 0.6 * y**3) - np.abs(x[:, part] - at - bend)) * place.height, 0, 1)
            painting[:, part] = over(painting[:, part], colour, trunk * (y < FLOOR + 0.02 + 0.02 * depth))
        crown = 0.10 + 0.035 * depth + 0.05 * place.noise(depth, 1.1, 2.7, 6.1, 13.0)
        crown = crown + 0.06 * ((x - middle) / middle) ** 2 * (depth + 1)
        leaves = crown + 0.012 * np.abs(np.sin(x * (47 - 9 * depth) + 3 * np.sin(x * 11)))
        painting = over(painting, mix(colour, (0x12, 0x30, 0x26), 0.45), 1 - place.below(leaves))
    ground = FLOOR - 0.008 + 0.008 * place.noise(11, 1.7, 4.3, 9.0)
    grass = np.array((0x1E, 0x38, 0x2C), dtype=np.float32)
    pool = place.spot(middle, 0.93, 0.85, 0.17)
    blades = 1 + 0.10 * np.sin(x * 150 + 40 * np.sin(y * 21)) * np.sin(y * 120 + 9 * x)
    painting = over(painting, grass * (blades * (0.50 + 0.70 * pool))[..., None], place.below(ground))
    for _ in range(26):
        fx, fy = random.uniform(0, place.aspect), random.uniform(0.3, 0.95)
        part = place.columns(fx - 0.03, fx + 0.03)
        spark = 0.55 * place.spot(fx, fy, 0.006, 0.006)[:, part]
        painting[:, part] = lit(painting[:, part], mix(theme.light, theme.good, 0.5), spark)
    return painting


def paint_sea(theme: Theme, place: Place) -> Shades:
    """Paint a beach under the moon, its way on the water."""
    x, y, middle = place.x, place.y, place.aspect / 2
    horizon = 0.52
    painting: Shades = (
        place.fade(
            (0.0, (0x0B, 0x12, 0x2A)),
            (horizon, (0x29, 0x33, 0x54)),
            (horizon + 0.002, (0x18, 0x2C, 0x48)),
            (FLOOR, (0x10, 0x26, 0x3C)),
            (1.0, (0x10, 0x20, 0x30)),
        )
        * np.ones_like(x)[..., None]
    )
    moon_x, moon_y = 1.46 * middle, 0.17
    away = np.hypot(x - moon_x, y - moon_y)
    painting = lit(painting, theme.light, 0.15 * np.exp(-((away / 0.20) ** 2)))
    painting = over(painting, (0xE8, 0xE0, 0xC8), np.clip((0.040 - away) * place.height, 0, 1))
    painting = _stars(painting, theme.light, 9, 120, horizon - 0.06)
    # Waves are seen flatter the farther they are.
    deep = np.maximum(y - horizon, 1e-3)
    swell = np.sin(34 * np.log(deep + 0.03) + 5 * np.sin(x * 4.5 / (deep + 0.2)))
    water = (y > horizon) * (y < FLOOR)
    painting = painting * (1 + 0.16 * swell * water)[..., None]
    glitter = np.exp(-(((x - moon_x) / (0.05 + 0.30 * deep)) ** 2)) * np.clip(swell - 0.2, 0, 1) * water
    painting = lit(painting, theme.light, 0.20 * glitter)
    shore = FLOOR - 0.006 + 0.010 * place.noise(3, 0.7, 1.9, 4.1)
    pool = place.spot(middle, 0.95, 0.9, 0.2)
    grain = np.random.default_rng(4).normal(0, 1, painting.shape[:2]).astype(np.float32)
    sand = np.array((0x4A, 0x40, 0x38), dtype=np.float32) * ((0.52 + 0.40 * pool) * (1 + 0.035 * grain))[..., None]
    painting = over(painting, sand, place.below(shore + 0.012))
    foam = np.exp(-(((y - shore - 0.006) / 0.007) ** 2))
    return over(painting, (0x84, 0x98, 0xA4), 0.45 * foam)


def paint_space(theme: Theme, place: Place) -> Shades:
    """Paint the ground of a moon, a ringed planet above it, a cloud of stars."""
    x, y, middle = place.x, place.y, place.aspect / 2
    painting: Shades = (
        place.fade((0.0, (0x0A, 0x0B, 0x1A)), (FLOOR, (0x16, 0x14, 0x2C)), (1.0, (0x16, 0x14, 0x2C)))
        * np.ones_like(x)[..., None]
    )
    band = np.exp(-(((y - 0.15 - 0.28 * x + 0.05 * np.sin(5 * x)) / 0.16) ** 2))
    painting = lit(
        painting, (0x3A, 0x24, 0x58), 0.55 * band * (1 + 0.3 * np.sin(9 * x + 7 * y) * np.sin(13 * y - 4 * x))
    )
    painting = _stars(painting, theme.light, 2, 420, FLOOR)
    px, py, radius = 1.60 * middle, 0.25, 0.125
    dx, dy = (x - px) / radius, (y - py) / radius
    tilt = dx * 0.94 + dy * 0.34, (dy * 0.94 - dx * 0.34) * 3.6
    ring = np.hypot(*tilt)
    rings = (
        np.clip((ring - 1.45) * 12, 0, 1) * np.clip((2.15 - ring) * 12, 0, 1) * (0.75 + 0.25 * np.sin(ring * 34))
    )
    ball = np.clip((1 - np.hypot(dx, dy)) * radius * place.height, 0, 1)
    day = np.clip(0.55 - 0.55 * dx - 0.35 * dy, 0.10, 1)
    belts = 0.85 + 0.15 * np.sin((dy * 0.94 - dx * 0.34) * 13)
    planet = np.array((0x8A, 0x5A, 0x4C), dtype=np.float32) * (day * belts)[..., None]
    behind = rings * (tilt[1] < 0)
    painting = over(painting, (0x8A, 0x78, 0x70), 0.55 * behind)
    painting = over(painting, planet, ball)
    painting = over(painting, (0x86, 0x76, 0x6E), 0.55 * rings * (tilt[1] >= 0))
    hills = FLOOR - 0.03 + 0.02 * place.noise(8, 0.5, 1.3, 3.7)
    painting = over(painting, (0x22, 0x20, 0x34), place.below(hills))
    pool = place.spot(middle, 0.93, 0.9, 0.18)
    grain = np.random.default_rng(6).normal(0, 1, painting.shape[:2]).astype(np.float32)
    dust = np.array((0x3A, 0x38, 0x4C), dtype=np.float32) * ((0.52 + 0.45 * pool) * (1 + 0.03 * grain))[..., None]
    ground = FLOOR + 0.005 * place.noise(1, 0.9, 2.3)
    painting = over(painting, dust, place.below(ground))
    random = np.random.default_rng(12)
    for _ in range(12):
        cx, cy = random.uniform(0, place.aspect), random.uniform(FLOOR + 0.03, 0.97)
        wide = random.uniform(0.03, 0.10)
        flat = 0.16 + 0.5 * (cy - FLOOR)
        away = np.hypot(x - cx, (y - cy) / flat) / wide
        painting = (
            painting
            * (1 - 0.30 * np.clip(4 - 4 * away, 0, 1) + 0.22 * np.exp(-(((away - 1.12) / 0.1) ** 2)))[..., None]
        )
    return painting


def paint_city(theme: Theme, place: Place) -> Shades:
    """Paint a flat roof, and a city of lit windows behind it."""
    x, y, middle = place.x, place.y, place.aspect / 2
    painting: Shades = (
        place.fade(
            (0.0, (0x0C, 0x10, 0x24)),
            (0.5, (0x24, 0x24, 0x42)),
            (FLOOR, (0x48, 0x32, 0x4A)),
            (1.0, (0x20, 0x20, 0x2C)),
        )
        * np.ones_like(x)[..., None]
    )
    painting = _stars(painting, theme.light, 21, 90, 0.3)
    random = np.random.default_rng(3)
    for depth, (colour, lights) in enumerate((((0x22, 0x24, 0x3E), 0.16), ((0x15, 0x18, 0x2B), 0.26))):
        left = -0.05
        while left < place.aspect:
            wide = float(random.uniform(0.09, 0.19))
            # Lower in the middle, where people's heads are.
            aside = abs(left + wide / 2 - middle) / middle
            top = 0.50 - 0.10 * depth * (aside - 0.75) - 0.28 * aside * random.uniform(0.4, 1.0) + 0.10 * depth
            part = place.columns(left, left + wide)
            near = x[:, part]
            inside = np.clip(np.minimum(near - left, left + wide - near) * place.height, 0, 1) * place.below(top)
            column, row = (near - left) / 0.022, (y - top) / 0.030
            pane = (np.abs(column - np.floor(column) - 0.5) < 0.27) & (np.abs(row - np.floor(row) - 0.5) < 0.27)
            edge = (column > 0.6) & (column < wide / 0.022 - 0.6) & (row > 0.6)
            dice = np.sin(np.floor(column) * 12.99 + np.floor(row) * 78.2 + left * 31) * 43758.5
            on = (dice - np.floor(dice)) < lights
            front = over(painting[:, part], colour, inside)
            lamp = mix((0xC8, 0x96, 0x50), colour, 0.35)
            painting[:, part] = over(front, lamp, 0.8 * (pane & edge & on) * inside)
            left += wide + float(random.uniform(-0.01, 0.02))
    roof = np.array((0x2C, 0x2C, 0x38), dtype=np.float32)
    pool = place.spot(middle, 0.93, 0.9, 0.17)
    lane, row = (x - middle) / (y + 0.35) * 5, np.log(np.maximum(y - FLOOR + 0.06, 1e-3)) * 3.2
    seam = np.clip(np.minimum(np.abs(lane - np.round(lane)), np.abs(row - np.round(row))) * 34, 0, 1)
    painting = over(painting, roof * ((0.6 + 0.85 * pool) * (0.72 + 0.28 * seam))[..., None], place.below(FLOOR))
    wall = place.below(FLOOR - 0.045) * (1 - place.below(FLOOR))
    painting = over(painting, (0x26, 0x26, 0x34), wall * np.ones_like(x))
    return over(painting, (0x46, 0x46, 0x56), np.exp(-(((y - FLOOR + 0.045) / 0.005) ** 2)) * np.ones_like(x))


def _stars(painting: Shades, light: Colour, seed: int, count: int, lowest: float) -> Shades:
    """Return `painting` with stars down to `lowest`."""
    high, wide = painting.shape[:2]
    random = np.random.default_rng(seed)
    across, down = random.uniform(0, 1, count), random.uniform(0, lowest, count)
    bright = random.uniform(0.15, 0.75, count).astype(np.float32) ** 2
    stars = np.zeros((high, wide), dtype=np.float32)
    stars[(down * (high - 1)).astype(int), (across * (wide - 1)).astype(int)] = bright
    return lit(painting, light, stars)
