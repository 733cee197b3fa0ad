"""The recogniser: players in, events out. One memory a player, counted in the source's time."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from posegames.events import BodyEvent, Gesture, PlayerJoined, PlayerLeft
from posegames.gestures.table import GESTURES, Row
from posegames.players.player import Player

UNSEEN = 0.2
"""Seconds a gesture outlives the sight of its joints."""


@dataclass(slots=True)
class _Memory:
    """One row for one player."""

    on: bool = False
    since: float = math.inf
    """When the measure rose above `enter`; inf while below."""
    off: float = -math.inf
    """When it last went off."""
    told: float = -math.inf
    """When the joints were last seen."""


@dataclass(slots=True)
class _Person:
    seen: float = -math.inf
    rows: dict[str, _Memory] = field(default_factory=dict)


class Recogniser:
    """Turns motion into events (see `GESTURES`)."""

    def __init__(self, table: tuple[Row, ...] = GESTURES) -> None:
        self._table = table
        self._people: dict[int, _Person] = {}

    def update(self, players: tuple[Player, ...], now: float) -> list[BodyEvent]:
        """Return what happened since the last call; players not seen anew cause nothing."""
        events: list[BodyEvent] = []
        here = {player.number for player in players}
        for number in [n for n in self._people if n not in here]:
            events += [Gesture(now, number, row, "off") for row in self._on(self._people.pop(number))]
            events.append(PlayerLeft(now, number))
        for player in players:
            if player.number not in self._people:
                self._people[player.number] = _Person(rows={row.name: _Memory() for row in self._table})
                events.append(PlayerJoined(player.seen, player.number))
            person = self._people[player.number]
            if player.seen > person.seen:
                person.seen = player.seen
                for row in self._table:
                    events += self._judge(row, person, player)
        return events

    @staticmethod
    def _on(person: _Person) -> list[str]:
        return [name for name, memory in person.rows.items() if memory.on]

    @staticmethod
    def _judge(row: Row, person: _Person, player: Player) -> list[BodyEvent]:
        memory, time = person.rows[row.name], player.seen
        if player.pose.seen(row.needs):
            memory.told = time
            value = row.measure(player)
        elif time - memory.told <= UNSEEN:
            return []  # unknown is neither yes nor no
        else:
            value = -math.inf
        if value >= row.enter:
            memory.since = min(memory.since, time)
        elif not memory.on or value < row.exit:
            memory.since = math.inf
        louder = any(person.rows[name].since < math.inf for name in row.unless)
        if memory.on and (memory.since == math.inf or louder):
            memory.on, memory.off = False, time
            return [Gesture(time, player.number, row.name, "off")]
        ripe = time - memory.since >= row.hold and time - memory.off >= row.rest
        if not memory.on and ripe and not louder:
            memory.on = True
            return [Gesture(time, player.number, row.name, "on")]
        return []
