"""The stage's truth on other bodies and before another camera: where the joints of a child would be, near and far.

Bones are lengthened or shortened, each body part as a whole, so that feet stay on the floor and hands that meet
still meet. Nothing is painted, and no estimator looks: this is the way from motion to events alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posegames.body.joints import COUNT, Joint
from posegames.body.pose import Floats, Pose
from posegames.seeing.stage.choreography import METRES, Choreography
from posegames.seeing.stage.figure import NECK, PELVIS

ASPECT = 16 / 9
FOCUS = 0.93
"""Frame heights that a metre measures at a metre: a webcam of 57 degrees from top to bottom, 90 from corner to
corner."""
HEIGHT = 1.07
"""Of the camera above the floor, in metres: on a table."""

_FACE = slice(Joint.NOSE, Joint.LEFT_SHOULDER)
_SHOULDERS = slice(Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW)
_LEFT_ARM = slice(Joint.LEFT_ELBOW, Joint.LEFT_HIP, 2)
_RIGHT_ARM = slice(Joint.RIGHT_ELBOW, Joint.LEFT_HIP, 2)
_LEGS = slice(Joint.LEFT_HIP, COUNT)


@dataclass(frozen=True, slots=True)
class Body:
    """Lengths against the middling actor's, who is 1.72 m tall."""

    name: str
    legs: float
    """And with them how far it steps, and how high it jumps."""
    trunk: float
    arms: float
    """And the breadth of the shoulders: else hands that meet would not."""
    head: float


MIDDLING = Body("middling", legs=1.0, trunk=1.0, arms=1.0, head=1.0)
BODIES: tuple[Body, ...] = (
    Body("child", legs=0.62, trunk=0.70, arms=0.66, head=0.94),
    Body("short", legs=0.88, trunk=0.95, arms=0.93, head=0.99),
    MIDDLING,
    Body("tall", legs=1.16, trunk=1.06, arms=1.12, head=1.02),
)
"""From 1.2 m to 1.9 m. The smaller have the shorter legs for their trunk: the sitting height is 55 % of the whole
at six years, 52 % in adults (NHANES III, in Bogin and Varela-Silva 2010)."""

DISTANCES: tuple[float, ...] = (2.5, 3.2, 4.2)
"""Metres from the camera; nearer the tall one's raised hands leave the picture."""


@dataclass(frozen=True, slots=True, eq=False)
class Trajectory:
    """One actor's joints over a stretch of a play."""

    times: Floats
    """(T,) seconds."""
    space: Floats
    """(T, points, 3) in metres: see `figure`."""

    @classmethod
    def of(cls, stage: Choreography, times: Floats, *, actor: int = 1) -> Trajectory:
        """Return where an actor of `stage` is at `times`, who must be on it; the place they are first at is 0."""
        bodies = [next(a for a in stage.actors(time) if a.number == actor).space for time in times.tolist()]
        space = np.array(bodies, dtype=np.float32)
        space[..., [0, 2]] -= space[0, PELVIS, [0, 2]]
        return cls(times, space * METRES)

    def at(self, rate: float, start: float, end: float) -> Trajectory:
        """Return the part from `start` up to `end` (seconds), at `rate`, which must divide the present one."""
        own = 1 / float(self.times[1] - self.times[0])
        here = np.flatnonzero((self.times >= start - 1e-9) & (self.times < end - 1e-9))[:: round(own / rate)]
        return Trajectory(self.times[here], self.space[here])

    def built(self, body: Body) -> Trajectory:
        """Return the same motion of another body."""
        old, new = self.space, np.empty_like(self.space)
        new[:] = old * body.legs
        neck = new[:, PELVIS] + body.trunk * (old[:, NECK] - old[:, PELVIS])
        new[:, NECK] = neck
        new[:, _FACE] = neck[:, None] + body.head * (old[:, _FACE] - old[:, NECK, None])
        new[:, _SHOULDERS] = neck[:, None] + body.arms * (old[:, _SHOULDERS] - old[:, NECK, None])
        for arm, shoulder in ((_LEFT_ARM, Joint.LEFT_SHOULDER), (_RIGHT_ARM, Joint.RIGHT_SHOULDER)):
            new[:, arm] = new[:, shoulder, None] + body.arms * (old[:, arm] - old[:, shoulder, None])
        return Trajectory(self.times, new)

    def seen(self, distance: float, *, noise: float = 0.0, seed: int = 0) -> list[Pose]:
        """Return the poses in the picture of a camera `distance` metres away.

        `noise` is the standard deviation of every coordinate, as a share of the body's height in the picture.
        Joints outside the picture are not seen.
        """
        points = self.space[:, :COUNT]
        scale = FOCUS / (distance - points[..., 2])
        xy = np.stack([ASPECT / 2 + scale * points[..., 0], 0.5 + scale * (HEIGHT - points[..., 1])], axis=-1)
        if noise:
            tall = float(np.ptp(xy[0, :, 1]))
            xy += np.random.default_rng(seed).normal(0, noise * tall, xy.shape)
        inside = np.all((xy >= 0) & (xy <= (ASPECT, 1)), axis=2)
        return [Pose(*pair, track=1) for pair in zip(xy, inside.astype(np.float32), strict=True)]
