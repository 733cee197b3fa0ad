"""Measures of one side of the body, as the rows of the table want them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Protocol

from posegames.gestures.memory import Memory
from posegames.gestures.posture import LEFT, RIGHT, Posture, Side

SIDES: Mapping[str, Side] = MappingProxyType({"left": LEFT, "right": RIGHT})


class Sided(Protocol):
    """A measure that wants to know of which side."""

    def __call__(self, posture: Posture, memory: Memory, /, side: Side) -> float:
        """Measure that side."""


def of(side: Side, measure: Sided) -> Callable[[Posture, Memory], float]:
    """Return a measure of one side."""

    def one(posture: Posture, memory: Memory) -> float:  # not partial(): it takes three times as long
        return measure(posture, memory, side=side)

    return one
