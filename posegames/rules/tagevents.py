"""What happens in `tag`, as small frozen records. Numbers are those of avatars, unless said otherwise."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tagged:
    """`by` was It and has touched `whom`, who is It now."""

    by: int
    whom: int


@dataclass(frozen=True, slots=True)
class Passed:
    """`by` was It and is not seen: `whom` is It now, by lot."""

    by: int
    whom: int


@dataclass(frozen=True, slots=True)
class Dashed:
    """An avatar begins to dash."""

    number: int


@dataclass(frozen=True, slots=True)
class Hid:
    """An avatar crouches."""

    number: int


@dataclass(frozen=True, slots=True)
class Showed:
    """An avatar no longer crouches."""

    number: int


@dataclass(frozen=True, slots=True)
class Bumped:
    """An avatar ran into a wall or an obstacle, and not softly."""

    number: int


@dataclass(frozen=True, slots=True)
class Counted:
    """The countdown to a round says `n`: 3, 2, 1."""

    n: int


@dataclass(frozen=True, slots=True)
class RoundBegan:
    """Round `number`, from 1, runs."""

    number: int


@dataclass(frozen=True, slots=True)
class RoundOver:
    """Round `number` is over."""

    number: int


@dataclass(frozen=True, slots=True)
class GameOver:
    """The last round is over."""


TagEvent = Tagged | Passed | Dashed | Hid | Showed | Bumped | Counted | RoundBegan | RoundOver | GameOver
