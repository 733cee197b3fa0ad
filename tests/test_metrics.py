from __future__ import annotations

import pytest

from posegames.metrics import BOUNDS, Durations, Laps, Rate


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


def test_quantiles_forget_the_oldest_and_counts_forget_nothing() -> None:
    durations = Durations(most=10)
    for i in range(25):
        durations.add(0.5 if i < 15 else 0.001 * (i - 14))
    assert len(durations) == 10
    assert durations.spread()["max"] == pytest.approx(10)
    assert (durations.count, sum(durations.counts)) == (25, 25)
    assert durations.total == pytest.approx(15 * 0.5 + 0.055)


def test_a_duration_is_counted_under_the_bound_it_does_not_exceed() -> None:
    durations = Durations()
    for seconds in (0.0, BOUNDS[0], BOUNDS[3], BOUNDS[3] + 1e-9, BOUNDS[-1] + 1):
        durations.add(seconds)
    assert [i for i, count in enumerate(durations.counts) for _ in range(count)] == [0, 0, 3, 4, len(BOUNDS)]


def test_laps_say_where_a_frame_went_also_one_of_two_steps() -> None:
    laps = Laps()
    laps.lap("wait", 10.0)  # what was before is nobody's
    for part, now in (("people", 10.001), ("update", 10.003), ("people", 10.004), ("update", 10.006)):
        laps.lap(part, now)
    for part, now in (("draw", 10.010), ("hud", 10.0105), ("wait", 10.015), ("show", 10.016)):
        laps.lap(part, now)
    assert laps.work == pytest.approx(0.0105)
    laps.close()
    assert {part: spread["p50"] for part, spread in laps.spreads().items()} == {
        "people": 2.0, "update": 4.0, "draw": 4.0, "hud": 0.5, "wait": 4.5, "show": 1.0,
    }  # fmt: skip
    assert laps.work == 0


def test_a_frame_that_does_not_count_leaves_nothing() -> None:
    laps = Laps()
    laps.lap("wait", 0.0)
    laps.lap("draw", 1.0)
    laps.close(counts=False)
    laps.lap("draw", 1.002)
    laps.close()
    assert laps.spreads()["draw"]["max"] == pytest.approx(2)
    assert laps.parts["draw"].count == 1
