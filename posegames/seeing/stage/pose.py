"""The move `pose`: a stance given by the angles of its limbs, in the plane that faces the camera."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

from posegames.seeing.stage import build
from posegames.seeing.stage.moves import Key, Move
from posegames.seeing.stage.stance import spread

EASE = 0.4
"""Seconds to get into it, and out of it."""

ANGLES: tuple[str, ...] = (
    *(f"{side}_{limb}" for side in ("both", "left", "right") for limb in ("upper", "fore", "thigh", "shin")),
    "trunk",
)
"""What a pose can give.

Limbs: degrees against the plumb line, from hanging straight down outwards (90 sideways, 180 straight up, negative
across the body). `trunk`: degrees from upright towards the actor's left. Arms it does not give hang, legs stand.
What is said of one side counts before what is said of `both`.
"""
MOST = 200.0
"""Degrees, either way."""

_LEG = 2.0
"""Degrees at which thigh and shin of somebody who stands lean outwards."""
_BENT = 6.0
"""Degrees between thigh and shin from which it matters where the knee points."""


def pose(seconds: float, angles: Mapping[str, float]) -> Move:
    """Return the move that gets into a pose, holds it, and ends at rest."""
    numbers = _numbers(spread(angles))
    return Move(seconds, (Key(numbers, 0, EASE), Key(numbers, 1, -EASE)))


def _numbers(angles: Mapping[str, float]) -> Mapping[str, float]:
    """Return the stance's numbers: arms are told against the chest, feet by their places."""
    lean = angles.get("trunk", 0.0)
    numbers = {"lean": lean}
    for side, way in (("left", 1), ("right", -1)):
        for limb in ("upper", "fore"):
            if (name := f"{side}_{limb}") in angles:
                numbers |= {name: angles[name] + way * lean, f"{name}_front": 0.0}
    if any(name.endswith(("thigh", "shin")) for name in angles):
        numbers |= _legs(angles)
    return MappingProxyType(numbers)


def _legs(angles: Mapping[str, float]) -> dict[str, float]:
    legs = {
        side: [angles.get(f"{side}_{limb}", angles.get(f"{side}_thigh", _LEG)) for limb in ("thigh", "shin")]
        for side in ("left", "right")
    }
    reach = {side: _reach(*leg, of=math.cos) for side, leg in legs.items()}
    most = max(reach.values())
    numbers = {"hip_drop": build.HIP - build.ANKLE - 0.995 * most}
    for side, (thigh, shin) in legs.items():
        lifted = most - reach[side]
        numbers |= {
            f"{side}_out": build.HIP_WIDTH + _reach(thigh, shin, of=math.sin),
            f"{side}_up": lifted,
            f"{side}_toe": 30.0 * min(1.0, lifted / 0.1),
            f"{side}_knee": 0.0 if abs(thigh - shin) < _BENT else math.copysign(1.0, thigh - shin),
        }
    return numbers


def _reach(thigh: float, shin: float, *, of: Callable[[float], float]) -> float:
    return build.THIGH * of(math.radians(thigh)) + build.SHIN * of(math.radians(shin))
