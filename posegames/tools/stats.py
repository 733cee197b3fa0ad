"""The figures of a run, as `--stats` writes them."""

from __future__ import annotations

import json
import os
import platform
from collections import Counter, deque
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from posegames.events import BodyEvent, Gesture, PlayerJoined, PlayerLeft, Repetition
from posegames.files import replacing
from posegames.metrics import Durations, Laps, Rate
from posegames.players.player import Player
from posegames.seeing.sighting import Sighting
from posegames.seeing.status import FeedStatus

LATEST = 8
"""Events that are kept as they were."""


@dataclass(slots=True)
class Stats:
    """Counts and durations from the first sighting on: how loading went is another matter."""

    began: float | None = None
    frame: Durations = field(default_factory=Durations)
    """From one picture on the screen to the next."""
    work: Durations = field(default_factory=Durations)
    """The main thread's own work in a frame, without waiting for the beat."""
    laps: Laps = field(default_factory=Laps)
    """Where a frame's time goes."""
    shown: Rate = field(default_factory=Rate)
    inference: Durations = field(default_factory=Durations)
    to_event: Durations = field(default_factory=Durations)
    """From capture to the event it caused."""
    to_screen: Durations = field(default_factory=Durations)
    """From capture to the screen, for each sighting's first showing."""
    events: Counter[str] = field(default_factory=Counter)
    latest: deque[BodyEvent] = field(default_factory=lambda: deque(maxlen=LATEST))
    """The last ones, the newest at the end; no values and no ends."""
    first: dict[str, float] = field(default_factory=dict)
    """When each scene was on the screen for the first time, and when the first sighting was, by the clock."""
    joined: int = 0
    left: int = 0
    most: int = 0
    frames: int = 0
    sightings: int = 0
    newest: Sighting | None = None
    _last_shown: float | None = None
    _fresh: bool = False

    def take(
        self, sighting: Sighting | None, events: list[BodyEvent], players: tuple[Player, ...], now: float
    ) -> None:
        """Count what one step brought."""
        if sighting is not None:
            self.began = now if self.began is None else self.began
            self.newest, self._fresh = sighting, True
            self.sightings += 1
            if sighting.cost:  # while nobody is there most pictures are only passed on
                self.inference.add(sighting.cost)
        self.most = max(self.most, len(players))
        for event in events:
            match event:
                case PlayerJoined():
                    self.joined += 1
                case PlayerLeft():
                    self.left += 1
                case Gesture(gesture=name, phase=phase) if phase in ("on", "pulse"):
                    self.events[name] += 1
                    self.to_event.add(max(0.0, now - event.t))
                case Gesture():
                    continue
                case Repetition():
                    pass
            self.latest.append(event)

    def show(self, now: float, scene: str) -> None:
        """Count one picture, of `scene`, that is on the screen since `now`: the end of a frame's last lap."""
        self.shown.tick(now)
        self.first.setdefault(scene, now)
        counts = self.began is not None
        work = self.laps.work
        self.laps.close(counts=counts)
        if not counts:
            return
        self.first.setdefault("sighting", now)
        self.frames += 1
        self.work.add(work)
        if self._last_shown is not None:
            self.frame.add(now - self._last_shown)
        self._last_shown = now
        if self._fresh and self.newest is not None:
            self.to_screen.add(max(0.0, now - self.newest.time))
            self._fresh = False

    def report(self, status: FeedStatus, scene: str, now: float) -> dict[str, Any]:
        """Return the figures, as in the stats file; durations in milliseconds."""
        seconds = now - self.began if self.began is not None else 0.0
        return {
            "display": {
                "fps": round(self.frames / seconds, 2) if seconds else 0.0,
                "frame_ms": self.frame.spread(),
                "work_ms": self.work.spread(),
                "parts_ms": self.laps.spreads(),
            },
            "tracking": {
                "fps": round(self.sightings / seconds, 2) if seconds else 0.0,
                "inference_ms": self.inference.spread(),
                "sightings": self.sightings,
                "dropped": status.dropped,
            },
            "latency_ms": {
                "capture_to_event": self.to_event.spread(),
                "capture_to_screen": self.to_screen.spread(),
            },
            "players": {"max": self.most, "joined": self.joined, "left": self.left},
            "events": dict(sorted(self.events.items())),
            "scene": scene,
            "source": status.source,
            "estimator": status.estimator,
            "seconds": round(seconds, 3),
            "first_shown": {name: round(at, 4) for name, at in self.first.items()},
            "machine": machine(),
        }


def machine() -> dict[str, Any]:
    """Return what the figures were measured on; nothing that names a person."""
    return {
        "system": platform.system(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }


def _processor() -> str:
    """Return the processor's model where the system tells it, else its kind."""
    with suppress(OSError, ValueError):
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
            what, _, value = line.partition(":")
            if what.strip() == "model name" and value.strip():
                return value.strip()
    return platform.processor() or platform.machine()


def write_stats(path: Path, report: dict[str, Any]) -> None:
    """Write the figures as JSON, whole or not at all. Raises OSError."""
    with replacing(path) as part:
        part.write_text(json.dumps(report, indent=1, allow_nan=False) + "\n", encoding="utf-8")
