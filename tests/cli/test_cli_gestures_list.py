"""`posegames gestures list`, as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from posegames.cli.gestures.list import list_
from posegames.gestures.howto import HOW
from posegames.gestures.table import GESTURES


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the shelf of somebody who has taught nothing yet."""
    monkeypatch.setenv("POSEGAMES_OWN", str(tmp_path / "own"))
    monkeypatch.setenv("COLUMNS", "240")
    return tmp_path / "own" / "gestures"


def listed(*words: str) -> str:
    done = CliRunner().invoke(list_, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_every_gesture_is_listed_with_kind_and_how() -> None:
    lines = listed().splitlines()
    for row in GESTURES:
        line = next(line for line in lines if line.split()[:1] == [row.name])
        assert row.blurb in line
        assert HOW[row.name][:30] in line


def test_records_say_what_their_events_are() -> None:
    records = {record["name"]: record for record in json.loads(listed("--json"))}
    assert set(records) == {row.name for row in GESTURES}
    kinds = {name: records[name]["kind"] for name in ("jump", "squat", "t_pose", "lean")}
    assert kinds == {"jump": "pulse", "squat": "pulse", "t_pose": "held", "lean": "analogue"}
    assert not any(record["taught"] for record in records.values())


def test_a_broken_gesture_of_ones_own_says_why(own: Path) -> None:
    own.mkdir(parents=True)
    (own / "my_move.json").write_text("{")
    record = json.loads(listed("--json"))[-1]
    assert (record["name"], record["kind"], record["taught"]) == ("my_move", "broken", True)
    assert "my_move" in record["blurb"]
    assert record["how"].endswith(".")


def test_pictures_are_drawn_where_one_says(tmp_path: Path) -> None:
    listed("--pictures", str(tmp_path / "pictures"), "--json")
    assert {file.stem for file in (tmp_path / "pictures").glob("*.png")} == {row.name for row in GESTURES}


def test_pictures_that_cannot_be_written_are_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = CliRunner().invoke(list_, ["--pictures", str(tmp_path / "file" / "below")])
    assert done.exit_code != 0
    assert "cannot be written" in str(done.exception)
