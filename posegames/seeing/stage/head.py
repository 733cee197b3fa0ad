"""Painting heads: a friendly face that turns and blinks."""

from __future__ import annotations

import numpy as np

from posegames.body.pose import Floats
from posegames.seeing.sighting import Picture
from posegames.seeing.stage import brush
from posegames.seeing.stage.choreography import Actor
from posegames.seeing.stage.facing import Facing
from posegames.seeing.stage.hair import HairPainter
from posegames.seeing.stage.look import Look

_WHITE, _DARK, _IRIS, _RIM = (250.0, 252.0, 255.0), (40.0, 30.0, 34.0), (62.0, 44.0, 48.0), (64.0, 48.0, 44.0)
_LAYERS = 6
_WIDE = 0.80
"""Half the width of a head whose half height is 1."""
_EYES = np.array([(0.32, 0.06, 0.76), (-0.32, 0.06, 0.76)])
_CHEEKS = np.array([(0.50, -0.30, 0.62), (-0.50, -0.30, 0.62)])
_EARS = np.array([(0.82, -0.04, -0.05), (-0.82, -0.04, -0.05)])
_NOSE = np.array([(0, -0.16, 0.93)])


class HeadPainter:
    """Paints the head of one actor."""

    def __init__(self, look: Look) -> None:
        self._hair = HairPainter(look)
        self._skin = brush.shades(look.skin, _LAYERS, depth=0.34, shine=0.14, flesh=True)
        ear = brush.mixed(look.skin, (150, 40, 30), 0.10)
        self._ear = brush.shades(ear, 2, depth=0.30, flesh=True)
        self._blush = brush.bgr(brush.mixed(look.skin, (225, 90, 80), 0.22))
        self._lip = brush.bgr(brush.mixed(look.skin, (150, 30, 40), 0.70))
        self._mouth = brush.bgr((96, 26, 34))
        self._crease = brush.bgr(brush.mixed(look.skin, (90, 30, 20), 0.30))
        self._nose_light = brush.bgr(brush.mixed(look.skin, (255, 246, 230), 0.30))
        self._brow = brush.bgr(brush.mixed(look.hair_colour, (20, 12, 10), 0.25))
        self._bearded = brush.shades(look.hair_colour, 4, depth=0.45, shine=0.12)[1] if look.beard else None
        self._glasses = look.glasses
        self._shapes()

    def _shapes(self) -> None:
        """Make every outline once; all in head radii."""
        ring = brush.ellipse
        turn = np.linspace(0, 2 * np.pi, 36, endpoint=False)
        # The jaw is narrower than the brow.
        jaw = 1 - 0.20 * np.clip(-np.sin(turn), 0, 1) ** 1.6
        self._face = np.stack([_WIDE * np.cos(turn) * jaw, np.sin(turn)], axis=1)
        self._ear_rings = [ring(0, 0, 0.15 * width, 0.24 * width, 14) for width in (1.0, 0.6)]
        self._cheek = ring(0, 0, 0.16, 0.105, 14)
        self._lids, self._white = ring(0, 0.012, 0.178, 0.140, 16), ring(0, -0.012, 0.152, 0.114, 16)
        self._iris, self._spark = ring(0, 0, 0.098, 0.112, 14), ring(-0.032, 0.040, 0.034, 0.034, 8)
        sweep = np.linspace(-1.5, 1.5, 7)
        self._closed = np.stack([0.1 * sweep, -0.06 * np.cos(sweep)], axis=1)
        self._brows = np.array([(-0.19, 0.235), (-0.02, 0.30), (0.17, 0.255)])
        glass = ring(0, 0, 0.27, 0.23, 18)
        self._glass, self._bridge = np.vstack([glass, glass[:1]]), np.array([(-0.26, 0.04), (-0.34, 0.05)])
        self._nostrils, self._tip = ring(0, 0, 0.125, 0.095, 14), ring(-0.015, 0.035, 0.105, 0.095, 14)
        x = np.linspace(-0.26, 0.26, 9)
        round_ = 0.80 - 0.6 * x * x
        upper = np.stack([x, -0.445 + 0.30 * x * x, round_], axis=1)
        self._lower = np.stack([x, -0.60 + 2.3 * x * x, round_], axis=1)
        teeth = np.stack([x * 0.9, -0.52 + 1.0 * x * x, round_], axis=1)
        self._open, self._teeth = (
            np.vstack([upper, self._lower[::-1]]),
            np.vstack([upper * (0.9, 1, 1), teeth[::-1]]),
        )
        turn = np.radians(np.linspace(186, 354, 15))
        wide = 0.79 * np.cos(turn) * (1 - 0.2 * np.abs(np.sin(turn)) ** 1.6)
        rim = np.stack([wide, 1.03 * np.sin(turn), np.full(15, 0.12)], axis=1)
        cheeks = [
            (0.62, -0.12, 0.5),
            (0.44, -0.34, 0.7),
            (0, -0.30, 0.9),
            (-0.44, -0.34, 0.7),
            (-0.62, -0.12, 0.5),
        ]
        self._beard = np.vstack([rim, cheeks])

    def paint_back(self, picture: Picture, actor: Actor, points: Floats, scale: float) -> None:
        """Paint the hair behind the body; `points` in pixels, `scale` pixels a body height."""
        self._hair.paint_back(picture, Facing(actor, points, scale))

    def paint(self, picture: Picture, actor: Actor, points: Floats, scale: float) -> None:
        """Paint ears, face and hair."""
        head = Facing(actor, points, scale)
        self._ears(picture, head, near=False)
        for width, shade in zip(brush.narrowing(_LAYERS), self._skin, strict=True):
            lit = brush.LIGHT * (1 - width) * head.radius * 0.8
            brush.fill(picture, head.strokes(self._face * width, head.centre + lit), shade)
        if self._bearded is not None:
            brush.fill_any(picture, brush.strokes(head.place(self._beard)), self._bearded)
        else:
            self._blushes(picture, head)
        self._eyes(picture, head, blink=actor.blink)
        self._nose_and_mouth(picture, head)
        self._hair.paint(picture, head)
        self._ears(picture, head, near=True)

    def _ears(self, picture: Picture, head: Facing, *, near: bool) -> None:
        for place, depth in zip(head.place(_EARS), head.depth(_EARS), strict=True):
            if (depth > 0.1) == near:
                for ring, shade in zip(self._ear_rings, self._ear, strict=True):
                    brush.fill(picture, head.strokes(ring, place), shade)

    def _blushes(self, picture: Picture, head: Facing) -> None:
        for place, depth in zip(head.place(_CHEEKS), head.depth(_CHEEKS), strict=True):
            if depth > 0.25:
                brush.fill(picture, head.strokes(self._cheek * (min(1, depth / 0.6), 1), place), self._blush)

    def _eyes(self, picture: Picture, head: Facing, *, blink: bool) -> None:
        for place, depth, side in zip(head.place(_EYES), head.depth(_EYES), (1, -1), strict=True):
            if depth < 0.12:
                continue
            narrow = np.array([min(1.0, depth / 0.7), 1.0])
            if blink:
                brush.line(picture, head.strokes(self._closed * narrow, place), _DARK, 0.06 * head.radius)
            else:
                look = place + np.array([head.sin * 0.03 * head.radius, 0])
                for outline, middle, colour in (
                    (self._lids, place, _DARK), (self._white, place, _WHITE), (self._iris, look, _IRIS),
                    (self._spark, look, _WHITE),
                ):  # fmt: skip
                    brush.fill(picture, head.strokes(outline * narrow, middle), colour)
            narrow[0] *= side
            brush.line(picture, head.strokes(self._brows * narrow, place), self._brow, 0.07 * head.radius)
            if self._glasses:
                for outline in (self._glass, self._bridge):
                    brush.line(picture, head.strokes(outline * narrow, place), _RIM, 0.05 * head.radius)

    def _nose_and_mouth(self, picture: Picture, head: Facing) -> None:
        nose = head.place(_NOSE)[0]
        brush.fill(picture, head.strokes(self._nostrils, nose), self._crease)
        brush.fill(picture, head.strokes(self._tip, nose), self._nose_light)
        brush.fill_any(picture, brush.strokes(head.place(self._open)), self._mouth)
        brush.fill_any(picture, brush.strokes(head.place(self._teeth)), _WHITE)
        brush.line(picture, brush.strokes(head.place(self._lower)), self._lip, 0.05 * head.radius)
