"""What stands between two threads: room for the newest thing only. A longer queue is a delay line."""

from __future__ import annotations

from contextlib import suppress
from queue import Empty, Full, Queue
from typing import Generic, TypeVar

T = TypeVar("T")


class NewestSlot(Generic[T]):
    """A queue of one that never blocks the one who puts: what was not taken is dropped, and counted."""

    def __init__(self) -> None:
        self._queue: Queue[T] = Queue(maxsize=1)
        self.dropped = 0
        """Things that were replaced before anybody took them."""

    def put(self, thing: T) -> None:
        """Put in `thing`, throwing out what is there. One thread puts, one takes."""
        while True:
            try:
                self._queue.put_nowait(thing)
            except Full:
                with suppress(Empty):  # the taker was quicker
                    self._queue.get_nowait()
                    self.dropped += 1
            else:
                return

    def take(self, timeout: float = 0.0) -> T | None:
        """Return what is there, waiting for it up to `timeout` seconds; None if nothing comes."""
        try:
            return self._queue.get(timeout=timeout) if timeout > 0 else self._queue.get_nowait()
        except Empty:
            return None
