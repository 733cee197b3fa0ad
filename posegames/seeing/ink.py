"""Smooth strokes on the screen's pixels: OpenCV draws them three times as fast as SDL, and between pixels, too."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, chain

import cv2
import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Bytes = tuple[int, int, int, int]
"""A pixel as it lies in memory."""

Ink = tuple[Sequence[Sequence[Point]], Bytes, int]
"""Lines, the colour and the width in which they are drawn."""

_SHIFT = 4
"""Bits of a place within a pixel."""
_ONE = 1 << _SHIFT
_ROUND = 0.35
"""Pixels a round end may be off a circle."""
_TINY = 1e-9
"""Sixteenths of a pixel: what goes nowhere goes to the right."""


def _flat(points: Iterable[Point], count: int) -> NDArray[np.float64]:
    """Return `count` points one after the other. Number by number is three times as fast as point by point."""
    return np.fromiter(chain.from_iterable(points), np.float64, 2 * count) * _ONE


def _fixed(points: Iterable[Point], count: int) -> NDArray[np.int32]:
    """Return `count` points (count, 2) as OpenCV wants them."""
    return np.rint(_flat(points, count)).astype(np.int32).reshape(count, 2)


def stroke(pixels: NDArray[np.uint8], inks: Iterable[Ink], *, far: float = math.inf) -> None:
    """Draw open lines with round ends and corners, smooth, at least a pixel wide, on `pixels` (h, w, 4).

    In the order of `inks`; a line of one point is a dot. Pieces of lines that begin or end `far` pixels away, or
    nowhere, are left out. OpenCV's own wide lines are a box and a disc at each end, and cost twice as much; what
    surrounds the drawing costs as much as a few lines: so all are made at once.
    """
    pieces: list[Point] = []
    radii: list[int] = []
    colours: list[Bytes] = []
    for lines, colour, width in inks:
        for line in lines:
            more = max(min(1, len(line)), len(line) - 1)
            for start, end in zip(line, line[1:] or line, strict=False):
                pieces += (end, start)
            radii += [(width + 1) // 2] * more  # OpenCV's lines, too, are an even number of pixels wide
            colours += [colour] * more
    if not pieces:
        return
    # A point is a complex number: so a multiplication turns it.
    ends = _flat(pieces, len(pieces)).view(np.complex128).reshape(-1, 2, 1)
    wide = np.array(radii, dtype=np.float64)[:, None, None]
    away = np.abs(ends.view(np.float64))
    if not away.max() < far * _ONE:  # NaN compares false
        near = np.flatnonzero(away.max(axis=(1, 2)) < far * _ONE)
        ends, wide, colours = ends[near], wide[near], [colours[i] for i in near.tolist()]
    way = ends[:, :1] - ends[:, 1:] + _TINY
    caps = _caps(max(radii))
    corners = ends + way * (wide / np.abs(way)) * caps
    outlines = corners.view(np.float64).astype(np.int32).reshape(-1, caps.size, 2)
    for outline, colour in zip(outlines, colours, strict=True):
        cv2.fillConvexPoly(pixels, outline, colour, cv2.LINE_AA, _SHIFT)


@lru_cache(maxsize=64)
def _caps(radius: int) -> NDArray[np.complex128]:
    """Return both ends (2, corners) of a line to the right, of radius 1 but round enough for `radius`."""
    steps = math.ceil(math.pi / 2 / math.acos(1 - _ROUND / radius))
    ahead = _ONE * np.exp(1j * np.linspace(-math.pi / 2, math.pi / 2, steps + 1))
    return np.stack([ahead, -ahead])


def rough(pixels: NDArray[np.uint8], lines: Sequence[Sequence[Point]], colour: Bytes, width: int) -> None:
    """Draw lines as `stroke` does, in steps from pixel to pixel: three times as fast."""
    ends = [*accumulate(map(len, lines))]
    points = _fixed(chain.from_iterable(lines), ends[-1] if ends else 0)
    parts = [points[end - len(line) : end] for line, end in zip(lines, ends, strict=True)]
    cv2.polylines(pixels, parts, False, colour, width, cv2.LINE_8, _SHIFT)


def ring(pixels: NDArray[np.uint8], centre: Point, radius: float, colour: Bytes, width: int) -> None:
    """Stroke a circle, `width` >= 1 pixels wide, on `pixels` (h, w, 4): what is between two circles is filled."""
    place, half = complex(*centre) * _ONE, (width + 1) // 2
    circles = [_caps(math.ceil(far)) * far + place for far in (radius + half, radius - half) if far > 0]
    outlines = [circle.view(np.float64).astype(np.int32).reshape(-1, 2) for circle in circles]
    cv2.fillPoly(pixels, outlines, colour, cv2.LINE_AA, _SHIFT)


def fill(pixels: NDArray[np.uint8], outline: Sequence[Point], colour: Bytes, rim: int = 0) -> None:
    """Fill a polygon on `pixels` (h, w, 4); with a `rim` it is grown by a line so wide along its edge."""
    corners = _fixed(outline, len(outline))
    if not cv2.isContourConvex(corners):
        if rim:
            stroke(pixels, [([[*outline, outline[0]]], colour, rim)])
        cv2.fillPoly(pixels, [corners], colour, cv2.LINE_AA, _SHIFT)
        return
    if rim:
        radius = (rim + 1) // 2
        around = np.rint(radius * _caps(radius).view(np.float64)).astype(np.int32).reshape(-1, 2)
        corners = np.asarray(cv2.convexHull((corners[:, None] + around).reshape(-1, 2)), dtype=np.int32)
    cv2.fillConvexPoly(pixels, corners, colour, cv2.LINE_AA, _SHIFT)  # three times as quick as any polygon
