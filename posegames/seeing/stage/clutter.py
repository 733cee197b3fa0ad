"""Things that stand and hang about: what a living room has and an estimator should not take for people."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from posegames.seeing.sighting import Picture
from posegames.seeing.stage import brush
from posegames.seeing.stage.look import Colour
from posegames.seeing.stage.view import WALL, View

_TONES: tuple[Colour, ...] = (
    (0x8A, 0x5A, 0x3C), (0x3E, 0x5C, 0x76), (0xA8, 0x43, 0x3C),
    (0x5E, 0x7A, 0x4A), (0xC2, 0x9A, 0x4E), (0x54, 0x48, 0x6E),
)  # fmt: skip

Prop = Callable[[Picture, float, float, float, np.random.Generator], None]
"""Paints a thing: picture, where it stands on the boards (x, y), pixels a body height, and lots to draw."""


def paint_clutter(picture: Picture, count: int, view: View, seed: int) -> None:
    """Paint `count` things before the wall of the empty stage."""
    lots = np.random.default_rng([seed, 5])
    order = [PROPS[i] for i in lots.permutation(len(PROPS))]
    height = picture.shape[0]
    spots = (np.arange(count) + 0.5) / max(1, count) + lots.uniform(-0.3, 0.3, count) / max(1, count)
    for i, spot in enumerate(spots):
        z = -WALL + 0.06
        y = float(view.project(np.array([0.0, 0.0, z]))[1])
        order[i % len(order)](
            picture, spot * view.aspect * height, y * height, float(view.scale(z)) * height, lots
        )


def _tone(lots: np.random.Generator) -> Colour:
    return _TONES[int(lots.integers(len(_TONES)))]


def _box(picture: Picture, box: tuple[float, float, float, float], colour: Colour) -> None:
    """Paint a board: left, top, width, height in pixels."""
    left, top, wide, high = box
    for inset, shade in zip((0.0, 0.06, 0.14), brush.shades(colour, 3), strict=True):
        edge = inset * min(wide, high)
        x0, y0, x1, y1 = left + edge, top + edge, left + wide - edge, top + high - edge
        brush.fill(picture, brush.strokes(np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])), shade)


def _rods(picture: Picture, rods: list[tuple[float, float, float, float, float, float]], colour: Colour) -> None:
    """Paint capsules: from x, y to x, y, half as thick at both ends; in pixels."""
    table = np.array(rods)
    outlines = brush.capsules(table[:, :4].reshape(-1, 2, 2), table[:, 4:], 4)
    for outline in outlines:
        for layer, shade in enumerate(brush.shades(colour, 4)):
            brush.fill(picture, outline[layer], shade)


def _plant(picture: Picture, x: float, y: float, s: float, lots: np.random.Generator) -> None:
    _rods(picture, [(x, y - 0.16 * s, x, y - 0.05 * s, 0.075 * s, 0.05 * s)], (0xA8, 0x5C, 0x3C))
    for turn in np.linspace(-1.1, 1.1, 9) + lots.uniform(-0.1, 0.1, 9):
        long = s * lots.uniform(0.24, 0.40)
        tip = (x + np.sin(turn) * long, y - 0.18 * s - np.cos(turn) * long)
        _rods(picture, [(x, y - 0.18 * s, *tip, 0.016 * s, 0.022 * s)], (0x4C, 0x7C, 0x4E))


def _shelf(picture: Picture, x: float, y: float, s: float, lots: np.random.Generator) -> None:
    left, wide, high = x - 0.22 * s, 0.44 * s, 0.78 * s
    _box(picture, (left, y - high, wide, high), (0x6E, 0x4C, 0x36))
    for row in range(3):
        base = y - high + (row + 1) * high / 3 - 0.03 * s
        at = left + 0.035 * s
        while at < left + wide - 0.07 * s:
            book = lots.uniform(0.022, 0.045) * s
            tall = lots.uniform(0.12, 0.19) * s
            _box(picture, (at, base - tall, book, tall), _tone(lots))
            at += book * 1.08


def _lamp(picture: Picture, x: float, y: float, s: float, _lots: np.random.Generator) -> None:
    _rods(picture, [(x, y - 0.02 * s, x, y - 0.82 * s, 0.012 * s, 0.012 * s)], (0x4A, 0x44, 0x48))
    _rods(
        picture,
        [(x - 0.06 * s, y - 0.012 * s, x + 0.06 * s, y - 0.012 * s, 0.016 * s, 0.016 * s)],
        (0x4A, 0x44, 0x48),
    )
    shade = np.array([(-0.07, -0.98), (0.07, -0.98), (0.13, -0.80), (-0.13, -0.80)]) * s + (x, y)
    brush.fill(picture, brush.strokes(shade), brush.bgr((0xF6, 0xE2, 0xB0)))


def _frame(picture: Picture, x: float, y: float, s: float, lots: np.random.Generator) -> None:
    wide, high = 0.36 * s, 0.27 * s
    left, top = x - wide / 2, y - 1.02 * s
    _box(picture, (left, top, wide, high), (0x8C, 0x68, 0x34))
    _box(picture, (left + 0.03 * s, top + 0.03 * s, wide - 0.06 * s, high - 0.06 * s), _tone(lots))
    hill = np.array([(-0.14, -0.80), (-0.04, -0.92), (0.03, -0.85), (0.08, -0.90), (0.14, -0.80)]) * s + (x, y)
    brush.fill_any(picture, brush.strokes(hill), brush.bgr((0xD8, 0xC8, 0xA8)))


def _chair(picture: Picture, x: float, y: float, s: float, lots: np.random.Generator) -> None:
    tone = _tone(lots)
    legs = [
        (x + dx * s, y - 0.27 * s, x + dx * 1.15 * s, y - 0.01 * s, 0.014 * s, 0.011 * s) for dx in (-0.11, 0.11)
    ]
    posts = [(x + dx * s, y - 0.28 * s, x + dx * s, y - 0.56 * s, 0.014 * s, 0.012 * s) for dx in (-0.11, 0.11)]
    _rods(picture, legs + posts, tone)
    _box(picture, (x - 0.13 * s, y - 0.56 * s, 0.26 * s, 0.11 * s), tone)
    _box(picture, (x - 0.15 * s, y - 0.31 * s, 0.30 * s, 0.055 * s), tone)


def _coats(picture: Picture, x: float, y: float, s: float, lots: np.random.Generator) -> None:
    """Paint a stand with a coat and a hat on it: the nearest to a person that furniture gets."""
    _rods(picture, [(x, y - 0.01 * s, x, y - 0.98 * s, 0.015 * s, 0.013 * s)], (0x5C, 0x40, 0x2C))
    tone = _tone(lots)
    coat = np.array([(-0.04, -0.86), (0.05, -0.86), (0.12, -0.78), (0.14, -0.36), (-0.11, -0.36), (-0.10, -0.78)])
    for width, shade in zip((1.0, 0.8, 0.6), brush.shades(tone, 3), strict=True):
        brush.fill_any(picture, brush.strokes((coat * (width, 1)) * s + (x, y)), shade)
    _rods(picture, [(x - 0.08 * s, y - 0.95 * s, x + 0.08 * s, y - 0.95 * s, 0.012 * s, 0.012 * s)], tone)
    brush.fill(picture, brush.strokes(brush.ellipse(x, y - 0.985 * s, 0.05 * s, 0.045 * s)), brush.bgr(tone))


def _balls(picture: Picture, x: float, y: float, s: float, lots: np.random.Generator) -> None:
    for dx, high in ((-0.07, 0.62), (0.08, 0.70), (0.0, 0.82)):
        at = (x + dx * s, y - high * s)
        string = brush.strokes(np.array([at, (x, y - 0.02 * s)]))
        brush.line(picture, string, (90, 90, 90), 1)
        _rods(picture, [(*at, at[0], at[1] + 0.03 * s, 0.075 * s, 0.06 * s)], _tone(lots))


PROPS: tuple[Prop, ...] = (_plant, _shelf, _lamp, _frame, _chair, _coats, _balls)
"""Everything there is to stand about."""
