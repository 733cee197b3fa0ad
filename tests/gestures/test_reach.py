"""How far somebody gets: asked in five seconds, or learnt; and what it does to thresholds."""

from __future__ import annotations

import json

import pytest
from bodies import sighting
from hypothesis import given
from hypothesis import strategies as st
from motions import Script, body, plateau
from tuned import HANGING, UP, names, played

from posegames.body.pose import Pose
from posegames.events import Gesture
from posegames.gestures.posture import Posture
from posegames.gestures.recogniser import Recogniser
from posegames.gestures.rows import Analogue, Held, Pulse
from posegames.gestures.table import GESTURES
from posegames.gestures.tuning.calibration import ENOUGH, PROMPTS, Calibration
from posegames.gestures.tuning.profiles import Tuning
from posegames.gestures.tuning.reach import AMOUNTS, Range, ReachError, reached
from posegames.players.roster import Roster

ROWS = {row.name: row for row in GESTURES}
TUNED = Tuning().rows(GESTURES)


def low_arms(part: float) -> Pose:
    """Arms that come up to a part of the way, above the head at 1."""
    return body(
        moved={
            name: (
                HANGING[name][0] + (x - HANGING[name][0]) * part,
                HANGING[name][1] + (y - HANGING[name][1]) * part,
            )
            for name, (x, y) in UP.items()
        }
    )


@given(st.dictionaries(st.sampled_from([*AMOUNTS, "wave"]), st.floats(0.01, 3)))
def test_thresholds_come_down_and_never_go_up(shares: dict[str, float]) -> None:
    own = Range(shares)
    for row in GESTURES:
        lower = reached(row, own.of(row.name))
        match row, lower:
            case ((Held() as usual), (Held() as less)):
                pass
            case Pulse(held=usual), Pulse(held=less):
                pass
            case ((Analogue() as one), (Analogue() as other)):
                assert other.dead <= one.dead
                assert 0 < other.full <= one.full
                continue
            case _:
                continue
        assert less.exit < less.enter <= usual.enter
        if row.name not in AMOUNTS:
            assert less == usual
            continue
        rest, least = AMOUNTS[row.name].rest, AMOUNTS[row.name].least
        assert rest < less.exit
        assert less.enter - rest >= least * (usual.enter - rest) - 1e-9


def test_every_amount_is_a_row_and_at_rest_where_it_says() -> None:
    assert set(AMOUNTS) <= set(ROWS)
    roster, recogniser = Roster(), Recogniser()
    for number in range(40):
        time = number / 30
        recogniser.update(roster.update(sighting(time, body(), number=number), time), time)
    ((_, posture, memory),) = recogniser.newest
    for name, amount in AMOUNTS.items():
        row = ROWS[name]
        assert isinstance(row, Held | Pulse | Analogue)
        measure = row.held.measure if isinstance(row, Pulse) else row.measure
        assert measure(posture, memory) == pytest.approx(amount.rest, abs=0.15), name


def test_a_range_is_plain_data() -> None:
    own = Range({"duck": 0.7, "lean": 0.5})
    data = json.loads(json.dumps(own.as_data()))
    assert data == {"version": 1, "shares": {"duck": 0.7, "lean": 0.5}}
    assert Range.from_data(data) == own
    assert Range.from_data({"version": 1, "shares": {"moonwalk": 0.5}}) == Range({})


@pytest.mark.parametrize(
    "data",
    [
        None, [], {}, {"version": 2, "shares": {}}, {"version": 1}, {"version": 1, "shares": []},
        {"version": 1, "shares": {"duck": "half"}}, {"version": 1, "shares": {"duck": float("nan")}},
        {"version": 1, "shares": {"duck": 2}}, {"version": 1, "shares": {"duck": True}},
        {"version": 1, "shares": {"duck": 0}},
    ],
)  # fmt: skip
def test_what_is_no_range_is_refused(data: object) -> None:
    with pytest.raises(ReachError):
        Range.from_data(data)


def calibrated(arms: float, lean: float, drop: float) -> Range:
    """Let somebody who gets so far do what is asked for; a recogniser measures."""
    roster, recogniser, told = Roster(), Recogniser(), list[object]()
    calibration: Calibration | None = None
    for number in range(230):
        time = number / 30
        if number == 45:
            calibration = recogniser.calibrate(1)
        t = time - 1.5
        pose = body(
            lean=lean * (plateau(t, 3.5 - 1.7, 0.8) - plateau(t, 3.5 - 0.9, 0.8)), drop=drop * plateau(t, 3.6, 1.2)
        )
        pose = low_arms(arms * plateau(t, 0.2, 1.4)) if t < 1.7 else pose
        events = recogniser.update(roster.update(sighting(time, pose, number=number), time), time)
        told += [e for e in events if isinstance(e, Gesture) and 0 <= t < 5]
    assert calibration is not None
    assert calibration.done
    assert not told  # while it is measured nothing is done
    assert recogniser.tuning(1).range == calibration.range
    return calibration.range


def test_five_seconds_tell_how_far_somebody_gets() -> None:
    assert sum(prompt.seconds for prompt in PROMPTS) == pytest.approx(5)
    assert {name for prompt in PROMPTS for name in prompt.gestures} <= set(AMOUNTS)
    strong, weak = calibrated(1.0, 25, 0.7), calibrated(0.75, 12, 0.4)
    assert all(strong.of(name) == 1 for name in AMOUNTS)
    assert weak.of("lean_left") == pytest.approx(ENOUGH * 12 / 15, abs=0.06)
    assert weak.of("lean") == min(weak.of("lean_left"), weak.of("lean_right"))
    assert AMOUNTS["hands_up"].least <= weak.of("hands_up") < 1
    assert weak.of("duck") < 1
    assert weak.of("jump") == 1  # nobody was asked


def test_who_tries_nothing_is_asked_for_the_usual() -> None:
    assert calibrated(0, 0, 0) == Range({})


def test_with_their_own_range_they_are_heard() -> None:
    def script(time: float) -> Pose:
        return body(lean=11 * plateau(time, 1.5, 1.5))

    assert "lean_right" not in names(played(script))
    assert "lean_right" in names(played(script, tuning=Tuning(range=Range({"lean_right": 0.6}))))


def tries(times: int, lean: float, stays: float = 0.7) -> Script:
    def script(time: float) -> Pose:
        return body(lean=lean * sum(plateau(time, 1.5 + 2 * number, stays, 0.2) for number in range(times)))

    return script


@pytest.mark.parametrize(
    ("script", "learnt"),
    [
        (tries(4, 12), True),  # three tell, the fourth is heard
        (tries(3, 12), False),
        (tries(4, 4), False),  # swaying
        (tries(4, 12, 0.41), False),  # swinging through
    ],
)
def test_clear_tries_are_learnt_from_and_nothing_else(script: Script, *, learnt: bool) -> None:
    found = played(script, 9.5, Tuning(learns=True), 15)
    assert ("lean_right" in names(found)) == learnt


def test_who_can_is_asked_to_again() -> None:
    def script(time: float) -> Pose:
        return body(lean=12 * sum(plateau(time, 1.5 + 2 * n, 0.7, 0.2) for n in (0, 1, 2, 4))
                    + 22 * plateau(time, 7.5, 0.7, 0.2))  # fmt: skip

    on = [
        e.t for e in played(script, 12, Tuning(learns=True), 15) if e.gesture == "lean_right" and e.phase == "on"
    ]
    assert len(on) == 1
    assert 7.5 < on[0] < 8


def test_arms_that_help_in_a_squat_try_nothing() -> None:
    def script(time: float) -> Pose:
        part = sum(plateau(time, 1.5 + 2 * number, 1, 0.3) for number in range(4))
        raised = low_arms(0.65 * part)
        low = body(drop=0.7 * part)
        return Pose(raised.xy + (low.xy - body().xy), raised.confidence)

    assert not {"hands_up", "hand_up_left"} & names(played(script, 9.5, Tuning(learns=True), 15))


def test_unseen_joints_are_nowhere() -> None:
    roster = Roster()
    for number in range(12):
        players = roster.update(sighting(number / 30, body(), number=number), number / 30)
    posture = Posture.of(players[0], unseen=(15, 16))
    assert not posture.seen((15,))
    assert not posture.bits & (1 << 16)
    assert posture.seen((11, 12))
