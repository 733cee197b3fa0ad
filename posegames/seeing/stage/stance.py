"""How a body holds itself: a row of numbers, each with a name.

Angles are degrees, lengths are body heights. LEFT and RIGHT are the actor's own. Limbs are given by directions
that are easy to imagine from the front: `upper` and `fore` (arm) count from hanging (0) over sideways (90) to up
(180), negative across the body; `..._front` turns them out of that plane towards the camera. Feet are given by
their places.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from posegames.body.pose import Floats

_MIDDLE = MappingProxyType(
    {
        "yaw": 0.0,  # the whole body turned towards its left
        "twist": 0.0,  # the chest against the hips, towards its left
        "lean": 0.0,  # the chest to its left
        "bend": 0.0,  # the chest forwards
        "turn": 0.0,  # the head against the chest, towards its left
        "tilt": 0.0,  # the head to its left
        "hip_side": 0.0,  # hips moved to the left
        "hip_front": 0.0,  # hips moved forwards
        "hip_drop": 0.006,  # hips lowered: the knees bend
        "rise": 0.0,  # everything lifted off the floor
        "side": 0.0,  # everything moved to the left
    }
)
"""What a body has once, and its value at rest."""

_SIDES = MappingProxyType(
    {
        "upper": 9.0,
        "upper_front": 2.0,
        "fore": 6.0,
        "fore_front": 16.0,
        "fist": 0.0,  # 0 open, 1 closed
        "out": 0.072,  # the foot away from the middle
        "front": 0.0,  # the foot forwards
        "up": 0.0,  # the foot off the floor
        "toe": 0.0,  # the toes pointed down
        "knee": 0.0,  # the knee turned: 1 outwards, -1 inwards, 0 to the front
    }
)
"""What a body has twice, and its value at rest."""

CHANNELS: tuple[str, ...] = (
    *_MIDDLE,
    *(f"left_{name}" for name in _SIDES),
    *(f"right_{name}" for name in _SIDES),
)
"""The names of a stance's numbers, in order."""

INDEX: Mapping[str, int] = MappingProxyType({name: place for place, name in enumerate(CHANNELS)})
"""Where each number stands."""

LEFT = slice(len(_MIDDLE), len(_MIDDLE) + len(_SIDES))
"""The numbers of the left arm and leg."""
RIGHT = slice(LEFT.stop, LEFT.stop + len(_SIDES))
"""The numbers of the right arm and leg."""
LIMB: Mapping[str, int] = MappingProxyType({name: place for place, name in enumerate(_SIDES)})
"""Where each number stands within `LEFT` and `RIGHT`."""

_SWAP = MappingProxyType({"left": "right", "right": "left"})

TURNED = frozenset({"yaw", "twist", "lean", "turn", "tilt", "hip_side", "side"})
"""What changes its sign in the mirror."""

Numbers = Mapping[str, float]
"""Some of a stance's numbers, by name; `both_...` means left and right."""


def rest(count: int) -> Floats:
    """Return the stances (count, channels) of as many bodies standing at ease."""
    row = [*_MIDDLE.values(), *_SIDES.values(), *_SIDES.values()]
    return np.tile(np.array(row, dtype=np.float64), (count, 1))


def spread(numbers: Numbers) -> dict[str, float]:
    """Return the same with `both_...` spelled out."""
    plain: dict[str, float] = {}
    for name, value in numbers.items():
        side, _, rest_of_name = name.partition("_")
        names = (f"left_{rest_of_name}", f"right_{rest_of_name}") if side == "both" else (name,)
        plain.update(dict.fromkeys(names, value))
    return plain


def mirrored(numbers: Numbers) -> dict[str, float]:
    """Return the same done with the other side of the body; knows no `both_...`."""
    return {other_side(name): -value if name in TURNED else value for name, value in numbers.items()}


def other_side(name: str) -> str:
    """Return the name of the same number on the other side of the body."""
    side, _, rest_of_name = name.partition("_")
    return f"{_SWAP[side]}_{rest_of_name}" if side in _SWAP else name
