"""From where a body was seen to where it is by now, or will be looked for."""

from __future__ import annotations

import math

import numpy as np

from posegames.body.pose import Floats
from posegames.body.smooth import low_pass

CUTOFF = 6.0
"""Hz; the low-pass on raw differences that gives the velocity (measured on minimum-jerk reaches)."""
FULL, HALF, NONE = 0.040, 0.080, 0.100
"""Seconds ahead up to which a prediction is drawn fully, by half, and not at all: beyond them it overshoots at the
end of a reach (measured: 66 ms full gain .156 ROI, half gain .068)."""
DAMPING = 2.0
"""Seconds in which the speed of somebody unseen is thought to fall to a third: nobody walks on for ever."""


def horizon(ahead: float) -> float:
    """Return how many seconds of motion to add for a display `ahead` seconds after the sighting."""
    gain = float(np.interp(ahead, [FULL, HALF, NONE], [1.0, 0.5, 0.0]))
    return max(0.0, ahead) * gain


def coast(seconds: float) -> float:
    """Return how many seconds of motion at the last speed somebody unseen for `seconds` has made."""
    return DAMPING * (1 - math.exp(-max(0.0, seconds) / DAMPING))


class Velocity:
    """The velocity of points, from their raw places."""

    def __init__(self, points: Floats, time: float, cutoff: float = CUTOFF) -> None:
        self._points, self._time, self._cutoff = points, time, cutoff
        self.value: Floats = np.zeros_like(points)
        """Units of the points a second."""

    def update(self, points: Floats, time: float) -> None:
        """Take the next places; a time that stands still changes nothing."""
        dt = time - self._time
        if dt <= 0:
            return
        change = (points - self._points) / np.float32(dt)
        self.value = self.value + (change - self.value) * low_pass(self._cutoff, dt)
        self._points, self._time = points, time
