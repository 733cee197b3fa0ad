"""Painting hair, and the ribbon in it."""

from __future__ import annotations

import numpy as np

from posegames.body.pose import Floats
from posegames.seeing.sighting import Picture
from posegames.seeing.stage import brush
from posegames.seeing.stage.facing import Facing
from posegames.seeing.stage.look import Hair, Look

_LINES: dict[Hair, tuple[tuple[float, float], ...]] = {
    # from the actor's right ear over the forehead to the left one: to its left, up
    "short": ((-0.82, 0.00), (-0.74, 0.30), (-0.50, 0.54), (0.05, 0.50), (0.42, 0.66), (0.72, 0.34), (0.82, 0.00)),
    "bob": ((-0.82, -0.34), (-0.78, 0.10), (-0.60, 0.44), (0.0, 0.40), (0.60, 0.44), (0.78, 0.10), (0.82, -0.34)),
    "bun": ((-0.82, 0.02), (-0.70, 0.40), (-0.38, 0.66), (0.0, 0.74), (0.38, 0.66), (0.70, 0.40), (0.82, 0.02)),
    "curls": (
        (-0.82, -0.04),
        (-0.72, 0.32),
        (-0.44, 0.54),
        (0.0, 0.58),
        (0.44, 0.54),
        (0.72, 0.32),
        (0.82, -0.04),
    ),
    "tail": (
        (-0.82, -0.06),
        (-0.70, 0.32),
        (-0.30, 0.68),
        (0.22, 0.58),
        (0.52, 0.44),
        (0.74, 0.22),
        (0.82, -0.06),
    ),
    "crop": ((-0.82, 0.04), (-0.74, 0.40), (-0.48, 0.58), (0.0, 0.60), (0.48, 0.58), (0.74, 0.40), (0.82, 0.04)),
}
_VOLUMES: dict[Hair, float] = {"short": 1.09, "bob": 1.12, "bun": 1.06, "curls": 1.10, "tail": 1.08, "crop": 1.05}
"""How far the hair stands off the skull."""
_LOW: dict[Hair, float] = {"short": 2, "bob": 26, "bun": 4, "curls": 14, "tail": 8, "crop": 0}
"""Degrees below the middle of the head where it ends on both sides."""
_TUFTS: dict[Hair, tuple[tuple[float, float, float, float, float], ...]] = {
    # what stands or hangs behind: its place (to the left, up, front), half as wide, half as high
    "bob": ((0, -0.22, -0.15, 0.99, 0.92),),
    "bun": ((0, 1.13, -0.35, 0.40, 0.36),),
    "tail": ((0.30, -0.15, -0.95, 0.36, 1.00),),
    "curls": (
        (-0.72, -0.26, -0.2, 0.34, 0.34), (0.72, -0.26, -0.2, 0.34, 0.34), (-0.80, 0.12, -0.2, 0.42, 0.42),
        (0.80, 0.12, -0.2, 0.42, 0.42), (-0.72, 0.55, -0.2, 0.46, 0.46), (0.72, 0.55, -0.2, 0.46, 0.46),
        (-0.40, 0.92, -0.2, 0.46, 0.46), (0.40, 0.92, -0.2, 0.46, 0.46), (0.0, 1.05, -0.2, 0.46, 0.46),
    ),
}  # fmt: skip


class HairPainter:
    """Paints the hair of one actor."""

    def __init__(self, look: Look) -> None:
        kind = look.hair
        self._shades = brush.shades(look.hair_colour, 4, depth=0.45, shine=0.12)
        self._band = brush.bgr(look.shirt) if look.band else None
        line = np.array(_LINES[kind])
        # The hairline lies on the skull and turns with it.
        deep = np.sqrt(np.clip(1 - (line[:, 0] / 0.84) ** 2 - line[:, 1] ** 2 * 0.66, 0, 1))
        self._line = _rounded(np.column_stack([line, deep]))
        self._low, self._volume = _LOW[kind], _VOLUMES[kind]
        self._tufts = [
            (np.array([row[:3]]), brush.ellipse(0, 0, row[3], row[4], 18), row[3]) for row in _TUFTS.get(kind, ())
        ]
        self._turn = np.linspace(0, 1, 20)
        shine = np.radians(np.linspace(62, 158, 12))
        outer, inner = (
            np.stack([np.cos(shine), np.sin(shine)], axis=1),
            np.stack([np.cos(shine), np.sin(shine)], axis=1),
        )
        middle = np.sin(np.linspace(0, np.pi, 12))[:, None]
        wide = np.array([0.80 + self._volume - 1, self._volume])
        self._shine = [
            np.vstack([outer * (wide - 0.06), (inner * (wide - 0.07 - depth * middle))[::-1]])
            for depth in (0.30, 0.15)
        ]
        x = np.linspace(-0.85, 0.85, 13)
        self._ribbon = np.column_stack([x, 0.60 - 0.40 * (x / 0.85) ** 2, np.sqrt(np.clip(0.7225 - x * x, 0, 1))])

    def paint_back(self, picture: Picture, head: Facing) -> None:
        """Paint what hangs or stands behind the body."""
        for place, ring, size in self._tufts:
            middle = head.place(place)[0]
            for width, shade in zip((1.0, 0.80, 0.55), self._shades, strict=False):
                lit = brush.LIGHT * (1 - width) * size * head.radius
                brush.fill(picture, head.strokes(ring * width, middle + lit), shade)

    def paint(self, picture: Picture, head: Facing) -> None:
        """Paint the hair on the skull, over the face."""
        # The back of a turned head shows on the side it is turned from.
        first = -self._low - 50 * max(0.0, -head.sin)
        last = 180 + self._low + 50 * max(0.0, head.sin)
        turn = np.radians(first + (last - first) * self._turn)
        rim = np.stack([(0.80 + self._volume - 1) * np.cos(turn), self._volume * np.sin(turn)], axis=1)
        brush.fill_any(picture, head.strokes(np.vstack([rim, head.flat(self._line)])), self._shades[1])
        for outline, shade in zip(self._shine, self._shades[2:], strict=True):
            brush.fill_any(picture, head.strokes(outline), shade)
        if self._band is not None:
            brush.line(picture, head.strokes(head.flat(self._ribbon)), self._band, 0.16 * head.radius)


def _rounded(points: Floats) -> Floats:
    """Return a rounder line through `points` (n, d): corners cut twice (Chaikin)."""
    for _ in range(2):
        a, b = points[:-1], points[1:]
        cut = np.stack([0.75 * a + 0.25 * b, 0.25 * a + 0.75 * b], axis=1).reshape(-1, points.shape[1])
        points = np.vstack([points[:1], cut, points[-1:]])
    return points
