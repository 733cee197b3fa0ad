from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from posegames.body.pose import Pose
from posegames.engine.levels.level import Level
from posegames.engine.levels.shelf import Shelf
from posegames.engine.scene import Cue, Move, Setup, World
from posegames.engine.theme import THEATRE
from posegames.errors import LevelError
from posegames.events import Event, FocusChanged, Gesture, KeyPressed, KeyReleased, PlayerJoined
from posegames.preferences import Preferences
from posegames.rules.arena import Arena, Circle
from posegames.rules.avatars import Avatar
from posegames.rules.piece import Piece, Target
from posegames.scenes.pause import Pause
from posegames.scenes.results import Results
from posegames.scenes.tag.scene import LAST, Tag
from posegames.scenes.tag.steering import Steering, Stick
from posegames.seeing.sighting import Picture
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import load_play, parse_play
from posegames.testing import At, Played, ScriptedFeed, Shot, assert_picture, body, play

GOLDEN = Path(__file__).parents[1] / "golden"
OPEN = Arena(seconds=30, avatars=2)
MEADOW = Arena(
    obstacles=(Circle(8, 4.5, 0.8), Circle(3.2, 2.6, 0.6), Circle(12.8, 2.6, 0.6), Circle(3.2, 6.4, 0.6)),
    seconds=60,
)
OWL_IS_IT = 0
"""A seed with which the second of two is It first."""
BEGUN = 3.5
"""Seconds until a game runs: who comes takes a slot after 0.3, and is given three to get ready."""


def setup(arena: Arena = OPEN, seed: int = 0) -> Setup:
    level = Level(scene="tag", name="test", title="Test", content=arena)
    return Setup(level=level, shelf=Shelf(), seed=seed)


def acting(script: str, actors: int = 1) -> ScriptedFeed:
    """Return a feed of actors who do what `script` says."""
    stage = Choreography(parse_play(script), actors=actors)
    return ScriptedFeed(stage.at)


def room() -> Picture:
    picture = np.full((360, 640, 3), (150, 165, 180), dtype=np.uint8)
    picture[270:] = (70, 95, 120)
    return picture


class Watched(Tag):
    """The scene, with somebody who takes down what its avatars do."""

    def __init__(self, setup: Setup) -> None:
        super().__init__(setup)
        self.log: list[tuple[float, float, dict[int, Avatar]]] = []
        """When, seconds left, copies of all avatars."""

    def update(self, world: World, dt: float) -> Move | None:
        move = super().update(world, dt)
        avatars = {
            a.number: Avatar(a.number, a.bot, a.x, a.y, away=a.away, points=a.points) for a in self.game.avatars
        }
        self.log.append((world.now, self.game.left, avatars))
        return move

    def at(self, time: float, number: int = 1) -> Avatar:
        return next(avatars[number] for now, _, avatars in self.log if now >= time)

    def left(self, time: float) -> float:
        return next(left for now, left, _ in self.log if now >= time)


def rehearse(
    feed: ScriptedFeed,
    *plan: At | Shot,
    arena: Arena = OPEN,
    seed: int = 0,
    players: int = 4,
    wanted: Preferences | None = None,
    hz: int = 30,
) -> tuple[Played, Watched]:
    scene = Watched(setup(arena, seed))
    return play(scene, plan, feed=feed, players=players, hz=hz, preferences=wanted), scene


def test_bots_play_alone_until_somebody_comes() -> None:
    played, scene = rehearse(ScriptedFeed.of(), Shot(6.0, "it"), arena=MEADOW)
    assert scene.attract
    assert all(avatar.bot for avatar in scene.game.avatars)
    assert len(scene.game.avatars) == 4
    ran = [
        abs(scene.at(5.9, n).x - scene.at(3.1, n).x) + abs(scene.at(5.9, n).y - scene.at(3.1, n).y)
        for n in range(1, 5)
    ]
    assert min(ran) > 0.1
    assert played.cues == []  # an attract game that sounded would be unbearable by noon


def test_the_attract_game_begins_anew_when_it_is_over() -> None:
    _, scene = rehearse(ScriptedFeed.of(), Shot(9.0, "it"), arena=Arena(seconds=2))
    assert scene.attract
    assert scene.game.phase in ("ready", "running")


def test_the_first_who_comes_begins_a_game() -> None:
    played, scene = rehearse(ScriptedFeed(lambda t: (body(0.9),) if t > 2 else ()), Shot(3.0, "it"))
    assert not scene.attract
    assert [avatar.number for avatar in scene.game.avatars if not avatar.bot] == [1]
    assert scene.game.phase == "ready"
    assert played.cues[:2] == [Cue("join", 1), Cue("count")]


@pytest.mark.parametrize(
    ("move", "across", "down"),
    [
        ("lean right", 1, 0),
        ("lean left", -1, 0),
        ("step right", 1, 0),
        ("step left", -1, 0),
        ("step forward", 0, -1),
        ("step back", 0, 1),
    ],
)
def test_avatars_run_where_bodies_lean_and_step(move: str, across: int, down: int) -> None:
    """A player's own right is the right of the screen, and a step towards it runs up."""
    feed = acting(f"seconds 12\nactors 2\n4.0 1 {move} seconds=3", actors=2)  # Owl stands and looks
    _, scene = rehearse(feed, Shot(6.2, "it"), seed=OWL_IS_IT)
    before, after = scene.at(4.2), scene.at(6.2)
    assert not before.bot
    way = (after.x - before.x) * across + (after.y - before.y) * down
    aside = abs((after.x - before.x) * down) + abs((after.y - before.y) * across)
    assert way > 1.5
    assert aside < 0.4 * way


def test_a_lean_alone_and_a_step_alone_reach_full_speed() -> None:
    assert Stick(lean=0.8).steer.x == 1.0
    assert Stick(step=-1.0).steer.x == -1.0
    assert Stick(advance=0.8).steer.y == -1.0
    assert Stick(step=1.0, lean=-1.0).steer.x < 0  # leaning is quicker: it corrects a step


@pytest.mark.parametrize(("move", "cue"), [("jump", "dash"), ("squat", "hide")])
def test_a_jump_dashes_and_a_squat_hides(move: str, cue: str) -> None:
    feed = acting(f"seconds 12\nactors 2\n4.0 1 {move}", actors=2)
    played, scene = rehearse(feed, Shot(4.9, "it"), seed=OWL_IS_IT)
    assert Cue(cue, 1) in played.cues
    assert next(avatar for avatar in scene.game.avatars if avatar.number == 1).ducked == (move == "squat")


def test_who_vanishes_is_waited_for_and_loses_nothing() -> None:
    """Alone: time stands still, and the game goes on when they are back."""
    feed = ScriptedFeed(lambda t: () if 6 < t < 9 else (body(0.9, track=1),))
    played, scene = rehearse(feed, Shot(5.5, "before"), Shot(8.0, "away"), Shot(12.0, "back"))
    assert scene.left(7.0) == scene.left(8.9) > 20
    assert scene.at(8.9, 1).points == scene.at(7.0, 1).points
    assert scene.at(8.9, 2).points == scene.at(7.0, 2).points
    assert scene.left(12.0) < scene.left(8.9) - 2
    waits = {name: picture[500:590, 400:880].astype(float) for name, picture in played.pictures.items()}
    assert np.abs(waits["away"] - waits["before"]).mean() > 10  # it is said that the game waits


def test_one_who_vanishes_among_others_is_paused() -> None:
    feed = ScriptedFeed(lambda t: (body(1.3), *(() if t > 6 else (body(0.5),))))
    _, scene = rehearse(feed, Shot(9.0, "it"), arena=Arena(seconds=30, avatars=3), seed=1)
    gone = scene.at(8.9, 2)
    assert gone.away
    assert (gone.x, gone.y, gone.points) == (scene.at(7.0, 2).x, scene.at(7.0, 2).y, scene.at(7.0, 2).points)
    assert scene.left(8.9) < scene.left(7.0) - 1.5


def test_when_the_last_has_left_the_bots_play_on() -> None:
    feed = ScriptedFeed(lambda t: (body(0.9),) if t < 5 else ())
    played, scene = rehearse(feed, Shot(11.5, "it"))
    assert scene.attract
    assert Cue("leave", 1) in played.cues


def test_who_comes_late_takes_the_place_of_a_bot() -> None:
    feed = ScriptedFeed(lambda t: (body(1.3), *((body(0.5),) if t > 6 else ())))
    played, scene = rehearse(feed, Shot(6.2, "before"), Shot(6.7, "in"), arena=MEADOW)
    assert [a.number for a in scene.game.avatars if not a.bot] == [1, 2]
    assert len(scene.game.avatars) == 4
    assert [cue for cue in played.cues if cue.sound == "join"] == [Cue("join", 1), Cue("join", 2)]
    called = np.abs(played.pictures["in"].astype(int) - played.pictures["before"])[110:560, 420:860]
    shown = played.pictures["in"][110:560, 420:860].astype(int)
    owl = np.abs(shown - THEATRE.look(2).colour[::-1]).max(axis=2) < 12
    assert called.max() > 100
    assert owl.sum() > 3000  # "Owl is in!", in Owl's colour and large


@pytest.mark.parametrize("event", [KeyPressed("escape"), FocusChanged(focused=False)])
def test_it_can_be_paused(event: Event) -> None:
    played, scene = rehearse(ScriptedFeed.of(body(0.9)), At(5.0, event), Shot(8.0, "it"))
    assert isinstance(played.stack.top, Pause)
    assert scene.game.left == pytest.approx(30 - (5 - 0.3 - 3), abs=0.1)


def test_crossed_arms_pause_it() -> None:
    feed = acting("seconds 12\nactors 1\n4.5 1 arms crossed seconds=3")
    played, _ = rehearse(feed, Shot(7.5, "it"))
    assert isinstance(played.stack.top, Pause)


def test_in_the_end_there_are_results() -> None:
    feed = ScriptedFeed.of(body(1.3), body(0.5))
    end = BEGUN + 3 + LAST
    played, scene = rehearse(feed, Shot(end + 0.5, "it"), arena=Arena(seconds=3, avatars=3))
    assert scene.game.phase == "over"
    assert isinstance(played.stack.top, Results)
    sounds = [cue.sound for cue in played.cues]
    assert sounds.count("tick") == 2  # as two seconds are left, and one
    assert "end" in sounds


def test_after_the_results_it_can_be_played_again() -> None:
    feed = ScriptedFeed.of(body(1.3), body(0.5))
    end = BEGUN + 2 + LAST
    plan = (At(end + 2, KeyPressed("return")), Shot(end + 2.5, "it"))
    played, scene = rehearse(feed, *plan, arena=Arena(seconds=2, avatars=2))
    assert isinstance(played.stack.top, Tag)
    assert played.stack.top is not scene
    assert not played.stack.top.attract


def test_keys_run_as_long_as_they_are_held() -> None:
    plan = (
        At(1.0, KeyPressed("up")),
        At(4.7, KeyReleased("up")),
        At(5.2, KeyPressed("down")),
        At(5.6, KeyReleased("down")),
        Shot(5.7, "it"),
    )
    _, scene = rehearse(ScriptedFeed.of(), *plan, seed=OWL_IS_IT)
    assert not scene.attract
    assert not scene.at(1.1).bot
    assert scene.at(4.7).y < scene.at(4.0).y - 1
    assert scene.at(5.2).y == pytest.approx(scene.at(4.95).y, abs=0.02)
    assert scene.at(5.6).y > scene.at(5.2).y + 0.5


@pytest.mark.parametrize(("key", "cue"), [("space", "dash"), ("s", "hide"), ("left shift", "hide")])
def test_keys_dash_and_hide(key: str, cue: str) -> None:
    plan = (At(0.5, KeyPressed("up")), At(0.6, KeyReleased("up")), At(4.0, KeyPressed(key)), Shot(4.2, "it"))
    played, _ = rehearse(ScriptedFeed.of(), *plan, seed=OWL_IS_IT)
    assert Cue(cue, 1) in played.cues


def test_keys_steer_the_first_player_where_somebody_stands() -> None:
    feed = ScriptedFeed.of(body(1.3), body(0.5))
    plan = (At(4.5, KeyPressed("down")), Shot(5.5, "it"))
    _, scene = rehearse(feed, *plan, arena=Arena(seconds=30, avatars=2), seed=OWL_IS_IT)
    assert scene.at(5.5).y > scene.at(4.5).y + 1 or scene.at(5.5).y > 8.4
    assert [a.number for a in scene.game.avatars] == [1, 2]


def test_no_key_stays_down_over_a_pause() -> None:
    """Whoever lets go of a key in the pause does not find it pressed after it."""
    steering = Steering()
    steering.handle(KeyPressed("right"))
    assert steering.steers()[1].x == 1.0
    steering.handle(KeyPressed("left"))
    assert steering.steers()[1].x == 0.0
    steering.release()
    assert steering.steers()[1].x == 0.0
    steering.handle(KeyReleased("left"))
    assert steering.steers()[1].x == 0.0


def test_gestures_of_nobody_and_numbers_that_are_none_steer_nothing() -> None:
    steering = Steering()
    steering.handle(Gesture(0.0, 5, "lean", "value", 1.0))
    assert steering.steers() == {}
    steering.handle(PlayerJoined(0.0, 2))
    for value in (float("nan"), float("inf")):
        steering.handle(Gesture(0.0, 2, "lean", "value", value))
    assert steering.steers()[2].x == 0.0
    steering.handle(KeyPressed("space"))  # which alone seats nobody
    assert steering.dashes() == frozenset()


def test_a_level_of_another_scene_is_refused() -> None:
    piece = Piece(targets=(Target(name="Tree", angles={"trunk": 0.0}),))
    level = Level(scene="match", name="poses", title="Poses", content=piece)
    with pytest.raises(LevelError, match="'poses' cannot be played"):
        Tag(Setup(level=level))


def test_without_a_level_the_first_is_played() -> None:
    assert Tag(Setup()).game.arena == Shelf().first("tag").content


def odd(time: float) -> Sequence[Pose]:
    """Return bodies of which hardly anything is seen, and some far outside of the picture."""
    shoulders = body(0.9)
    few = np.zeros(33, dtype=np.float32)
    few[[11, 12]] = 0.9
    return (
        Pose(shoulders.xy, few, track=1),
        Pose(shoulders.xy * 30, shoulders.confidence, track=2),
        body(1.5, height=0.02, track=3),
        body(-4.0, height=5.0, track=4),
    )


@pytest.mark.parametrize("picture", [None, room()])
def test_odd_bodies_do_no_harm(picture: Picture | None) -> None:
    played, scene = rehearse(ScriptedFeed(odd, picture=picture), Shot(4.5, "it"), arena=MEADOW, players=2)
    assert played.pictures["it"].shape == (720, 1280, 3)
    assert not scene.attract


def four(play_name: str = "tag") -> ScriptedFeed:
    stage = Choreography(load_play(play_name), actors=4)
    return ScriptedFeed(stage.at, picture=room())


GOLDEN_SHOTS: dict[str, tuple[Callable[[], ScriptedFeed], float, int]] = {
    "tag-ready": (four, 2.0, 4),
    "tag-running": (four, 5.4, 4),
    "tag-alone": (lambda: ScriptedFeed.of(body(0.9), picture=room()), 3.7, 4),
    "tag-attract": (ScriptedFeed.of, 3.3, 4),
}
"""Who is there, when the picture is taken, and how many may play."""


@pytest.mark.parametrize(
    ("name", "theme"),
    [
        *((name, "theatre") for name in GOLDEN_SHOTS),
        ("tag-ready", "high-contrast"),
    ],
)
def test_what_it_looks_like(name: str, theme: str) -> None:
    feed, time, players = GOLDEN_SHOTS[name]
    wanted = Preferences(theme=theme)
    played, _ = rehearse(feed(), Shot(time, "it"), arena=MEADOW, players=players, wanted=wanted, hz=60)
    assert_picture(played.pictures["it"], GOLDEN / f"{name}{'' if theme == 'theatre' else '-' + theme}.png")


def test_a_tag_is_seen_and_heard() -> None:
    """Owl is It and leans towards Fox, who waits."""
    feed = acting("seconds 12\nactors 2\n4.3 2 lean right seconds=3", actors=2)
    played, scene = rehearse(feed, Shot(6.6, "it"), seed=OWL_IS_IT, hz=60)
    assert [cue for cue in played.cues if cue.sound == "tag"] == [Cue("tag", 1)]
    assert scene.game.it == 1
    assert scene.game.avatars[1].tags == 1
    assert_picture(played.pictures["it"], GOLDEN / "tag-tagged.png")


def test_the_same_play_gives_the_same_game() -> None:
    first, again = (rehearse(four(), Shot(4.5, "it"), arena=MEADOW)[0] for _ in range(2))
    assert (first.pictures["it"] == again.pictures["it"]).all()
