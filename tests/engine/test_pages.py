from __future__ import annotations

from dataclasses import replace

import pygame
import pytest

from posegames.engine.canvas import Canvas
from posegames.engine.choosing.chooser import Chooser
from posegames.engine.choosing.pages import DOTS, LESS, MORE, SLIDE, Pages
from posegames.engine.scene import Cue, World
from posegames.engine.theme import THEATRE
from posegames.events import Event, Gesture, KeyPressed, PointerPressed

ON, BACK = (1000.0, 600.0, 150.0, 104.0), (800.0, 600.0, 150.0, 104.0)
WORLD = World(now=0.0)


def swipe(way: str) -> Gesture:
    return Gesture(1.0, 2, f"swipe_{way}", "pulse")


@pytest.mark.parametrize(
    ("on", "back"),
    [
        (swipe("left"), swipe("right")), (KeyPressed("page down"), KeyPressed("page up")),
        (PointerPressed(5, 5, button=5), PointerPressed(5, 5, button=4)),
    ],
)  # fmt: skip
def test_pages_turn_to_their_ends(on: Event, back: Event) -> None:
    pages = Pages(7, 3, more=ON, less=BACK)
    assert (pages.total, pages.shown) == (3, range(3))
    assert [pages.handle(event, WORLD) for event in (back, on, on, on)] == [False, True, True, False]
    assert pages.shown == range(6, 7)
    assert [target.enabled for target in pages.targets] == [True, False]
    assert pages.handle(back, WORLD)
    assert pages.shown == range(3, 6)


def test_buttons_turn_them_and_a_swipe_is_heard() -> None:
    heard: list[Cue] = []
    pages = Pages(7, 3, more=ON, less=BACK)
    assert [target.key for target in pages.targets] == [LESS, MORE]
    assert [pages.choose(key) for key in (LESS, MORE, "other", None)] == [False, True, False, False]
    assert pages.number == 1
    pages.handle(swipe("left"), World(now=0.0, cue=heard.append))
    pages.handle(swipe("left"), World(now=0.0, cue=heard.append))
    assert len(heard) == 1


def test_with_one_button_they_go_round() -> None:
    pages = Pages(5, 3, more=ON)
    assert [target.key for target in pages.targets] == [MORE]
    assert all(pages.choose(MORE) for _ in range(3))
    assert pages.number == 1
    pages.handle(swipe("right"), WORLD)
    pages.handle(swipe("right"), WORLD)
    assert pages.number == 1


@pytest.mark.parametrize("count", [0, 1, 3])
def test_one_page_has_nothing_to_turn(count: int) -> None:
    pages = Pages(count, 3, more=ON)
    assert (pages.total, pages.targets, pages.shown) == (1, (), range(count))
    assert not pages.handle(swipe("left"), WORLD)
    assert not pages.choose(MORE)


def test_other_gestures_and_keys_turn_nothing() -> None:
    pages = Pages(9, 3, more=ON)
    others: list[Event] = [
        swipe("up"), Gesture(0.0, 1, "squat", "pulse"), KeyPressed("left"), PointerPressed(1, 1),
        Gesture(0.0, 1, "swipe_left", "on"),
    ]  # fmt: skip
    assert not any(pages.handle(event, WORLD) for event in others)
    with pytest.raises(ValueError, match="one or more"):
        Pages(3, 0, more=ON)


def test_a_page_slides_in_from_where_it_was_unless_nothing_may_move() -> None:
    pages = Pages(9, 3, more=ON, less=BACK)
    assert pages.shift(THEATRE) == 0
    pages.handle(swipe("left"), WORLD)
    assert pages.shift(THEATRE) == pytest.approx(SLIDE)
    assert pages.shift(replace(THEATRE, still=True)) == 0
    pages.update(0.05)
    assert 0 < pages.shift(THEATRE) < SLIDE
    pages.update(1.0)
    assert pages.shift(THEATRE) == 0
    pages.handle(swipe("right"), WORLD)
    assert pages.shift(THEATRE) == pytest.approx(-SLIDE)


@pytest.mark.parametrize("count", [2, DOTS, DOTS + 1])
def test_it_is_shown_which_page_it_is(count: int) -> None:
    pages, seen = Pages(count, 1, more=ON, less=BACK), []
    for _ in range(2):
        drawn = Canvas(pygame.Surface((1280, 720), depth=32))
        pages.draw(drawn, Chooser(pages.targets), (640, 300))
        seen.append(drawn.pixels()[250:350, :, :3].max(axis=2))
        pages.choose(MORE)
    assert (seen[0] > 200).any()
    assert (seen[0] != seen[1]).any()
