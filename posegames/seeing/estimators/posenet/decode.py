"""From PoseNet's maps to poses: single-pose decoding, and fast greedy decoding of several. Numpy only.

After tfjs-models/posenet (`single_pose/decode_single_pose.ts`, `multi_pose/decode_multiple_poses.ts`); the method
is that of PersonLab (Papandreou et al. 2018, arXiv 1803.08225). Vectors in maps have y in their first half of
channels and x in the second, whatever the blog that introduces PoseNet says in one of its paragraphs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from posegames.body.pose import Floats
from posegames.seeing.estimators.posenet.options import PoseNetOptions
from posegames.seeing.estimators.posenet.tree import LEVELS, MOVES

Whole = NDArray[np.integer[Any]]
Plane = NDArray[np.complexfloating[Any]]
"""Places and ways in the plane, in pixels of the input: x + iy."""

PARTS = 17
REFINEMENTS = 2
"""How often a place reached by a displacement is set right by the offset found there (`offsetRefineStep`)."""
MOST_ROOTS = 1024
"""Of all places a pose may be begun from so many are tried, the surest first: 17 a person, for 60 people."""
AT_ONCE = 4
"""Poses worked out at once, for each one that is wanted: many of them turn out to be the same."""
FAR = 1e4
"""Pixels; a longer vector is none, whatever a file says."""


@dataclass(frozen=True, slots=True, eq=False)
class Maps:
    """What the net says of a picture: h x w cells, `stride` pixels of the input apart, the first at pixel 0, 0."""

    scores: Floats
    """(h, w, 17) 0..1 that a part is in this cell."""
    offsets: Floats
    """(h, w, 34) pixels from the cell to the part; 17 y, then 17 x."""
    forward: Floats | None = None
    """(h, w, 32) pixels from the first part of an edge of the tree to the second; 16 y, then 16 x."""
    backward: Floats | None = None
    """(h, w, 32) the same from the second to the first."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """N poses."""

    xy: Floats
    """(N, 17, 2) in pixels of the input; those of the first row and column are at 0."""
    confidence: Floats
    """(N, 17)."""
    score: Floats
    """(N,) the mean confidence; of parts that an earlier pose has already, it is taken to be 0."""


def resolution(size: int, stride: int) -> int:
    """Return how many cells an input of `size` pixels has."""
    return (size - 1) // stride + 1


def valid_size(size: int, stride: int) -> int:
    """Return the greatest size of an input, at most a pixel above `size`, whose last pixel is a cell's.

    It has two cells at least.
    """
    return max(1, size // stride) * stride + 1


def scores_of(heatmaps: Floats, *, logits: bool) -> Floats:
    """Return heat maps as scores 0..1, 0 where they are no numbers; of `logits` by a sigmoid."""
    sound = np.isfinite(heatmaps)
    if logits:
        # At 60 the sigmoid is 1 in every digit, and exp far from what float32 holds.
        scores = 1 / (1 + np.exp(np.clip(np.where(sound, -heatmaps, 60), -60, 60)))
    else:
        scores = np.clip(np.where(sound, heatmaps, 0), 0, 1)
    return np.where(sound, scores, 0)


def decode(maps: Maps, options: PoseNetOptions, *, stride: int) -> Found:
    """Return the poses in `maps`, the way the options say; parts less sure than wanted have confidence 0."""
    several = options.decoding == "multi-person"
    found = (decode_multiple if several else decode_single)(maps, options, stride=stride)
    seen = found.confidence >= options.min_part_confidence
    return Found(found.xy, np.where(seen, found.confidence, 0), found.score)


def decode_single(maps: Maps, options: PoseNetOptions, *, stride: int) -> Found:
    """Return the surest place of each part as one pose, if one of its parts and the pose are sure enough.

    Two people's limbs become one body: only for pictures with one person.
    """
    flat = maps.scores.reshape(-1, PARTS)
    cells, parts = flat.argmax(axis=0), np.arange(PARTS)
    confidence = flat[cells, parts]
    score = confidence.mean()
    sure = confidence.max() >= options.pose_confidence_threshold and score >= options.min_pose_confidence
    places = _Grid(maps, stride).places(cells, parts)
    return _found(places[None][: int(sure)], confidence[None][: int(sure)], score[None][: int(sure)])


def decode_multiple(maps: Maps, options: PoseNetOptions, *, stride: int) -> Found:
    """Return poses in the order of the part they begin from, the surest first. `maps` must have displacements.

    From every cell that is the surest of its neighbours for a part, and sure enough, a pose may begin. The surest
    is followed along the tree of parts; whatever begins near the same part of a pose already found is that pose
    again. A pose that is not sure enough is none: it takes nobody's place. (Its publisher has no such threshold.)

    How long it takes depends on how many poses are wanted, and hardly on how many people there are.
    """
    grid, most, near = _Grid(maps, stride), options.max_pose_detections, options.nms_radius
    cells, parts = roots(maps.scores, options.pose_confidence_threshold)
    starts = grid.places(cells, parts)
    places = np.empty((most, PARTS), dtype=np.complex64)
    confidence, score, count = np.empty((most, PARTS), dtype=np.float32), np.empty(most, dtype=np.float32), 0
    while count < most and len(parts):
        tried = slice(AT_ONCE * most)
        drafts, sure = grid.poses(cells[tried], parts[tried])
        # No score is above the mean of all parts.
        left = sure.sum(axis=1) / PARTS >= options.min_pose_confidence
        while count < most and left.any():
            best = left.argmax()
            left[best] = False
            claimed = _any_near(drafts[best], places[:count], near)
            value = sure[best][~claimed].sum() / PARTS
            if value >= options.min_pose_confidence:
                places[count], confidence[count], score[count] = drafts[best], sure[best], value
                count += 1
                left &= np.abs(starts[tried] - drafts[best][parts[tried]]) > near
        rest = ~_any_near(starts, places[:count, parts], near)
        rest[tried] = False
        cells, parts, starts = cells[rest], parts[rest], starts[rest]
    return _found(places[:count], confidence[:count], score[:count])


def roots(scores: Floats, threshold: float) -> tuple[Whole, Whole]:
    """Return cells and parts (K,) that a pose may begin from, the surest first.

    Each has at least `threshold` and no surer neighbour (of 8: `kLocalMaximumRadius` 1).
    """
    height, width, _ = scores.shape
    padded = np.full((height + 2, width + 2, PARTS), -1, dtype=scores.dtype)
    padded[1:-1, 1:-1] = scores
    rows, columns, parts = np.nonzero(scores >= threshold)
    mine = scores[rows, columns, parts]
    top = np.ones(len(mine), dtype=bool)
    for y, x in np.ndindex(3, 3):
        top &= padded[rows + y, columns + x, parts] <= mine
    order = np.argsort(-mine[top], kind="stable")[:MOST_ROOTS]
    return (rows * width + columns)[top][order], parts[top][order]


class _Grid:
    """Maps laid flat, to look up many cells at once."""

    def __init__(self, maps: Maps, stride: int) -> None:
        self._height, self._width, _ = maps.scores.shape
        self._stride = stride
        self._scores, self._offsets = maps.scores.reshape(-1, PARTS), _plane(maps.offsets)
        self._displacements = [_plane(field) for field in (maps.forward, maps.backward) if field is not None]
        y, x = np.divmod(np.arange(self._height * self._width), self._width)
        self._corners = ((x + 1j * y) * stride).astype(np.complex64)

    def places(self, cells: Whole, parts: Whole) -> Plane:
        """Return where `parts` (K,) are by the offsets of `cells` (K,)."""
        placed: Plane = self._corners[cells] + self._offsets[cells, parts]
        return placed

    def cells(self, places: Plane) -> Whole:
        """Return the nearest cell to each place. Halves go up, as in JavaScript."""
        x = np.floor(places.real / self._stride + 0.5).clip(0, self._width - 1)
        y = np.floor(places.imag / self._stride + 0.5).clip(0, self._height - 1)
        nearest: Whole = (y * self._width + x).astype(np.intp)
        return nearest

    def poses(self, cells: Whole, parts: Whole) -> tuple[Plane, Floats]:
        """Return all parts (K, 17), and how sure they are (K, 17), of poses that begin from these.

        From the first part the tree is walked outwards, a step everywhere at once.
        """
        places = np.zeros((len(parts), PARTS), dtype=np.complex64)
        confidence = np.zeros((len(parts), PARTS), dtype=np.float32)
        every = np.arange(len(parts))
        places[every, parts], confidence[every, parts] = self.places(cells, parts), self._scores[cells, parts]
        for level in LEVELS:
            moves = level[parts]
            pose, column = np.nonzero(moves >= 0)
            source, target, edge, back = MOVES[moves[pose, column]].T
            here = places[pose, source]
            cell = self.cells(here)
            forward, backward = (field[cell, edge] for field in self._displacements)
            there = here + np.where(back, backward, forward)
            for _ in range(REFINEMENTS):
                there = self.places(self.cells(there), target)
            places[pose, target], confidence[pose, target] = there, self._scores[self.cells(there), target]
        return places, confidence


def _plane(field: Floats) -> Plane:
    """Return a field (h, w, 2 C) of y, then x, as (h * w, C). What is no number, or too far, is no way at all."""
    y, x = np.split(field.reshape(-1, field.shape[2]), 2, axis=1)
    if not np.abs(field).max() <= FAR:  # also of NaN
        y, x = (np.where(np.abs(half) <= FAR, half, 0) for half in (y, x))
    plane = np.empty(y.shape, dtype=np.complex64)
    plane.real, plane.imag = x, y
    return plane


def _any_near(places: Plane, others: Plane, radius: float) -> NDArray[np.bool_]:
    """Return for each of `places` (K,) whether any of `others` (N, K) in its column is within `radius`."""
    return np.asarray((np.abs(others - places) <= radius).any(axis=0))


def _found(places: Plane, confidence: Floats, score: Floats) -> Found:
    return Found(np.stack([places.real, places.imag], axis=-1), confidence, score)
