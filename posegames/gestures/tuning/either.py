"""A gesture that can be told in several ways: if the joints of the best are not seen, by what is seen."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from posegames.gestures.memory import AWAY, Memory
from posegames.gestures.posture import Posture, bits_of
from posegames.gestures.rows import Analogue, Held, News, Pulse, Row, Watch

MISSED = 2.0
"""Seconds without sight of its joints after which a way is given up for another. A hand behind a back, somebody
turning round: that much is over sooner."""
BACK = 0.5
"""Seconds with sight of them after which a better way is taken again."""

Way = Held | Pulse | Analogue


@dataclass(frozen=True, slots=True)
class Either:
    """One gesture, and the ways to tell it: the best first. All have its name."""

    ways: tuple[Way, ...]

    @property
    def name(self) -> str:
        """What its events are called."""
        return self.ways[0].name

    @property
    def blurb(self) -> str:
        """A few words for players: what they do if all is seen."""
        return self.ways[0].blurb

    @property
    def unless(self) -> tuple[str, ...]:
        """Rows before it that say more."""
        return self.ways[0].unless

    def watch(self, louder: Sequence[Watch] = ()) -> Watch:
        """Return a fresh watch."""
        return _EitherWatch(self.ways, louder)


def each_way(row: Row, change: Callable[[Way], Way]) -> Row:
    """Return `row` with every way to tell it changed; rows of other kinds as they are."""
    match row:
        case Held() | Pulse() | Analogue():
            return change(row)
        case Either():
            return Either(tuple(map(change, row.ways)))
        case _:
            return row


class _EitherWatch:
    def __init__(self, ways: tuple[Way, ...], louder: Sequence[Watch]) -> None:
        self._ways, self._louder = ways, louder
        self._way = 0
        self._first = bits_of(ways[0].needs)
        self._watch = ways[0].watch(louder)
        self._told = self._now = -math.inf
        """When the joints of the way taken were last seen, or somebody came (back); and the latest sighting."""
        self._better = math.inf
        """Since when the joints of a better way have been seen."""

    @property
    def busy(self) -> bool:
        return self._watch.busy

    def see(self, posture: Posture, memory: Memory) -> list[News]:
        if self._way == 0 and posture.bits & self._first == self._first:  # as nearly always
            self._told = self._now = posture.time
            return self._watch.see(posture, memory)
        parted = self._choose(posture)
        return [*parted, *self._watch.see(posture, memory)]

    def end(self) -> list[News]:
        return self._watch.end()

    def _choose(self, posture: Posture) -> list[News]:
        """Take another way if it is time; what the old one had to say at its end."""
        time, ways, away = posture.time, self._ways, posture.time - self._now > AWAY
        self._now = time
        seen = posture.seen(ways[self._way].needs)
        if seen or away:
            self._told = time
        better = next((n for n in range(self._way) if posture.seen(ways[n].needs)), None)
        self._better = math.inf if better is None else min(self._better, time)
        if better is not None and time - self._better >= BACK - 1e-6 and not self.busy:
            return self._take(better, time)
        if time - self._told > MISSED:
            other = next((n for n, way in enumerate(ways) if posture.seen(way.needs)), None)
            if other is not None:
                return self._take(other, time)
        return []

    def _take(self, way: int, time: float) -> list[News]:
        news = self._watch.end()
        self._way, self._watch = way, self._ways[way].watch(self._louder)
        self._told, self._better = time, math.inf
        return news
