"""The course of a body, from sighting to sighting: what can be of it, smoothed, and how it moves.

All bodies of a sighting go through it at once, in arrays with a row for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np

from posegames.body.pose import Pose, all_moved
from posegames.body.smooth import Smoothed, Smoothing
from posegames.players.prediction import Motion, Outlook
from posegames.players.sanity import Sanity


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """One body as of its newest sighting, and what is needed to take the next one."""

    time: float
    sane: Pose
    """What can be of it."""
    pose: Pose
    """The same, smoothed."""
    sanity: Sanity
    smoothed: Smoothed
    motion: Motion
    outlook: Outlook


def begin(pose: Pose, time: float, torso: float, size: float) -> Course:
    """Return the course of a body seen for the first time; `torso` and `size` are lengths in frame heights."""
    sanity = Sanity.begin(pose.xy[None], pose.confidence[None])
    sanity, xy, confidence = sanity.judged(pose.xy[None], pose.confidence[None], time, np.array([torso]))
    (sane,) = all_moved([pose], xy, confidence)
    motion = Motion.begin(sane.xy)
    outlook = motion.outlook(sane.xy, sane.xy, size)
    (sanity,) = _apart(sanity)
    return Course(time, sane, sane, sanity, Smoothed.begin(sane.xy), motion, outlook)


def go_on(
    courses: Sequence[Course],
    poses: Sequence[Pose],
    time: float,
    torsos: Sequence[float],
    sizes: Sequence[float],
    *,
    smoothing: Smoothing,
) -> list[Course]:
    """Return the courses of bodies that are all seen again at `time`, later than before."""
    seen = np.array([pose.xy for pose in poses]), np.array([pose.confidence for pose in poses])
    sanity, xy, confidence = _together([course.sanity for course in courses]).judged(*seen, time, np.array(torsos))
    dt = np.array([time - course.time for course in courses])[:, None, None]
    size = np.array(sizes)[:, None, None]
    smoothed = _together([course.smoothed for course in courses]).seen(xy, dt, size, smoothing)
    # Half-way to what is smooth: that comes late, and the noise of raw places grows.
    motion = _together([course.motion for course in courses]).seen((xy + smoothed.value) / 2, dt, size)
    outlook = motion.outlook(xy, smoothed.value, size)
    sane = all_moved(poses, xy, confidence)
    calm = all_moved(sane, smoothed.value)
    parts = _apart(sanity), _apart(smoothed), _apart(motion), _apart(outlook)
    return [Course(time, *row) for row in zip(sane, calm, *parts, strict=True)]


def drawn(courses: Sequence[Course], ahead: Sequence[float]) -> list[Pose]:
    """Return where bodies are to be drawn, each with the motion of so many seconds `ahead`."""
    if not courses:
        return []
    outlook = _together([course.outlook for course in courses])
    return all_moved([course.pose for course in courses], outlook.after(np.array(ahead)[:, None, None]))


def _together(parts: Sequence[_Part]) -> _Part:
    """Return one part of many bodies as one, its arrays with a row for each."""
    kind = type(parts[0])
    return kind(*(np.array([getattr(part, name) for part in parts]) for name in _FIELDS[kind]))


def _apart(part: _Part) -> list[_Part]:
    """Return each body's part of what `_together` gave, and of what became of it."""
    kind = type(part)
    return [kind(*row) for row in zip(*(getattr(part, name) for name in _FIELDS[kind]), strict=True)]


_Part = TypeVar("_Part", Sanity, Smoothed, Motion, Outlook)
_FIELDS = {kind: tuple(field.name for field in fields(kind)) for kind in (Sanity, Smoothed, Motion, Outlook)}
