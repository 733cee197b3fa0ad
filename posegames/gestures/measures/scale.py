"""One scale for unlike things."""

from __future__ import annotations


def level(value: float, out: float, into: float) -> float:
    """Return 0 where `value` is at `out`, 1 where it is at `into`: one scale for unlike things."""
    return (value - out) / (into - out)
