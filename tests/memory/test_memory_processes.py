"""Real processes, a real full disk, real rights: what was kept is there afterwards, and nothing stops a game."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from posegames.memory.memory import Memory
from posegames.memory.records import Score

BEGIN = """
import sys
from pathlib import Path
from posegames.memory.memory import RETRY, Memory
from posegames.memory.records import Score
path, name = Path(sys.argv[1]), sys.argv[2]
now = [1000.0]
def add(memory, points):
    memory.add(Score(scene="match", name=name, points=points))
    memory.count(name, "squat", 2)
with Memory(path, clock=lambda: now[0]) as memory:
"""
ENDLESSLY = f"""{BEGIN}
    points = 0
    while True:
        add(memory, points)
        print(points, flush=True)
        points += 1
"""
MANY = f"""{BEGIN}
    print("ready", flush=True)
    sys.stdin.readline()
    for points in range(200):
        add(memory, points)
assert memory.notice == "", memory.notice
"""
FULL = f"""{BEGIN}
    import resource
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    now[0] += 1
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), hard))
    points = 0
    while not memory.notice:
        add(memory, points)
        points += 1
    add(memory, points)
    print(points + 1, len(memory.best(name=name, most=10_000)))
    print(memory.notice)
    if sys.argv[4] == "room":
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        now[0] += RETRY
        memory.greet(name)
print(memory.notice)
"""
CLOSED = f"""
import os
if os.geteuid() == 0:
    import json, sqlite3, posegames.memory.memory
    os.setuid(65534)  # root may write everything; this is somebody who owns nothing
{BEGIN}
    print(memory.notice)
    print(*(score.name for score in memory.best()))
    add(memory, 99)
    print(*(score.name for score in memory.best()))
print(memory.notice)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the file of a memory with two scores."""
    path = tmp_path / "posegames.db"
    fill(path)
    return path


def fill(path: Path) -> None:
    with Memory(path) as memory:
        for points, name in enumerate("ab"):
            memory.add(Score(scene="match", name=name, points=points))


def command(code: str, path: Path, name: str = "Fox", *words: str) -> list[str]:
    return [sys.executable, "-c", code, str(path), name, *words]


def piped(words: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def done(code: str, path: Path, *words: str) -> list[str]:
    call = command(code, path, "Fox", *words)
    ended = subprocess.run(call, capture_output=True, check=False, text=True, timeout=60)
    assert ended.stderr == ""
    return ended.stdout.splitlines()


def points(path: Path, name: str = "Fox") -> list[int]:
    with Memory(path) as memory:
        assert memory.notice == ""
        return [score.points for score in memory.history(name=name)]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_whoever_is_killed_while_keeping_scores_has_kept_them(path: Path) -> None:
    before: dict[str, list[int]] = {"a": [0], "b": [1]}
    for lines in (1, 40, 200):
        name = f"Fox {lines}"
        with subprocess.Popen(command(ENDLESSLY, path, name), stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            told = [int(process.stdout.readline()) for _ in range(lines)]
            process.send_signal(signal.SIGKILL)
            # What had been said by then, but not read; perhaps not to the end.
            told += [int(line) for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
        assert process.returncode == -signal.SIGKILL
        before[name] = kept = points(path, name)
        # The last may have been kept, and not been told any more.
        assert len(told) <= len(kept) <= len(told) + 1
        assert kept == [*range(len(kept))]
        with Memory(path) as memory:
            assert 2 * len(told) <= memory.summary(name).repetitions["squat"] <= 2 * len(kept)
        assert {earlier: points(path, earlier) for earlier in before} == before
    assert not list(path.parent.glob("*damaged*"))


def test_two_programs_keep_all_their_scores(path: Path) -> None:
    with ExitStack() as stack:
        both = [stack.enter_context(piped(command(MANY, path, name))) for name in ("Fox", "Owl")]
        for process in both:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
        for process in both:
            assert process.stdin is not None
            process.stdin.write(b"go\n")
            process.stdin.flush()
        for process in both:
            _, said = process.communicate(timeout=60)
            assert said == b""
    assert points(path, "Fox") == points(path, "Owl") == [*range(200)]
    with Memory(path) as memory:
        assert memory.summary("Owl").repetitions == {"squat": 400}
        assert len(memory.history()) == 402


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit to set")
@pytest.mark.parametrize("room", ["room", "none"])
def test_a_full_disk_loses_nothing_that_was_kept(path: Path, room: str) -> None:
    """No file may become larger than this: as if the disk were full."""
    counted, notice, after = done(FULL, path, "45000", room)
    added, known = map(int, counted.split())
    assert added == known > 2, "the game goes on with all it has"
    assert notice.startswith("Scores and settings are not kept.")
    kept = points(path)
    if room == "room":
        assert after == ""
        assert kept == [*range(added)], "once there is room again, all is written"
    else:
        assert after == notice
        assert 0 < len(kept) < added
        assert kept == [*range(len(kept))]
    assert points(path, "a") == [0]


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """Give a memory in a folder that others may enter, unlike those of pytest."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    fill(folder / "posegames.db")
    yield folder / "posegames.db"
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="rights are others there")
@pytest.mark.parametrize("what", ["file", "folder", "unreadable"])
def test_what_may_not_be_written_is_read_and_played_with(open_to_all: Path, what: str) -> None:
    path = open_to_all
    path.chmod({"file": 0o444, "folder": 0o666, "unreadable": 0o000}[what])
    path.parent.chmod(0o777 if what in ("file", "unreadable") else 0o555)
    before = path.stat()
    notice, names, more, last = done(CLOSED, path)
    assert notice == last
    assert notice.startswith("Scores and settings are not kept.")
    assert str(path) in notice
    assert names.split() == ([] if what == "unreadable" else ["b", "a"])
    assert more.split() == ["Fox", *names.split()]
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    path.parent.chmod(0o755)
    path.chmod(0o644)
    assert points(path) == []
