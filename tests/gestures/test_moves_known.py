"""What built bodies do, and what it is called: at any rate, size, place and side."""

from __future__ import annotations

import pytest
from bodies import Moves
from hypothesis import given, settings
from hypothesis import strategies as st
from motions import Script, body, bump, happenings, plateau, told

from posegames.body.joints import Joint
from posegames.body.pose import Pose
from posegames.events import Gesture

LEGS_APART: Moves = {"left_knee": (0.5, 0.76), "left_ankle": (0.8, 1.5), "right_knee": (-0.5, 0.76),
                     "right_ankle": (-0.8, 1.5)}  # fmt: skip
ARMS_OUT: Moves = {"left_elbow": (0.88, -1), "left_wrist": (1.38, -1), "right_elbow": (-0.88, -1),
                   "right_wrist": (-1.38, -1)}  # fmt: skip
ARMS_CROSSED: Moves = {"left_elbow": (0.42, -0.5), "left_wrist": (-0.2, -0.62), "right_elbow": (-0.42, -0.5),
                       "right_wrist": (0.2, -0.55)}  # fmt: skip
HANDS_UP: Moves = {"left_elbow": (0.5, -1.3), "left_wrist": (0.5, -1.8), "right_elbow": (-0.5, -1.3),
                   "right_wrist": (-0.5, -1.8)}  # fmt: skip
ONE_FOOT_UP: Moves = {"left_knee": (0.3, 0.4), "left_ankle": (0.3, 0.9)}
KNEE_DOWN: Moves = {"right_knee": (-0.2, 0.9), "right_ankle": (-0.2, 1.05)}


def posed(moved: Moves, start: float = 1.2, seconds: float = 1.0) -> Script:
    """Stand, hold a pose, stand."""

    def script(time: float) -> Pose:
        return body(moved=moved if start <= time < start + seconds else None)

    return script


SCRIPTS: dict[str, tuple[Script, list[str]]] = {
    "stand": (lambda _time: body(), []),
    "hands up": (posed(HANDS_UP), ["hands_up on", "hands_up off"]),
    "T-pose": (posed(ARMS_OUT), ["t_pose on", "t_pose off"]),
    "a T-pose in passing": (posed(ARMS_OUT, seconds=0.3), []),
    "bent arms out": (posed(ARMS_OUT | {"left_wrist": (0.95, -1.5), "right_wrist": (-0.95, -1.5)}), []),
    "arms crossed": (posed(ARMS_CROSSED), ["arms_crossed on", "arms_crossed off"]),
    "one arm across": (posed({"left_wrist": (-0.2, -0.6)}), []),
    "squat": (
        lambda t: body(drop=0.7 * bump(t, 1.2, 1.4), bend=1 - 0.2 * bump(t, 1.2, 1.4)),
        ["duck on", "duck off", "squat pulse"],
    ),
    "half a squat": (lambda t: body(drop=0.3 * bump(t, 1.2, 1.4)), []),
    "duck": (lambda t: body(drop=0.7 * plateau(t, 1.2, 2)), ["duck on", "duck off", "squat pulse"]),
    "legs apart": (posed(LEGS_APART), []),
    "on one knee": (
        lambda t: body(drop=0.7 * plateau(t, 1.2, 2, 0.5), moved=KNEE_DOWN if 1.4 < t < 3.0 else None),
        ["duck on", "duck off", "lunge pulse"],
    ),
    "jump": (lambda t: body(rise=0.6 * bump(t, 1.2, 0.5)), ["jump pulse"]),
    "jump with swing": (
        lambda t: body(drop=0.6 * bump(t, 1.2, 0.5) + 0.25 * bump(t, 2.05, 0.4), rise=0.6 * bump(t, 1.6, 0.5)),
        ["duck on", "duck off", "jump pulse"],
    ),
    "jump with arms up": (
        lambda t: body(rise=0.6 * bump(t, 1.2, 0.5), moved=HANDS_UP if 1.4 < t < 1.8 else None),
        ["jump pulse"],
    ),
    "heels up": (lambda t: body(rise=0.08 * bump(t, 1.2, 0.5)), []),
    "floated up slowly": (lambda t: body(rise=0.6 * plateau(t, 1.2, 3, 1.2)), []),
    "foot up": (posed(ONE_FOOT_UP), ["knee_up_left on", "knee_up_left off"]),
    "lean left": (lambda t: body(lean=-22 * plateau(t, 1.2, 1.5)), ["lean_left on", "lean_left off"]),
    "lean right": (lambda t: body(lean=22 * plateau(t, 1.2, 1.5)), ["lean_right on", "lean_right off"]),
    "sway": (lambda t: body(lean=11 * plateau(t, 1.2, 1.5)), []),
    "bow": (lambda t: body(bend=1 - 0.5 * plateau(t, 1.2, 1.5, 0.4)), []),
    "step left": (lambda t: body(side=-0.9 * plateau(t, 1.2, 2, 0.4)), ["step_left on", "step_left off"]),
    "step right": (lambda t: body(side=0.9 * plateau(t, 1.2, 2, 0.4)), ["step_right on", "step_right off"]),
    "half a step": (lambda t: body(side=0.4 * plateau(t, 1.2, 2, 0.4)), []),
    "step forward": (lambda t: body(nearer=0.2 * plateau(t, 1.2, 2, 0.6)), []),
}


@pytest.mark.parametrize("hz", [15, 30, 60])
@pytest.mark.parametrize("name", SCRIPTS)
def test_what_bodies_do_is_told_and_nothing_else(name: str, hz: int) -> None:
    script, expected = SCRIPTS[name]
    assert told(happenings(script, 4, hz)) == expected


SIDES = {"left": "right", "right": "left"}


@settings(max_examples=12, deadline=None)
@given(
    name=st.sampled_from(["squat", "jump", "lean left", "step right", "T-pose", "arms crossed", "half a squat"]),
    torso=st.floats(0.06, 0.3),
    x=st.floats(0.3, 1.4),
    y=st.floats(0.3, 0.6),
    mirrored=st.booleans(),
    hz=st.sampled_from([15, 24, 30]),
)
def test_size_place_side_and_rate_make_no_difference(
    *, name: str, torso: float, x: float, y: float, mirrored: bool, hz: int
) -> None:
    script, _ = SCRIPTS[name]

    def elsewhere(time: float) -> Pose:
        pose = script(time)
        assert pose is not None
        xy = (pose.xy - (0.9, 0.5)) * (torso / 0.2) + (x, y)
        return Pose(xy, pose.confidence)

    usual = [e for e in happenings(script, 4) if isinstance(e, Gesture) and e.phase != "value"]
    found = happenings(elsewhere, 4, hz, mirrored=mirrored)
    events = [e for e in found if isinstance(e, Gesture) and e.phase != "value"]
    names = [e.gesture for e in usual]
    if mirrored:
        names = ["_".join(SIDES.get(word, word) for word in name.split("_")) for name in names]
    assert [e.gesture for e in events] == names
    assert [e.phase for e in events] == [e.phase for e in usual]
    for one, other in zip(events, usual, strict=True):
        assert one.t == pytest.approx(other.t, abs=0.1)


def first(script: Script, gesture: str, hz: int = 30) -> float:
    return next(e.t for e in happenings(script, 5, hz) if isinstance(e, Gesture) and e.gesture == gesture)


@pytest.mark.parametrize("hz", [15, 30, 60])
def test_a_jump_is_told_before_it_is_at_its_top(hz: int) -> None:
    assert 1.2 < first(SCRIPTS["jump"][0], "jump", hz) < 1.2 + 0.25


@pytest.mark.parametrize("hz", [15, 30, 60])
def test_a_squat_is_told_when_it_is_complete(hz: int) -> None:
    assert 2.3 < first(SCRIPTS["squat"][0], "squat", hz) < 2.6 + 0.2


FEET = ("left_ankle", "right_ankle", "left_heel", "right_heel", "left_foot_index", "right_foot_index")


def test_without_feet_a_squat_is_unknown_and_a_jump_is_not() -> None:
    squat = happenings(lambda t: body(drop=0.7 * bump(t, 1.2, 1.4), without=FEET), 4)
    assert told(squat) == []
    jump = happenings(lambda t: body(rise=0.6 * bump(t, 1.2, 0.5), without=FEET), 4)
    assert told(jump) == ["jump pulse"]


def test_a_squat_whose_end_is_not_seen_is_none() -> None:
    def script(time: float) -> Pose:
        return body(drop=0.7 * plateau(time, 1.2, 2), without=FEET if 2 < time < 4 else ())

    assert told(happenings(script, 5)) == ["duck on", "duck off"]


def test_nothing_sudden_is_believed_of_who_has_just_come() -> None:
    """Somebody seen for the first time in the air, and somebody who comes back in the air."""
    assert told(happenings(lambda t: body(rise=0.6 * bump(t, 0.35, 0.4)), 2)) == []

    def hidden(time: float) -> Pose | None:
        return None if 1.0 < time < 1.9 else body(rise=0.6 * bump(time, 1.92, 0.4))

    assert told(happenings(hidden, 4)) == []


def test_a_knocked_camera_is_no_jump() -> None:
    def zoomed(time: float) -> Pose:
        return body(0.9, 0.35, 0.32) if time > 1.5 else body()

    assert "jump pulse" not in told(happenings(zoomed, 4))


def test_who_sits_down_for_good_does_not_hide_for_good() -> None:
    events = happenings(lambda t: body(drop=0.6 * plateau(t, 1.2, 70)), 60, 15)
    assert told(events) == ["duck on", "duck off"]
    off = next(e.t for e in events if isinstance(e, Gesture) and e.phase == "off")
    assert 20 < off < 50


def test_arms_crossed_survive_a_flicker() -> None:
    def script(time: float) -> Pose:
        return body(moved=ARMS_CROSSED if time > 1.2 and not 2 < time < 2.15 else None)

    assert told(happenings(script, 4)) == ["arms_crossed on"]


def test_things_too_small_do_nothing() -> None:
    assert told(happenings(lambda t: body(torso=0.012, rise=0.6 * bump(t, 1.2, 0.5)), 3)) == []


def test_events_have_the_time_of_the_sighting_that_decided() -> None:
    times = {round(number / 30, 9) for number in range(150)}
    for name in ("squat", "jump", "step left"):
        events = happenings(SCRIPTS[name][0], 5)
        assert events
        assert {round(e.t, 9) for e in events} <= times


def test_bodies_are_what_they_should_be() -> None:
    """The tables above mean what they say: the own right is on the left of the picture."""
    right, usual = body(side=1), body()
    assert right.xy[Joint.NOSE, 0] == pytest.approx(usual.xy[Joint.NOSE, 0] - 0.2)
    assert body(lean=20).xy[Joint.NOSE, 0] < usual.xy[Joint.NOSE, 0]
    assert body(drop=0.5).xy[Joint.LEFT_ANKLE, 1] == usual.xy[Joint.LEFT_ANKLE, 1]
