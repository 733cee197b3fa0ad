"""Heat maps and fields as OpenPose's training paints them, for people whose places are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import MappingProxyType

import numpy as np
from bodies import Moves, standing

from posegames.body.pose import Floats
from posegames.body.views import OPENPOSE_18, OPENPOSE_25, View

STRIDE = 8
SIGMA = 7.0
"""Pixels (the training's transform_param)."""
WIDE = 1.0
"""Half the width of a field, in cells."""

# As poseParameters.cpp writes them (POSE_BODY_PART_PAIRS, POSE_MAP_INDEX): pairs of parts, and their channels.
_PAIRS_18 = (
    1,2, 1,5, 2,3, 3,4, 5,6, 6,7, 1,8, 8,9, 9,10, 1,11, 11,12, 12,13, 1,0, 0,14, 14,16, 0,15, 15,17, 2,16, 5,17,
)  # fmt: skip
_CHANNELS_18 = (
    12,13, 20,21, 14,15, 16,17, 22,23, 24,25, 0,1, 2,3, 4,5, 6,7, 8,9, 10,11, 28,29, 30,31, 34,35, 32,33, 36,37,
    18,19, 26,27,
)  # fmt: skip
_PAIRS_25 = (
    1,8, 1,2, 1,5, 2,3, 3,4, 5,6, 6,7, 8,9, 9,10, 10,11, 8,12, 12,13, 13,14, 1,0, 0,15, 15,17, 0,16, 16,18, 2,17,
    5,18, 14,19, 19,20, 14,21, 11,22, 22,23, 11,24,
)  # fmt: skip
_CHANNELS_25 = (
    0,1, 14,15, 22,23, 16,17, 18,19, 24,25, 26,27, 6,7, 2,3, 4,5, 8,9, 10,11, 12,13, 30,31, 32,33, 36,37, 34,35,
    38,39, 20,21, 28,29, 40,41, 42,43, 44,45, 46,47, 48,49, 50,51,
)  # fmt: skip


def _rows(pairs: Sequence[int], channels: Sequence[int]) -> tuple[tuple[int, int, int, int], ...]:
    return tuple(zip(pairs[::2], pairs[1::2], channels[::2], channels[1::2], strict=True))


LIMBS = MappingProxyType(
    {OPENPOSE_18.name: _rows(_PAIRS_18, _CHANNELS_18), OPENPOSE_25.name: _rows(_PAIRS_25, _CHANNELS_25)}
)
"""By the name of the view: from part, to part, channel of x, channel of y."""


def body(
    x: float, y: float, torso: float, *, view: View = OPENPOSE_18, without: Iterable[str] = (), **moved: object
) -> Floats:
    """Return the parts (K, 2) of somebody with the hips at (x, y), in pixels; NaN where one is not to be seen."""
    moves: Moves = {name: place for name, place in moved.items() if isinstance(place, tuple)}
    xy, _ = view.of(standing(x, y, torso, moved=moves))
    xy[[view.points.index(name) for name in without]] = np.nan
    return xy


def painted(people: Sequence[Floats], size: tuple[int, int] = (368, 368), view: View = OPENPOSE_18) -> Floats:
    """Return heat maps, background and fields (channels, h, w) for people (K, 2) in pixels of the input."""
    width, height = size[0] // STRIDE, size[1] // STRIDE
    rows, columns = np.mgrid[0:height, 0:width]
    limbs = LIMBS[view.name]
    heat = np.zeros((len(view.points) + 1, height, width))
    fields = np.zeros((2 * len(limbs), height, width))
    count = np.zeros((len(limbs), height, width))
    for xy in people:
        for part in np.flatnonzero(np.isfinite(xy[:, 0])):
            off = (STRIDE * (columns + 0.5) - xy[part, 0]) ** 2 + (STRIDE * (rows + 0.5) - xy[part, 1]) ** 2
            bell = np.exp(-off / (2 * SIGMA**2))
            heat[part] = np.maximum(heat[part], np.where(bell >= 0.01, bell, 0))
        cells = xy / STRIDE - 0.5
        for start, end, x, y in limbs:
            a, b = cells[start], cells[end]
            length = np.hypot(*(b - a))
            if not length > 0:  # nor if one of them is not to be seen
                continue
            unit = (b - a) / length
            aside = np.abs((columns - a[0]) * unit[1] - (rows - a[1]) * unit[0]) <= WIDE
            low, high = np.round(np.minimum(a, b) - WIDE), np.round(np.maximum(a, b) + WIDE)
            box = (columns >= low[0]) & (columns <= high[0]) & (rows >= low[1]) & (rows <= high[1])
            there = aside & box
            fields[x] += unit[0] * there
            fields[y] += unit[1] * there
            count[x // 2] += there
    heat[-1] = 1 - heat[:-1].max(axis=0).clip(0, 1)
    fields /= np.maximum(np.repeat(count, 2, axis=0), 1)
    return np.concatenate([heat, fields]).astype(np.float32)
