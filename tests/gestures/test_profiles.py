"""Profiles: every gesture a shipped game needs can be made in each of them; and what takes over by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bodies import Moves
from motions import body, bump, plateau
from tuned import HANGING, UP, names, played

from posegames.body.joints import Joint
from posegames.body.pose import Pose
from posegames.errors import UsageError
from posegames.gestures.table import GESTURES
from posegames.gestures.table.substitutes import LESS_SEEN, SEATED
from posegames.gestures.tuning.either import Either
from posegames.gestures.tuning.profiles import PROFILES, Tuning, find_profile

NEEDED = ("hands_up", "arms_crossed", "jump", "duck", "lean", "step", "advance")
"""Gestures that scenes and rules of posegames listen to: the pause, and what steers `tag`; and the mirror's."""
LEGS = ("left_knee", "right_knee", "left_ankle", "right_ankle")
HIPS = ("left_hip", "right_hip")
CROSSED: Moves = {"left_elbow": (0.42, -0.5), "left_wrist": (-0.2, -0.62), "right_elbow": (-0.42, -0.5),
                  "right_wrist": (0.2, -0.55)}  # fmt: skip
Way = Callable[[float], Pose]


def only(side: str, moved: Moves) -> Moves:
    return {name: place for name, place in moved.items() if name.startswith(side)}


def arms(to: Moves, seconds: float = 0.3) -> Way:
    """Bring arms somewhere in `seconds`, hold them there, and bring them back."""

    def script(time: float) -> Pose:
        part = plateau(time, 1.5, 2, seconds)
        return body(
            moved={
                name: (
                    HANGING[name][0] + (x - HANGING[name][0]) * part,
                    HANGING[name][1] + (y - HANGING[name][1]) * part,
                )
                for name, (x, y) in to.items()
            }
        )

    return script


def trunk(without: tuple[str, ...] = ()) -> dict[str, Way]:
    return {
        "jump": lambda t: body(rise=0.6 * bump(t, 1.5, 0.5), without=without),
        "duck": lambda t: body(drop=0.6 * plateau(t, 1.5, 2), without=without),
        "lean": lambda t: body(lean=22 * plateau(t, 1.5, 2), without=without),
        "step": lambda t: body(side=0.9 * plateau(t, 1.5, 2), without=without),
        "advance": lambda t: body(nearer=0.2 * plateau(t, 1.5, 2), without=without),
    }


BOTH = {"hands_up": arms(UP), "arms_crossed": arms(CROSSED)}
LEFT, RIGHT = (
    {"hands_up": arms(only(side, UP)), "arms_crossed": arms(only(side, CROSSED))} for side in ("left", "right")
)
WAYS: dict[str, dict[str, Way]] = {
    "standing": trunk() | BOTH,
    # Legs that are seen, and do what they like: they are not believed.
    "seated": trunk()
    | BOTH
    | {
        "jump": arms(UP, 0.2),
        "step": lambda t: body(side=0.5 * plateau(t, 1.5, 2)),
        "duck": lambda t: body(bend=1 - 0.45 * plateau(t, 1.5, 2)),
    },
    "left-arm": trunk() | LEFT,
    "right-arm": trunk() | RIGHT,
    "upper-body": trunk(HIPS + LEGS) | BOTH,
    "small-range": {
        "jump": lambda t: body(rise=0.3 * bump(t, 1.5, 0.5)),
        "duck": lambda t: body(drop=0.3 * plateau(t, 1.5, 2)),
        "lean": lambda t: body(lean=13 * plateau(t, 1.5, 2)),
        "step": lambda t: body(side=0.4 * plateau(t, 1.5, 2)),
        "advance": lambda t: body(nearer=0.1 * plateau(t, 1.5, 2)),
        "hands_up": arms({"left_elbow": (0.5, -1.0), "left_wrist": (0.6, -1.25), "right_elbow": (-0.5, -1.0),
                          "right_wrist": (-0.6, -1.25)}),
        "arms_crossed": arms(CROSSED),
    },
}  # fmt: skip
"""How each profile makes each of them."""


@pytest.mark.parametrize("gesture", NEEDED)
@pytest.mark.parametrize("profile", PROFILES)
def test_what_games_need_is_within_reach(profile: str, gesture: str) -> None:
    tuning = Tuning(profile=PROFILES[profile])
    found = played(WAYS[profile][gesture], tuning=tuning)
    assert gesture in names(found)
    assert not names([e for e in found if e.t < 1.3])
    first = next(e.t for e in found if e.gesture == gesture)
    assert 1.5 <= first < 2.8


@pytest.mark.parametrize("profile", PROFILES)
def test_who_does_nothing_causes_nothing(profile: str) -> None:
    tuning = Tuning(profile=PROFILES[profile])
    without = HIPS + LEGS if profile == "upper-body" else ()
    assert played(lambda _t: body(without=without), 5, tuning, hz=15) == []


@pytest.mark.parametrize("profile", PROFILES)
def test_no_row_needs_what_is_not_believed(profile: str) -> None:
    unseen = PROFILES[profile].unseen
    for row in Tuning(profile=PROFILES[profile]).rows(GESTURES):
        for way in row.ways if isinstance(row, Either) else (row,):
            assert unseen.isdisjoint(getattr(way, "needs", ()))


def test_legs_that_are_not_believed_do_nothing() -> None:
    foot_up = {"left_knee": (0.3, 0.1), "left_ankle": (0.3, 0.8)}
    seated = Tuning(profile=PROFILES["seated"])
    assert not played(lambda t: body(moved=foot_up if 1.5 < t < 2.5 else None), tuning=seated)


def test_an_arm_that_is_none_raises_no_hand() -> None:
    left = Tuning(profile=PROFILES["left-arm"])
    assert not names(played(arms(only("right", UP)), tuning=left))
    assert "hand_up_left" in names(
        played(arms({"left_elbow": (0.6, -1.1), "left_wrist": (0.5, -1.6)}), tuning=left)
    )


def test_substitutes_have_the_names_of_rows() -> None:
    known = {row.name for row in GESTURES}
    assert set(LESS_SEEN) | set(SEATED) <= known
    assert set(NEEDED) <= known


def test_head_and_shoulders_take_over_where_no_more_is_seen() -> None:
    """Nobody chose a profile: after a moment without hips and legs it goes on without them."""
    desk = HIPS + LEGS
    late = [
        lambda t: body(drop=0.5 * plateau(t, 3.5, 1.5), without=desk),
        lambda t: body(rise=0.6 * bump(t, 3.5, 0.5), without=desk),
        lambda t: body(lean=22 * plateau(t, 3.5, 1.5), without=desk),
    ]
    found = [names(played(script, 6)) for script in late]
    assert [{"duck", "squat"} <= found[0], "jump" in found[1], {"lean", "lean_left"} & found[2]] == [
        True,
        True,
        {"lean"},
    ]


def test_legs_that_come_back_are_believed_again() -> None:
    def script(time: float) -> Pose:
        return body(without=LEGS if time < 3.5 else (), drop=0.6 * plateau(time, 5, 1))

    (on, *_) = [e for e in played(script, 7) if e.gesture == "duck"]
    assert on.phase == "on"
    assert 5 < on.t < 5.5


def test_an_arm_out_of_sight_for_a_moment_changes_nothing() -> None:
    def script(time: float) -> Pose:
        pose = arms(only("left", CROSSED))(time)
        confidence = pose.confidence.copy()
        if 1.0 < time < 2.4:
            confidence[[Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST]] = 0
        return Pose(pose.xy, confidence)

    assert "arms_crossed" not in names(played(script))


def test_an_unknown_profile_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="seated"):
        find_profile("seatd")
