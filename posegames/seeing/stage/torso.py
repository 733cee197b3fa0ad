"""Painting the torso: a stack of ellipses, seen from where the camera stands."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from posegames.body.pose import Floats
from posegames.seeing.sighting import Picture
from posegames.seeing.stage import brush
from posegames.seeing.stage.build import SPINE, Build
from posegames.seeing.stage.choreography import Actor
from posegames.seeing.stage.figure import NECK, PELVIS
from posegames.seeing.stage.look import Look
from posegames.seeing.stage.stance import INDEX

_SHIRT = np.array(
    [
        # how far up from the hips to the shoulders, half as wide, half as deep (body heights)
        (-0.03, 0.102, 0.066), (0.06, 0.098, 0.064), (0.20, 0.087, 0.058), (0.40, 0.085, 0.058),
        (0.60, 0.095, 0.066), (0.78, 0.102, 0.064), (0.92, 0.104, 0.054), (1.02, 0.098, 0.046),
        (1.08, 0.074, 0.040), (1.13, 0.038, 0.034),
    ]
)  # fmt: skip
_HIPS = np.array([(-0.20, 0.060, 0.050), (-0.13, 0.090, 0.060), (-0.03, 0.098, 0.062), (0.1, 0.090, 0.058)])
_LAYERS = 6


@dataclass(frozen=True, slots=True)
class _Stack:
    levels: Floats
    """(n, 3): see `_SHIRT`."""
    shades: tuple[brush.Bgr, ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where a torso is in the picture, in pixels."""

    origin: Floats
    """The middle of the hips."""
    spine: Floats
    """From there to the middle of the shoulders."""
    up: Floats
    """The same, of length 1."""
    side: Floats
    """Across, of length 1."""
    scale: float
    """Pixels a body height."""


def _fine(levels: Floats, count: int) -> Floats:
    """Return `count` levels on a smooth curve through `levels` (n, 3)."""
    rows = []
    for at in np.linspace(0, len(levels) - 1, count):
        i = min(int(at), len(levels) - 2)
        u = at - i
        a, b, c, d = (levels[min(max(k, 0), len(levels) - 1)] for k in (i - 1, i, i + 1, i + 2))
        # Catmull and Rom's spline
        rows.append(
            0.5 * (2 * b + (c - a) * u + (2 * a - 5 * b + 4 * c - d) * u**2 + (3 * b - a - 3 * c + d) * u**3)
        )
    return np.array(rows)


def emblem(shape: str) -> Floats:
    """Return the outline (n, 2) of a player's shape, about 1 from its middle."""
    corners = {"circle": 24, "triangle": 3, "square": 4, "diamond": 4, "star": 10, "cross": 12}[shape]
    turn = np.arange(corners) * 2 * np.pi / corners - np.pi / 2
    if shape == "square":
        turn += np.pi / 4
    size = np.ones(corners)
    if shape == "star":
        size[1::2] = 0.45
    if shape == "cross":
        arm = 0.36
        return np.array(
            [(-arm, -1), (arm, -1), (arm, -arm), (1, -arm), (1, arm), (arm, arm), (arm, 1), (-arm, 1), (-arm, arm),
             (-1, arm), (-1, -arm), (-arm, -arm)]
        )  # fmt: skip
    outline = np.stack([np.cos(turn) * size, np.sin(turn) * size], axis=1)
    return outline * {"diamond": (0.85, 1.1), "triangle": (1.1, 1.1), "square": (1.1, 1.1)}.get(shape, (1.0, 1.0))


class TorsoPainter:
    """Paints the torso of one actor: hips, shirt, collar and emblem."""

    def __init__(self, look: Look, build: Build) -> None:
        girth = np.array([1, build.girth, build.girth])
        waist, chest = np.array([1, build.hips, 1.0]), np.array([1, build.shoulders, 1.0])
        shirt = _SHIRT * girth
        share = np.clip(shirt[:, :1], 0, 1)
        shirt = shirt * (waist * (1 - share) + chest * share)
        self._shirt = _Stack(_fine(shirt, 18), brush.shades(look.shirt, _LAYERS))
        self._hips = _Stack(_fine(_HIPS * girth * waist, 8), brush.shades(look.trousers, 4, shine=0.14))
        self._collar = brush.bgr(brush.mixed(look.shirt, (20, 16, 30), 0.42))
        self._badge = brush.bgr(brush.mixed(look.shirt, (255, 250, 240), 0.80))
        self._ring, self._emblem = brush.ellipse(0, -0.004, 0.046, 0.020), 0.030 * emblem(look.emblem)

    def paint(self, picture: Picture, actor: Actor, points: Floats, scale: float) -> None:
        """Paint shirt, collar and emblem; `points` (points, 2) in pixels, `scale` pixels a body height."""
        frame = _framed(points, scale)
        yaw = float(actor.stance[INDEX["yaw"]])
        chest = yaw + float(actor.stance[INDEX["twist"]])
        self._stack(picture, self._shirt, frame, (yaw, chest))
        self._collar_and_emblem(picture, frame, chest)

    def paint_hips(self, picture: Picture, actor: Actor, points: Floats, scale: float) -> None:
        """Paint what the legs grow from."""
        yaw = float(actor.stance[INDEX["yaw"]])
        self._stack(picture, self._hips, _framed(points, scale), (yaw, yaw))

    def _stack(self, picture: Picture, stack: _Stack, frame: _Frame, turns: tuple[float, float]) -> None:
        """Paint ellipses one upon another; `turns` are the yaw of the lowest and of the highest, in degrees."""
        levels = stack.levels
        turn = np.radians(np.interp(levels[:, 0], (0, 1), turns))
        wide = np.hypot(levels[:, 1] * np.cos(turn), levels[:, 2] * np.sin(turn)) * frame.scale
        middle = frame.origin + levels[:, :1] * frame.spine
        centre = middle.mean(axis=0)
        width = brush.narrowing(len(stack.shades))[:, None, None]
        offset = np.concatenate([frame.side * wide[:, None], -frame.side * wide[::-1, None]])
        both = np.concatenate([middle, middle[::-1]])
        shift = (1 - width) * wide.mean() * brush.LIGHT * 0.7
        rows = centre + (both - centre) * (1 - (1 - width) * 0.22) + offset * width + shift
        for outline, shade in zip(brush.strokes(rows), stack.shades, strict=True):
            brush.fill_any(picture, outline, shade)

    def _collar_and_emblem(self, picture: Picture, frame: _Frame, chest: float) -> None:
        turn = math.radians(chest)
        neck, axes = frame.origin + frame.spine, np.stack([-frame.side, -frame.up])
        brush.fill(picture, brush.strokes(neck + frame.scale * (self._ring @ axes)), self._collar)
        if math.cos(turn) > 0.35:
            middle = neck - 0.33 * frame.spine + frame.side * (math.sin(turn) * 0.058 * frame.scale)
            shape = self._emblem * (math.cos(turn), 1.0)
            brush.fill_any(picture, brush.strokes(middle + frame.scale * (shape @ axes)), self._badge)


def _framed(points: Floats, scale: float) -> _Frame:
    pelvis, spine = points[PELVIS], points[NECK] - points[PELVIS]
    length = float(np.hypot(*spine)) + 1e-6
    up = spine / length
    return _Frame(pelvis, up * max(length, 0.3 * SPINE * scale), up, np.array([-up[1], up[0]]), scale)
