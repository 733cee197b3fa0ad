"""Five seconds in which a player shows how far they get: arms up, a lean to each side, knees bent.

Pure: it is told postures and answers with a `Range`. Whoever shows it to a player draws `prompt` and `share`.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

from posegames.gestures.memory import Memory
from posegames.gestures.posture import Posture
from posegames.gestures.rows import Held, Pulse, Row
from posegames.gestures.tuning.profiles import ways_of
from posegames.gestures.tuning.reach import AMOUNTS, USUAL, Range
from posegames.language import msg


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is asked for, and for how long."""

    words: str
    seconds: float
    gestures: tuple[str, ...]
    """What it tells something about."""


PROMPTS: tuple[Prompt, ...] = (
    Prompt(msg("Raise your arms as high as you can"), 1.7, ("hands_up", "hand_up_left", "hand_up_right")),
    Prompt(msg("Lean to the left, then to the right"), 1.8, ("lean_left", "lean_right")),
    Prompt(msg("Bend your knees as far as you can"), 1.5, ("squat", "duck")),
)
"""In this order; five seconds together."""
ALIKE = {"lean": ("lean_left", "lean_right")}
"""Numbers that are told by others: by the one that is reached less."""
HELD = 0.15
"""Seconds a measure must have been so far out to be reached: no twitch."""
ENOUGH = 0.8
"""What is asked of somebody later: so much of the farthest they got."""
TRIED = 0.25
"""Share of the usual below which nobody has tried."""


class Calibration:
    """One player's. Feed it every sighting; ask `done`, then `range`."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        """`rows` are the player's, with the usual thresholds."""
        asked = {name for prompt in PROMPTS for name in prompt.gestures}
        self._rows = {row.name: ways for row in rows if row.name in asked and (ways := ways_of(row))}
        self._shares: dict[str, float] = {}
        self._lately: dict[str, deque[tuple[float, float]]] = {name: deque() for name in self._rows}
        self._began = math.inf
        self._now = -math.inf

    def see(self, posture: Posture, memory: Memory) -> None:
        """Take a sighting."""
        self._began, self._now = min(self._began, posture.time), posture.time
        if (prompt := self.prompt) is None:
            return
        for name in prompt.gestures:
            if name in self._rows:
                self._measure(name, posture, memory)

    @property
    def passed(self) -> float:
        """Seconds since it began."""
        return max(self._now - self._began, 0.0) if self._began < math.inf else 0.0

    @property
    def prompt(self) -> Prompt | None:
        """What is to be done now; None when it is over."""
        left = self.passed
        for prompt in PROMPTS:
            if left < prompt.seconds:
                return prompt
            left -= prompt.seconds
        return None

    @property
    def done(self) -> bool:
        """Whether it is over."""
        return self.prompt is None

    @property
    def range(self) -> Range:
        """How far they got; as far as is usual in what was not tried, or not seen."""
        shares = {name: share * ENOUGH for name, share in self._shares.items() if share >= TRIED}
        for name, sides in ALIKE.items():
            if all(side in shares for side in sides):
                shares[name] = min(shares[side] for side in sides)
        return USUAL.with_shares({name: min(share, 1.0) for name, share in shares.items()})

    def _measure(self, name: str, posture: Posture, memory: Memory) -> None:
        way = next((way for way in self._rows[name] if posture.seen(way.needs)), None)
        lately = self._lately[name]
        if way is None:
            lately.clear()
            return
        share = share_of(way, posture, memory)
        lately.append((posture.time, share))
        while len(lately) > 1 and lately[1][0] <= posture.time - HELD + 1e-6:
            lately.popleft()
        if posture.time - lately[0][0] >= HELD - 1e-6:
            steady = min(share for _, share in lately)
            self._shares[name] = max(self._shares.get(name, 0.0), steady)


def share_of(way: Held | Pulse, posture: Posture, memory: Memory) -> float:
    """Return how far a measure is on the way from rest (0) to where it is usually enough (1)."""
    held = way.held if isinstance(way, Pulse) else way
    rest = AMOUNTS[held.name].rest
    return (held.measure(posture, memory) - rest) / (held.enter - rest)
