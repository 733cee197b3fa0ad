"""MoveNet in numbers: what its outputs say, and where single-pose looks next."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from dotnets import somebody

from posegames.body.views import COCO_17
from posegames.seeing.estimators.fitting import roomy
from posegames.seeing.estimators.movenet import DEFAULTS, MoveNetOptions
from posegames.seeing.estimators.movenet.crop import Crop, CropLoop, around, body_crop, middle, whole
from posegames.seeing.estimators.movenet.decode import decoded, is_single
from posegames.seeing.estimators.movenet.estimator import cut

WIDTH, HEIGHT = 640, 480


def single(confidence: Any = 0.9) -> np.ndarray:
    """An output of single-pose: point n at y = .1 + n / 100, x = .5 + n / 100."""
    output = np.empty((1, 1, 17, 3), dtype=np.float32)
    output[..., 0], output[..., 1] = 0.1 + np.arange(17) / 100, 0.5 + np.arange(17) / 100
    output[..., 2] = confidence
    return output


def several(*scores: float) -> np.ndarray:
    """An output of multi-pose: person n's points are all at y = .1 * n, x = .2 * n, as sure as .5 + .05 * n."""
    output = np.zeros((1, 6, 56), dtype=np.float32)
    for n, score in enumerate(scores):
        output[0, n, :51] = np.tile([0.1 * n, 0.2 * n, 0.5 + 0.05 * n], 17)
        output[0, n, 51:] = [7, 7, 7, 7, score]  # its box is not looked at
    return output


def test_single_pose_gives_y_before_x() -> None:
    people = decoded(single(), DEFAULTS)
    assert len(people) == 1
    np.testing.assert_allclose(people.xy[0, 3], [0.53, 0.13], atol=1e-6)
    np.testing.assert_allclose(people.confidence[0], 0.9)
    np.testing.assert_allclose(people.score, [0.9])


def test_the_score_of_one_person_is_the_mean_of_the_points_that_count() -> None:
    confidence = np.full(17, 0.19)
    confidence[:2] = 0.6, 0.3
    people = decoded(single(confidence), DEFAULTS)
    np.testing.assert_allclose(people.score, [0.45], atol=1e-6)
    np.testing.assert_allclose(people.confidence[0], confidence)  # those that do not count are told all the same
    least = float(np.float32(0.2))
    assert len(decoded(single(0.2), MoveNetOptions(min_crop_keypoint_score=least, min_pose_score=0.1))) == 0
    assert len(decoded(single(0.0), MoveNetOptions(min_pose_score=0))) == 1


@pytest.mark.parametrize(("score", "there"), [(0.25, 1), (0.2499, 0)])
def test_a_body_as_sure_as_the_least_is_one(score: float, there: int) -> None:
    assert len(decoded(single(score), DEFAULTS)) == there
    assert len(decoded(several(score), DEFAULTS)) == there


def test_multi_pose_gives_the_surest_first() -> None:
    people = decoded(several(0.3, 0.9, 0.1, 0.6), DEFAULTS)
    np.testing.assert_allclose(people.score, [0.9, 0.6, 0.3], atol=1e-6)
    np.testing.assert_allclose(people.xy[:, 5], [(0.2, 0.1), (0.6, 0.3), (0, 0)], atol=1e-6)
    np.testing.assert_allclose(people.confidence[:, 16], [0.55, 0.65, 0.5], atol=1e-6)


@pytest.mark.parametrize("broken", [np.nan, np.inf, -np.inf, 1e38, -1e38, 1e300])
@pytest.mark.parametrize("where", [0, 1, 2])
def test_numbers_that_are_none_are_points_not_seen(broken: float, where: int) -> None:
    one, six = single().astype(float), several(0.9).astype(float)
    one[0, 0, 4, where] = six[0, 0, 4 * 3 + where] = broken
    for output in (one, six):
        people = decoded(output, DEFAULTS)
        assert len(people) == 1
        high = where == 2 and broken == 1e38  # a score, if a strange one
        assert people.confidence[0, 4] == (1 if high else 0)
        assert np.isfinite(np.delete(people.xy[0], 4, axis=0)).all()
        assert (people.confidence >= 0).all()
        assert (people.confidence <= 1).all()


@pytest.mark.parametrize("broken", [np.nan, np.inf, -np.inf, -1e300])
def test_a_body_whose_score_is_no_number_is_none(broken: float) -> None:
    output = several(0.9, 0.8).astype(float)
    output[0, 0, 55] = broken
    np.testing.assert_allclose(decoded(output, DEFAULTS).score, [0.8], atol=1e-6)


def test_points_a_little_outside_are_kept() -> None:
    output = single()
    output[0, 0, :3, 1] = -0.2, 1.3, 2.1
    xy = decoded(output, DEFAULTS).xy[0]
    np.testing.assert_allclose(xy[:2, 0], [-0.2, 1.3], atol=1e-6)
    assert np.isnan(xy[2]).all()


def test_the_shape_tells_which_it_is() -> None:
    assert is_single((1, 1, 17, 3)) is True
    assert is_single((1, 6, 56)) is False
    assert is_single((1, 1, 56)) is False
    for shape in ((1, 17, 3), (1, 0, 56), (2, 6, 56), (1, 56, 8400), (1, 1, 17, 4), (56,), ()):
        assert is_single(shape) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"min_pose_score": 1.1},
        {"min_pose_score": float("nan")},
        {"min_crop_keypoint_score": -0.1},
        {"torso_expansion_ratio": 0.5},
        {"body_expansion_ratio": float("inf")},
        {"crop_filter_alpha": 0},
        {"multi_pose_max_dimension": 250},
        {"multi_pose_max_dimension": 1024},
    ],
)
def test_options_that_cannot_be_meant_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        MoveNetOptions(**wrong)


def body(torso: float = 60, at: tuple[float, float] = (300, 240)) -> tuple[np.ndarray, np.ndarray]:
    """Places in pixels and confidence of who stands with the hips there."""
    pose = somebody(at[0] / HEIGHT, at[1] / HEIGHT, torso / HEIGHT)
    xy, confidence = COCO_17.of(pose)
    return xy * HEIGHT, confidence


def crop_of(xy: np.ndarray, confidence: np.ndarray) -> Crop | None:
    return body_crop(xy, confidence, WIDTH, HEIGHT, DEFAULTS)


def test_the_crop_reaches_past_the_farthest_point_around_the_hips() -> None:
    xy, confidence = body()  # the ankles, 1.6 torsos below the hips, are farthest
    crop = crop_of(xy, confidence)
    assert crop is not None
    np.testing.assert_allclose((crop.left, crop.top, crop.side), (300 - 115.2, 240 - 115.2, 230.4), rtol=1e-5)


def test_of_a_torso_alone_the_crop_reaches_farther() -> None:
    xy, confidence = body()
    confidence = np.where(np.isin(np.arange(17), [5, 6, 11, 12]), confidence, 0.1)
    crop = crop_of(xy, confidence)
    assert crop is not None
    assert crop.side == pytest.approx(2 * 1.9 * 60, rel=1e-5)


@pytest.mark.parametrize(("hidden", "there"), [((5,), True), ((5, 12), True), ((5, 6), False), ((11, 12), False)])
def test_a_shoulder_and_a_hip_are_needed(hidden: tuple[int, ...], there: bool) -> None:
    xy, confidence = body()
    confidence = confidence.copy()
    confidence[list(hidden)] = 0.2  # not more than the least
    assert (crop_of(xy, confidence) is not None) is there


def test_points_unsure_do_not_widen_the_crop() -> None:
    xy, confidence = body()
    xy, confidence = xy.copy(), confidence.copy()
    before = crop_of(xy, confidence)
    xy[9], confidence[9] = (0, 0), 0.19
    assert crop_of(xy, confidence) == before
    confidence[9] = 0.2
    assert crop_of(xy, confidence) != before


def test_who_fills_the_picture_gets_all_of_it() -> None:
    assert crop_of(*body(torso=160)) is not None
    assert crop_of(*body(torso=180)) is None


def test_beside_an_edge_the_crop_reaches_beyond_it() -> None:
    crop = crop_of(*body(at=(20, 470)))
    assert crop is not None
    np.testing.assert_allclose((crop.left, crop.top, crop.side), (20 - 115.2, 470 - 115.2, 230.4), rtol=1e-5)


@pytest.mark.parametrize("point", [5, 11])
def test_what_is_no_body_gets_the_whole_picture(point: int) -> None:
    xy, confidence = body()
    xy = xy.copy()
    xy[point] = np.nan
    assert crop_of(xy, confidence) is None
    assert crop_of(np.full((17, 2), 100.0), confidence) is None  # all in one place
    assert crop_of(*body(torso=3)) is None


def test_the_loop_begins_with_everything_and_while_nobody_is_there_also_looks_into_the_middle() -> None:
    loop = CropLoop(DEFAULTS)
    seen = []
    for _ in range(4):
        seen.append(loop.where(WIDTH, HEIGHT))
        loop.lost()
    assert seen == [Crop(0, -80, 640), Crop(80, 0, 480)] * 2
    assert (whole(WIDTH, HEIGHT), middle(WIDTH, HEIGHT)) == tuple(seen[:2])


def test_who_is_lost_is_looked_for_everywhere_first() -> None:
    loop = CropLoop(DEFAULTS)
    loop.where(WIDTH, HEIGHT)
    loop.lost()
    loop.where(WIDTH, HEIGHT)
    loop.found(*body())
    assert loop.where(WIDTH, HEIGHT).side < 300
    loop.lost()
    assert loop.where(WIDTH, HEIGHT) == whole(WIDTH, HEIGHT)


def test_who_shows_no_torso_is_looked_at_in_the_whole_picture_and_if_lost_there_in_the_middle() -> None:
    loop = CropLoop(DEFAULTS)
    loop.where(WIDTH, HEIGHT)
    loop.found(*body())
    xy, confidence = body()
    for _ in range(3):
        loop.found(xy, np.where(np.arange(17) < 11, confidence, 0))
    crop = loop.where(WIDTH, HEIGHT)
    np.testing.assert_allclose((crop.left, crop.top, crop.side), (0, -80, 640), atol=1)
    loop.lost()
    assert loop.where(WIDTH, HEIGHT) == middle(WIDTH, HEIGHT)


def test_the_crop_follows_with_a_little_of_the_last_one() -> None:
    loop = CropLoop(DEFAULTS)
    loop.where(WIDTH, HEIGHT)
    loop.found(*body(at=(300, 240)))
    first = loop.where(WIDTH, HEIGHT)
    assert first == crop_of(*body(at=(300, 240)))  # the first counts in full
    loop.found(*body(at=(400, 240)))
    assert loop.where(WIDTH, HEIGHT).left == pytest.approx(first.left + 90, abs=1e-3)
    loop.found(*body(at=(400, 240)))
    assert loop.where(WIDTH, HEIGHT).left == pytest.approx(first.left + 99, abs=1e-3)


@pytest.mark.parametrize("how", ["forgotten", "another size"])
def test_what_belongs_to_something_else_begins_anew(how: str) -> None:
    loop = CropLoop(DEFAULTS)
    loop.where(WIDTH, HEIGHT)
    loop.found(*body())
    size = (1280, 720)
    if how == "forgotten":
        loop.forget()
        size = (WIDTH, HEIGHT)
    assert loop.where(*size) == whole(*size)
    other = body(at=(200, 200))
    loop.found(*other)
    assert loop.where(*size) == body_crop(*other, *size, DEFAULTS)  # nothing of the last one's


@pytest.mark.parametrize(
    "crop", [whole(640, 480), middle(640, 480), Crop(200.3, 90.8, 120.5), Crop(-50, 300, 400)]
)
@pytest.mark.parametrize("side", [192, 256])
def test_a_dot_in_a_crop_is_where_it_is_in_the_picture(crop: Crop, side: int) -> None:
    spot = (crop.left + 0.6 * crop.side, crop.top + 0.4 * crop.side)
    y, x = np.mgrid[0:480, 0:640] + 0.5
    near = np.exp(-((x - spot[0]) ** 2 + (y - spot[1]) ** 2) / (2 * 8**2))
    shown, fit = cut(np.repeat((255 * near)[..., None], 3, axis=2).astype(np.uint8), crop, side)
    assert shown.shape == (side, side, 3)
    weight = shown[..., 0].astype(float)
    rows, columns = np.mgrid[0:side, 0:side] + 0.5
    found = np.array([(weight * columns).sum(), (weight * rows).sum()]) / weight.sum()
    np.testing.assert_allclose(fit.back(found), spot, atol=0.1 * crop.side / side)


def test_beyond_the_picture_a_crop_is_black() -> None:
    shown, _ = cut(np.full((480, 640, 3), 200, dtype=np.uint8), around(640, 480, 1280), 192)
    rows, columns = np.nonzero(shown[..., 0] > 100)
    assert (columns.min(), columns.max()) == (48, 143)
    assert (rows.min(), rows.max()) == (60, 131)
    assert shown[:50].max() == 0


@pytest.mark.parametrize(
    ("size", "sides"),
    [
        ((1280, 720), (256, 160)),
        ((720, 1280), (160, 256)),
        ((640, 480), (256, 192)),
        ((9, 9), (256, 256)),
        ((4000, 3), (256, 32)),
    ],
)
def test_the_input_is_the_smallest_with_sides_in_multiples_of_32(
    size: tuple[int, int], sides: tuple[int, int]
) -> None:
    assert roomy(*size, 256) == sides
