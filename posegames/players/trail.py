"""A trail: one body, followed from sighting to sighting by where it is. Who it is, is decided elsewhere."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from posegames.body.likeness import oks
from posegames.body.measure import TORSO
from posegames.body.pose import Floats, Pose
from posegames.body.smooth import Smoothing
from posegames.players.appearance import OTHER, Appearance, unlike
from posegames.players.course import Course, begin, go_on
from posegames.players.prediction import coast

SIZE_IN_TORSOS = 4.8
"""A region of interest's side, the unit of smoothing, in torso lengths."""
JUMP, RUN = 0.4, 4.0
"""How far from where it is expected a body is looked for, in torso lengths: at once, and more a second."""
HINT = 0.2
"""What the estimator's word is worth where somebody else is near, in torso lengths."""
PLAIN = 0.5
"""Confidence from which on shoulders and hips are seen."""
TRUST = 0.5
"""Faith below which what was seen of a body before may be somebody else's."""
GLIMPSE = 1.0
"""Hz; the low-pass on what is seen of colours and size."""
_TORSO = np.array(TORSO)


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """What is to be told of somebody: see `Player`."""

    course: Course
    torso: float

    @property
    def pose(self) -> Pose:
        """Smoothed."""
        return self.course.pose

    @property
    def raw(self) -> Pose:
        """Before it was smoothed, as far as it can be."""
        return self.course.sane

    @property
    def seen(self) -> float:
        """When."""
        return self.course.time


@dataclass(frozen=True, slots=True, eq=False)
class Trunk:
    """Where a body's middle is, and how large."""

    place: Floats
    """(2,) the middle of shoulders and hips, seen or not."""
    length: float
    """From shoulders to hips, in frame heights."""
    plain: bool
    """Whether all four are seen."""


def trunks(poses: Sequence[Pose]) -> list[Trunk]:
    """Return the trunk of each of `poses`."""
    if not poses:
        return []
    corners = np.array([pose.xy for pose in poses]).take(_TORSO, axis=1)
    least = np.array([pose.confidence for pose in poses]).take(_TORSO, axis=1).min(axis=1)
    upright = (corners[:, :2] - corners[:, 2:]).sum(axis=1) / 2
    lengths = np.hypot(upright[:, 0], upright[:, 1])
    rows = zip(corners.sum(axis=1) / 4, lengths.tolist(), least.tolist(), strict=True)
    return [Trunk(place, length, sure >= PLAIN) for place, length, sure in rows]


class Trail:
    """A body being followed, with the memory that smoothing needs."""

    def __init__(self, number: int, pose: Pose, trunk: Trunk, time: float) -> None:
        self.number = number
        self.born = self.seen = time
        self.raw, self.trunk = pose, trunk
        self.torso = max(trunk.length, 1e-3)
        self.course = begin(pose, trunk.place, time, self.torso, self.size)
        self.free = time
        """Since when it is nobody's, if it is."""
        self.sure = False
        """Whether it is settled who this is."""
        self.clear = time
        """Since when nobody has been near; inf while somebody is."""
        self.asked = time
        """When that was last put in doubt."""
        self.loose = time
        """Since when nobody has been so near that one hides the other; inf while somebody is."""
        self.faith = 1.0
        """How likely it is, 0..1, that it has been one person all the time since it was last settled who."""
        self.look: Appearance | None = None
        """The impression of late: since `doubt`, while in doubt."""
        self.looks = 0
        self.length: float | None = None
        """The torso's length, as of late."""

    @property
    def place(self) -> Floats:
        """(2,) where its trunk is."""
        return self.trunk.place

    @property
    def size(self) -> float:
        """Frame heights; the unit of smoothing."""
        return self.torso * SIZE_IN_TORSOS

    @property
    def walk(self) -> Floats:
        """(2,) frame heights a second."""
        return self.course.walk

    @property
    def pose(self) -> Pose:
        """What was seen last, smoothed."""
        return self.course.pose

    @property
    def body(self) -> Body:
        """What is to be told of whoever this is."""
        return Body(self.course, self.torso)

    def see(self, pose: Pose, trunk: Trunk, moved: float, time: float) -> None:
        """Take the newest appearance, `moved` torso lengths from where it was expected; `follow` comes next."""
        dt = time - self.seen
        if moved > JUMP + RUN * dt:
            self._startle(time)
        if trunk.plain:
            # A torso seen bent or from the side is shorter: grow with it at once, shrink with it slowly.
            settle = 0.3 if trunk.length > self.torso else 5.0
            self.torso += (trunk.length - self.torso) * (1 - math.exp(-dt / settle))
        self.raw, self.trunk, self.seen = pose, trunk, time

    def apart(self, pose: Pose, moved: float, time: float, *, alone: bool) -> float:
        """Return how unlike this body's next appearance `pose` is; inf if it cannot be it.

        `moved` is how far it is from where it is expected, in torso lengths; `alone` says that no other one is
        expected there.
        """
        followed = pose.track is not None and pose.track == self.raw.track
        if followed and alone and self.clear < math.inf:
            return -1.0  # the estimator followed it here, and nobody was near whom it could have gone over to
        if moved > JUMP + RUN * (time - self.seen):
            return math.inf
        return moved + 0.5 * (1 - oks(self.raw, pose, self.size / 2)) - HINT * followed

    def doubt(self, faith: float, time: float) -> None:
        """Ask anew who this is; `faith` is how likely it is still the same person."""
        self.asked = time
        if self.sure:
            self.sure, self.faith = False, 1.0
        if faith < TRUST <= self.faith:
            self.look, self.looks, self.length = None, 0, None
        self.faith = min(self.faith, faith)

    def _startle(self, time: float) -> None:
        """Doubt, though nobody is near: it may have gone over to somebody."""
        self.doubt(TRUST, time)
        self.loose = max(self.loose, time)

    def glance(self, look: Appearance | None, time: float, share: float) -> None:
        """Take an impression of colours and size, which counts for `share` (0..1) of what is known."""
        if look is not None:
            if self.look is not None and unlike(self.look, look) > OTHER:
                # Somebody else, or somebody before them, or half of each: one look more will tell.
                self._startle(time)
                self.look, self.looks = look, 0
            else:
                self.looks += 1
                newer = np.float32(max(1 / self.looks, share))
                self.look = look if self.look is None else self.look + (look - self.look) * newer
        if self.trunk.plain:
            length = max(self.trunk.length, 1e-3)
            self.length = length if self.length is None else self.length + (length - self.length) * share


def expected(trails: Sequence[Trail], time: float) -> Floats:
    """Return (n, 2) where the torso of each should be by `time`."""
    ahead = np.array([[coast(time - trail.seen)] for trail in trails], dtype=np.float32)
    return np.array([trail.place for trail in trails]) + np.array([trail.walk for trail in trails]) * ahead


def follow(trails: Sequence[Trail], time: float, smoothing: Smoothing) -> None:
    """Take all bodies that have been seen at `time` and before along their courses."""
    if not trails:
        return
    courses = go_on(
        [trail.course for trail in trails],
        [trail.raw for trail in trails],
        [trail.place for trail in trails],
        time,
        torsos=[trail.torso for trail in trails],
        sizes=[trail.size for trail in trails],
        smoothing=smoothing,
    )
    for trail, course in zip(trails, courses, strict=True):
        trail.course = course
