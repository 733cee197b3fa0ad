"""`posegames record`, as it is typed, in real time and so from short tapes."""

from __future__ import annotations

from pathlib import Path

import pytest
from bodies import sighting, standing
from click.testing import CliRunner, Result

from posegames.cli import root
from posegames.seeing.sources.tape import TapeHeader, read_tape
from posegames.seeing.sources.tapewriter import TapeWriter


def called(*words: str | Path) -> Result:
    return CliRunner().invoke(root, ["record", *map(str, words)])


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    """A third of a second of somebody."""
    path = tmp_path / "somebody.tape"
    with TapeWriter(path, TapeHeader(source="camera 0", estimator="made up")) as writer:
        for number in range(10):
            writer.write(sighting(number / 30, standing(0.5), number=number))
    return path


def test_a_run_is_recorded_to_its_end(tape: Path, tmp_path: Path) -> None:
    result = called(tmp_path / "out.tape.gz", "--source", tape)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    assert "Wrote" in result.stderr
    assert f"posegames play --source {tmp_path / 'out.tape.gz'}" in result.stderr
    recorded = read_tape(tmp_path / "out.tape.gz")
    assert [s.number for s in recorded] == list(range(10))
    assert [s.time for s in recorded] == pytest.approx([n / 30 for n in range(10)], abs=1e-3)
    assert recorded.header.source == "somebody.tape"
    assert recorded.header.created.endswith("+00:00")


def test_a_run_is_recorded_for_a_while(tape: Path, tmp_path: Path) -> None:
    assert called(tmp_path / "out.tape", "--source", tape, "--seconds", "0.15").exit_code == 0
    assert len(list(read_tape(tmp_path / "out.tape"))) == 5


@pytest.mark.model
@pytest.mark.usefixtures("models")
def test_the_stage_is_recorded_through_the_threads(tmp_path: Path) -> None:
    """How many sightings a second there are is the machine's affair; that they are of the two actors is ours."""
    for seconds in (0.5, 4.0, 32.0):  # as long as a busy machine needs until both are found
        out = tmp_path / f"{seconds}.tape"
        result = called(out, "--source", "stage:still?actors=2&size=640x360", "--seconds", f"{seconds}")
        assert result.exit_code == 0, result.stderr
        recorded = list(read_tape(out))
        assert recorded[0].time == 0
        assert recorded[-1].time < seconds
        if max(len(s.poses) for s in recorded) >= 2:
            break
    assert max(len(s.poses) for s in recorded) >= 2


@pytest.mark.parametrize(
    ("out", "options", "code", "said"),
    [
        ("out.csv", [], 2, "End it in .tape"),
        ("no/where.tape", [], 2, "cannot be written"),
        ("out.tape", ["--players", "0"], 2, "1<=x<=6"),
        ("out.tape", ["--source", "nowhere.mp4"], 1, "nowhere.mp4"),
        ("out.tape", ["--source", "nowhere.tape"], 1, "nowhere.tape"),
        ("out.tape", ["--source", "camera:x"], 2, "camera number"),
        ("out.tape", ["--source", "camera:0", "--estimator", "x"], 2, "no estimator"),
        ("out.tape", ["--source", "camera:0", "--estimator-option", "nms_radius=3"], 2, "has no options"),
    ],
)
def test_what_cannot_be(tmp_path: Path, out: str, options: list[str], code: int, said: str) -> None:
    result = called(tmp_path / out, *options)
    assert result.exit_code == code
    assert said in result.stderr
    assert list(tmp_path.iterdir()) == []
