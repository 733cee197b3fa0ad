"""Why nothing is kept, in words for players."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from posegames.language import msg, tr

_FULL = (msg("The disk is full."), msg("Make room: it is tried again until the end."))
_CLOSED = (msg("{path} cannot be written."), msg("Make it writable, or name another folder in POSEGAMES_OWN."))
_HELD = (msg("Another program holds {path}."), msg("Close it: it is tried again until the end."))
_ODD = (msg("The system says of {path}: {error}."), msg("See whether the disk is well and has room."))

_REASONS: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        sqlite3.SQLITE_FULL: _FULL,
        sqlite3.SQLITE_READONLY: _CLOSED,
        sqlite3.SQLITE_CANTOPEN: _CLOSED,
        sqlite3.SQLITE_PERM: _CLOSED,
        sqlite3.SQLITE_BUSY: _HELD,
        sqlite3.SQLITE_LOCKED: _HELD,
    }
)
"""Why, and what to do, by what SQLite says."""
_SYSTEM: Mapping[int, tuple[str, str]] = MappingProxyType(
    dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), _FULL)
    | dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST), _CLOSED)
)
"""The same by what the system says."""


class NewerError(sqlite3.DatabaseError):
    """A newer posegames wrote it: this one must not."""


class DamagedError(sqlite3.DatabaseError):
    """It is no database any more, or not a whole one."""


def code_of(error: Exception) -> int:
    """Return SQLite's code of an error, without its details; 0 where there is none."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF


def damaged(error: Exception) -> bool:
    """Whether an error says that the file itself is bad, not only what was done to it."""
    bad = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
    return isinstance(error, DamagedError) or code_of(error) in bad


def busy(error: Exception) -> bool:
    """Whether an error says that another program is writing just now."""
    return code_of(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def told(error: Exception, path: Path | None) -> str:
    """Return what an error means for players: what, why, what to do now."""
    what = tr("Scores and settings are not kept.")
    if isinstance(error, NewerError):
        why, now = msg("A newer posegames wrote {path}."), msg("Update posegames to go on with it.")
    elif isinstance(error, OSError):
        why, now = _SYSTEM.get(error.errno or 0, _ODD)
    else:
        why, now = _REASONS.get(code_of(error), _ODD)
    return f"{what} {tr(why).format(path=path, error=error)} {tr(now)}"


def told_damage(kept: Path, entries: int) -> str:
    """Return what to say when a damaged file was moved to `kept`, and so many entries of it were saved."""
    return tr(
        "The file of scores was damaged. It is kept as {path}. Entries that could be read of it: {entries}."
    ).format(path=kept, entries=entries)
