"""How many cores this process may keep busy, where several share a machine."""

from __future__ import annotations

import os

VARIABLE = "POSEGAMES_CORES"
"""Environment variable that says so; processes that are started from here hear of it, too."""


def cores() -> int:
    """Return the cores for this process: what the variable says, else all there are, at least one."""
    told = os.environ.get(VARIABLE, "")
    return max(1, int(told) if told.isdecimal() else os.cpu_count() or 1)


def keep_to(count: int) -> None:
    """Let this process, and what it starts, use `count` cores: nets and pictures alike."""
    import cv2

    os.environ[VARIABLE] = str(max(1, count))
    cv2.setNumThreads(max(1, count))
