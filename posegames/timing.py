"""Time as an argument: the clock that `app` hands down. Nothing below it reads another."""

from __future__ import annotations

from typing import Protocol


class Clock(Protocol):
    """Monotonic seconds, and waiting on them. The real one stands in `app`, a scripted one in `testing`."""

    def now(self) -> float:
        """Return monotonic seconds."""

    def sleep(self, seconds: float) -> None:
        """Wait; zero or less returns at once."""
