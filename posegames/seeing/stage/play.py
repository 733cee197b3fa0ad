"""What a play is: who does what when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

MOST_ACTORS = 6
"""No stage holds more."""

Side = Literal["left", "right"]
"""A side of the picture, as the camera sees it (a body's own sides are part of a move's name)."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One actor doing one move."""

    time: float
    """Seconds from the play's beginning."""
    actor: int
    """From 1."""
    move: str
    """A name of `moves.table()`."""
    seconds: float
    to: float | None = None
    """Where a walk ends, as a share of the picture's width."""
    angles: tuple[tuple[str, float], ...] = ()
    """What a pose gives: names of `pose.ANGLES`, and degrees."""
    side: Side | None = None
    """Where an entry begins or an exit ends; None is the nearer side, for a return the side of the exit."""
    line: int = 0
    """Of the script, for messages."""

    @property
    def end(self) -> float:
        """Seconds from the play's beginning."""
        return self.time + self.seconds


@dataclass(frozen=True, slots=True)
class Place:
    """Where an actor stands."""

    x: float
    """Share of the picture's width, 0..1 from left to right."""
    depth: float = 0.0
    """Body heights farther from the camera."""


@dataclass(frozen=True, slots=True)
class Play:
    """A script, read and checked."""

    name: str
    seconds: float
    cues: tuple[Cue, ...]
    """In order of time, for every actor the play could have."""
    fewest: int = 1
    most: int = MOST_ACTORS
    loop: bool = False
    title: str = ""
    places: Mapping[int, Place] = field(default_factory=lambda: MappingProxyType({}))
    """Of the actors that do not stand in an even row."""

    def cast(self, wanted: int | None) -> int:
        """Return the number of actors nearest to `wanted` (None: as many as the play allows, up to three)."""
        return max(self.fewest, min(3 if wanted is None else wanted, self.most))
