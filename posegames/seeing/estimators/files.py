"""Files that are whole or not there at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

CHUNK = 1 << 16
"""Bytes read at a time."""


def sha256_of(path: Path) -> str:
    """Return the file's sha256 as hexadecimal digits. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_whole(path: Path, chunks: Iterable[bytes]) -> None:
    """Write `chunks` to `path` so that at any moment the old file or the whole new one stands there.

    If `chunks` raises (bad content, Ctrl-C), or the disk is full, nothing of it is left behind. Two
    processes writing the same file do each other no harm: the last one wins.
    Raises OSError, and whatever `chunks` raises.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o644)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def kept(folder: Path, stem: str, suffix: str, *, of: Iterable[bytes], make: Callable[[], bytes]) -> Path:
    """Return the file that holds what `make` returns, made once and kept in `folder`.

    Its name tells, after `stem`, what it was made of (12 digits of the sha256 of `of`) and what it must
    hold (16 of its own): what no longer fits its name is made anew.
    Raises OSError, and whatever `make` raises.
    """
    origin = hashlib.sha256()
    for part in of:
        origin.update(part)
    stem = f"{stem}.{origin.hexdigest()[:12]}"
    for path in folder.glob(f"{stem}.*{suffix}"):
        if path.name == f"{stem}.{sha256_of(path)[:16]}{suffix}":
            return path
    content = make()
    path = folder / f"{stem}.{hashlib.sha256(content).hexdigest()[:16]}{suffix}"
    write_whole(path, [content])
    return path
