"""Learning without asking how far a player gets: from clear, repeated, deliberate tries that were not enough.

A try leaves rest, stays near its farthest for a moment, and comes back, as somebody does who wants something to
happen. Three alike in a row, none of them enough, and the threshold comes to meet them. One that is enough takes
all of it back: who can, is asked to.
"""

from __future__ import annotations

import math

from posegames.gestures.memory import Memory
from posegames.gestures.posture import Posture
from posegames.gestures.rows import Held, Pulse, Row
from posegames.gestures.tuning.calibration import ENOUGH, share_of
from posegames.gestures.tuning.profiles import ways_of
from posegames.gestures.tuning.reach import AMOUNTS, Range

LEAVES, RETURNS = 0.35, 0.2
"""Shares of the usual between which a try begins and is over."""
STAYS, NEAR = 0.25, 0.85
"""Seconds for which a try is at NEAR of its farthest or beyond: a swing passes through, a try arrives."""
LASTS = 4.0
"""Seconds a try takes at most."""
TRIES, SPREAD = 3, 0.12
"""How many tries in a row, and by how much of the usual they differ at most."""
WITHIN = 15.0
"""Seconds in which they come."""


class Learner:
    """One player's. It is told every sighting, and says when it has learnt something."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        """`rows` are the player's, with the usual thresholds."""
        self._tries = [_Tries(row.name, ways) for row in rows if row.name in AMOUNTS and (ways := ways_of(row))]

    def see(self, posture: Posture, memory: Memory, known: Range, *, busy: bool) -> Range | None:
        """Take a sighting; return what is known now if it differs from what was.

        `busy`: something is being done just now. Arms that go forwards in a squat try nothing.
        """
        if memory.startled or not memory.settled:
            for tries in self._tries:
                tries.forget()
            return None
        news = {
            tries.name: share
            for tries in self._tries
            if (share := tries.see(posture, memory, busy=busy)) is not None
        }
        news = {name: share for name, share in news.items() if known.of(name) != share}
        return known.with_shares(news) if news else None


class _Tries:
    """The tries at one gesture."""

    def __init__(self, name: str, ways: tuple[Held | Pulse, ...]) -> None:
        self.name, self._ways = name, ways
        self._peaks: list[tuple[float, float]] = []
        """When, and how far, tries were that were not enough."""
        self.forget()

    def forget(self) -> None:
        """Let go of a try that is under way."""
        self._began = math.inf
        self._peak = 0.0
        self._since = math.inf
        """Since when it has been near its farthest."""
        self._stayed = 0.0

    def see(self, posture: Posture, memory: Memory, *, busy: bool) -> float | None:
        """Return the share that is to be asked for, if that is clear now."""
        way = next((way for way in self._ways if posture.seen(way.needs)), None)
        if way is None:
            self.forget()
            return None
        share, time = share_of(way, posture, memory), posture.time
        if share >= 1:
            self.forget()
            self._peaks.clear()
            return 1.0
        if busy:
            self.forget()
            return None
        if share < (LEAVES if math.isinf(self._began) else RETURNS):
            return self._over(time)
        self._began = min(self._began, time)
        if share > self._peak / NEAR:
            self._since = time
        self._peak = max(self._peak, share)
        if share >= NEAR * self._peak:
            self._since = min(self._since, time)
            self._stayed = max(self._stayed, time - self._since)
        else:
            self._since = math.inf
        return None

    def _over(self, time: float) -> float | None:
        tried = not math.isinf(self._began) and self._stayed >= STAYS and time - self._began <= LASTS
        peak = self._peak
        self.forget()
        if not tried:
            return None
        self._peaks = [*self._peaks, (time, peak)][-TRIES:]
        peaks = [peak for _, peak in self._peaks]
        alike = len(peaks) == TRIES and max(peaks) - min(peaks) <= SPREAD
        if not alike or time - self._peaks[0][0] > WITHIN:
            return None
        self._peaks.clear()
        return max(min(peaks) * ENOUGH, AMOUNTS[self.name].least)
