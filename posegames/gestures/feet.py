"""What each foot does: how far it is off the floor, since when, and how it went up.

All lengths are shares of the player's own leg (hip to ankle when standing): estimators differ in where hips are,
and torso lengths with them. What is told of the past is kept up to date, not looked up.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from posegames.body.joints import Joint
from posegames.gestures.posture import LEFT, RIGHT, Posture, Side, bits_of

OFF, ON = 0.12, 0.07
"""A foot so far above the other one has left the floor; so far, it is back. Shares of a leg: who stands with
one foot nearer to the camera shows up to .08 (untrained adults and children)."""
PARTED, CLOSED = 0.42, 0.35
"""Feet so far apart, across, are apart; so near, together. Shares of a leg; shoulders are .45 to .6 apart."""
LOST = 0.2
"""Seconds unseen after which nothing is known of the feet."""
THIGH = 0.52
"""Of a leg (a knee stands at .50 to .55 of it)."""


HIGH, BENEATH, ASIDE, STEADY = 0.45, 0.1, 0.05, 0.06
"""A knee so high (of a thigh) is raised, and no kick, if its foot was hardly higher than it lifts it, and hardly
swept across (both of a leg), since it rose, and for so many seconds more: in a kick the shank swings out by then.
Measured in ten untrained people: 2 of 40 kicks meet it, and 11 of 20 raised knees; the others must stay up."""


@dataclass(slots=True)
class Foot:
    """One foot, by its leg. Shares of a leg, but `knee` and `shank`, which are of a thigh and of a shank."""

    side: Side
    up: float = 0.0
    """Above the other foot."""
    knee: float = 0.0
    """How far the knee is above the other one: 0 stands, 1 is level with the hip."""
    out: float = 0.0
    """From its own hip to the own side."""
    shank: float = 1.0
    """How long it looks: short where it points at the camera, or away from it."""
    rose: float = -math.inf
    """When it last left the floor."""
    fell: float = math.inf
    """When it last came back; inf until it was seen to stand."""
    lift: float = 0.0
    """Above where it stood lately itself: a foot behind is up, for the one in front is lower in the picture."""
    peak: float = 0.0
    """How far up it has been since it rose."""
    lifted: float = 0.0
    """How far above where it had stood, since it rose."""
    peaked: float = -math.inf
    """When that was."""
    folded: float = 0.0
    """By how much it was higher, at its highest, than its knee alone lifts it: thrown forwards, or folded back."""
    cocked: float = 0.0
    """By how much it has been so at any time since it rose: a kick swings back first."""
    high: float = math.inf
    """Since when it has hung beneath a high knee."""
    hung: bool = False
    """Whether it has hung there for long enough since it rose."""
    sweep: tuple[float, float] = (0.0, 0.0)
    """How far in and out it has been since it rose: less than it looks where a long shank shows how near it is."""

    @property
    def off(self) -> bool:
        """Whether it is off the floor."""
        return self.rose > self.fell

    def see(self, posture: Posture, other: Side, leg: float, lift: float) -> None:
        """Take a sighting in which both legs are seen; `leg` is a standing one, in torso lengths, as is `lift`."""
        side, time = self.side, posture.time
        self.lift = lift / leg
        self.up = (posture.y[side.ankle] - posture.y[other.ankle]) / leg
        self.knee = (posture.y[side.knee] - posture.y[other.knee]) / (THIGH * leg)
        self.out = side.way * (posture.x[side.ankle] - posture.x[side.hip]) / leg
        self.shank = posture.apart(side.knee, side.ankle) / ((1 - THIGH) * leg)
        if self.up < (ON if self.off else OFF):
            if self.off or self.fell == math.inf:
                self.fell = time
            return
        if self.fell == math.inf:
            return
        out = self.out / max(self.shank, 1.0)
        if not self.off:
            self.rose, self.peak, self.cocked, self.sweep = time, 0.0, 0.0, (out, out)
            self.lifted, self.high, self.hung = 0.0, math.inf, False
        self.lifted = max(self.lifted, self.lift)
        self.sweep = (min(self.sweep[0], out), max(self.sweep[1], out))
        folded = self.up - THIGH * self.knee
        self.cocked = max(self.cocked, folded)
        hangs = self.knee >= HIGH and self.cocked <= BENEATH and self.sweep[1] - self.sweep[0] <= ASIDE
        self.high = min(self.high, time) if hangs else math.inf
        self.hung = self.hung or time - self.high >= STEADY - 1e-6
        if self.up > self.peak:
            self.peak, self.peaked, self.folded = self.up, time, folded

    def lose(self) -> None:
        """Know nothing of it: it has not been seen for long."""
        self.up = self.knee = self.out = self.lift = self.peak = 0.0
        self.shank = 1.0
        self.rose = self.peaked = -math.inf
        self.fell = math.inf


class Feet:
    """Both feet of a player."""

    def __init__(self) -> None:
        self.left, self.right = Foot(LEFT), Foot(RIGHT)
        self.gap = 0.0
        """From foot to foot, across, as a share of the leg."""
        self.parted = -math.inf
        """When they last went apart. Whoever comes with feet apart did not part them."""
        self._apart = True
        self._seen = -math.inf

    def see(self, posture: Posture, leg: float | None, lifts: Mapping[Joint, float]) -> None:
        """Take a sighting; `leg` is a standing one, in torso lengths, None while none was seen.

        `lifts` are how far each ankle that is seen is above where it stood lately, in torso lengths.
        """
        if leg is None or posture.bits & _LEGS != _LEGS:
            if posture.time - self._seen > LOST:
                self.left.lose()
                self.right.lose()
            return
        self._seen = posture.time
        self.left.see(posture, RIGHT, leg, lifts[LEFT.ankle])
        self.right.see(posture, LEFT, leg, lifts[RIGHT.ankle])
        self.gap = posture.gap / leg
        apart = self.gap > (CLOSED if self._apart else PARTED)
        if apart and not self._apart:
            self.parted = posture.time
        self._apart = apart

    def of(self, side: Side) -> tuple[Foot, Foot]:
        """Return the foot of a side, and the other one."""
        return (self.left, self.right) if side is LEFT else (self.right, self.left)


_LEGS = bits_of(joint for side in (LEFT, RIGHT) for joint in (side.hip, side.knee, side.ankle))
