"""PoseNet's decoding: painted people are found where they were painted, and edges are where they should be."""

from __future__ import annotations

import heapq
from itertools import pairwise

import numpy as np
import pytest

from posegames.body.pose import Floats
from posegames.body.views import COCO_17
from posegames.seeing.estimators.posenet.decode import (
    AT_ONCE,
    MOST_ROOTS,
    Found,
    Maps,
    decode,
    decode_multiple,
    decode_single,
    resolution,
    roots,
    scores_of,
    valid_size,
)
from posegames.seeing.estimators.posenet.options import STRIDES, PoseNetOptions
from posegames.seeing.estimators.posenet.tree import LEVELS, MOVES, TREE
from posegames.tools.bench.decoding import SIZE, crowd, paint_posenet

PLAIN = PoseNetOptions(min_pose_confidence=0)
"""As its publisher's code has it."""
WRIST = COCO_17.points.index("left_wrist")


def painted(people: Floats, stride: int = 16, size: tuple[int, int] = SIZE) -> Maps:
    logits, offsets, forward, backward = paint_posenet(people, size, stride)
    return Maps(scores_of(logits, logits=True), offsets, forward, backward)


def off(found: Found, people: Floats) -> float:
    """The distance of the worst part of the worst found; each of `people` must be found once."""
    far = np.linalg.norm(found.xy[:, None] - people[None], axis=-1).max(axis=-1)
    assert sorted(far.argmin(axis=1)) == list(range(len(people)))
    return float(far.min(axis=1).max())


def empty(width: int = 33, height: int = 33) -> Maps:
    return Maps(*(np.zeros((height, width, n), dtype=np.float32) for n in (17, 34, 32, 32)))


@pytest.mark.parametrize(
    ("size", "stride", "cells"), [(225, 16, 15), (257, 32, 9), (257, 16, 17), (513, 8, 65), (225, 32, 8)]
)
def test_the_resolution_is_size_less_one_over_stride_and_one(size: int, stride: int, cells: int) -> None:
    assert resolution(size, stride) == cells


@pytest.mark.parametrize(
    ("size", "stride", "valid"), [(513, 16, 513), (512, 16, 513), (300, 32, 289), (256, 8, 257), (5, 16, 17)]
)
def test_a_valid_input_ends_at_a_cell(size: int, stride: int, valid: int) -> None:
    assert valid_size(size, stride) == valid
    assert (resolution(valid, stride) - 1) * stride + 1 == valid


def test_vectors_have_y_before_x() -> None:
    maps = empty()
    maps.scores[4, 7] = 0.9
    maps.offsets[4, 7, WRIST], maps.offsets[4, 7, 17 + WRIST] = 3, -5
    found = decode_single(maps, PLAIN, stride=16)
    np.testing.assert_allclose(found.xy[0, WRIST], (7 * 16 - 5, 4 * 16 + 3))
    np.testing.assert_allclose(found.xy[0, 0], (7 * 16, 4 * 16))


def test_displacements_have_y_before_x_and_are_refined_by_offsets() -> None:
    maps = empty()
    maps.scores[5, 5, 0], maps.scores[9, 12, 1] = 0.9, 0.4  # a nose, and a left eye by the first edge
    assert maps.forward is not None
    maps.forward[5, 5, 0], maps.forward[5, 5, 16] = 4 * 16 + 3, 7 * 16 - 4
    maps.offsets[9, 12, 1], maps.offsets[9, 12, 18] = -2, 6
    found = decode_multiple(maps, PLAIN, stride=16)
    np.testing.assert_allclose(found.xy[0, 1], (12 * 16 + 6, 9 * 16 - 2))
    assert found.confidence[0, 1] == np.float32(0.4)


@pytest.mark.parametrize("stride", STRIDES)
def test_one_body_is_found_by_both_ways_of_decoding(stride: int) -> None:
    people = crowd(1)
    maps = painted(people, stride)
    for decoding in (decode_single, decode_multiple):
        found = decoding(maps, PLAIN, stride=stride)
        assert off(found, people) < 1
        assert found.score[0] == pytest.approx(found.confidence[0].mean())
        assert found.confidence.min() > (0.5 if stride < 32 else 0.25)  # a cell may be 23 pixels away


@pytest.mark.parametrize("stride", [8, 16])
@pytest.mark.parametrize("most", [5, 15, 30])
def test_all_of_many_people_are_found_once_each(most: int, stride: int) -> None:
    people = crowd(most, seed=most)
    found = decode(painted(people, stride), PoseNetOptions(max_pose_detections=50), stride=stride)
    assert off(found, people) < 1
    assert found.confidence.min() > 0.5


def test_far_apart_cells_do_for_large_people() -> None:
    people = crowd(30)[:3] * 3
    size = (int(people[..., 0].max()) + 60, int(people[..., 1].max()) + 60)
    assert off(decode(painted(people, 32, size), PLAIN, stride=32), people) < 1


def test_no_more_than_wanted_and_the_surest_first() -> None:
    people = crowd(15)
    found = decode(painted(people), PoseNetOptions(), stride=16)
    assert len(found.score) == 5
    assert all(a >= b for a, b in pairwise(found.confidence.max(axis=1)))
    assert len(decode(painted(people), PoseNetOptions(max_pose_detections=1), stride=16).score) == 1


def test_a_single_pose_mixes_the_limbs_of_two() -> None:
    # What the papers warn of: why there are two ways.
    people = np.stack([crowd(1)[0], crowd(1)[0] + (200, 40)])
    maps = painted(people)
    maps.scores[..., :9] *= np.where(np.arange(maps.scores.shape[1]) < 12, 0.8, 1)[:, None]  # which is surer
    maps.scores[..., 9:] *= np.where(np.arange(maps.scores.shape[1]) < 12, 1, 0.8)[:, None]
    mixed = decode_single(maps, PLAIN, stride=16).xy[0]
    near = np.linalg.norm(people - mixed, axis=-1).argmin(axis=0)
    assert set(near) == {0, 1}
    assert off(decode_multiple(maps, PLAIN, stride=16), people) < 1


def by_the_book(  # noqa: C901 - as it stands there
    maps: Maps, options: PoseNetOptions, stride: int
) -> list[tuple[float, list[tuple[float, ...]]]]:
    """The publisher's algorithm, one number at a time. Poses as score and (x, y, confidence) of each part."""
    scores, offsets = maps.scores.tolist(), maps.offsets.tolist()
    assert maps.forward is not None
    assert maps.backward is not None
    ways = (maps.forward.tolist(), maps.backward.tolist())
    height, width = len(scores), len(scores[0])
    parts = [(COCO_17.points.index(parent), COCO_17.points.index(child)) for parent, child in TREE]
    queue: list[tuple[float, int, int, int]] = []
    for y in range(height):
        for x in range(width):
            for k in range(17):
                around = [
                    scores[j][i][k]
                    for j in range(max(y - 1, 0), min(y + 2, height))
                    for i in range(max(x - 1, 0), min(x + 2, width))
                ]
                if scores[y][x][k] >= options.pose_confidence_threshold and scores[y][x][k] == max(around):
                    heapq.heappush(queue, (-scores[y][x][k], y, x, k))

    def placed(y: int, x: int, k: int) -> tuple[float, ...]:
        return x * stride + offsets[y][x][k + 17], y * stride + offsets[y][x][k], scores[y][x][k]

    def cell(x: float, y: float) -> tuple[int, int]:
        across, down = int(np.floor(x / stride + 0.5)), int(np.floor(y / stride + 0.5))
        return min(max(down, 0), height - 1), min(max(across, 0), width - 1)

    def step(edge: int, source: tuple[float, ...], target: int, back: int) -> tuple[float, ...]:
        y, x = cell(source[0], source[1])
        there: tuple[float, ...] = (source[0] + ways[back][y][x][16 + edge], source[1] + ways[back][y][x][edge])
        for _ in range(2):
            there = placed(*cell(there[0], there[1]), target)
        y, x = cell(there[0], there[1])
        return there[0], there[1], scores[y][x][target]

    def near(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
        return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 <= options.nms_radius**2

    found: list[tuple[float, list[tuple[float, ...]]]] = []
    while queue and len(found) < options.max_pose_detections:
        _, y, x, k = heapq.heappop(queue)
        root = placed(y, x, k)
        if any(near(pose[k], root) for _, pose in found):
            continue
        pose = {k: root}
        for edge in range(15, -1, -1):
            parent, child = parts[edge]
            if child in pose and parent not in pose:
                pose[parent] = step(edge, pose[child], parent, 1)
        for edge in range(16):
            parent, child = parts[edge]
            if parent in pose and child not in pose:
                pose[child] = step(edge, pose[parent], child, 0)
        score = sum(
            pose[part][2] for part in range(17) if not any(near(other[part], pose[part]) for _, other in found)
        )
        found.append((score / 17, [pose[part] for part in range(17)]))
    return found


@pytest.mark.parametrize("seed", range(6))
def test_it_is_the_algorithm_of_its_publisher_whatever_is_in_the_maps(seed: int) -> None:
    lots = np.random.default_rng(seed)
    size, most = (257, 193), int(lots.integers(1, 12))
    logits, *fields = paint_posenet(crowd(6, seed=seed) * 0.4, size, 16)
    noise = float(lots.uniform(0.5, 5))  # until nothing is left of the people
    scores = scores_of(logits + lots.normal(0, noise, logits.shape), logits=True).astype(np.float32)
    offsets, *ways = (f + lots.normal(0, 6 * noise, f.shape).astype(np.float32) for f in fields)
    maps = Maps(scores, offsets, *ways)
    options = PoseNetOptions(max_pose_detections=most, min_pose_confidence=0)
    found, expected = decode_multiple(maps, options, stride=16), by_the_book(maps, options, 16)
    assert len(roots(scores, 0.5)[0]) > AT_ONCE * most or most > 5  # more than fits into one go
    assert len(found.score) == len(expected) > 0
    np.testing.assert_allclose(found.score, [score for score, _ in expected], atol=1e-5)
    places = np.array([pose for _, pose in expected])
    np.testing.assert_allclose(found.xy, places[..., :2], atol=1e-2)
    np.testing.assert_allclose(found.confidence, places[..., 2], atol=1e-6)


@pytest.mark.parametrize(("apart", "people"), [(0.0, 1), (19.9, 1), (20.0, 1), (20.1, 2), (60.0, 2)])
def test_poses_within_the_radius_are_one(apart: float, people: int) -> None:
    maps = empty()
    for x, extra in ((160, 0.0), (224, 64 - apart)):
        maps.scores[10, x // 16] = 0.9
        maps.offsets[10, x // 16, 17:] = -extra
    assert len(decode_multiple(maps, PLAIN, stride=16).score) == people


def test_parts_that_an_earlier_pose_has_do_not_count_for_a_later_one() -> None:
    maps = empty()
    maps.scores[10, 10] = 0.9
    maps.scores[10, 20] = 0.8
    maps.offsets[10, 20, 17 : 17 + 16] = -160  # but for the right ankle all are where those of the first are
    found = decode_multiple(maps, PLAIN, stride=16)
    np.testing.assert_allclose(found.score, [0.9, 0.8 / 17], atol=1e-6)
    assert len(decode_multiple(maps, PoseNetOptions(), stride=16).score) == 1


def test_a_pose_begins_where_no_neighbour_is_surer() -> None:
    scores = empty(4, 3).scores
    scores[..., 2] = [[0.6, 0.7, 0.2, 0.9], [0.6, 0.55, 0.2, 0.9], [0.8, 0.1, 0.6, 0.7]]
    scores[1, 1, 5] = 0.99
    cells, parts = roots(scores, 0.5)
    assert list(zip(cells.tolist(), parts.tolist(), strict=True)) == [(5, 5), (3, 2), (7, 2), (8, 2), (1, 2)]


@pytest.mark.parametrize(("score", "people"), [(0.5, 1), (np.nextafter(np.float32(0.5), np.float32(0)), 0)])
def test_a_pose_begins_at_the_threshold(score: float, people: int) -> None:
    maps = empty()
    maps.scores[10, 10] = score
    for decoding in (decode_single, decode_multiple):
        assert len(decoding(maps, PoseNetOptions(), stride=16).score) == people


def test_what_is_not_sure_enough_for_a_pose_takes_no_place() -> None:
    people = crowd(1)
    maps = painted(people)
    maps.scores[30, 40, WRIST] = 1  # surer than all of the body, and alone
    assert maps.forward is not None
    assert maps.backward is not None
    for field in (maps.forward, maps.backward, maps.offsets):
        field[30, 40] = 0  # no way leads to the body
    found = decode_multiple(maps, PoseNetOptions(max_pose_detections=1), stride=16)
    assert off(found, people) < 1
    alone = decode_multiple(maps, PoseNetOptions(max_pose_detections=1, min_pose_confidence=0), stride=16)
    assert alone.score[0] < 0.15


def test_hidden_parts_are_not_seen_and_the_others_stay() -> None:
    people = crowd(2)
    maps = painted(people)
    hidden = [COCO_17.points.index(f"{side}_{part}") for side in ("left", "right") for part in ("knee", "ankle")]
    maps.scores[..., hidden] = 0.02
    found = decode(maps, PoseNetOptions(), stride=16)
    seen = np.setdiff1d(np.arange(17), hidden)
    assert (found.confidence[:, hidden] == 0).all()
    assert (found.confidence[:, seen] > 0.5).all()
    assert off(Found(found.xy[:, seen], found.confidence, found.score), people[:, seen]) < 1


def test_nobody_is_nobody() -> None:
    for decoding in (decode_single, decode_multiple):
        found = decoding(empty(), PoseNetOptions(), stride=16)
        assert (found.xy.shape, found.confidence.shape, found.score.shape) == ((0, 17, 2), (0, 17), (0,))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1e38, -1e38])
def test_numbers_that_are_none_do_no_harm(bad: float) -> None:
    people = crowd(3)
    logits, *fields = paint_posenet(people, SIZE, 16)
    lots = np.random.default_rng(0)
    for field in (logits, *fields):
        field[lots.random(field.shape) < 0.2] = bad
    for given in (logits, np.full_like(logits, bad)):
        maps = Maps(scores_of(given, logits=True), *fields)
        for decoding in (decode_single, decode_multiple):
            found = decoding(maps, PLAIN, stride=16)
            assert np.isfinite(found.xy).all()
            assert (found.confidence >= 0).all()
            assert (found.confidence <= 1).all()


def test_a_map_that_is_the_same_everywhere_is_no_endless_work() -> None:
    maps = empty(129, 129)
    maps.scores[:] = 0.5  # every cell is the surest of its neighbours
    assert len(roots(maps.scores, 0.5)[0]) == MOST_ROOTS
    found = decode_multiple(maps, PoseNetOptions(max_pose_detections=100), stride=8)
    apart = np.linalg.norm(found.xy[:, None, 0] - found.xy[None, :, 0], axis=-1)
    assert (apart[~np.eye(len(apart), dtype=bool)] > 20).all()


def test_raw_heat_maps_get_a_sigmoid_and_others_are_taken_as_they_are() -> None:
    np.testing.assert_allclose(scores_of(np.array([0.0, 2.0, -2.0, 900.0, -900.0]), logits=True),
                               [0.5, 1 / (1 + np.exp(-2)), 1 / (1 + np.exp(2)), 1, 0], atol=1e-12)  # fmt: skip
    np.testing.assert_allclose(scores_of(np.array([0.0, 0.3, 1.0, 2.0, -1.0]), logits=False), [0, 0.3, 1, 1, 0])


def test_the_tree_reaches_every_part_from_every_other_once() -> None:
    for root in range(17):
        reached = [root]
        for level in LEVELS:
            moves = MOVES[level[root][level[root] >= 0]]
            assert set(moves[:, 0]) <= set(reached)
            reached += moves[:, 1].tolist()
        assert sorted(reached) == list(range(17))


@pytest.mark.parametrize(
    "wrong",
    [
        {"image_scale_factor": 0.19},
        {"image_scale_factor": 1.01},
        {"output_stride": 4},
        {"max_pose_detections": 0},
        {"nms_radius": 0.0},
        {"pose_confidence_threshold": 1.1},
        {"min_part_confidence": -0.1},
        {"min_pose_confidence": float("nan")},
    ],
)
def test_values_out_of_range_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        PoseNetOptions(**wrong)  # type: ignore[arg-type]


def test_defaults_are_those_of_the_papers() -> None:
    options = PoseNetOptions()
    assert (options.image_scale_factor, options.flip_horizontal, options.output_stride) == (0.5, False, 16)
    assert (options.max_pose_detections, options.pose_confidence_threshold, options.nms_radius) == (5, 0.5, 20)
