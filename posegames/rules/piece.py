"""What `match` plays: poses as joint angles, so that they fit any body, one after another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

ANGLES = (
    "left_upper_arm", "left_forearm", "right_upper_arm", "right_forearm",
    "left_thigh", "left_shin", "right_thigh", "right_shin",
    "trunk",
)  # fmt: skip
"""What of a body a pose can fix.

Limbs: degrees from hanging straight down, outwards, away from the body's middle (90 is sideways, 180 straight up;
negative is across the body). `trunk`: degrees from upright towards the player's own left. LEFT and RIGHT are the
player's own. Every angle is against the plumb line, not against the limb before.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One pose to strike. What it does not name is not judged."""

    name: str
    angles: Mapping[str, float]
    """Degrees by a name of `ANGLES`; at least one."""
    hold: float = 1.2
    """Seconds a good pose must be held to be locked."""
    seconds: float | None = None
    """Seconds until the next pose comes; None waits."""
    tolerance: float = 1.0
    """Errors are divided by it: above 1 it is easier."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "angles", MappingProxyType(dict(self.angles)))

    @property
    def mirrored(self) -> Target:
        """The same pose with left and right exchanged."""
        return replace(self, angles=dict(_other_side(*angle) for angle in self.angles.items()))


def _other_side(name: str, angle: float) -> tuple[str, float]:
    if name == "trunk":
        return name, -angle
    side, _, part = name.partition("_")
    return ("right_" if side == "left" else "left_") + part, angle


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Poses in order, and what holds for all of them."""

    targets: tuple[Target, ...]
    either: bool = False
    """The mirror image of a pose is as good: whichever arm or leg a player prefers."""
