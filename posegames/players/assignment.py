"""Which of the bodies seen belongs to which of the players known."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Costs = NDArray[np.floating]
"""(known, seen); inf where a pair is out of the question."""


def assign(costs: Costs | Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return pairs (row, column), each row and column at most once, cheapest pairs first.

    Greedy: for six people the best sum of all is rarely another, and where it is, it gave up a sure pair for
    two doubtful ones.
    """
    left = np.array(costs, dtype=float)
    pairs: list[tuple[int, int]] = []
    while left.size and math.isfinite(left.min()):
        row, column = (int(i) for i in np.unravel_index(int(left.argmin()), left.shape))
        pairs.append((row, column))
        left[row, :] = math.inf
        left[:, column] = math.inf
    return pairs
