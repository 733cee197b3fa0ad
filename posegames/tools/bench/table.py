"""The table of benches: what can be measured, and which module does it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Any, Protocol, cast

from posegames.errors import UsageError, did_you_mean
from posegames.timing import Clock
from posegames.tools.bench.contest import Progress
from posegames.tools.sheet import Sheet

Figures = dict[str, Any]
"""What a bench found, as JSON has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the user asks of a bench; each takes of it what means something to it."""

    source: str | None = None
    """A video, picture folder or play, instead of the bench's own."""
    rounds: int = 5
    """Turns of each contender; more are surer."""
    seed: int = 0
    """Of everything drawn by lot."""


class Measure(Protocol):
    """What the module of a bench has."""

    def measure(self, plan: Plan, clock: Clock, progress: Progress) -> Figures:
        """Return the figures. Raises PosegamesError for a plan that cannot be carried out."""

    def sheet(self, figures: Figures) -> Sheet:
        """Return the figures as a table of words."""


@dataclass(frozen=True, slots=True)
class Bench:
    """One thing that can be measured."""

    blurb: str
    module: str

    def load(self) -> Measure:
        """Import the module that measures it."""
        return cast("Measure", import_module(self.module))


BENCHES = MappingProxyType(
    {
        "tracking": Bench("time a frame, beside PoseLandmarker", "posegames.tools.bench.tracking"),
        "identity": Bench("who is who, beside other trackers", "posegames.tools.bench.identity"),
        "latency": Bench(
            "from camera to game and screen, beside the tutorials' loop", "posegames.tools.bench.latency"
        ),
        "prediction": Bench(
            "how near the drawn skeleton is to the body by then", "posegames.tools.bench.prediction"
        ),
        "calm": Bench(
            "jitter of somebody still and lag of a fast reach, beside PoseLandmarker", "posegames.tools.bench.calm"
        ),
        "display": Bench("what every screen costs, with four players tracked", "posegames.tools.bench.display"),
        "startup": Bench("until help, window and game are there", "posegames.tools.bench.startup"),
        "gestures": Bench("time a sighting for knowing what players do", "posegames.tools.bench.gestures"),
        "decoding": Bench(
            "time for making poses of maps, with more and more people", "posegames.tools.bench.decoding"
        ),
        "files": Bench(
            "poses of videos to files, beside the script everybody writes", "posegames.tools.bench.files"
        ),
    }
)
"""Every bench by name; the first is the default."""


def find_bench(name: str) -> Bench:
    """Return the row called `name`. Raises UsageError for any other."""
    if name not in BENCHES:
        raise UsageError(f"There is no bench {name!r}.", now=did_you_mean(name, list(BENCHES)))
    return BENCHES[name]
