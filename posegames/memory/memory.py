"""The memory of a program: open while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from posegames.memory.records import Score


class Memory:
    """Keeps scores and settings. Nothing it is asked ever fails a game: what went wrong stands in `notice`."""

    def __init__(self, *, clock: Callable[[], float] = lambda: 0.0) -> None:
        """`clock` tells Unix time."""
        self._clock = clock
        self.notice = ""
        """Why nothing will be remembered after this run, in a sentence; empty if all is well."""
        self._scores: list[Score] = []
        self._kept: dict[str, Any] = {}

    def __enter__(self) -> Self:
        """Open it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it; everything is kept by then."""

    def add(self, score: Score) -> int:
        """Keep a score; return its rank, from 1, among those of its scene and level."""
        self._scores.append(replace(score, when=score.when or self._clock()))
        better = [s for s in self._scores if (s.scene, s.level) == (score.scene, score.level)]
        return 1 + sum(s.points > score.points for s in better)

    def best(
        self, scene: str | None = None, level: str | None = None, *, since: float = 0.0, most: int = 10
    ) -> list[Score]:
        """Return the best scores since a time (Unix), the best first; of every scene or level where it is None."""
        found = [
            score
            for score in self._scores
            if scene in (None, score.scene) and level in (None, score.level) and score.when >= since
        ]
        return sorted(found, key=lambda score: -score.points)[:most]

    def recall(self, key: str) -> Any:
        """Return what is kept under `key`; None if there is nothing."""
        return self._kept.get(key)

    def keep(self, key: str, value: Any) -> None:
        """Keep a value that JSON can hold under `key`."""
        self._kept[key] = value
