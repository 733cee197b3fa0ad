"""Backdrops with a roof: the empty stage, a classroom with a chalkboard."""

from __future__ import annotations

import numpy as np

from posegames.engine.backdrops.place import FLOOR, Place, lit, over
from posegames.engine.sprites import Shades
from posegames.engine.theme import Colour, Theme, mix

_WINGS = 0.13
"""How far the side curtains reach in, as a share of the width."""
_CURTAIN: Colour = (0x5A, 0x1E, 0x2C)
"""The wings' velvet; it belongs to the stage alone."""
_VANISHING = -0.35
"""Where the joints between boards would meet, in heights below the top."""
_SLATE: Colour = (0x16, 0x2C, 0x26)
_FRAME: Colour = (0x4A, 0x30, 0x1E)
_WALL: Colour = (0x1E, 0x22, 0x2C)


def paint_stage(theme: Theme, place: Place) -> Shades:
    """Paint the empty stage: a curtain with folds, boards that run away from the eye."""
    x, y, height, aspect = place.x, place.y, place.height, place.aspect
    middle = aspect / 2
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
    planks = boards * ((0.85 + 0.77 * pool) * grain * (0.55 + 0.45 * joint))[..., None]
    planks = planks + light * (0.085 * pool * joint)[..., None]
    painting = painting + (planks - painting) * on_boards[..., None]
    edge = np.exp(-(((y - FLOOR) / 0.006) ** 2))
    painting = painting * (1 - 0.5 * edge)[..., None]

    # The wings: velvet in deep folds, gathered towards the outside, their hems above the boards.
    side = np.minimum(x, aspect - x) / (_WINGS * aspect)
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


def paint_chalkboard(theme: Theme, place: Place) -> Shades:
    """Paint a board, wiped many times, with what the last lesson left on it; a wooden floor."""
    x, y, aspect = place.x, place.y, place.aspect
    middle = aspect / 2
    wall = place.fade((0.0, mix(_WALL, theme.stage, 0.3)), (FLOOR, _WALL), (1.0, _WALL))
    painting: Shades = wall * np.ones_like(x)[..., None]

    def inside(left: float, top: float, right: float, bottom: float) -> Shades:
        within: Shades = np.clip(
            np.minimum(np.minimum(x - left, right - x), np.minimum(y - top, bottom - y)) * place.height + 0.5, 0, 1
        )
        return within

    left, right = 0.07 * aspect, 0.93 * aspect
    painting = over(painting, _FRAME, inside(left, 0.06, right, 0.745))
    wiped = (
        1
        + 0.10 * np.sin(7 * x + 5 * np.sin(3.1 * y)) * np.sin(4 * y + 2 * np.sin(2.3 * x))
        + 0.05 * np.sin(31 * x - 9 * y)
    )
    slate = (
        np.array(_SLATE, dtype=np.float32) * (wiped * (0.85 + 0.5 * place.spot(middle, 0.36, 0.9, 0.4)))[..., None]
    )
    painting = over(painting, slate, inside(left + 0.022, 0.082, right - 0.022, 0.723))

    # Chalk: a sun, a sum, a curve; dim, because people stand before it.
    chalk = np.zeros(painting.shape[:2], dtype=np.float32)
    thin = 0.0035

    def line(away: Shades) -> Shades:
        return np.clip(1.6 - np.abs(away) / thin, 0, 1)

    sun = np.hypot(x - left - 0.20, y - 0.24)
    turn = np.arctan2(y - 0.24, x - left - 0.20)
    rays = (np.abs(np.sin(4 * turn)) < 0.10) & (sun > 0.085) & (sun < 0.125)
    chalk = np.maximum(np.maximum(chalk, line(sun - 0.062)), rays)
    wave = y - 0.26 - 0.07 * np.sin((x - right) * 17)
    within = (x > right - 0.50) & (x < right - 0.09)
    chalk = np.maximum(chalk, 0.9 * line(0.75 * wave) * within)
    chalk = np.maximum(chalk, line(y - 0.26) * within * 0.7)
    chalk = np.maximum(chalk, line(x - right + 0.50) * (np.abs(y - 0.26) < 0.11) * 0.7)
    grain = 0.75 + 0.25 * np.sin(x * 430 + 3 * np.sin(y * 310))
    painting = lit(painting, (0xC8, 0xCC, 0xBE), 0.30 * chalk * grain)

    ledge = inside(left - 0.01, 0.733, right + 0.01, 0.757)
    painting = over(painting, mix(_FRAME, theme.light, 0.06), ledge)

    lane = (x - middle) / (y - _VANISHING) * 8
    joint = np.clip(np.abs(lane - np.round(lane)) * 24 * (y - _VANISHING), 0, 1)
    wood = 0.60 + 0.60 * place.spot(middle, 0.95, 0.9, 0.16)
    floor = (
        np.array((0x38, 0x2A, 0x24), dtype=np.float32)
        * (wood * (0.6 + 0.4 * joint) * (1 + 0.1 * np.sin(np.round(lane) * 2.4)))[..., None]
    )
    return over(painting, floor, place.below(FLOOR) * np.ones_like(x))
