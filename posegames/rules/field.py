"""The field of `tag` as geometry: where an avatar may stand, what it runs into, what stands between two places."""

from __future__ import annotations

import math

from posegames.rules.arena import HIGH, WIDE, Arena, Circle

RADIUS = 0.35
"""Of an avatar, in the field's units."""
SKIN = 0.02
"""Units: so near a thing is touched, though nobody is inside it."""
SNUG = 0.7 * RADIUS
"""A box widened by it never holds an avatar's middle, not even of one that leans on its corner (1 / sqrt 2)."""
_CLOSE = 1e-7
_PASSES = 4
"""So often a place is pushed out of everything in turn: what pushes one out may push one into the next."""

Normal = tuple[float, float]
"""Unit vector away from what is touched."""
_Edges = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Field:
    """What stands on an arena, for discs of `RADIUS`. All lengths in the field's units, y down."""

    def __init__(self, arena: Arena) -> None:
        things = arena.obstacles
        self._circles = tuple((thing.x, thing.y, thing.radius) for thing in things if isinstance(thing, Circle))
        self._boxes = tuple(
            (thing.x, thing.y, thing.x + thing.width, thing.y + thing.height)
            for thing in things
            if not isinstance(thing, Circle)
        )
        wide = RADIUS + SKIN + math.sqrt(0.5)
        self._open = tuple(
            tuple(self.free(i + 0.5, j + 0.5, wide) for i in range(int(WIDE))) for j in range(int(HIGH))
        )
        """For every square unit whether nothing at all can be touched in it: most steps end there."""

    def free(self, x: float, y: float, radius: float = RADIUS) -> bool:
        """Tell whether a disc at (x, y) is on the field and in no obstacle."""
        near = radius - _CLOSE
        if not (near <= x <= WIDE - near and near <= y <= HIGH - near):
            return False
        if any(math.hypot(x - cx, y - cy) < size + near for cx, cy, size in self._circles):
            return False
        return not any(
            math.hypot(x - min(max(x, left), right), y - min(max(y, top), bottom)) < near
            for left, top, right, bottom in self._boxes
        )

    def settle(self, x: float, y: float) -> tuple[float, float, tuple[Normal, ...]]:
        """Push a disc at (x, y) out of everything; return its place and the normals of what it touches."""
        touched: tuple[Normal, ...] = ()
        if 0 <= x < WIDE and 0 <= y < HIGH and self._open[int(y)][int(x)]:
            return x, y, touched
        for _ in range(_PASSES):
            before = x, y
            x, y, touched = self._push(x, y)
            if (x, y) == before:
                break
        return x, y, touched

    def _push(self, x: float, y: float) -> tuple[float, float, tuple[Normal, ...]]:
        touched = _walls(x, y)
        x, y = min(max(x, RADIUS), WIDE - RADIUS), min(max(y, RADIUS), HIGH - RADIUS)
        near = RADIUS + SKIN
        for cx, cy, size in self._circles:
            dx, dy = x - cx, y - cy
            if -near - size < dx < near + size and -near - size < dy < near + size:
                far = math.hypot(dx, dy)
                if far < near + size:
                    nx, ny = (dx / far, dy / far) if far else (0.0, -1.0)
                    x, y = x + nx * max(0.0, RADIUS + size - far), y + ny * max(0.0, RADIUS + size - far)
                    touched.append((nx, ny))
        for box in self._boxes:
            left, top, right, bottom = box
            if left - near < x < right + near and top - near < y < bottom + near:
                nx, ny, depth = _out_of(box, x, y)
                if depth > -SKIN:
                    x, y = x + nx * max(0.0, depth), y + ny * max(0.0, depth)
                    touched.append((nx, ny))
        return x, y, tuple(touched)

    def clear(self, ax: float, ay: float, bx: float, by: float, radius: float = 0.0) -> bool:
        """Tell whether a disc can go straight from a to b; with no radius, whether a is seen from b.

        Boxes count with square corners when they are widened by `radius`: a little too careful.
        """
        dx, dy = bx - ax, by - ay
        square = dx * dx + dy * dy
        for cx, cy, size in self._circles:
            along = ((cx - ax) * dx + (cy - ay) * dy) / square if square else 0.0
            along = min(1.0, max(0.0, along))
            px, py = ax + along * dx - cx, ay + along * dy - cy
            if px * px + py * py < (size + radius) ** 2:
                return False
        for left, top, right, bottom in self._boxes:
            wide = (left - radius, top - radius, right + radius, bottom + radius)
            if _until(wide, ax, ay, dx, dy) < 1:
                return False
        return True

    def reach(self, x: float, y: float, dx: float, dy: float, most: float) -> float:
        """Return how far an avatar at (x, y) can go in the unit direction (dx, dy), at most `most`."""
        far = most
        if dx:
            far = min(far, ((WIDE - RADIUS - x) if dx > 0 else (RADIUS - x)) / dx)
        if dy:
            far = min(far, ((HIGH - RADIUS - y) if dy > 0 else (RADIUS - y)) / dy)
        for cx, cy, size in self._circles:
            ox, oy, wide = cx - x, cy - y, size + RADIUS
            along = ox * dx + oy * dy
            if along > 0 and (depth := wide * wide - (ox * ox + oy * oy - along * along)) > 0:
                far = min(far, along - math.sqrt(depth))
        for left, top, right, bottom in self._boxes:
            far = min(far, _until((left - SNUG, top - SNUG, right + SNUG, bottom + SNUG), x, y, dx, dy))
        return max(0.0, far)


def _walls(x: float, y: float) -> list[Normal]:
    near = RADIUS + SKIN
    touched: list[Normal] = []
    if not near <= x <= WIDE - near:
        touched.append((1.0, 0.0) if x < near else (-1.0, 0.0))
    if not near <= y <= HIGH - near:
        touched.append((0.0, 1.0) if y < near else (0.0, -1.0))
    return touched


def _out_of(box: _Edges, x: float, y: float) -> tuple[float, float, float]:
    """Return the shortest way out of a box, as a direction, and how deep in it a disc of `RADIUS` is."""
    left, top, right, bottom = box
    px, py = min(max(x, left), right), min(max(y, top), bottom)
    dx, dy = x - px, y - py
    if far := math.hypot(dx, dy):
        return dx / far, dy / far, RADIUS - far
    ways = ((x - left, -1.0, 0.0), (right - x, 1.0, 0.0), (y - top, 0.0, -1.0), (bottom - y, 0.0, 1.0))
    inside, nx, ny = min(ways)
    return nx, ny, RADIUS + inside


def _until(box: _Edges, x: float, y: float, dx: float, dy: float) -> float:
    """Return after how many (dx, dy) a point at (x, y) is in a box: 0 for one that is in it, inf for never."""
    left, top, right, bottom = box
    if dx:
        first, last = (left - x) / dx, (right - x) / dx
        if dx < 0:
            first, last = last, first
    elif left < x < right:
        first, last = -math.inf, math.inf
    else:
        return math.inf
    if dy:
        over, under = (top - y) / dy, (bottom - y) / dy
        if dy < 0:
            over, under = under, over
        first, last = max(first, over), min(last, under)
    elif not top < y < bottom:
        return math.inf
    return max(first, 0.0) if max(first, 0.0) < last - _CLOSE else math.inf
