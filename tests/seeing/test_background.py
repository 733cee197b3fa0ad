from __future__ import annotations

import os
import sys
import threading

import pytest

from posegames.seeing.background import step_back


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere threads keep the program's priority")
def test_a_thread_steps_back_alone() -> None:
    got: list[tuple[int, int]] = []

    def work() -> None:
        step_back()
        thread = threading.get_native_id()
        got.append((os.sched_getscheduler(thread), os.getpriority(os.PRIO_PROCESS, thread)))

    before = os.sched_getscheduler(0), os.getpriority(os.PRIO_PROCESS, 0)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    (after,) = got
    assert after[0] == os.SCHED_IDLE or after[1] > before[1]
    assert (os.sched_getscheduler(0), os.getpriority(os.PRIO_PROCESS, 0)) == before
