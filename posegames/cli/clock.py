"""The real clock, for commands that open no window."""

from __future__ import annotations

import time


class SystemClock:
    """Monotonic seconds of this machine (`posegames.timing.Clock`)."""

    def now(self) -> float:
        """Return monotonic seconds."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait; zero or less returns at once."""
        if seconds > 0:
            time.sleep(seconds)
