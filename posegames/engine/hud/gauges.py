"""What the HUD shows, as the program measures it."""

from __future__ import annotations

from dataclasses import dataclass, field

from posegames.events import BodyEvent
from posegames.metrics import Durations, Laps
from posegames.players.player import Player
from posegames.seeing.status import FeedStatus


@dataclass(frozen=True, slots=True)
class Gauges:
    """A look at all of it; what is counted goes on counting."""

    display_rate: float = 0.0
    """Pictures a second on the screen."""
    work: Durations = field(default_factory=Durations)
    """The main thread's own work in a frame."""
    laps: Laps = field(default_factory=Laps)
    """Where a frame's time goes."""
    to_screen: Durations = field(default_factory=Durations)
    """From capture to the screen."""
    players: tuple[Player, ...] = ()
    latest: tuple[BodyEvent, ...] = ()
    """What has happened last, the newest at the end."""
    status: FeedStatus = field(default_factory=FeedStatus)
    scene: str = ""
    """Name of what is on the screen."""
