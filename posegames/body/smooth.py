"""The One Euro filter: calm when still, quick when fast."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self

import numpy as np

from posegames.body.pose import Floats
from posegames.errors import UsageError, did_you_mean


@dataclass(frozen=True, slots=True)
class Smoothing:
    """Parameters of a One Euro filter. Speeds are in body sizes a second, so they carry over any distance."""

    min_cutoff: float
    """Hz; lower is calmer at rest."""
    beta: float
    """Higher follows fast moves sooner."""
    d_cutoff: float = 1.0
    """Hz; smoothing of the speed itself."""
    rest: float = 0.0
    """A speed that is taken for trembling: only what is faster raises the cutoff."""
    name: str = ""
    """As players know it."""


_ROWS = (
    Smoothing(0.25, 20.0, rest=0.04, name="calm"),
    Smoothing(0.5, 80.0, rest=0.03, name="balanced"),
    Smoothing(1.5, 160.0, 3.0, rest=0.03, name="fast"),
)
PRESETS: Mapping[str, Smoothing] = MappingProxyType({row.name: row for row in _ROWS})
"""What players may choose, by name.

Measured at 30 Hz (`posegames bench calm`) beside PoseLandmarker with one slot: the jitter of somebody who stands
still (the stage and three photographs, camera noise of 1.5 % of white) as a share of its, and by how many
milliseconds a fast reach is later.

| preset | jitter | later |
|---|---|---|
| calm | .07-.17 | +13 |
| balanced | .15-.27 | +1 |
| fast | .37-.70 | -4 |
| before (1.0, 40) | .30-.56 | +4 |
"""
BALANCED = PRESETS["balanced"]
REGION = Smoothing(min_cutoff=0.01, beta=10.0)
"""For a region of interest, which should hardly move while the person is still (MediaPipe's own values)."""


def find_smoothing(name: str) -> Smoothing:
    """Return the row of `PRESETS` called `name`. Raises UsageError for any other."""
    if name not in PRESETS:
        raise UsageError(f"There is no smoothing {name!r}.", now=did_you_mean(name, list(PRESETS)))
    return PRESETS[name]


def low_pass(cutoff: Floats | float, dt: Floats | float) -> Floats:
    """Return the share (0..1) of a new value that a low-pass of `cutoff` Hz takes after `dt` > 0 seconds."""
    share: Floats = np.asarray(1 / (1 + 1 / (2 * math.pi * cutoff * dt)), dtype=np.float32)
    return share


@dataclass(frozen=True, slots=True, eq=False)
class Smoothed:
    """Points of any shape, smoothed so far: what a One Euro filter needs to take the next ones."""

    raw: Floats
    value: Floats
    """The smoothed points."""
    speed: Floats
    """The smoothed change a second; NaN before two samples."""

    @classmethod
    def begin(cls, points: Floats) -> Self:
        """Return points seen for the first time: as they are."""
        return cls(points, points, np.full_like(points, np.nan))

    def seen(self, points: Floats, dt: Floats | float, size: Floats | float, how: Smoothing) -> Smoothed:
        """Return what is made of the next points, `dt` > 0 seconds later, of a body of `size` > 0 in their unit.

        Of many bodies at once, `dt` and `size` have an axis for each of the points', so that they go with them.
        """
        change = (points - self.raw) / np.float32(dt)
        speed = self.speed + (change - self.speed) * low_pass(how.d_cutoff, dt)
        speed = np.where(np.isnan(self.speed), change, speed)
        fast = np.maximum(np.abs(speed) / np.asarray(size, points.dtype) - how.rest, 0)
        share = low_pass(how.min_cutoff + how.beta * fast, np.asarray(dt, points.dtype))
        return Smoothed(points, self.value + (points - self.value) * share, speed)


class OneEuro:
    """Smooths points of any shape, sample by sample (Casiez, Roussel and Vogel, CHI 2012).

    The speed is the change against the previous raw value, as in the paper and in MediaPipe; new is that speeds up
    to `Smoothing.rest` count as none. Noise is a speed, too: where it may raise the cutoff, a filter that is quick
    in a punch trembles at rest. Time may stand still (the last value is returned) but never runs backwards.
    """

    def __init__(self, smoothing: Smoothing) -> None:
        self.how = smoothing
        """May be exchanged at any time."""
        self._time = -math.inf
        self._smoothed: Smoothed | None = None

    @property
    def velocity(self) -> Floats | None:
        """The smoothed change a second, in the units of the points; None before two samples."""
        if self._smoothed is None or np.isnan(self._smoothed.speed).any():
            return None
        return self._smoothed.speed

    def __call__(self, points: Floats, time: float, size: float) -> Floats:
        """Return the smoothed points at `time` (seconds); `size` is the body's size in the points' unit."""
        if self._smoothed is None:
            self._time, self._smoothed = time, Smoothed.begin(points)
            return points
        dt = time - self._time
        if dt < 0:
            raise ValueError(f"Time runs backwards: {time} after {self._time}.")
        if dt == 0:
            return self._smoothed.value
        self._time, self._smoothed = time, self._smoothed.seen(points, dt, max(size, 1e-6), self.how)
        return self._smoothed.value
