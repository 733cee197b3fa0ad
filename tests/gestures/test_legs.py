"""What one leg does, or both: jacks, lunges, kicks, knees and legs raised, of built bodies, at any rate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from bodies import Moves
from motions import Script, body, bump, happenings, plateau, told

from posegames.body.joints import Joint
from posegames.body.pose import Pose
from posegames.events import Gesture


def between(start: Moves, end: Moves, share: float) -> Moves:
    """Return joints a share of the way from one pose to another."""
    mixed: Moves = {}
    for name, (x, y) in end.items():
        x0, y0 = start[name]
        mixed[name] = (x0 + (x - x0) * share, y0 + (y - y0) * share)
    return mixed


REST: Moves = {
    "left_knee": (0.22, 0.8), "left_ankle": (0.23, 1.6), "right_knee": (-0.22, 0.8), "right_ankle": (-0.23, 1.6),
    "left_elbow": (0.42, -0.45), "left_wrist": (0.45, 0.05), "right_elbow": (-0.42, -0.45),
    "right_wrist": (-0.45, 0.05),
}  # fmt: skip
OPEN: Moves = {
    "left_knee": (0.4, 0.78), "left_ankle": (0.6, 1.55), "right_knee": (-0.4, 0.78), "right_ankle": (-0.6, 1.55),
    "left_elbow": (0.6, -1.4), "left_wrist": (0.2, -1.8), "right_elbow": (-0.6, -1.4), "right_wrist": (-0.2, -1.8),
}  # fmt: skip
ARMS_UP: Moves = {name: place for name, place in OPEN.items() if "elbow" in name or "wrist" in name}
FEET_APART: Moves = {name: place for name, place in OPEN.items() if name not in ARMS_UP}
KNEE: Moves = {"left_knee": (0.25, 0.1), "left_ankle": (0.25, 0.85)}
ASIDE: Moves = {"left_knee": (0.75, 0.6), "left_ankle": (1.3, 1.15)}
BEHIND: Moves = {"left_knee": (0.22, 0.72), "left_ankle": (0.23, 1.1)}
THROWN: Moves = {"left_knee": (0.25, 0.45), "left_ankle": (0.3, 0.95)}
STEPPED: Moves = {"left_knee": (0.22, 0.7), "left_ankle": (0.22, 1.6), "right_knee": (-0.2, 0.75),
                  "right_ankle": (-0.2, 1.2)}  # fmt: skip


def moving(end: Moves, start: float = 1.2, seconds: float = 1.0, ease: float = 0.25) -> Script:
    """Stand, go to a pose, stay there, come back."""
    return lambda time: body(moved=between(REST, end, plateau(time, start, seconds, ease)))


def jacks(seconds: float, times: int = 2) -> Callable[[float], Pose]:
    def script(time: float) -> Pose:
        since = time - 1.2
        share = bump(since % seconds, 0, seconds) if 0 <= since < times * seconds else 0.0
        return body(moved=between(REST, OPEN, share), rise=0.12 * bump(since % (seconds / 2), 0, seconds / 2))

    return script


def kick_moves(time: float) -> Moves:
    back, up = plateau(time, 1.2, 0.45, 0.2), plateau(time, 1.55, 0.35, 0.12)
    return between(between(REST, BEHIND, back), THROWN, up) if up else between(REST, BEHIND, back)


def kick(time: float) -> Pose:
    """Swing a leg back, forwards and up, and put it down."""
    return body(moved=kick_moves(time))


def lunge(time: float, seconds: float = 1.6) -> Pose:
    share = plateau(time, 1.2, seconds, 0.4)
    return body(drop=0.5 * share, moved=between(REST, STEPPED, share))


def march(time: float) -> Pose:
    """Walk in place: two steps a second, feet up by a quarter of a leg."""
    step = int(time * 2)
    up = bump(time * 2 % 1, 0, 1) if time > 1.2 else 0.0
    foot: Moves = {"left_knee": (0.22, 0.62), "left_ankle": (0.23, 1.25)}
    if step % 2:
        foot = {name.replace("left", "right"): (-x, y) for name, (x, y) in foot.items()}
    return body(moved=between(REST, foot, up))


def bow(time: float) -> Pose:
    """Bend the trunk over straight legs; the hips look lower than they are, so the shanks look short."""
    share = plateau(time, 1.2, 1.5)
    tilted: Moves = {"left_knee": (0.22, 0.68), "left_ankle": (0.23, 1.02), "right_knee": (-0.22, 0.68),
                     "right_ankle": (-0.23, 1.02)}  # fmt: skip
    pose = body(bend=1 - 0.25 * share, moved=between(REST, tilted, share))
    return replace(pose, xy=pose.xy + np.array((0, 0.58 * 0.2 * share)))


def behind(time: float) -> Pose:
    """Leave one foot behind: up in the picture, its knee with it, but it has not risen."""
    front: Moves = {"right_knee": (-0.22, 1.05), "right_ankle": (-0.23, 2.1)}
    return body(moved=between(REST, front, plateau(time, 1.2, 0.45, 0.15)))


SCRIPTS: dict[str, tuple[Script, list[str]]] = {
    "knee up": (moving(KNEE), ["knee_up_left on", "knee_up_left off"]),
    "knee up, quickly": (moving(KNEE, seconds=0.5, ease=0.2), ["knee_up_left on", "knee_up_left off"]),
    "leg to the side": (moving(ASIDE), ["side_leg_raise_left pulse"]),
    "leg to the side, slowly": (moving(ASIDE, seconds=3, ease=1), ["side_leg_raise_left pulse"]),
    "kick": (kick, ["kick_left pulse"]),
    "lunge": (lunge, ["lunge pulse"]),
    "a lunge that lasts": (lambda time: lunge(time, 3), ["lunge pulse"]),
    "walking": (march, []),
    "a bow": (bow, []),
    "a foot in front": (behind, []),
    "an X": (moving(OPEN, seconds=3.2, ease=0.3), []),
    "two jacks": (jacks(1.0), ["jumping_jack pulse"] * 2),
    "quick jacks": (jacks(0.8, 3), ["jumping_jack pulse"] * 3),
    "a slow jack": (jacks(3.0, 1), ["jumping_jack pulse"]),
    "feet apart": (moving(FEET_APART), []),
    "arms up": (moving(ARMS_UP), []),
}


def of_legs(events: list[str]) -> list[str]:
    """Leave out what arms do on the way."""
    return [event for event in events if not event.startswith(("hand", "t_pose", "swipe", "clap", "wave"))]


@pytest.mark.parametrize("hz", [12, 40])
@pytest.mark.parametrize("name", SCRIPTS)
def test_legs_are_told_for_what_they_do(name: str, hz: int) -> None:
    script, expected = SCRIPTS[name]
    found = of_legs(told(happenings(script, 5, hz)))
    ducks = {"duck on", "duck off"} if "lunge" in name else set()
    assert [event for event in found if event not in ducks] == expected


@pytest.mark.parametrize("name", ["knee up", "leg to the side", "kick"])
def test_left_and_right_are_the_players_own(name: str) -> None:
    script, expected = SCRIPTS[name]
    found = of_legs(told(happenings(script, 5, 30, mirrored=True)))
    assert found == [event.replace("left", "right") for event in expected]


def test_a_jack_counts_when_it_is_closed() -> None:
    half = happenings(moving(OPEN, seconds=9), 3)
    assert "jumping_jack pulse" not in told(half)
    (event,) = [e for e in happenings(jacks(1.2, 1), 4) if isinstance(e, Gesture) and e.gesture == "jumping_jack"]
    assert 1.2 + 0.9 < event.t <= 1.2 + 1.25


def test_who_stands_with_feet_apart_does_no_jacks_with_the_arms() -> None:
    def script(time: float) -> Pose:
        return body(moved=FEET_APART | between(REST, ARMS_UP, bump(time % 1.5, 0, 1.5)))

    assert "jumping_jack pulse" not in told(happenings(script, 8))


def test_a_long_pose_with_feet_apart_and_hands_up_is_no_jack_and_hides_no_jump() -> None:
    def script(time: float) -> Pose:
        legs = between(REST, OPEN, plateau(time, 1.2, 20, 0.3))
        return body(moved=legs, rise=0.6 * bump(time, 8, 0.5))

    events = told(happenings(script, 9))
    assert "jumping_jack pulse" not in events
    assert events.count("jump pulse") == 1


def test_a_leg_that_is_not_seen_does_nothing() -> None:
    knee = happenings(lambda t: body(moved=between(REST, KNEE, plateau(t, 1.2, 1)), without=("right_ankle",)), 4)
    assert of_legs(told(knee)) == []


@pytest.mark.parametrize("joint", ["left_ankle", "left_knee"])
def test_a_foot_that_is_lost_in_the_air_has_not_kicked(joint: str) -> None:
    def script(time: float) -> Pose:
        lost = (joint,) if 1.5 < time < 2.2 else ()
        return replace(body(moved=kick_moves(time)), confidence=body(without=lost).confidence)

    assert of_legs(told(happenings(script, 4))) == []


def test_a_joint_unseen_for_a_moment_is_no_leg_put_down() -> None:
    def script(time: float) -> Pose:
        return body(
            moved=between(REST, KNEE, plateau(time, 1.2, 1.5)), without=("left_knee",) if 1.9 < time < 2.05 else ()
        )

    assert of_legs(told(happenings(script, 4))) == ["knee_up_left on", "knee_up_left off"]


def test_who_comes_with_a_foot_up_has_not_raised_it() -> None:
    assert of_legs(told(happenings(moving(KNEE, start=-1, seconds=4), 5))) == []


def test_a_knee_is_up_while_it_rises() -> None:
    (event,) = [e for e in happenings(moving(KNEE, ease=0.5), 3) if isinstance(e, Gesture) and e.phase == "on"]
    assert event.t - 1.2 < 0.45


def test_a_trunk_unseen_for_a_moment_startles_nobody() -> None:
    def script(time: float) -> Pose:
        pose = jacks(1.0)(time)
        blink = body(without=("left_shoulder",)).confidence
        return replace(pose, confidence=blink) if 1.6 < time < 1.65 else pose

    assert told(happenings(script, 4)).count("jumping_jack pulse") == 2


def test_a_kick_is_told_before_the_foot_is_back() -> None:
    (event,) = [e for e in happenings(kick, 4) if isinstance(e, Gesture) and e.gesture == "kick_left"]
    assert 1.5 < event.t < 1.95


def test_the_built_legs_mean_what_they_say() -> None:
    aside, usual = body(moved=ASIDE), body()
    assert aside.xy[Joint.LEFT_ANKLE, 0] > usual.xy[Joint.LEFT_ANKLE, 0]  # their left is right in the picture
    assert REST["left_ankle"] == pytest.approx(tuple((usual.xy[Joint.LEFT_ANKLE] - (0.9, 0.5)) / 0.2))
