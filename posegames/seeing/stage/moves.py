"""The table of moves: what an actor can do, as stances on the way and swings around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from posegames.seeing.stage.stance import TURNED, Numbers, mirrored, other_side, spread

Ease = Literal["smooth", "out", "in"]
"""How a stance is reached: smoothly, fast first (thrown), or fast last (falling)."""


@dataclass(frozen=True, slots=True)
class Key:
    """A stance on the way. Numbers it does not name stay as the key before had them, at first at rest."""

    numbers: Numbers
    share: float
    """When, as a share of the move's length."""
    after: float = 0.0
    """And so many seconds later (or earlier)."""
    ease: Ease = "smooth"


@dataclass(frozen=True, slots=True)
class Swing:
    """One number swinging around its place: `size` to both sides, `hertz` times a second."""

    size: float
    hertz: float
    turn: float = 0.0
    """Where the swing begins, in turns: 0.25 begins at its far end."""


@dataclass(frozen=True, slots=True)
class Move:
    """What a word of a play means. It begins and ends at rest."""

    seconds: float
    """How long it takes if the play does not say."""
    keys: tuple[Key, ...] = ()
    swings: Mapping[str, Swing] = field(default_factory=lambda: MappingProxyType({}))
    """They grow with the first key and fade with the last."""
    gesture: str = ""
    """The gesture a watcher should report for it; empty if none."""
    travels: bool = False
    """Changes the actor's place."""


_EASE = 0.45
"""Seconds to get into a held stance, and out of it."""


def _held(seconds: float, numbers: Numbers, gesture: str = "", **swings: Swing) -> Move:
    plain = spread(numbers)
    keys = (Key(plain, 0, _EASE), Key(plain, 1, -_EASE))
    return Move(seconds, keys, MappingProxyType(swings), gesture)


def _beat(seconds: float, *keys: tuple[float, Numbers] | tuple[float, Numbers, Ease], gesture: str = "") -> Move:
    made = (Key(spread(numbers), share, ease=ease[0] if ease else "smooth") for share, numbers, *ease in keys)
    return Move(seconds, tuple(made), gesture=gesture)


def _paced(way: float) -> Move:
    """Return two steps of `way` body heights in all towards the camera (or, negative, away), a stay, and back."""
    paces = (
        # share of the move; shares of the way: left foot, right foot, hips; the foot that is in the air
        (0.07, 0.3, 0.0, 0.14, "left"), (0.14, 0.55, 0.0, 0.32, ""), (0.21, 0.55, 0.6, 0.56, "right"),
        (0.28, 0.55, 1.0, 0.76, ""), (0.34, 0.85, 1.0, 0.92, "left"), (0.40, 1.0, 1.0, 1.0, ""),
        (0.62, 1.0, 1.0, 1.0, ""),
        (0.68, 0.75, 1.0, 0.86, "left"), (0.75, 0.45, 1.0, 0.68, ""), (0.82, 0.45, 0.4, 0.44, "right"),
        (0.89, 0.45, 0.0, 0.24, ""), (0.95, 0.15, 0.0, 0.08, "left"),
    )  # fmt: skip
    keys = (
        (share, {"left_front": left * way, "right_front": right * way, "hip_front": hips * way,
                 "left_up": 0.05 * (up == "left"), "right_up": 0.05 * (up == "right")})
        for share, left, right, hips, up in paces
    )  # fmt: skip
    return _beat(3.2, *keys)


def _other(move: Move) -> Move:
    """Return `move` done with the other side of the body."""
    swings = {
        other_side(name): replace(swing, size=-swing.size) if name in TURNED else swing
        for name, swing in move.swings.items()
    }
    return replace(
        move,
        keys=tuple(replace(key, numbers=mirrored(key.numbers)) for key in move.keys),
        swings=MappingProxyType(swings),
        gesture=move.gesture.replace("left", "right"),
    )


_UP = {"both_upper": 160.0, "both_fore": 172.0, "both_upper_front": 4.0, "both_fore_front": 8.0}
_GUARD = {
    "both_upper": 24.0, "both_upper_front": 34.0, "both_fore": 168.0, "both_fore_front": 34.0, "both_fist": 1.0,
    "hip_drop": 0.025, "both_out": 0.085,
}  # fmt: skip

_SIDED: dict[str, Move] = {
    "raise": _held(2.0, {"left_upper": 160, "left_fore": 174, "left_fore_front": 8}, "hand_up_left"),
    "wave": _held(
        2.6, {"left_upper": 84, "left_fore": 166, "left_fore_front": 8, "tilt": 5}, "wave",
        left_fore=Swing(32, 2.0), left_upper=Swing(4, 2.0), lean=Swing(1.5, 1.0),
    ),
    "lean": _held(
        1.8, {"lean": 25, "hip_side": -0.035, "tilt": -6, "left_upper": 4, "right_upper": 22}, "lean_left"
    ),
    "punch": _beat(
        0.9,
        (0.30, _GUARD),
        (0.46, {"left_upper": 84, "left_upper_front": 26, "left_fore": 88, "left_fore_front": 22,
                "twist": -16}, "out"),
        (0.56, {}),
        (0.74, {**_GUARD, "twist": 0}),
        gesture="punch_left",
    ),
    "knee_up": _beat(
        1.2,
        (0.38, {"left_up": 0.27, "left_front": 0.15, "left_out": 0.075, "left_toe": 22, "hip_side": -0.03,
                "right_upper_front": 30, "right_fore_front": 60, "left_upper": 14}),
        (0.56, {}),
        gesture="knee_up_left",
    ),
    "kick": _beat(
        1.3,
        (0.26, {"left_up": 0.15, "left_front": -0.04, "left_out": 0.1, "hip_side": -0.03, "both_upper": 26}),
        (0.46, {"left_up": 0.30, "left_front": 0.34, "left_out": 0.20, "left_toe": 30, "lean": -10,
                "both_upper": 44}, "out"),
        (0.54, {}),
        (0.72, {"left_up": 0.14, "left_front": 0.04, "left_out": 0.1, "left_toe": 10, "lean": -3}),
        gesture="kick_left",
    ),
    "side_leg_raise": _beat(
        1.8,
        (0.40, {"left_out": 0.37, "left_up": 0.15, "left_toe": 12, "lean": -13, "hip_side": -0.045,
                "both_upper": 42, "both_fore": 38}),
        (0.58, {}),
        gesture="side_leg_raise_left",
    ),
    "lunge": _beat(
        2.0,
        (0.18, {"left_up": 0.05, "left_front": 0.12, "yaw": 14}),
        (0.34, {"left_up": 0, "left_front": 0.27, "right_front": -0.25, "right_toe": 34, "right_up": 0.035,
                "hip_front": 0.05, "hip_drop": 0.15, "yaw": 30, "both_upper": 20, "both_fore": -40,
                "both_fore_front": 40}),
        (0.62, {}),
        (0.84, {"left_up": 0.04, "left_front": 0.1, "right_front": 0, "right_up": 0, "right_toe": 0,
                "hip_front": 0, "hip_drop": 0.02, "yaw": 8}),
        gesture="lunge",
    ),
    "step": _beat(
        2.4,
        (0.10, {"left_up": 0.04, "left_out": 0.2, "hip_side": 0.06}),
        (0.18, {"left_up": 0, "left_out": 0.36, "hip_side": 0.2, "hip_drop": 0.02}),
        (0.26, {"right_up": 0.04, "right_out": -0.05, "hip_side": 0.28}),
        (0.34, {"right_up": 0, "right_out": -0.216, "hip_side": 0.288, "hip_drop": 0.006}),
        (0.66, {}),
        (0.74, {"right_up": 0.04, "right_out": -0.05, "hip_side": 0.22}),
        (0.82, {"right_up": 0, "right_out": 0.072, "hip_side": 0.12, "hip_drop": 0.02}),
        (0.90, {"left_up": 0.04, "left_out": 0.2, "hip_side": 0.03}),
        gesture="step_left",
    ),
    # Towards the actor's left, with the right hand.
    "swipe": _beat(
        1.2,
        (0.34, {"right_upper": 76, "right_upper_front": 14, "right_fore": 88, "right_fore_front": 14}),
        (0.62, {"right_upper": 10, "right_upper_front": 42, "right_fore": -104, "right_fore_front": 26}),
        (0.72, {}),
        gesture="swipe_left",
    ),
}  # fmt: skip
"""Moves done with the left side; the right is their mirror image."""

_WHOLE: dict[str, Move] = {
    "stand": Move(1.0),
    "idle": Move(1.0),
    "pose": Move(3.0),  # stands; what it gives makes it one: see `pose`
    "raise_both": _held(2.0, _UP, "hands_up"),
    "hands_up": _held(2.0, _UP, "hands_up"),
    "t_pose": _held(
        2.0, {"both_upper": 90, "both_fore": 90, "both_upper_front": 0, "both_fore_front": 3}, "t_pose"
    ),
    "arms_crossed": _held(
        2.2,
        {"both_upper": -10, "both_upper_front": 26, "left_fore": -108, "right_fore": -100, "left_fore_front": 34,
         "right_fore_front": 22},
        "arms_crossed",
    ),
    "sit": _held(
        4.0,
        {"hip_drop": 0.225, "hip_front": -0.1, "both_front": 0.14, "both_out": 0.085, "both_upper": 12,
         "both_upper_front": 12, "both_fore": 4, "both_fore_front": 62},
    ),
    "squat": _beat(
        2.0,
        (0.36, {"hip_drop": 0.215, "hip_front": -0.07, "bend": 24, "both_out": 0.1, "both_upper": 34,
                "both_upper_front": 52, "both_fore": -12, "both_fore_front": 66}),
        (0.56, {}),
        gesture="squat",
    ),
    "jump": _beat(
        1.4,
        (0.24, {"hip_drop": 0.10, "bend": 14, "both_upper": 16, "both_upper_front": -26, "both_fore_front": -8}),
        (0.36, {"hip_drop": 0.0, "rise": 0.012, "bend": 0, "both_toe": 26, "both_upper": 60,
                "both_upper_front": 40, "both_fore": 90, "both_fore_front": 30}, "in"),
        (0.54, {"rise": 0.165, "both_toe": 34, "both_upper": 118, "both_upper_front": 20,
                "both_fore": 140}, "out"),
        (0.72, {"rise": 0.0, "both_toe": 4, "both_upper": 62, "both_fore": 74}, "in"),
        (0.82, {"hip_drop": 0.075, "bend": 10, "both_upper": 24, "both_fore": 22}, "out"),
        gesture="jump",
    ),
    "clap": _beat(
        1.0,
        (0.34, {"both_upper": 34, "both_upper_front": 30, "both_fore": 62, "both_fore_front": 42}),
        (0.50, {"both_upper": 3, "both_upper_front": 30, "both_fore": -122, "both_fore_front": 36}, "in"),
        (0.58, {}),
        gesture="clap",
    ),
    "jumping_jack": _beat(
        1.2,
        (0.24, {"rise": 0.035, "both_upper": 80, "both_fore": 90, "both_out": 0.14, "both_toe": 20}, "out"),
        (0.46, {"rise": 0.0, "both_upper": 156, "both_fore": 176, "both_out": 0.20, "both_toe": 0,
                "hip_drop": 0.02}),
        (0.54, {}),
        (0.78, {"rise": 0.035, "both_upper": 80, "both_fore": 90, "both_out": 0.13, "both_toe": 20}, "out"),
        gesture="jumping_jack",
    ),
    "swipe_up": _beat(
        1.2,
        (0.32, {"right_upper": 22, "right_upper_front": 22, "right_fore": 30, "right_fore_front": 40}),
        (0.60, {"right_upper": 112, "right_upper_front": 34, "right_fore": 168, "right_fore_front": 22}),
        (0.70, {}),
        gesture="swipe_up",
    ),
    "swipe_down": _beat(
        1.4,
        (0.36, {"right_upper": 112, "right_upper_front": 34, "right_fore": 168, "right_fore_front": 22}),
        (0.42, {}),
        (0.64, {"right_upper": 22, "right_upper_front": 22, "right_fore": 30, "right_fore_front": 40}),
        gesture="swipe_down",
    ),
    "step_forward": _paced(0.5),
    "step_back": _paced(-0.6),
    "dance": _held(
        4.0,
        {"both_upper": 44, "both_fore": 112, "both_fore_front": 34, "hip_drop": 0.035, "both_out": 0.09,
         "both_fist": 0.6},
        hip_side=Swing(0.035, 1.0), lean=Swing(5, 1.0, 0.5), hip_drop=Swing(0.014, 2.0, 0.25), tilt=Swing(6, 1.0),
        left_upper=Swing(14, 1.0), right_upper=Swing(14, 1.0, 0.5), left_fore=Swing(30, 1.0, 0.1),
        right_fore=Swing(30, 1.0, 0.6), twist=Swing(10, 1.0, 0.25),
    ),
    "disco": _held(
        4.0,
        {"left_upper": 92, "left_fore": 108, "right_upper": 92, "right_fore": 108, "hip_drop": 0.03,
         "both_out": 0.095, "both_fore_front": 16},
        left_upper=Swing(52, 0.5, 0.25), left_fore=Swing(56, 0.5, 0.25), right_upper=Swing(52, 0.5, 0.75),
        right_fore=Swing(56, 0.5, 0.75), hip_side=Swing(0.04, 0.5, 0.25), lean=Swing(5, 0.5, 0.75),
        hip_drop=Swing(0.016, 2.0, 0.25), turn=Swing(14, 0.5, 0.25),
    ),
    "swirl": _held(
        4.0,
        {"both_upper": 40, "both_fore": 64, "both_fore_front": 40, "hip_drop": 0.05, "both_out": 0.1},
        twist=Swing(26, 1.0), yaw=Swing(10, 1.0, 0.5), hip_side=Swing(0.025, 1.0, 0.25),
        left_fore=Swing(30, 1.0, 0.25), right_fore=Swing(30, 1.0, 0.75), hip_drop=Swing(0.02, 2.0, 0.25),
    ),
    "bow": _beat(2.2, (0.40, {"bend": 42, "hip_front": -0.06, "left_upper": 26, "left_fore": -64,
                              "left_fore_front": 46, "right_upper": 34}), (0.62, {})),
}  # fmt: skip
"""Moves of the whole body, or with a side of their own."""

TRAVELS: Mapping[str, Move] = MappingProxyType(
    {
        "enter": Move(2.6, travels=True),
        "leave": Move(2.6, travels=True),
        "return": Move(2.6, travels=True),
        "walk": Move(2.6, travels=True),
        "cross": Move(3.2, travels=True),
    }
)
"""Moves that change the actor's place."""


def table() -> dict[str, Move]:
    """Return every move by name; those with a side as `raise_left`, `raise_right`."""
    moves = {**_WHOLE, **TRAVELS}
    for name, move in _SIDED.items():
        moves[f"{name}_left"], moves[f"{name}_right"] = move, _other(move)
    return moves
