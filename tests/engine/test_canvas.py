from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pygame
import pytest

from posegames.engine.canvas import Canvas, Ink
from posegames.engine.figure import Body, Skeleton, draw_figure, draw_skeletons
from posegames.engine.shapes import OUTLINES, draw_shape
from posegames.engine.theme import HIGH_CONTRAST, THEATRE, Theme
from posegames.engine.view import View
from posegames.engine.widgets import keys, pill, progress, tag
from posegames.seeing.ink import Fill
from posegames.seeing.sighting import Frame, Picture, Sighting
from posegames.testing import HANDS_UP, assert_picture, body

GOLDEN = Path(__file__).parents[1] / "golden"
WHITE = (255, 255, 255)
BAD = (math.nan, math.inf, -math.inf, 1e30, -1e9)

Draw = Callable[[Canvas, float], object]


def canvas(size: tuple[int, int] = (200, 100)) -> Canvas:
    return Canvas(pygame.Surface(size, depth=32))


def shown(drawn: Canvas) -> Picture:
    return drawn.pixels()[..., :3]


PRIMITIVES: dict[str, Draw] = {
    "capsule": lambda c, v: c.capsule((50, 50), (v, 60), WHITE, 8),
    "capsule's width": lambda c, v: c.capsule((50, 50), (90, 60), WHITE, v),
    "strokes": lambda c, v: c.strokes([[(10, 10), (20, v), (30, 10)]], WHITE, 4),
    "polygon": lambda c, v: c.polygon([(10, 10), (v, 20), (30, 40)], WHITE),
    "disc": lambda c, v: c.disc((50, v), 9, WHITE),
    "disc's radius": lambda c, v: c.disc((50, 50), v, WHITE),
    "ring": lambda c, v: c.ring((50, 50), v, WHITE),
    "wide ring": lambda c, v: c.ring((v, 50), 90, WHITE),
    "rectangle": lambda c, v: c.rectangle((10, 10, v, 30), WHITE, radius=4),
    "panel": lambda c, v: c.rectangle((10, v, 20, 30), WHITE, radius=4, alpha=0.5),
    "shape": lambda c, v: draw_shape(c, "star", (50, v), 9, WHITE),
    "shape's radius": lambda c, v: draw_shape(c, "cross", (50, 50), v, WHITE),
    "glow": lambda c, v: c.glow((50, v), 30, WHITE),
    "spotlight": lambda c, v: c.spotlight((50, 90), v, WHITE),
    "shadow": lambda c, v: c.shadow((v, 90), 60, 20),
    "text": lambda c, v: c.text("hello", (50, v)),
}


@pytest.mark.parametrize("draw", PRIMITIVES.values(), ids=PRIMITIVES)
def test_what_is_not_finite_or_far_away_is_not_drawn(draw: Draw) -> None:
    drawn = canvas()
    for value in BAD:
        draw(drawn, value)
    assert not shown(drawn).any()
    if draw is PRIMITIVES["shadow"]:
        drawn.fill(WHITE)  # a shadow on black is nothing
    before = shown(drawn).copy()
    draw(drawn, 48.0)
    assert (shown(drawn) != before).any()


def test_alpha_that_is_no_number_draws_nothing() -> None:
    drawn = canvas()
    drawn.disc((50, 50), 9, WHITE, alpha=math.nan)
    drawn.rectangle((10, 10, 20, 20), WHITE, alpha=math.nan)
    assert not shown(drawn).any()


def test_a_capsule_is_as_wide_as_said_with_round_ends_and_smooth_edges() -> None:
    drawn = canvas()
    drawn.capsule((40, 50), (160, 50), WHITE, 20)
    picture = shown(drawn)
    column = picture[:, 100, 0]
    assert 19 <= (column > 127).sum() <= 21
    assert picture[50, 33, 0] == 255  # the round end
    assert picture[41, 31, 0] == 0  # whose corner is missing
    slanted = canvas()
    slanted.capsule((40, 20), (160, 80), WHITE, 20)
    assert len(np.unique(shown(slanted))) > 10  # shades of grey along the edge


def test_a_slow_disc_moves_by_less_than_a_pixel() -> None:
    middles = []
    for i in range(9):
        drawn = canvas()
        drawn.disc((50 + i / 8, 50), 6, WHITE)
        weight = shown(drawn)[..., 0].sum(axis=0).astype(float)
        middles.append(float((weight * np.arange(200)).sum() / weight.sum()))
    assert np.diff(middles).max() < 0.5
    assert middles[-1] - middles[0] == pytest.approx(1.0, abs=0.05)


def test_the_colour_is_kept_in_any_order_of_bytes() -> None:
    odd = Canvas(pygame.Surface((60, 60), depth=32, masks=(0xFF, 0xFF00, 0xFF0000, 0)))
    odd.capsule((10, 10), (50, 50), (250, 120, 30), 10)
    assert tuple(odd.surface.get_at((30, 30))) == (250, 120, 30, 255)
    assert shown(odd)[30, 30].tolist() == [30, 120, 250]


def test_every_shape_has_about_the_same_area_and_its_own_outline() -> None:
    players = {look.shape for look in THEATRE.players}
    assert len(players) == len(THEATRE.players) == 6
    areas = {}
    for shape in players:
        drawn = canvas((120, 120))
        draw_shape(drawn, shape, (60, 60), 40, WHITE)
        areas[shape] = int((shown(drawn)[..., 0] > 127).sum())
    assert max(areas.values()) < 2.2 * min(areas.values())
    assert players < set(OUTLINES)


def test_small_and_large_shapes_are_the_same() -> None:
    drawn = canvas((200, 120))
    draw_shape(drawn, "triangle", (50, 60), 24, WHITE)  # kept as a sprite
    draw_shape(drawn, "triangle", (150, 60), 24.4, WHITE)  # drawn anew
    left, right = shown(drawn)[:, :100].astype(int), shown(drawn)[:, 100:].astype(int)
    assert np.abs(left - right).mean() < 4


def quarters() -> Picture:
    """Return a picture whose quarters are blue, green, red and white, as the camera takes it."""
    picture = np.zeros((360, 640, 3), dtype=np.uint8)
    picture[:180, :320, 0] = picture[:180, 320:, 1] = picture[180:, :320, 2] = 255
    picture[180:, 320:] = 255
    return picture


def test_a_picture_is_mirrored_scaled_and_converted_once_a_sighting() -> None:
    drawn, picture = canvas((1280, 720)), quarters()
    view = View((0, 0, 1280, 720), 16 / 9)
    sighting = Sighting(0.0, 7, (), 16 / 9, frame=Frame(picture, 0.0, 7))
    assert drawn.picture(sighting, view)
    corners = shown(drawn)[[90, 90, 630, 630], [320, 960, 320, 960]]
    assert corners.tolist() == [[0, 255, 0], [255, 0, 0], [255, 255, 255], [0, 0, 255]]
    picture[:] = 9
    drawn.picture(sighting, view)  # the same sighting: what was converted is shown again
    assert shown(drawn)[90, 320].tolist() == [0, 255, 0]
    drawn.picture(Sighting(0.1, 8, (), 16 / 9, frame=Frame(picture, 0.1, 8)), view)
    assert shown(drawn)[90, 320].tolist() == [9, 9, 9]


@pytest.mark.parametrize("mirror", [True, False])
def test_picture_and_points_lie_on_each_other(mirror: bool) -> None:
    picture = np.zeros((480, 640, 3), dtype=np.uint8)
    picture[200:210, 500:510] = 255  # a spot at (505, 205): 1.052, 0.427 frame heights
    for fit in ("contain", "cover"):
        drawn = canvas((1280, 720))
        view = View((100, 50, 900, 500), 4 / 3, mirror=mirror, fit=fit)
        drawn.picture(Sighting(0, 0, (), 4 / 3, frame=Frame(picture, 0, 0)), view)
        down, across = (places.mean() for places in np.nonzero(shown(drawn)[..., 0] > 127))
        assert (across, down) == pytest.approx(view.to_screen((505 / 480, 205 / 480)), abs=1.5)
        assert not shown(drawn)[:49].any()
        assert not shown(drawn)[:, 1001:].any()


def test_a_sighting_without_a_picture_shows_none() -> None:
    drawn = canvas()
    assert not drawn.picture(Sighting(0, 0, (), 16 / 9), View((0, 0, 200, 100), 16 / 9))
    assert not shown(drawn).any()


@pytest.mark.parametrize("theme", [THEATRE, HIGH_CONTRAST], ids=lambda theme: theme.name)
def test_figures_and_widgets_look_as_they_did(theme: Theme) -> None:
    drawn = Canvas(pygame.Surface((1280, 720), depth=32), theme=theme)
    view = View((0, 0, 1280, 720), 16 / 9)
    drawn.backdrop()
    people = [
        body(1.50, height=0.72),
        body(1.08, height=0.66, moved=HANDS_UP),
        body(0.66, height=0.70, moved={"right_wrist": (-0.3, 0.8), "right_index": (-0.36, 0.8)}),
        body(0.26, height=0.70, sure=0.35),
    ]
    bodies = [Body.of(pose, view) for pose in people]
    for i, who in enumerate(bodies):
        assert who.foot
        drawn.spotlight(who.foot, 380, theme.light)
        drawn.shadow(who.foot, 200, 40)
        player = theme.look(i + 1)
        if i < 2:
            draw_figure(drawn, who, player.colour, emblem=player.shape, faint=i == 1)
        else:
            draw_skeletons(drawn, [Skeleton(who, player.colour)])
        assert who.crown
        tag(drawn, player, who.crown)
    pill(drawn, "Step back a little", (640, 60))
    keys(drawn, [("Esc", "leave"), ("S", "stage")], 680)
    progress(drawn, (1080, 60), 300, 0.62, 0.0)
    assert_picture(shown(drawn), GOLDEN / f"figures-{theme.name}.png")


def test_a_body_of_which_nothing_is_seen_is_not_drawn() -> None:
    drawn = canvas((1280, 720))
    nobody = Body.of(body(sure=0.0), View((0, 0, 1280, 720), 16 / 9))
    draw_figure(drawn, nobody, WHITE, emblem="star")
    draw_skeletons(drawn, [Skeleton(nobody, WHITE)])
    assert nobody.foot is nobody.crown is nobody.head is None
    assert not shown(drawn).any()


def test_an_upper_body_alone_is_drawn() -> None:
    view = View((0, 0, 1280, 720), 16 / 9)
    pose = body(moved=dict.fromkeys(("left_hip", "right_hip", "left_knee", "left_ankle"), (9.0, 99.0)))
    seated = Body.of(pose, view)
    drawn = canvas((1280, 720))
    draw_figure(drawn, seated, WHITE)
    draw_skeletons(drawn, [Skeleton(seated, WHITE)])
    assert shown(drawn).any()
    assert 8 < seated.torso < 720


def test_lines_of_several_colours_lie_in_their_order_and_a_single_point_is_a_dot() -> None:
    drawn = canvas()
    drawn.inks([([[(40, 50), (160, 50)]], WHITE, 20), ([[(100, 50)]], (250, 0, 0), 10)])
    picture = shown(drawn)
    assert picture[50, 100].tolist() == [0, 0, 250]
    assert picture[50, 60].tolist() == [255, 255, 255]
    assert 9 <= (picture[50, :, 0] < 127)[45:155].sum() <= 11


def test_a_polygon_among_lines_lies_in_its_place_and_a_bad_one_is_left_out() -> None:
    drawn, green = canvas(), (0, 255, 0)
    square = [(80.0, 30.0), (120.0, 30.0), (120.0, 70.0), (80.0, 70.0)]
    below: Ink = ([[(10.0, 40.0), (190.0, 40.0)]], WHITE, 6)
    above: Ink = ([[(10.0, 60.0), (190.0, 60.0)]], (255, 0, 0), 6)
    drawn.inks([below, Fill(square, green), Fill([*square, (math.nan, 1.0)], WHITE), above])
    seen = shown(drawn)[:, :, ::-1]
    assert tuple(seen[40, 40]) == WHITE
    assert tuple(seen[40, 100]) == tuple(seen[50, 100]) == green
    assert tuple(seen[60, 100]) == (255, 0, 0)


def test_what_is_far_away_is_left_out_of_a_drawing_and_nothing_else() -> None:
    drawn = canvas()
    drawn.inks([([[(40.0, 50.0), (math.nan, 50.0)], [(60.0, 50.0), (90.0, 50.0)]], WHITE, 8)])
    assert shown(drawn)[50, 75, 0] == 255
    assert not shown(drawn)[:, :50].any()


@pytest.mark.parametrize(
    "corners", [((60, 30), (140, 30), (140, 70), (60, 70)), ((60, 30), (140, 70), (140, 30), (60, 70))]
)
def test_a_polygon_with_a_rim_is_one_with_a_line_around_it(corners: tuple[tuple[float, float], ...]) -> None:
    whole, parts = canvas(), canvas()
    whole.polygon(corners, WHITE, rim=20)
    parts.strokes([[*corners, corners[0]]], WHITE, 20)
    parts.polygon(corners, WHITE)
    apart = np.abs(shown(whole).astype(np.int16) - shown(parts))
    assert (apart > 64).mean() < 0.002


def test_a_sheet_is_drawn_once_for_each_key_and_looks_like_what_it_keeps() -> None:
    drawn, plain, made = canvas(), canvas(), []

    def draw(on: Canvas, left: float = 0.0, top: float = 0.0) -> None:
        made.append(on)
        on.rectangle((left, top, 60, 40), (40, 60, 80), radius=8)
        on.capsule((left + 20, top + 20), (left + 40, top + 20), WHITE, 6)
        on.text("Owl", (left + 30, top + 20), size=20, colour=(200, 0, 0), alpha=0.5)

    for key in (1, 1, 2):
        drawn.fill((0, 0, 0))
        drawn.sheet(key, (30, 20, 60, 40), draw)
    assert len(made) == 2
    draw(plain, 30, 20)
    assert np.abs(shown(drawn).astype(np.int16) - shown(plain)).max() <= 3
    drawn.wear(HIGH_CONTRAST)
    drawn.sheet(1, (30, 20, 60, 40), draw)
    assert len(made) == 4
    drawn.sheet(3, (math.nan, 0, 60, 40), draw)
    assert len(made) == 4


def test_faded_words_are_between_the_words_and_nothing() -> None:
    full, half = canvas(), canvas()
    for drawn, alpha in ((full, 1.0), (half, 0.5)):
        drawn.text("Owl", (100, 50), size=60, colour=WHITE, alpha=alpha)
    assert shown(half).max() == pytest.approx(128, abs=3)
    assert ((shown(half) > 20) <= (shown(full) > 20)).all()
