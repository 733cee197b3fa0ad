"""Feeds that end, on a clock of their own: nothing here takes time."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Self

from posegames.errors import SourceError
from posegames.seeing.sighting import Sighting

BEGIN = 500.0
"""What the clock says first."""


class LateClock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.time = BEGIN

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += seconds


class EndingFeed:
    """Gives sightings until second `end`; then does what `after` does. What it gives says `due`."""

    def __init__(self, end: float, after: Callable[[], None] = lambda: None) -> None:
        self._end, self._after = end, after
        self._given = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    @property
    def abandoned(self) -> list[str]:
        return []

    def over(self, now: float) -> bool:
        return now - BEGIN >= self._end

    def poll(self, now: float) -> Sighting | None:
        if self.over(now):
            self._after()
            return None
        sighting = self.next(self._given)
        if now < sighting.time:
            return None
        self._given += 1
        return sighting

    def next(self, given: int) -> Sighting:
        """Return the sighting that comes after so many."""
        raise NotImplementedError


def stop() -> None:
    raise KeyboardInterrupt


def die() -> None:
    raise SourceError("The camera is gone.")
