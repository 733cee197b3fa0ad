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
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from posegames.errors import PosegamesError, UsageError
from posegames.seeing.cores import VARIABLE, cores
from posegames.seeing.filmwriter import FilmWriter
from posegames.seeing.sources.stage import StageSource
from posegames.timing import Clock
from posegames.tools.bench.contest import Progress, Standing, Turn, contest
from posegames.tools.bench.table import Figures, Plan
from posegames.tools.sheet import Sheet

SECONDS = 15.0
"""Of each film: a command starts within one or two."""
ACTORS = (1, 2)
"""On each film, which are as many as the jobs."""
PATIENCE = 600.0
"""Seconds a command may take."""
BARS: Mapping[str, float] = {"one video": 1.3, "two videos": 1.7}
"""How many times as fast as the script with one thread it should be; the second on two cores."""
SCRIPT, SPREAD, OURS = "plain script, one thread", "plain script, nets on all cores", "posegames track"
HEADINGS = ("work", "contender", "seconds", "times as fast", "bar", "within the bar", "same results")


def measure(plan: Plan, clock: Clock, progress: Progress) -> Figures:
    """Return seconds for one video and for two, `track` with two jobs for these, and whether all wrote the same.

    A source is taken in place of the films, twice for the two. Raises PosegamesError if a command fails.
    """
    with TemporaryDirectory(prefix="posegames-") as name:
        folder = Path(name)
        films = _copies(Path(plan.source), folder) if plan.source else _films(folder, plan.seed, progress)
        figures: Figures = {}
        for part, (what, works) in enumerate((("one video", films[:1]), ("two videos", films))):
            results = {name: folder / f"{len(works)} {name}" for name in (SCRIPT, SPREAD, OURS)}

            def heard(name: str, share: float, part: int = part, what: str = what) -> None:
                progress(f"{what}: {name}", (part + share) / 2)

            standings = contest(_turns(works, results, clock), rounds=plan.rounds, progress=heard)
            written = [_contents(result) for result in results.values()]
            figures[what] = report(standings, BARS[what], same=_alike(written))
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
        ours = [*words, "--into", str(results[OURS]), "--format", "csv", "--jobs", str(len(films)), "--again"]
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


def _films(folder: Path, seed: int, progress: Progress) -> list[Path]:
    """Write a film for each number of `ACTORS` to `folder`, and return their paths."""
    films = []
    for place, actors in enumerate(ACTORS):
        progress("the films", 0.0)
        film = folder / f"film{place}.mp4"
        with StageSource(actors=actors, seed=seed) as source, FilmWriter(film, source.size, source.rate) as writer:
            frames = iter(source.read, None)
            for frame in islice(frames, round(SECONDS * source.rate)):
                writer.write(frame.picture, frame.time)
        films.append(film)
    return films


def _copies(source: Path, folder: Path) -> list[Path]:
    """Return two files with the same video. Raises UsageError for what is no file."""
    if not source.is_file():
        raise UsageError(f"{source} is no video file.", now="Say --source with one, or leave it out.")
    return [Path(shutil.copy(source, folder / f"film{place}{source.suffix}")) for place, _ in enumerate(ACTORS)]
