"""The bench of files: who does what, that all must write the same, and what is said of it; not how fast it is."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import pytest

from posegames.errors import PosegamesError, UsageError
from posegames.seeing.cores import VARIABLE, cores
from posegames.seeing.filmwriter import FilmWriter
from posegames.seeing.sources.stage import StageSource
from posegames.testing import FakeClock
from posegames.timing import SystemClock
from posegames.tools.bench import files, plainscript
from posegames.tools.bench.files import OURS, SCRIPT, SPREAD
from posegames.tools.bench.table import BENCHES, Figures, Plan
from posegames.tools.formats import format_of
from posegames.tools.track import open_reel, track


def silent(_name: str, _share: float | None) -> None:
    pass


def test_several_videos_get_as_many_jobs_and_the_script_one_core(tmp_path: Path) -> None:
    films = [tmp_path / "a.mp4", tmp_path / "b.mp4"]
    results = {name: tmp_path / name for name in (SCRIPT, SPREAD, OURS)}
    alone, both = files.commands(films[:1], results), files.commands(films, results)
    assert alone[OURS][0][2:] == ["posegames", "track", str(films[0]), "--out", str(results[OURS] / "a.csv")]
    assert both[OURS][0][4:6] == [str(film) for film in films]
    assert both[OURS][0][-3:] == ["--jobs", "2", "--again"]
    assert [most for _, most in both.values()] == [1, cores(), cores()]
    assert both[SCRIPT][0][-2:] == [str(film) for film in films]


class Machine:
    """Where every command takes its time and writes what it is told to."""

    def __init__(self, clock: FakeClock, *, wrong: str = "", fails: bool = False) -> None:
        self.clock, self.wrong, self.fails = clock, wrong, fails
        self.started: list[tuple[str, int]] = []

    def run(self, command: Sequence[str], *, env: dict[str, str], **_how: object) -> None:
        if self.fails:
            raise subprocess.CalledProcessError(1, list(command), stderr="There is no model.")
        films = [word for word in command if word.endswith(".mp4")]
        name = OURS if "track" in command else SCRIPT if env[VARIABLE] == "1" else SPREAD
        self.started.append((name, len(films)))
        self.clock.sleep({SCRIPT: 6.0, SPREAD: 4.5, OURS: 3.0}[name] * len(films) ** (name != OURS))
        target = next(Path(word) for word in command if name in word)
        folder = target if target.is_dir() else target.parent
        for film in films:
            (folder / f"{Path(film).stem}.csv").write_text("1" if name == self.wrong else "0")


def measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, **what: str) -> tuple[Figures, Machine]:
    monkeypatch.setenv(VARIABLE, "2")
    source = tmp_path / "mine.mp4"
    source.write_bytes(b"a film")
    clock = FakeClock()
    machine = Machine(clock, wrong=what.get("wrong", ""), fails="fails" in what)
    monkeypatch.setattr(subprocess, "run", machine.run)
    return BENCHES["files"].load().measure(Plan(source=str(source), rounds=2), clock, silent), machine


def test_the_times_of_whole_commands_are_compared(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    figures, machine = measured(monkeypatch, tmp_path)
    assert machine.started.count((OURS, 4)) == machine.started.count((SPREAD, 1)) == 3
    one, four = figures["one video"], figures["four videos"]
    assert {name: row["seconds"] for name, row in one["contenders"].items()} == {SCRIPT: 6, SPREAD: 4.5, OURS: 3}
    assert one["times_as_fast"] == {SCRIPT: 2, SPREAD: 1.5}
    assert four["times_as_fast"] == {SCRIPT: 8, SPREAD: 6}
    assert one["kept"]
    assert one["same"]
    rows = BENCHES["files"].load().sheet(figures).rows
    assert rows[0] == ("one video", SCRIPT, "6.00", "2.00", "1.3", "yes", "")
    assert rows[2] == ("one video", OURS, "3.00", "", "", "", "yes")


@pytest.mark.parametrize("wrong", [SCRIPT, SPREAD, OURS])
def test_other_results_are_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, wrong: str) -> None:
    figures, _ = measured(monkeypatch, tmp_path, wrong=wrong)
    assert not figures["one video"]["same"]
    assert not figures["four videos"]["same"]


def test_a_command_that_fails_ends_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(PosegamesError, match="There is no model"):
        measured(monkeypatch, tmp_path, fails="yes")


def test_a_source_is_a_file() -> None:
    with pytest.raises(UsageError, match="no video file"):
        files.measure(Plan(source="stage"), FakeClock(), silent)


@pytest.mark.model
def test_the_plain_script_writes_the_same_to_the_byte(tmp_path: Path) -> None:
    """With every core that there is, ahead of each other and not: the same poses of the same people."""
    film = tmp_path / "film.mp4"
    with StageSource(actors=2, size=(640, 360)) as source, FilmWriter(film, source.size, source.rate) as writer:
        for frame in islice(iter(source.read, None), 24):
            writer.write(frame.picture, frame.time)
    (tmp_path / "plain").mkdir()
    plainscript.main(tmp_path / "plain", [film])
    ours = tmp_path / "film.csv"
    with (
        open_reel(str(film), SystemClock(), progress=silent) as reel,
        format_of(ours)(ours, reel.origin) as sink,
    ):
        tracked = track(reel.looks, [sink])
    assert (tracked.frames, tracked.players) == (24, 2)
    assert ours.read_bytes() == (tmp_path / "plain" / "film.csv").read_bytes()
