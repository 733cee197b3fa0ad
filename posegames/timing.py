"""Time as an argument: the clock that `app` and the command line hand down. Nothing else reads another."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Monotonic seconds, and waiting on them. The real one is `SystemClock`; `testing` has a scripted one."""

    def now(self) -> float:
        """Return monotonic seconds."""

    def sleep(self, seconds: float) -> None:
        """Wait; zero or less returns at once."""


class SystemClock:
    """The real clock: monotonic seconds of this machine."""

    def now(self) -> float:
        """Return monotonic seconds."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait; zero or less returns at once."""
        if seconds > 0:
            time.sleep(seconds)


def worked() -> float:
    """Return the seconds this thread has kept a processor busy: its work, whoever else wanted one meanwhile."""
    return time.thread_time()
