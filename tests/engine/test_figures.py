"""Every way to draw a body: whole, in part, far away, and in all themes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pygame
import pytest

from posegames.engine.canvas import Canvas
from posegames.engine.figure import Body, Figure, Skeleton, draw_figure, draw_figures, draw_skeletons
from posegames.engine.figures import STYLES, find_style
from posegames.engine.lamps import follow
from posegames.engine.theme import THEATRE, THEMES, Theme
from posegames.engine.view import View
from posegames.preferences import Preferences
from posegames.seeing.sighting import Picture
from posegames.testing import HANDS_UP, assert_picture, body

GOLDEN = Path(__file__).parents[1] / "golden"
VIEW = View((0, 0, 1280, 720), 16 / 9)
KICKS = {"left_knee": (0.2, 0.36), "left_ankle": (0.16, 0.14), "left_foot_index": (0.2, 0.08)}
styles = pytest.mark.parametrize("style", STYLES)


def canvas(style: str, theme: Theme = THEATRE, size: tuple[int, int] = (1280, 720)) -> Canvas:
    return Canvas(pygame.Surface(size, depth=32), theme=replace(theme, figure=style))


def near(drawn: Picture, colour: tuple[int, int, int], far: int = 70) -> int:
    return int((np.abs(drawn[..., 2::-1].astype(int) - colour).max(axis=2) < far).sum())


def test_the_usual_style_is_the_first_and_stands_in_for_unknown_ones() -> None:
    assert Preferences().figure == THEATRE.figure == next(iter(STYLES))
    assert find_style("of another version") is STYLES["paper"]


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_all_styles_look_as_they_did(theme: Theme) -> None:
    whole = pygame.Surface((1280, 1080), depth=32)
    people = [body(1.35, height=0.62), body(0.9, height=0.62, moved=HANDS_UP), body(0.4, height=0.6, moved=KICKS)]
    for i, style in enumerate(STYLES):
        drawn = canvas(style, theme)
        drawn.backdrop()
        bodies = [Body.of(pose, VIEW) for pose in people]
        follow(drawn, bodies)
        for number, one in enumerate(bodies):
            look = theme.look(1 + (i + number) % 6)
            draw_figure(drawn, one, look.colour, emblem=look.shape, faint=number == 2)
        whole.blit(pygame.transform.smoothscale(drawn.surface, (640, 360)), (i % 2 * 640, i // 2 * 360))
    assert_picture(Canvas(whole).pixels()[..., :3], GOLDEN / f"styles-{theme.name}.png")


@styles
def test_whose_figure_it_is_is_seen_by_colour_and_by_shape(style: str) -> None:
    drawn, one = canvas(style), Body.of(body(), VIEW)
    look = THEATRE.look(3)
    draw_figure(drawn, one, look.colour)
    plain = drawn.pixels()
    assert near(plain, look.colour) > 2000
    draw_figure(drawn, one, look.colour, emblem=look.shape)
    assert (drawn.pixels() != plain).any(axis=2).sum() > 150


@styles
def test_all_at_once_are_drawn_as_one_after_the_other(style: str) -> None:
    together, singly = canvas(style), canvas(style)
    bodies = [Body.of(body(x), VIEW) for x in (0.5, 0.9, 1.4)]
    draw_figures(together, [Figure(one, THEATRE.look(i + 1).colour, "star") for i, one in enumerate(bodies)])
    for i, one in enumerate(bodies):
        draw_figure(singly, one, THEATRE.look(i + 1).colour, emblem="star")
    apart = np.abs(together.pixels().astype(int) - singly.pixels()).max(axis=2)
    assert (apart > 24).mean() < 1e-3
    assert singly.pixels().any()


@styles
def test_what_is_not_seen_is_not_drawn(style: str) -> None:
    drawn = canvas(style)
    nobody = Body.of(body(sure=0.0), VIEW)
    draw_figure(drawn, nobody, (255, 255, 255), emblem="star")
    draw_skeletons(drawn, [Skeleton(nobody, (255, 255, 255))])
    assert not drawn.pixels()[..., :3].any()
    legless = body(moved=dict.fromkeys(("left_hip", "right_hip", "left_knee", "left_ankle"), (9.0, 99.0)))
    draw_figure(drawn, Body.of(legless, VIEW), (255, 255, 255), emblem="star")
    assert drawn.pixels()[..., :3].any()


@styles
def test_a_faint_figure_is_darker_and_a_small_one_smaller(style: str) -> None:
    lights = []
    for height, faint in ((0.7, False), (0.7, True), (0.2, False)):
        drawn = canvas(style)
        draw_figure(drawn, Body.of(body(height=height), VIEW), (255, 255, 255), emblem="star", faint=faint)
        lights.append(float(drawn.pixels()[..., :3].mean()))
    assert lights[1] < 0.7 * lights[0]
    assert lights[2] < 0.3 * lights[0]


@styles
def test_over_a_picture_stands_what_is_made_for_it(style: str) -> None:
    """The usual figure hides who stands behind it: there, bones and joints are shown."""
    one, colour = Body.of(body(), VIEW), THEATRE.look(1).colour
    over, alone = canvas(style), canvas(style)
    draw_skeletons(over, [Skeleton(one, colour)])
    draw_figure(alone, one, colour)
    assert (over.pixels() == alone.pixels()).all() == STYLES[style].over
