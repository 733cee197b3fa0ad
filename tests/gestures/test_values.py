"""Analogue gestures: leaning, stepping and coming nearer as numbers."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from bodies import sighting
from motions import body, bump, happenings, plateau, values

from posegames.body.pose import Pose
from posegames.events import Gesture
from posegames.gestures.recogniser import Recogniser
from posegames.gestures.rows import CHANGE, Analogue
from posegames.gestures.table import GESTURES
from posegames.players.roster import Roster

ROWS = {row.name: row for row in GESTURES if isinstance(row, Analogue)}
FEET = ("left_ankle", "right_ankle")


def test_the_curve_has_a_dead_middle_and_smooth_ends() -> None:
    row = ROWS["step"]
    assert [row.value(x) for x in (0.0, row.dead, -row.dead)] == [0, 0, 0]
    assert [row.value(x) for x in (row.full, 9, -row.full, -9)] == [1, 1, -1, -1]
    rising = [row.value(x / 100) for x in range(100)]
    assert rising == sorted(rising)
    assert max(b - a for a, b in pairwise(rising)) < 0.05
    assert row.value(-0.3) == -row.value(0.3)


OUT: dict[str, Callable[[float], Pose]] = {
    "lean": lambda size: body(lean=26 * size),
    "step": lambda size: body(side=0.8 * size),
    "advance": lambda size: body(nearer=0.2 * size),
}


@pytest.mark.parametrize("hz", [15, 30, 60])
@pytest.mark.parametrize("way", [-1, 1])
@pytest.mark.parametrize("gesture", OUT)
def test_out_and_back(gesture: str, way: int, hz: int) -> None:
    events = happenings(lambda t: OUT[gesture](way * plateau(t, 1.2, 2, 0.8)), 4.5, hz)
    sent = values(events, gesture)
    assert max(sent, key=abs) == pytest.approx(way, abs=0.05)
    assert sent[-1] == 0.0
    assert all(way * value >= 0 for value in sent)
    others = {e.gesture: e.value for e in events if isinstance(e, Gesture) and e.phase == "value"}
    assert set(others) == {gesture}


@pytest.mark.parametrize("x", [0.3, 1.4])
def test_nearer_is_not_sideways(x: float) -> None:
    """Beside the middle of the picture, whoever comes nearer also moves outwards in it."""

    def script(time: float, centre: float = 16 / 9 / 2) -> Pose:
        near = 0.2 * plateau(time, 1.2, 2, 0.8)
        return body(centre + (x - centre) * (1 + near), nearer=near)

    events = happenings(script, 4.5)
    assert max(values(events, "advance")) > 0.9
    assert max(map(abs, values(events, "step")), default=0) < 0.2


QUIET: dict[str, Callable[[float], Pose]] = {
    "squat": lambda t: body(drop=0.7 * bump(t, 1.2, 1.4), bend=1 - 0.2 * bump(t, 1.2, 1.4)),
    "jump": lambda t: body(rise=0.6 * bump(t, 1.2, 0.5)),
    "bow": lambda t: body(bend=1 - 0.5 * plateau(t, 1.2, 1.5)),
    "turn": lambda t: body(moved={"left_shoulder": (0.2, -1), "right_shoulder": (-0.2, -1)} if t > 1.2 else None),
    "lean": lambda t: body(lean=25 * plateau(t, 1.2, 1.5)),
    "step": lambda t: body(side=0.9 * plateau(t, 1.2, 1.5)),
}


@pytest.mark.parametrize("feet", ["seen", "unseen"])
@pytest.mark.parametrize("name", QUIET)
def test_nothing_else_is_an_advance(name: str, feet: str) -> None:
    def script(time: float) -> Pose:
        pose = QUIET[name](time)
        confidence = pose.confidence.copy()
        if feet == "unseen":
            confidence[27:] = 0
        return replace(pose, confidence=confidence)

    assert values(happenings(script, 4), "advance") == []


def test_without_feet_an_advance_is_seen_by_the_shoulders() -> None:
    events = happenings(lambda t: body(nearer=0.2 * plateau(t, 1.2, 2, 0.8), without=FEET), 4.5)
    assert max(values(events, "advance")) > 0.9


def test_small_changes_are_not_sent() -> None:
    events = happenings(lambda t: body(side=0.3 + 0.004 * math.sin(9 * t) if t > 1.2 else 0), 4)
    sent = values(events, "step")
    assert len(sent) < 40
    assert all(abs(b - a) > CHANGE for a, b in pairwise(sent))


def test_home_follows_slowly() -> None:
    sent = values(happenings(lambda t: body(side=0.5 * plateau(t, 1.2, 60)), 40, 15), "step")
    assert max(sent) > 0.8
    assert sent[-1] < 0.3
    early = values(happenings(lambda t: body(side=0.5 * plateau(t, 1.2, 60)), 4, 15), "step")
    assert early[-1] > 0.6


def test_who_moves_house_is_at_home_there() -> None:
    def script(time: float) -> Pose:
        return body(0.9 - 0.7 * min(max(time - 1.5, 0), 1))

    events = happenings(script, 6)
    sent = [e for e in events if isinstance(e, Gesture) and e.gesture == "step" and e.phase == "value"]
    assert max(e.value for e in sent) == 1
    assert sent[-1].value == 0
    assert 4 < sent[-1].t < 5.5


def test_home_is_where_somebody_first_stood_still() -> None:
    """Whoever walks in from the side does not begin far from home."""
    assert values(happenings(lambda t: body(0.3 + 0.4 * min(t, 1.5)), 4), "step") == []


def test_a_camera_that_hangs_askew_is_not_a_lean() -> None:
    assert values(happenings(lambda _t: body(lean=6), 4), "lean") == []


@pytest.mark.parametrize("left", [0.1, 0.5])
def test_unknown_is_the_last_value_for_a_moment_and_then_none(left: float) -> None:
    def script(time: float) -> Pose:
        blind = 2 <= time < 2 + left
        return body(side=0.8 if time > 1.2 else 0, without=("left_hip",) if blind else ())

    sent = values(happenings(script, 2 + left), "step")
    assert sent[-1] == (0 if left > 0.2 else 1)


def test_who_leaves_stands_in_the_middle() -> None:
    events = happenings(lambda t: None if t > 2 else body(side=0.8 if t > 1.2 else 0), 8)
    assert values(events, "step")[-1] == 0.0


def test_somebody_else_in_the_same_slot_begins_anew() -> None:
    """A slot that goes to who waited for it, between two sightings."""
    roster, recogniser, events = Roster(1), Recogniser(), []
    for number in range(240):
        time = number / 30
        poses = [body(1.3, side=0.8 if time > 1 else 0)] if time < 2 else []
        waiting = [body(0.4)] if time > 0.5 else []
        players = roster.update(sighting(time, *poses, *waiting, number=number), time)
        events += recogniser.update(players, time)
    kinds = [type(e).__name__ for e in events if not isinstance(e, Gesture)]
    assert kinds == ["PlayerJoined", "PlayerLeft", "PlayerJoined"]
    assert values(events, "step")[-1] == 0.0
