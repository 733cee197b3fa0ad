"""What is remembered of a game, as plain records."""

from __future__ import annotations

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
