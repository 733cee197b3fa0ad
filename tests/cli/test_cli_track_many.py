"""`posegames track` with several sources, as it is typed: results, resuming, and files that mean harm."""

from __future__ import annotations

import json
import os
import signal
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from bodies import sighting, standing
from click.testing import CliRunner, Result

import posegames.cli.batch
from posegames.cli import root
from posegames.seeing.estimators.store import ModelStore
from posegames.seeing.sources.tape import TapeHeader
from posegames.seeing.sources.tapewriter import TapeWriter
from posegames.tools.batch.journal import NAME


def called(*words: str | Path) -> Result:
    return CliRunner().invoke(root, ["track", *map(str, words)])


def tape(path: Path, count: int = 30) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with TapeWriter(path, TapeHeader(source=path.name, estimator="made up", rate=30, size=(64, 36))) as writer:
        for number in range(count):
            writer.write(sighting(number / 30, standing(0.5), number=number))
    return path


@pytest.fixture
def tapes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three tapes, two of one name, and one that is none; we are in the folder above."""
    monkeypatch.chdir(tmp_path)
    for name in ("a", "day1/a", "b"):
        tape(tmp_path / "tapes" / f"{name}.tape")
    (tmp_path / "tapes" / "bad.tape").write_text("no tape")
    return tmp_path


def rows(table: str) -> dict[str, str]:
    """Return the states by source, from the table on stdout."""
    lines = [line.split("  ", 1) for line in table.splitlines()[1:] if line[0] != " "]
    return {source: rest.strip().split("  ")[0] for source, rest in lines}


def test_stopped_and_gone_on_with(tapes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C after the first result; then the rest; then nothing; then what has changed."""
    command = ("tapes", "tapes/b.tape", "--into", "out", "--format", "csv,events", "--jobs", "1")
    tell = posegames.cli.batch._tell

    def interrupting(*args: object) -> None:
        tell(*args)  # type: ignore[arg-type]
        if args[1].state == "done":  # type: ignore[attr-defined]
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("posegames.cli.batch._tell", interrupting)
        result = called(*command)
    assert result.exit_code == 130
    assert "goes on from here" in result.stderr
    assert "2 still to do" in result.stderr
    assert sorted(path.name for path in (tapes / "out").iterdir()) == ["a.csv", "a.events.jsonl", NAME]

    result = called(*command)
    assert result.exit_code == 1  # one is no tape
    states = {"a": "done before", "b": "done", "day1/a": "done", "bad": "failed"}
    assert rows(result.stdout) == {f"tapes/{name}.tape": state for name, state in states.items()}
    assert "bad.tape" in result.stderr
    files = {path.relative_to(tapes / "out").as_posix() for path in (tapes / "out").rglob("*.*")}
    results = {f"{name}.{ending}" for name in ("a", "b", "day1/a") for ending in ("csv", "events.jsonl")}
    assert files == {*results, NAME}
    assert len((tapes / "out/b.csv").read_text().splitlines()) == 31

    (tapes / "tapes/bad.tape").unlink()
    result = called(*command)  # starts no process: there is nothing to do
    assert result.exit_code == 0
    assert set(rows(result.stdout).values()) == {"done before"}

    tape(tapes / "tapes/b.tape", 20)
    (tapes / "out/a.csv").write_text("half")
    result = called(*command)
    assert rows(result.stdout) == {
        "tapes/a.tape": "done",
        "tapes/b.tape": "done",
        "tapes/day1/a.tape": "done before",
    }
    assert len((tapes / "out/b.csv").read_text().splitlines()) == 21


def test_results_beside_their_sources(tapes: Path) -> None:
    """No source is written over, and no result is taken for one the next time."""
    (tapes / "tapes/bad.tape").unlink()
    before = (tapes / "tapes/a.tape").read_bytes()
    for state in ("done", "done before"):
        result = called("tapes", "--into", "tapes", "--format", "tape")
        assert rows(result.stdout) == {f"tapes/{name}.tape": state for name in ("a", "b", "day1/a")}
        assert {path.relative_to("tapes").as_posix() for path in Path("tapes").rglob("*.tape")} == {
            *("a.tape", "b.tape", "day1/a.tape"),
            *("a-2.tape", "b-2.tape", "day1/a-2.tape"),
        }
    assert (tapes / "tapes/a.tape").read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="a process is ended by a signal")
def test_killed_and_gone_on_with(tapes: Path) -> None:
    """`kill -9` leaves whole results only, and the next run makes up for the rest."""
    for number in range(8):
        tape(tapes / "tapes" / f"{number}.tape", 10)
    (tapes / "tapes/bad.tape").unlink()
    command = [
        sys.executable,
        "-m",
        "posegames",
        "track",
        "tapes",
        "--into",
        "out",
        "--format",
        "csv,json",
        "--jobs",
        "1",
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("[1/11]")
        process.send_signal(signal.SIGKILL)
    left = {path.name: path.read_bytes() for path in (tapes / "out").rglob("*.*") if ".posegames" not in str(path)}
    result = called(*command[4:])
    assert result.exit_code == 0, result.stderr
    assert set(rows(result.stdout).values()) == {"done", "done before"}
    for path in (tapes / "out").rglob("*.csv"):
        assert len(path.read_text().splitlines()) in (31, 11)
        assert left.get(path.name, path.read_bytes()) == path.read_bytes()
    assert len(list((tapes / "out").rglob("*.json"))) == 11 + 1
    assert not list((tapes / "out").glob(".*"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["tapes", "tapes", "--out", "a.csv"], "There are 2 sources"),
        (["tapes", "--into", "out", "--out", "a.csv"], "are for one source"),
        (["tapes", "--into", "out", "--format", "xlsx"], "no format 'xlsx'"),
        (["tapes", "--into", "out", "--format", "csv,jsn"], "'json'"),
        (["tapes", "--into", "out", "--taught"], "which events"),
        (["tapes", "--into", "out", "--post", "smoth"], "smooth"),
        (["tapes", "--into", "out", "--jobs", "0"], "1<=x<=64"),
        (["tapes", "--into", "tapes/a.tape"], "is no folder"),
        (["tapes", "--out", "a.csv", "--jobs", "2"], "--into"),
        (["tapes", "--out", "a.csv", "--again"], "--into"),
        (["tapes", "--out", "a.csv", "--format", "csv"], "--into"),
        (["http://127.0.0.1/a", "tapes", "--into", "out"], "127.0.0.1/a is live"),
        (["tapes/*.mp4", "--into", "out"], "No file fits"),
    ],
)
def test_wrong_use(tapes: Path, words: list[str], said: str) -> None:
    result = called(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert {path.name for path in tapes.rglob("*.*")} == {"a.tape", "b.tape", "bad.tape"}


def test_nothing_to_track(tapes: Path) -> None:
    (tapes / "empty").mkdir()
    result = called("empty", "--into", "out")
    assert result.exit_code == 1
    assert "nothing to track in empty" in result.stderr


def film(path: Path, count: int) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 30, (64, 36))
    for number in range(count):
        writer.write(np.full((36, 64, 3), 60 + number, np.uint8))
    writer.release()
    return path


def bomb(path: Path) -> None:
    """Write the head of a PNG of 30000 x 30000 pixels, and as little of its body."""
    head = struct.pack(">IIBBBBB", 30000, 30000, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(90001))), (b"IEND", b""))
    body = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(body))


@pytest.mark.model
@pytest.mark.skipif(sys.platform == "win32", reason="such names cannot be there")
def test_a_hostile_folder(models: ModelStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is named with its reason, and the two sound ones are tracked."""
    monkeypatch.chdir(tmp_path)
    bad = tmp_path / "bad"
    (bad / "photos").mkdir(parents=True)
    (bad / "x.mp4").mkdir()
    whole = film(bad / "new\nline 😀.avi", 8).read_bytes()
    (bad / "cut.avi").write_bytes(film(bad / "cut.avi", 60).read_bytes()[: len(whole)])
    film(bad / "none.avi", 0)
    for name in ("text.mp4", "-rf.mp4", "\udcff.mp4"):
        (bad / name).write_text("I am no video")
    (bad / "empty.mp4").touch()
    bomb(bad / "photos/bomb.png")
    bomb(bad / "bomb.mp4")
    cv2.imwrite(str(bad / "photos/good.png"), np.full((36, 64, 3), 90, np.uint8))
    (bad / "loop").symlink_to(".")
    (bad / "self.mp4").symlink_to("self.mp4")
    os.mkfifo(bad / "pipe.mp4")
    (bad / "locked.mp4").write_bytes(whole)
    (bad / "locked.mp4").chmod(0)
    command = ("bad", "--into", "out", "--format", "csv,mp4,pictures", "--jobs", "1", "--model", models.folder)
    result = called(*command)
    assert result.exit_code == 1, result.stderr
    states = rows(result.stdout)
    allowed = os.geteuid() == 0
    assert states.pop("bad/locked.mp4") == ("done" if allowed else "failed")
    assert states == {
        "bad/photos/": "done in part",
        "bad/cut.avi": "done in part",
        "bad/new\\nline 😀.avi": "done",
        **dict.fromkeys(("bad/pipe.mp4", "bad/self.mp4", "bad/x.mp4"), "passed over"),
        **{
            f"bad/{name}": "failed"
            for name in ("none.avi", "text.mp4", "-rf.mp4", "\\udcff.mp4", "empty.mp4", "bomb.mp4")
        },
    }
    for words in (
        "30000 x 30000 pixels are too many",
        "breaks off",
        "It is empty",
        "not UTF-8",
        "no regular file",
        "a folder it lies in",
        "It is no video",
    ):
        assert words in result.stderr
    results = {path.relative_to("out").as_posix() for path in Path("out").rglob("*") if path.name != NAME}
    assert results - {"locked.csv", "locked.mp4"} == {
        "cut.csv", "cut.mp4", "new_line 😀.csv", "new_line 😀.mp4",
        "photos.csv", "photos.pictures", "photos.pictures/good.png",
    }  # fmt: skip
    sources = json.loads(Path("out", NAME).read_text())["sources"]
    assert sources[str(bad / "new\nline 😀.avi")]["figures"]["frames"] == 8
