from __future__ import annotations

import itertools

import pytest

from posegames.engine.clock import Evenness, steps
from posegames.testing import FakeClock

BEAT = 1 / 60


def shown(works: list[float]) -> list[float]:
    """Return when pictures are shown whose making takes `works` seconds, one a beat."""
    clock, evenness, times = FakeClock(), Evenness(), []
    beats = (step.now for step in steps(clock) if step.last)
    for beat, work in zip(beats, works, strict=False):
        clock.sleep(work)
        evenness.wait(clock, beat)
        times.append(clock.now())
    return times


def gaps(times: list[float]) -> list[float]:
    return [b - a for a, b in itertools.pairwise(times)]


def test_pictures_come_evenly_though_every_second_one_takes_longer() -> None:
    times = shown([0.003, 0.009] * 30)
    assert gaps(times[1:]) == pytest.approx([BEAT] * 58, abs=2e-4)


def test_it_costs_nothing_where_all_take_the_same() -> None:
    times = shown([0.004] * 30)
    assert [time % BEAT for time in times[1:]] == pytest.approx([0.004] * 29, abs=1e-4)


def test_a_long_work_is_forgotten_within_seconds() -> None:
    times = shown([0.012] + [0.003] * 240)
    assert times[2] % BEAT == pytest.approx(0.012, abs=5e-4)
    assert times[-1] % BEAT == pytest.approx(0.003, abs=5e-4)


def test_one_stall_makes_one_picture_late_and_not_all_of_them() -> None:
    times = shown([0.003] * 10 + [0.1] + [0.003] * 60)
    late = [gap for gap in gaps(times) if gap > BEAT + Evenness.MOST]
    assert len(late) == 1
