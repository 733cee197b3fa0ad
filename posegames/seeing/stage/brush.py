"""Rounded, shaded shapes in few strokes: each is laid on in layers that grow lighter towards the light."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from posegames.body.pose import Floats
from posegames.seeing.sighting import Picture
from posegames.seeing.stage.look import Colour

Bgr = tuple[float, float, float]
"""A colour as pictures hold it."""
Strokes = NDArray[np.int32]
"""Corners in sixteenths of a pixel."""

_BITS = 4
_ARC = 8
"""Corners of each round end."""
LIGHT = np.array([-0.34, -0.30])
"""Where the light comes from in the picture, as a share of a shape's half thickness."""
_SHADOW = np.array([38, 26, 24.0])
_BLOOD = np.array([44, 52, 120.0])
_GLOW = np.array([205, 238, 255.0])


def bgr(colour: Colour) -> Bgr:
    """Return `colour` as pictures hold it."""
    red, green, blue = colour
    return float(blue), float(green), float(red)


def shades(
    colour: Colour, layers: int, *, depth: float = 0.42, shine: float = 0.20, flesh: bool = False
) -> tuple[Bgr, ...]:
    """Return as many shades of `colour`, from the rim in the shade to the middle in the light."""
    base = np.array(bgr(colour))
    dark = base * (1 - depth) + (_BLOOD if flesh else _SHADOW) * depth * 0.5
    light = base * (1 - shine) + _GLOW * shine
    rows = []
    for share in np.linspace(0, 1, layers):
        row = dark + (base - dark) * min(1.0, share * 1.7) + (light - base) * max(0.0, share * 1.7 - 0.7)
        rows.append(np.clip(row, 0, 255))
    return tuple((float(b), float(g), float(r)) for b, g, r in rows)


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """Return `one` with a share of `other`."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def capsules(ends: Floats, radii: Floats, layers: int) -> Strokes:
    """Return the outlines (n, layers, corners, 2) of limbs.

    `ends` (n, 2, 2) and `radii` (n, 2) in pixels; the layers grow narrower towards the light.
    """
    start, end = ends[:, 0], ends[:, 1]
    way = end - start
    taper = radii[:, 0] - radii[:, 1]
    length = np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-3)
    heading = np.arctan2(way[:, 1], way[:, 0])
    # Where one circle lies within the other, it is moved to its rim: the outline stays convex.
    reach = np.maximum(length, np.abs(taper) + 1e-3)
    end = start + way * (reach / length)[:, None]
    half = np.arccos(np.clip(taper / reach, -1, 1))[:, None]
    sweep = np.linspace(-1, 1, _ARC)[None]
    angles = heading[:, None] + np.concatenate([half * sweep, np.pi + (np.pi - half) * sweep], axis=1)
    spoke = np.stack([np.cos(angles), np.sin(angles)], axis=2)
    spoke *= np.repeat(radii[:, ::-1], _ARC, axis=1)[..., None]
    middle = np.repeat(np.stack([end, start], axis=1), _ARC, axis=1)
    width = narrowing(layers)
    shift = (1 - width)[None, :, None, None] * radii.mean(axis=1)[:, None, None, None] * LIGHT
    return strokes(middle[:, None] + spoke[:, None] * width[None, :, None, None] + shift)


def narrowing(layers: int) -> Floats:
    """Return how wide each layer is, from 1 for the first."""
    return 1 - 0.78 * np.arange(layers) / max(1, layers)


def ellipse(x: float, y: float, wide: float, high: float, corners: int = 20) -> Floats:
    """Return an outline (corners, 2) around (x, y)."""
    turn = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    return np.stack([x + wide * np.cos(turn), y + high * np.sin(turn)], axis=1)


def strokes(points: Floats) -> Strokes:
    """Return `points` (..., 2) in pixels as corners to fill."""
    return (points * (1 << _BITS)).astype(np.int32)


def fill(picture: Picture, outline: Strokes, colour: Bgr) -> None:
    """Fill a convex outline (n, 2)."""
    cv2.fillConvexPoly(picture, outline, colour, cv2.LINE_AA, _BITS)


def tint(picture: Picture, outline: Strokes, colour: Bgr) -> None:
    """Fill a convex outline (n, 2) with a shade near to what lies under it: the rim needs no smoothing."""
    cv2.fillConvexPoly(picture, outline, colour, cv2.LINE_8, _BITS)


def fill_any(picture: Picture, outline: Strokes, colour: Bgr) -> None:
    """Fill an outline (n, 2) of any form."""
    cv2.fillPoly(picture, [outline], colour, cv2.LINE_AA, _BITS)


def line(picture: Picture, points: Strokes, colour: Bgr, thick: float) -> None:
    """Draw an open line (n, 2) of at least one pixel."""
    cv2.polylines(picture, [points], False, colour, max(1, round(thick)), cv2.LINE_AA, _BITS)
