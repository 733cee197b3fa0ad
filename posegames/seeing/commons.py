"""Memory that two processes see: a few places for pictures, written by one side and lent to the other.

It has no name that could be left behind: it goes with the last process that holds it.
"""

from __future__ import annotations

import mmap
import os
import secrets
import sys
import tempfile
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import IO

import numpy as np
from numpy.typing import NDArray

from posegames.errors import SourceError
from posegames.seeing._native import MOST_PIXELS
from posegames.seeing.sighting import Picture

PLACES = 5
"""One is being written, one is on its way, three may be in the hands of scenes."""
ROOM = 3 * MOST_PIXELS
"""Bytes of a place: the largest picture that any source gives. Only what is written to takes real memory."""

Handle = int | str
"""What the other process is told: a file descriptor, on Windows a name."""


@dataclass(frozen=True, slots=True)
class Loan:
    """Where a picture lies."""

    place: int
    shape: tuple[int, ...]


@contextmanager
def common_memory() -> Iterator[Handle]:
    """Yield new memory for `PLACES` pictures, as a handle that can be mapped, and handed on, inside the block.

    Raises OSError.
    """
    if sys.platform == "win32":
        yield f"posegames-{secrets.token_hex(8)}"
    else:
        with _nameless_file() as file:
            os.ftruncate(file.fileno(), PLACES * ROOM)  # a hole: it takes no room yet
            yield file.fileno()


def _nameless_file() -> IO[bytes]:
    if sys.platform == "linux":
        return os.fdopen(os.memfd_create("posegames"), "r+b")
    else:  # noqa: RET505 - mypy reads each branch for its own system
        return tempfile.TemporaryFile()


def _mapped(handle: Handle, *, write: bool) -> mmap.mmap:
    access = mmap.ACCESS_WRITE if write else mmap.ACCESS_READ
    if isinstance(handle, int):
        return mmap.mmap(handle, PLACES * ROOM, access=access)
    if sys.platform == "win32":
        return mmap.mmap(-1, PLACES * ROOM, tagname=handle, access=access)
    raise ValueError(f"{handle!r} is no descriptor.")


class Lender:
    """The side that writes. Its places are used again when the other side gives them back."""

    def __init__(self, handle: Handle) -> None:
        memory = _mapped(handle, write=True)
        self._places = np.frombuffer(memory, dtype=np.uint8).reshape(PLACES, ROOM)
        self._free: SimpleQueue[int] = SimpleQueue()
        for place in range(PLACES):
            self._free.put(place)

    def lend(self, picture: Picture) -> Loan | None:
        """Copy `picture` to a free place; None if there is none. Raises SourceError if it is too large."""
        if picture.nbytes > ROOM:
            height, width = picture.shape[:2]
            raise SourceError(
                "The pictures are too large.",
                f"They have {width} x {height} pixels, and at most 4096 x 4096 can be played with.",
                "Let the source give smaller ones: 1280 x 720 is all that is needed.",
            )
        try:
            place = self._free.get_nowait()
        except Empty:
            return None
        np.copyto(self._places[place, : picture.nbytes].reshape(picture.shape), picture)
        return Loan(place, picture.shape)

    def take_back(self, place: int) -> None:
        """Use `place` again."""
        self._free.put(place)


class Borrower:
    """The side that reads."""

    MOST = PLACES - 2
    """Places it keeps at once; a picture beyond is copied, so that the lender always has one to write to."""

    def __init__(self, handle: Handle, give_back: Callable[[int], None]) -> None:
        """`give_back` is told a place when nobody here looks at its picture any more, in whatever thread."""
        self._memory = _mapped(handle, write=False)
        self._give_back = give_back
        self._lent: set[int] = set()

    def borrow(self, loan: Loan) -> Picture:
        """Return the picture, read-only; it stays as it is for as long as anybody has it or a part of it."""
        count = int(np.prod(loan.shape))
        flat: NDArray[np.uint8] = np.frombuffer(self._memory, np.uint8, count, loan.place * ROOM)
        if len(self._lent) >= self.MOST:
            picture = flat.reshape(loan.shape).copy()
            picture.flags.writeable = False
            self._give_back(loan.place)
            return picture
        self._lent.add(loan.place)
        # All views of the picture, and views of views, keep `flat` alive: numpy chains them to it.
        weakref.finalize(flat, self._return, loan.place).atexit = False
        return flat.reshape(loan.shape)

    def _return(self, place: int) -> None:
        self._lent.discard(place)
        self._give_back(place)
