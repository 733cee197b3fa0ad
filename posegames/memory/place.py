"""Where it is remembered, and every file that has to do with it."""

from __future__ import annotations

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
    own, copies = f"{path.stem}{path.suffix}", (f"{path.stem}.v[0-9]*", f"{path.stem}.damaged-[0-9]*")
    # A copy that was being written when the machine stopped has a name of its own.
    patterns = [f"{own}*", *(f"{copy}{path.suffix}*" for copy in copies), f".{path.stem}.v*.part*"]
    return sorted({found for pattern in patterns for found in path.parent.glob(pattern) if not found.is_dir()})
