"""A body as gestures read it: plain numbers in torso lengths, the same for near and far, tall and small."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from posegames.body.joints import COUNT, Joint
from posegames.body.measure import HIPS, SHOULDERS
from posegames.players.player import Player

SEEN = 0.5
"""Confidence from which a joint is seen."""


def bits_of(joints: Iterable[int]) -> int:
    """Return a number with the bit of each joint set: `bits & need == need` asks for all at once."""
    return sum(1 << joint for joint in set(joints))


@dataclass(frozen=True, slots=True)
class Side:
    """The joints of one side of the body."""

    way: int
    """Where it lies in a `Posture` that faces the camera: -1 left, 1 right."""
    shoulder: Joint
    elbow: Joint
    wrist: Joint
    hip: Joint
    knee: Joint
    ankle: Joint

    @property
    def arm(self) -> tuple[Joint, ...]:
        """Shoulder, elbow, wrist."""
        return (self.shoulder, self.elbow, self.wrist)


def _side(way: int, name: str) -> Side:
    parts = ("SHOULDER", "ELBOW", "WRIST", "HIP", "KNEE", "ANKLE")
    return Side(way, *(Joint[f"{name}_{part}"] for part in parts))


LEFT, RIGHT = _side(-1, "LEFT"), _side(1, "RIGHT")
"""The player's own."""
_A, _B = SHOULDERS
_BITS = tuple(1 << joint for joint in range(COUNT))


@dataclass(frozen=True, slots=True)
class Posture:
    """A body at one moment: x to the player's own right, y up, from the middle of the hips, in torso lengths."""

    time: float
    """Capture time."""
    torso: float
    """What a torso length is, in frame heights (the player's slow measure)."""
    hips: tuple[float, float]
    """Where the hips are in the picture: frame heights, to the player's own right and up."""
    x: tuple[float, ...]
    y: tuple[float, ...]
    sure: tuple[float, ...]
    """Confidence of each joint."""
    bits: int
    """The joints that are seen, from .5 confidence: the bit of a joint's number is set. See `bits_of`."""
    centre: float
    """The middle of the picture, to the player's own right, in frame heights."""
    # What many rows ask for, reckoned once.
    shoulders: tuple[float, float] = field(init=False)
    """The middle of the shoulders."""
    length: float = field(init=False)
    """From the hips to the shoulders as it looks now: 1 when upright, less when bent."""
    leg: float = field(init=False)
    """From hip to ankle as it looks now, of the leg that looks longer."""
    tilt: float = field(init=False)
    """Degrees the trunk is off the plumb line, positive to the player's own right.

    A trunk bent towards the camera looks short, and its direction then says little: it counts as 0.6 long.
    """
    sole: float | None = field(init=False)
    """Height of the lower foot (its ankle), negative; None where it is not seen."""

    def __post_init__(self) -> None:
        set_, x, y, sure = object.__setattr__, self.x, self.y, self.sure
        middle, top = (x[_A] + x[_B]) / 2, (y[_A] + y[_B]) / 2
        set_(self, "shoulders", (middle, top))
        set_(self, "length", math.hypot(middle, top))
        set_(self, "tilt", math.degrees(math.atan2(middle, max(top, 0.6))))
        left, right = LEFT.ankle, RIGHT.ankle
        set_(self, "leg", max(self.apart(LEFT.hip, left), self.apart(RIGHT.hip, right)))
        if sure[left] < SEEN:
            sole = y[right] if sure[right] >= SEEN else None
        else:
            sole = y[left] if sure[right] < SEEN else min(y[left], y[right])
        set_(self, "sole", sole)

    @classmethod
    def of(cls, player: Player, unseen: Iterable[int] = ()) -> Posture:
        """Return how `player` was last seen; the joints of `unseen` count as not seen."""
        pose, torso = player.pose, max(player.torso, 1e-6)
        xs, ys = pose.xy.T.tolist()
        left, right = HIPS
        middle, low = (xs[left] + xs[right]) / 2, (ys[left] + ys[right]) / 2
        x = tuple([(middle - across) / torso for across in xs])
        y = tuple([(low - down) / torso for down in ys])
        sure = pose.confidence.tolist()
        for joint in unseen:
            sure[joint] = 0.0
        bits = sum([bit for bit, share in zip(_BITS, sure, strict=True) if share >= SEEN])
        return cls(player.seen, torso, (-middle, -low), x, y, tuple(sure), bits, -player.aspect / 2)

    def seen(self, joints: Iterable[int], least: float = SEEN) -> bool:
        """Whether every one of `joints` has at least the confidence `least`."""
        sure = self.sure
        for joint in joints:  # noqa: SIM110 - a third of the time, and it is asked most of all
            if sure[joint] < least:
                return False
        return True

    @property
    def breadth(self) -> float:
        """From shoulder to shoulder, across; negative where the back is seen."""
        return self.x[RIGHT.shoulder] - self.x[LEFT.shoulder]

    @property
    def place(self) -> float:
        """Where the body stands, to the own right, in frame heights: half hips, half feet, if these are seen.

        Hips alone move with every leg that is lifted.
        """
        feet = (self.x[LEFT.ankle] + self.x[RIGHT.ankle]) / 2
        return self.hips[0] + feet * self.torso * min(self.sure[LEFT.ankle], self.sure[RIGHT.ankle]) / 2

    @property
    def gap(self) -> float:
        """From foot to foot, across."""
        return abs(self.x[LEFT.ankle] - self.x[RIGHT.ankle])

    def apart(self, one: int, other: int) -> float:
        """Return the distance of two joints."""
        return math.hypot(self.x[one] - self.x[other], self.y[one] - self.y[other])

    def angle(self, first: int, corner: int, last: int) -> float:
        """Return the angle at `corner` between the directions to `first` and `last`, 0..180 degrees."""
        ax, ay = self.x[first] - self.x[corner], self.y[first] - self.y[corner]
        bx, by = self.x[last] - self.x[corner], self.y[last] - self.y[corner]
        return math.degrees(abs(math.atan2(ax * by - ay * bx, ax * bx + ay * by)))
