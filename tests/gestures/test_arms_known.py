"""What hands do: swipes, punches, claps, waving; and what is none of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from bodies import Moves
from motions import Script, body, happenings, told

from posegames.body.joints import Joint
from posegames.body.pose import Pose
from posegames.events import Gesture

Arm = tuple[float, float, float, float]
"""Elbow and wrist, beside the own shoulder's side (x outwards) and up from the shoulders, in torso lengths."""

HANGS: Arm = (0.05, -0.5, 0.05, -1.0)
GUARD: Arm = (0.05, -0.45, -0.05, 0.0)
OUT: Arm = (0.5, 0.0, 0.95, 0.0)
THRUST: Arm = (0.05, 0.0, 0.0, 0.1)
"""Towards the camera: short."""
UP: Arm = (0.1, 0.5, 0.1, 1.0)
ACROSS: Arm = (0.1, -0.35, -0.45, -0.2)
BESIDE: Arm = (0.3, -0.3, 0.75, -0.1)
BELLY: Arm = (0.15, -0.45, 0.3, -0.6)
HEAD: Arm = (0.35, 0.0, 0.4, 0.5)
BEFORE: Arm = (0.05, -0.4, -0.22, -0.15)
OPEN: Arm = (0.1, -0.4, 0.2, -0.2)
FAR: Arm = (0.5, 0.0, 1.0, 0.2)
NEAR: Arm = (0.35, -0.2, 0.2, 0.2)

Keys = list[tuple[float, Arm]]
"""When an arm is where, seconds from the beginning; smoothly in between."""


def at(keys: Keys, time: float) -> Arm:
    before = max((key for key in keys if key[0] <= time), key=lambda key: key[0], default=keys[0])
    after = min((key for key in keys if key[0] > time), key=lambda key: key[0], default=keys[-1])
    share = 0.0 if after[0] <= before[0] else (time - before[0]) / (after[0] - before[0])
    smooth = share * share * (3 - 2 * share)
    x, y, u, v = (a + (b - a) * smooth for a, b in zip(before[1], after[1], strict=True))
    return x, y, u, v


def arms(right: Keys, left: Keys | None = None, kicks: tuple[float, float] = (0, 0)) -> Script:
    """Move the arms of somebody who stands; one that is not given hangs. The left foot is up while it kicks."""

    def script(time: float) -> Pose:
        moved: Moves = {"left_ankle": (0.23, 1.1)} if kicks[0] <= time < kicks[1] else {}
        for name, way, keys in (("right", -1, right), ("left", 1, left or [(0.0, HANGS)])):
            elbow_x, elbow_y, x, y = at(keys, time)
            moved[f"{name}_elbow"] = (way * (0.33 + elbow_x), -1 - elbow_y)
            moved[f"{name}_wrist"] = (way * (0.33 + x), -1 - y)
            moved[f"{name}_index"] = (way * (0.33 + x * 1.1), -1 - y - 0.05)
        return body(moved=moved)

    return script


def beat(*arms_at: tuple[float, Arm], start: float = 1.5) -> Keys:
    """Hang until `start`, be where it says so many seconds after, and hang again."""
    keys = [(start + seconds, arm) for seconds, arm in arms_at]
    return [(0.0, HANGS), (start - 0.5, HANGS), *keys, (keys[-1][0] + 0.5, HANGS)]


def both(*arms_at: tuple[float, Arm]) -> Script:
    return arms(beat(*arms_at), beat(*arms_at))


SWAYS = [(0.2 * number, (0.15, -0.3, 0.1 + 0.3 * (number % 2), 0.25)) for number in range(8)]
SCRIPTS: dict[str, tuple[Script, list[str]]] = {
    "swipe left": (arms(beat((0, BESIDE), (0.3, ACROSS), (0.6, ACROSS))), ["swipe_left pulse"]),
    "swipe right": (arms(beat((0, ACROSS), (0.3, BESIDE), (0.6, BESIDE))), ["swipe_right pulse"]),
    "swipe up": (arms(beat((0, BELLY), (0.3, HEAD), (0.5, HEAD))), ["swipe_up pulse"]),
    "swipe down": (arms(beat((0, HEAD), (0.1, HEAD), (0.4, BELLY), (0.6, BELLY))), ["swipe_down pulse"]),
    "a hand that wipes beside the head": (arms(beat((0, FAR), (0.25, NEAR), (0.6, NEAR))), []),
    "a raised hand that drops": (arms(beat((0, HEAD), (1.0, HEAD), (1.35, HANGS))), []),
    "a slow way across": (arms(beat((0, BESIDE), (1.2, ACROSS), (1.5, ACROSS))), []),
    "punch to the side": (arms(beat((0, GUARD), (0.3, GUARD), (0.45, OUT), (0.6, GUARD))), ["punch_right pulse"]),
    "punch to the front": (
        arms(beat((0, GUARD), (0.3, GUARD), (0.45, THRUST), (0.5, THRUST), (0.65, GUARD))),
        ["punch_right pulse"],
    ),
    "an arm put out slowly": (arms(beat((0, GUARD), (0.3, GUARD), (2.2, OUT))), []),
    "arms opened together": (both((0, GUARD), (0.3, GUARD), (0.5, OUT), (0.55, OUT)), []),
    "clap": (both((0, OPEN), (0.15, BEFORE), (0.3, BEFORE)), ["clap pulse"]),
    "hands folded slowly": (both((0, OPEN), (0.8, BEFORE), (1.2, BEFORE)), []),
    "wave": (arms(beat(*SWAYS)), ["wave pulse"]),
    "a hand sways, the other is held up": (arms(beat(*SWAYS), [(0, HANGS), (1, HANGS), (1.4, HEAD)]), []),
    "both arms sway": (both(*SWAYS), []),
    "hand up": (
        arms(beat((0, OUT), (0.25, UP), (1.25, UP), (1.5, OUT))),
        ["hand_up_right on", "hand_up_right off"],
    ),
    "hand up for a moment": (arms(beat((0, OUT), (0.2, UP), (0.4, OUT))), []),
    "hands up": (both((0, OUT), (0.25, UP), (1.25, UP), (1.5, OUT)), ["hands_up on", "hands_up off"]),
    "T-pose": (both((0, OUT), (1.0, OUT)), ["t_pose on", "t_pose off"]),
}


@pytest.mark.parametrize("hz", [12, 30, 60])
@pytest.mark.parametrize("name", SCRIPTS)
def test_what_hands_do_is_told_and_nothing_else(name: str, hz: int) -> None:
    script, expected = SCRIPTS[name]
    assert told(happenings(script, 4, hz)) == expected


def test_whoever_comes_with_arms_out_has_not_spread_them() -> None:
    keys: Keys = [(0, OUT), (2, OUT), (2.4, HANGS), (3.0, HANGS), (3.4, OUT), (5, OUT)]
    events = happenings(arms(keys, keys), 5)
    assert told(events) == ["t_pose on"]
    assert events[-1].t > 3.4


@pytest.mark.parametrize("name", ["swipe left", "punch to the side", "punch to the front", "clap"])
def test_a_stroke_is_told_by_its_end(name: str) -> None:
    """Not after the hand has come back."""
    ends = {"swipe left": 1.8, "clap": 1.65}
    (event,) = [e for e in happenings(SCRIPTS[name][0], 4) if isinstance(e, Gesture)]
    assert event.t <= ends.get(name, 1.95) + 0.1


def test_the_hand_that_comes_back_does_not_swipe() -> None:
    script = arms(beat((0, BESIDE), (0.3, ACROSS), (0.6, BESIDE), (0.9, BESIDE)))
    assert told(happenings(script, 4)) == ["swipe_left pulse"]


@pytest.mark.parametrize("kicks", [(1.4, 2.0), (1.2, 1.7)])
def test_an_arm_that_flies_in_a_kick_does_not_swipe(kicks: tuple[float, float]) -> None:
    keys = beat((0, BESIDE), (0.3, ACROSS), (0.6, ACROSS))
    assert "swipe_left pulse" not in told(happenings(arms(keys, kicks=kicks), 4))


def test_a_hand_that_blurs_swipes() -> None:
    def script(time: float) -> Pose:
        pose = swipe(time)
        assert pose is not None
        unseen = np.arange(len(pose.xy)) == Joint.RIGHT_WRIST
        return replace(pose, confidence=np.where(unseen & (1.62 < time < 1.7), 0, pose.confidence))

    swipe = SCRIPTS["swipe left"][0]
    assert told(happenings(script, 4)) == ["swipe_left pulse"]


def test_fast_punches_are_counted_one_by_one() -> None:
    """Ten in 2.6 seconds, by turns."""
    right: Keys = [(0, HANGS), (1, HANGS), (1.4, GUARD)]
    left = list(right)
    for number in range(10):
        keys, start = (left if number % 2 else right), 1.5 + 0.26 * number
        keys += [(start, GUARD), (start + 0.13, OUT), (start + 0.26, GUARD)]
    events = told(happenings(arms(right, left), 4.3))
    assert events == ["punch_right pulse", "punch_left pulse"] * 5
