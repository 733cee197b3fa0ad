"""The recogniser: players in, events out. One memory a player, counted in the source's time."""

from __future__ import annotations

import math
from collections.abc import Iterator

from posegames.events import BodyEvent, Gesture, PlayerJoined, PlayerLeft
from posegames.gestures.memory import Memory
from posegames.gestures.posture import Posture
from posegames.gestures.rows import Row
from posegames.gestures.table import GESTURES
from posegames.players.player import Player

SMALLEST = 0.03
"""Torso length in frame heights below which nobody plays: things far away that look like a body."""


class Recogniser:
    """Turns motion into events (see `GESTURES`)."""

    def __init__(self, table: tuple[Row, ...] = GESTURES) -> None:
        self._table = table
        self._people: dict[int, _Person] = {}
        self._looked: list[_Person] = []

    @property
    def newest(self) -> Iterator[tuple[int, Posture, Memory]]:
        """Player number, posture and memory of each whom the last `update` saw anew: for who looks closer."""
        return ((person.number, person.memory.trail[-1], person.memory) for person in self._looked)

    def update(self, players: tuple[Player, ...], now: float) -> list[BodyEvent]:
        """Return what happened since the last call; players not seen anew cause nothing.

        Gestures have the capture time of the sighting that decided them, farewells the time `now`.
        """
        events: list[BodyEvent] = []
        here = {player.number: player for player in players}
        for number, person in list(self._people.items()):
            if number not in here or here[number].person != person.who:  # or the slot is somebody else's by now
                events += [*self._people.pop(number).leave(now), PlayerLeft(now, number)]
        for number, player in here.items():
            if number not in self._people:
                self._people[number] = _Person(player, self._table)
                events.append(PlayerJoined(player.seen, number))
        seen = [p for number, player in here.items() if (p := self._people[number]).looks_at(player)]
        if any(person.memory.swept for person in seen):
            for person in seen:  # where the picture moves, it moves for all
                person.memory.startle()
        for person in seen:
            events += person.judge()
        self._looked = seen
        return events


class _Person:
    """A player's memory, and a watch for each row of the table."""

    def __init__(self, player: Player, table: tuple[Row, ...]) -> None:
        self.seen = -math.inf
        self.who = player.person
        self.number = player.number
        self.memory = Memory()
        self._certain = player.certain
        self._posture: Posture | None = None
        self._watches = [(row, row.watch()) for row in table]
        named = {row.name: watch for row, watch in self._watches}
        self._louder = {row.name: [named[other] for other in row.unless] for row in table}

    def looks_at(self, player: Player) -> bool:
        """Take a new sighting of this player; whether there is one from which something can be told."""
        if player.seen <= self.seen:
            return False
        self.seen = player.seen
        self._posture = Posture.of(player)
        if self._posture.torso < SMALLEST:
            return False
        self.memory.see(self._posture)
        if player.certain != self._certain:  # it may be another body than before
            self._certain = player.certain
            self.memory.startle()
        return True

    def judge(self) -> Iterator[Gesture]:
        """Yield what the sighting just taken means."""
        assert self._posture is not None
        for row, watch in self._watches:
            hushed = any(louder.busy for louder in self._louder[row.name])
            for phase, value in watch.see(self._posture, self.memory, hushed=hushed):
                yield Gesture(self.seen, self.number, row.name, phase, value)

    def leave(self, now: float) -> Iterator[Gesture]:
        for row, watch in self._watches:
            for phase, value in watch.end():
                yield Gesture(now, self.number, row.name, phase, value)
