"""Measuring: turns, ratios, and what the command writes. Nothing here depends on how fast the machine is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from posegames.cli.bench import bench
from posegames.errors import PosegamesError
from posegames.testing import FakeClock
from posegames.tools.bench import tracking
from posegames.tools.bench.contest import Standing, compared, contest
from posegames.tools.bench.table import BENCHES, Plan
from posegames.tools.bench.tracking import measure, read
from posegames.tools.sheet import Sheet

FEW = 8
"""Frames of a turn here: what is found in them is looked at, and not how fast."""


def silent(_name: str, _share: float) -> None:
    pass


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracking, "BLOCK", FEW)
    monkeypatch.setattr(tracking, "FRAMES", FEW)


def test_everybody_has_a_turn_in_every_round_and_the_first_does_not_count() -> None:
    order: list[str] = []

    def turn(name: str, seconds: float) -> Callable[[], list[float]]:
        def work() -> list[float]:
            order.append(name)
            return [seconds * order.count(name)]

        return work

    standings = contest({"a": turn("a", 1.0), "b": turn("b", 2.0)}, rounds=3, progress=silent)
    assert order == ["a", "b", "b", "a", "a", "b", "b", "a"]
    assert standings["a"].rounds == (2.0, 3.0, 4.0)
    assert standings["b"].rounds == (4.0, 6.0, 8.0)


def test_the_ratio_is_that_of_neighbours_in_time() -> None:
    # The machine was three times slower in the second round: the ratio does not notice.
    ours, theirs = Standing((1.0, 3.0, 1.0)), Standing((2.0, 6.0, 2.2))
    assert ours.ratio(theirs) == pytest.approx(0.5)
    figures = compared({"ours": ours, "theirs": theirs}, "ours")
    assert figures["ratio"] == {"ours / theirs": 0.5}
    assert figures["contenders"]["theirs"] == {"ms": 2200.0, "ms_rounds": [2000.0, 6000.0, 2200.0]}


def test_frames_go_there_and_back_and_time_goes_on() -> None:
    frames = read("stage:dance?actors=1&size=160x120", FakeClock(), 3)
    shown = tracking._there_and_back(frames)
    first = [next(shown) for _ in range(6)]
    assert [f.picture is frames[i].picture for f, i in zip(first, (0, 1, 2, 1, 0, 1), strict=True)] == [True] * 6
    assert [round(f.time * 30) for f in first] == [f.number for f in first] == [0, 1, 2, 3, 4, 5]


def test_a_source_without_frames_is_said(tmp_path: Path) -> None:
    (tmp_path / "one.png").write_bytes(b"no picture")
    with pytest.raises(PosegamesError):
        read(str(tmp_path), FakeClock(), 10)


@pytest.mark.model
@pytest.mark.usefixtures("models", "few")
def test_ours_is_measured_with_the_people_it_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSEGAMES_MEDIAPIPE_METRICS", "refuse")
    plan = Plan(source="stage:still?actors=2&size=640x480", rounds=1)
    (figures,) = measure(plan, FakeClock(), silent).values()
    row = figures["contenders"]["blazepose"]
    assert row["people"] == pytest.approx(2.0, abs=0.1)
    assert figures["people"] == 2
    assert (figures["frames"], figures["ratio"]) == (FEW, {})


@pytest.mark.model
@pytest.mark.usefixtures("models", "few")
def test_the_command_writes_its_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSEGAMES_MEDIAPIPE_METRICS", "refuse")
    out = tmp_path / "bench.json"
    source, page = "stage:still?actors=1&size=320x240", tmp_path / "bench.md"
    words = ["tracking", "--source", source, "--rounds", "1", "--json", str(out), "--report", str(page)]
    done = CliRunner().invoke(bench, words)
    assert done.exit_code == 0, done.output
    (figures,) = json.loads(out.read_text())["tracking"].values()
    assert figures["contenders"]["blazepose"]["ms"] > 0
    assert "blazepose" in done.output
    assert f"| {source} | blazepose |" in page.read_text()
    assert page.read_text().startswith("system: ")


def test_every_bench_has_a_module_that_measures() -> None:
    for row in BENCHES.values():
        module = row.load()
        assert callable(module.measure)
        assert callable(module.sheet)


def test_a_sheet_is_a_table_in_markdown() -> None:
    sheet = Sheet(("what", "ms"), [("a|b", "1.0")])
    assert sheet.markdown() == "| what | ms |\n| --- | ---: |\n| a\\|b | 1.0 |\n"
    with pytest.raises(ValueError, match="as many cells"):
        Sheet(("what", "ms"), [("a",)])


def test_an_unknown_bench_is_said() -> None:
    done = CliRunner().invoke(bench, ["trackin"])
    assert "Did you mean 'tracking'" in str(done.exception)
