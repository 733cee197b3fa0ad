"""The One Euro filter: calm when still, quick when fast."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

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


def low_pass(cutoff: Floats | float, dt: float) -> Floats:
    """Return the share (0..1) of a new value that a low-pass of `cutoff` Hz takes after `dt` > 0 seconds."""
    share: Floats = np.asarray(1 / (1 + 1 / (2 * math.pi * cutoff * dt)), dtype=np.float32)
    return share


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
        self._raw: Floats | None = None
        self._value: Floats | None = None
        self._speed: Floats | None = None

    @property
    def velocity(self) -> Floats | None:
        """The smoothed change a second, in the units of the points; None before two samples."""
        return self._speed

    def __call__(self, points: Floats, time: float, size: float) -> Floats:
        """Return the smoothed points at `time` (seconds); `size` is the body's size in the points' unit."""
        if self._value is None or self._raw is None:
            self._time, self._raw, self._value = time, points, points
            return points
        dt = time - self._time
        if dt < 0:
            raise ValueError(f"Time runs backwards: {time} after {self._time}.")
        if dt == 0:
            return self._value
        change = (points - self._raw) / np.float32(dt)
        if self._speed is None:
            self._speed = change
        else:
            self._speed = self._speed + (change - self._speed) * low_pass(self.how.d_cutoff, dt)
        speed = np.maximum(np.abs(self._speed) / max(size, 1e-6) - self.how.rest, 0)
        cutoff = self.how.min_cutoff + self.how.beta * speed
        self._value = self._value + (points - self._value) * low_pass(cutoff, dt)
        self._time, self._raw = time, points
        return self._value
