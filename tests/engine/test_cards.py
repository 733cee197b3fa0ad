"""Cards, words that fit on them, what is kept of them, and what goes wrong said on the screen."""

from __future__ import annotations

import pygame
import pytest

from posegames.engine.canvas import Canvas
from posegames.engine.choosing.audience import draw_audience, places
from posegames.engine.choosing.cards import ICONS, brief, button, card, fitting, wrapped
from posegames.engine.choosing.crossing import HOLD, Crossing
from posegames.engine.choosing.notice import SHOWN, Notice
from posegames.engine.choosing.prints import Prints
from posegames.engine.scene import World
from posegames.engine.theme import HIGH_CONTRAST, THEATRE, Theme
from posegames.errors import PosegamesError
from posegames.events import Gesture
from posegames.gestures.pointing.pointer import Pointing
from posegames.players.player import Player
from posegames.testing import body


def canvas(width: int = 600, height: int = 400, theme: Theme = THEATRE) -> Canvas:
    return Canvas(pygame.Surface((width, height), depth=32), theme=theme)


def player(number: int, x: float) -> Player:
    pose = body(x)
    return Player(number, pose, pose, 0 * pose.xy, 0.2, 0.0)


@pytest.mark.parametrize(
    "text", ["", "word", "several words that are too many for one line", "W" * 300, "a " * 200]
)
@pytest.mark.parametrize("most", [1, 2, 4])
def test_wrapped_words_fit(text: str, most: int) -> None:
    drawn = canvas()
    lines = wrapped(drawn, text, 240, size=28, most=most)
    assert len(lines) <= most
    assert all(drawn.letters.width(line, 28) <= 240 for line in lines)
    told = " ".join(lines)
    assert told == " ".join(text.split()) or told.endswith("...")


def test_brief_leaves_out_clauses_rather_than_words() -> None:
    drawn = canvas()
    assert brief(drawn, "Eight poses, and slow ones at that.", 260, size=28) == ["Eight poses"]
    assert brief(drawn, "Short.", 260, size=28) == ["Short."]
    assert brief(drawn, "No clause that could be left out", 200, size=28)[0].endswith(" ...")
    assert brief(drawn, "One. Two. Three, four and a very long five.", 230, size=28) == ["One. Two. Three"]
    assert brief(drawn, "", 200, size=28) == []


def test_letters_shrink_to_fit_but_stay_legible() -> None:
    drawn = canvas()
    assert fitting(drawn, "ab", 500, 64) == 64
    size = fitting(drawn, "a title of some length", 400, 64)
    assert 28 < size < 64
    assert drawn.letters.width("a title of some length", size) <= 404
    assert fitting(drawn, "x" * 200, 100, 64) == 28


@pytest.mark.parametrize("theme", [THEATRE, HIGH_CONTRAST])
@pytest.mark.parametrize("icon", ["", *ICONS])
@pytest.mark.parametrize("rect", [(20, 20, 160, 104), (20, 20, 400, 104), (20, 20, 300, 220)])
def test_buttons_keep_to_their_place(theme: Theme, icon: str, rect: tuple[float, float, float, float]) -> None:
    drawn = canvas(theme=theme)
    button(drawn, rect, "Fill screen", icon)
    seen = drawn.pixels()[..., :3].max(axis=2).astype(int)
    left, top, width, height = (int(v) for v in rect)
    inside = seen[top + 8 : top + height - 8, left + 8 : left + width - 8]
    assert (inside > 120).sum() > 300
    seen[top : top + height + 6, left : left + width + 4] = 0
    assert seen.max() == 0


def test_a_lifted_card_has_a_bright_rim() -> None:
    rims = []
    for lift in (0.0, 1.0):
        drawn = canvas()
        card(drawn, (20, 20, 300, 200), lift=lift)
        rims.append(drawn.pixels()[21, 150, :3].astype(int).sum())
    assert rims[1] > rims[0] + 200


def test_prints_are_made_once_for_a_theme() -> None:
    prints, made = Prints(), []

    def make(small: Canvas) -> None:
        made.append(small.size)
        small.disc((20, 20), 10, (255, 0, 0))

    for drawn in (canvas(), canvas(), canvas(theme=HIGH_CONTRAST)):
        prints.show(drawn, "a", (40, 30), (100.4, 50.0), make)
        assert drawn.pixels()[70, 120, :3].tolist() == [0, 0, 255]
    prints.show(canvas(theme=HIGH_CONTRAST), "b", (50, 30), (0, 0), make)
    assert made == [(40, 30), (40, 30), (50, 30)]


def test_a_notice_comes_stays_and_goes() -> None:
    notice = Notice()
    assert not notice.shown
    notice.say(PosegamesError("It went wrong. " * 20, "For a reason.", "Do this now."))
    ink = []
    for wait in (0.0, 0.5, SHOWN - 1, 1.0):
        notice.update(wait)
        drawn = canvas(1280, 720)
        notice.draw(drawn, (640, 360))
        ink.append(int((drawn.pixels()[..., :3].max(axis=2) > 150).sum()))
    assert ink[0] < 200
    assert ink[1] == ink[2] > 3000
    assert ink[3] == 0
    assert not notice.shown


def test_the_audience_is_a_mirror_and_the_light_is_on_who_leads() -> None:
    players = (player(1, 0.5), player(2, 1.3))
    rect = (100.0, 100.0, 355.0, 200.0)
    pictures = []
    for pointer in (None, Pointing(1, 0.5, 0.5)):
        drawn = canvas()
        draw_audience(drawn, World(now=0.0, players=players, pointer=pointer), rect)
        pictures.append(drawn.pixels()[..., :3].astype(int))
    where = places(World(now=0.0, players=players), rect)
    assert where[1][0] > 277 > where[2][0]  # whoever stands at the left of the picture is on the right
    lit = (pictures[1].sum(axis=2) > pictures[0].sum(axis=2) + 30).nonzero()
    assert lit[1].mean() == pytest.approx(where[1][0], abs=15)


def test_crossed_arms_are_told_once_they_are_held() -> None:
    crossing = Crossing()
    crossing.handle(Gesture(0.0, 2, "arms_crossed", "on"))
    assert crossing.update(HOLD - 0.1) is None
    assert crossing.update(0.1) == 2
    crossing.clear()
    assert crossing.update(1.0) is None
    drawn = canvas()
    crossing.handle(Gesture(0.0, 2, "arms_crossed", "on"))
    crossing.draw(drawn, {})  # somebody who is not seen has no place
    assert not drawn.pixels()[..., :3].any()
