"""The hand that points at the screen.

Each hand has a box beside its shoulder, from the chin to the belly and a little to both sides, that stands for
the screen: all of it is reached with a bent elbow, and no arm has to be held above the shoulder, which tires in
seconds. The box grows with the arm, so a child far away and an adult near reach the same.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from posegames.body.joints import Joint
from posegames.body.pose import Floats, Pose
from posegames.body.smooth import OneEuro, Smoothing
from posegames.players.player import Player

J = Joint
IN, OUT, ABOVE, BELOW = -0.42, 0.58, -0.17, 0.57
"""The box around a shoulder, in arm lengths (shoulder to wrist): inwards to outwards, y down."""
MARGIN = 0.30
"""How far beyond the box, in arm lengths, a hand still points (at the edge); it begins to within half of that."""
BEGINS, ENDS = 0.66, 0.82
"""Torso lengths below the shoulder above which a hand begins to point, and below which it has dropped. Hips are at
1, a hanging wrist at 1.1, one that rests on the hip at 0.9."""
WITHIN, WITHOUT = 0.10, 0.15
"""Seconds a hand must be in the box to begin, and out of it to end."""
SURE = 0.5
"""Confidence in shoulder, elbow and wrist below which a hand chooses nothing."""
LOST = 1.0
"""Seconds an unseen hand is waited for where it was."""
CALM = Smoothing(min_cutoff=1.0, beta=10.0)
"""For the cursor; speeds in arm lengths a second."""
DEAD = 0.01
"""Arm lengths a hand may move without the cursor following: 13 pixels, what a still hand trembles."""
ARM, SHORTEST, LONGEST = 1.08, 0.85, 1.30
"""An arm in torso lengths, until it is seen stretched, and what is believed of it."""
SHRINKS = 20.0
"""Seconds in which a measured arm length fades by two thirds: an arm towards the camera looks short."""


@dataclass(frozen=True, slots=True)
class Pointing:
    """Where on the screen a player's hand points, as of now."""

    player: int
    x: float
    """0..1 from the left to the right of the (mirrored) screen."""
    y: float
    """0..1 from its top to its bottom."""
    sure: bool = True
    """Whether it is tracked well: an unsure hand chooses nothing."""


@dataclass(frozen=True, slots=True)
class _Side:
    """One arm: its joints, and the direction in which it points outwards on the mirrored screen."""

    shoulder: Joint
    elbow: Joint
    wrist: Joint
    outwards: float

    @property
    def joints(self) -> tuple[Joint, Joint, Joint]:
        return self.shoulder, self.elbow, self.wrist


_SIDES = (
    _Side(J.LEFT_SHOULDER, J.LEFT_ELBOW, J.LEFT_WRIST, -1.0),
    _Side(J.RIGHT_SHOULDER, J.RIGHT_ELBOW, J.RIGHT_WRIST, 1.0),
)


class _Hand:
    """What is remembered of one hand."""

    def __init__(self, side: _Side) -> None:
        self._side = side
        self._arm = ARM
        """Torso lengths."""
        self._steady = OneEuro(CALM)
        self._time: float | None = None
        self._told = -math.inf
        """When it was last seen well enough to say where it is."""
        self._changing = 0.0
        """Seconds it has been where it ought to begin, or to end."""
        self._offset: Floats | None = None
        """From the shoulder, in arm lengths: outwards, down."""
        self._points = False
        self.sure = False

    def update(self, player: Player, now: float) -> None:
        """Look where it is at `now`."""
        dt = 0.0 if self._time is None else min(now - self._time, 0.1)
        self._time = now
        self.sure = not player.hidden and player.pose.seen(self._side.joints, SURE)
        if player.hidden or not player.pose.seen(self._side.joints, SURE / 2):
            if now - self._told > LOST:
                self._points = False
            return
        self._told = now
        self._measure(player, dt)
        raw = self._raw(player.shown, player.torso)
        due = _inside(raw, player.pose, self._arm, began=self._points) != self._points
        self._changing = self._changing + dt if due else 0.0
        if due and self._changing >= (WITHOUT if self._points else WITHIN) - 1e-6:
            self._changing, self._points = 0.0, not self._points
            self._steady, self._offset = OneEuro(CALM), None
        if self._points:
            self._follow(self._steady(raw, now, 1.0))

    def at(self) -> tuple[float, float] | None:
        """Return where on the screen it points, 0..1 each; None if it does not."""
        if not self._points or self._offset is None:
            return None
        across, down = (self._offset - (IN, ABOVE)) / (OUT - IN, BELOW - ABOVE)
        x = across if self._side.outwards > 0 else 1 - across
        return min(1.0, max(0.0, float(x))), min(1.0, max(0.0, float(down)))

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

    def _follow(self, place: Floats) -> None:
        """Take the cursor along, on a short leash."""
        if self._offset is None:
            self._offset = place
            return
        apart = place - self._offset
        length = float(np.hypot(*apart))
        if length > DEAD:
            self._offset = self._offset + apart * np.float32(1 - DEAD / length)


def _inside(raw: Floats, pose: Pose, arm: float, *, began: bool) -> bool:
    """Whether a hand (from the shoulder, in arm lengths) is where it points, or may begin to."""
    margin = MARGIN if began else MARGIN / 2
    out, down = float(raw[0]), float(raw[1])
    raised = down * arm < (ENDS if began else BEGINS)
    return raised and IN - margin < out < OUT + margin and down > ABOVE - margin and not _crossed(pose)


def _crossed(pose: Pose) -> bool:
    """Whether both wrists are beyond the body's middle: crossed arms mean something else."""
    middle = float(pose.middle((J.LEFT_SHOULDER, J.RIGHT_SHOULDER))[0])
    left, right = float(pose.xy[J.LEFT_WRIST, 0]), float(pose.xy[J.RIGHT_WRIST, 0])
    return left < middle < right and pose.seen((J.LEFT_WRIST, J.RIGHT_WRIST), SURE)


class _Person:
    """A player's two hands, of which one points at a time."""

    def __init__(self) -> None:
        self._hands = tuple(_Hand(side) for side in _SIDES)
        self._leads: _Hand | None = None
        self.since = -math.inf
        """When the hand that leads began to."""

    def update(self, player: Player, now: float) -> Pointing | None:
        """Return where the hand that came up first points: trackers easily see the other one beside it, too."""
        for hand in self._hands:
            hand.update(player, now)
        if self._leads is None or self._leads.at() is None:
            self._leads, self.since = next((hand for hand in self._hands if hand.at()), None), now
        place = self._leads.at() if self._leads else None
        return Pointing(player.number, *place, sure=self._leads.sure) if self._leads and place else None


class HandPointer:
    """Finds the hand that points, whoever's it is.

    A hand points from when it is raised into its box until it drops; a player's other hand has to wait. The player
    who began last leads; when that hand drops, the lead goes back to the one before, if that still points.
    """

    def __init__(self) -> None:
        self._people: dict[int, _Person] = {}

    def update(self, players: tuple[Player, ...], now: float) -> Pointing | None:
        """Return where the leading hand points at `now` (seconds, not running backwards); None if none does."""
        self._people = {player.number: self._people.get(player.number, _Person()) for player in players}
        best, lead = -math.inf, None
        for player in players:
            person = self._people[player.number]
            pointing = person.update(player, now)
            if pointing and person.since > best:
                best, lead = person.since, pointing
        return lead
