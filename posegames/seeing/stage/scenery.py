"""The little theatre: boards, a wall, curtains, and light. Painted once for a size."""

from __future__ import annotations

import math

import cv2
import numpy as np

from posegames.body.pose import Floats
from posegames.seeing.sighting import Picture
from posegames.seeing.stage import brush
from posegames.seeing.stage.view import WALL, View

_WALL_DARK, _WALL_LIGHT = np.array([72, 54, 50.0]), np.array([138, 152, 168.0])
_BOARD_DARK, _BOARD_LIGHT = np.array([34, 40, 62.0]), np.array([92, 122, 168.0])
_CURTAIN_DARK, _CURTAIN_LIGHT = np.array([30, 16, 58.0]), np.array([62, 40, 150.0])


def paint_scenery(width: int, height: int, view: View, seed: int) -> Picture:
    """Return the empty stage (height, width, 3)."""
    lots = np.random.default_rng([seed, 2])
    # A column and a row of places, in picture heights.
    y, x = np.arange(height, dtype=np.float32)[:, None] / height, np.arange(width, dtype=np.float32) / height
    edge = _edge(view)
    # The wall ends in the boards with a soft dark line.
    below = np.clip((y - edge) * height / 1.5, 0, 1)[..., None]
    walls, floors = int((below < 1).sum()), int((below > 0).sum())  # rows
    scene = np.zeros((height, width, 3))
    scene[:walls] += _wall(x, y[:walls], view, edge) * (1 - below[:walls])
    scene[height - floors :] += _boards(x, y[height - floors :], view, lots) * below[height - floors :]
    scene *= (1 - 0.35 * np.exp(-(((y - edge) / 0.018) ** 2)))[..., None]
    _curtains(scene, x, y, view, edge)
    scene += lots.normal(0, 1.2, (height, width, 1))  # a grain, against bands in the soft light
    return np.clip(scene, 0, 255, out=scene).astype(np.uint8)


def _edge(view: View) -> float:
    """Return where the wall meets the boards."""
    return float(view.project(np.array([0.0, 0.0, -WALL]))[1])


def _wall(x: Floats, y: Floats, view: View, edge: float) -> Floats:
    light = np.exp(
        -(((x - view.aspect / 2) / (0.62 * view.aspect)) ** 2) - ((y - edge * 0.58) / (0.72 * edge)) ** 2
    )
    light *= 1 - 0.05 * (np.cos(x / view.size * 34) > 0.985)
    wall: Floats = _WALL_DARK + (_WALL_LIGHT - _WALL_DARK) * light[..., None]
    return wall


def _boards(x: Floats, y: Floats, view: View, lots: np.random.Generator) -> Floats:
    # Back from the picture to the floor: where each pixel lies in body heights.
    below = np.maximum(y - view.horizon, 1e-3)
    scale = below / 0.62
    across = (x - view.aspect / 2) / scale
    plank = np.floor(across / 0.17)
    tone = lots.uniform(0.80, 1.06, 401)[np.clip(plank + 200, 0, 400).astype(int)]
    gap = np.abs(across / 0.17 - plank - 0.5) > 0.5 - 0.0022 / 0.17 / np.maximum(scale, 0.05)
    light = np.exp(-(((x - view.aspect / 2) / (0.55 * view.aspect)) ** 2)) * np.clip(
        0.45 + 0.75 * (y - 0.6), 0.35, 1
    )
    colour = _BOARD_DARK + (_BOARD_LIGHT - _BOARD_DARK) * (light * tone)[..., None]
    boards: Floats = colour * np.where(gap, 0.62, 1.0)[..., None]
    return boards


def _curtains(scene: Floats, x: Floats, y: Floats, view: View, edge: float) -> None:
    """Hang the curtains into `scene`: at both sides, and a valance along the top. Nothing is painted between."""
    height, width = scene.shape[:2]
    side, top = math.ceil(0.10 * view.aspect * height) + 1, math.ceil((0.055 + 0.022 + 1 / 400) * height) + 1
    for part in (np.s_[:side], np.s_[max(side, width - side) :]):
        _hang(scene[:, part], x[part], y, view, edge)
    _valance(scene[:top], x, y[:top], view)


def _hang(scene: Floats, x: Floats, y: Floats, view: View, edge: float) -> None:
    from_side = np.minimum(x, view.aspect - x)
    reach = 0.10 * view.aspect * (1 - 0.25 * np.sin(np.clip(y / edge, 0, 1) * np.pi))
    fold = 0.5 + 0.5 * np.cos(from_side / view.aspect * 230 + 0.6 * np.sin(y * 3))
    bottom = edge + 0.035
    inside = np.clip((reach - from_side) * 400, 0, 1) * np.clip((bottom - y) * 400, 0, 1)
    colour = _CURTAIN_DARK + (_CURTAIN_LIGHT - _CURTAIN_DARK) * (fold**1.5 * (1 - 0.35 * y))[..., None]
    scene[:] = scene * (1 - inside[..., None]) + colour * inside[..., None]


def _valance(scene: Floats, x: Floats, y: Floats, view: View) -> None:
    scallop = 0.055 + 0.022 * np.abs(np.sin(x / view.aspect * np.pi * 7))
    valance = np.clip((scallop - y) * 400, 0, 1)
    hang = 0.5 + 0.5 * np.cos(x / view.aspect * np.pi * 56)
    colour = _CURTAIN_DARK * 0.8 + (_CURTAIN_LIGHT - _CURTAIN_DARK) * (0.25 + 0.5 * hang * y / 0.07)[..., None]
    scene[:] = scene * (1 - valance[..., None]) + colour * valance[..., None]


class Lights:
    """The light that follows the actors, and the shadows at their feet."""

    def __init__(self, height: int, view: View, cast: int) -> None:
        # Many lights side by side add up.
        blue, green, red = (tone * min(1.0, 2.6 / cast) for tone in (40, 58, 66))
        body = view.size * height
        self._glow = _spot(round(body * 0.62), round(body * 0.66), (blue, green, red))
        self._pool = _spot(round(body * 0.36), round(body * 0.085), (30, 52, 70))
        self._shadow = 255 - _spot(round(body * 0.19), round(body * 0.042), (150, 150, 150), sharp=1.3)

    def shine(self, picture: Picture, floor: Floats, chest: float) -> None:
        """Light wall and boards around an actor above `floor` (2,), the chest as high as `chest`; in pixels."""
        for sprite, y in ((self._glow, chest), (self._pool, float(floor[1]))):
            there, part = _over(picture, sprite, (float(floor[0]), y))
            cv2.add(there, part, dst=there)

    def shade(self, picture: Picture, floor: Floats, height: float) -> None:
        """Darken the boards at `floor` (2,) under an actor who is `height` body heights above them."""
        there, part = _over(picture, self._shadow, (float(floor[0]), float(floor[1])))
        if height > 0.03:
            part = 255 - (255 - part) // round(1 + 12 * height)
        cv2.multiply(there, part, dst=there, scale=1 / 255)


def _spot(wide: int, high: int, colour: brush.Bgr, sharp: float = 1.0) -> Picture:
    y, x = np.mgrid[-1 : 1 : (2 * high + 1) * 1j, -1 : 1 : (2 * wide + 1) * 1j]
    fall = np.clip(1 - np.hypot(x, y), 0, 1)
    soft = np.clip(sharp * fall * fall * (3 - 2 * fall), 0, 1)
    spot: Picture = (soft[..., None] * np.array(colour)).astype(np.uint8)
    return spot


def _over(picture: Picture, sprite: Picture, place: tuple[float, float]) -> tuple[Picture, Picture]:
    """Return the part of `picture` under `sprite` with its middle at `place`, and that part of the sprite."""
    height, width = sprite.shape[:2]
    left, top = round(place[0]) - width // 2, round(place[1]) - height // 2
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = max(x0, min(picture.shape[1], left + width)), max(y0, min(picture.shape[0], top + height))
    return picture[y0:y1, x0:x1], sprite[y0 - top : y1 - top, x0 - left : x1 - left]
