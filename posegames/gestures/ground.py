"""Where a foot usually stands: a rank of its last heights, kept up to date with each sighting."""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections import deque


class Ground:
    """One foot's. Heights in frame heights, up."""

    def __init__(self, after: float, span: float) -> None:
        """Heights count from `after` seconds until `span` seconds after they were seen."""
        self._after, self._span = after, span
        self._new: deque[tuple[float, float]] = deque()
        self._counted: deque[tuple[float, float]] = deque()
        self._ranked: list[float] = []

    def see(self, time: float, height: float | None) -> None:
        """Take a sighting; None for a foot that is not seen."""
        if height is not None:
            self._new.append((time, height))
        while self._new and self._new[0][0] <= time - self._after + 1e-6:
            self._counted.append(self._new.popleft())
            insort(self._ranked, self._counted[-1][1])
        while self._counted and self._counted[0][0] < time - self._span:
            del self._ranked[bisect_left(self._ranked, self._counted.popleft()[1])]

    def forget(self) -> None:
        """Begin anew."""
        self._new.clear()
        self._counted.clear()
        self._ranked.clear()

    @property
    def height(self) -> float:
        """Where it stood for most of the time; inf while nothing is known.

        Not the middle of its heights but a third: whoever hops is in the air for half of the time.
        """
        return self._ranked[len(self._ranked) // 3] if self._ranked else math.inf
