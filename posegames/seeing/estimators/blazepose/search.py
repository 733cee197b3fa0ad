"""When and where to look for people: the whole picture, and squares of it in turn, where small ones show."""

from __future__ import annotations

import math
from collections.abc import Sequence

from posegames.seeing.estimators.blazepose.region import Region

AROUND = 0.25
"""Seconds between two looks while everybody known is seen and there is room for more."""
OUT = 0.1
"""Seconds between two looks while somebody is missing, or nobody is there."""
MISSED = 2.0
"""Seconds after somebody was lost in which they are looked out for: they may come out from behind somebody."""
SHARES = (1.0, 0.6, 0.5)
"""Sides of the squares, in shares of the picture's shorter side.

The detector sees 224 pixels: of somebody 90 pixels high in a picture of 1280x720 16 in the whole of it, 56 in the
smallest squares. There 20 of 20 so small were found, in those of .6 only 10. The others show people who stand
close together apart.
"""
FIT = 0.7
"""Share of a smallest square that a body's region can be: in feet and faces close up the nets see whole bodies."""
OVERLAP = 1 / 3
"""Share of a square that the next one has, too: nobody is cut in two in both."""
NEAREST = 4
"""Squares around the place where somebody was lost that are looked at."""


def squares(width: int, height: int) -> list[Region]:
    """Return the squares of a picture, the larger first; together with their neighbours they cover all of it."""
    found = []
    for share in SHARES:
        side = share * min(width, height)
        across, down = _middles(width, side), _middles(height, side)
        if len(across) * len(down) > 1:
            found += [Region(x, y, side) for y in down for x in across]
    return found


def fits(region: Region, part: Region | None, shorter: int) -> bool:
    """Whether a body in `region` is believed to show in this square of a picture, given its shorter side."""
    if part is None or part.side > 1.05 * SHARES[-1] * shorter:
        return True
    return region.side <= FIT * part.side


def _middles(length: int, side: float) -> list[float]:
    """Return where along `length` squares have their middles."""
    if length < 1.15 * side:
        return [length / 2]
    count = 1 + math.ceil((length - side) / (side * (1 - OVERLAP)) - 1e-6)
    return [side / 2 + (length - side) * i / (count - 1) for i in range(count)]


class Search:
    """Takes turns: every other look is at the whole picture, the others at one square after another.

    The first look of all, which may be the only one at a picture, is everywhere.
    """

    def __init__(self) -> None:
        self._turn = 0
        self._looked = self._lost = -math.inf
        self._gap: Region | None = None

    def lose(self, region: Region, now: float) -> None:
        """Take note that somebody is missing who was in `region`."""
        self._lost, self._gap = now, region

    def due(self, now: float, *, known: int, most: int, pause: float = 1.0) -> bool:
        """Whether it is time to look, with `known` people followed of at most `most`; `pause` times less often."""
        missing = now - self._lost < MISSED
        if known >= most and not missing:
            return False
        return now - self._looked >= pause * (OUT if missing or not known else AROUND)

    def parts(self, width: int, height: int, now: float) -> Sequence[Region | None]:
        """Return what to look at now; None is the whole picture."""
        first, self._looked = self._looked == -math.inf, now
        there = squares(width, height)
        if first:
            return [None, *there]
        turn, self._turn = self._turn, self._turn + 1
        if self._gap is not None and now - self._lost < MISSED:
            gap = self._gap
            fitting = [part for part in there if fits(gap, part, min(width, height))]
            there = sorted(fitting or there, key=lambda part: part.beside(gap))[:NEAREST]
        return [there[turn // 2 % len(there)] if turn % 2 and there else None]
