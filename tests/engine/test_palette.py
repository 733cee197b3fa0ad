"""Colours that stay apart, to all eyes, and are seen on their ground: by calculation, in every theme."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from posegames.engine.palette import EYES, contrast, distance, seen
from posegames.engine.theme import THEMES, Colour, Theme

PLAYERS, TONES = 20.0, 25.0
"""Least distance (CIE76) of any two players' colours, and of good, warn and bad, to any eyes."""
SMALL, LARGE = 4.5, 3.0
"""Least contrast of small and of large letters: WCAG 2.2, 1.4.3."""

themes = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)


def least(colours: list[Colour], eyes: str) -> float:
    return min(float(distance(a, b, eyes)) for a, b in combinations(colours, 2))


def test_distances_and_contrasts_are_those_of_others() -> None:
    assert float(contrast((0, 0, 0), (255, 255, 255))) == pytest.approx(21.0)
    assert float(contrast((119, 119, 119), (255, 255, 255))) == pytest.approx(4.48, abs=0.01)
    assert float(distance((0, 0, 0), (255, 255, 255))) == pytest.approx(100.0, abs=0.1)
    assert float(distance((255, 0, 0), (0, 255, 0))) == pytest.approx(170.6, abs=0.5)
    grey = seen((128, 128, 128), "deutan")
    assert np.ptp(grey) < 0.002  # grey is grey to everybody
    red, green = (200, 60, 40), (110, 120, 40)
    assert float(distance(red, green, "deutan")) < 0.4 * float(distance(red, green))


def test_the_published_palette_would_fail() -> None:
    """What the bar is for: two of the six Okabe and Ito give are one colour to those who see no blue."""
    assert float(distance((0x56, 0xB4, 0xE9), (0x2F, 0xBF, 0x8F), "tritan")) < 11


@themes
@pytest.mark.parametrize("eyes", EYES)
def test_players_and_tones_stay_apart(theme: Theme, eyes: str) -> None:
    assert least([look.colour for look in theme.players], eyes) >= PLAYERS
    assert least([theme.good, theme.warn, theme.bad], eyes) >= TONES


@themes
def test_letters_are_seen_on_their_ground(theme: Theme) -> None:
    for ground in (theme.stage, theme.boards):
        for ink in (theme.text, theme.light, theme.muted, theme.good, theme.warn, theme.bad):
            assert float(contrast(ink, ground)) >= SMALL
        for look in theme.players:
            assert float(contrast(look.colour, ground)) >= SMALL
    for tone in (theme.good, theme.warn, theme.bad):  # a name on the plate of who is It
        assert float(contrast(theme.stage, tone)) >= LARGE


@themes
def test_players_have_shapes_and_names_of_their_own(theme: Theme) -> None:
    assert len({look.shape for look in theme.players}) == len(theme.players) == 6
    assert len({*(look.name for look in theme.players), *theme.bots}) == 12
