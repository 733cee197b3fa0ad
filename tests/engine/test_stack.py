from __future__ import annotations

from typing import Any, cast

import pytest

from posegames.engine.canvas import Canvas
from posegames.engine.scene import Home, Move, Pop, Push, Quit, Replace, World
from posegames.engine.stack import SceneStack
from posegames.events import Event, KeyPressed, WindowClosed

WORLD = World(now=0.0)


class Diary:
    """A scene that writes down what it is told and answers as it was told to."""

    def __init__(self, answers: dict[str, Move] | None = None, next_move: Move | None = None) -> None:
        self.answers, self.next_move = answers or {}, next_move
        self.lines: list[str] = []

    def handle(self, event: Event, world: World) -> Move | None:
        assert isinstance(event, KeyPressed)
        self.lines.append(event.key)
        return self.answers.get(event.key)

    def update(self, world: World, dt: float) -> Move | None:
        self.lines.append(f"update {dt}")
        return self.next_move

    def draw(self, canvas: Canvas, world: World) -> None:
        self.lines.append("draw")


def keys(*names: str) -> list[Event]:
    return [KeyPressed(name) for name in names]


def test_only_the_top_scene_lives() -> None:
    upper = Diary({"escape": Pop()})
    lower = Diary({"p": Push(upper)})
    stack = SceneStack(lower)
    stack.handle(keys("p", "x"), WORLD)
    stack.update(WORLD, 0.5)
    stack.draw(cast("Any", None), WORLD)
    assert stack.scenes == (lower, upper)
    assert (lower.lines, upper.lines) == (["p"], ["x", "update 0.5", "draw"])
    stack.handle(keys("escape", "y"), WORLD)
    assert stack.top is lower
    assert lower.lines == ["p", "y"]


def test_replace_and_quit() -> None:
    last = Diary({"q": Quit()})
    stack = SceneStack(Diary(next_move=Replace(last)))
    stack.update(WORLD, 0.1)
    assert stack.scenes == (last,)
    stack.handle(keys("q", "x"), WORLD)
    assert stack.empty
    assert stack.top is None
    assert last.lines == ["q"]
    stack.update(WORLD, 0.1)  # nothing is left to be told


@pytest.mark.parametrize(("depth", "left"), [(1, 3), (2, 2), (3, 1), (9, 1)])
def test_a_scene_can_take_the_place_of_those_it_covers_too(depth: int, left: int) -> None:
    again = Diary()
    pause = Diary({"a": Replace(again, depth=depth)})
    game = Diary({"p": Push(pause)})
    stack = SceneStack(Diary({"g": Push(game)}))
    stack.handle(keys("g", "p", "a", "x"), WORLD)
    assert len(stack.scenes) == left
    assert stack.top is again
    assert again.lines == ["x"]


def test_a_scene_cannot_take_the_place_of_none() -> None:
    with pytest.raises(ValueError, match="one or more, not of 0"):
        Replace(Diary(), depth=0)


def test_leaving_the_last_scene_ends_it() -> None:
    stack = SceneStack(Diary({"escape": Pop()}))
    stack.handle(keys("escape", "escape"), WORLD)
    assert stack.empty


def test_home_leaves_everything_for_the_menu() -> None:
    menu = Diary()
    stack = SceneStack(Diary({"p": Push(Diary({"home": Home()}))}), home=lambda: menu)
    stack.handle(keys("p", "home", "x"), WORLD)
    assert stack.scenes == (menu,)
    assert menu.lines == ["x"]
    stack = SceneStack(Diary({"home": Home()}))
    stack.handle(keys("home"), WORLD)
    assert stack.empty


def test_a_closed_window_ends_all_scenes() -> None:
    first = Diary({"p": Push(Diary())})
    stack = SceneStack(first)
    stack.handle([*keys("p"), WindowClosed(), *keys("x")], WORLD)
    assert stack.empty
    assert first.lines == ["p"]


def test_a_move_that_is_none_is_a_type_error() -> None:
    stack = SceneStack(Diary(next_move=cast("Any", "pop")))
    with pytest.raises(TypeError, match="Push, Pop, Replace, Home, Quit or None, not 'pop'"):
        stack.update(WORLD, 0.1)


def test_where_nobody_is_left_it_begins_from_the_start() -> None:
    start, menu = Diary(), Diary()
    stack = SceneStack(Diary({"g": Home(deserted=True), "h": Home()}), home=lambda: menu, start=lambda: start)
    stack.handle(keys("g"), WORLD)
    assert stack.scenes == (start,)
    stay = Diary({"g": Home(deserted=True)})
    stack = SceneStack(stay, home=lambda: menu)
    stack.handle(keys("g"), WORLD)
    assert stack.scenes == (stay,)
