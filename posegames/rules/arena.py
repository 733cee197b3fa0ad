"""What `tag` is played on: a field seen from above, and what stands on it."""

from __future__ import annotations

from dataclasses import dataclass

WIDE, HIGH = 16.0, 9.0
"""Size of every field, in its own units: x to the right, y down. An avatar is 0.7 wide."""


@dataclass(frozen=True, slots=True)
class Circle:
    """A round thing nobody passes."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Box:
    """A thing with corners nobody passes; x, y is its upper left one."""

    x: float
    y: float
    width: float
    height: float


Obstacle = Circle | Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Arena:
    """A field and its rules."""

    obstacles: tuple[Obstacle, ...] = ()
    seconds: float = 60.0
    """Length of a round."""
    rounds: int = 1
    avatars: int = 4
    """At least so many are on the field, 2 to 6; bots fill it up."""
    speed: float = 3.2
    """Units a second of who runs; It is a little faster."""
    skill: float = 0.5
    """Of the bots, 0..1: how soon and how well they react."""
