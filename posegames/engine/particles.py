"""Sparks: what every success scatters."""

from __future__ import annotations

import numpy as np

from posegames.engine.canvas import Canvas, Point
from posegames.engine.shapes import draw_shape
from posegames.engine.theme import Colour

MOST = 240
"""Sparks alive at once; the oldest give way."""
GRAVITY = 520.0
"""Logical pixels a second, a second."""
DRAG = 1.6
"""Share of its speed a spark loses a second."""


class Particles:
    """A handful of sparks that fly, fall and shrink. Everything in logical pixels and seconds."""

    def __init__(self, seed: int = 0) -> None:
        self._random = np.random.default_rng(seed)
        self._moving = np.zeros((0, 4))
        """x, y, and their change a second."""
        self._age = np.zeros((0, 2))
        """Seconds lived, and to live."""
        self._size = np.zeros(0)
        self._looks: list[tuple[Colour, str]] = []

    def __len__(self) -> int:
        return len(self._size)

    def burst(
        self, centre: Point, colour: Colour, *, count: int = 28, speed: float = 380.0, shape: str = "circle"
    ) -> None:
        """Scatter `count` sparks around `centre`."""
        angle = self._random.uniform(0, 2 * np.pi, count)
        fast = speed * np.sqrt(self._random.uniform(0.05, 1.0, count))
        moving = np.stack(
            [
                np.full(count, centre[0]),
                np.full(count, centre[1]),
                np.cos(angle) * fast,
                np.sin(angle) * fast - 120,
            ],
            axis=1,
        )
        age = np.stack([np.zeros(count), self._random.uniform(0.5, 1.0, count)], axis=1)
        self._moving = np.concatenate([self._moving, moving])[-MOST:]
        self._age = np.concatenate([self._age, age])[-MOST:]
        self._size = np.concatenate([self._size, self._random.uniform(4.0, 10.0, count)])[-MOST:]
        self._looks = (self._looks + [(colour, shape)] * count)[-MOST:]

    def update(self, dt: float) -> None:
        """Let them fly on by `dt` seconds; those whose time is over are gone."""
        if not self._looks:
            return
        self._moving[:, 3] += GRAVITY * dt
        self._moving[:, 2:] *= max(0.0, 1 - DRAG * dt)
        self._moving[:, :2] += self._moving[:, 2:] * dt
        self._age[:, 0] += dt
        alive = self._age[:, 0] < self._age[:, 1]
        if not alive.all():
            self._moving, self._age, self._size = self._moving[alive], self._age[alive], self._size[alive]
            self._looks = [look for look, lives in zip(self._looks, alive, strict=True) if lives]

    def draw(self, canvas: Canvas) -> None:
        """Draw them, smaller as they age."""
        left = 1 - self._age[:, 0] / np.maximum(self._age[:, 1], 1e-6)
        for (x, y, _, _), size, share, (colour, shape) in zip(
            self._moving.tolist(), self._size.tolist(), left.tolist(), self._looks, strict=True
        ):
            if shape == "circle":
                canvas.disc((x, y), size * share, colour)
            else:
                draw_shape(canvas, shape, (x, y), size * 1.3 * share, colour)
