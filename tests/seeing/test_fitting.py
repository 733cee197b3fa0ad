"""Pictures of any shape in an input, and back."""

from __future__ import annotations

import numpy as np
import pytest

from posegames.seeing.estimators.fitting import fitted

SHAPES = ((1280, 720), (720, 1280), (640, 640), (333, 517), (64, 48), (4000, 3), (1, 1))


@pytest.mark.parametrize("size", SHAPES)
@pytest.mark.parametrize("asked", [(640, 640), (456, 256), (192, 192)])
def test_the_whole_picture_is_there_and_the_rest_is_grey(size: tuple[int, int], asked: tuple[int, int]) -> None:
    width, height = size
    picture, fit = fitted(np.full((height, width, 3), 200, dtype=np.uint8), *asked)
    assert picture.shape == (asked[1], asked[0], 3)
    assert set(np.unique(picture)) <= {114, 200}
    rows, columns = np.nonzero((picture == 200).all(axis=2))
    corners = np.array([(columns.min(), rows.min()), (columns.max() + 1, rows.max() + 1)])
    np.testing.assert_allclose(fit.back(corners), [(0, 0), (width, height)], atol=1e-3 * max(size))
    near, far = corners[0], np.array(asked) - corners[1]
    assert near.min() == 0  # it could not be larger
    assert np.abs(near - far).max() <= 1


@pytest.mark.parametrize("size", [(1280, 720), (360, 640), (97, 101)])
def test_a_dot_found_in_the_input_is_where_it_is_in_the_picture(size: tuple[int, int]) -> None:
    width, height = size
    spot = (0.3 * width, 0.7 * height)
    y, x = np.mgrid[0:height, 0:width] + 0.5
    near = np.exp(-((x - spot[0]) ** 2 + (y - spot[1]) ** 2) / (2 * (0.02 * width) ** 2))
    picture, fit = fitted(np.repeat((255 * near)[..., None], 3, axis=2).astype(np.uint8), 256, 256, fill=0)
    weight = picture[..., 0].astype(float)
    rows, columns = np.mgrid[0:256, 0:256] + 0.5
    found = np.array([(weight * columns).sum(), (weight * rows).sum()]) / weight.sum()
    one = 1 / min(fit.scale)  # a pixel of the input, in the picture
    np.testing.assert_allclose(fit.back(found), spot, atol=0.25 * max(one, 1))


def test_a_picture_that_fits_is_passed_on_untouched() -> None:
    picture = np.random.default_rng(0).integers(0, 255, (192, 192, 3), dtype=np.uint8)
    same, fit = fitted(picture, 192, 192)
    assert same is picture
    np.testing.assert_array_equal(fit.back(np.array([[[3.0, 4.0]]])), [[[3, 4]]])
