"""How what computes in the background behaves towards the thread that draws: it is nicer, and never starves.

Linux has a gentler way, a class of threads that run only where a core is idle. Beside a program that keeps every
core busy they stand still, holding whatever lock they hold: 2.6 sightings a second, where those ten steps nicer
had 5 to 8. The display hardly gains by it. Measured on two cores with three actors in the mirror, idle class
against ten steps, medians of three runs: display p99 21.4 against 21.6 ms, sightings 13.8 against 16.8 a second,
capture to screen 112 against 99 ms. No step at all costs the display: p99 29.8 ms. Among a dozen greedy processes
the display woke up 51 ms late with either, and 83 ms late beside threads that were no nicer.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

NICENESS = 10
"""Steps of priority given up: a tenth of the weight of a program that gives up none."""
LOWER: int = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
"""For `subprocess.Popen(creationflags=...)`: the like of it for a whole process on Windows, nothing elsewhere."""


def step_back() -> None:
    """Let the calling thread give way to the display, where the system can do that for one thread: on Linux.

    Elsewhere this would slow down the whole program, so nothing is done.
    """
    if sys.platform == "linux":
        thread = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, thread, max(NICENESS, os.getpriority(os.PRIO_PROCESS, thread)))


def step_back_whole() -> None:
    """Let this process give way to others: on Linux every thread it has, and so whichever these begin.

    Windows does that where the process is started: see `LOWER`.
    """
    if sys.platform == "linux":
        level = os.getpriority(os.PRIO_PROCESS, 0) + NICENESS
        for thread in Path("/proc/self/task").iterdir():
            with suppress(OSError):  # one that has ended meanwhile
                os.setpriority(os.PRIO_PROCESS, int(thread.name), level)
    elif sys.platform != "win32":
        os.nice(NICENESS)


def finish(thread: threading.Thread, progress: Callable[[], int], patience: float) -> bool:
    """Wait for a thread to end, as long as its `progress` changes; whether it ended.

    It gives way to others, so on a busy machine it may need long. One that stands still for `patience` seconds is
    not waited for: a disk that hangs would hang the program.
    """
    before = None
    while thread.is_alive() and (now := progress()) != before:
        before = now
        thread.join(timeout=patience)
    return not thread.is_alive()
