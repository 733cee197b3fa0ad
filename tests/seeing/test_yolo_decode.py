"""YOLO-pose in numbers: what rows of both kinds say, which boxes are one person's, which shapes are known."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from posegames.body.pose import Floats
from posegames.seeing.estimators.yolo.decode import (
    LAYOUTS,
    MOST_CANDIDATES,
    Found,
    Layout,
    YoloOptions,
    corners,
    decode,
    layout_of,
    nms,
    overlaps,
)

UPRIGHT, LYING, FINAL = LAYOUTS
DEFAULTS = YoloOptions()
BODY = np.stack([np.arange(17) % 5 * 15, np.arange(17) * 10], axis=1).astype(np.float32)
"""Points (17, 2), 60 pixels wide and 160 high."""


def body(x: float, y: float) -> Floats:
    """The points of who has the first one there."""
    moved: Floats = BODY + np.array([x, y])
    return moved


def row(x: float, y: float, score: float, *, final: bool = False, sure: Any = 0.9, kind: float = 0) -> Floats:
    """The row, as an anchor's or final, of such a body in a box that is 10 pixels larger."""
    points = body(x, y)
    low, high = points.min(axis=0) - 10, points.max(axis=0) + 10
    box = [*low, *high, score, kind] if final else [*(low + high) / 2, *(high - low), score]
    seen = np.column_stack([points, np.broadcast_to(sure, 17)])
    return np.concatenate([box, seen.ravel()]).astype(np.float32)


def laid(layout: Layout, *rows: Floats, count: int = 84, dtype: str = "float32") -> Floats:
    """An output with these rows somewhere among rows of zeros."""
    output = np.zeros((count, layout.fields), dtype=dtype)
    output[np.linspace(0, count - 1, len(rows)).astype(int)] = np.array(rows).reshape(-1, layout.fields)
    return np.ascontiguousarray(output.T if layout.upright else output)[None]


def found(layout: Layout, *rows: Floats, dtype: str = "float32", **options: Any) -> Found:
    return decode(laid(layout, *rows, dtype=dtype), layout, YoloOptions(**options))


def around(x: float, y: float, score: float) -> list[Floats]:
    """The rows of nine anchors for one body: the surest is right, the others are a little beside."""
    beside = [(i * 3.0, j * 4.0) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    return [row(x + i, y + j, score - 0.01 * (abs(i) + abs(j))) for i, j in beside]


@pytest.mark.parametrize("dtype", ["float32", "float16", "float64"])
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.shown)
def test_several_people_come_back_within_a_pixel_the_surest_first(layout: Layout, dtype: str) -> None:
    places = [(40, 300, 0.4), (300, 40, 0.9), (500, 420, 0.7)]
    rows = [row(*place, final=True) for place in places]
    if not layout.final:
        rows = [one for place in places for one in around(*place)]
    people = found(layout, *rows, dtype=dtype)
    np.testing.assert_allclose(people.score, [0.9, 0.7, 0.4], atol=1e-3)
    expected = [body(x, y) for x, y, _ in sorted(places, key=lambda place: -place[2])]
    assert np.abs(people.xy - expected).max() < (0.3 if dtype == "float16" else 1e-4)
    np.testing.assert_allclose(people.confidence, 0.9, atol=1e-3)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.shown)
@pytest.mark.parametrize(("score", "there"), [(0.25, 0), (np.nextafter(np.float32(0.25), 1), 1), (0.1, 0)])
def test_a_score_must_be_above_conf(layout: Layout, score: float, there: int) -> None:
    assert len(found(layout, row(9, 9, score, final=layout.final)).score) == there
    assert len(found(layout, row(9, 9, score, final=layout.final), conf=0.05).score) == 1


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.shown)
def test_rows_left_over_are_nobody_even_where_all_count(layout: Layout) -> None:
    assert len(found(layout, row(9, 9, 0.5, final=layout.final), conf=0).score) == 1
    nobody = found(layout, conf=0)
    assert nobody.xy.shape == (0, 17, 2)
    assert nobody.confidence.shape == (0, 17)


def test_a_point_must_be_as_sure_as_kpt_conf() -> None:
    sure = np.full(17, 0.8)
    sure[:4] = 0.25, 0.2499, 0.6, 0
    people = found(UPRIGHT, row(50, 50, 0.9, sure=sure))
    assert np.flatnonzero(people.confidence[0] == 0).tolist() == [1, 3]
    assert people.xy[0, 1].tolist() == [0, 0]
    np.testing.assert_allclose(people.xy[0, 0], BODY[0] + 50)
    assert np.flatnonzero(found(UPRIGHT, row(50, 50, 0.9, sure=sure), kpt_conf=0.7).confidence == 0).size == 4


def beside(over: float) -> float:
    """How far beside it a body's box overlaps its own by so much (both are 80 pixels wide)."""
    return 80 * (1 - over) / (1 + over)


@pytest.mark.parametrize("layout", [UPRIGHT, LYING], ids=lambda layout: layout.shown)
@pytest.mark.parametrize("iou", [0.45, 0.7])
def test_boxes_that_overlap_by_more_than_iou_are_one_persons(layout: Layout, iou: float) -> None:
    for over, there in ((iou + 0.01, 1), (iou - 0.01, 2), (0.0, 2)):
        rows = row(100, 100, 0.6), row(100 + beside(over), 100, 0.8)
        people = found(layout, *rows, iou=iou)
        assert people.score.tolist() == pytest.approx([0.8, 0.6][:there])
        np.testing.assert_allclose(people.xy[0], body(100 + beside(over), 100), atol=1e-4)


def test_a_box_is_dropped_only_by_one_that_remains() -> None:
    # The second is the first's double; the third overlaps the second, and hardly the first.
    step = beside(0.6)
    rows = [row(100 + i * step, 100, 0.9 - 0.1 * i) for i in range(3)]
    people = found(UPRIGHT, *rows, iou=0.5)
    np.testing.assert_allclose(people.xy[:, 0, 0], [100, 100 + 2 * step], atol=1e-4)


def test_a_net_with_a_row_for_every_person_is_taken_at_its_word() -> None:
    rows = [row(100 + i, 100, 0.9 - 0.1 * i, final=True) for i in range(3)]
    assert len(found(FINAL, *rows).score) == 3


def test_what_is_no_person_is_left_out() -> None:
    rows = [row(100 * i, 100, 0.9, final=True, kind=kind) for i, kind in enumerate((1, 0, 0.5, np.nan))]
    np.testing.assert_allclose(found(FINAL, *rows).xy[:, 0], [(100, 100)])


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.shown)
def test_no_more_than_max_det_and_the_surest(layout: Layout) -> None:
    rows = [row(90 * i, 50, 0.3 + 0.1 * i, final=layout.final) for i in range(5)]
    np.testing.assert_allclose(found(layout, *rows, max_det=2).score, [0.7, 0.6], atol=1e-6)


def some_boxes(seed: int, count: int = 300) -> tuple[Floats, Floats]:
    """Crowded boxes (N, 4; corners) and scores (N), the surest first."""
    random = np.random.default_rng(seed)
    low = random.uniform(0, 400, (count, 2))
    boxes = np.concatenate([low, low + random.uniform(20, 250, (count, 2))], axis=1)
    return boxes, np.sort(random.uniform(0, 1, count))[::-1]


@pytest.mark.parametrize("iou", [0.1, 0.3, 0.45, 0.7])
def test_the_same_boxes_remain_as_by_opencv(iou: float) -> None:
    for seed in range(5):
        boxes, scores = some_boxes(seed)
        sizes = np.concatenate([boxes[:, :2], boxes[:, 2:] - boxes[:, :2]], axis=1)
        expected = cv2.dnn.NMSBoxes(sizes.tolist(), scores.tolist(), 0.0, iou)
        assert 5 < len(expected) < 300
        assert nms(boxes, iou, 300).tolist() == list(expected)


@pytest.mark.parametrize("layout", [UPRIGHT, LYING], ids=lambda layout: layout.shown)
def test_from_an_output_the_same_people_remain_as_by_opencv(layout: Layout) -> None:
    random = np.random.default_rng(7)
    rows = [row(x, y, score) for x, y, score in random.uniform(0, 1, (80, 3)) * (300, 300, 1)]
    sizes = [(x - w / 2, y - h / 2, w, h) for x, y, w, h in np.array(rows)[:, :4].astype(float)]
    expected = cv2.dnn.NMSBoxes(sizes, [float(one[4]) for one in rows], 0.3, 0.5)
    assert 5 < len(expected) < 60
    people = found(layout, *rows, conf=0.3, iou=0.5)
    np.testing.assert_array_equal(people.score, [rows[i][4] for i in expected])
    np.testing.assert_array_equal(people.xy[:, 0], [rows[i][5:7] for i in expected])


def test_overlaps_by_hand() -> None:
    box, others = (
        np.array([0, 0, 10, 10]),
        np.array([(5, 0, 15, 10), (0, 0, 10, 10), (10, 0, 20, 10), (2, 2, 4, 7)]),
    )
    np.testing.assert_allclose(overlaps(box, others), [50 / 150, 1, 0, 0.1])
    np.testing.assert_array_equal(corners(np.array([[10.0, 20, 4, 6]])), [(8, 17, 12, 23)])


def test_of_a_net_that_sees_somebody_everywhere_the_surest_are_looked_at() -> None:
    for same in (MOST_CANDIDATES - 1, MOST_CANDIDATES):
        rows = np.tile(row(300, 50, 0.9), (MOST_CANDIDATES + 500, 1))
        rows[same:, 0] += 20 * np.arange(1, len(rows) - same + 1)  # the less sure are beside each other
        rows[same:, 4] = 0.5
        assert len(decode(rows[None], LYING, DEFAULTS).score) == MOST_CANDIDATES - same + 1


BROKEN = [np.nan, np.inf, -np.inf, 1e38, -1e38, 1e300]


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.shown)
def test_a_broken_box_is_nobody_and_the_others_stay(layout: Layout, broken: float) -> None:
    for field in range(4):
        whole, bad = (row(x, 50, 0.9, final=layout.final).astype(np.float64) for x in (50, 300))
        bad[field] = broken
        people = found(layout, bad, whole, dtype="float64")
        np.testing.assert_allclose(people.xy[:, 0], [(50, 50)])


@pytest.mark.parametrize("broken", [np.nan, np.inf, -np.inf, -1e38, 1e300])
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.shown)
def test_a_broken_score_is_nobody(layout: Layout, broken: float) -> None:
    whole, bad = (row(x, 50, 0.9, final=layout.final).astype(np.float64) for x in (50, 300))
    bad[4] = broken
    np.testing.assert_allclose(found(layout, bad, whole, dtype="float64").xy[:, 0], [(50, 50)])


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.shown)
def test_a_broken_point_is_not_seen(layout: Layout, broken: float) -> None:
    for field in range(3):
        bad = row(50, 50, 0.9, final=layout.final).astype(np.float64)
        bad[layout.fields - 51 + 3 * 4 + field] = broken
        people = found(layout, bad, dtype="float64")
        confident = field == 2 and broken == 1e38  # a confidence, if a strange one
        assert people.confidence[0, 4] == (1 if confident else 0)
        assert np.isfinite(people.xy).all()
        np.testing.assert_allclose(np.delete(people.xy[0], 4, axis=0), np.delete(BODY + 50, 4, axis=0))


@pytest.mark.parametrize("size", [(0, 160), (60, 0), (-60, 160), (1e-30, 1e-30)])
def test_boxes_with_nothing_in_them_are_nobody(size: tuple[float, float]) -> None:
    bad = row(300, 50, 0.9)
    bad[2:4] = size
    np.testing.assert_allclose(found(UPRIGHT, bad, row(50, 50, 0.5)).xy[:, 0], [(50, 50)])
    turned = row(300, 50, 0.9, final=True)
    turned[:4] = turned[[2, 3, 0, 1]]
    assert len(found(FINAL, turned).score) == 0


def test_the_smallest_boxes_have_an_overlap() -> None:
    tiny = np.array([(0, 0, 1e-40, 1e-40)] * 2, dtype=np.float32)
    assert nms(tiny, 0.7, 9).tolist() == [0]


@pytest.mark.parametrize(
    ("shape", "layout"),
    [
        ((1, 56, 8400), UPRIGHT),
        ((1, 56, 2100), UPRIGHT),
        ((1, 56, 34000), UPRIGHT),  # 1280 pixels, four sizes of anchors
        ((1, 56, 1), UPRIGHT),
        ((1, 8400, 56), LYING),
        ((1, 57, 56), LYING),
        ((1, 300, 57), FINAL),
        ((1, 1000, 57), FINAL),
        ((1, 1, 57), FINAL),
    ],
)
def test_the_shape_tells_the_layout(shape: tuple[int, ...], layout: Layout) -> None:
    assert layout_of(shape) is layout


@pytest.mark.parametrize(
    "shape",
    [
        (1, 56, 56),  # on end, or lying
        (1, 56, 57),  # 57 anchors on end, or 56 people
        (1, 57, 8400),  # two classes
        (1, 57, 300),
        (1, 25500, 57),  # YOLOv7's
        (1, 1001, 57),
        (1, 84, 8400),  # without points: YOLOv8's 80 classes
        (1, 300, 6),
        (1, 39, 8400),  # points without confidence
        (2, 56, 8400),
        (1, 56, 0),
        (1, 0, 57),
        (56, 8400),
        (1, 1, 56, 8400),
        (),
    ],
)
def test_other_shapes_are_none_of_ours(shape: tuple[int, ...]) -> None:
    assert layout_of(shape) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"conf": 1.1},
        {"conf": -0.1},
        {"iou": float("nan")},
        {"kpt_conf": float("inf")},
        {"max_det": 0},
        {"max_det": 1001},
        {"imgsz": 650},
        {"imgsz": 0},
        {"imgsz": 4096},
    ],
)
def test_options_that_cannot_be_meant_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=f"^{next(iter(wrong))} must"):
        YoloOptions(**wrong)
