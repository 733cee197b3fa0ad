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
    found = ((float(cost), i, j) for i, row in enumerate(costs) for j, cost in enumerate(row))
    rows, columns = set[int](), set[int]()
    pairs: list[tuple[int, int]] = []
    for _, row, column in sorted(pair for pair in found if pair[0] < math.inf):
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            pairs.append((row, column))
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
