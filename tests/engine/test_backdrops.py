"""Everything that can be behind people: painted once, dark enough for all of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pygame
import pytest

from posegames.engine.backdrops import BACKDROPS, find_backdrop, render_backdrop
from posegames.engine.canvas import Canvas
from posegames.engine.palette import contrast
from posegames.engine.theme import HIGH_CONTRAST, THEATRE
from posegames.preferences import Preferences
from posegames.testing import assert_picture

GOLDEN = Path(__file__).parents[1] / "golden"
SHARE = 0.98
"""Of the pixels on which everybody must be seen: a moon and some windows may be bright."""


def test_the_usual_backdrop_is_the_first_and_stands_in_for_unknown_ones() -> None:
    assert Preferences().background == THEATRE.background == next(iter(BACKDROPS))
    assert find_backdrop("of another version") is BACKDROPS["stage"]


@pytest.mark.parametrize("name", BACKDROPS)
def test_players_and_letters_are_seen_before_it(name: str) -> None:
    ground = Canvas(render_backdrop(replace(THEATRE, background=name), (640, 360))).pixels()[::2, ::2, 2::-1]
    for look in THEATRE.players:
        assert (contrast(ground, look.colour) >= 3).mean() >= SHARE, look.name
    assert (contrast(ground, THEATRE.text) >= 4.5).mean() >= SHARE
    assert np.ptp(ground.mean(axis=(0, 1))) < 40  # no colour of its own that would change theirs


def test_backdrops_look_as_they_did() -> None:
    whole = pygame.Surface((1280, 1080), depth=32)
    for i, name in enumerate(BACKDROPS):
        whole.blit(render_backdrop(replace(THEATRE, background=name), (640, 360)), (i % 2 * 640, i // 2 * 360))
    assert_picture(Canvas(whole).pixels()[..., :3], GOLDEN / "backdrops.png")


@pytest.mark.parametrize("size", [(256, 192), (2, 2), (1, 1)])
def test_it_is_painted_in_any_size(size: tuple[int, int]) -> None:
    for name in BACKDROPS:
        assert render_backdrop(replace(THEATRE, background=name), size).get_size() == size


def test_without_lights_there_is_only_the_ground() -> None:
    for name in BACKDROPS:
        surface = render_backdrop(replace(HIGH_CONTRAST, background=name), (64, 36))
        assert not Canvas(surface).pixels()[..., :3].any()
