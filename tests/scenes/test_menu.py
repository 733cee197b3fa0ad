from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from standing import Stand

from posegames.body.pose import Pose
from posegames.engine.scene import Cue, Setup
from posegames.errors import LevelError
from posegames.events import Event, KeyPressed, PointerPressed
from posegames.scenes import SCENES, SceneEntry
from posegames.scenes.levels import Levels
from posegames.scenes.menu.scene import PAGE, Menu
from posegames.scenes.mirror import Mirror
from posegames.scenes.tutorial import Tutorial
from posegames.seeing.estimators.store import ModelStore
from posegames.seeing.estimators.table import make_estimator
from posegames.seeing.sources.stage import StageSource
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import load_play
from posegames.seeing.status import FeedStatus
from posegames.testing import At, Played, ScriptedFeed, Shot, assert_picture, body, play

GOLDEN = Path(__file__).parents[1] / "golden"
JOINED = 12.0
"""Seconds of the play of that name before anything is chosen: until then the actor joins."""
OURS = {name: SCENES[name] for name in ("mirror", "match", "tag")}


def entry(name: str, **how: object) -> SceneEntry:
    plain = SceneEntry(name=name, title=name.capitalize(), blurb="It stands.", make=Stand)
    return replace(plain, **how)  # type: ignore[arg-type]


def entries(count: int) -> dict[str, SceneEntry]:
    return {f"scene{i}": entry(f"scene{i}") for i in range(1, count + 1)}


def pointing(x: float = 0.89, *, across: float = 0.0) -> Pose:
    """Return somebody whose right hand is in front of the shoulder, `across` of a body height to the outside."""
    hand = (-0.115 - across, 0.80)
    return body(x, moved={"right_elbow": (-0.15, 0.66), "right_wrist": hand, "right_index": (hand[0], 0.86)})


def rehearse(
    feed: ScriptedFeed,
    *plan: At | Shot,
    scenes: dict[str, SceneEntry] | None = None,
    setup: Setup | None = None,
) -> Played:
    return play(Menu(OURS if scenes is None else scenes, setup or Setup()), plan, feed=feed)


def two(time: float) -> Sequence[Pose]:
    return (pointing(0.6) if time > 0.8 else body(0.6)), body(1.2, height=0.5)


def test_two_choose() -> None:
    scenes = {"mirror": OURS["mirror"], "match": OURS["match"], "duel": entry("duel")}
    played = rehearse(ScriptedFeed(two), Shot(1.5, "menu"), scenes=scenes)
    assert played.cues[:3] == [Cue("join", 1), Cue("join", 2), Cue("hover", 2)]
    assert isinstance(played.stack.top, Menu)
    assert_picture(played.pictures["menu"], GOLDEN / "menu.png")


def test_nobody_is_there_and_an_actor_shows_how() -> None:
    played = rehearse(ScriptedFeed.of(), Shot(1.6, "empty"), scenes=entries(2))
    assert_picture(played.pictures["empty"], GOLDEN / "menu-empty.png")


def test_many_scenes_and_one_that_is_broken() -> None:
    many = {"match": OURS["match"], **entries(7)}
    many["scene2"] = entry("scene2", broken="ModuleNotFoundError: No module named 'quite.some.package'")
    played = rehearse(ScriptedFeed.of(body()), Shot(1.0, "many"), scenes=many)
    assert_picture(played.pictures["many"], GOLDEN / "menu-many.png")


def test_previews_move() -> None:
    played = rehearse(ScriptedFeed.of(body()), Shot(1.0, "a"), Shot(1.3, "b"))
    changed = np.abs(played.pictures["a"].astype(int) - played.pictures["b"]).max(axis=2) > 40
    for left in (48, 462, 870):  # each of the three
        assert changed[110:300, left : left + 356].sum() > 100


def test_a_hand_chooses_a_scene_and_the_scene_runs() -> None:
    """The hand is in front of the shoulder: on the middle of the screen, where the second of three is."""
    feed = ScriptedFeed(lambda time: [pointing() if time > 1 else body()])
    played = rehearse(feed, Shot(3.0, "it"), scenes=entries(3))
    assert isinstance(played.stack.top, Stand)
    assert [cue.sound for cue in played.cues] == ["join", "hover", *["dwell"] * 4, "choose"]
    assert played.pictures["it"][5, 5].tolist() == [3, 2, 1]


def test_keys_and_mouse_choose_too() -> None:
    right, enter = KeyPressed("right"), KeyPressed("return")
    played = rehearse(ScriptedFeed.of(), At(0.1, right), At(0.2, enter), Shot(0.4, "it"))
    assert isinstance(played.stack.top, Tutorial)
    assert isinstance(played.stack.top.scene, Mirror)
    played = rehearse(ScriptedFeed.of(), At(0.1, PointerPressed(640, 300)), Shot(0.4, "it"))
    assert isinstance(played.stack.top, Levels)


def test_a_scene_is_made_from_the_setup() -> None:
    setup = Setup(seed=7)
    played = rehearse(
        ScriptedFeed.of(), At(0.1, PointerPressed(640, 300)), Shot(0.4, "it"), scenes=entries(1), setup=setup
    )
    assert isinstance(played.stack.top, Stand)
    assert played.stack.top.setup is setup


def test_sound_and_full_screen_are_keys_of_the_program() -> None:
    click = [PointerPressed(x, 650) for x in (1015, 855)]
    played = rehearse(ScriptedFeed.of(), At(0.1, click[0]), At(0.2, click[1]), Shot(0.4, "it"))
    assert played.pressed == ["m", "f11"]


@pytest.mark.parametrize("event", [KeyPressed("escape"), PointerPressed(1166, 650)])
def test_it_can_be_left(event: Event) -> None:
    assert rehearse(ScriptedFeed.of(), At(0.2, event), Shot(1.0, "never")).stack.empty


def test_more_scenes_than_fit_are_on_another_page() -> None:
    more = PointerPressed(855, 650)
    plan: list[At | Shot] = [At(0.1, more), At(0.2, PointerPressed(640, 160)), Shot(0.4, "it")]
    asked: list[str] = []

    def making(name: str) -> Callable[[Setup], Stand]:
        def make(setup: Setup) -> Stand:
            asked.append(name)
            return Stand(setup)

        return make

    scenes = {name: replace(plain, make=making(name)) for name, plain in entries(PAGE + 1).items()}
    played = rehearse(ScriptedFeed.of(), *plan, scenes=scenes)
    assert isinstance(played.stack.top, Stand)
    assert asked == [f"scene{PAGE + 1}"]
    again = rehearse(ScriptedFeed.of(), At(0.05, more), *plan, scenes=scenes)
    assert len(again.stack.scenes) == 2
    assert asked[1:] == ["scene2"]


def test_without_scenes_it_can_still_be_left() -> None:
    played = rehearse(ScriptedFeed.of(), Shot(0.2, "it"), At(0.4, KeyPressed("escape")), Shot(1, "x"), scenes={})
    assert played.stack.empty


def broken_level(_setup: Setup) -> Stand:
    raise LevelError("The level cannot be played.", "It has no poses.", "Add one.")


def careless(_setup: Setup) -> Stand:
    raise ZeroDivisionError


@pytest.mark.parametrize("make", [broken_level, careless])
def test_a_scene_that_cannot_be_made_is_said_and_stops_nothing(make: Callable[[Setup], Stand]) -> None:
    click = PointerPressed(640, 300)
    plan: list[At | Shot] = [At(0.1, click), Shot(0.6, "it"), Shot(9.0, "gone")]
    played = rehearse(ScriptedFeed.of(), *plan, scenes={"bad": entry("bad", make=make)})
    assert isinstance(played.stack.top, Menu)
    warm = [(np.abs(played.pictures[name].astype(int) - (0x4B, 0xB8, 0xF2)).max(axis=2) < 20).sum()
            for name in ("it", "gone")]  # fmt: skip
    assert warm[0] > 2000
    assert warm[1] < 400


def test_trouble_is_said() -> None:
    trouble = FeedStatus(phase="trouble", message="The camera is busy")
    feeds = [ScriptedFeed.of(body()), ScriptedFeed(lambda _time: [body()], status=lambda _time: trouble)]
    plain, busy = (rehearse(feed, Shot(1.0, "it")).pictures["it"].astype(int) for feed in feeds)
    assert (np.abs(plain - busy).max(axis=2) > 40)[470:530].sum() > 500


def test_an_actor_goes_from_the_menu_into_a_running_game_by_hand() -> None:
    """What `posegames play --source stage:menu` shows, by the actor's true joints."""
    stage = Choreography(load_play("menu"), actors=1)
    feed = ScriptedFeed(lambda time: stage.at(JOINED + time))
    scenes = {**OURS, "match": entry("match", levels=True)}
    played = rehearse(feed, Shot(7.5, "levels"), Shot(12.0, "game"), scenes=scenes)
    assert isinstance(played.stack.top, Stand)
    level = played.stack.top.setup.level
    assert level is not None
    assert level.name == "first_steps"
    assert [type(scene).__name__ for scene in played.stack.scenes] == ["Menu", "Levels", "Stand"]
    assert [cue.sound for cue in played.cues].count("choose") == 2


@pytest.mark.model
def test_the_eyes_themselves_follow_that_hand(models: ModelStore) -> None:
    """The same with the actor as he is seen: painted, found and followed."""
    with (
        StageSource("menu", actors=1, size=(640, 360), rate=15) as stage,
        make_estimator("blazepose", players=1) as eyes,
    ):
        seen: dict[int, Sequence[Pose]] = {}

        def look(time: float) -> Sequence[Pose]:
            number = int(15 * (JOINED + 2.0 + time) + 1e-6)  # nothing happens in the first seconds
            if number not in seen:
                seen[number] = eyes.estimate(stage.frame(number))
            return seen[number]

        scenes = {**OURS, "match": entry("match", levels=True)}
        played = rehearse(ScriptedFeed(look), Shot(8.4, "game"), scenes=scenes)
    assert [type(scene).__name__ for scene in played.stack.scenes] == ["Menu", "Levels", "Stand"]
