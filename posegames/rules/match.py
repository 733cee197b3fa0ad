"""The course of a game of `match`: who strikes which pose, and when the next one comes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from posegames.players.player import Player
from posegames.rules.attempt import Rating
from posegames.rules.piece import Piece, Target
from posegames.rules.turn import Turn

Phase = Literal["ready", "posing", "between", "over"]
STAND = 0.5
"""Seconds somebody must stand visibly before the count begins."""
COUNT, BEAT = 3, 0.7
"""What is counted down from, and seconds a number."""
BETWEEN = 0.9
"""Seconds from the end of a pose to the next."""
OTHERS = 8.0
"""Seconds the others have once the first has locked, where there is no clock."""
GIVE_UP = 30.0
"""Seconds after which a pose nobody can do is let go, where there is no clock."""
FAIR = 3.0
"""Seconds a pose must have been asked of somebody to count as missed; half its time, where there is a clock."""


@dataclass(frozen=True, slots=True)
class Posed:
    """A new pose begins."""

    index: int


@dataclass(frozen=True, slots=True)
class Counted:
    """The countdown shows another number."""

    n: int


@dataclass(frozen=True, slots=True)
class Locked:
    """A player has struck the pose."""

    player: int
    rating: Rating
    points: int
    """What it gave."""
    combo: int


@dataclass(frozen=True, slots=True)
class Missed:
    """A player has not struck the pose in time."""

    player: int
    words: str
    """What to do next time, kindly; at most five words."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The last pose is over."""


MatchEvent = Posed | Counted | Locked | Missed | Finished


class MatchGame:
    """A piece, and up to six players who strike its poses, each with a score of their own.

    Nobody fails: without a clock the game waits, helps whom it is too hard for, and goes on once the others had
    their time; with a clock it goes on by itself. While nobody is seen it stands still.
    """

    def __init__(self, piece: Piece, *, grace: float = 1.0) -> None:
        """`grace`: seconds somebody may be hidden before they are no longer waited for."""
        if not piece.targets:
            raise ValueError("A piece needs at least one pose.")
        self._piece, self._grace = piece, grace
        self._turns: dict[int, Turn] = {}
        self._stood = 0.0
        self._elapsed = 0.0
        self._since_first = 0.0
        self.phase: Phase = "ready"
        self.index = 0
        """Of the pose asked for, from 0."""
        self.countdown: int | None = None
        """The number to show: 3, 2, 1; None while none is counted."""

    @property
    def count(self) -> int:
        """How many poses there are."""
        return len(self._piece.targets)

    @property
    def target(self) -> Target:
        """The pose asked for; see `Turn.target` for the side a player took."""
        return self._piece.targets[self.index]

    @property
    def upcoming(self) -> tuple[Target, ...]:
        """The next two poses, if there are as many."""
        return self._piece.targets[self.index + 1 : self.index + 3]

    @property
    def turns(self) -> Mapping[int, Turn]:
        """Everybody who has played, by number; those who left, too."""
        return MappingProxyType(self._turns)

    @property
    def left(self) -> float | None:
        """Seconds left of this pose; None while it waits."""
        if self.phase != "posing":
            return None
        if self.target.seconds is not None:
            return max(0.0, self.target.seconds - self._elapsed)
        return max(0.0, OTHERS - self._since_first) if self._some_locked else None

    def update(self, players: tuple[Player, ...], dt: float) -> list[MatchEvent]:
        """Go on by `dt` seconds with `players` as they are now, and return what happened."""
        if self.phase == "over":
            return []
        self._see(players, dt)
        match self.phase:
            case "ready":
                return self._ready(dt)
            case "posing":
                return self._pose(dt)
            case _:
                return self._wait(dt)

    @property
    def _here(self) -> list[Turn]:
        return [turn for turn in self._turns.values() if turn.here]

    @property
    def _some_locked(self) -> bool:
        return any(turn.locked for turn in self._turns.values())

    def _see(self, players: tuple[Player, ...], dt: float) -> None:
        """Let everybody be looked at; who is new gets a turn."""
        by_number = {player.number: player for player in players}
        for number in by_number.keys() - self._turns.keys():
            self._turns[number] = Turn(
                number, self.target, either=self._piece.either, to_come=self.count - self.index
            )
        for number, turn in self._turns.items():
            turn.see(by_number.get(number), dt, self._grace, asked=self.phase == "posing")

    def _ready(self, dt: float) -> list[MatchEvent]:
        self._stood = self._stood + dt if self._here else 0.0
        beats = (self._stood - STAND) / BEAT
        if beats < 0:
            self.countdown = None
            return []
        number = COUNT - math.floor(beats)
        if number <= 0:
            self.countdown = None
            return self._begin(0)
        if number == self.countdown:
            return []
        self.countdown = number
        return [Counted(number)]

    def _begin(self, index: int) -> list[MatchEvent]:
        """Ask for pose `index`."""
        self.index, self.phase = index, "posing"
        self._elapsed = self._since_first = 0.0
        for turn in self._turns.values():
            turn.begin(self.target, either=self._piece.either, to_come=self.count - index)
        return [Posed(index)]

    def _pose(self, dt: float) -> list[MatchEvent]:
        here = self._here
        if here:
            self._elapsed += dt
        ready = [turn for turn in here if turn.locked is None and turn.attempt.bar >= 1]
        events: list[MatchEvent] = [self._lock(turn) for turn in ready]
        if self._some_locked:
            self._since_first += dt
        if self._is_over(here):
            events += [
                event for turn in self._turns.values() if turn.locked is None for event in self._close(turn)
            ]
            self.phase, self._elapsed = "between", 0.0
        return events

    def _is_over(self, here: list[Turn]) -> bool:
        """Whether this pose is."""
        if self.target.seconds is not None:
            return self._elapsed >= self.target.seconds
        if self._some_locked:
            return self._since_first >= OTHERS or all(turn.locked for turn in here)
        return bool(here) and all(turn.attempt.tried >= GIVE_UP for turn in here)

    @staticmethod
    def _lock(turn: Turn, *, late: bool = False) -> Locked:
        points = turn.lock(late=late)
        return Locked(turn.player, turn.locked or "ok", points, turn.combo)

    def _close(self, turn: Turn) -> list[MatchEvent]:
        """End this pose for somebody who has not locked it."""
        if turn.attempt.rating is not None:
            return [self._lock(turn, late=True)]
        seconds = self.target.seconds
        if turn.attempt.tried >= (FAIR if seconds is None else min(FAIR, seconds / 2)):
            return [Missed(turn.player, turn.miss())]
        turn.skip()
        return []

    def _wait(self, dt: float) -> list[MatchEvent]:
        self._elapsed += dt
        if self._elapsed < BETWEEN:
            return []
        if self.index + 1 < self.count:
            return self._begin(self.index + 1)
        self.phase = "over"
        return [Finished()]
