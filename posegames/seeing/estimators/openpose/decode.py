"""From heat maps and part affinity fields to people. Pure functions of numpy arrays.

Places are in cells of the maps: 0, 0 is the middle of the first cell. Maps hold finite numbers, a heat map 0..1
and a field vectors of length 0..1, more or less.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from posegames.body.pose import Floats
from posegames.seeing.estimators.openpose.options import OpenPoseOptions
from posegames.seeing.estimators.openpose.skeletons import Skeleton

Cells = NDArray[np.integer[Any]]

LEAST_OF_PEAK = 0.1
"""What a cell beside a peak counts for at least, as a share of the peak: a Gaussian of the nets' width (7 px, .875
cells) never falls below .27 there, and what noise leaves of less must not decide where the peak lies."""
NEAR = 1 / 150
"""Parts nearer than this, in sides of the map, have no field between them, and may still belong together..."""
NEARLY_NOTHING = 1e-6
"""...with a score above the threshold by so much (both as in OpenPose's bodyPartConnectorBase)."""
PARTS_IN_ORDER = 0.1
"""How much the two parts of a limb weigh against its field when limbs are taken in turn (the same)."""


@dataclass(frozen=True, slots=True, eq=False)
class Peaks:
    """Where one part may be."""

    xy: Floats
    """(n, 2) cells, the surest first."""
    confidence: Floats
    """(n,) 0..1."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """One person, as the maps tell."""

    xy: Floats
    """(K, 2) cells; 0 where a part was not found."""
    confidence: Floats
    """(K,) 0..1; 0 where a part was not found."""
    score: float


def several(heat: Floats, fields: Floats, skeleton: Skeleton, options: OpenPoseOptions) -> list[Found]:
    """Return all people of these heat maps (K + 1, h, w) and fields (2 L, h, w), those seen best first."""
    parts = find_peaks(heat[: len(skeleton.view.points)], options)
    limbs = find_limbs(parts, fields, skeleton, options)
    return assembled(parts, limbs, skeleton, options)


def one(heat: Floats, skeleton: Skeleton, options: OpenPoseOptions) -> list[Found]:
    """Return the one person of these heat maps (K + 1, h, w), or none: the top of each, if above `thr`."""
    maps = heat[: len(skeleton.view.points)]
    rows, columns = np.divmod(maps.reshape(len(maps), -1).argmax(axis=1), maps.shape[2])
    which = np.arange(len(maps))
    there = maps[which, rows, columns] > options.thr
    xy, confidence = _refined(maps, which, rows, columns)
    confidence = np.where(there, confidence, 0)
    found = Found(np.where(there[:, None], xy, 0), confidence, float(confidence.mean()))
    return [found] if there.any() else []


def find_peaks(maps: Floats, options: OpenPoseOptions) -> list[Peaks]:
    """Return the peaks of each of the heat maps (K, h, w): cells above all eight around, and `nms_threshold`."""
    _, height, width = maps.shape
    around = np.pad(maps, ((0, 0), (1, 1), (1, 1)), constant_values=-np.inf)
    high = maps > options.nms_threshold
    for dy, dx in product((-1, 0, 1), repeat=2):
        beside = around[:, 1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width]
        if (dy, dx) < (0, 0):
            high &= maps > beside  # of equal cells side by side the first is the peak
        elif (dy, dx) > (0, 0):
            high &= maps >= beside
    which, rows, columns = np.nonzero(high)
    xy, confidence = _refined(maps, which, rows, columns)
    peaks = []
    for part in range(len(maps)):
        mine = np.flatnonzero(which == part)
        mine = mine[np.argsort(-confidence[mine], kind="stable")][: options.max_peaks]
        peaks.append(Peaks(xy[mine], confidence[mine]))
    return peaks


def _refined(maps: Floats, which: Cells, rows: Cells, columns: Cells) -> tuple[Floats, Floats]:
    """Return where between the cells the peaks are (n, 2), and how high (n,), at most 1.

    The nets learn Gaussians; the logarithm of one is a parabola, which three cells determine, across and down. At
    an edge of the map, where one of the three is missing, it is as wide as in the other direction.
    """
    around = np.pad(maps, ((0, 0), (1, 1), (1, 1)), constant_values=0)
    top = np.maximum(maps[which, rows, columns], NEARLY_NOTHING)

    def level(dy: int, dx: int) -> Floats:
        beside: Floats = np.log(np.maximum(around[which, rows + dy + 1, columns + dx + 1] / top, LEAST_OF_PEAK))
        return beside

    height, width = maps.shape[1:]
    sides = ((level(0, -1), level(0, 1)), (level(-1, 0), level(1, 0)))
    first, last = (columns == 0, rows == 0), (columns == width - 1, rows == height - 1)
    # How steep it falls off to both sides together; the level of the peak itself is 0.
    falls = [np.where(first[n] | last[n], 0, sides[n][0] + sides[n][1]) for n in (0, 1)]
    offsets, gain = [], np.zeros(len(top))
    for axis, (before, after) in enumerate(sides):
        fall = np.where(first[axis] | last[axis], falls[1 - axis], falls[axis])
        slope = np.where(first[axis], 2 * after - fall, np.where(last[axis], fall - 2 * before, after - before))
        offset = np.where(fall < 0, -slope / (2 * np.where(fall < 0, fall, 1)), 0).clip(-0.5, 0.5)
        gain += slope * offset / 4
        offsets.append(offset)
    xy = np.stack([columns + offsets[0], rows + offsets[1]], axis=-1)
    return xy, np.minimum(top * np.exp(gain), 1)


@dataclass(frozen=True, slots=True)
class Limb:
    """A limb found: two parts and the peak of each, in the order of `Peaks`."""

    ends: tuple[tuple[int, int], tuple[int, int]]
    score: float
    """How well its field says so, 0..1."""
    rank: float
    """Limbs are put together by this, the highest first."""


def find_limbs(parts: Sequence[Peaks], fields: Floats, skeleton: Skeleton, options: OpenPoseOptions) -> list[Limb]:
    """Return the limbs between these peaks: of each kind the best first, no peak twice."""
    limbs = []
    for channel, (start, end) in enumerate(skeleton.limbs):
        a, b = parts[start], parts[end]
        scores = affinity(a.xy, b.xy, fields[2 * channel : 2 * channel + 2], options)
        ranks = scores + PARTS_IN_ORDER * (a.confidence[:, None] + b.confidence[None, :])
        ranks[scores <= 0] = 0
        taken: set[tuple[int, int]] = set()
        for flat in np.argsort(-ranks, axis=None, kind="stable")[: np.count_nonzero(ranks)]:
            i, j = divmod(int(flat), len(b.xy))
            ends = (start, i), (end, j)
            if taken.isdisjoint(ends):
                taken.update(ends)
                limbs.append(Limb(ends, float(scores[i, j]), float(ranks[i, j])))
    return limbs


def affinity(a: Floats, b: Floats, across: Floats, options: OpenPoseOptions) -> Floats:
    """Return how well a field (2, h, w) goes from each of the places `a` (n, 2) to each of `b` (m, 2): (n, m).

    It is the mean of field times direction, over the samples where that is above `connect_inter_threshold`; 0
    unless enough of them are.
    """
    way = b[None, :] - a[:, None]
    length = np.hypot(way[..., 0], way[..., 1])
    direction = way / np.maximum(length, NEARLY_NOTHING)[..., None]
    at = a[:, None, None] + way[:, :, None] * np.linspace(0, 1, options.samples)[:, None]
    x, y = _between(across, at)
    along = x * direction[..., :1] + y * direction[..., 1:]
    good = along > options.connect_inter_threshold
    count = good.sum(axis=-1)
    mean = np.where(good, along, 0).sum(axis=-1) / np.maximum(count, 1)
    near = length < NEAR * np.sqrt(across.shape[1] * across.shape[2])
    nothing = np.where(near, options.connect_inter_threshold + NEARLY_NOTHING, 0)
    enough = (count > options.connect_inter_min_above_threshold * options.samples) & (length > NEARLY_NOTHING)
    score: Floats = np.where(enough, mean, nothing)
    return score


def _between(across: Floats, at: Floats) -> Floats:
    """Return the values (2, ...) of a field (2, h, w) at places (..., 2), in straight lines between the cells."""
    _, height, width = across.shape
    x, y = at[..., 0].clip(0, width - 1), at[..., 1].clip(0, height - 1)
    left, top = np.minimum(x.astype(np.intp), max(width - 2, 0)), np.minimum(y.astype(np.intp), max(height - 2, 0))
    u, v = x - left, y - top
    right, below = min(1, width - 1), width * min(1, height - 1)
    cells, corner = across.reshape(2, -1), top * width + left
    upper = cells.take(corner, axis=1) * (1 - u) + cells.take(corner + right, axis=1) * u
    corner += below
    lower = cells.take(corner, axis=1) * (1 - u) + cells.take(corner + right, axis=1) * u
    between: Floats = upper * (1 - v) + lower * v
    return between


@dataclass(slots=True, eq=False)
class _Person:
    """A person being put together."""

    parts: dict[int, int] = field(default_factory=dict)
    """Part -> which of its peaks."""
    score: float = 0.0


def assembled(
    parts: Sequence[Peaks], limbs: Sequence[Limb], skeleton: Skeleton, options: OpenPoseOptions
) -> list[Found]:
    """Return the people that these parts and limbs make, those seen best first.

    At first every peak is a person of its own; then every limb, the best first, makes one person of two, unless
    both have a part of the same kind already.
    """
    who = {
        (part, i): _Person({part: i}, float(confidence))
        for part, peaks in enumerate(parts)
        for i, confidence in enumerate(peaks.confidence)
    }
    for limb in sorted(limbs, key=lambda limb: limb.rank, reverse=True):
        person, other = (who[end] for end in limb.ends)
        if person is other:
            person.score += limb.score
        elif person.parts.keys().isdisjoint(other.parts):
            person.parts |= other.parts
            person.score += other.score + limb.score
            who |= dict.fromkeys(other.parts.items(), person)
    everybody = dict.fromkeys(who.values())
    found = [_found(person, parts, skeleton) for person in everybody if _believed(person, skeleton, options)]
    return sorted(found, key=lambda found: found.score, reverse=True)


def _believed(person: _Person, skeleton: Skeleton, options: OpenPoseOptions) -> bool:
    count = sum(part < skeleton.counted for part in person.parts)
    return count >= options.connect_min_subset_cnt and person.score >= options.connect_min_subset_score * count


def _found(person: _Person, parts: Sequence[Peaks], skeleton: Skeleton) -> Found:
    """Return `person`; the score is 1 for one with all parts and limbs there, and sure."""
    xy = np.zeros((len(parts), 2))
    confidence = np.zeros(len(parts))
    for part, i in person.parts.items():
        xy[part], confidence[part] = parts[part].xy[i], parts[part].confidence[i]
    return Found(xy, confidence, person.score / (len(parts) + len(skeleton.limbs)))
