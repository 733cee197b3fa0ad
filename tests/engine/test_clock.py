from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from posegames.engine.clock import Phase, Step, steps
from posegames.testing import FakeClock


def frames(clock: FakeClock, work: list[float], *, most: int = 5) -> list[list[Step]]:
    """Return the steps of each frame, frame i taking `work[i]` seconds."""
    result: list[list[Step]] = [[]]
    for step in steps(clock, hz=60, most=most):
        result[-1].append(step)
        if step.last:
            if len(result) > len(work):
                return result
            clock.sleep(work[len(result) - 1])
            result.append([])
    return result


def test_the_rate_is_steady_and_does_not_drift() -> None:
    clock = FakeClock(start=1234.5)
    ran = [*islice(steps(clock, hz=60), 60 * 600 + 1)]
    assert clock.now() == pytest.approx(1234.5 + 600, abs=1e-4)
    assert all(step.last and step.dt == 1 / 60 for step in ran)
    assert ran[-1].now == pytest.approx(clock.now())


def test_a_frame_that_takes_long_is_made_up_for() -> None:
    late = frames(FakeClock(), [0.004, 0.040, 0.004])
    assert [len(frame) for frame in late] == [1, 1, 2, 1]
    assert [step.last for step in late[2]] == [False, True]


def test_a_stall_never_becomes_a_burst_and_what_is_dropped_stays_dropped() -> None:
    stalled = frames(FakeClock(), [0.004, 10.0, 0.004, 0.004], most=3)
    assert [len(frame) for frame in stalled] == [1, 1, 3, 1, 1]
    assert stalled[2][-1].now == pytest.approx(10.0, abs=0.03)
    assert stalled[2][0].now == pytest.approx(10.0 - 2 / 60, abs=0.03)


def test_a_clock_that_wakes_too_early_is_asked_again() -> None:
    class Impatient(FakeClock):
        def sleep(self, seconds: float) -> None:
            super().sleep(seconds * 0.75)

    clock = Impatient()
    first, second = islice(steps(clock, hz=10), 2)
    assert (first.now, second.now) == (0.0, 0.1)
    assert clock.now() == pytest.approx(0.1, abs=1e-5)


@pytest.mark.parametrize(("hz", "most"), [(0, 5), (-1, 5), (60, 0)])
def test_a_beat_that_cannot_be_is_refused(hz: float, most: int) -> None:
    with pytest.raises(ValueError, match="steps needs"):
        next(steps(FakeClock(), hz=hz, most=most))


def beats(arrivals: list[float], seconds: float) -> list[float]:
    """Return how long each of `arrivals` waited for a beat that is moved towards them."""
    clock, phase, coming, waited = FakeClock(), Phase(), sorted(arrivals), []
    for step in steps(clock, hz=60, phase=phase):
        assert step.dt == 1 / 60
        while coming and coming[0] <= step.now:
            waited.append(step.now - coming[0])
            phase.arrived(coming.pop(0))
        if step.now > seconds:
            return waited
    return waited


def test_the_beat_comes_to_fall_just_after_what_it_waits_for() -> None:
    lots = np.random.default_rng(0)
    jitter = lots.normal(0, 0.001, 600)
    waited = beats([i / 29.97 + 0.003 + float(jitter[i]) for i in range(600)], 20)
    assert np.mean(waited[-200:]) < 0.005  # a quarter of a beat instead of a half
    assert np.mean(waited[:20]) > 0.009


def test_where_arrivals_have_no_rhythm_the_beat_keeps_its_own() -> None:
    lots = np.random.default_rng(1)
    phase = Phase()
    for time in np.cumsum(lots.uniform(0.02, 0.09, 40)):
        phase.arrived(float(time))
    moved = [phase.nudge(beat / 60, 1 / 60) for beat in range(200, 230)]
    assert max(map(abs, moved)) <= Phase.MOST
    assert Phase().nudge(1.0, 1 / 60) == 0  # nothing has come yet
