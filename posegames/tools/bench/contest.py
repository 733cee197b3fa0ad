"""A contest: contenders take turns at the work, so that a busy moment of the machine hits all alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

Turn = Callable[[], Sequence[float]]
"""Does the next piece of the work; returns how long each unit of it took, in seconds."""
Progress = Callable[[str, float], None]
"""Hears who is at it, and how much of the contest is done, 0..1."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a contender needed: the median of every round, in seconds."""

    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The median of the rounds' medians."""
        return median(self.rounds)

    def ratio(self, other: Standing) -> float:
        """Return this one's time over `other`'s: the median over the rounds, each compared with its neighbour."""
        return median(mine / theirs for mine, theirs in zip(self.rounds, other.rounds, strict=True))

    def report(self) -> dict[str, Any]:
        """Return the figures in milliseconds."""
        return {
            "ms": round(self.median * 1000, 3),
            "ms_rounds": [round(seconds * 1000, 3) for seconds in self.rounds],
        }


def contest(contenders: Mapping[str, Turn], *, rounds: int, progress: Progress) -> dict[str, Standing]:
    """Let everybody have a turn, `rounds` times; who begins changes from round to round.

    A first turn of each is not counted: caches fill, models settle, people are found.
    """
    names = list(contenders)
    taken: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds + 1):
        turn = number % len(names)
        for place, name in enumerate(names[turn:] + names[:turn]):
            progress(name, (number + place / len(names)) / (rounds + 1))
            times = contenders[name]()
            if number:
                taken[name].append(median(times))
    return {name: Standing(tuple(seconds)) for name, seconds in taken.items()}


def compared(standings: Mapping[str, Standing], ours: str) -> dict[str, Any]:
    """Return the figures of all, and how our time relates to each of the others' (below 1: we are faster)."""
    return {
        "contenders": {name: standing.report() for name, standing in standings.items()},
        "ratio": {
            f"{ours} / {name}": round(standings[ours].ratio(standing), 3)
            for name, standing in standings.items()
            if name != ours
        },
    }
