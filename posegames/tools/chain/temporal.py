"""The step that looks both ways in time: what it gives comes neither late nor early.

Outliers first: Hampel's filter puts a joint that is far from the median of the moments around it on that median.
Then a parabola is laid through the moments around each joint, and the joint put on it: Savitzky and Golay's filter
(1964), with weights that fade (Cleveland's LOWESS, 1979), so that moments need not be evenly spaced and may be
missing. Two parabolas are laid, a wide one for rest and a narrow one, which keeps the peaks of fast moves; which
counts is decided by how badly the wide one fits what it is laid through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from posegames.body.pose import Floats, Pose
from posegames.tools.chain.people import SEEN, Moment, places, posed, sureness, windows
from posegames.tools.looks import Look

SPIKE, BESIDE = 0.15, 3
"""Seconds and moments to each side that an outlier is judged by."""
SPREADS = 3.0
"""How many standard deviations (1.4826 median absolute ones) make an outlier (Hampel 1974; three is usual)..."""
LEAST = 0.1
"""... and torso lengths: less is trembling, which the filter takes."""
WIDE, NARROW = 0.4, 0.12
"""Seconds to each side that the two parabolas are laid through."""
STILL, MOVING = 1.3, 2.0
"""How many times worse than the narrow parabola the wide one may fit and still count alone; and from where on the
narrow one does."""
TREMBLING = 0.004
"""Torso lengths that are no misfit: below them nothing is a move."""


def temporal(looks: Iterable[Look]) -> Iterator[Look]:
    """Yield looks with players' joints freed of outliers and smoothed in hindsight."""
    return smoothed(despiked(looks))


def despiked(looks: Iterable[Look]) -> Iterator[Look]:
    """Yield looks with outliers put on the median of the moments around them."""
    for held, place in windows(looks, SPIKE):
        moments = [held[i] for i in range(max(0, place - BESIDE), min(len(held), place + BESIDE + 1))]
        yield posed(held[place].look, dict(_each(moments, held[place], _median)))


def smoothed(looks: Iterable[Look]) -> Iterator[Look]:
    """Yield looks with every joint on the parabola laid through it and those around it."""
    for held, place in windows(looks, WIDE):
        yield posed(held[place].look, dict(_each(held, held[place], _fitted)))


class _Way:
    """One player around a moment: rows are the moments they are in, on the same way."""

    def __init__(self, around: Sequence[Moment], number: int, middle: Moment) -> None:
        self.here = middle.stops[number]
        stops = [s for m in around if (s := m.stops.get(number)) is not None and s.way == self.here.way]
        self.row = stops.index(self.here)
        self.times = np.array([stop.time for stop in stops]) - self.here.time
        self.xy = places(stops)
        self.seen = sureness(stops) >= SEEN


def _each(around: Iterable[Moment], middle: Moment, work: Callable[[_Way], Floats]) -> Iterator[tuple[int, Pose]]:
    moments = list(around)
    for number, stop in middle.stops.items():
        way = _Way(moments, number, middle)
        if len(way.times) > 2:
            yield number, stop.pose.moved(work(way))


def _median(way: _Way) -> Floats:
    """Return (33, 2): outliers on the median. A joint unseen at a moment says nothing there."""
    here: Floats = way.xy[way.row]
    if len(way.times) < 5:
        return here
    told: Floats = np.where(way.seen[:, :, None], way.xy, here)
    middle = np.median(told, axis=0)
    spread = 1.4826 * np.median(np.hypot(*np.moveaxis(told - middle, 2, 0)), axis=0)
    off: Floats = np.hypot(*(here - middle).T)
    wrong = way.seen[way.row] & (off > np.maximum(SPREADS * spread, LEAST * way.here.torso))
    placed: Floats = np.where(wrong[:, None], middle, here)
    return placed


def _fitted(way: _Way) -> Floats:
    """Return (33, 2): on the parabola, wide or narrow or between; what is not seen stays where it is."""
    here = way.xy[way.row]
    off = way.xy - here
    wide, coarse = _parabola(way.times / WIDE, off, way.seen)
    narrow, fine = _parabola(way.times / NARROW, off, way.seen)
    worse = coarse / (fine + TREMBLING * way.here.torso)
    share = np.clip((worse - STILL) / (MOVING - STILL), 0, 1)[:, None]
    found: Floats = np.where(way.seen[way.row][:, None], here + wide + share * (narrow - wide), here)
    return found


def _parabola(times: Floats, off: Floats, seen: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Return where the parabolas are (33, 2) at time 0, and by how much (33,) they miss what they go through."""
    weights = np.maximum(1 - np.abs(times) ** 3, 0)[:, None] ** 3 * seen
    powers = times[:, None] ** np.arange(5)
    sums = powers.T @ weights  # (5, 33)
    matrix = sums.T[:, np.add.outer(range(3), range(3))]  # (33, 3, 3)
    # Where moments are too few for a parabola it becomes a line, or a level.
    matrix[:, range(3), range(3)] += (1e-9, 1e-6, 1e-6)
    right = np.einsum("nk,nj,njd->jkd", powers[:, :3], weights, off)
    curve = np.linalg.solve(matrix, right)  # (33, 3, 2)
    miss = off - np.einsum("nk,jkd->njd", powers[:, :3], curve)
    total = np.maximum(weights.sum(axis=0), 1e-9)
    return curve[:, 0], np.sqrt(np.einsum("nj,njd->j", weights, miss**2) / total)
