"""Pausing, and the pause itself, over a game that only counts its steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pytest

from posegames.body.pose import Pose
from posegames.engine.canvas import Canvas, Point
from posegames.engine.choosing.crossing import HOLD
from posegames.engine.scene import Move, World
from posegames.errors import LevelError
from posegames.events import Event, FocusChanged, Gesture, KeyPressed, PlayerLeft, PointerPressed
from posegames.scenes.flow import DESERTED
from posegames.scenes.pause import COUNT, Pause
from posegames.scenes.pausing import MISSED, Pausing
from posegames.testing import At, Played, ScriptedFeed, Shot, body, play

ESCAPE, ENTER, FOCUS_LOST = KeyPressed("escape"), KeyPressed("return"), FocusChanged(focused=False)
PLACE: Mapping[int, Point] = {1: (900.0, 200.0)}


class Game:
    """A game that counts; its colour is the count, and it says who crosses their arms."""

    def __init__(self, again: Callable[[], Game] | None = None, *, playing: Sequence[int] = ()) -> None:
        self.steps, self.playing = 0, playing
        self.pausing = Pausing(self.draw, again or Game)

    def handle(self, event: Event, world: World) -> Move | None:
        return self.pausing.handle(event, world)

    def update(self, world: World, dt: float) -> Move | None:
        self.steps += 1
        return self.pausing.update(world, dt, playing=self.playing)

    def draw(self, canvas: Canvas, world: World) -> None:
        canvas.fill((self.steps % 256, 200, 90))
        self.pausing.draw(canvas, world, PLACE)


class Menu(Game):
    """Where everything begins."""


def crossing(phase: str = "on", player: int = 1) -> Gesture:
    return Gesture(0.0, player, "arms_crossed", "on" if phase == "on" else "off")


def rehearse(*plan: At | Shot, game: Game | None = None, feed: ScriptedFeed | None = None) -> tuple[Played, Game]:
    game = game or Game()
    return play(game, plan, feed=feed or ScriptedFeed.of(), home=Menu), game


def names(played: Played) -> list[str]:
    return [type(scene).__name__ for scene in played.stack.scenes]


@pytest.mark.parametrize("event", [ESCAPE, FOCUS_LOST, PointerPressed(5, 5, button=3)])
def test_a_key_and_a_lost_keyboard_pause_at_once(event: Event) -> None:
    played, game = rehearse(At(0.5, event), Shot(2.0, "it"))
    assert names(played) == ["Game", "Pause"]
    assert game.steps == 30
    assert [cue.sound for cue in played.cues] == ["pause"]


def test_other_events_do_not() -> None:
    events = (FocusChanged(focused=True), KeyPressed("x"), Gesture(0.0, 1, "squat", "on"), crossing("off"))
    played, _ = rehearse(*(At(0.5, event) for event in events), Shot(2.0, "it"))
    assert names(played) == ["Game"]
    assert not played.cues


def test_arms_crossed_long_enough_pause() -> None:
    plan: list[At | Shot] = [
        At(0.5, crossing()),
        Shot(0.45, "before"),
        Shot(0.5 + HOLD - 0.1, "ring"),
        Shot(3.0, "it"),
    ]
    played, game = rehearse(*plan)
    assert names(played) == ["Game", "Pause"]
    assert game.steps == pytest.approx((0.5 + HOLD) * 60, abs=2)
    # The ring is at the player's place.
    changed = (np.abs(played.pictures["ring"].astype(int) - played.pictures["before"]).max(axis=2) > 60).nonzero()
    assert changed[1].mean() == pytest.approx(900, abs=12)
    assert changed[0].mean() == pytest.approx(200, abs=12)


@pytest.mark.parametrize("parts", [crossing("off"), PlayerLeft(0.0, 1)])
def test_arms_that_part_too_soon_do_not(parts: Event) -> None:
    played, _ = rehearse(At(0.5, crossing()), At(0.5 + HOLD - 0.2, parts), Shot(3.0, "it"))
    assert names(played) == ["Game"]


def test_two_who_cross_their_arms_pause_once() -> None:
    played, _ = rehearse(At(0.5, crossing()), At(0.6, crossing(player=2)), Shot(3.0, "it"))
    assert names(played) == ["Game", "Pause"]


@pytest.mark.parametrize("going", [ESCAPE, ENTER, PointerPressed(640, 330)])
def test_it_goes_on_after_a_count(going: Event) -> None:
    played, game = rehearse(At(0.5, ESCAPE), At(1.0, going), Shot(1.0 + COUNT - 0.1, "count"), Shot(5.0, "it"))
    assert names(played) == ["Game"]
    assert [cue.sound for cue in played.cues if cue.sound in ("count", "go")] == ["count", "count", "count", "go"]
    assert game.steps == pytest.approx(60 * (5.0 - 0.5 - COUNT), abs=2)
    assert played.pictures["count"][5, 5].tolist() == [90, 200, 30]  # the game is seen while they are counted


def test_arms_crossed_again_go_on() -> None:
    plan: list[At | Shot] = [
        At(0.5, crossing()),
        At(2.0, crossing("off")),
        At(2.5, crossing()),
        At(3.4, crossing("off")),
    ]
    played, _ = rehearse(*plan, Shot(2.5 + HOLD + COUNT + 0.2, "it"))
    assert names(played) == ["Game"]


def test_arms_that_stay_crossed_pause_once_and_do_not_go_on() -> None:
    played, _ = rehearse(At(0.5, crossing()), Shot(6.0, "it"))
    assert names(played) == ["Game", "Pause"]
    plan: list[At | Shot] = [At(0.5, crossing()), At(2.0, ENTER), Shot(7.5, "it")]
    played, _ = rehearse(*plan)
    assert names(played) == ["Game"]


@pytest.mark.parametrize("event", [ESCAPE, FOCUS_LOST])
def test_the_count_can_be_stopped(event: Event) -> None:
    played, game = rehearse(At(0.5, ESCAPE), At(1.0, ENTER), At(2.0, event), Shot(8.0, "it"))
    assert names(played) == ["Game", "Pause"]
    assert game.steps == 30


def test_again_makes_the_game_anew() -> None:
    made: list[Game] = []

    def again() -> Game:
        made.append(Game())
        return made[-1]

    played, game = rehearse(At(0.5, ESCAPE), At(1.0, PointerPressed(300, 330)), Shot(2.0, "it"), game=Game(again))
    assert played.stack.scenes == (made[0],)
    assert made[0] is not game
    assert made[0].steps == pytest.approx(60, abs=2)


def test_a_game_that_cannot_be_made_anew_is_said() -> None:
    def again() -> Game:
        raise LevelError("The level cannot be played.", "Its file is gone.", "Choose another one.")

    click = At(1.0, PointerPressed(300, 330))
    played, _ = rehearse(At(0.5, ESCAPE), Shot(0.9, "a"), click, Shot(1.5, "b"), game=Game(again))
    assert names(played) == ["Game", "Pause"]
    changed = np.abs(played.pictures["a"].astype(int) - played.pictures["b"]).max(axis=2) > 60
    assert changed.sum() > 3000


def test_the_menu_is_never_far() -> None:
    played, _ = rehearse(At(0.5, ESCAPE), At(1.0, PointerPressed(970, 330)), Shot(2.0, "it"))
    assert names(played) == ["Menu"]


def test_a_hand_goes_on() -> None:
    def script(time: float) -> Sequence[Pose]:
        hand = (-0.115, 0.78)
        up = {"right_elbow": (-0.15, 0.66), "right_wrist": hand, "right_index": (hand[0], 0.86)}
        return [body(moved=up if time > 1.5 else None)]

    played, _ = rehearse(At(0.8, ESCAPE), Shot(6.5, "it"), feed=ScriptedFeed(script))
    assert names(played) == ["Game"]
    assert "dwell" in [cue.sound for cue in played.cues]


def test_the_pause_itself_may_come_first() -> None:
    """It needs no game below: leaving it then ends the program."""
    game = Game()
    played = play(Pause(game.draw, Game, World(now=0.0)), [At(0.1, ENTER), Shot(5.0, "never")])
    assert played.stack.empty


def present(*spans: tuple[float, float]) -> ScriptedFeed:
    """Owl is there all the time; Fox, further right, only during `spans`."""

    def script(time: float) -> Sequence[Pose]:
        fox = (body(1.2),) if any(start <= time < end for start, end in spans) else ()
        return (*fox, body(0.6))

    return ScriptedFeed(script)


def test_who_is_missing_is_waited_for_until_they_are_back() -> None:
    feed, back = present((0, 2), (6.5, 99)), 6.5
    played, game = rehearse(Shot(back + COUNT + 1, "it"), game=Game(playing=(1,)), feed=feed)
    assert played.way == ["Game", "Pause", "Game"]
    away = back + COUNT - 2 - MISSED
    assert game.steps == pytest.approx(60 * (back + COUNT + 1 - away), abs=12)


def test_who_is_hidden_for_a_moment_is_not() -> None:
    played, _ = rehearse(Shot(9, "it"), game=Game(playing=(1,)), feed=present((0, 2), (2 + MISSED - 0.5, 99)))
    assert played.way == ["Game"]


def test_who_does_not_play_is_not_missed() -> None:
    played, _ = rehearse(Shot(9, "it"), game=Game(playing=(2,)), feed=present((0, 2)))
    assert played.way == ["Game"]


def test_the_others_go_on_when_somebody_has_left_for_good() -> None:
    played, _ = rehearse(Shot(15, "it"), game=Game(playing=(1, 2)), feed=present((0, 2)))
    assert played.way == ["Game", "Pause", "Game"]


def test_the_others_may_go_on_sooner_and_are_not_stopped_again() -> None:
    plan: list[At | Shot] = [At(5.5, ENTER), Shot(12, "it")]
    played, _ = rehearse(*plan, game=Game(playing=(1, 2)), feed=present((0, 2), (9.5, 99)))
    assert played.way == ["Game", "Pause", "Game"]
    assert played.stack.top is not None


def test_where_all_have_gone_the_pause_stays_until_it_begins_anew() -> None:
    game = Game(playing=(1,))
    feed = ScriptedFeed(lambda time: (body(),) if time < 2 else ())
    start = MISSED + 2
    played = play(game, [Shot(start + DESERTED + 1, "it")], feed=feed, home=Menu, start=Menu)
    assert played.way == ["Game", "Pause", "Menu"]
