"""The game of `tag`: its rounds and its clock, who comes and who leaves. No pygame, no clock of the machine."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal

from posegames.rules.arena import Arena
from posegames.rules.avatars import Avatar, Steer
from posegames.rules.playground import HZ, Playground
from posegames.rules.tagevents import (
    Bumped,
    Counted,
    Dashed,
    GameOver,
    Hid,
    Passed,
    RoundBegan,
    RoundOver,
    Showed,
    TagEvent,
    Tagged,
)

__all__ = [
    "Avatar",
    "Bumped",
    "Counted",
    "Dashed",
    "GameOver",
    "Hid",
    "Passed",
    "Phase",
    "RoundBegan",
    "RoundOver",
    "Showed",
    "Steer",
    "TagEvent",
    "TagGame",
    "Tagged",
]

LONGEST = 0.25
"""Seconds of one update at most; what a stall took is not played."""
MOST = 6
"""Avatars on a field."""
READY, BETWEEN = 3, 3
"""Seconds to count down before a round, and to look at its end."""

Phase = Literal["ready", "running", "between", "over"]
"""Counting down, playing, after a round, after the last."""


class TagGame:
    """One game: rounds of tag between players, and bots where no player is."""

    def __init__(self, arena: Arena, *, seed: int = 0) -> None:
        """Line up `arena.avatars` bots; `seed` decides every lot. Raises LevelError where there is no room."""
        self.arena = arena
        self.rounds = max(1, arena.rounds)
        self.round = 1
        """From 1."""
        self.phase: Phase = "ready"
        self._least = min(max(arena.avatars, 2), MOST)
        self._ground = Playground(arena, self._least, seed)
        self._owed = 0.0
        """Seconds that are less than a step."""
        self._steps = 0
        """Left of the phase."""
        self._leapt: set[int] = set()
        self._get_ready()

    @property
    def avatars(self) -> tuple[Avatar, ...]:
        """Everybody on the field, by number."""
        return tuple(self._ground.avatars)

    @property
    def it(self) -> int:
        """The number of who is It."""
        return self._ground.it.number

    @property
    def left(self) -> float:
        """Seconds of the round that are left: all of them before it, none after it."""
        if self.phase == "ready":
            return self.arena.seconds
        return self._steps / HZ if self.phase == "running" else 0.0

    @property
    def countdown(self) -> float:
        """Seconds until the round begins, or until the next gets ready; 0 while one runs, and after the last."""
        return self._steps / HZ if self.phase in {"ready", "between"} else 0.0

    def join(self, number: int) -> None:
        """Give slot `number`, 1..6, an avatar: a bot's place, points and all, or a new one where no bot is left.

        It can be done at any time; who has one keeps it. Raises ValueError for another number.
        """
        if number not in range(1, MOST + 1):
            raise ValueError(f"A slot of tag is a number from 1 to {MOST}, not {number!r}.")
        crowd = len(self._ground.avatars)
        self._ground.seat(number)
        if self.phase == "ready" and len(self._ground.avatars) > crowd:
            self._ground.line_up()

    def leave(self, number: int) -> None:
        """Let a bot go on where the player of slot `number` was; without one, nothing happens."""
        avatar = self._ground.of(number)
        if avatar is not None:
            avatar.bot, avatar.away = True, False

    def update(
        self,
        steers: Mapping[int, Steer],
        dt: float,
        *,
        dashes: Collection[int] = (),
        away: Collection[int] = (),
    ) -> list[TagEvent]:
        """Go on by `dt` seconds and return what happened.

        `steers` is what each player's body does, by slot; `dashes` who jumped since the last update, `away` who is
        not seen now. Slots without a player are passed over; a player without a steer stands still.
        """
        if not dt > 0:
            return []
        self._owed += min(dt, LONGEST)
        self._leapt.update(dashes)
        events: list[TagEvent] = []
        while self._owed > 1 / HZ - 1e-9:
            self._owed -= 1 / HZ
            self._ground.hide(away)
            self._step(steers, events)
            self._leapt.clear()
        return events

    def _step(self, steers: Mapping[int, Steer], events: list[TagEvent]) -> None:
        match self.phase:
            case "ready":
                if self._steps % HZ == 0:
                    events.append(Counted(self._steps // HZ))
                self._ground.look(steers)
            case "running":
                events += self._ground.run(steers, self._leapt)
            case "between" | "over":
                events += self._ground.come_to_rest()
        self._steps = max(0, self._steps - 1)
        if not self._steps and self.phase != "over":
            self._go_on(events)

    def _go_on(self, events: list[TagEvent]) -> None:
        match self.phase:
            case "ready":
                self.phase, self._steps = "running", max(1, round(self.arena.seconds * HZ))
                events.append(RoundBegan(self.round))
            case "running":
                last = self.round >= self.rounds
                self.phase, self._steps = ("over", 0) if last else ("between", BETWEEN * HZ)
                events += [RoundOver(self.round), GameOver()] if last else [RoundOver(self.round)]
            case "between":
                self.round += 1
                self._get_ready()

    def _get_ready(self) -> None:
        self.phase, self._steps = "ready", READY * HZ
        self._ground.send_home(self._least)
        self._ground.line_up()
        self._ground.choose_it()
