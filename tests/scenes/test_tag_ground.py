from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pygame
import pytest

from posegames.engine.canvas import Canvas
from posegames.engine.sprites import MASKS, pixels
from posegames.engine.theme import HIGH_CONTRAST, THEATRE
from posegames.rules.arena import HIGH, WIDE, Arena, Box, Circle
from posegames.scenes.tag.field import COURT, MEADOW, TALL, Field, ground, place
from posegames.scenes.tag.runner import Runner, draw_runner

HEDGED = Arena(obstacles=(Box(3, 2, 3, 0.4), Box(9, 2, 0.4, 3)))


@pytest.fixture
def canvas() -> Iterator[Canvas]:
    pygame.font.init()
    yield Canvas(pygame.Surface((400, 300), depth=32, masks=MASKS))
    pygame.font.quit()


def test_the_whole_field_is_on_the_screen() -> None:
    (left, top), (right, bottom) = place(0, 0), place(WIDE, HIGH)
    assert 40 < left < right < 1240
    assert left == pytest.approx(1280 - right)
    assert 90 < top < bottom < 586


@pytest.mark.parametrize(
    ("arena", "expected"),
    [
        (Arena(), MEADOW),
        (Arena(obstacles=(Circle(3, 3, 0.5), Box(8, 4, 1, 1))), MEADOW),
        (Arena(obstacles=(Box(8, 4, 1, 1),)), COURT),
        (HEDGED, MEADOW),
    ],
)
def test_the_ground_fits_what_stands_on_it(arena: Arena, expected: object) -> None:
    assert ground(arena) is expected


@pytest.mark.parametrize("theme", [THEATRE, HIGH_CONTRAST], ids=lambda theme: theme.name)
def test_each_obstacle_stands_where_it_is(theme: object) -> None:
    arena = Arena(obstacles=(Circle(4, 3, 0.7), Box(8, 4, 2, 1), *HEDGED.obstacles))
    painted = Field(arena, HIGH_CONTRAST if theme is HIGH_CONTRAST else THEATRE)
    assert painted.picture.get_size() == (1280, 720)
    assert [prop.y for prop in painted.props] == [3, 4.5, 2.2, 3.5]
    for prop, (left, top, right, bottom) in zip(
        painted.props, ((3.3, 2.3, 4.7, 3.7), (8, 4, 10, 5), (3, 2, 6, 2.4), (9, 2, 9.4, 5)), strict=True
    ):
        shown = prop.picture.get_bounding_rect().move(prop.corner)
        (x0, y0), (x1, y1) = place(left, top), place(right, bottom)
        assert shown.left == pytest.approx(x0, abs=8)
        assert shown.right == pytest.approx(x1, abs=8)
        assert shown.bottom == pytest.approx(y1, abs=8)
        assert y0 - 2 * TALL < shown.top < y0 - 10  # it stands up from the ground


def count(canvas: Canvas, colour: tuple[int, int, int], *, near: int = 6) -> int:
    return int((np.abs(pixels(canvas.surface)[..., 2::-1].astype(int) - colour).max(axis=2) <= near).sum())


def drawn(canvas: Canvas, runner: Runner) -> None:
    canvas.fill((60, 60, 60))
    draw_runner(canvas, runner, 1.0)


def test_a_runner_wears_its_colour_until_it_hides(canvas: Canvas) -> None:
    look = THEATRE.look(1)
    drawn(canvas, Runner(foot=(200, 200), look=look))
    assert count(canvas, look.colour) > 500
    drawn(canvas, Runner(foot=(200, 200), look=look, faint=True))
    assert count(canvas, look.colour) == 0
    drawn(canvas, Runner(foot=(200, 200), look=look, hidden=True))
    assert 30 < count(canvas, look.colour) < 300  # only its shape, on a leaf
    assert count(canvas, THEATRE.text) > 80  # and two eyes


def test_it_is_told_without_colour(canvas: Canvas) -> None:
    """A crown stands above the head, where nothing else is."""
    look = THEATRE.look(4)
    drawn(canvas, Runner(foot=(200, 200), look=look))
    plain = pixels(canvas.surface).copy()
    drawn(canvas, Runner(foot=(200, 200), look=look, crowned=True))
    changed = np.nonzero((pixels(canvas.surface) != plain).any(axis=2))
    assert changed[0].max() < 200 - 64
    assert len(changed[0]) > 400


def test_a_back_has_no_eyes(canvas: Canvas) -> None:
    look = THEATRE.look(2)
    seen = {}
    for name, way in (("front", 1.0), ("back", -1.0)):
        drawn(canvas, Runner(foot=(200, 200), look=look, down=way, gaze=(0.0, way)))
        face = pixels(canvas.surface)[200 - 72 : 200 - 54, 190:211, :3].astype(int).sum(axis=2)
        seen[name] = int((face < 240).sum())
    assert seen["front"] > 40
    assert seen["back"] == 0


@pytest.mark.parametrize("foot", [(float("nan"), 10.0), (1e9, -1e9), (float("inf"), 0.0)])
def test_a_place_that_is_none_is_not_drawn(canvas: Canvas, foot: tuple[float, float]) -> None:
    drawn(canvas, Runner(foot=foot, look=THEATRE.look(3), crowned=True, bot=True, dizzy=1.0, safe=1.0))
    assert (pixels(canvas.surface)[..., :3] == 60).all()
