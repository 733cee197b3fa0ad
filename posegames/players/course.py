"""The course of a body, from sighting to sighting: what can be of it, smoothed, and how it moves.

All bodies of a sighting go through it at once, in arrays with a row for each; as long as the same ones follow one
another, these are not taken apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np

from posegames.body.pose import Floats, Pose, all_moved
from posegames.body.smooth import Smoothed, Smoothing
from posegames.players.prediction import Motion, Outlook, Velocity
from posegames.players.sanity import Sanity

WALK = 2.0
"""Hz; the low-pass on a body's walk, which arms and steps should not sway."""


@dataclass(frozen=True, slots=True, eq=False)
class Bodies:
    """What is known of all bodies of a sighting, each array with a row for each of them."""

    walk: Velocity
    """Of the middles of their trunks."""
    sanity: Sanity
    smoothed: Smoothed
    motion: Motion
    outlook: Outlook


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """One body as of its newest sighting, and what is needed to take the next one."""

    time: float
    sane: Pose
    """What can be of it."""
    pose: Pose
    """The same, smoothed."""
    bodies: Bodies
    """It and those who were seen with it."""
    row: int
    """Which of them it is."""

    @property
    def walk(self) -> Floats:
        """(2,) how its trunk moves, frame heights a second."""
        walk: Floats = self.bodies.walk.value[self.row]
        return walk

    @property
    def velocity(self) -> Floats:
        """(33, 2) frame heights a second."""
        velocity: Floats = self.bodies.motion.velocity[self.row]
        return velocity


def begin(pose: Pose, place: Floats, time: float, torso: float, size: float) -> Course:
    """Return the course of a body seen for the first time.

    `place` is where its trunk is; `torso` and `size` are lengths in frame heights.
    """
    sanity = Sanity.begin(pose.xy[None], pose.confidence[None])
    sanity, xy, confidence = sanity.judged(pose.xy[None], pose.confidence[None], time, np.array([torso]))
    (sane,) = all_moved([pose], xy, confidence)
    motion = Motion.begin(xy)
    bodies = Bodies(Velocity.begin(place[None]), sanity, Smoothed.begin(xy), motion, motion.outlook(xy, xy, size))
    return Course(time, sane, sane, bodies, 0)


def go_on(
    courses: Sequence[Course],
    poses: Sequence[Pose],
    places: Sequence[Floats],
    time: float,
    *,
    torsos: Sequence[float],
    sizes: Sequence[float],
    smoothing: Smoothing,
) -> list[Course]:
    """Return the courses of bodies that are all seen again at `time`, later than before."""
    seen = np.array([pose.xy for pose in poses]), np.array([pose.confidence for pose in poses])
    sanity, xy, confidence = _together([c.bodies.sanity for c in courses], courses).judged(
        *seen, time, np.array(torsos)
    )
    dt = np.array([time - course.time for course in courses])[:, None]
    walk = _together([c.bodies.walk for c in courses], courses).seen(np.array(places), dt, WALK)
    dt, size = dt[..., None], np.array(sizes)[:, None, None]
    smoothed = _together([c.bodies.smoothed for c in courses], courses).seen(xy, dt, size, smoothing)
    # Half-way to what is smooth: that comes late, and the noise of raw places grows.
    motion = _together([c.bodies.motion for c in courses], courses).seen((xy + smoothed.value) / 2, dt, size)
    sane = all_moved(poses, xy, confidence)
    calm = all_moved(sane, smoothed.value)
    bodies = Bodies(walk, sanity, smoothed, motion, motion.outlook(xy, smoothed.value, size))
    return [Course(time, *row, bodies, i) for i, row in enumerate(zip(sane, calm, strict=True))]


def drawn(courses: Sequence[Course], ahead: Sequence[float]) -> list[Pose]:
    """Return where bodies are to be drawn, each with the motion of so many seconds `ahead`."""
    if not courses:
        return []
    outlook = _together([course.bodies.outlook for course in courses], courses)
    return all_moved([course.pose for course in courses], outlook.after(np.array(ahead)[:, None, None]))


def _together(parts: Sequence[_Part], courses: Sequence[Course]) -> _Part:
    """Return one part of each of `courses`, of which each is in the row of its own, as one with a row for each."""
    first, kind, rows = parts[0], type(parts[0]), [course.row for course in courses]
    if any(part is not first for part in parts):
        pairs = list(zip(parts, rows, strict=True))
        return kind(*(np.array([getattr(part, name)[row] for part, row in pairs]) for name in _FIELDS[kind]))
    arrays = [getattr(first, name) for name in _FIELDS[kind]]
    if rows == list(range(len(arrays[0]))):  # as nearly always: those of before, in their order
        return first
    return kind(*(array[rows] for array in arrays))


_Part = TypeVar("_Part", Velocity, Sanity, Smoothed, Motion, Outlook)
_FIELDS = {
    kind: tuple(field.name for field in fields(kind)) for kind in (Velocity, Sanity, Smoothed, Motion, Outlook)
}
