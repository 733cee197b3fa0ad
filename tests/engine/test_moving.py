"""What moves by itself: sparks, ribbons, the curves of things that come and go; and letters, which do not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pygame
import pytest

from posegames.engine.canvas import Canvas
from posegames.engine.particles import MOST, Particles
from posegames.engine.text import LONGEST, Typesetter, clean
from posegames.engine.theme import THEATRE, THEMES, Theme, breathe, ease_out, mix
from posegames.engine.trails import SECONDS, Trails
from posegames.engine.view import View
from posegames.testing import body

VIEW = View((0, 0, 1280, 720), 16 / 9)
RED = (200, 0, 0)


@pytest.fixture
def canvas() -> Canvas:
    return Canvas(pygame.Surface((1280, 720), depth=32))


def covered(canvas: Canvas) -> int:
    return int(canvas.pixels()[..., :3].any(axis=2).sum())


def test_sparks_fly_fall_and_are_gone(canvas: Canvas) -> None:
    sparks = Particles(seed=1)
    sparks.burst((640, 300), RED, count=30, shape="sparkle")
    sparks.burst((640, 300), RED, count=30)
    for _ in range(10):
        sparks.update(1 / 60)
    sparks.draw(canvas)
    assert len(sparks) == 60
    assert covered(canvas) > 500
    rows = np.nonzero(canvas.pixels()[..., 2].any(axis=1))[0]
    for _ in range(20):
        sparks.update(1 / 60)
    canvas.fill((0, 0, 0))
    sparks.draw(canvas)
    assert np.nonzero(canvas.pixels()[..., 2].any(axis=1))[0].max() > rows.max()
    for _ in range(60):
        sparks.update(1 / 60)
    canvas.fill((0, 0, 0))
    sparks.draw(canvas)
    assert len(sparks) == covered(canvas) == 0


def test_a_ring_grows_and_a_number_climbs(canvas: Canvas) -> None:
    sparks = Particles()
    sparks.ripple((300, 300), RED)
    sparks.rise("+120", (900, 400), RED, size=64)
    rings, numbers = [], []
    for _ in range(5):
        sparks.update(0.1)
        canvas.fill((0, 0, 0))
        sparks.draw(canvas)
        lit = canvas.pixels()[..., 2] > 60
        rings.append(int(lit[:, :600].any(axis=0).sum()))
        numbers.append(int(np.nonzero(lit[:, 700:].any(axis=1))[0].min()))
    assert rings == sorted(rings)
    assert rings[-1] > 1.3 * rings[0]
    assert numbers == sorted(numbers, reverse=True)
    for _ in range(7):
        sparks.update(0.1)
    canvas.fill((0, 0, 0))
    sparks.draw(canvas)
    assert covered(canvas) == 0


def test_paper_rains_on_everything_and_ends(canvas: Canvas) -> None:
    sparks = Particles()
    sparks.shower([RED, (0, 200, 0)], count=60)
    lowest = []
    for _ in range(4):
        for _ in range(30):
            sparks.update(1 / 60)
        canvas.fill((0, 0, 0))
        sparks.draw(canvas)
        lit = canvas.pixels()[..., 1:3].max(axis=2) > 0
        lowest.append(int(np.nonzero(lit)[0].max()))
    assert lowest == sorted(lowest)
    assert np.ptp(np.nonzero(lit)[1]) > 1000
    for _ in range(180):
        sparks.update(1 / 60)
    assert len(sparks) == 0


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_where_nothing_may_move_it_fades(theme: Theme) -> None:
    """Every place stays what it was; only how much of it is seen changes."""
    canvas = Canvas(pygame.Surface((1280, 720), depth=32), theme=replace(theme, still=True))
    sparks = Particles(seed=2)
    sparks.burst((640, 300), RED, count=12, shape="star")
    sparks.burst((640, 300), RED, count=12)
    sparks.shower([RED], count=12)
    sparks.ripple((300, 300), RED)
    sparks.rise("+120", (900, 400), RED)
    places, light = [], []
    for _ in range(3):
        sparks.update(0.14)
        canvas.fill((0, 0, 0))
        sparks.draw(canvas)
        seen = canvas.pixels()[..., 2].astype(float)
        places.append(seen > 0)
        light.append(float(seen.sum()))
    assert light[0] > light[1] > light[2] > 0
    assert not (places[1] & ~places[0]).any()
    assert not (places[2] & ~places[1]).any()


def test_still_themes_have_no_motion() -> None:
    moving, still = THEATRE, replace(THEATRE, still=True)
    assert moving.slide(0.0, 40) == 40
    assert moving.slide(1.0, 40) == still.slide(0.0, 40) == 0
    assert moving.grow(0.0, 0.5) == 0.5
    assert moving.grow(1.0, 0.5) == still.grow(0.0, 0.5) == 1
    assert {still.sway(now / 10) for now in range(20)} == {0.5}
    assert {still.shake(now / 10) for now in range(20)} == {0.0}
    assert (
        len({moving.sway(now / 10) for now in range(20)}) == len({moving.shake(n / 10) for n in range(20)}) == 20
    )


def test_sparks_do_not_grow_without_bound_and_are_the_same_for_a_seed() -> None:
    one, two, other = Particles(seed=3), Particles(seed=3), Particles(seed=4)
    pictures = []
    for sparks in (one, two, other):
        for _ in range(50):
            sparks.burst((640, 360), RED)
        assert len(sparks) == MOST
        sparks.update(0.1)
        drawn = Canvas(pygame.Surface((1280, 720), depth=32))
        sparks.draw(drawn)
        pictures.append(drawn.pixels())
    assert (pictures[0] == pictures[1]).all()
    assert (pictures[0] != pictures[2]).any()


def sweep(trails: Trails, seconds: float, *, speed: float = 0.5, start: float = 0.0) -> float:
    for i in range(round(seconds * 60)):
        across = 0.2 + speed * i / 60
        trails.update(body(moved={"left_index": (across, 0.6)}), start + i / 60)
    return start + seconds


def test_a_moving_hand_leaves_a_ribbon_that_fades(canvas: Canvas) -> None:
    trails = Trails()
    now = sweep(trails, 1.0)
    trails.draw(canvas, VIEW, RED, now)
    columns = np.nonzero(canvas.pixels()[..., 2].any(axis=0))[0]
    assert np.ptp(columns) == pytest.approx(0.5 * SECONDS * 0.75 * 720, rel=0.15)
    sweep(trails, 1.0, speed=0.0, start=now)  # it rests
    canvas.fill((0, 0, 0))
    trails.draw(canvas, VIEW, RED, now + 1.0)
    assert covered(canvas) == 0


def test_a_joint_that_jumps_or_is_unsure_leaves_none(canvas: Canvas) -> None:
    trails = Trails()
    for i in range(30):
        trails.update(body(moved={"left_index": (1.0 * (i % 2), 0.6)}), i / 60)
        trails.update(body(sure=0.3, moved={"right_index": (0.3 + i / 60, 0.6)}), i / 60)
    trails.draw(canvas, VIEW, RED, 0.5)
    assert covered(canvas) == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [("plain", "plain"), ("a\0b\nc\x1b[0m", "a b c [0m"), ("bad \ud800", "bad  "), ("é ß ł", "é ß ł")],
)
def test_letters_the_font_cannot_take_are_cleaned(text: str, shown: str) -> None:
    assert clean(text) == shown
    letters = Typesetter()
    assert letters.set(text, 28, RED).get_height() > 20
    assert letters.width(text, 28) == letters.set(text, 28, RED).get_width()


def test_letters_are_kept_and_endless_texts_end() -> None:
    letters = Typesetter()
    assert letters.set("again", 40, RED) is letters.set("again", 40, RED)
    assert letters.set("again", 40, RED) is not letters.set("again", 28, RED)
    assert len(clean("x" * 1_000_000)) == LONGEST + 3
    assert letters.set("huge", 10**9, RED).get_height() < 700


def test_the_curves() -> None:
    assert [ease_out(x) for x in (-1.0, 0.0, 1.0, 7.0)] == [0.0, 0.0, 1.0, 1.0]
    assert ease_out(0.5) > 0.8  # most of the way in half the time
    assert breathe(0.0) == pytest.approx(breathe(4.0)) == pytest.approx(0.0)
    assert mix((0, 0, 0), (200, 100, 50), 0.5) == (100, 50, 25)
    assert mix((0, 0, 0), (200, 100, 50), 9.0) == (200, 100, 50)


def luminance(colour: tuple[int, int, int]) -> float:
    """Return relative luminance as WCAG 2.2 defines it."""
    linear = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_everything_written_is_legible_on_the_stage(theme: Theme) -> None:
    dark = luminance(theme.stage)
    for colour in (theme.text, theme.muted, theme.good, theme.warn, theme.bad, *(p.colour for p in theme.players)):
        assert (luminance(colour) + 0.05) / (dark + 0.05) >= 4.5
    assert theme.look(7) == theme.look(1)
