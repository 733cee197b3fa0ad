"""What every success scatters: sparks, rings, numbers that fly up, paper that rains at the end.

Where motion is reduced nothing flies: it comes where it would have gone, and fades.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posegames.engine.canvas import Canvas, Point
from posegames.engine.shapes import OUTLINES
from posegames.engine.sprites import Outline
from posegames.engine.theme import WIDTH, Colour, mix

MOST = 240
"""Sparks alive at once; the oldest give way."""
GRAVITY = 520.0
"""Logical pixels a second, a second."""
DRAG, FLUTTER = 1.6, 3.2
"""Share of its speed a spark, and a piece of paper, loses a second."""
RIPPLE, RISE = 0.55, 1.1
"""Seconds a ring grows, and a number flies."""
CLIMB = 90.0
"""Logical pixels a number flies."""
PAPERS = 8
"""Ways a piece of paper is seen as it turns over."""
SETTLED = 0.16
"""Seconds of flight after which a spark that may not fly is put down."""


def _turned(turn: int) -> Outline:
    """Return a piece of paper in one of the `PAPERS` ways it can lie."""
    angle = math.pi * turn / PAPERS
    wide, cos, sin = 0.2 + 0.8 * abs(math.cos(2 * angle)), math.cos(angle), math.sin(angle)
    corners = ((-wide, -0.5), (wide, -0.5), (wide, 0.5), (-wide, 0.5))
    return tuple((x * cos - y * sin, x * sin + y * cos) for x, y in corners)


_TURNS = tuple(_turned(turn) for turn in range(PAPERS))


@dataclass(frozen=True, slots=True)
class _Looks:
    colour: Colour
    outline: Outline | None
    """None is round, () is paper."""
    light: bool
    """Some are brighter than the others: a handful of one colour is flat."""


@dataclass(slots=True)
class _Ripple:
    centre: Point
    radius: float
    colour: Colour
    age: float = 0.0


@dataclass(slots=True)
class _Rising:
    words: str
    place: Point
    size: int
    colour: Colour
    age: float = 0.0


class Particles:
    """All that flies about at once. Everything in logical pixels and seconds."""

    def __init__(self, seed: int = 0) -> None:
        self._random = np.random.default_rng(seed)
        self._moving = np.zeros((0, 4))
        """x, y, and their change a second."""
        self._rest = np.zeros((0, 2))
        """Where it is put down if nothing may fly."""
        self._age = np.zeros((0, 2))
        """Seconds lived, and to live."""
        self._build = np.zeros((0, 2))
        """Size, and drag."""
        self._looks: list[_Looks] = []
        self._ripples: list[_Ripple] = []
        self._rising: list[_Rising] = []

    def __len__(self) -> int:
        return len(self._build)

    def burst(
        self, centre: Point, colour: Colour, *, count: int = 28, speed: float = 380.0, shape: str = "circle"
    ) -> None:
        """Scatter `count` sparks around `centre`."""
        angle = self._random.uniform(0, 2 * np.pi, count)
        fast = speed * np.sqrt(self._random.uniform(0.05, 1.0, count))
        way = np.stack([np.cos(angle) * fast, np.sin(angle) * fast - 120], axis=1)
        place = np.broadcast_to(np.array(centre, dtype=np.float64), (count, 2))
        lives = self._random.uniform(0.5, 1.0, count)
        size = self._random.uniform(4.0, 10.0, count) * (1.0 if shape == "circle" else 1.3)
        build = np.stack([size, np.full(count, DRAG)], axis=1)
        outline = None if shape == "circle" else OUTLINES[shape]
        looks = [_Looks(colour, outline, light=i % 3 == 0) for i in range(count)]
        self._add(np.concatenate([place, way], axis=1), lives, build, looks)

    def shower(self, colours: Sequence[Colour], *, count: int = 70) -> None:
        """Let `count` pieces of paper rain from above, all over the screen."""
        random = self._random
        place = np.stack([random.uniform(0, WIDTH, count), random.uniform(-260, -12, count)], axis=1)
        way = np.stack([random.uniform(-90, 90, count), random.uniform(60, 240, count)], axis=1)
        build = np.stack([np.full(count, 10.0), random.uniform(0.7, 1.1, count) * FLUTTER], axis=1)
        looks = [_Looks(colours[i % len(colours)], (), light=False) for i in range(count)]
        self._add(np.concatenate([place, way], axis=1), random.uniform(3.0, 4.5, count), build, looks)

    def ripple(self, centre: Point, colour: Colour, *, radius: float = 130.0) -> None:
        """Let a ring grow around `centre`."""
        self._ripples.append(_Ripple(centre, radius, colour))

    def rise(self, words: str, place: Point, colour: Colour, *, size: int = 40) -> None:
        """Let a number fly up from `place`."""
        self._rising.append(_Rising(words, place, size, colour))

    def _add(
        self,
        moving: NDArray[np.float64],
        lives: NDArray[np.float64],
        build: NDArray[np.float64],
        looks: list[_Looks],
    ) -> None:
        rest = moving[:, :2] + moving[:, 2:] * SETTLED
        rest[:, 1] = np.abs(rest[:, 1])  # what comes from above would be put down out of sight
        age = np.stack([np.zeros(len(lives)), lives], axis=1)
        self._moving = np.concatenate([self._moving, moving])[-MOST:]
        self._rest = np.concatenate([self._rest, rest])[-MOST:]
        self._age = np.concatenate([self._age, age])[-MOST:]
        self._build = np.concatenate([self._build, build])[-MOST:]
        self._looks = (self._looks + looks)[-MOST:]

    def update(self, dt: float) -> None:
        """Let them fly on by `dt` seconds; those whose time is over are gone."""
        for ripple in self._ripples:
            ripple.age += dt
        for rising in self._rising:
            rising.age += dt
        self._ripples = [ripple for ripple in self._ripples if ripple.age < RIPPLE]
        self._rising = [rising for rising in self._rising if rising.age < RISE]
        if not self._looks:
            return
        self._moving[:, 3] += GRAVITY * dt
        self._moving[:, 2:] *= np.maximum(0.0, 1 - self._build[:, 1:] * dt)
        self._moving[:, :2] += self._moving[:, 2:] * dt
        self._age[:, 0] += dt
        alive = self._age[:, 0] < self._age[:, 1]
        if not alive.all():
            self._moving, self._rest = self._moving[alive], self._rest[alive]
            self._age, self._build = self._age[alive], self._build[alive]
            self._looks = [looks for looks, lives in zip(self._looks, alive, strict=True) if lives]

    def draw(self, canvas: Canvas) -> None:
        """Draw them, smaller (where nothing flies: paler) as they age."""
        theme = canvas.theme
        for ripple in self._ripples:
            gone = ripple.age / RIPPLE
            radius = ripple.radius * theme.grow(gone, 0.15)
            canvas.ring(ripple.centre, radius, ripple.colour, width=11 * (1 - gone))
        left = 1 - self._age[:, 0] / np.maximum(self._age[:, 1], 1e-6)
        places = self._rest if theme.still else self._moving[:, :2]
        drawn = zip(places.tolist(), self._build[:, 0].tolist(), left.tolist(), self._looks, strict=True)
        for i, ((x, y), size, share, looks) in enumerate(drawn):
            colour = mix(looks.colour, theme.light, 0.45) if looks.light else looks.colour
            whole, alpha = (0.7 * size, share) if theme.still else (size * share, 1.0)
            outline = looks.outline
            if outline is None:
                # Too fast for places between pixels, each of which would be rendered.
                canvas.disc((round(x), round(y)), whole, colour, alpha=alpha)
            elif outline:
                canvas.stamp(outline, (x, y), whole, colour, alpha=alpha)
            else:
                turn = 0.0 if theme.still else 9 * share + 0.7 * i
                at = (x + 14 * math.sin(2 * turn), y) if turn else (x, y)
                canvas.stamp(_TURNS[int(turn * 2) % PAPERS], at, size, colour, alpha=min(1.0, 6 * share))
        for rising in self._rising:
            came, goes = theme.motion.ease(rising.age / RISE), (RISE - rising.age) / 0.25
            x, y = rising.place[0], rising.place[1] - CLIMB * (0.5 if theme.still else came)
            alpha = min(1.0, goes, rising.age / theme.motion.leave)
            canvas.text(rising.words, (x + 2, y + 3), size=rising.size, colour=theme.stage, alpha=alpha)
            canvas.text(rising.words, (x, y), size=rising.size, colour=rising.colour, alpha=alpha)
