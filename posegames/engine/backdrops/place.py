"""What all backdrops are painted on, and the brushes they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from posegames.engine.sprites import Shades
from posegames.engine.theme import Colour

FLOOR = 0.80
"""Where the floor begins, as a share of the height."""


@dataclass(frozen=True, slots=True)
class Place:
    """The pixels of a backdrop, in heights of it."""

    x: Shades
    """(1, width), 0 on the left."""
    y: Shades
    """(height, 1), 0 at the top, 1 at the bottom."""
    height: int
    """In pixels."""

    @classmethod
    def of(cls, width: int, height: int) -> Self:
        """Return a place so many pixels large."""
        x = np.linspace(0, width / height, width, dtype=np.float32)[None, :]
        return cls(x, np.linspace(0, 1, height, dtype=np.float32)[:, None], height)

    @property
    def aspect(self) -> float:
        """Width over height."""
        return float(self.x[0, -1]) or 1.0

    def columns(self, left: float, right: float) -> slice:
        """Return which columns of pixels lie between two places: what is narrow need not be painted everywhere."""
        start, end = (round(at / self.aspect * (self.x.shape[1] - 1)) for at in (left, right))
        return slice(max(0, start), max(0, end + 1))

    def below(self, line: Shades | float) -> Shades:
        """Return where it is below `line` (heights from the top), 0..1, smooth at the edge."""
        under: Shades = np.clip((self.y - line) * self.height + 0.5, 0, 1)
        return under

    def spot(self, x: float, y: float, wide: float, high: float) -> Shades:
        """Return a soft light around (x, y), 1 in the middle."""
        light: Shades = np.exp(-(((self.x - x) / wide) ** 2) - ((self.y - y) / high) ** 2)
        return light

    def fade(self, *stops: tuple[float, Colour]) -> Shades:
        """Return colours that change from stop to stop (height, colour) downwards, (height, 1, 3)."""
        heights = [stop[0] for stop in stops]
        channels = [np.interp(self.y[:, 0], heights, [stop[1][i] for stop in stops]) for i in range(3)]
        colours: Shades = np.stack(channels, axis=-1)[:, None, :].astype(np.float32)
        return colours

    def noise(self, seed: int, *waves: float) -> Shades:
        """Return a curve along x, about -1..1, of as many `waves` (a height) laid over each other, ever lower."""
        random = np.random.default_rng(seed)
        curve = np.zeros_like(self.x)
        for i, wave in enumerate(waves):
            curve += np.sin(self.x * wave * 2 * np.pi + random.uniform(0, 6.3)).astype(np.float32) / (i + 1)
        return curve / sum(1 / (i + 1) for i in range(len(waves)))


def over(painting: Shades, colour: Colour | Shades, share: Shades) -> Shades:
    """Return `painting` (h, w, 3) with `colour` laid over it where `share` (h, w) is 1."""
    whole: Shades = painting + (np.asarray(colour, dtype=np.float32) - painting) * share[..., None]
    return whole


def lit(painting: Shades, colour: Colour, share: Shades) -> Shades:
    """Return `painting` (h, w, 3) with the light of `colour` times `share` (h, w) added."""
    whole: Shades = painting + np.array(colour, dtype=np.float32) * share[..., None]
    return whole
