"""One hand that points: its box, its arm, and whether it means it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

import numpy as np

from posegames.body.joints import Joint
from posegames.body.pose import Pose
from posegames.body.smooth import OneEuro
from posegames.gestures.pointing.cursors import BALANCED, FULL, Box, Cursor
from posegames.players.player import Player

J = Joint
Place = tuple[float, float]
"""Plain numbers: two at a time are a tenth of the work of arrays, and it is done for every hand, all the time."""
MARGIN = 0.30
"""How far beyond the box, in arm lengths, a hand still points (at the edge); it begins to within half of that."""
SLIP = 0.2
"""How far, in arm lengths, a hand beyond the edge takes the box along, until it drops: so an arm that does not
come up to the top goes down first, as a mouse is lifted at the end of the table."""
BEGINS, ENDS = 0.66, 0.82
"""Torso lengths below the shoulder above which a hand begins to point, and below which it has dropped. Hips are at
1, a hanging wrist at 1.1, one that rests on the hip at 0.9."""
WITHIN, WITHOUT = 0.10, 0.15
"""Seconds a hand must be in the box to begin, and out of it to end."""
SURE = 0.5
"""Confidence in shoulder, elbow and wrist below which a hand chooses nothing."""
LOST = 1.0
"""Seconds an unseen hand is waited for where it was."""
ARM, SHORTEST, LONGEST = 1.08, 0.85, 1.30
"""An arm in torso lengths, until it is seen stretched, and what is believed of it."""
SHRINKS = 20.0
"""Seconds in which a measured arm length fades by two thirds: an arm towards the camera looks short."""
APART, HANGS = 0.2, 0.3
"""Torso lengths from elbow to wrist, across, and from shoulder to elbow, down: an arm between them only hangs."""
STIRS, RESTS = 0.12, 3.0
"""A hand that has not moved so many arm lengths in so many seconds (more than any choice takes) lies on the arm
of a chair, in a lap or in a sling."""


@dataclass(frozen=True, slots=True)
class Side:
    """One arm: its joints, and the direction in which it points outwards on the mirrored screen."""

    name: str
    shoulder: Joint
    elbow: Joint
    wrist: Joint
    outwards: float

    @property
    def joints(self) -> tuple[Joint, Joint, Joint]:
        """From the shoulder on."""
        return self.shoulder, self.elbow, self.wrist


SIDES = (
    Side("left", J.LEFT_SHOULDER, J.LEFT_ELBOW, J.LEFT_WRIST, -1.0),
    Side("right", J.RIGHT_SHOULDER, J.RIGHT_ELBOW, J.RIGHT_WRIST, 1.0),
)


_ARMS = [joint for side in SIDES for joint in side.joints]
_LEFT_WRIST, _RIGHT_WRIST = _ARMS.index(J.LEFT_WRIST), _ARMS.index(J.RIGHT_WRIST)
_SHOULDERS = slice(0, 4, 3)


@dataclass(frozen=True, slots=True)
class Arms:
    """Both arms of somebody, in plain numbers: frame heights; for each joint from the left shoulder on."""

    pose: list[Place]
    """As of the newest sighting."""
    shown: list[Place]
    """As of now."""
    sure: list[float]
    torso: float
    hidden: bool

    @classmethod
    def of(cls, player: Player) -> Self:
        """Return those of `player`."""
        pose, shown = player.pose, player.shown
        return cls(
            _places(pose), _places(shown), pose.confidence.take(_ARMS).tolist(), player.torso, player.hidden
        )

    @property
    def middle(self) -> Place:
        """The middle of the shoulders."""
        (left, high), (right, low) = self.pose[0], self.pose[3]
        return (left + right) / 2, (high + low) / 2

    @property
    def breadth(self) -> float:
        """From the right shoulder to the left one, across."""
        return self.pose[0][0] - self.pose[3][0]

    @property
    def shouldered(self) -> bool:
        """Whether both shoulders are seen."""
        return self.seen(_SHOULDERS, SURE)

    def seen(self, joints: slice, least: float) -> bool:
        """Whether every one of these has at least the confidence `least`."""
        return min(self.sure[joints]) >= least


def _places(pose: Pose) -> list[Place]:
    places: list[Place] = pose.xy.take(_ARMS, axis=0).tolist()
    return places


class Stillness:
    """How long a point has stayed within a distance of where it came to rest."""

    def __init__(self, reach: float) -> None:
        self._reach = reach
        self._anchor: Place | None = None
        self._since = math.inf

    def see(self, place: Place, now: float) -> float:
        """Return for how many seconds it has been still at `now`, now that it is at `place`."""
        if self._anchor is None or math.dist(place, self._anchor) > self._reach:
            self._anchor, self._since = place, now
        return now - self._since


class Hand:
    """What is remembered of one hand."""

    def __init__(self, side: Side, box: Box) -> None:
        self._side, self._box = side, box
        begin = _ARMS.index(side.shoulder)
        self._joints = slice(begin, begin + 3)
        """Its own among those of `Arms`."""
        self._arm = ARM
        """Torso lengths."""
        self._steady = OneEuro(BALANCED.smoothing)
        self._time: float | None = None
        self._told = -math.inf
        """When it was last seen well enough to say where it is."""
        self._changing = 0.0
        """Seconds it has been where it ought to begin, or to end."""
        self._offset: Place | None = None
        """From the shoulder, in arm lengths: outwards, down."""
        self._slip: Place = (0.0, 0.0)
        """Where the box is, against where it was."""
        self._points = False
        self._still = Stillness(STIRS)
        self.sure = False
        self.raised = False
        """Whether the arm is seen doing something, not only hanging."""
        self.still = 0.0
        """Seconds it has not moved."""

    def update(self, arms: Arms, now: float, cursor: Cursor) -> None:
        """Look where it is at `now`."""
        dt = 0.0 if self._time is None else min(now - self._time, 0.1)
        self._time, self._steady.how = now, cursor.smoothing
        self.sure = not arms.hidden and arms.seen(self._joints, SURE)
        if arms.hidden or not arms.seen(self._joints, SURE / 2):
            self.raised = False
            if now - self._told > LOST:
                self._points = False
            return
        self._told = now
        self._measure(arms, dt)
        raw = self._raw(arms)
        self.raised = self.sure and self._lifted(arms)
        self.still = self._still.see(raw, now)
        due = self._inside(raw, arms) != self._points
        self._changing = self._changing + dt if due else 0.0
        if due and self._changing >= (WITHOUT if self._points else WITHIN) - 1e-6:
            self._changing, self._points = 0.0, not self._points
            self._steady, self._offset = OneEuro(cursor.smoothing), None
            self._slip = (0.0, 0.0)
        if self._points:
            x, y = self._steady(np.array(raw), now, 1.0).tolist()
            self._follow((x, y), cursor.dead)

    @property
    def resting(self) -> bool:
        """Whether it just lies there."""
        return self.still >= RESTS

    def at(self) -> tuple[float, float] | None:
        """Return where on the screen it points, 0..1 each; None if it does not."""
        if not self._points or self._offset is None:
            return None
        box, (out, down), (aside, lower) = self._box, self._offset, self._slip
        x = (out - aside - box.inwards) / (box.outwards - box.inwards)
        y = (down - lower - box.above) / (box.below - box.above)
        x = x if self._side.outwards > 0 else 1 - x
        return min(1.0, max(0.0, x)), min(1.0, max(0.0, y))

    def _inside(self, raw: Place, arms: Arms) -> bool:
        """Whether it is (from the shoulder, in arm lengths) where it points, or may begin to."""
        margin = MARGIN if self._points else MARGIN / 2
        out, down = raw
        raised = down * self._arm < (ENDS if self._points else BEGINS)
        within = FULL.inwards - margin < out < FULL.outwards + margin and down > FULL.above - margin
        return raised and within and not _crossed(arms)

    def _lifted(self, arms: Arms) -> bool:
        """Whether the hand is up, and the elbow or the forearm out, too.

        Where one hand is before the body, trackers easily see the hanging one come up to it, along its own arm.
        """
        (_, shoulder), (elbow_x, elbow), (wrist_x, wrist) = arms.pose[self._joints]
        out = abs(wrist_x - elbow_x) > APART * arms.torso or elbow - shoulder < HANGS * arms.torso
        return out and wrist - shoulder < BEGINS * arms.torso

    def _measure(self, arms: Arms, dt: float) -> None:
        """Learn the length of the arm: it is as long as it was ever seen, lately."""
        shoulder, elbow, wrist = arms.pose[self._joints]
        seen = (math.dist(elbow, shoulder) + math.dist(wrist, elbow)) / arms.torso
        settle = 0.5 if seen > self._arm else SHRINKS
        self._arm += (min(LONGEST, max(SHORTEST, seen)) - self._arm) * (1 - math.exp(-dt / settle))

    def _raw(self, arms: Arms) -> Place:
        """Return the wrist as seen from the shoulder, in arm lengths."""
        (x, y), _, (wrist_x, wrist_y) = arms.shown[self._joints]
        length = self._arm * arms.torso
        # On the mirrored screen x runs the other way.
        return (x - wrist_x) * self._side.outwards / length, (wrist_y - y) / length

    def _follow(self, place: Place, dead: float) -> None:
        """Take the cursor along, on a short leash; and the box with it, where it is pushed."""
        if self._offset is None:
            self._offset = place
        (out, down), length = self._offset, math.dist(place, self._offset)
        if length > dead:
            share = 1 - dead / length
            out, down = out + (place[0] - out) * share, down + (place[1] - down) * share
            self._offset = out, down
        box, (aside, lower) = self._box, self._slip
        self._slip = _pushed(out, box.inwards, box.outwards, aside), _pushed(down, box.above, box.below, lower)


def _pushed(place: float, low: float, high: float, slip: float) -> float:
    """Return how far one side of the box has slipped when `place` takes it along."""
    return min(SLIP, max(-SLIP, min(max(slip, place - high), place - low)))


def _crossed(arms: Arms) -> bool:
    """Whether both wrists are beyond the body's middle: crossed arms mean something else."""
    (left, _), (right, _) = arms.pose[_LEFT_WRIST], arms.pose[_RIGHT_WRIST]
    return left < arms.middle[0] < right and min(arms.sure[_LEFT_WRIST], arms.sure[_RIGHT_WRIST]) >= SURE
