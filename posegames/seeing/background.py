"""How threads that compute in the background behave towards the one that draws."""

from __future__ import annotations

import os
import sys
import threading

NICENESS = 10
"""Steps of priority that background threads give up, so that the display keeps its beat on few cores."""


def step_back() -> None:
    """Let the calling thread give way to the display, where the system can do that for one thread."""
    if sys.platform == "linux":
        # On Linux a thread is a process to setpriority(); elsewhere it would slow down the whole program.
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
