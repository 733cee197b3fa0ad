"""One scale for unlike things."""

from __future__ import annotations

import math


def level(value: float, out: float, into: float) -> float:
    """Return 0 where `value` is at `out`, 1 where it is at `into`: one scale for unlike things."""
    return (value - out) / (into - out)


def agreed(one: float, other: float) -> float:
    """Return the smaller of two numbers of one sign, 0 where they contradict each other."""
    return math.copysign(min(abs(one), abs(other)), one) if one * other > 0 else 0.0
