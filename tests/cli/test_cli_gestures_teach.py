"""`posegames gestures teach`, `remove`, `export`, `import`, and `track --taught`, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bodies import sighting
from click.testing import CliRunner, Result
from lessons import TUCK, everything, script

from posegames.cli import root
from posegames.errors import PosegamesError
from posegames.resources import OWN_VARIABLE
from posegames.seeing.sources.tape import TapeHeader
from posegames.seeing.sources.tapewriter import TapeWriter
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import parse_play
from posegames.testing import FakeClock
from posegames.tools.teaching import COUNTDOWN, is_live, live_seconds, shown_live


def called(*words: str | Path) -> Result:
    return CliRunner().invoke(root, [*map(str, words)])


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own things, which are none yet; and a few acts, so that it does not take so long."""
    monkeypatch.setattr("posegames.gestures.taught.rivals.acts", lambda: everything()[6::8])
    monkeypatch.setenv(OWN_VARIABLE, str(tmp_path / "own"))
    return tmp_path / "own" / "gestures"


def film(path: Path, text: str, hz: float = 10) -> Path:
    play = parse_play(text)
    stage = Choreography(play, actors=1)
    with TapeWriter(path, TapeHeader(source="me.mp4", estimator="made up", rate=hz)) as writer:
        for number in range(int(play.seconds * hz)):
            writer.write(sighting(number / hz, *stage.at(number / hz), number=number))
    return path


def test_a_gesture_is_taught_told_handed_on_and_removed(own: Path, tmp_path: Path) -> None:
    tape = film(tmp_path / "me.tape", script(TUCK))
    result = called("gestures", "teach", "my_tuck", "--source", tape)
    assert result.exit_code == 0, result.output
    assert "my_tuck: a move, shown 4 times, learnt by dtw." in result.stdout
    assert "Leave one out: 4 of 4 recognised." in result.stdout
    assert "my_tuck is kept" in result.stderr
    assert (own / "my_tuck.json").is_file()

    result = called("track", tape, "--events", tmp_path / "e.jsonl", "--taught")
    assert result.exit_code == 0, result.output
    lines = [json.loads(line) for line in (tmp_path / "e.jsonl").read_text().splitlines()]
    assert [line["phase"] for line in lines if line["gesture"] == "my_tuck"].count("pulse") == 4
    assert called("track", tape, "--events", tmp_path / "e.jsonl").exit_code == 0
    assert "my_tuck" not in (tmp_path / "e.jsonl").read_text()

    assert called("gestures", "export", "my_tuck", tmp_path / "out.json").exit_code == 0
    result = CliRunner().invoke(root, ["gestures", "remove", "my_tuck"], input="n\n")
    assert (result.exit_code, (own / "my_tuck.json").is_file()) == (1, True)
    assert called("gestures", "remove", "my_tuck", "--yes").exit_code == 0
    assert not (own / "my_tuck.json").exists()
    assert "a move, kept as one of yours" in called("gestures", "import", tmp_path / "out.json").stdout
    assert (own / "my_tuck.json").read_bytes() == (tmp_path / "out.json").read_bytes()


def test_what_is_a_gesture_already_is_not_kept(own: Path, tmp_path: Path) -> None:
    tape = film(tmp_path / "me.tape", script(["squat"], 3))
    result = called("gestures", "teach", "my_squat", "--source", tape, "--json")
    assert result.exit_code == 1
    assert "not kept" in result.stderr
    report = json.loads(result.stdout)
    assert report["fires"]["squat"] == 3
    assert "squat" in report["refused"]
    assert not own.exists()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["teach", "squat", "--source", "me.tape"], 2, "comes with posegames"),
        (["teach", "My Move", "--source", "me.tape"], 2, "no name for a gesture"),
        (["teach", "my_move", "--source", "nowhere.mp4"], 1, "nowhere.mp4"),
        (["teach", "my_move", "--reps", "2"], 2, "3<=x<=10"),
        (["remove", "my_move"], 2, "You have taught none yet"),
        (["export", "my_move", "x.json"], 2, "no gesture called 'my_move'"),
        (["import", "nowhere.json"], 1, "cannot be used"),
    ],
)
def test_what_goes_wrong_is_said(words: list[str], code: int, said: str) -> None:
    result = called("gestures", *words)
    assert result.exit_code
    error = result.exception
    assert said in (str(error) if isinstance(error, PosegamesError) else result.stderr)
    assert (error.exit_code if isinstance(error, PosegamesError) else result.exit_code) == code


def test_taught_needs_events(tmp_path: Path) -> None:
    result = called("track", film(tmp_path / "me.tape", script(TUCK, 1)), "--out", tmp_path / "o.csv", "--taught")
    assert "Give --events" in (str(result.exception) + result.stderr)


def test_before_a_camera_there_is_a_countdown(tmp_path: Path) -> None:
    """A tape stands for the camera, and nobody waits: the clock is a made-up one."""
    tape, said = film(tmp_path / "me.tape", script(TUCK, 2)), list[str]()
    looks = shown_live(str(tape), FakeClock(), seconds=5, say=said.append)
    assert len(said) == COUNTDOWN + 2
    assert said[1:-1] == ["3 ...", "2 ...", "1 ..."]
    assert "Go! 5 seconds" in said[-1]
    assert 45 <= len(looks) <= 51
    assert sum(bool(players) for players in looks) >= 45


def test_what_is_live() -> None:
    assert [is_live(source) for source in (None, "camera:1", "rtsp://x", "stage", "me.mp4", "me.tape")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
    assert live_seconds(5, None) == 22
    assert live_seconds(5, 9) == 9
