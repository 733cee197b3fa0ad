"""How long `posegames track` takes for a video, and for several, beside the script that everybody writes.

Whole commands, each a process of its own, from start to end: what somebody waits for. The script comes twice: with
one thread, as such scripts are, and with nets on all cores, which it gets for nothing with posegames' estimator.
All must write the same files.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from posegames.errors import PosegamesError, UsageError
from posegames.seeing.cores import VARIABLE, cores
from posegames.seeing.filmwriter import FilmWriter
from posegames.seeing.sources.stage import StageSource
from posegames.timing import Clock
from posegames.tools.bench.contest import Progress, Standing, Turn, contest
from posegames.tools.bench.table import Figures, Plan
from posegames.tools.sheet import Sheet

JOBS = 2
PATIENCE = 600.0
"""Seconds a command may take."""
SCRIPT, SPREAD, OURS = "plain script, one thread", "plain script, nets on all cores", "posegames track"


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be tracked."""

    actors: tuple[int, ...]
    """On each film."""
    seconds: float
    """Of each film; a command starts within one or two."""
    bar: float
    """How many times as fast as the script with one thread it should be, on two cores."""


WORKS: Mapping[str, Work] = MappingProxyType(
    {"one video": Work((1,), 30.0, 1.3), "four videos": Work((1, 2, 2, 1), 15.0, 1.7)}
)
HEADINGS = ("work", "contender", "seconds", "times as fast", "bar", "within the bar", "same results")


def measure(plan: Plan, clock: Clock, progress: Progress) -> Figures:
    """Return seconds for one video and for four, `track` with two jobs for these, and whether all wrote the same.

    A source is taken in place of each film. Raises PosegamesError if a command fails.
    """
    figures: Figures = {}
    for part, (what, work) in enumerate(WORKS.items()):

        def heard(name: str, share: float, part: int = part, what: str = what) -> None:
            progress(f"{what}: {name}", (part + share) / len(WORKS))

        with TemporaryDirectory(prefix="posegames-") as name:
            folder = Path(name)
            heard("the films", 0.0)
            films = _copies(Path(plan.source), work, folder) if plan.source else _films(work, folder, plan.seed)
            results = {name: folder / name for name in (SCRIPT, SPREAD, OURS)}
            standings = contest(_turns(films, results, clock), rounds=plan.rounds, progress=heard)
            written = [_contents(result) for result in results.values()]
        figures[what] = report(standings, work.bar, same=_alike(written))
    return figures


def report(standings: Mapping[str, Standing], bar: float, *, same: bool) -> Figures:
    """Return seconds of each, how many times as fast as the others `OURS` is, and what comes of the bar."""
    faster = {
        name: round(1 / standings[OURS].ratio(standing), 3) for name, standing in standings.items() if name != OURS
    }
    return {
        "contenders": {
            name: {
                "seconds": round(standing.median, 3),
                "rounds": [round(seconds, 3) for seconds in standing.rounds],
            }
            for name, standing in standings.items()
        },
        "times_as_fast": faster,
        "bar": bar,
        "kept": faster[SCRIPT] >= bar,
        "same": same,
    }


def sheet(figures: Figures) -> Sheet:
    """Return the figures as a table of words."""
    rows = []
    for what, row in figures.items():
        for name, one in row["contenders"].items():
            faster = row["times_as_fast"].get(name)
            judged = name == SCRIPT
            rows.append((
                what,
                name,
                f"{one['seconds']:.2f}",
                f"{faster:.2f}" if faster else "",
                f"{row['bar']:.1f}" if judged else "",
                ("yes" if row["kept"] else "no") if judged else "",
                "" if faster else "yes" if row["same"] else "no",
            ))  # fmt: skip
    return Sheet(HEADINGS, rows)


def commands(films: Sequence[Path], results: Mapping[str, Path]) -> dict[str, tuple[list[str], int]]:
    """Return each contender's command, which writes CSVs of `films` to its folder, and how many cores it gets."""
    script = [sys.executable, "-m", "posegames.tools.bench.plainscript"]
    words = [str(film) for film in films]
    if len(films) == 1:
        ours = [*words, "--out", str(results[OURS] / f"{films[0].stem}.csv")]
    else:
        ours = [*words, "--into", str(results[OURS]), "--format", "csv", "--jobs", str(JOBS), "--again"]
    return {
        SCRIPT: ([*script, str(results[SCRIPT]), *words], 1),
        SPREAD: ([*script, str(results[SPREAD]), *words], cores()),
        OURS: ([sys.executable, "-m", "posegames", "track", *ours], cores()),
    }


def _turns(films: Sequence[Path], results: Mapping[str, Path], clock: Clock) -> dict[str, Turn]:
    def turn(folder: Path, command: list[str], most: int) -> Callable[[], list[float]]:
        def run() -> list[float]:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            began = clock.now()
            _run(command, most)
            return [clock.now() - began]

        return run

    return {name: turn(results[name], *how) for name, how in commands(films, results).items()}


def _run(command: list[str], most: int) -> None:
    environment = os.environ | {VARIABLE: str(most)}
    try:
        subprocess.run(  # noqa: S603 - every word of the command stands above, but the source, and no shell reads it
            command, env=environment, check=True, capture_output=True, text=True, timeout=PATIENCE
        )
    except subprocess.CalledProcessError as error:
        raise PosegamesError("A command has failed.", error.stderr.strip()[-500:]) from error
    except subprocess.TimeoutExpired as error:
        raise PosegamesError(f"A command took more than {PATIENCE:.0f} seconds.") from error


def _alike(results: Sequence[Mapping[str, bytes]]) -> bool:
    """Whether something was written, and by all the same."""
    return bool(results[0]) and all(result == results[0] for result in results)


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}


def _films(work: Work, folder: Path, seed: int) -> list[Path]:
    """Write the films of `work` to `folder`, and return their paths."""
    films = []
    for place, actors in enumerate(work.actors):
        film = folder / f"film{place}.mp4"
        with StageSource(actors=actors, seed=seed) as source, FilmWriter(film, source.size, source.rate) as writer:
            frames = iter(source.read, None)
            for frame in islice(frames, round(work.seconds * source.rate)):
                writer.write(frame.picture, frame.time)
        films.append(film)
    return films


def _copies(source: Path, work: Work, folder: Path) -> list[Path]:
    """Return as many files with the same video. Raises UsageError for what is no file."""
    if not source.is_file():
        raise UsageError(f"{source} is no video file.", now="Say --source with one, or leave it out.")
    return [
        Path(shutil.copy(source, folder / f"film{place}{source.suffix}")) for place, _ in enumerate(work.actors)
    ]
