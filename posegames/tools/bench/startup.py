"""How long it takes until there is something: the help, the window, the game.

Each is a process of its own, started as a user starts it, on a machine where the model files are there already.
Beside them runs what they cannot be faster than: Python itself, and Python with the libraries.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from types import MappingProxyType

from posegames.errors import PosegamesError
from posegames.timing import Clock
from posegames.tools.bench.contest import Progress
from posegames.tools.bench.table import Figures, Plan
from posegames.tools.sheet import Sheet

SOURCE = "stage:dance"
SCENE = "mirror"
SECONDS = 2.5
"""Of seeing: enough for the title to make way."""
PATIENCE = 120.0
"""Seconds a start may take."""
BARS: Mapping[str, float] = MappingProxyType({"help": 0.25, "window": 1.0, "playing": 4.0})
"""Seconds each may take."""
BESIDE: Mapping[str, str] = MappingProxyType({"help": "python", "window": "libraries", "playing": "libraries"})
"""What each is compared with."""
HEADINGS = ("what", "seconds", "most", "bar", "beside it", "within the bar")

_POSEGAMES = (sys.executable, "-m", "posegames")
_LIBRARIES = "import click, numpy, pygame, cv2"


def measure(plan: Plan, clock: Clock, progress: Progress) -> Figures:
    """Return seconds: until the help has ended; until the first picture; until the scene shows what it sees.

    In a real window where there is a screen, else off-screen. Raises PosegamesError if a start fails.
    """
    with TemporaryDirectory(prefix="posegames-") as folder:
        file = Path(folder) / "stats.json"
        words = ["play", SCENE, "--source", plan.source or SOURCE, "--mute", "--seconds", f"{SECONDS:g}"]
        if not (
            os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform in ("win32", "darwin")
        ):
            words.append("--headless")

        def game() -> dict[str, float]:
            began = clock.now()
            _run([*_POSEGAMES, *words, "--stats", str(file)], folder)
            return until(json.loads(file.read_text("utf-8"))["first_shown"], began)

        def whole(name: str, command: list[str]) -> Callable[[], dict[str, float]]:
            def turn() -> dict[str, float]:
                began = clock.now()
                _run(command, folder)
                return {name: clock.now() - began}

            return turn

        turns = {
            "python": whole("python", [sys.executable, "-c", ""]),
            "help": whole("help", [*_POSEGAMES, "--help"]),
            "libraries": whole("libraries", [sys.executable, "-c", _LIBRARIES]),
            "a game": game,
        }
        taken: dict[str, list[float]] = {}
        for number in range(plan.rounds + 1):
            for place, (name, turn) in enumerate(turns.items()):
                progress(name, (number + place / len(turns)) / (plan.rounds + 1))
                for what, seconds in turn().items():
                    if number:  # the first time the disk is slow
                        taken.setdefault(what, []).append(seconds)
    return report(taken)


def until(first: Mapping[str, float], began: float) -> dict[str, float]:
    """Return the seconds from `began` to the first picture, and to the first of the scene that knew of a sighting.

    `first` is as in the stats file. Raises PosegamesError if there was none.
    """
    if not {SCENE, "sighting"} <= first.keys():
        raise PosegamesError("No game came about.", f"(There were: {', '.join(first) or 'no pictures'}.)")
    return {"window": min(first.values()) - began, "playing": max(first[SCENE], first["sighting"]) - began}


def _run(command: list[str], folder: str) -> None:
    environment = os.environ | {"PYGAME_HIDE_SUPPORT_PROMPT": "1"}
    try:
        subprocess.run(  # noqa: S603 - every word of the command stands above, but the source, and no shell reads it
            command, cwd=folder, env=environment, check=True, capture_output=True, text=True, timeout=PATIENCE
        )
    except subprocess.CalledProcessError as error:
        raise PosegamesError("A start has failed.", error.stderr.strip()) from error
    except subprocess.TimeoutExpired as error:
        raise PosegamesError(f"A start took more than {PATIENCE:.0f} seconds.") from error


def report(taken: Mapping[str, list[float]]) -> Figures:
    """Return the medians, what took longest, the rounds, and what comes of the bars."""
    figures: Figures = {
        what: {
            "seconds": round(median(rounds), 3),
            "most": round(max(rounds), 3),
            "rounds": [round(seconds, 3) for seconds in rounds],
        }
        for what, rounds in taken.items()
    }
    for what, bar in BARS.items():
        pairs = zip(taken[what], taken[BESIDE[what]], strict=True)
        figures[what] |= {
            "bar": bar,
            "kept": figures[what]["seconds"] <= bar,
            "ratio": round(median(ours / theirs for ours, theirs in pairs), 2),
        }
    return figures


def sheet(figures: Figures) -> Sheet:
    """Return the figures as a table of words."""
    rows = []
    for what, row in figures.items():
        judged = "bar" in row
        rows.append((
            what,
            f"{row['seconds']:.2f}",
            f"{row['most']:.2f}",
            f"{row['bar']:.2f}" if judged else "",
            f"{row['ratio']:.2f} x {BESIDE[what]}" if judged else "",
            ("yes" if row["kept"] else "no") if judged else "",
        ))  # fmt: skip
    return Sheet(HEADINGS, rows)
