"""Where in a stream of bodies a move may begin and end: between rests, and between returns to where it began."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

import numpy as np

from posegames.body.pose import Floats

LOOK = 0.1
"""Seconds over which a speed is taken."""
MOVING, RESTING = 1.0, 0.5
"""Speeds, in lengths of limbs a second (the root of the sum of squares of all limbs), of somebody who moves, and
who rests. Real people standing about (tapes of the clips): half the time below .25, 95 % below .5."""
SETTLED = 0.06
"""Seconds at rest that end a move."""
HOME = 0.5
"""How near to the pose a move began with is back in it: four limbs off by 15 degrees."""
PAUSE = 1.5
"""Seconds at rest somewhere else after which that is where the next move begins."""
LONGEST = 6.0
"""Seconds a move may take."""
MOST = 4
"""Beginnings kept at once: a move may follow another without a rest."""
AWAY = 0.5
"""Seconds without a sighting after which all begins anew."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch in which a move may have been done."""

    start: float
    end: float
    home: bool
    """Whether it ended in the pose it began with."""


def apart(one: tuple[Floats, Floats], other: tuple[Floats, Floats], rows: slice = slice(None)) -> float:
    """Return how far two bodies (of `limbs_of`) are apart: the root of the sum of squares of limbs in both."""
    change = (one[0] - other[0])[rows]
    return math.sqrt(float(((change * change).sum(axis=1) * (one[1] * other[1])[rows]).sum()))


class Spans:
    """Watches one body. Cheap while it rests."""

    def __init__(self) -> None:
        self._lately: deque[tuple[float, tuple[Floats, Floats]]] = deque()
        self._begin()

    def _begin(self) -> None:
        self._lately.clear()
        self._starts: list[float] = []
        """Where a move may have begun; none while at rest."""
        self._home: tuple[Floats, Floats] | None = None
        self._rested = math.nan
        """When they were last at rest."""
        self._rest: float | None = None
        """Since when they are at rest, within a motion."""
        self._told = self._far = False
        """Whether this rest was told; whether they have been away from home."""
        self._near = (math.inf, math.nan)
        """How near home they came on the way back, and when."""

    @property
    def moving(self) -> bool:
        """Whether a move may be under way."""
        return bool(self._starts)

    def forget(self, before: float) -> None:
        """Let no move begin before this: one has been found there."""
        if self._starts:
            self._starts = [start for start in self._starts if start >= before - 1e-6] or [before]

    def see(self, time: float, body: tuple[Floats, Floats]) -> list[Span]:
        """Take a body (see `limbs_of`); return the stretches that are complete by it, the longest first."""
        if self._lately and time - self._lately[-1][0] > AWAY:
            self._begin()
        self._lately.append((time, body))
        while len(self._lately) > 2 and self._lately[1][0] <= time - LOOK + 1e-6:
            self._lately.popleft()
        then, before = self._lately[0]
        speed = apart(body, before) / (time - then) if time > then else 0.0
        if not self._starts:
            self._wait(speed)
            return []
        self._starts = [start for start in self._starts if time - start <= LONGEST] or [time]
        return [*self._returned(time, body), *self._rests(time, body, speed)]

    def _wait(self, speed: float) -> None:
        if speed < RESTING or self._home is None:
            self._rested, self._home = self._lately[0][0], self._lately[0][1]
        if speed > MOVING:
            self._starts, self._far = [self._rested], False
            self._rest, self._told = None, False

    def _returned(self, time: float, body: tuple[Floats, Floats]) -> list[Span]:
        """Return what is complete when home has been passed without a rest."""
        assert self._home is not None
        # Whoever walks is as much at home there.
        off = apart(body, self._home, slice(None, -1))
        if off > 2 * HOME:
            self._far, passed = True, self._near
            self._near = (math.inf, math.nan)
            if passed[0] < HOME:
                self._far = True
                return self._complete(passed[1], home=True, further=passed[1])
        elif self._far and off < self._near[0]:
            self._near = (off, time)
        return []

    def _rests(self, time: float, body: tuple[Floats, Floats], speed: float) -> list[Span]:
        if speed > RESTING:
            if self._told and self._rest is not None:
                self._starts = [*self._starts, self._lately[0][0]][-MOST:]
            self._rest, self._told = None, False
            return []
        self._rest = self._lately[0][0] if self._rest is None else self._rest
        if time - self._rest < SETTLED + LOOK / 2:
            return []
        assert self._home is not None
        home = apart(body, self._home, slice(None, -1)) < HOME
        done = [] if self._told else self._complete(self._rest, home=home)
        self._told = True
        if home or time - self._rest >= PAUSE:
            self._starts, self._home, self._rested = [], body, time
            self._near = (math.inf, math.nan)
        return done

    def _complete(self, end: float, *, home: bool, further: float | None = None) -> list[Span]:
        spans = [Span(start, end, home) for start in self._starts if end - start > 2 * LOOK]
        if further is not None:
            self._starts = [*self._starts, further][-MOST:]
        return spans


def all_spans(times: Floats, limbs: Floats, seen: Floats) -> list[Span]:
    """Return every stretch of a recording in which a move may have been done, in order of their ends."""
    spans = Spans()
    return [
        span
        for time, *body in zip(np.asarray(times).tolist(), limbs, seen, strict=True)
        for span in spans.see(time, (body[0], body[1]))
    ]
