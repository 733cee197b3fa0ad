"""Counts of right and wrong, and the figures made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from posegames.tools.gesturetest.along import family
from posegames.tools.gesturetest.matching import Verdict

NOTHING = "nothing"
"""What is told where nothing is told, and what happens where nothing happens."""

Confusion = Counter[tuple[str, str]]
"""How often what happens (first) is told as what (second), by family."""


@dataclass(slots=True)
class Tally:
    """Of one gesture, or of all."""

    tp: int = 0
    fp: int = 0
    fn: int = 0
    late: list[float] = field(default_factory=list)
    """Seconds from each moment to the event that told it."""

    def __add__(self, other: Tally) -> Tally:
        """Return both together."""
        return Tally(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn, self.late + other.late)

    def figures(self) -> dict[str, Any]:
        """Return precision, recall and F1 (0..1, None where nothing was asked or told) and latency in seconds."""
        told, asked = self.tp + self.fp, self.tp + self.fn
        return {
            "precision": _share(self.tp, told),
            "recall": _share(self.tp, asked),
            "f1": _share(2 * self.tp, told + asked),
            "latency": latency(self.late),
            "tp": self.tp,
            "fp": self.fp,
            "fn": self.fn,
        }


def latency(late: Sequence[float]) -> dict[str, float | None]:
    """Return the median and the 95th percentile of seconds; None of none."""
    if not late:
        return {"median": None, "p95": None}
    return {"median": round(float(np.median(late)), 4), "p95": round(float(np.percentile(late, 95)), 4)}


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def tally(verdicts: Iterable[Verdict]) -> dict[str, Tally]:
    """Return the counts by family of gestures."""
    found: dict[str, Tally] = {}

    def of(gesture: str) -> Tally:
        return found.setdefault(family(gesture), Tally())

    for verdict in verdicts:
        for label, event in verdict.hits:
            mine = of(label.gesture)
            mine.tp += 1
            if label.moment is not None:
                mine.late.append(event.t - label.moment)
        for label in verdict.missed:
            of(label.gesture).fn += 1
        for event in verdict.false:
            of(event.gesture).fp += 1
    return found


def figures(tallies: Mapping[str, Tally]) -> dict[str, Any]:
    """Return the figures of each gesture, and of all together."""
    together = sum(tallies.values(), Tally())
    return {
        "gestures": {name: tallies[name].figures() for name in sorted(tallies)},
        "overall": together.figures(),
    }


def confusion(verdict: Verdict) -> Confusion:
    """Return what was told for what, by family: a missed label was taken for a false event in its time, if any."""
    counts: Confusion = Counter()
    for label, _ in verdict.hits:
        counts[family(label.gesture), family(label.gesture)] += 1
    false = sorted(verdict.false, key=lambda event: event.t)
    for label in verdict.missed:
        taken = next((event for event in false if label.covers(event)), None)
        if taken is not None:
            false.remove(taken)
        counts[family(label.gesture), NOTHING if taken is None else family(taken.gesture)] += 1
    counts.update((NOTHING, family(event.gesture)) for event in false)
    return counts


def squared(counts: Confusion) -> dict[str, Any]:
    """Return a confusion as a square table: what happened down, what was told across, nothing last."""
    found = {name for pair in counts for name in pair} - {NOTHING}
    order = [*sorted(found), NOTHING]
    return {"names": order, "counts": [[counts[row, column] for column in order] for row in order]}
