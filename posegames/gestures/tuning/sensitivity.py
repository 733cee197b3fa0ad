"""How little is enough: three levels, each a shift of every row's thresholds by what the row can bear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from posegames.gestures.rows import Analogue, Held, Pulse, Row
from posegames.gestures.tuning.either import Way, each_way
from posegames.settings import Sensitivity

STEPS: Mapping[Sensitivity, float] = MappingProxyType({"low": -1.0, "medium": 0.0, "high": 1.0})
"""How many times `ease` is taken off a row's thresholds."""
KEENER = 1.25
"""How much farther a number (lean, step, advance) goes for the same motion, from level to level."""


def eased(row: Row, steps: float) -> Row:
    """Return `row` with `steps` times its `ease` off both thresholds; negative `steps` ask for more.

    What is on with fewer steps is on with more: both thresholds go down together, no hold or rest changes. A
    row without an `ease`, or of a kind that has no thresholds, stays as it is.
    """

    def ease(way: Way) -> Way:
        match way:
            case Held():
                return replace(way, enter=way.enter - steps * way.ease, exit=way.exit - steps * way.ease)
            case Pulse(held=held):
                lower = replace(held, enter=held.enter - steps * held.ease, exit=held.exit - steps * held.ease)
                return replace(way, held=lower)
            case Analogue():
                return replace(way, dead=way.dead / KEENER**steps, full=way.full / KEENER**steps)

    return each_way(row, ease)
