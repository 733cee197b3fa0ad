"""A tape in the place of a feed: no thread, no pictures, and nothing dropped."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from posegames.metrics import Rate
from posegames.seeing.sighting import Sighting
from posegames.seeing.sources.tape import Tape, read_tape
from posegames.seeing.status import FeedStatus


class TapeFeed:
    """Plays a tape at its own speed, from the first `poll` on.

    Every sighting is handed out, in order and one a poll; who polls at display rate is never behind for long.
    Times are the run's clock: the first sighting happens at the first poll.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tape: Tape | None = None
        self._sightings: Generator[Sighting] | None = None
        self._next: Sighting | None = None
        self._ended = False
        self._offset: float | None = None
        self._rate = Rate()
        self._given = 0

    def __enter__(self) -> Self:
        """Open the tape. Raises SourceError."""
        self._tape = read_tape(self._path)
        self._sightings = iter(self._tape)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        if self._sightings is not None:
            self._sightings.close()

    @property
    def abandoned(self) -> list[str]:
        """None: there are no threads."""
        return []

    def poll(self, now: float) -> Sighting | None:
        """Return the next sighting that is due at `now`, or None. Raises SourceError where the tape is damaged."""
        if self._next is None and self._sightings is not None:
            self._next = next(self._sightings, None)
            self._ended = self._next is None
        if self._next is None:
            return None
        if self._offset is None:
            self._offset = now - self._next.time
        sighting = replace(self._next, time=self._next.time + self._offset)
        if sighting.time > now:
            return None
        self._next = None
        self._given += 1
        self._rate.tick(now)
        return sighting

    def status(self, now: float) -> FeedStatus:
        """Return how far it is. An ended tape says so, and whether it broke off."""
        if self._tape is None:
            return FeedStatus(phase="waking", source=self._path.name)
        rate = self._rate.value(now)
        return FeedStatus(
            phase="ended" if self._ended else "seeing",
            message=self._tape.note if self._ended else "",
            source=self._path.name,
            estimator=self._tape.header.estimator,
            capture_rate=rate,
            tracking_rate=rate,
            frames=self._given,
            sightings=self._given,
        )
