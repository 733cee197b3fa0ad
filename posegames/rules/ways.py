"""Ways across the field of `tag`: a coarse net of places, how far it is from each to each, where to start."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator

from posegames.errors import LevelError
from posegames.language import tr
from posegames.rules.arena import HIGH, WIDE
from posegames.rules.field import RADIUS, SNUG, Field

STEP = 0.75
"""Units between two places of the net: fine enough for a gap two avatars wide, coarse enough to be quick."""
_ROWS = (int((HIGH - 2 * RADIUS) / STEP) + 1, int((WIDE - 2 * RADIUS) / STEP) + 1)
"""Places from top to bottom, and from left to right."""
_Y0, _X0 = ((size - (count - 1) * STEP) / 2 for size, count in zip((HIGH, WIDE), _ROWS, strict=True))
_ROOM = 0.1
"""Units that must be free around whoever starts."""
_RINGS = (3.2, 3.0, 3.4, 2.8, 3.6, 2.6, 3.8, 2.4, 2.2, 2.0)
"""Half the height of the ring to start on, in units, the best first."""
_NARROW = 0.65
"""Width of the ring over its height. To the sides there is more room to run: on a round ring two of six won 1.3
times their share in 800 rounds of 3 s between equals; on this one all of them 0.96 to 1.10 times.
"""

Place = tuple[float, float]


class Ways:
    """The places of a field that can be walked to from each other, and the ways between them."""

    def __init__(self, field: Field) -> None:
        """Lay the net. Raises LevelError where the obstacles leave no room to play."""
        self._field = field
        rows, columns = _ROWS
        grid = [(_X0 + STEP * i, _Y0 + STEP * j) for j in range(rows) for i in range(columns)]
        free = [field.free(x, y) for x, y in grid]
        beside: list[list[tuple[int, float]]] = [[] for _ in grid]
        for a, b in _neighbours():
            if free[a] and free[b] and field.clear(*grid[a], *grid[b], RADIUS):
                length = math.dist(grid[a], grid[b])
                beside[a].append((b, length))
                beside[b].append((a, length))
        self._grid, self._beside = grid, beside
        self._far: dict[int, list[float]] = {}
        self._places = self._largest_region(free)
        if len(self._places) < 12:
            raise LevelError(
                tr("This arena leaves no room to play."),
                tr("Its obstacles cover the field, or cut it into small pieces."),
                tr("Take some away, or make them smaller."),
            )
        inside = set(self._places)
        self._nearest = [
            index if index in inside else min(self._places, key=lambda place: math.dist(grid[place], grid[index]))
            for index in range(len(grid))
        ]
        """For every place of the net the one to take for it: itself, or the nearest that can be walked to."""

    def _largest_region(self, free: list[bool]) -> list[int]:
        left = {index for index, is_free in enumerate(free) if is_free}
        largest: list[int] = []
        while left:
            far = self._distances(min(left))
            region = [index for index in sorted(left) if far[index] < math.inf]
            left.difference_update(region)
            largest = max(largest, region, key=len)
        return largest

    def _distances(self, start: int) -> list[float]:
        if (known := self._far.get(start)) is not None:
            return known
        far = [math.inf] * len(self._grid)
        far[start] = 0.0
        queue = [(0.0, start)]
        while queue:
            length, index = heapq.heappop(queue)
            if length > far[index]:
                continue
            for other, step in self._beside[index]:
                if length + step < far[other]:
                    far[other] = length + step
                    heapq.heappush(queue, (length + step, other))
        self._far[start] = far
        return far

    def _at(self, x: float, y: float) -> int:
        rows, columns = _ROWS
        i = min(max(round((x - _X0) / STEP), 0), columns - 1)
        j = min(max(round((y - _Y0) / STEP), 0), rows - 1)
        return self._nearest[j * columns + i]

    def distance(self, ax: float, ay: float, bx: float, by: float) -> float:
        """Return about how far it is to run from a to b, around what stands between."""
        straight = math.hypot(bx - ax, by - ay)
        if straight < 2 * STEP:
            return straight
        return max(straight, self._distances(self._at(ax, ay))[self._at(bx, by)])

    def toward(self, ax: float, ay: float, bx: float, by: float) -> Place:
        """Return where to run next, straight, to come from a to b."""
        if self._field.clear(ax, ay, bx, by, SNUG):
            return bx, by
        far = self._distances(self._at(bx, by))
        here = self._at(ax, ay)
        # Of the places nearby that can be reached straight, the one on the shortest way; the farthest of several,
        # for one that is reached already would lead nowhere.
        nearby = {here, *(other for index, _ in self._beside[here] for other, _ in self._beside[index])}
        for _, index in sorted((far[i] + 0.9 * math.dist((ax, ay), self._grid[i]), i) for i in nearby):
            if self._field.clear(ax, ay, *self._grid[index], SNUG):
                return self._grid[index]
        return self._grid[here]

    def place(self, lot: float) -> Place:
        """Return a place that can be walked to, by a lot of 0..1."""
        return self._grid[self._places[min(int(lot * len(self._places)), len(self._places) - 1)]]

    def starts(self, count: int) -> tuple[Place, ...]:
        """Return places for `count` to start from: a ring around the middle that is its own mirror image.

        For an odd number there is one more, that stays empty by lot: no odd ring is alike for all. The ring grows
        or shrinks until all of it is free; where no ring fits, each place is the nearest that can be walked to.
        """
        count += count % 2
        # Two at the top and two at the bottom, never one alone.
        angles = [2 * math.pi * (i + 0.5) / count - math.pi / 2 for i in range(count)]
        rings = [
            tuple((WIDE / 2 + half * _NARROW * math.cos(a), HIGH / 2 + half * math.sin(a)) for a in angles)
            for half in _RINGS
        ]
        for ring in rings:
            if all(self._open(*place) for place in ring):
                return ring
        places: list[Place] = []
        for x, y in rings[0]:
            rest = [self._grid[index] for index in self._places if self._grid[index] not in places]
            apart = [place for place in rest if all(math.dist(place, other) >= 2 * STEP for other in places)]
            places.append(min(apart or rest, key=lambda place: math.dist(place, (x, y))))
        return tuple(places)

    def _open(self, x: float, y: float) -> bool:
        near = self._grid[self._at(x, y)]
        return self._field.free(x, y, RADIUS + _ROOM) and self._field.clear(x, y, *near, RADIUS)


def _neighbours() -> Iterator[tuple[int, int]]:
    rows, columns = _ROWS
    for j in range(rows):
        for i in range(columns):
            for di, dj in ((1, 0), (0, 1), (1, 1), (-1, 1)):
                if 0 <= i + di < columns and j + dj < rows:
                    yield j * columns + i, (j + dj) * columns + i + di
