"""How a hand moves the cursor: presets by name, calm to fast, and the boxes a hand moves in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from posegames.body.smooth import Smoothing
from posegames.errors import UsageError, did_you_mean


@dataclass(frozen=True, slots=True)
class Cursor:
    """How calm the cursor is, and how quick. Lengths are in arm lengths (shoulder to wrist)."""

    name: str
    smoothing: Smoothing
    """On top of the body's own; speeds in arm lengths a second."""
    dead: float
    """How far a hand may move without the cursor following."""


_CURSORS = (
    Cursor("calm", Smoothing(0.5, 8.0, rest=0.1), dead=0.025),
    Cursor("balanced", Smoothing(1.0, 10.0, rest=0.1), dead=0.02),
    Cursor("fast", Smoothing(2.0, 20.0, rest=0.1), dead=0.015),
)
CURSORS: Mapping[str, Cursor] = MappingProxyType({row.name: row for row in _CURSORS})
"""By the names of `posegames.body.smooth.PRESETS`: whoever likes a calm body likes a calm cursor."""
BALANCED = CURSORS["balanced"]


@dataclass(frozen=True, slots=True)
class Box:
    """What stands for the screen, around a shoulder: arm lengths, inwards to outwards, y down."""

    name: str
    inwards: float
    outwards: float
    above: float
    below: float


_BOXES = (
    Box("full", -0.42, 0.58, -0.17, 0.57),
    Box("small", -0.15, 0.39, 0.17, 0.57),
)
BOXES: Mapping[str, Box] = MappingProxyType({row.name: row for row in _BOXES})
"""`full` goes from the chin to the belly. `small` is for arms that reach less: from below the shoulder to the
belly, a little more than half of the way."""
FULL = BOXES["full"]


def find_cursor(name: str) -> Cursor:
    """Return the row of `CURSORS` called `name`. Raises UsageError for any other."""
    if name not in CURSORS:
        raise UsageError(f"There is no cursor {name!r}.", now=did_you_mean(name, list(CURSORS)))
    return CURSORS[name]
