from __future__ import annotations

import pytest

from posegames.metrics import Durations, Rate


def test_a_rate_is_gaps_over_time_from_the_second_tick_on() -> None:
    rate = Rate(window=2)
    rate.tick(0.0)
    assert rate.value(0.0) == 0
    rate.tick(0.1)
    assert rate.value(0.1) == pytest.approx(10)  # two ticks are one gap: 10, not 20
    for i in range(2, 31):
        rate.tick(i / 10)
    assert rate.value(3.0) == pytest.approx(10)


def test_a_rate_forgets_what_stopped() -> None:
    rate = Rate(window=2)
    for i in range(10):
        rate.tick(i / 10)
    assert rate.value(10) == 0


def test_durations_give_quantiles_in_milliseconds() -> None:
    durations = Durations()
    assert durations.spread() == {"p50": 0, "p95": 0, "p99": 0, "max": 0}
    for i in range(1, 101):
        durations.add(i / 1000)
    assert durations.spread() == {"p50": 51, "p95": 96, "p99": 100, "max": 100}
    assert len(durations) == 100


def test_the_graph_keeps_only_the_last_ones() -> None:
    durations = Durations(recent=3)
    for i in range(10):
        durations.add(float(i))
    assert list(durations.recent) == [7, 8, 9]
    assert durations.spread(recent=True)["p50"] == 8000
