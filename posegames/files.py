"""Files that are whole or not there at all: a name never stands for half of its contents."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

CHUNK = 1 << 16
"""Bytes read at a time."""


@contextmanager
def replacing(path: Path, *, keep: bool = False) -> Iterator[Path]:
    """Yield a file beside `path`, to be written; when the block ends well it takes the name `path`.

    When the block fails (bad content, Ctrl-C, a full disk), what stood at `path` before is untouched and the
    part is removed; with `keep` it stays as `path` with `.part` added, for formats that can be read as far as
    they go. Two processes writing the same file do each other no harm: the last one wins. Raises OSError.
    """
    part = path.with_name(f"{path.name}.part" if keep else f".{path.name}.{os.getpid()}.part")
    try:
        yield part
        with part.open("rb+") as written:
            # A name must not reach the disk before its contents do.
            os.fsync(written.fileno())
    except BaseException:
        if not keep:
            part.unlink(missing_ok=True)
        raise
    part.replace(path)


def write_whole(path: Path, chunks: Iterable[bytes]) -> None:
    """Write `chunks` to `path` as `replacing` does, making its folder. Raises OSError and what `chunks` raises."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as part, part.open("wb") as file:
        file.writelines(chunks)


def sha256_of(path: Path) -> str:
    """Return the file's sha256 as hexadecimal digits. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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
