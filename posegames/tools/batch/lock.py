"""One process at a time in a folder: a lock that goes with whoever holds it, however that ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class HeldError(Exception):
    """Another process holds it."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file `path` inside the block. Raises HeldError if somebody else does, OSError.

    Where the file system knows no locks, none is held.
    """
    handle = _open(path)
    try:
        yield
    finally:
        if sys.platform == "win32":  # an open file cannot be removed there
            os.close(handle)
            _remove(path)
        else:
            _remove(path)
            os.close(handle)


def _open(path: Path) -> int:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(handle)
            if not path.exists() or os.path.samestat(os.fstat(handle), path.stat()):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)  # who held it before has removed it meanwhile


def _lock(handle: int) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:
        raise HeldError from error
    except OSError:  # a file system without locks: as good as none
        return


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
