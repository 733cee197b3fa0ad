"""The file of repetitions, and the line that sums it up."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from bodies import sighting
from click.testing import CliRunner
from motions import body, bump

from posegames.cli import root
from posegames.errors import UsageError
from posegames.seeing.sources.tape import TapeHeader
from posegames.seeing.sources.tapewriter import TapeWriter
from posegames.tools.formats import Origin
from posegames.tools.reps import COLUMNS, RepsSink


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    """Two people from second 100 on: one squats twice and once not enough, the other one stands."""
    path = tmp_path / "squats.tape"
    with TapeWriter(path, TapeHeader(source="squats.mp4", estimator="made up", rate=15.0)) as writer:
        for number in range(105):
            time = number / 15
            drop = 0.75 * bump(time, 1, 1.4) + 0.75 * bump(time, 3, 1.4) + 0.4 * bump(time, 5, 1.4)
            writer.write(sighting(100 + time, body(0.5, drop=drop), body(1.3), number=number))
    return path


def test_a_row_a_repetition_and_a_line_to_sum_it_up(tape: Path, tmp_path: Path) -> None:
    out = tmp_path / "reps.csv"
    result = CliRunner().invoke(root, ["track", str(tape), "--reps", str(out)])
    assert (result.exit_code, result.stdout) == (0, "")
    assert "reps.csv. Frames: 105, players: 2" in result.stderr
    rows = list(csv.DictReader(out.read_text().splitlines()))
    (player,) = {row["player"] for row in rows}
    assert f"\nPlayer {player}: squat 2.\n" in result.stderr
    assert list(rows[0]) == list(COLUMNS)
    assert [(row["exercise"], row["side"], row["number"], row["counts"], row["faults"]) for row in rows] == [
        ("squat", "", "1", "1", ""),
        ("squat", "", "2", "1", ""),
        ("squat", "", "2", "0", "not deep enough"),
    ]
    assert [float(row["t"]) for row in rows] == pytest.approx([2.3, 4.3, 6.4], abs=0.25)
    assert float(rows[2]["depth"]) < float(rows[0]["depth"]) < 1
    assert all(0.9 < float(row["symmetry"]) <= 1 and 0.7 < float(row["seconds"]) < 1.4 for row in rows)
    events = tmp_path / "events.jsonl"
    assert CliRunner().invoke(root, ["track", str(tape), "--events", str(events)]).exit_code == 0
    assert events.read_text().count('"squat"') == sum(int(row["counts"]) for row in rows)


def test_who_did_nothing_is_told_so(tape: Path, tmp_path: Path) -> None:
    out = tmp_path / "reps.csv"
    result = CliRunner().invoke(root, ["track", str(tape), "--reps", str(out), "--seconds", "1"])
    assert result.exit_code == 0
    assert result.stderr.endswith("No repetitions.\n")
    assert out.read_text() == ",".join(COLUMNS) + "\n"


def test_pictures_have_no_repetitions(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="pictures have none"):
        RepsSink(tmp_path / "a.csv", Origin(source="photos", estimator="none", named=True))
    assert list(tmp_path.iterdir()) == []
