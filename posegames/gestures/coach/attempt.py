"""One attempt at an exercise: what is kept of it, from leaving rest until the body is back."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from posegames.body.joints import Joint
from posegames.events import BodySide
from posegames.gestures.measures.trunk import advance
from posegames.gestures.memory import Memory
from posegames.gestures.posture import Posture

Share = Callable[[Posture, Memory], float]
"""How far on its way something is: 0 at rest, 1 where it is asked to be."""
Shares = Callable[[Posture, Memory], tuple[float, float]]
"""The same of its left and of its right half."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something an exercise asks for, so that it counts. All parts together make it."""

    short: str
    """What is told players who fall short of it: 'arms not up'."""
    share: Share
    sides: Shares | None = None
    """For how alike both sides are; None where there is nothing to compare."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not right, however far it went."""

    words: str
    measure: Callable[[Attempt], float]
    above: float
    """It is told where the measure is above this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """What a coach counts: the repetitions of one gesture."""

    name: str
    """What its repetitions are called; exercises of one name are counted together."""
    gesture: str
    """Whose event is a repetition that counts."""
    side: Callable[[Posture], BodySide] = lambda _posture: ""
    """Which side worked, from the posture in which it went farthest."""
    needs: tuple[Joint, ...]
    """Joints without which nothing can be said."""
    parts: tuple[Part, ...]
    depth: Share
    """How far of the whole way it is, as the exercise is meant: farther than what is asked to count."""
    faults: tuple[Fault, ...] = ()
    brief: float = 0.2
    """Seconds an attempt takes at least: less is a stumble, or a step."""


@dataclass(slots=True)
class Attempt:
    """What a body did so far."""

    exercise: Exercise
    start: float
    """When it left rest."""
    bottom: Posture
    """Where it went farthest."""
    place: float
    """Where it began: see `Posture.place`."""
    end: float = -math.inf
    """When it was last not at rest."""
    away: float = -math.inf
    """When it was last clearly on its way."""
    depth: float = -math.inf
    """How far of the whole way it went."""
    best: list[float] = field(default_factory=list)
    """The greatest share of each part; empty if the coach saw nothing of it."""
    halves: list[tuple[float, float]] = field(default_factory=list)
    """The greatest shares of left and right, for those parts that compare them."""
    advanced: float = 0.0
    """How much nearer or farther than home they were where it went farthest, as a share of the distance."""
    doubted: bool = False
    """Whether something happened on the way in which nothing is to be believed."""
    told: bool = False
    """Whether its gesture was told."""

    def take(self, posture: Posture, memory: Memory, shares: list[float]) -> None:
        """Take a sighting away from rest, with the share of each part."""
        self.end = self.away = posture.time
        self.doubted = self.doubted or memory.startled
        if (depth := self.exercise.depth(posture, memory)) > self.depth:
            self.depth, self.bottom, self.advanced = depth, posture, abs(advance(posture, memory))
        compared = [part.sides(posture, memory) for part in self.exercise.parts if part.sides]
        if not self.best:
            self.best, self.halves = shares, compared
            return
        self.best = [max(pair) for pair in zip(self.best, shares, strict=True)]
        self.halves = [
            (max(left, most_left), max(right, most_right))
            for (left, right), (most_left, most_right) in zip(compared, self.halves, strict=True)
        ]

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self.end - self.start

    @property
    def reached(self) -> float:
        """How much of all that is asked for was done, 0..1."""
        return together(self.best)

    def overlaps(self, other: Attempt) -> bool:
        """Whether both were under way at the same time."""
        return self.start < other.end and other.start < self.end

    @property
    def symmetry(self) -> float:
        """How alike left and right were, 0..1; 1 where there is nothing to compare."""
        return min((alike(*pair) for pair in self.halves), default=1.0)

    def faults(self, *, counts: bool) -> tuple[str, ...]:
        """Return what was not right: if it does not count, what it fell short of as well."""
        if not self.best:
            return ()
        found = tuple(fault.words for fault in self.exercise.faults if fault.measure(self) > fault.above)
        parts = zip(self.exercise.parts, self.best, strict=True)
        return found if counts else (*(part.short for part, best in parts if best < 1), *found)


def together(shares: list[float]) -> float:
    """Return the mean of shares, each at least 0 and at most 1."""
    return sum(min(max(share, 0.0), 1.0) for share in shares) / len(shares)


def alike(one: float, other: float) -> float:
    """Return how alike two shares are: the less as a share of the more; 1 where there is nothing yet."""
    more = max(one, other)
    return max(min(one, other), 0.0) / more if more > 0 else 1.0
