from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from posegames.seeing.background import LOWER, NICENESS, finish, step_back

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
def test_a_whole_process_steps_back_with_the_threads_it_has_and_begins() -> None:
    code = """
import os, threading
from posegames.seeing.background import step_back_whole
def tell(): print(os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0) == os.SCHED_OTHER)
back = threading.Event()
def early(): back.wait(); tell()
first = threading.Thread(target=early); first.start()
step_back_whole()
back.set(); first.join()
second = threading.Thread(target=tell); second.start(); second.join()
"""
    if sys.platform != "linux":
        code = code.replace("os.sched_getscheduler(0) == os.SCHED_OTHER", "True")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, timeout=60)
    level = min(MOST, os.getpriority(os.PRIO_PROCESS, 0) + NICENESS)
    assert done.stdout.split() == 2 * [str(level), "True"]


def test_windows_alone_is_told_at_the_start() -> None:
    assert (LOWER != 0) == (sys.platform == "win32")


class Slow(threading.Thread):
    """A thread that gets one thing done whenever it is waited for, and ends with the last of them."""

    def __init__(self, things: int, *, stuck: bool = False) -> None:
        super().__init__()
        self.left, self.waited, self._stuck = things, 0, stuck

    def is_alive(self) -> bool:
        return self.left > 0

    def join(self, timeout: float | None = None) -> None:
        assert timeout is not None
        self.waited += 1
        self.left -= not self._stuck


def test_who_gets_on_is_waited_for_and_who_is_stuck_is_not() -> None:
    slow, stuck = Slow(7), Slow(7, stuck=True)
    assert finish(slow, lambda: slow.left, 1.0)
    assert slow.waited == 7
    assert not finish(stuck, lambda: stuck.left, 1.0)
    assert stuck.waited == 1
