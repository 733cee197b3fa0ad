"""`posegames forget`, as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from posegames.cli import root
from posegames.memory.file import File
from posegames.memory.memory import Memory
from posegames.memory.place import database
from posegames.memory.records import Score
from posegames.memory.schema import STEPS

MADE = ("gestures/flap.json", "levels/match/mine.toml")
OTHERS = ("notes.txt", "posegames.dbx.txt", "posegames.very.db", "gestures/notes.txt", "photos/posegames.db/a.txt")
"""Not ours, however they are called."""


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("POSEGAMES_OWN", str(tmp_path / "own"))
    return tmp_path / "own"


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(root, ["forget", *words], input=typed)


def remember() -> None:
    """Leave everything behind that can be: a copy of before an update, a damaged file, a log of who was killed."""
    with Memory(database()) as memory:
        memory.add(Score(scene="match", name="Fox", points=1))
    database().write_bytes(b"junk" * 3000)
    with Memory(database()) as memory:
        memory.add(Score(scene="match", name="Fox", points=1))
    File(database(), patience=1, steps=(*STEPS, ("CREATE TABLE more (a)",))).close()
    for name in (
        "posegames.db-wal",
        "posegames.db-shm",
        ".posegames.v1.db.77.part",
        ".posegames.v1.db.77.part-wal",
    ):
        database().with_name(name).touch()


def make(own: Path, *names: str) -> None:
    for name in names:
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_text("mine")


def files(own: Path) -> list[str]:
    return sorted(path.relative_to(own).as_posix() for path in own.rglob("*") if path.is_file())


def test_everything_is_named_and_deleted_and_nothing_else(own: Path) -> None:
    remember()
    make(own, *MADE, *OTHERS)
    before = set(files(own))
    result = run("--yes")
    assert result.exit_code == 0
    doomed = before - {*MADE, *OTHERS}
    databases = {
        "posegames.db",
        "posegames.db-shm",
        "posegames.db-wal",
        "posegames.v1.db",
        "posegames.damaged-1.db",
    }
    assert doomed == {*databases, ".posegames.v1.db.77.part", ".posegames.v1.db.77.part-wal"}
    assert all(f"  {name} (" in result.stdout for name in doomed)
    assert f"In {own}:" in result.stdout
    assert files(own) == sorted([*MADE, *OTHERS])
    assert "Levels and gestures of yours stay: 2." in result.stdout


def test_what_players_made_is_deleted_when_it_is_asked(own: Path) -> None:
    remember()
    make(own, *MADE, *OTHERS)
    result = run("--all", "--yes")
    assert all(f"{Path(name)} (" in result.stdout for name in MADE)
    assert files(own) == sorted(OTHERS)


@pytest.mark.parametrize("typed", ["n\n", "", "\n"])
def test_it_asks_first(own: Path, typed: str) -> None:
    remember()
    before = files(own)
    result = run(typed=typed)
    assert result.exit_code == 1
    assert files(own) == before


def test_yes_is_enough(own: Path) -> None:
    remember()
    assert run(typed="y\n").exit_code == 0
    assert files(own) == []
    again = run()
    assert (again.exit_code, again.stdout) == (0, f"Nothing is remembered in {own}.\n")


def test_a_game_that_goes_on_forgets_too(own: Path) -> None:
    with Memory(database()) as memory:
        memory.add(Score(scene="match", name="Fox", points=1))
        run("--yes")
        assert files(own) == []
        memory.add(Score(scene="match", name="Owl", points=1))
        assert [score.name for score in memory.best()] == ["Owl"]
    with Memory(database()) as memory:
        assert memory.names() == ["Owl"]
