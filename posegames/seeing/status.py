"""How the seeing side is doing, as the HUD and the title screen show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Phase = Literal["loading", "waking", "seeing", "trouble", "ended"]
"""loading: models are fetched or read; waking: the source opens; trouble: it will mend; ended: no more comes."""


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """A snapshot; rates are a second, over the last two seconds."""

    phase: Phase = "seeing"
    message: str = ""
    """A few words for the player: what is loading, what is wrong."""
    progress: float | None = None
    """0..1 while something long goes on and its length is known."""
    notice: str = ""
    """Something the player should be told once ('No camera answered: the stage plays instead')."""
    source: str = ""
    estimator: str = ""
    capture_rate: float = 0.0
    tracking_rate: float = 0.0
    inference: float = 0.0
    """Seconds of the newest sighting's estimation."""
    frames: int = 0
    """Frames captured."""
    sightings: int = 0
    dropped: int = 0
    """Frames captured and never estimated, because a newer one was there."""
    idle: bool = False
    """Nobody is there since a while, and the estimator rests."""
    effort: str = ""
    """How hard the estimator works, in one word; empty where it knows one way only."""
    cost: float = 0.0
    """Seconds a frame with people took, the median of the last second that had any."""
    budget: float = 0.0
    """Seconds it may take; 0 where nothing depends on it."""
