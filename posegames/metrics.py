"""Tiny measuring instruments: a rate, a spread of durations. They are told the time, they never read it."""

from __future__ import annotations

from collections import deque
from typing import TypedDict


class Spread(TypedDict):
    """A distribution in milliseconds, as the stats file writes it."""

    p50: float
    p95: float
    p99: float
    max: float


class Rate:
    """Events a second over a sliding window: gaps divided by the time they span."""

    def __init__(self, window: float = 2.0) -> None:
        self._window = window
        self._times: deque[float] = deque()

    def tick(self, now: float) -> None:
        """Count one event at `now` (seconds)."""
        self._times.append(now)
        while now - self._times[0] > self._window:
            self._times.popleft()

    def value(self, now: float) -> float:
        """Return events a second; 0 with fewer than two events in the window."""
        # A snapshot that changes nothing: another thread may be ticking.
        times = [time for time in tuple(self._times) if now - time <= self._window]
        span = times[-1] - times[0] if times else 0.0
        return (len(times) - 1) / span if span > 0 else 0.0


class Durations:
    """Durations in seconds: the recent ones for a graph, all of them (to `most`) for quantiles."""

    def __init__(self, most: int = 100_000, recent: int = 120) -> None:
        self._all: deque[float] = deque(maxlen=most)
        self.recent: deque[float] = deque(maxlen=recent)
        """The last ones, in seconds, oldest first."""

    def __len__(self) -> int:
        return len(self._all)

    def add(self, seconds: float) -> None:
        """Take one duration."""
        self._all.append(seconds)
        self.recent.append(seconds)

    def spread(self, *, recent: bool = False) -> Spread:
        """Return quantiles in milliseconds (nearest rank); zeros when nothing was measured."""
        ordered = sorted(self.recent if recent else self._all)
        if not ordered:
            return Spread(p50=0.0, p95=0.0, p99=0.0, max=0.0)

        def rank(share: float) -> float:
            return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000, 3)

        return Spread(p50=rank(0.50), p95=rank(0.95), p99=rank(0.99), max=round(ordered[-1] * 1000, 3))
