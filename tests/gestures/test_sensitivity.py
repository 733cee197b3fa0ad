"""Sensitivity: more of it never tells less of what is there."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from bodies import sighting, standing
from hypothesis import given, settings
from hypothesis import strategies as st
from motions import body, plateau
from tuned import names, played

from posegames.gestures.memory import Memory
from posegames.gestures.posture import Posture
from posegames.gestures.rows import Analogue, Held, Pulse
from posegames.gestures.table import GESTURES
from posegames.gestures.tuning.either import Either
from posegames.gestures.tuning.profiles import Tuning
from posegames.gestures.tuning.sensitivity import STEPS, eased
from posegames.players.roster import Roster
from posegames.settings import Sensitivity

LEVELS: tuple[Sensitivity, ...] = ("low", "medium", "high")
NUMBER = Held(name="number", blurb="a number", needs=(), measure=lambda posture, _memory: posture.torso,
              enter=1.0, exit=0.6, hold=0.1, ease=0.2)  # fmt: skip


@cache
def posture() -> Posture:
    roster = Roster()
    for number in range(12):
        players = roster.update(sighting(number / 30, standing(), number=number), number / 30)
    return Posture.of(players[0])


def spells(row: Held, numbers: list[float]) -> list[bool]:
    """Return when it is on, if the measure says these numbers thirty times a second."""
    watch, memory, on, found = row.watch(), Memory(), False, []
    still = posture()
    for place, number in enumerate(numbers):
        for phase, _ in watch.see(replace(still, time=place / 30, torso=number), memory):
            on = phase == "on"
        found.append(on)
    return found


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1.6), st.integers(1, 30)), min_size=1, max_size=8))
def test_what_is_on_with_less_is_on_with_more(steps: list[tuple[float, int]]) -> None:
    """But for the rest after something more sensitive ears alone have heard."""
    numbers = [number for number, times in steps for _ in range(times)]
    levels = [spells(eased(NUMBER, step), numbers) for step in STEPS.values()]  # type: ignore[arg-type]
    rest = round(NUMBER.rest * 30) + 1
    for less, more in pairwise(levels):
        for now, on in enumerate(less):
            if on and not more[now]:
                assert any(more[max(0, now - rest) : now]), "on with less, and never with more"


def test_thresholds_go_down_by_the_ease_and_numbers_farther() -> None:
    for row in GESTURES:
        low, medium, high = (eased(row, STEPS[level]) for level in LEVELS)
        match low, medium, high:
            case ((Held() as less), (Held() as usual), (Held() as more)):
                pass
            case Pulse(held=less), Pulse(held=usual), Pulse(held=more):
                pass
            case ((Analogue() as less), (Analogue() as usual), (Analogue() as more)):
                for measured in (-0.9, -0.1, 0.05, 0.3, 12.0, 21.0):
                    values = [abs(kind.value(measured)) for kind in (less, usual, more)]
                    assert values == sorted(values)
                assert more.full < usual.full < less.full
                continue
            case _:
                raise AssertionError(row.name)
        assert usual.ease >= 0
        assert less.enter - usual.enter == pytest.approx(usual.ease)
        assert usual.exit - more.exit == pytest.approx(usual.ease)
        assert more.exit < more.enter


def test_every_way_of_a_gesture_is_eased() -> None:
    usual, keen = (Tuning(sensitivity=level).rows(GESTURES) for level in ("medium", "high"))
    ways = [
        (one, other)
        for row, same in zip(usual, keen, strict=True)
        if isinstance(row, Either) and isinstance(same, Either)
        for one, other in zip(row.ways, same.ways, strict=True)
    ]
    assert len(ways) > 10
    for one, other in ways:
        if isinstance(one, Held) and isinstance(other, Held) and one.ease:
            assert other.enter < one.enter


@pytest.mark.parametrize(("eases", "least"), [(2.0, "low"), (0.5, "medium"), (-0.5, "high"), (-1.8, None)])
def test_a_lean_is_enough_from_a_level_on(eases: float, least: Sensitivity | None) -> None:
    row = next(row for row in GESTURES if row.name == "lean_right")
    assert isinstance(row, Held)
    lean = row.enter + eases * row.ease
    heard = [
        level
        for level in LEVELS
        if "lean_right"
        in names(played(lambda t: body(lean=lean * plateau(t, 1.2, 1.5)), 3.5, Tuning(sensitivity=level)))
    ]
    assert heard == ([] if least is None else list(LEVELS[LEVELS.index(least) :]))
