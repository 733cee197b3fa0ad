"""Whether a field of `tag` can be played on: room enough, and no place that nobody gets to."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from posegames.rules.arena import HIGH, WIDE, Arena, Circle
from posegames.rules.field import RADIUS

STEP = 0.2
"""Units between the places looked at: a gap `PASSAGE` wide always has a row of them."""
PASSAGE = 2 * RADIUS + STEP
"""Units a gap must measure to be counted on."""
LEAST_FREE = 0.4
"""Share of the field an avatar must be able to run to."""
CRANNY = 3
"""Places that hang together and may be cut off: the tip of a corner, no room."""


def trouble(arena: Arena) -> str:
    """Return what is wrong with the ground of `arena`, with where; empty if nothing is."""
    free = _free(arena)
    regions = sorted(_regions(free), key=len, reverse=True)
    share = len(regions[0]) * STEP * STEP / (WIDE * HIGH) if regions else 0.0
    if share < LEAST_FREE:
        return (
            f"leaves {share:.0%} of the field to run on; at least {LEAST_FREE:.0%} must be free and in one piece"
        )
    for region in regions[1:]:
        if len(region) > CRANNY:
            row, column = region[len(region) // 2]
            return (
                f"shuts off the place around x = {RADIUS + column * STEP:.1f}, y = {RADIUS + row * STEP:.1f}; "
                f"leave a gap of {PASSAGE:.1f}, or fill it"
            )
    return ""


def _free(arena: Arena) -> NDArray[np.bool_]:
    """Return where an avatar can stand: (rows, columns), every `STEP`."""
    x, y = np.meshgrid(
        np.arange(RADIUS, WIDE - RADIUS + 1e-6, STEP), np.arange(RADIUS, HIGH - RADIUS + 1e-6, STEP)
    )
    free = np.ones(x.shape, dtype=np.bool_)
    for thing in arena.obstacles:
        if isinstance(thing, Circle):
            away = np.hypot(x - thing.x, y - thing.y) - thing.radius
        else:
            away = np.hypot(
                x - np.clip(x, thing.x, thing.x + thing.width), y - np.clip(y, thing.y, thing.y + thing.height)
            )
        free &= away >= RADIUS - 1e-6
    return free


def _regions(free: NDArray[np.bool_]) -> list[list[tuple[int, int]]]:
    """Return the places that hang together, each as (row, column)."""
    left = {(int(row), int(column)) for row, column in np.argwhere(free)}
    regions = []
    while left:
        region = [left.pop()]
        for row, column in region:  # it grows while it is walked along
            beside = {(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)} & left
            left -= beside
            region += sorted(beside)
        regions.append(region)
    return regions
