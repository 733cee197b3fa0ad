"""The kinds of gestures, as rows of a table; each knows how one player's measure becomes events."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
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

    def see(self, posture: Posture, memory: Memory) -> list[News]:
        """Take a sighting."""

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

    def watch(self, louder: Sequence[Watch] = ()) -> Watch:
        """Return a fresh watch, for a new player; `louder` are those of the rows in `unless`."""


def hushed(louder: Sequence[Watch]) -> bool:
    """Whether something that says more is busy: asked only when there is something to say."""
    for watch in louder:  # noqa: SIM110 - most often there are none
        if watch.busy:
            return True
    return False


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

    def watch(self, louder: Sequence[Watch] = ()) -> Watch:
        """Return a fresh watch."""
        return _HeldWatch(self, louder)


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

    def watch(self, louder: Sequence[Watch] = ()) -> Watch:
        """Return a fresh watch."""
        return _PulseWatch(self, louder)


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

    def watch(self, louder: Sequence[Watch] = ()) -> Watch:
        """Return a fresh watch."""
        return _AnalogueWatch(self, louder)


class _HeldWatch:
    def __init__(self, row: Held, louder: Sequence[Watch]) -> None:
        self._row, self._louder = row, louder
        self._needs, self._measure, self._exit = bits_of(row.needs), row.measure, row.exit
        self._on = False
        self._open = not row.entered
        """Whether it may come on."""
        self._above = math.inf
        """Since when the measure has been above `enter`."""
        self._within = -math.inf
        """When it was last above `exit`."""
        self._off = -math.inf
        """When it last went off."""
        self._now = self._known = -math.inf
        """The newest sighting, and the newest in which the joints were seen."""

    @property
    def busy(self) -> bool:
        return self._on or self._above < math.inf

    def see(self, posture: Posture, memory: Memory) -> list[News]:
        self._now = time = posture.time
        if posture.bits & self._needs == self._needs:
            self._known = time
            value = self._measure(posture, memory)
        elif time - self._known <= UNSEEN:
            return []
        else:
            value = -math.inf
        if value < self._exit and not self._on:  # as nearly always: it has been off, and it still is
            self._open = self._open or self._known == time
            self._above = math.inf
            return []
        return self._switch(value, memory)

    def _hushed(self, _memory: Memory) -> bool:
        return hushed(self._louder)

    def _switch(self, value: float, memory: Memory) -> list[News]:
        row, time, known, silent = self._row, self._now, self._known == self._now, self._hushed(memory)
        if value >= row.exit:
            self._within = time
        elif known:
            self._open = True
        if value < row.enter:
            self._above = math.inf
        else:
            self._above = min(self._above, time)
        over = value < row.exit and (not known or time - self._within >= row.linger)
        if self._on and (over or silent):
            self._on, self._off = False, time
            return [("off", 1.0)]
        ripe = self._above <= time - row.hold + 1e-6 and time - self._off >= row.rest - 1e-6
        if not self._on and ripe and self._open and not silent:
            self._on = True
            return [("on", 1.0)]
        return []

    def end(self) -> list[News]:
        return [("off", 1.0)] if self._on else []


_TOLD: Mapping[str, Phase] = MappingProxyType({"begin": "on", "end": "off"})


class _PulseWatch(_HeldWatch):
    def __init__(self, row: Pulse, louder: Sequence[Watch]) -> None:
        super().__init__(row.held, louder)
        self._pulse = row
        self._since, self._told = math.inf, -math.inf

    @property
    def busy(self) -> bool:
        return super().busy or self._now - self._told < self._pulse.echo

    def _hushed(self, memory: Memory) -> bool:
        return memory.startled or super()._hushed(memory)

    def _switch(self, value: float, memory: Memory) -> list[News]:
        time = self._now
        for phase, _ in super()._switch(value, memory):
            if phase == "on":
                self._since = time
            elif self._known < time or time - self._since > self._pulse.longest or self._hushed(memory):
                return []
            if phase == _TOLD[self._pulse.at]:
                self._told = time
                return [("pulse", 1.0)]
        return []

    def end(self) -> list[News]:
        return []


class _AnalogueWatch:
    busy = False

    def __init__(self, row: Analogue, louder: Sequence[Watch]) -> None:
        self._row, self._louder = row, louder
        self._needs = bits_of(row.needs)
        self._sent = 0.0
        self._told = -math.inf

    def see(self, posture: Posture, memory: Memory) -> list[News]:
        value = 0.0
        if posture.bits & self._needs == self._needs:
            self._told = posture.time
            if not hushed(self._louder):
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
