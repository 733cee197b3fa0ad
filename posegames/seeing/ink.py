"""Smooth strokes on the screen's pixels: OpenCV draws them three times as fast as SDL, and between pixels, too."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Bytes = tuple[int, ...]
"""A pixel as it lies in memory."""


class Fill(NamedTuple):
    """A polygon to be filled; with a `rim` it is grown by a line so wide along its edge."""

    outline: Sequence[Point]
    colour: tuple[int, ...]
    rim: float = 0.0


Ink = tuple[Sequence[Sequence[Point]], Bytes, int] | Fill
"""Lines, the colour and the width in which they are drawn; or a polygon."""

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

    In the order of `inks`, polygons among the lines; a line of one point is a dot. Pieces that begin or end
    `far` pixels away, or nowhere, are left out. OpenCV's own wide lines are a box and a disc at each end, and cost
    twice as much; what surrounds the drawing costs as much as a few lines: so all are made at once.
    """
    pieces: list[Point] = []
    radii: list[int] = []
    colours: list[Bytes] = []
    between: list[tuple[int, Fill]] = []
    for ink in inks:
        if isinstance(ink, Fill):
            between.append((len(radii), ink))
            continue
        lines, colour, width = ink
        first = len(pieces)
        for line in lines:
            if len(line) == 2:  # bones: most lines are
                pieces += (line[1], line[0])
            else:
                for start, end in zip(line, line[1:] or line, strict=False):
                    pieces += (end, start)
        more = (len(pieces) - first) // 2
        radii += [(width + 1) // 2] * more  # OpenCV's lines, too, are an even number of pixels wide
        colours += [colour] * more
    outlines = _outlines(pieces, radii, far)
    drawn = 0
    for count, polygon in (*between, (len(radii), None)):
        for i in range(drawn, count):
            if (outline := outlines[i]) is not None:
                cv2.fillConvexPoly(pixels, outline, colours[i], cv2.LINE_AA, _SHIFT)
        drawn = count
        if polygon:
            fill(pixels, *polygon)


def _outlines(pieces: Sequence[Point], radii: Sequence[int], far: float) -> Sequence[NDArray[np.int32] | None]:
    """Return the outline of each line from one of `pieces` to the next; None for those that are left out."""
    if not radii:
        return ()
    # A point is a complex number: so a multiplication turns it.
    ends = _flat(pieces, len(pieces)).view(np.complex128).reshape(-1, 2, 1)
    away = np.abs(ends.view(np.float64))
    gone: list[int] = []
    if not away.max() < far * _ONE:  # NaN compares false
        gone = np.flatnonzero(~(away.max(axis=(1, 2)) < far * _ONE)).tolist()
        ends[gone] = 0
    way = ends[:, :1] - ends[:, 1:] + _TINY
    wide = np.array(radii, dtype=np.float64)[:, None, None]
    caps = _caps(max(radii))
    corners = ends + way * (wide / np.abs(way)) * caps
    outlines: list[NDArray[np.int32] | None] = [
        *corners.view(np.float64).astype(np.int32).reshape(-1, caps.size, 2)
    ]
    for i in gone:
        outlines[i] = None
    return outlines


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


def fill(pixels: NDArray[np.uint8], outline: Sequence[Point], colour: Bytes, rim: float = 0.0) -> None:
    """Fill a polygon on `pixels` (h, w, 4); with a `rim` it is grown by a line so wide along its edge."""
    corners, rim = _fixed(outline, len(outline)), round(rim)
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
