"""The kinds of gestures, as rows of a table; each knows how one player's measure becomes events."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, Protocol

from posegames.body.joints import Joint
from posegames.events import Phase
from posegames.gestures.memory import Memory
from posegames.gestures.posture import Posture, bits_of

Measure = Callable[[Posture, Memory], float]
"""A number of a body now, and of what is usual for it. Asked only while the joints of its row are seen."""
News = tuple[Phase, float]
"""What a watch has to say: a phase and a value."""

UNSEEN = 0.2
"""Seconds a gesture outlives the sight of its joints: so long unknown is neither yes nor no."""
CHANGE = 0.02
"""A value is sent when it differs by more from the one sent last, and when it reaches an end or the middle."""


class Watch(Protocol):
    """One row for one player: its memory, and its answer to each sighting."""

    @property
    def busy(self) -> bool:
        """Whether the gesture is on, or about to be: those that give way to it stay silent."""

    def see(self, posture: Posture, memory: Memory, *, hushed: bool) -> list[News]:
        """Take a sighting. `hushed`: something that says more is busy."""

    def end(self) -> list[News]:
        """Say goodbye: the player has left."""


class Row(Protocol):
    """A gesture of the table."""

    @property
    def name(self) -> str:
        """What its events are called."""

    @property
    def blurb(self) -> str:
        """A few words for players."""

    @property
    def unless(self) -> tuple[str, ...]:
        """Rows before it that say more: while one of them is busy, this one is hushed."""

    def watch(self) -> Watch:
        """Return a fresh watch, for a new player."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A gesture that lasts: on when its measure has been at `enter` or above for `hold` seconds, off below `exit`.

    Two thresholds, a hold and a rest keep a shaky hand from switching it on and off.
    """

    name: str
    blurb: str
    needs: tuple[Joint, ...]
    """Joints without which nothing can be said."""
    measure: Measure
    enter: float
    exit: float
    hold: float = 0.0
    """Seconds."""
    rest: float = 0.3
    """Seconds after it went off in which it does not come on again."""
    linger: float = 0.0
    """Seconds below `exit` that are forgiven."""
    ease: float = 0.0
    """What a high sensitivity takes off `enter` and `exit`, and a low one adds, in the measure's unit.

    See `posegames.gestures.tuning.sensitivity`.
    """
    entered: bool = False
    """Whether it must have been seen off before it comes on: whoever appears in a pose has not struck it."""
    unless: tuple[str, ...] = ()

    def watch(self) -> Watch:
        """Return a fresh watch."""
        return _HeldWatch(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """A gesture that happens: told once, when a held one would come on, or when it is complete and goes off.

    Nothing sudden is believed of somebody who has just appeared, nor of a body that changes its size.
    """

    held: Held
    at: Literal["begin", "end"]
    longest: float = math.inf
    """Seconds it may last to be told at its end."""
    echo: float = 0.0
    """Seconds after it was told in which those that give way to it stay silent."""

    @property
    def name(self) -> str:
        """What its events are called."""
        return self.held.name

    @property
    def blurb(self) -> str:
        """A few words for players."""
        return self.held.blurb

    @property
    def needs(self) -> tuple[Joint, ...]:
        """Joints without which nothing can be said."""
        return self.held.needs

    @property
    def unless(self) -> tuple[str, ...]:
        """Rows before it that say more."""
        return self.held.unless

    def watch(self) -> Watch:
        """Return a fresh watch."""
        return _PulseWatch(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Analogue:
    """A gesture that is a number, -1 to 1: 0 within `dead` of the measure's middle, 1 at `full`."""

    name: str
    blurb: str
    needs: tuple[Joint, ...]
    measure: Measure
    dead: float
    full: float
    unless: tuple[str, ...] = ()

    def value(self, measured: float) -> float:
        """Return -1..1, smoothly out of the middle and into the ends."""
        share = min(max((abs(measured) - self.dead) / (self.full - self.dead), 0.0), 1.0)
        return math.copysign(share * share * (3 - 2 * share), measured) if share else 0.0

    def watch(self) -> Watch:
        """Return a fresh watch."""
        return _AnalogueWatch(self)


class _HeldWatch:
    def __init__(self, row: Held) -> None:
        self._row = row
        self.on = False
        self._open = not row.entered
        """Whether it may come on."""
        self.known = True
        """Whether the measure, not the want of it, has the last word."""
        self._above = math.inf
        """Since when the measure has been above `enter`."""
        self._within = -math.inf
        """When it was last above `exit`."""
        self._off = -math.inf
        """When it last went off."""
        self._told = -math.inf
        """When the joints were last seen."""
        self._needs = bits_of(row.needs)
        self.busy = False

    def see(self, posture: Posture, memory: Memory, *, hushed: bool) -> list[News]:
        row, time = self._row, posture.time
        self.known = posture.bits & self._needs == self._needs
        if self.known:
            self._told = time
        elif time - self._told <= UNSEEN:
            return []
        value = row.measure(posture, memory) if self.known else -math.inf
        if value < row.exit and not self.on:  # as nearly always: it has been off, and it still is
            self._open = self._open or self.known
            self._above, self.busy = math.inf, False
            return []
        news = self._switch(value, time, hushed=hushed)
        self.busy = self.on or self._above < math.inf
        return news

    def _switch(self, value: float, time: float, *, hushed: bool) -> list[News]:
        row = self._row
        if value >= row.exit:
            self._within = time
        elif self.known:
            self._open = True
        if value < row.enter:
            self._above = math.inf
        else:
            self._above = min(self._above, time)
        over = value < row.exit and (not self.known or time - self._within >= row.linger)
        if self.on and (over or hushed):
            self.on, self._off = False, time
            return [("off", 1.0)]
        ripe = self._above <= time - row.hold + 1e-6 and time - self._off >= row.rest - 1e-6
        if not self.on and ripe and self._open and not hushed:
            self.on = True
            return [("on", 1.0)]
        return []

    def end(self) -> list[News]:
        return [("off", 1.0)] if self.on else []


_TOLD: Mapping[str, Phase] = MappingProxyType({"begin": "on", "end": "off"})


class _PulseWatch:
    def __init__(self, row: Pulse) -> None:
        self._row = row
        self._held = _HeldWatch(row.held)
        self._since = math.inf
        self._told = -math.inf
        self.busy = False

    def see(self, posture: Posture, memory: Memory, *, hushed: bool) -> list[News]:
        held, hushed = self._held, hushed or memory.startled
        news = held.see(posture, memory, hushed=hushed)
        if news:
            news = self._tell(news, posture, hushed=hushed)
        self.busy = held.busy or posture.time - self._told < self._row.echo
        return news

    def _tell(self, news: list[News], posture: Posture, *, hushed: bool) -> list[News]:
        for phase, value in news:
            if phase == "on":
                self._since = posture.time
            elif not self._held.known or hushed or posture.time - self._since > self._row.longest:
                return []
            if phase == _TOLD[self._row.at]:
                self._told = posture.time
                return [("pulse", value)]
        return []

    def end(self) -> list[News]:
        return []


class _AnalogueWatch:
    busy = False

    def __init__(self, row: Analogue) -> None:
        self._row = row
        self._needs = bits_of(row.needs)
        self._sent = 0.0
        self._told = -math.inf

    def see(self, posture: Posture, memory: Memory, *, hushed: bool) -> list[News]:
        value = 0.0
        if posture.bits & self._needs == self._needs:
            self._told = posture.time
            if not hushed:
                value = self._row.value(self._row.measure(posture, memory))
        elif posture.time - self._told <= UNSEEN:
            return []
        return self._send(value)

    def end(self) -> list[News]:
        return self._send(0.0)

    def _send(self, value: float) -> list[News]:
        if abs(value - self._sent) <= CHANGE and (value == self._sent or value not in (-1.0, 0.0, 1.0)):
            return []
        self._sent = value
        return [("value", value)]
