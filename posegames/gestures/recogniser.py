"""The recogniser: players in, events out. One memory a player, counted in the source's time."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import replace

from posegames.events import BodyEvent, Gesture, PlayerJoined, PlayerLeft
from posegames.gestures.memory import Memory
from posegames.gestures.posture import Posture
from posegames.gestures.rows import Row, Watch
from posegames.gestures.table import GESTURES
from posegames.gestures.tuning.calibration import Calibration
from posegames.gestures.tuning.learning import Learner
from posegames.gestures.tuning.profiles import Tuning
from posegames.gestures.tuning.reach import Range
from posegames.players.player import Player

SMALLEST = 0.03
"""Torso length in frame heights below which nobody plays: things far away that look like a body."""
USUAL = Tuning()


class Recogniser:
    """Turns motion into events (see `GESTURES`)."""

    def __init__(self, table: tuple[Row, ...] = GESTURES, tuning: Tuning = USUAL) -> None:
        """`tuning` is everybody's, until `tune` says otherwise of somebody."""
        self._table, self._tuning = table, tuning
        self._only: frozenset[str] | None = None
        self._people: dict[int, _Person] = {}
        self._looked: list[_Person] = []

    @property
    def newest(self) -> Iterator[tuple[int, Posture, Memory]]:
        """Player number, posture and memory of each whom the last `update` saw anew: for who looks closer.

        Who is being calibrated is left out.
        """
        return ((p.number, p.memory.trail[-1], p.memory) for p in self._looked if not p.calibrating)

    def only(self, gestures: Collection[str] | None) -> None:
        """From now on tell of no gestures but these; None is all. What is held goes on until it is let go."""
        self._only = None if gestures is None else frozenset(gestures)

    def tuning(self, number: int) -> Tuning:
        """Return what is known of a player: everybody's, if they are not here."""
        return self._people[number].tuning if number in self._people else self._tuning

    def tune(self, number: int, tuning: Tuning) -> None:
        """Know a player who is here otherwise: what they hold is let go with the next sighting of them."""
        if number in self._people:
            self._people[number].tune(tuning)

    def tune_all(self, tuning: Tuning) -> None:
        """Know everybody otherwise, those here and those who come; how far each here gets stays known."""
        self._tuning = tuning
        for person in self._people.values():
            person.tune(replace(tuning, range=person.tuning.range))

    def calibrate(self, number: int) -> Calibration | None:
        """Begin to measure how far a player gets; None if they are not here.

        Until it is done they cause no gestures; then it is known of them.
        """
        return self._people[number].calibrate() if number in self._people else None

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
                self._people[number] = _Person(player, self._table, self._tuning)
                events.append(PlayerJoined(player.seen, number))
        seen = [p for number, player in here.items() if (p := self._people[number]).looks_at(player)]
        if any(person.memory.swept for person in seen):
            for person in seen:  # where the picture moves, it moves for all
                person.memory.startle()
        for person in seen:
            events += person.judge(self._only)
        self._looked = seen
        return events


class _Person:
    """A player's memory, and a watch for each row of their table."""

    def __init__(self, player: Player, table: tuple[Row, ...], tuning: Tuning) -> None:
        self.seen = -math.inf
        self.who = player.person
        self.number = player.number
        self.memory = Memory()
        self._certain = player.certain
        self._posture: Posture | None = None
        self._table = table
        self._watches: dict[str, Watch] = {}
        """By the name of their row."""
        self._parting: list[Gesture] = []
        """What was let go when the watches were changed."""
        self._told: set[str] = set()
        """What was said to be on."""
        self._learner: Learner | None = None
        self._calibration: Calibration | None = None
        self._learnt: Range | None = None
        """What is to be known of them as soon as they do nothing."""
        self.tune(tuning)

    def tune(self, tuning: Tuning) -> None:
        """Take other rows, with fresh watches."""
        self.tuning = tuning
        self._parting += self._over(self.seen)
        self._watches = {}
        for row in tuning.rows(self._table):
            louder = [self._watches[name] for name in row.unless if name in self._watches]
            self._watches[row.name] = row.watch(louder)
        if self._learner is None and tuning.learns:
            self._learner = Learner(replace(tuning, range=USUAL.range).rows(self._table))
        if self.memory.trail:
            self.memory.startle()

    def calibrate(self) -> Calibration:
        """Begin to measure how far they get."""
        self._parting += self._over(self.seen)
        usual = replace(self.tuning, range=USUAL.range, sensitivity=USUAL.sensitivity)
        self._calibration = Calibration(usual.rows(self._table))
        return self._calibration

    @property
    def calibrating(self) -> bool:
        """Whether it is being measured how far they get."""
        return self._calibration is not None

    def looks_at(self, player: Player) -> bool:
        """Take a new sighting of this player; whether there is one from which something can be told."""
        if player.seen <= self.seen:
            return False
        self.seen = player.seen
        self._posture = Posture.of(player, self.tuning.profile.unseen)
        if self._posture.torso < SMALLEST:
            return False
        self.memory.see(self._posture)
        if player.certain != self._certain:  # it may be another body than before
            self._certain = player.certain
            self.memory.startle()
        return True

    def judge(self, only: frozenset[str] | None) -> Iterator[Gesture]:
        """Yield what the sighting just taken means."""
        posture, memory = self._posture, self.memory
        assert posture is not None
        if self._calibration is not None:
            self._measure(self._calibration, posture)
        yield from self._parting
        self._parting.clear()
        if self._calibration is not None:
            return
        for name, watch in self._watches.items():
            for phase, value in watch.see(posture, memory):
                if only is None or name in only or name in self._told:
                    yield self._tell(Gesture(self.seen, self.number, name, phase, value))
        self._learn(posture)

    def leave(self, now: float) -> Iterator[Gesture]:
        """Yield what ends with them."""
        yield from (replace(gesture, t=now) for gesture in self._parting)
        yield from self._over(now)

    def _tell(self, gesture: Gesture) -> Gesture:
        """Note what is on, or off its middle."""
        if gesture.phase == "on" or (gesture.phase == "value" and gesture.value):
            self._told.add(gesture.gesture)
        else:
            self._told.discard(gesture.gesture)
        return gesture

    def _over(self, now: float) -> list[Gesture]:
        """Let go of all that is held; what that means."""
        news = [(name, phase, value) for name, watch in self._watches.items() for phase, value in watch.end()]
        return [
            self._tell(Gesture(now, self.number, name, phase, value))
            for name, phase, value in news
            if name in self._told
        ]

    def _measure(self, calibration: Calibration, posture: Posture) -> None:
        calibration.see(posture, self.memory)
        if calibration.done:
            self._calibration = None
            self.tune(replace(self.tuning, range=calibration.range))

    def _learn(self, posture: Posture) -> None:
        """Learn silently how far they get; what is learnt counts from when they do nothing."""
        if self._learner is None:
            return
        busy = any(watch.busy for watch in self._watches.values())
        known = self._learnt or self.tuning.range
        self._learnt = self._learner.see(posture, self.memory, known, busy=busy) or self._learnt
        if self._learnt is not None and not busy:
            self.tune(replace(self.tuning, range=self._learnt))
            self._learnt = None
