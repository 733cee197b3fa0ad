"""The file of what is remembered: opened, brought up to date, written; copied or moved aside where need be."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from posegames.files import replacing
from posegames.memory import place
from posegames.memory.schema import STEPS, Step
from posegames.memory.trouble import DamagedError, NewerError

Statement = tuple[str, Sequence[Any]]
"""SQL, and what stands in for its question marks."""

LOG_PAGES = 16384
"""Pages (of 4 kB) of the write-ahead log after which SQLite moves them into the database, and waits for the disk.

Committing to the log waits for nothing (.02 ms), moving it 8 to 20 ms on an SSD: more than a frame. So it is done
when the file is opened and closed, and in between only after some five thousand games without a break.
"""


class File:
    """An open database with all tables as they are today."""

    def __init__(self, path: Path, *, patience: float, steps: Sequence[Step] = STEPS) -> None:
        """Open or create it. `patience` is how long, in seconds, to wait for other programs that are writing.

        Raises DamagedError, NewerError, and other errors of SQLite or the system.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path, self._steps = path, steps
        self._open = sqlite3.connect(path, timeout=patience, isolation_level=None)
        try:
            self._prepare()
            self._identity = _identity(path)
            self._version = self._others()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close it; the last program to do so moves the log into the database."""
        with suppress(sqlite3.Error):
            self._open.close()

    @property
    def gone(self) -> bool:
        """Whether somebody has removed it, or put another one in its place."""
        return _identity(self._path) != self._identity

    def wait(self, seconds: float) -> None:
        """Wait so long, from now on, for other programs that are writing."""
        self._open.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")

    def write(self, statements: Sequence[Statement]) -> bool:
        """Write all or nothing; return whether other programs have written since it was opened or written last.

        Raises NewerError where a newer posegames has been here since, and other errors of SQLite.
        """
        self._step(self._steps)
        apply(self._open, statements)
        before, self._version = self._version, self._others()
        return self._version != before

    def copy_to(self, other: sqlite3.Connection) -> None:
        """Make `other` hold just what this does."""
        self._open.backup(other)

    def _prepare(self) -> None:
        run = self._open.execute
        steps, version = self._steps, self._step(self._steps)
        # Nothing is lost when the program is killed. When the power fails, what the system has not yet put on the
        # disk is (some 30 s), never what was there before: `NORMAL` with a log is safe against that.
        run("PRAGMA journal_mode = WAL")
        run("PRAGMA synchronous = NORMAL")
        run(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
        run("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        if (found := run("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            raise DamagedError(found)
        if 0 < version < len(steps):
            copy(self._open, place.backup(self._path, version))
        run("BEGIN IMMEDIATE")
        try:
            # Another program may have taken some in the meantime.
            for step in steps[self._step(steps) :]:
                for statement in step:
                    run(statement)
            # Written even if it is so already: the first write to a log waits for the disk, and a file that cannot
            # be written is known at once.
            run(f"PRAGMA user_version = {len(steps)}")
            run("COMMIT")
        except BaseException:
            _undo(self._open)
            raise

    def _step(self, steps: Sequence[Step]) -> int:
        version: int = self._open.execute("PRAGMA user_version").fetchone()[0]
        if version > len(steps):
            raise NewerError(f"version {version}, and {len(steps)} is known")
        return version

    def _others(self) -> int:
        """Return a number that changes when others write."""
        number: int = self._open.execute("PRAGMA data_version").fetchone()[0]
        return number


def blank(steps: Sequence[Step] = STEPS) -> sqlite3.Connection:
    """Return all tables, empty, that nobody keeps; whatever thread tidies up may close it."""
    made = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    for step in steps:
        for statement in step:
            made.execute(statement)
    return made


def apply(connection: sqlite3.Connection, statements: Sequence[Statement]) -> None:
    """Do all or nothing. Raises sqlite3.Error, and ValueError or OverflowError for what cannot be stored."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in statements:
            connection.execute(*statement)
        connection.execute("COMMIT")
    except BaseException:
        _undo(connection)
        raise


def _undo(connection: sqlite3.Connection) -> None:
    # On a full disk SQLite has done so itself.
    with suppress(sqlite3.Error):
        connection.execute("ROLLBACK")


def copy(connection: sqlite3.Connection, path: Path) -> None:
    """Copy a database to a single file, whole or not at all. Raises sqlite3.Error, OSError."""
    with replacing(path) as part:
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(part, isolation_level=None)) as target:
            connection.backup(target)
            target.execute("PRAGMA journal_mode = DELETE").fetchall()


def move_aside(path: Path) -> Path:
    """Move a damaged database, and what belongs to it, to a name that says so; return it. Raises OSError."""
    kept = place.aside(path)
    # The log first: beside a new file it would be taken for that one's.
    for side in (*place.SIDES, ""):
        with suppress(FileNotFoundError):
            path.with_name(path.name + side).rename(kept.with_name(kept.name + side))
    return kept


def entries(connection: sqlite3.Connection) -> list[Statement]:
    """Return what puts into blank tables all that can be read of a database, which may be damaged or newer."""
    with closing(blank()) as model:
        tables = [name for (name,) in model.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {table: [row[1] for row in model.execute(f"PRAGMA table_info({table})")] for table in tables}
    found: list[Statement] = []
    for table, names in columns.items():
        listed = ", ".join(names)
        # Names of our own schema.
        ask = f"SELECT {listed} FROM {table}"  # noqa: S608
        put = f"INSERT OR IGNORE INTO {table} ({listed}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608
        with suppress(sqlite3.Error):
            found += ((put, row) for row in connection.execute(ask))
    return found


def readable(path: Path) -> list[Statement]:
    """Return the entries of a file that cannot be opened as usual: damaged, newer, or not to be written."""
    # A log is read where SQLite can make its index beside it; in a closed folder what is in the file has to do.
    for how in ("mode=ro", "mode=ro&immutable=1"):
        with (
            suppress(sqlite3.Error),
            closing(sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True)) as opened,
        ):
            opened.text_factory = _text
            if found := entries(opened):
                return found
    return []


def _text(raw: bytes) -> str:
    return raw.decode(errors="replace")


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another of the same name; None if there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
