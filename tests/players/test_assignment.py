from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from posegames.players.assignment import assign, settle

INF = float("inf")
PRICES = st.one_of(st.floats(-10, 10), st.just(INF))


def test_sure_pairs_come_first_and_the_impossible_never() -> None:
    assert assign([[0.5, 0.1], [0.2, 0.15]]) == [(0, 1), (1, 0)]
    assert assign([[INF, INF]]) == []
    assert assign([]) == []
    assert assign([[]]) == []


def test_where_people_met_the_sum_counts() -> None:
    # The first column's best row is the only one that the second can have.
    assert settle([[1.0, 2.0], [1.5, INF]], [9.0, 9.0]) == (3.5, {0: 1, 1: 0})
    assert settle([[1.0, 2.0], [1.5, INF]], [9.0, 2.25]) == (3.25, {0: 0})
    assert settle([], [4.0]) == (4.0, {})
    assert settle([[INF]], [4.0]) == (4.0, {})


@given(data=st.data(), rows=st.integers(0, 4), columns=st.integers(1, 4))
def test_no_other_way_is_cheaper(data: st.DataObject, rows: int, columns: int) -> None:
    costs = data.draw(st.lists(st.lists(PRICES, min_size=columns, max_size=columns), min_size=rows, max_size=rows))
    alone = data.draw(st.lists(st.floats(-5, 5), min_size=columns, max_size=columns))
    least, pairs = settle(costs, alone)
    assert len(set(pairs.values())) == len(pairs)
    assert least == pytest.approx(sum(costs[pairs[c]][c] if c in pairs else alone[c] for c in range(columns)))
    ways = itertools.product([None, *range(rows)], repeat=columns)
    sums = [
        sum(alone[c] if row is None else costs[row][c] for c, row in enumerate(way))
        for way in ways
        if len([r for r in way if r is not None]) == len({r for r in way if r is not None})
    ]
    assert least == pytest.approx(min(np.array(sums)[np.isfinite(sums)]))
