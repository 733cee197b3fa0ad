"""What leads from screen to screen; the whole way is walked in `test_walk`."""

from __future__ import annotations

import pytest
from standing import Stand

from posegames.engine.scene import Push, Setup, World
from posegames.errors import LevelError, PosegamesError
from posegames.events import Event, KeyPressed, PointerMoved, PointerPressed
from posegames.preferences import Preferences
from posegames.scenes import Lesson, SceneEntry
from posegames.scenes.flow import DESERTED, Desertion, Flow, anybody, wished
from posegames.scenes.tutorial import Tutorial
from posegames.testing import At, ScriptedFeed, Shot, body, play

LESSON = Lesson(play="learn_tag", lines=("Lean", "Jump"))
TAUGHT = SceneEntry(name="a", title="A", blurb="", make=Stand, lesson=LESSON)
PLAIN = SceneEntry(name="b", title="B", blurb="", make=Stand)
WORLD = World(now=0.0)


def refuse(_setup: Setup) -> Stand:
    raise LevelError("The level cannot be played.", "Its file is gone.", "Choose another one.")


def test_a_lesson_comes_before_a_scene_once() -> None:
    flow, setup = Flow({}, Setup()), Setup(seed=3)
    first, second = flow.begin(TAUGHT, setup, WORLD), flow.begin(TAUGHT, setup, WORLD)
    assert isinstance(first, Push)
    assert isinstance(first.scene, Tutorial)
    assert isinstance(first.scene.scene, Stand)
    assert first.scene.scene.setup is setup
    assert isinstance(second, Push)
    assert isinstance(second.scene, Stand)


def test_who_comes_after_all_have_gone_is_taught_again() -> None:
    flow = Flow({}, Setup())
    flow.begin(TAUGHT, Setup(), WORLD)
    flow.title()
    again = flow.begin(TAUGHT, Setup(), WORLD)
    assert isinstance(again, Push)
    assert isinstance(again.scene, Tutorial)


@pytest.mark.parametrize(
    ("entry", "world"), [(PLAIN, WORLD), (TAUGHT, World(now=0.0, preferences=Preferences(tutorials=False)))]
)
def test_there_is_none_where_there_is_nothing_to_teach_or_nobody_wants_it(entry: SceneEntry, world: World) -> None:
    move = Flow({}, Setup()).begin(entry, Setup(), world)
    assert isinstance(move, Push)
    assert isinstance(move.scene, Stand)


def test_what_cannot_be_made_is_not_taught() -> None:
    entry = SceneEntry(name="c", title="C", blurb="", make=refuse, lesson=LESSON)
    flow = Flow({}, Setup())
    assert isinstance(flow.begin(entry, Setup(), WORLD), PosegamesError)


def test_the_scores_of_today_are_those_since_the_given_time() -> None:
    assert Flow({}, Setup(), today=lambda: 7.0).today() == 7.0


@pytest.mark.parametrize("event", [KeyPressed("x"), PointerMoved(1, 2), PointerPressed(1, 2)])
def test_who_is_at_the_keyboard_or_the_mouse_is_there(event: Event) -> None:
    desertion = Desertion()
    assert not desertion.update(WORLD, DESERTED - 1)
    desertion.handle(event)
    assert not desertion.update(WORLD, DESERTED - 1)
    assert desertion.update(WORLD, 2)


def test_whoever_is_seen_is_there_but_not_a_poster() -> None:
    people = World(now=0.0, spectators=(body(),))
    assert anybody(people)
    poster = body()
    object.__setattr__(poster, "alive", False)
    assert not anybody(World(now=0.0, spectators=(poster,)))
    assert not anybody(WORLD)


def test_any_key_and_the_first_mouse_button_are_wishes() -> None:
    assert wished(KeyPressed("x"))
    assert wished(PointerPressed(1, 1))
    assert not wished(PointerPressed(1, 1, button=5))


def test_the_menu_is_left_to_the_actors_only_after_a_while() -> None:
    flow = Flow({"b": PLAIN}, Setup())
    plan: list[At | Shot] = [At(10.0, PointerMoved(5, 5)), Shot(28.0, "it")]
    assert play(flow.menu(), plan, start=flow.title).way == ["Menu"]
    feed = ScriptedFeed(lambda time: (body(),) if time < 3 else ())
    assert play(flow.menu(), [Shot(29.0, "it")], feed=feed, start=flow.title).way == ["Menu", "Title"]
