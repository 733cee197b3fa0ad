"""What was told against what happened: one event for one label, greedily in the order of time."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Self

from posegames.events import BodyEvent, Gesture
from posegames.gestures.rows import Held
from posegames.gestures.table import GESTURES
from posegames.tools.gesturetest.along import family, names

EARLY, LATE = 0.1, 0.25
"""Seconds before its start and after its end in which a label may be told (with a hold, it is told late)."""
AROUND = 0.25
"""Seconds around a label of which only the peak is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Something that happens in a recording."""

    gesture: str
    """A row of the table, or a family of them (`punch`); empty for what is no gesture but stands for others."""
    begin: float
    """Seconds: from when it may be told,"""
    end: float
    """and until when."""
    moment: float | None = None
    """When it is to be told: latency is counted from here."""
    person: str = ""
    """Whose it is; empty where nobody is told apart."""
    partial: bool = False
    """Cut by the recording's edge: to be told or not to be told are both right."""
    along: frozenset[str] = frozenset()
    """What else is true meanwhile."""

    @classmethod
    def around(
        cls,
        gesture: str,
        start: float | None,
        peak: float | None,
        end: float | None,
        *,
        person: str = "",
        partial: bool = False,
    ) -> Label:
        """Return a label of hand-set times, as the protocol has them; of None only a partial one is without end.

        Latency counts from the start of what is held, and from the peak of what happens.
        """
        begin = -math.inf if start is None else start - EARLY
        until = math.inf if end is None else end + LATE
        if peak is not None and not partial and (start is None or end is None):
            begin, until = peak - AROUND, peak + AROUND
        moment = start if peak is None or is_held(gesture) else peak
        return cls(gesture=gesture, begin=begin, end=until, moment=moment, person=person, partial=partial)

    def told_by(self, event: Gesture) -> bool:
        """Whether `event` says this, in time."""
        return self.covers(event) and names(self.gesture, event.gesture)

    def forgives(self, event: Gesture) -> bool:
        """Whether `event` is true, if no label's own: along with this one, or as the part that is there."""
        along = any(names(said, event.gesture) for said in self.along)
        return self.covers(event) and (along or (self.partial and names(self.gesture, event.gesture)))

    def covers(self, event: Gesture) -> bool:
        """Whether `event` comes in time for this."""
        return self.begin - 1e-6 <= event.t <= self.end + 1e-6


def is_held(gesture: str) -> bool:
    """Whether a gesture, or its family, lasts: its rows of the table say so."""
    return any(isinstance(row, Held) and names(gesture, row.name) for row in GESTURES)


def told(events: Iterable[BodyEvent]) -> list[Gesture]:
    """Return the gestures that came or happened; not that they went, and no numbers."""
    return [e for e in events if isinstance(e, Gesture) and e.phase in ("on", "pulse")]


@dataclass(slots=True)
class Verdict:
    """What became of the labels and the events of one recording."""

    hits: list[tuple[Label, Gesture]] = field(default_factory=list)
    missed: list[Label] = field(default_factory=list)
    false: list[Gesture] = field(default_factory=list)
    others: list[Gesture] = field(default_factory=list)
    """Events of which the labels say nothing."""

    def __iadd__(self, other: Verdict) -> Self:
        """Take in what became of another part."""
        self.hits += other.hits
        self.missed += other.missed
        self.false += other.false
        self.others += other.others
        return self


def judge(labels: Sequence[Label], events: Iterable[Gesture], judged: Callable[[str], bool]) -> Verdict:
    """Return the verdict. An event that no label explains is false where its name is `judged`.

    A partial label takes its event, too, or the next label would; but neither counts.
    """
    open_ = sorted((label for label in labels if label.gesture), key=lambda label: label.end)
    verdict = Verdict()
    for event in sorted(events, key=lambda event: event.t):
        label = next((label for label in open_ if label.told_by(event)), None)
        if label is not None:
            open_.remove(label)
            if not label.partial:
                verdict.hits.append((label, event))
        elif not any(label.forgives(event) for label in labels):
            (verdict.false if judged(event.gesture) else verdict.others).append(event)
    verdict.missed = [label for label in open_ if not label.partial]
    return verdict


def anything(_gesture: str) -> bool:
    """Judge every event: where all that happens is labelled."""
    return True


def one_of(said: Collection[str]) -> Callable[[str], bool]:
    """Return what judges only the gestures, or families of them, that `said` names."""
    return lambda gesture: not {gesture, family(gesture)}.isdisjoint(said)
