"""Where points stand among all that are remembered, and under which names they are kept."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from standing import Stand

from posegames.engine.scene import Home, Move, World
from posegames.events import KeyPressed, PointerPressed
from posegames.memory.memory import Memory
from posegames.memory.records import Score
from posegames.preferences import Preferences
from posegames.scenes.ending.ranking import Game
from posegames.scenes.ending.sheet import Row
from posegames.scenes.flow import DESERTED
from posegames.scenes.naming import Naming
from posegames.scenes.results import Results
from posegames.testing import At, Played, ScriptedFeed, Shot, assert_picture, body, play

GOLDEN = Path(__file__).parents[1] / "golden"
GAME = Game(scene="match", level="first_steps", seconds=80.0)
TWO = ScriptedFeed.of(body(0.6), body(1.2))


def kept(*points: int) -> Memory:
    memory = Memory()
    for count in points:
        memory.add(Score(scene="match", level="first_steps", name="Anna", points=count))
    memory.add(Score(scene="match", level="robots", name="Anna", points=99_999))
    return memory


def names(memory: Memory) -> list[tuple[str, int]]:
    return [(score.name, score.points) for score in memory.best("match", "first_steps", most=99)]


def rehearse(
    memory: Memory,
    *plan: At | Shot,
    rows: tuple[Row, ...] = (Row(1, 500), Row(2, 700)),
    theme: str = "theatre",
    until: float = math.inf,
) -> tuple[Played, Results]:
    scene = Results(rows, title="First steps", again=lambda: Stand(name="again"), game=GAME)
    feed = ScriptedFeed(lambda time: (body(0.6), body(1.2)) if time < until else ())
    played = play(
        scene,
        plan,
        feed=feed,
        memory=memory,
        hz=30,
        home=lambda: Stand(name="menu"),
        start=lambda: Stand(name="start"),
        preferences=Preferences(theme=theme),
    )
    return played, scene


@pytest.mark.parametrize("theme", ["theatre", "high-contrast"])
def test_what_it_looks_like(theme: str) -> None:
    rows = (Row(1, 9210, 4.0, ("Best: left arm",)), Row(2, 10450, 5.0, ("Best: legs",)))
    played, _ = rehearse(kept(9900, 9800), Shot(4.0, "it"), rows=rows, theme=theme)
    assert_picture(played.pictures["it"], GOLDEN / f"results-ranks-{theme}.png")


def test_ranks_are_those_of_this_level_and_of_this_game() -> None:
    _, scene = rehearse(kept(900, 600), Shot(0.5, "it"))
    assert scene.ranks == {2: 2, 1: 4}


def test_who_is_not_among_ten_has_none_and_is_kept_at_once() -> None:
    memory = kept(*range(800, 900, 10))
    _, scene = rehearse(memory, Shot(0.5, "it"))
    assert scene.ranks == {}
    assert {("Owl", 700), ("Fox", 500)} <= {*names(memory)}


def test_bots_and_who_has_no_points_are_not_kept() -> None:
    memory = kept()
    rehearse(memory, At(0.5, KeyPressed("return")), Shot(1.0, "it"), rows=(Row(1, 0), Row(3, 900, bot=True)))
    assert names(memory) == []


def test_points_are_kept_at_once() -> None:
    memory = kept()
    rehearse(memory, Shot(0.1, "it"))
    assert names(memory) == [("Owl", 700), ("Fox", 500)]
    assert memory.best("match", "first_steps")[0].seconds == 80.0


def test_a_name_is_offered_to_the_best_first_and_then_to_the_next() -> None:
    memory = kept()
    click = PointerPressed(1164, 650)
    typed = [KeyPressed(letter) for letter in "max"]
    plan: list[At | Shot] = [At(0.5, click), *(At(1.0 + 0.1 * i, key) for i, key in enumerate(typed))]
    plan += [At(1.5, KeyPressed("return")), At(2.5, click), At(3.0, KeyPressed("escape")), Shot(4.0, "it")]
    played, _ = rehearse(memory, *plan)
    assert played.way == ["Results", "Naming", "Results", "Naming", "Results"]
    assert names(memory) == [("Max", 700), ("Fox", 500)]


def test_whose_name_is_given_after_they_have_left_has_it_all_the_same() -> None:
    memory = kept()
    plan: list[At | Shot] = [At(0.5, PointerPressed(1164, 650))]
    plan += [At(7.5 + 0.1 * i, KeyPressed(key)) for i, key in enumerate(("m", "a", "x", "return"))]
    played, _ = rehearse(memory, *plan, Shot(8.5, "it"), until=1.0)
    assert played.way == ["Results", "Naming", "Results"]
    assert names(memory) == [("Max", 700), ("Fox", 500)]


def test_who_has_a_name_is_not_asked_again() -> None:
    class Renaming(Stand):
        """A game in which both have given themselves names."""

        def update(self, world: World, dt: float) -> Move | None:
            if world.now < 0.5:
                return None
            world.rename(1, "Tim")
            world.rename(2, "Anna")
            return Home() if world.now > 0.6 else None

    memory = kept()
    scene = Results((Row(1, 500), Row(2, 700)), title="x", again=Stand, game=GAME)
    plan: list[At | Shot] = [At(1.5, PointerPressed(1164, 650)), Shot(2.0, "it")]
    feed = ScriptedFeed.of(body(0.6), body(1.2))
    played = play(Renaming(), plan, feed=feed, memory=memory, home=lambda: scene)
    assert not isinstance(played.stack.top, Naming)
    assert names(memory) == [("Anna", 700), ("Tim", 500)]


def test_left_alone_it_begins_anew_and_nothing_is_lost() -> None:
    memory = kept()
    scene = Results((Row(1, 500),), title="x", again=Stand, game=GAME)
    played = play(scene, [Shot(DESERTED + 0.5, "it")], memory=memory, hz=30, start=lambda: Stand(name="start"))
    assert isinstance(played.stack.top, Stand)
    assert names(memory) == [("Fox", 500)]


def test_a_photo_of_the_winner_is_one_button_away() -> None:
    button = (990.0, 650.0)
    played, _ = rehearse(kept(), At(0.5, PointerPressed(*button)), Shot(1.0, "photo"))
    assert played.way == ["Results", "Photo"]
    played, _ = rehearse(kept(), At(0.5, PointerPressed(*button)), At(1.0, KeyPressed("escape")), Shot(1.5, "it"))
    assert played.way == ["Results", "Photo", "Results"]
