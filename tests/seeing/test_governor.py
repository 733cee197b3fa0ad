"""The governor on scripted machines: each a sum that says what a frame costs, and when."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posegames.seeing.estimators.base import Effort
from posegames.seeing.governor import DWELL, LONGEST_DWELL, SECOND, SHARE, Governor, budget

EFFORTS = (Effort("fine", 4.0), Effort("full", 1.0), Effort("lean", 0.85), Effort("light", 0.35))
Cost = Callable[[float], float]
"""Seconds a frame would cost at a time, at the usual effort."""


@dataclass
class Run:
    """What a governor did: when it chose what."""

    changes: list[tuple[float, str]]
    names: list[str]

    def at(self, time: float) -> str:
        return [name for when, name in self.changes if when <= time][-1]


def drive(
    cost: Cost,
    seconds: float,
    *,
    rate: float = 30.0,
    people: Callable[[float], int] = lambda _time: 2,
    work: dict[str, float] | None = None,
    efforts: tuple[Effort, ...] = EFFORTS,
) -> Run:
    """Let a machine see frames of a camera for `seconds`; `work` is what efforts really cost on it."""
    governor, now, real = Governor(efforts), 0.0, work or {effort.name: effort.work for effort in efforts}
    run = Run([(0.0, governor.effort.name)], [])
    while now < seconds:
        taken = cost(now) * real[governor.effort.name]
        now += taken
        chosen = governor.take(now, taken, people=people(now), budget=budget(rate)).name
        run.names.append(chosen)
        if chosen != run.changes[-1][1]:
            run.changes.append((now, chosen))
        now = max(now, (int(now * rate) + 1) / rate)
    return run


def test_the_budget_is_the_cameras_interval_within_bounds() -> None:
    assert budget(30) == pytest.approx(SHARE / 30)
    assert budget(20) == pytest.approx(SHARE / 20)
    assert budget(0) == budget(60) == budget(30)  # unknown, or faster than a game needs
    assert budget(5) == budget(15) == pytest.approx(SHARE / 15)  # slower: what is gained would be lag


def test_a_machine_that_just_copes_is_left_alone() -> None:
    assert drive(lambda _t: 0.012, 120).changes == [(0.0, "full")]


def test_a_slow_machine_goes_down_as_far_as_it_must_and_stays() -> None:
    run = drive(lambda _t: 0.060, 600)
    assert [name for _, name in run.changes] == ["full", "lean", "light"]
    assert run.changes[-1][0] <= 3 * SECOND + 0.5
    assert drive(lambda _t: 0.030, 600).changes[-1][1] == "lean"  # .026 of .027: it fits, and there is no room
    assert drive(lambda _t: 5.0, 60).changes[-1][1] == "light"  # hopeless: the least there is, and no error


def test_a_fast_machine_goes_up_after_a_while_and_no_further_than_there_is() -> None:
    run = drive(lambda _t: 0.004, 60)
    assert [name for _, name in run.changes] == ["full", "fine"]
    assert run.changes[1][0] == pytest.approx(DWELL, abs=1)
    assert drive(lambda _t: 0.004, 60, efforts=EFFORTS[1:2]).changes == [(0.0, "full")]


def test_a_slower_camera_leaves_more_time() -> None:
    assert drive(lambda _t: 0.045, 60, rate=15).changes == [(0.0, "full")]
    assert drive(lambda _t: 0.045, 60, rate=30).at(50) == "light"


def test_a_hiccup_is_no_reason() -> None:
    for long in (0.4, 3.5, 20.0):  # one frame takes so long: a disk, a garbage collection, a laptop that slept

        def cost(time: float, long: float = long) -> float:
            return long if 10 <= time < 10 + 1 / 30 else 0.012

        assert drive(cost, 60).changes == [(0.0, "full")]


def test_it_goes_down_within_seconds_and_comes_back_when_the_load_is_gone() -> None:
    run = drive(lambda t: 0.05 if 20 <= t < 40 else 0.012, 90)
    assert [name for _, name in run.changes] == ["full", "lean", "light", "lean", "full"]
    down, up = run.changes[1][0], run.changes[3][0]
    assert 20 + SECOND / 2 <= down <= 20 + 2 * SECOND
    assert 40 + DWELL <= up <= 40 + DWELL + 2 * SECOND


def test_a_load_that_comes_and_goes_is_followed_ever_more_seldom() -> None:
    run = drive(lambda t: 0.05 if t % 12 < 3 else 0.012, 1200)
    early = sum(time < 120 for time, _ in run.changes)
    late = sum(time >= 1080 for time, _ in run.changes)
    assert early >= 3
    assert late <= early / 2
    assert len(run.changes) <= 50  # 100 times it came


def test_an_effort_that_costs_more_than_it_says_is_tried_ever_more_seldom() -> None:
    # Here "full" costs twice what the table says: each ascent to it proves wrong.
    work = {"fine": 8.0, "full": 2.0, "lean": 0.6, "light": 0.3}
    run = drive(lambda _t: 0.0165, 1000, work=work)
    ascents = [time for time, name in run.changes[1:] if name == "full"]
    waits = [b - a for a, b in pairwise(ascents)]
    assert len(ascents) >= 3
    assert all(b > 1.5 * a for a, b in pairwise(waits) if a < LONGEST_DWELL / 2)
    assert run.names.count("full") < 0.05 * len(run.names)


def test_more_people_are_no_fault_of_an_ascent() -> None:
    def crowd(time: float) -> int:
        return 4 if time % 40 >= 20 else 1

    run = drive(lambda t: 0.012 * crowd(t), 400, people=crowd)
    ups = [time % 40 for (_, before), (time, after) in pairwise(run.changes)
           if [e.name for e in EFFORTS].index(after) < [e.name for e in EFFORTS].index(before)]  # fmt: skip
    assert len(ups) >= 18  # each time they go
    assert max(ups) <= 20  # and as soon as the first time


def test_an_empty_room_says_nothing() -> None:
    assert drive(lambda _t: 0.0005, 60, people=lambda _t: 0).changes == [(0.0, "full")]
    assert drive(lambda _t: 9.0, 60, people=lambda _t: 0).changes == [(0.0, "full")]


@settings(max_examples=15, deadline=None)
@given(
    usual=st.floats(0.002, 0.2),
    spread=st.floats(0.0, 0.5),  # from .56 on it may take nine ways in three minutes
    rate=st.sampled_from([15.0, 24.0, 30.0, 60.0]),
    seed=st.integers(0, 999),
)
def test_noise_alone_never_makes_it_swing(usual: float, spread: float, rate: float, seed: int) -> None:
    lots = random.Random(seed)
    run = drive(lambda _t: usual * lots.lognormvariate(0, spread), 180, rate=rate)
    order = [[effort.name for effort in EFFORTS].index(name) for _, name in run.changes]
    assert len(order) <= 8  # three ways down or one up, and few attempts
    turns = sum((b - a) * (c - b) < 0 for a, b, c in zip(order, order[1:], order[2:], strict=False))
    assert turns <= 4
    late = sum(time > 90 for time, _ in run.changes)
    assert late <= 2
