from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from posegames.seeing.background import LOWER, NICENESS, step_back

MOST = 19
"""The system's own limit."""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere threads keep the program's priority")
def test_a_thread_steps_back_alone() -> None:
    got: list[int] = []

    def work() -> None:
        step_back()
        got.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    before = os.getpriority(os.PRIO_PROCESS, 0)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert got == [max(NICENESS, before)]
    assert os.getpriority(os.PRIO_PROCESS, 0) == before


@pytest.mark.skipif(sys.platform == "win32", reason="there the process is started so")
def test_a_whole_process_steps_back_with_the_threads_it_begins() -> None:
    code = """
import os, threading
from posegames.seeing.background import step_back_whole
step_back_whole()
def tell(): print(os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0) == os.SCHED_OTHER)
thread = threading.Thread(target=tell); thread.start(); thread.join()
"""
    if sys.platform != "linux":
        code = code.replace("os.sched_getscheduler(0) == os.SCHED_OTHER", "True")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, timeout=60)
    assert done.stdout.split() == [str(min(MOST, os.getpriority(os.PRIO_PROCESS, 0) + NICENESS)), "True"]


def test_windows_alone_is_told_at_the_start() -> None:
    assert (LOWER != 0) == (sys.platform == "win32")
