from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from posegames.engine.view import View

SCREEN = (0.0, 0.0, 1280.0, 720.0)


@pytest.mark.parametrize(
    ("view", "frame_point", "pixel"),
    [
        (View(SCREEN, 16 / 9), (0, 0), (1280, 0)),  # the camera's left is a mirror's right
        (View(SCREEN, 16 / 9), (16 / 9, 1), (0, 720)),
        (View(SCREEN, 16 / 9, mirror=False), (0, 0), (0, 0)),
        (View(SCREEN, 4 / 3), (4 / 3, 1), (160, 720)),  # bars at both sides
        (View(SCREEN, 4 / 3, fit="cover"), (4 / 3, 0), (0, -120)),  # head and feet stand over
        (View((100, 50, 320, 240), 4 / 3, mirror=False), (4 / 6, 0.5), (260, 170)),
    ],
)
def test_corners_and_middles(view: View, frame_point: tuple[float, float], pixel: tuple[float, float]) -> None:
    assert view.to_screen(frame_point) == pytest.approx(pixel, abs=0.01)
    assert view.to_frame(pixel) == pytest.approx(frame_point, abs=1e-4)


@given(
    points=st.lists(st.tuples(st.floats(-2, 4), st.floats(-2, 3)), min_size=1, max_size=33),
    aspect=st.floats(0.3, 3.5),
    mirror=st.booleans(),
    cover=st.booleans(),
)
def test_there_and_back(points: list[tuple[float, float]], aspect: float, mirror: bool, cover: bool) -> None:
    view = View((30, 40, 900, 500), aspect, mirror=mirror, fit="cover" if cover else "contain")
    assert np.allclose(view.to_frame(view.to_screen(points)), points, atol=1e-3)


def test_mirroring_twice_is_not_mirroring() -> None:
    points = np.array([[0.2, 0.5], [1.1, 0.3]], dtype=np.float32)
    mirrored, plain = View(SCREEN, 16 / 9), View(SCREEN, 16 / 9, mirror=False)
    flipped = np.array([16 / 9, 0], dtype=np.float32) + points * np.array([-1, 1], dtype=np.float32)
    assert np.allclose(mirrored.to_screen(points), plain.to_screen(flipped), atol=1e-3)


def test_what_fills_the_rectangle() -> None:
    assert View(SCREEN, 16 / 9).fills
    assert not View(SCREEN, 4 / 3).fills
    assert View(SCREEN, 4 / 3, fit="cover").fills


@pytest.mark.parametrize(("rect", "aspect"), [((0, 0, 0, 10), 1.0), (SCREEN, 0.0), (SCREEN, float("nan"))])
def test_a_view_of_nothing_is_refused(rect: tuple[float, float, float, float], aspect: float) -> None:
    with pytest.raises(ValueError, match="A view needs"):
        View(rect, aspect)
