"""One hand that points: its box, its arm, and whether it means it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from posegames.body.joints import Joint
from posegames.body.pose import Floats, Pose
from posegames.body.smooth import OneEuro
from posegames.gestures.pointing.cursors import BALANCED, FULL, Box, Cursor
from posegames.players.player import Player

J = Joint
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


class Stillness:
    """How long a point has stayed within a distance of where it came to rest."""

    def __init__(self, reach: float) -> None:
        self._reach = reach
        self._anchor: Floats | None = None
        self._since = math.inf

    def see(self, place: Floats, now: float) -> float:
        """Return for how many seconds it has been still at `now`, now that it is at `place`."""
        if self._anchor is None or float(np.hypot(*(place - self._anchor))) > self._reach:
            self._anchor, self._since = place, now
        return now - self._since


class Hand:
    """What is remembered of one hand."""

    def __init__(self, side: Side, box: Box) -> None:
        self._side, self._box = side, box
        self._arm = ARM
        """Torso lengths."""
        self._steady = OneEuro(BALANCED.smoothing)
        self._time: float | None = None
        self._told = -math.inf
        """When it was last seen well enough to say where it is."""
        self._changing = 0.0
        """Seconds it has been where it ought to begin, or to end."""
        self._offset: Floats | None = None
        """From the shoulder, in arm lengths: outwards, down."""
        self._slip = np.zeros(2, dtype=np.float32)
        """Where the box is, against where it was."""
        self._points = False
        self._still = Stillness(STIRS)
        self.sure = False
        self.raised = False
        """Whether the arm is seen doing something, not only hanging."""
        self.still = 0.0
        """Seconds it has not moved."""

    def update(self, player: Player, now: float, cursor: Cursor) -> None:
        """Look where it is at `now`."""
        dt = 0.0 if self._time is None else min(now - self._time, 0.1)
        self._time, self._steady.how = now, cursor.smoothing
        self.sure = not player.hidden and player.pose.seen(self._side.joints, SURE)
        if player.hidden or not player.pose.seen(self._side.joints, SURE / 2):
            self.raised = False
            if now - self._told > LOST:
                self._points = False
            return
        self._told = now
        self._measure(player, dt)
        raw = self._raw(player.shown, player.torso)
        self.raised = self.sure and self._lifted(player)
        self.still = self._still.see(raw, now)
        due = self._inside(raw, player.pose) != self._points
        self._changing = self._changing + dt if due else 0.0
        if due and self._changing >= (WITHOUT if self._points else WITHIN) - 1e-6:
            self._changing, self._points = 0.0, not self._points
            self._steady, self._offset = OneEuro(cursor.smoothing), None
            self._slip = np.zeros(2, dtype=np.float32)
        if self._points:
            self._follow(self._steady(raw, now, 1.0), cursor.dead)

    @property
    def resting(self) -> bool:
        """Whether it just lies there."""
        return self.still >= RESTS

    def at(self) -> tuple[float, float] | None:
        """Return where on the screen it points, 0..1 each; None if it does not."""
        if not self._points or self._offset is None:
            return None
        across, down = (self._offset - self._low) / (self._high - self._low)
        x = across if self._side.outwards > 0 else 1 - across
        return min(1.0, max(0.0, float(x))), min(1.0, max(0.0, float(down)))

    @property
    def _low(self) -> Floats:
        """The corner of the box that is inwards and up."""
        low: Floats = np.array([self._box.inwards, self._box.above], dtype=np.float32) + self._slip
        return low

    @property
    def _high(self) -> Floats:
        """The corner that is outwards and down."""
        high: Floats = np.array([self._box.outwards, self._box.below], dtype=np.float32) + self._slip
        return high

    def _inside(self, raw: Floats, pose: Pose) -> bool:
        """Whether it is (from the shoulder, in arm lengths) where it points, or may begin to."""
        margin = MARGIN if self._points else MARGIN / 2
        out, down = float(raw[0]), float(raw[1])
        raised = down * self._arm < (ENDS if self._points else BEGINS)
        within = FULL.inwards - margin < out < FULL.outwards + margin and down > FULL.above - margin
        return raised and within and not _crossed(pose)

    def _lifted(self, player: Player) -> bool:
        """Whether the hand is up, and the elbow or the forearm out, too.

        Where one hand is before the body, trackers easily see the hanging one come up to it, along its own arm.
        """
        shoulder, elbow, wrist = (player.pose.xy[joint] / player.torso for joint in self._side.joints)
        out = abs(float(wrist[0] - elbow[0])) > APART or float(elbow[1] - shoulder[1]) < HANGS
        return out and float(wrist[1] - shoulder[1]) < BEGINS

    def _measure(self, player: Player, dt: float) -> None:
        """Learn the length of the arm: it is as long as it was ever seen, lately."""
        shoulder, elbow, wrist = (player.pose.xy[joint] for joint in self._side.joints)
        seen = float(np.hypot(*(elbow - shoulder)) + np.hypot(*(wrist - elbow))) / player.torso
        settle = 0.5 if seen > self._arm else SHRINKS
        self._arm += (min(LONGEST, max(SHORTEST, seen)) - self._arm) * (1 - math.exp(-dt / settle))

    def _raw(self, pose: Pose, torso: float) -> Floats:
        """Return the wrist as seen from the shoulder, in arm lengths."""
        apart = pose.xy[self._side.wrist] - pose.xy[self._side.shoulder]
        # On the mirrored screen x runs the other way.
        turned = apart * np.array([-self._side.outwards, 1.0], dtype=np.float32)
        raw: Floats = turned / np.float32(self._arm * torso)
        return raw

    def _follow(self, place: Floats, dead: float) -> None:
        """Take the cursor along, on a short leash; and the box with it, where it is pushed."""
        if self._offset is None:
            self._offset = place
        apart = place - self._offset
        length = float(np.hypot(*apart))
        if length > dead:
            self._offset = self._offset + apart * np.float32(1 - dead / length)
        pushed = np.maximum(self._offset - self._high, 0) + np.minimum(self._offset - self._low, 0)
        self._slip = np.clip(self._slip + pushed, -SLIP, SLIP)


def _crossed(pose: Pose) -> bool:
    """Whether both wrists are beyond the body's middle: crossed arms mean something else."""
    middle = float(pose.middle((J.LEFT_SHOULDER, J.RIGHT_SHOULDER))[0])
    left, right = float(pose.xy[J.LEFT_WRIST, 0]), float(pose.xy[J.RIGHT_WRIST, 0])
    return left < middle < right and pose.seen((J.LEFT_WRIST, J.RIGHT_WRIST), SURE)
