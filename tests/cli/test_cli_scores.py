"""`posegames scores`, as it is typed."""

from __future__ import annotations

import csv
import json
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import pytest
from click.testing import CliRunner, Result

from posegames.cli import root
from posegames.cli.scores import SINCE
from posegames.memory.memory import Memory
from posegames.memory.place import database
from posegames.memory.records import Score

DAY = 86400.0


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POSEGAMES_OWN", str(tmp_path / "own"))
    monkeypatch.setenv("COLUMNS", "150")


@pytest.fixture
def played() -> None:
    """Have four games remembered: two of now, one of three days ago, one of last month."""
    now = time.time()
    with Memory(database(), clock=lambda: now) as memory:
        for name, points, scene, level, days in (
            ("Fox", 9210, "match", "robots", 0),
            ("Owl", 700, "match", "first_steps", 0),
            ("_$x$ [red]🦊", 12, "match", "robots", 3),
            ("Fox", 40, "tag", "", 30),
        ):
            when = now - days * DAY
            memory.add(
                Score(scene=scene, level=level, name=name, points=points, stars=4.5, seconds=65.0, when=when)
            )
        memory.count("Fox", "squat", 1200)


def run(*words: str) -> Result:
    return CliRunner().invoke(root, ["scores", *words])


def rows(result: Result) -> list[list[str]]:
    assert result.exit_code == 0
    return [line.split() for line in result.stdout.splitlines()[1:]]


def names(*words: str) -> list[str]:
    return [row[1] for row in rows(run(*words))]


@pytest.mark.usefixtures("played")
def test_the_table_has_the_best_first() -> None:
    table = rows(run())
    assert [row[:2] for row in table] == [["1", "Fox"], ["2", "Owl"], ["3", "Fox"], ["4", "_$x$"]]
    assert table[0][2:7] == ["9,210", "4.5", "match", "robots", "1:05"]
    assert table[0][7] == time.strftime("%Y-%m-%d", time.localtime(time.time()))
    assert table[3][2] == "[red]🦊"


@pytest.mark.usefixtures("played")
def test_what_is_asked_is_shown() -> None:
    assert names("match") == ["Fox", "Owl", "_$x$"]
    assert names("match", "--level", "robots") == ["Fox", "_$x$"]
    assert names("--player", "Owl") == ["Owl"]
    assert names("--since", "week") == ["Fox", "Owl", "_$x$"]
    assert names("--most", "1") == ["Fox"]


@pytest.mark.usefixtures("played")
def test_today_begins_at_midnight_and_the_week_six_days_before() -> None:
    today, week = SINCE["today"](), SINCE["week"]()
    assert time.localtime(today)[3:6] == time.localtime(week)[3:6] == (0, 0, 0)
    assert 0 <= time.time() - today < DAY + 3600
    assert abs(today - week - 6 * DAY) <= 3600
    with Memory(database()) as memory:
        memory.add(Score(scene="match", name="yesterday", points=99, when=today - 1))
        memory.add(Score(scene="match", name="today", points=99, when=today))
    assert "today" in names("--since", "today")
    assert "yesterday" not in names("--since", "today")


@pytest.mark.usefixtures("played")
def test_json_and_csv_have_all_there_is_of_each() -> None:
    result = run("match", "--most", "1", "--csv", "all.csv", "--json")
    told = json.loads(result.stdout)
    assert [(one["name"], one["points"]) for one in told] == [("Fox", 9210), ("Owl", 700), ("_$x$ [red]🦊", 12)]
    with Path("all.csv").open(encoding="utf-8", newline="") as file:
        written = list(csv.DictReader(file))
    assert [one["points"] for one in written] == ["12", "9210", "700"], "the oldest first"
    assert written[1] == {key: str(value) for key, value in told[0].items()}
    assert set(told[0]) == {"when", "scene", "level", "name", "points", "stars", "seconds"}


@pytest.mark.usefixtures("played")
def test_the_summary_tells_how_everybody_gets_on() -> None:
    said = run("--summary").stdout
    for words in (["Fox", "2", "2:10"], ["Fox", "match", "1", "9,210", "9,210"], ["Fox", "squat", "1,200"]):
        assert any(line.split()[: len(words)] == words for line in said.splitlines()), words
    told = json.loads(run("--summary", "--player", "Fox", "--json").stdout)
    assert [(one["name"], one["games"], one["repetitions"]) for one in told] == [("Fox", 2, {"squat": 1200})]
    assert run("match", "--summary").exit_code == 2


@pytest.mark.usefixtures("played")
def test_the_plot_is_a_picture_of_the_progress() -> None:
    """Fox gets better and better, Owl does not: their lines are where they should be. Of nobody there is none."""
    with Memory(database()) as memory:
        for day in range(8):
            memory.add(Score(scene="match", name="Fox", points=1000 * day, when=1.7e9 + day * DAY))
            memory.add(Score(scene="match", name="Owl", points=1000, when=1.7e9 + day * DAY))
    result = run("match", "--level", "", "--plot", "all.png")
    assert (result.exit_code, result.stderr) == (0, "")
    picture = cv2.imread("all.png")
    assert picture is not None
    panel = picture[100:]  # below the legend
    fox, owl = ((panel == colour).all(axis=2).nonzero()[0] for colour in ((0xB2, 0x72, 0x00), (0x00, 0x5E, 0xD5)))
    assert np.ptp(fox) > 150
    assert 0 < np.ptp(owl) < 20
    result = run("--player", "nobody", "--plot", "none.png")
    assert "none.png is not written" in result.stderr
    assert not Path("none.png").exists()


@pytest.mark.usefixtures("played")
def test_what_cannot_be_written_is_said_before_any_work(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("--csv", "no/where.csv").exit_code == 2
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    result = run("--plot", "a.png", "--csv", "a.csv")
    assert result.exit_code == 1
    assert "pip install 'posegames[evaluate]'" in result.stderr
    assert not Path("a.csv").exists()


@pytest.mark.usefixtures("played")
def test_what_there_is_none_of() -> None:
    result = run("mach")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "There are some of: match, tag." in result.stderr
    assert json.loads(run("mach", "--json").stdout) == []


def test_asking_makes_no_file() -> None:
    result = run()
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"There are no scores yet. They would be in {database()}.\n"
    assert run("--summary").stderr == result.stderr
    assert json.loads(run("--json").stdout) == []
    assert not database().parent.exists()


def test_a_damaged_file_is_said_and_no_fault() -> None:
    database().parent.mkdir()
    database().write_bytes(b"junk" * 2000)
    result = run()
    assert result.exit_code == 0
    assert result.stderr.startswith("The file of scores was damaged.")
