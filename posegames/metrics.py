"""Tiny measuring instruments: a rate, a spread of durations. They are told the time, they never read it."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import deque
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypedDict

BOUNDS = (
    *(0.0005, 0.001, 0.002, 0.003, 0.004, 0.005, 0.006, 0.008, 0.010, 0.0125, 0.015, 0.0167, 0.0175, 0.020, 0.025),
    *(0.034, 0.050, 0.070, 0.100, 0.150, 0.200, 0.300, 0.500, 1.0),
)
"""Seconds: upper bounds by which durations are counted; finest around the 6 and 16.7 ms of a frame."""


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
    """Durations in seconds: the recent ones for a graph, the last `most` for quantiles, all of them by length."""

    def __init__(self, most: int = 100_000, recent: int = 120) -> None:
        # Plain numbers, 8 bytes each: as objects they would be 32, and half an hour of play seen in the memory.
        self._kept, self._most = array("d"), most
        self.recent: deque[float] = deque(maxlen=recent)
        """The last ones, in seconds, oldest first."""
        self.counts = [0] * (len(BOUNDS) + 1)
        """How many were at most as long as each of `BOUNDS`, and longer than the one before; at last the rest."""
        self.count = 0
        self.total = 0.0
        """Seconds, all of them together."""

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, seconds: float) -> None:
        """Take one duration."""
        if len(self._kept) < self._most:
            self._kept.append(seconds)
        else:
            self._kept[self.count % self._most] = seconds
        self.recent.append(seconds)
        self.counts[bisect_left(BOUNDS, seconds)] += 1
        self.count += 1
        self.total += seconds

    def spread(self, *, recent: bool = False) -> Spread:
        """Return quantiles in milliseconds (nearest rank); zeros when nothing was measured."""
        ordered = sorted(self.recent if recent else self._kept)
        if not ordered:
            return Spread(p50=0.0, p95=0.0, p99=0.0, max=0.0)

        def rank(share: float) -> float:
            return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000, 3)

        return Spread(p50=rank(0.50), p95=rank(0.95), p99=rank(0.99), max=round(ordered[-1] * 1000, 3))


class Laps:
    """Where the time of a frame goes, part by part. A frame may have several steps, and go through a part twice.

    laps.lap("draw", clock.now()) at the end of each part; laps.close() when the picture has been shown.
    """

    WORK = ("people", "update", "draw", "hud")
    """What the main thread does itself."""
    PARTS = (*WORK, "wait", "show")
    """`people`: events, and who is who; `hud`: with the film, if one is made; `wait`: for the beat, and for an
    even distance; `show`: until the window has the picture."""

    def __init__(self) -> None:
        self.parts: Mapping[str, Durations] = MappingProxyType({part: Durations() for part in self.PARTS})
        self._spent = dict.fromkeys(self.PARTS, 0.0)
        self._last: float | None = None

    def lap(self, part: str, now: float) -> None:
        """Count what has gone by since the last lap (seconds) as `part`; the first lap only begins."""
        if self._last is not None:
            self._spent[part] += now - self._last
        self._last = now

    @property
    def work(self) -> float:
        """The main thread's own work in this frame so far, in seconds."""
        return sum(self._spent[part] for part in self.WORK)

    def close(self, *, counts: bool = True) -> None:
        """End the frame; one that does not count is forgotten."""
        for part, seconds in self._spent.items():
            if counts:
                self.parts[part].add(seconds)
            self._spent[part] = 0.0

    def spreads(self) -> dict[str, Spread]:
        """Return the quantiles of each part, in milliseconds."""
        return {part: durations.spread() for part, durations in self.parts.items()}
