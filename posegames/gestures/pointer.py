"""The hand that points at the screen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pointing:
    """Where on the screen a player's hand points, as of now."""

    player: int
    x: float
    """0..1 from the left to the right of the (mirrored) screen."""
    y: float
    """0..1 from its top to its bottom."""
    sure: bool = True
    """Whether it is tracked well: an unsure hand chooses nothing."""
