"""Where it is remembered, and every file that has to do with it."""

from __future__ import annotations

import re
from pathlib import Path

from posegames.resources import own_dir

FILE = "posegames.db"
SIDES = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database that is, or was, open."""


def database() -> Path:
    """Return the file of this user's memory (not created here)."""
    return own_dir() / FILE


def backup(path: Path, version: int) -> Path:
    """Return where `path` is copied to before it leaves `version`."""
    return path.with_name(f"{path.stem}.v{version}{path.suffix}")


def aside(path: Path) -> Path:
    """Return where a damaged `path` can be moved to: a name that is free."""
    number = 1
    while (free := path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")).exists():
        number += 1
    return free


def traces(path: Path) -> list[Path]:
    """Return every file that is there of the memory at `path`: itself, SQLite's beside it, copies of it."""
    stem, suffix, sides = re.escape(path.stem), re.escape(path.suffix), "|".join(SIDES)
    database = rf"{stem}(\.v\d+|\.damaged-\d+)?{suffix}({sides})?"
    # A copy that was being written when the machine stopped has a name of its own.
    unfinished = rf"\.{stem}\.v\d+{suffix}\.\d+\.part({sides})?"
    ours = re.compile(f"{database}|{unfinished}")
    there = path.parent.iterdir() if path.parent.is_dir() else ()
    return sorted(found for found in there if ours.fullmatch(found.name) and not found.is_dir())
