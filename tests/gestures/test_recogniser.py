from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from bodies import Moves, sighting, standing

from posegames.body.joints import Joint
from posegames.body.pose import Pose
from posegames.events import BodyEvent, Gesture
from posegames.gestures.recogniser import Recogniser
from posegames.gestures.rows import Analogue, Held, Pulse
from posegames.gestures.table import GESTURES
from posegames.gestures.tuning.profiles import PROFILES, Tuning
from posegames.players.player import Player
from posegames.players.roster import Roster

LEFT_UP = {"left_elbow": (0.5, -1.3), "left_wrist": (0.5, -1.8)}
RIGHT_UP = {"right_elbow": (-0.5, -1.3), "right_wrist": (-0.5, -1.8)}
LEFT_AT_FACE = {"left_elbow": (0.6, -0.6), "left_wrist": (0.2, -1.6)}


def happenings(hz: int, *acts: tuple[float, Pose | None]) -> list[BodyEvent]:
    """Play acts (seconds, pose) one after another to a roster and a recogniser; return what happened."""
    roster, recogniser, events, t = Roster(), Recogniser(), [], 0.0
    for seconds, pose in acts:
        for _ in range(round(seconds * hz)):
            players = roster.update(sighting(t, *([pose] if pose else [])), t)
            events += recogniser.update(players, t)
            t += 1 / hz
    return events


def names(events: list[BodyEvent]) -> list[str]:
    return [f"{e.gesture} {e.phase}" if isinstance(e, Gesture) else type(e).__name__ for e in events]


@pytest.mark.parametrize("hz", [15, 30, 60])
@pytest.mark.parametrize(
    ("arms", "expected"),
    [
        (LEFT_UP, ["hand_up_left"]),  # the player's own left
        (RIGHT_UP, ["hand_up_right"]),
        (LEFT_UP | RIGHT_UP, ["hands_up"]),  # both say more than one
        (LEFT_AT_FACE, []),  # scratching a head is no raised hand
        ({}, []),
    ],
)
def test_raised_hands_go_on_and_off_once(hz: int, arms: Moves, expected: list[str]) -> None:
    events = happenings(hz, (1, standing()), (1, standing(moved=arms)), (1, standing()))
    assert names(events) == ["PlayerJoined", *(f"{n} {phase}" for n in expected for phase in ("on", "off"))]


@pytest.mark.parametrize("hz", [15, 60])
def test_a_short_twitch_is_nothing(hz: int) -> None:
    twitch = (0.07, standing(moved=LEFT_UP | RIGHT_UP))
    assert names(happenings(hz, (1, standing()), twitch, (1, standing()))) == ["PlayerJoined"]


def test_size_and_place_make_no_difference() -> None:
    for x, y, torso in ((0.3, 0.4, 0.05), (1.5, 0.6, 0.35)):
        up = standing(x, y, torso, moved=LEFT_UP)
        events = happenings(30, (1, standing(x, y, torso)), (1, up))
        assert names(events) == ["PlayerJoined", "hand_up_left on"]


def test_a_second_hand_turns_one_into_both() -> None:
    events = happenings(30, (1, standing()), (1, standing(moved=LEFT_UP)), (1, standing(moved=LEFT_UP | RIGHT_UP)))
    assert names(events)[1:] == ["hand_up_left on", "hands_up on", "hand_up_left off"] or names(events)[1:] == [
        "hand_up_left on",
        "hand_up_left off",
        "hands_up on",
    ]


def test_joints_not_seen_are_unknown_then_off() -> None:
    up = standing(moved=LEFT_UP)
    confidence = np.ones(33)
    confidence[Joint.LEFT_WRIST] = 0
    blind = replace(up, confidence=confidence)
    short = happenings(30, (1, standing()), (1, up), (0.15, blind), (0.5, up))
    assert names(short) == ["PlayerJoined", "hand_up_left on"]
    long = happenings(30, (1, standing()), (1, up), (0.5, blind))
    assert names(long) == ["PlayerJoined", "hand_up_left on", "hand_up_left off"]


def test_who_leaves_takes_their_gestures_along() -> None:
    events = happenings(30, (1, standing()), (1, standing(moved=LEFT_UP)), (6, None))
    assert names(events) == ["PlayerJoined", "hand_up_left on", "hand_up_left off", "PlayerLeft"]


def test_no_new_sighting_no_event() -> None:
    roster, recogniser = Roster(), Recogniser()
    for i in range(20):
        recogniser.update(roster.update(sighting(i / 30, standing()), i / 30), i / 30)
    roster.update(sighting(20 / 30, standing(moved=LEFT_UP)), 20 / 30)
    for i in range(60):
        now = 0.7 + i / 60
        assert recogniser.update(roster.update(None, now), now) == []


def test_every_row_is_sound() -> None:
    before: set[str] = set()
    for row in GESTURES:
        assert row.blurb
        assert row.name not in before
        assert set(row.unless) <= before  # rows come after those they give way to
        before.add(row.name)
        match row:
            case Held() | Pulse():
                held = row.held if isinstance(row, Pulse) else row
                assert held.enter > held.exit
                assert held.needs
                assert held.rest > 0
            case Analogue():
                assert 0 < row.dead < row.full
                assert row.needs


@pytest.mark.parametrize("crouches", [True, False])
def test_a_camera_that_moves_makes_nobody_jump(crouches: bool) -> None:
    """The picture sinks under two people; that one of them goes down with rising feet gives the camera away."""
    roster, recogniser, events = Roster(), Recogniser(), []
    for i in range(60):
        t = i / 30
        moved = 0.07 * min(max((t - 1.5) / 0.2, 0), 1)  # the picture's content rises by .35 torso lengths
        deep = 0.4 * min(max((t - 1.3) / 0.4, 0), 1) if crouches else 0.0
        bent: Moves = {"left_ankle": (0.23, 1.6 - deep), "right_ankle": (-0.23, 1.6 - deep)}
        one = standing(x=0.4, y=0.5 - moved + deep * 0.2, moved=bent)
        other = standing(x=1.3, y=0.5 - moved)
        players = roster.update(sighting(t, one, other), t)
        events += recogniser.update(players, t)
    assert ("jump pulse" in names(events)) == (not crouches)


def people(time: float, *whos: tuple[int, float, Pose], certain: bool = True) -> tuple[Player, ...]:
    """Return players as a roster would: number, place, pose."""
    return tuple(
        Player(
            number,
            replace(pose, xy=pose.xy + np.array([x, 0], dtype=np.float32)),
            pose,
            np.zeros_like(pose.xy),
            0.2,
            time,
            person=number,
            certain=certain,
        )
        for number, x, pose in whos
    )


def risen(rise: float) -> Pose:
    return standing(0, 0.55 - 0.2 * rise)


@pytest.mark.parametrize(("start", "jumps"), [(0.0, False), (0.15, False), (0.6, True)])
def test_who_has_just_come_is_not_believed_to_jump(start: float, *, jumps: bool) -> None:
    recogniser, events = Recogniser(), list[BodyEvent]()
    for number in range(60):
        time = number / 30
        rise = 0.7 * np.sin(np.pi * np.clip((time - start) / 0.5, 0, 1))
        events += recogniser.update(people(time, (1, 0.9, risen(float(rise)))), time)
    assert ("jump pulse" in names(events)) == jumps


@pytest.mark.parametrize("change", ["none", "exchanged", "uncertain"])
def test_two_who_may_be_each_other_do_nothing_sudden(change: str) -> None:
    """They change places between two sightings, while both are about to jump; or it is not clear who is who."""
    recogniser, events = Recogniser(), list[BodyEvent]()
    for number in range(90):
        time = number / 30
        after = time >= 1.5
        rise = float(0.7 * np.sin(np.pi * np.clip((time - 1.5) / 0.5, 0, 1)))
        here, there = (1.3, 0.5) if after and change == "exchanged" else (0.5, 1.3)
        seen = people(
            time, (1, here, risen(rise)), (2, there, risen(rise)), certain=not (after and change == "uncertain")
        )
        events += recogniser.update(seen, time)
    assert ("jump pulse" in names(events)) == (change == "none")


def test_a_scene_hears_only_what_it_asks_for() -> None:
    recogniser, events = Recogniser(), list[BodyEvent]()
    for number in range(120):
        time = number / 30
        if number == 45:
            recogniser.only({"lean"})
        up = LEFT_UP | RIGHT_UP if 1 < time < 2 or time > 3 else {}
        events += recogniser.update(people(time, (1, 0.9, standing(0, moved=up))), time)
    # What was on when it began to listen is let go; what comes later is not for it.
    assert names(events) == ["PlayerJoined", "hands_up on", "hands_up off"]
    recogniser.only(None)
    for number in range(120, 180):
        time = number / 30
        up = LEFT_UP | RIGHT_UP if time > 5 else {}
        events += recogniser.update(people(time, (1, 0.9, standing(0, moved=up))), time)
    assert names(events)[-1] == "hands_up on"


def test_a_player_who_is_tuned_lets_go_and_begins_anew() -> None:
    recogniser, events = Recogniser(), list[BodyEvent]()
    for number in range(75):
        time = number / 30
        if number == 50:
            recogniser.tune(1, Tuning(profile=PROFILES["right-arm"]))
        events += recogniser.update(people(time, (1, 0.9, standing(0, moved=LEFT_UP if time > 1 else {}))), time)
    assert names(events) == ["PlayerJoined", "hand_up_left on", "hand_up_left off"]
    assert recogniser.tuning(1).profile.name == "right-arm"
    assert recogniser.tuning(2).profile.name == "standing"
