"""What is true on the way: a gesture that another one contains is no mistake. A table, with reasons."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SIDES = ("_left", "_right")
ANYTHING = "*"
"""Stands for every gesture."""


def family(gesture: str) -> str:
    """Return a gesture's name without the side of the body; the ways of a swipe are gestures of their own."""
    if gesture.startswith("swipe"):
        return gesture
    return stem(gesture)


def stem(name: str) -> str:
    """Return the name of a move or a gesture without its side."""
    return name.removesuffix(SIDES[0]).removesuffix(SIDES[1])


def names(said: str, gesture: str) -> bool:
    """Whether the event `gesture` is one of `said`: itself, or either side of it, or anything."""
    return said in (gesture, family(gesture), ANYTHING)


_DUCK = "whoever goes down with the hips is down for a while"
_ARM_UP = "the hand is above the head meanwhile"
_FREE = "a free dance: nobody has said what its arms and legs do when"
_WALK = "who walks somewhere else stands beside home, and may lean into the way"

STAGE_TOO: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "squat": {"duck": _DUCK},
        "sit": {"duck": _DUCK, "squat": "down on a chair that is not there, and up again"},
        "lunge": {"duck": _DUCK},
        "wave_left": {"hand_up_left": _ARM_UP},
        "wave_right": {"hand_up_right": _ARM_UP},
        "swipe_up": {"hand_up_right": "it ends above the head"},
        "swipe_down": {"hand_up_right": "it begins above the head"},
        "jumping_jack": {"hands_up": "the hands meet above the head"},
        "dance": {ANYTHING: _FREE},
        "disco": {ANYTHING: _FREE},
        "swirl": {ANYTHING: _FREE},
        "pose": {ANYTHING: "a pose by angles may be any"},
        "enter": {ANYTHING: "who comes in is seen in part"},
        "return": {ANYTHING: "who comes in is seen in part"},
        "leave": {ANYTHING: "who goes out is seen in part"},
        "walk": {"step": _WALK, "lean": _WALK},
        "cross": {"step": _WALK, "lean": _WALK},
    }
)
"""By move of the stage: the gestures, or families of them, that are true of it besides its own, and why."""
