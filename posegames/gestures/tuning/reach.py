"""How far somebody gets, as shares of what is usual: thresholds come down to meet them, and never go up."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Self

from posegames.errors import PosegamesError
from posegames.gestures.rows import Analogue, Held, Pulse, Row
from posegames.gestures.tuning.either import Way, each_way

VERSION = 1


class ReachError(PosegamesError):
    """What is said to be somebody's reach is none."""


@dataclass(frozen=True, slots=True)
class Amount:
    """What a gesture measures, where that is an amount that grows evenly from rest to its threshold."""

    rest: float
    """The measure of somebody who does nothing, in its unit."""
    least: float
    """The share of the usual below which it may be anything: thresholds come down to this and no farther."""


AMOUNTS: Mapping[str, Amount] = MappingProxyType(
    {
        # Hands that hang are 1.4 torso lengths below the nose; at .7 of the way they are at the shoulders.
        "hands_up": Amount(-1.4, 0.7),
        "hand_up_left": Amount(-1.4, 0.7),
        "hand_up_right": Amount(-1.4, 0.7),
        # Of the leg: who walks or shifts their weight shows .08.
        "squat": Amount(0.0, 0.45),
        "duck": Amount(0.0, 0.55),
        # Degrees: who stands at ease sways by 4.
        "lean_left": Amount(0.0, 0.5),
        "lean_right": Amount(0.0, 0.5),
        "lean": Amount(0.0, 0.5),
        "step_left": Amount(0.0, 0.5),
        "step_right": Amount(0.0, 0.5),
        "step": Amount(0.0, 0.5),
        "advance": Amount(0.0, 0.6),
        # Hips and feet rise by .18 and .1 torso lengths at the least; at .7 of it by .13 and .07.
        "jump": Amount(0.0, 0.7),
    }
)
"""By gesture. All others are what they are: a pose is no amount, and a stroke has its speed."""


def _nothing() -> Mapping[str, float]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Range:
    """How far one player gets, by gesture; 1, and nothing, is as far as is usual."""

    shares: Mapping[str, float] = field(default_factory=_nothing)

    def of(self, gesture: str) -> float:
        """Return the share of the usual that is asked for: from what is believed of the gesture up to 1."""
        if gesture not in AMOUNTS:
            return 1.0
        return min(max(self.shares.get(gesture, 1.0), AMOUNTS[gesture].least), 1.0)

    def with_shares(self, shares: Mapping[str, float]) -> Self:
        """Return this range with some of it told anew."""
        return replace(self, shares=MappingProxyType({**self.shares, **shares}))

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for a file."""
        return {"version": VERSION, "shares": {name: round(share, 3) for name, share in self.shares.items()}}

    @classmethod
    def from_data(cls, data: object) -> Self:
        """Return what `as_data` gave. Gestures that are not there any more are passed over.

        Raises ReachError for anything else.
        """
        match data:
            case {"version": 1, "shares": dict(shares)}:
                pass
            case {"version": version} if version != VERSION:
                raise ReachError(f"A reach of version {version!r} cannot be read.", f"This is version {VERSION}.")
            case _:
                raise ReachError("This is no reach of anybody.", "It has no version, or no shares.")
        for name, share in shares.items():
            number = isinstance(share, int | float) and not isinstance(share, bool)
            if not isinstance(name, str) or not number or not 0 < share <= 1 or not math.isfinite(share):
                raise ReachError(f"{share!r} is no share for {name!r}.", "Shares are numbers above 0, up to 1.")
        return cls(MappingProxyType({name: float(share) for name, share in shares.items() if name in AMOUNTS}))


USUAL = Range()
SMALL = Range(MappingProxyType(dict.fromkeys(AMOUNTS, 0.6)))
"""For who moves little: of everything somewhat more than half, or as little as is believed."""


def reached(row: Row, share: float) -> Row:
    """Return `row` with its thresholds at a share of the way from rest, up to 1; if it measures an amount."""
    if share >= 1 or row.name not in AMOUNTS:
        return row
    rest = AMOUNTS[row.name].rest

    def lower(held: Held) -> Held:
        return replace(held, enter=rest + share * (held.enter - rest), exit=rest + share * (held.exit - rest))

    def scale(way: Way) -> Way:
        match way:
            case Held():
                return lower(way)
            case Pulse(held=held):
                return replace(way, held=lower(held))
            case Analogue():
                return replace(way, dead=way.dead * share, full=way.full * share)

    return each_way(row, scale)
