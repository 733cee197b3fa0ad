"""What may happen to the file: it is old, new, damaged, closed, held, gone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from posegames.memory.file import File, copy, entries, readable
from posegames.memory.memory import RETRY, Memory
from posegames.memory.place import traces
from posegames.memory.records import Score
from posegames.memory.schema import STEPS

NEXT = ("ALTER TABLE scores ADD COLUMN mood TEXT NOT NULL DEFAULT 'glad'", "CREATE TABLE moods (name TEXT)")
"""A step that a later version might take."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the file of a memory with three scores."""
    path = tmp_path / "posegames.db"
    with Memory(path) as memory:
        fill(memory, "a", "b", "c")
        memory.keep("preferences", {"still": True})
    return path


def fill(memory: Memory, *names: str) -> None:
    for name in names:
        memory.add(Score(scene="match", name=name, points=5, when=1.0))


def names(memory: Memory) -> list[str]:
    return [score.name for score in memory.best()]


def kept(path: Path) -> list[str]:
    with Memory(path) as memory:
        assert memory.notice == ""
        return names(memory)


def ask(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        return opened.execute(query).fetchall()


def files(path: Path) -> list[str]:
    return sorted(found.name for found in path.parent.iterdir())


class TestOld:
    def test_it_is_brought_up_to_date_and_was_copied_before(self, path: Path) -> None:
        File(path, patience=1, steps=(*STEPS, NEXT)).close()
        assert files(path) == ["posegames.db", "posegames.v1.db"]
        assert ask(path, "SELECT name, mood FROM scores") == [("a", "glad"), ("b", "glad"), ("c", "glad")]
        assert ask(path, "PRAGMA user_version") == [(2,)]
        before = path.with_name("posegames.v1.db")
        assert kept(before) == ["a", "b", "c"]
        assert ask(before, "PRAGMA user_version") == [(1,)]

    def test_it_is_brought_up_to_date_once(self, path: Path) -> None:
        steps = (*STEPS, NEXT)
        one = File(path, patience=1, steps=steps)
        File(path, patience=1, steps=steps).close()
        one.close()
        assert ask(path, "SELECT count(*) FROM moods") == [(0,)]

    def test_what_is_in_the_log_is_copied_too(self, path: Path) -> None:
        with Memory(path) as memory:
            fill(memory, "d")
            with closing(sqlite3.connect(path)) as opened:
                copy(opened, path.with_name("copy.db"))
        assert kept(path.with_name("copy.db")) == ["a", "b", "c", "d"]

    def test_a_step_that_fails_changes_nothing(self, path: Path) -> None:
        before = path.read_bytes()
        with pytest.raises(sqlite3.OperationalError, match="syntax"):
            File(path, patience=1, steps=(*STEPS, (*NEXT, "CREATE TROUBLE")))
        assert ask(path, "PRAGMA user_version") == [(1,)]
        assert "mood" not in str(ask(path, "SELECT sql FROM sqlite_master"))
        assert kept(path) == ["a", "b", "c"]
        assert len(path.read_bytes()) == len(before)

    def test_a_copy_that_cannot_be_made_leaves_it_as_it_is(self, path: Path) -> None:
        path.with_name("posegames.v1.db").mkdir()
        with pytest.raises(OSError, match=r"v1\.db"):
            File(path, patience=1, steps=(*STEPS, NEXT))
        assert ask(path, "PRAGMA user_version") == [(1,)]
        assert kept(path) == ["a", "b", "c"]


class TestNew:
    def test_it_is_read_and_not_written(self, path: Path) -> None:
        File(path, patience=1, steps=(*STEPS, NEXT)).close()
        before = path.read_bytes()
        with Memory(path) as memory:
            assert memory.notice.startswith(f"Scores and settings are not kept. A newer posegames wrote {path}.")
            fill(memory, "d")
            assert names(memory) == ["a", "b", "c", "d"]
            assert memory.recall("preferences") == {"still": True}
        assert memory.notice != ""
        assert path.read_bytes() == before

    def test_what_it_has_done_with_our_tables_stops_nothing(self, path: Path) -> None:
        steps = (*STEPS, ("DROP TABLE settings", "ALTER TABLE scores DROP COLUMN stars"))
        File(path, patience=1, steps=steps).close()
        with Memory(path) as memory:
            assert names(memory) == []
            assert memory.recall("preferences") is None
            assert memory.names() == ["c", "b", "a"]

    def test_one_that_comes_while_we_play_is_not_written_either(self, path: Path) -> None:
        with Memory(path) as memory:
            File(path, patience=1, steps=(*STEPS, NEXT)).close()
            fill(memory, "d")
            assert "A newer posegames" in memory.notice
            assert names(memory) == ["a", "b", "c", "d"]
        assert ask(path, "SELECT count(*) FROM scores") == [(3,)]


class TestDamaged:
    @pytest.mark.parametrize(
        "junk", [b"not a database at all\n" * 400, b"\x00" * 9000, b"SQLite format 3\x00" * 99]
    )
    def test_it_is_kept_aside_and_a_new_one_begun(self, path: Path, junk: bytes) -> None:
        path.write_bytes(junk)
        with Memory(path) as memory:
            aside = path.with_name("posegames.damaged-1.db")
            assert memory.notice.startswith(f"The file of scores was damaged. It is kept as {aside}.")
            assert names(memory) == []
            fill(memory, "d")
        assert aside.read_bytes() == junk
        assert kept(path) == ["d"]

    def test_no_other_damaged_one_is_overwritten(self, path: Path) -> None:
        for number in (1, 2):
            path.write_bytes(b"junk" * 1000 * number)
            with Memory(path) as memory:
                assert f"posegames.damaged-{number}.db" in memory.notice
        assert path.with_name("posegames.damaged-1.db").read_bytes() == b"junk" * 1000

    @pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.99])
    def test_one_cut_short_never_stops_a_game(self, path: Path, share: float) -> None:
        whole = path.read_bytes()
        path.write_bytes(whole[: int(len(whole) * share)])
        with Memory(path) as memory:
            assert "was damaged" in memory.notice
            fill(memory, "d")
        with Memory(path) as memory:
            assert memory.notice == ""
            assert "d" in names(memory)

    def test_what_can_be_read_of_it_goes_on(self, path: Path) -> None:
        """The page of the settings is overwritten; scores, names and all else are whole."""
        (page,) = ask(path, "SELECT rootpage FROM sqlite_master WHERE name = 'settings'")[0]
        (size,) = ask(path, "PRAGMA page_size")[0]
        assert isinstance(page, int)
        assert isinstance(size, int)
        with path.open("rb+") as file:
            file.seek((page - 1) * size)
            file.write(b"\xa5" * size)
        with Memory(path) as memory:
            assert memory.notice.endswith("Entries that could be read of it: 6.")
            assert names(memory) == ["a", "b", "c"]
            assert memory.recall("preferences") is None
        assert kept(path) == ["a", "b", "c"]

    @pytest.mark.parametrize("begin", [0, 4096])
    def test_one_that_is_damaged_while_we_play_is_made_anew_of_what_is_known(self, path: Path, begin: int) -> None:
        with Memory(path) as memory:
            fill(memory, "d")
            with Memory(path) as other:
                fill(other, "e")
            fill(memory, "f")
            with closing(sqlite3.connect(path, isolation_level=None)) as another:
                # All of it is in the file then, and known to be another's.
                another.execute("DELETE FROM repetitions")
                another.execute("UPDATE settings SET value = '5'")
                another.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            with path.open("rb+") as file:
                file.seek(begin)
                file.write(b"\xa5" * (path.stat().st_size - begin))
            fill(memory, "g")
            assert memory.notice.startswith("The file of scores was damaged.")
            assert names(memory) == ["a", "b", "c", "d", "e", "f", "g"]
        assert kept(path) == ["a", "b", "c", "d", "e", "f", "g"]
        assert "posegames.damaged-1.db" in files(path)

    def test_values_that_make_no_sense_are_passed_over(self, path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as opened:
            opened.execute("PRAGMA ignore_check_constraints = ON")
            opened.execute("UPDATE scores SET points = 'many' WHERE name = 'b'")
            opened.execute("UPDATE settings SET value = '{'")
            opened.execute("PRAGMA user_version = 99")
        with Memory(path) as memory:
            assert names(memory) == ["a", "c"]
            assert memory.recall("preferences") is None


class TestClosed:
    def test_a_folder_in_its_place(self, tmp_path: Path) -> None:
        path = tmp_path / "posegames.db"
        path.mkdir()
        with Memory(path) as memory:
            assert memory.notice == (
                f"Scores and settings are not kept. {path} cannot be written. "
                "Make it writable, or name another folder in POSEGAMES_OWN."
            )
            fill(memory, "a")
            assert names(memory) == ["a"]
        assert "cannot be written" in memory.notice

    def test_a_file_in_the_place_of_its_folder(self, tmp_path: Path) -> None:
        (tmp_path / "own").touch()
        with Memory(tmp_path / "own" / "posegames.db") as memory:
            assert "cannot be written" in memory.notice
            fill(memory, "a")
            assert names(memory) == ["a"]

    def test_once_it_can_be_written_all_of_the_run_is(self, tmp_path: Path) -> None:
        path, now = tmp_path / "posegames.db", [1000.0]
        path.mkdir()
        with Memory(path, clock=lambda: now[0]) as memory:
            fill(memory, "a")
            path.rmdir()
            fill(memory, "b")
            assert memory.notice != "", "it is not tried again with every score"
            assert not path.exists()
            now[0] += RETRY
            fill(memory, "c")
            assert memory.notice == ""
        assert kept(path) == ["a", "b", "c"]

    def test_at_the_end_it_is_tried_again(self, tmp_path: Path) -> None:
        path = tmp_path / "posegames.db"
        path.mkdir()
        with Memory(path) as memory:
            fill(memory, "a")
            path.rmdir()
        assert memory.notice == ""
        assert kept(path) == ["a"]


class TestHeld:
    def test_what_comes_meanwhile_is_kept_afterwards(self, path: Path) -> None:
        with Memory(path) as memory, closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            fill(memory, "d")
            memory.keep("preferences", {"still": False})
            assert memory.notice == ""
            assert names(memory) == ["a", "b", "c", "d"]
            assert other.execute("SELECT count(*) FROM scores").fetchone() == (3,)
            other.execute("COMMIT")
        assert kept(path) == ["a", "b", "c", "d"]

    def test_one_that_is_held_from_the_beginning_can_be_read(self, path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with Memory(path) as memory:
                assert f"Another program holds {path}." in memory.notice
                assert names(memory) == ["a", "b", "c"]
                fill(memory, "d")
                other.execute("ROLLBACK")
        assert memory.notice == ""
        assert kept(path) == ["a", "b", "c", "d"]


class TestGone:
    def test_who_removes_it_while_we_play_removes_what_was_known(self, path: Path) -> None:
        with Memory(path) as memory:
            fill(memory, "d")
            for found in traces(path):
                found.unlink()
            fill(memory, "e")
            assert names(memory) == ["e"]
        assert kept(path) == ["e"]
        assert files(path) == ["posegames.db"]


def test_entries_fill_blank_tables(path: Path) -> None:
    found = readable(path)
    assert len(found) == 3 + 3 + 1
    with closing(sqlite3.connect(path)) as opened:
        assert entries(opened) == found
    assert readable(path.with_name("none.db")) == []
