"""From where a body was seen to where it is by now, or will be looked for."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

import numpy as np

from posegames.body.pose import Floats
from posegames.body.smooth import low_pass

FULL = 0.040
"""Seconds of motion that are added at most: all of what has passed up to 40 ms, half of it at 80.

Measured on minimum-jerk reaches (.2-.45 s) over half a region of interest: a hand is drawn .05 of the region
beyond their end; a constant velocity from a fixed low-pass went .07 too far. With 50 ms it would be .07, with
60 ms .11. `posegames bench prediction` tells what it is worth.
"""
NONE, GONE = 0.100, 0.200
"""Seconds after a sighting from which its motion is believed less and less, and by which the body is drawn where
it was seen. Taken back any faster, what is drawn would run backwards before every late sighting."""
CALM, QUICK, PACE = 0.3, 120.0, 1.5
"""Of the low-pass that gives the velocity: its cutoff in Hz at rest, what is added for each body size a second,
and the low-pass (Hz) on the speed that decides it, as in the One Euro filter. A fixed 6 Hz was late in a punch and
not calm at rest: noise of .01 torso lengths, smoothed to .003 from picture to picture, came back as .016, now
as .009."""
CHANGE = 10.0
"""Hz; the low-pass that gives the acceleration."""
LATE = 0.020
"""Seconds by which the velocity is older than the newest place: half a camera's interval, and the low-pass."""
REST, SWIFT = 0.01, 0.17
"""Speeds, in body sizes a second: up to the one nothing is added, for it may be trembling; from the other on a
body is drawn where it was seen and not where it is smooth, which is late. Both come by degrees: nothing jumps.

Measured: somebody who stands still is drawn as calm as they are smoothed (they trembled 2.7 times as much), and
the error at 50 ms fell from .69 of that without prediction to .65."""
DAMPING = 2.0
"""Seconds in which the speed of somebody unseen is thought to fall to a third: nobody walks on for ever."""


def horizon(ahead: float) -> float:
    """Return how many seconds of motion to add for a display `ahead` seconds after the sighting."""
    fades = FULL + (ahead - NONE) * (-FULL / (GONE - NONE))
    return max(0.0, min(ahead, FULL, fades))


def coast(seconds: float) -> float:
    """Return how many seconds of motion at the last speed somebody unseen for `seconds` has made."""
    return DAMPING * (1 - math.exp(-max(0.0, seconds) / DAMPING))


@dataclass(frozen=True, slots=True, eq=False)
class Velocity:
    """The velocity of points of any shape, from their raw places. Arrays have the shape of the points."""

    points: Floats
    value: Floats
    """Units of the points a second."""

    @classmethod
    def begin(cls, points: Floats) -> Self:
        """Return that of points seen for the first time: none."""
        return cls(points, np.zeros_like(points))

    def seen(self, points: Floats, dt: Floats | float, cutoff: float) -> Velocity:
        """Return it as of the next sighting, `dt` > 0 seconds later, by a low-pass of `cutoff` Hz.

        Of many bodies at once, `dt` has an axis for each of the points', so that it goes with them.
        """
        change = (points - self.points) / np.asarray(dt, dtype=np.float32)
        return Velocity(points, self.value + (change - self.value) * low_pass(cutoff, dt))


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """How points of any shape move, as of their newest sighting. Arrays have the shape of the points."""

    points: Floats
    velocity: Floats
    """Units of the points a second."""
    acceleration: Floats
    pace: Floats
    """The velocity as of late: fast ones are believed at once, and so is their end."""

    @classmethod
    def begin(cls, points: Floats) -> Self:
        """Return the motion of points seen for the first time: none."""
        rest = np.zeros_like(points)
        return cls(points, rest, rest, rest)

    def seen(self, points: Floats, dt: Floats | float, size: Floats | float) -> Motion:
        """Return the motion as of the next sighting, `dt` > 0 seconds later, of a body of `size` > 0.

        Of many bodies at once, `dt` and `size` have an axis for each of the points', so that they go with them.
        """
        step: Floats = np.asarray(dt, dtype=np.float32)
        change = (points - self.points) / step
        pace = self.pace + (change - self.pace) * low_pass(PACE, dt)
        cutoff = CALM + QUICK * np.abs(pace) / np.float32(size)
        velocity = self.velocity + (change - self.velocity) * low_pass(cutoff, step)
        jolt = (velocity - self.velocity) / step
        acceleration = self.acceleration + (jolt - self.acceleration) * low_pass(CHANGE, dt)
        return Motion(points, velocity, acceleration, pace)

    def outlook(self, raw: Floats, smooth: Floats, size: Floats | float) -> Outlook:
        """Return where points that were seen at `raw`, and are `smooth` there, will be drawn."""
        speed = np.maximum(np.abs(self.velocity) - np.float32(REST * size), 0)
        swiftness = np.minimum(speed / np.float32(SWIFT * size), 1)
        return Outlook(smooth + swiftness * (raw - smooth), np.copysign(speed, self.velocity), self.acceleration)


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """Where points will be drawn: smooth at rest, prompt in motion. Arrays have the shape of the points."""

    start: Floats
    """At the moment of the sighting."""
    speed: Floats
    """On each axis, as far as it is more than trembling. Units of the points a second."""
    acceleration: Floats

    def after(self, seconds: Floats | float) -> Floats:
        """Return where they are drawn so many seconds after the sighting.

        What brakes is drawn to brake, but not to turn round; what speeds up goes at most twice as far. Of many
        bodies at once, `seconds` has an axis for each of the points'.
        """
        steady = self.speed * np.float32(seconds)
        most = np.abs(steady)
        change = self.acceleration * np.float32(seconds * (LATE + seconds / 2))
        drawn: Floats = self.start + (steady + np.minimum(np.maximum(change, -most), most))
        return drawn
