"""What is remembered of a game, as plain records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What one player achieved in one game."""

    scene: str
    level: str = ""
    """Name of the level; empty in scenes without."""
    name: str
    """What the player is called."""
    points: int
    stars: float | None = None
    """0..5; None where a game gives none."""
    seconds: float = 0.0
    """How long it took."""
    when: float = 0.0
    """Unix time; 0: when it is kept, `Memory` says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """How somebody has got on in one scene."""

    scene: str
    games: int
    best: int
    """Points."""
    mean: float
    """Points a game."""
    seconds: float
    """Time played."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """How somebody has got on."""

    name: str
    games: int
    seconds: float
    """Time played."""
    first: float
    """Unix time of the first game; 0 if there was none."""
    last: float
    scenes: tuple[Played, ...]
    """The most played first."""
    repetitions: Mapping[str, int]
    """How often each gesture was made, the most first."""
