"""Which of the bodies seen belongs to which of those known."""

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


def settle(costs: Costs | Sequence[Sequence[float]], alone: Sequence[float]) -> tuple[float, dict[int, int]]:
    """Return the least sum of costs there is, and who belongs to whom for it: {column: row}.

    Every column takes a row of its own or, for its cost in `alone`, none. Where people met, the sum counts: if one
    of them is this body, the other one is that. All ways are tried, over sets of columns (six at most).
    """
    given = np.array(costs, dtype=float).reshape(-1, len(alone))
    ways: dict[frozenset[int], tuple[float, dict[int, int]]] = {frozenset(): (0.0, {})}
    for row, prices in enumerate(given):
        columns = [int(column) for column in np.flatnonzero(prices < alone)]
        for taken, (cost, pairs) in list(ways.items()):
            for column in columns:
                if column in taken:
                    continue
                more, with_it = taken | {column}, cost + float(prices[column]) - alone[column]
                if more not in ways or with_it < ways[more][0]:
                    ways[more] = with_it, {**pairs, column: row}
    least, pairs = min(ways.values(), key=lambda way: way[0])
    return least + sum(alone), pairs
