"""Stories of tag: tags, dashes and hiding, who comes and goes, rounds and the clock."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import asdict

import pytest

from posegames.rules.arena import Arena, Box, Circle
from posegames.rules.playground import BREATH, PATIENT, SAFE, SECOND, TAG, Playground
from posegames.rules.tag import (
    Avatar,
    Counted,
    Dashed,
    GameOver,
    Hid,
    Passed,
    RoundBegan,
    RoundOver,
    Showed,
    Steer,
    TagEvent,
    TagGame,
    Tagged,
)

DT = 1 / 60
GARDEN = Arena(obstacles=(Circle(4, 4.5, 0.9), Box(11, 3.5, 1, 2)))


def go(
    game: TagGame,
    seconds: float,
    steers: Mapping[int, Steer] | None = None,
    *,
    dashes: Collection[int] = (),
    away: Collection[int] = (),
) -> list[TagEvent]:
    """Play on; `dashes` in the first step only."""
    events = []
    for step in range(round(seconds / DT)):
        events += game.update(steers or {}, DT, dashes=() if step else dashes, away=away)
    return events


def playing(count: int = 2, **arena: float) -> tuple[TagGame, list[Avatar]]:
    """Return a game that runs between players only, who stand far apart, and them: It first."""
    game = TagGame(Arena(avatars=count, seconds=arena.get("seconds", 60)))
    for number in range(1, count + 1):
        game.join(number)
    go(game, 3)
    avatars = sorted(game.avatars, key=lambda avatar: not avatar.it)
    for avatar, (x, y) in zip(avatars, [(2, 2), (14, 2), (14, 7), (2, 7), (8, 2), (8, 7)], strict=False):
        avatar.stand(x, y, 0)
    return game, avatars


def put_beside(it: Avatar, other: Avatar) -> None:
    other.x, other.y = it.x + 0.72, it.y


# --- tags ---


def test_a_touch_passes_it_on() -> None:
    game, (it, other) = playing()
    assert go(game, 0.5) == []
    put_beside(it, other)
    assert go(game, DT) == [Tagged(it.number, other.number)]
    assert (game.it, it.it, other.it) == (other.number, False, True)
    assert (it.tags, it.points) == (1, TAG + SECOND * DT)
    assert other.points == pytest.approx(SECOND * 0.5)


def test_who_was_tagged_counts_first_and_cannot_tag_back_at_once() -> None:
    game, (it, other) = playing()
    put_beside(it, other)
    go(game, DT)
    assert (other.frozen, it.safe) == (BREATH, SAFE)
    where = other.x, other.y
    it.x = 2.0
    other.x, other.y = where
    go(game, BREATH - 2 * DT, {other.number: Steer(y=1)})
    assert math.dist(where, (other.x, other.y)) < 0.1  # a soft push by the tagger at most
    put_beside(it, other)
    assert go(game, SAFE - BREATH - 2 * DT) == []
    put_beside(it, other)
    assert go(game, 5 * DT) == [Tagged(other.number, it.number)]


def test_of_two_in_reach_the_nearer_is_tagged() -> None:
    game, (it, near, far) = playing(3)
    near.x, near.y = it.x + 0.6, it.y
    far.x, far.y = it.x, it.y + 0.7
    assert go(game, DT) == [Tagged(it.number, near.number)]


def test_points_are_for_seconds_and_tags_and_nothing_is_lost() -> None:
    game, (it, *others) = playing(4)
    go(game, 10)
    assert it.points == 0
    assert [other.points for other in others] == pytest.approx([10 * SECOND] * 3)
    # To be It, and to catch somebody quickly, must not pay more than to run away.
    assert TAG < SECOND * 3


# --- dashing and hiding ---


def test_who_jumps_dashes_once_and_then_rests() -> None:
    game, (_, other) = playing()
    other.heading = math.pi
    assert go(game, 0.1, dashes=[other.number, 5, 77]) == [Dashed(other.number)]
    assert other.dash > 0
    assert other.rest == 0
    assert go(game, 2.0, dashes=[other.number]) == []
    assert 0 < other.rest < 1
    go(game, 1.0)
    assert other.rest == 1
    assert go(game, DT, dashes=[other.number]) == [Dashed(other.number)]


def test_a_jump_between_two_steps_is_not_lost() -> None:
    game, (_, other) = playing()
    assert game.update({}, 0.005, dashes=[other.number]) == []
    assert game.update({}, 0.015) == [Dashed(other.number)]


def test_who_ducks_is_not_tagged_and_does_not_move_for_a_moment() -> None:
    game, (it, other) = playing()
    duck = {other.number: Steer(x=1, duck=True)}
    assert go(game, DT, duck) == [Hid(other.number)]
    put_beside(it, other)
    where = other.x
    events = go(game, 1.4, duck)
    assert (events, other.ducked) == ([], True)
    assert other.x - where < 0.1
    put_beside(it, other)
    events = go(game, 0.2, duck)
    assert events[:2] == [Showed(other.number), Tagged(it.number, other.number)]


def test_hiding_needs_a_rest_and_ends_with_standing_up() -> None:
    game, (_, other) = playing()
    duck = {other.number: Steer(duck=True)}
    assert go(game, 0.3, duck) == [Hid(other.number)]
    assert go(game, DT) == [Showed(other.number)]
    assert go(game, 2.9, duck) == []
    assert 0.9 < other.duck_rest < 1
    assert go(game, 0.2, duck) == [Hid(other.number)]


def test_it_cannot_hide() -> None:
    game, (it, _) = playing()
    assert go(game, 1, {it.number: Steer(duck=True)}) == []


# --- who is away ---


def test_who_is_away_is_paused_not_punished() -> None:
    game, (it, other) = playing()
    go(game, 1)
    points = other.points
    put_beside(it, other)
    gone = [other.number]
    assert go(game, 5, {other.number: Steer(x=1)}, dashes=gone, away=gone) == []
    assert (other.away, other.points) == (True, points)
    assert other.x == pytest.approx(it.x + 0.72)
    assert go(game, 1.4) == []
    assert not other.away
    assert go(game, 0.2) == [Tagged(it.number, other.number)]  # safe for a moment, then it is a game again


def test_it_passes_on_from_who_stays_away_without_loss() -> None:
    game, (it, *others) = playing(3)
    points = [other.points for other in others]
    assert go(game, PATIENT - 0.1, away=[it.number]) == []
    events = go(game, 0.2, away=[it.number])
    assert events == [Passed(it.number, game.it)]
    assert it.it is False
    assert game.it in {other.number for other in others}
    assert [other.points for other in others] > points
    assert sum(other.frozen > 0 for other in others) == 1


def test_it_stays_with_who_is_back_in_time_and_where_nobody_else_is() -> None:
    game, (it, other) = playing()
    for _ in range(3):
        assert go(game, 0.8, away=[it.number]) == []
        assert go(game, 0.1) == []
    assert go(game, 4, away=[it.number, other.number]) == []
    assert game.it == it.number


def test_every_lot_falls_on_each_alike() -> None:
    ground = Playground(Arena(), 4, 0)
    firsts: Counter[int] = Counter()
    for _ in range(400):
        ground.choose_it()
        firsts[ground.it.number] += 1
    assert sorted(firsts) == [1, 2, 3, 4]
    assert min(firsts.values()) > 70


# --- coming and going ---


def test_a_player_takes_the_bot_of_that_number_with_its_points() -> None:
    game = TagGame(Arena(), seed=3)
    go(game, 6)
    before = game.avatars[1]
    where, points = (before.x, before.y), before.points
    game.join(2)
    assert game.avatars[1] is before
    assert (before.bot, before.x, before.y, before.points) == (False, *where, points)
    assert before.safe == SAFE or before.frozen == BREATH
    assert [avatar.bot for avatar in game.avatars] == [True, False, True, True]


def test_a_player_with_another_number_takes_a_bot_that_is_not_it() -> None:
    for seed in range(6):
        game = TagGame(Arena(), seed=seed)
        it = game.it
        game.join(6)
        assert game.it == it
        numbers = [avatar.number for avatar in game.avatars]
        assert numbers == ([1, 2, 3, 6] if it != 4 else [1, 2, 4, 6])
        assert [avatar.number for avatar in game.avatars if not avatar.bot] == [6]


@pytest.mark.parametrize("begun", [0, 8])
def test_where_no_bot_is_left_one_more_comes_to_a_free_place(begun: float) -> None:
    game = TagGame(GARDEN, seed=1)
    for number in (1, 2, 3, 4):
        game.join(number)
    go(game, begun)
    game.join(6)
    game.join(5)
    assert [avatar.number for avatar in game.avatars] == [1, 2, 3, 4, 5, 6]
    assert not any(avatar.bot for avatar in game.avatars)
    places = [(avatar.x, avatar.y) for avatar in game.avatars]
    assert min(math.dist(a, b) for a in places for b in places if a is not b) > 0.8
    assert sum(avatar.it for avatar in game.avatars) == 1


def test_who_leaves_is_replaced_by_a_bot_that_plays_on() -> None:
    game, (it, *_) = playing(4)
    game.leave(it.number)
    game.leave(it.number)
    game.leave(6)
    assert it.bot
    where = it.x, it.y
    go(game, 2, away=[it.number])
    assert math.dist(where, (it.x, it.y)) > 2
    assert not it.away
    game.join(it.number)
    assert not it.bot


def test_bots_that_stand_in_go_with_the_round() -> None:
    game = TagGame(Arena(avatars=2, rounds=2, seconds=5))
    for number in range(1, 7):
        game.join(number)
    for number in (1, 3, 4):
        game.leave(number)
    assert len(game.avatars) == 6
    go(game, 3 + 5 + 3)
    assert game.round == 2
    assert [avatar.number for avatar in game.avatars] == [2, 5, 6]
    assert sum(avatar.it for avatar in game.avatars) == 1


@pytest.mark.parametrize("number", [0, 7, -1, True + 6, 2.5])
def test_a_slot_that_does_not_exist_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 6"):
        TagGame(Arena()).join(number)


# --- rounds and the clock ---


def test_a_game_counts_down_plays_its_rounds_and_ends() -> None:
    game = TagGame(Arena(avatars=2, seconds=5, rounds=2))
    game.join(1)
    game.join(2)
    assert (game.phase, game.round, game.left, game.countdown) == ("ready", 1, 5.0, 3.0)
    assert go(game, 3) == [Counted(3), Counted(2), Counted(1), RoundBegan(1)]
    assert (game.phase, game.left, game.countdown) == ("running", 5.0, 0.0)
    go(game, 2)
    assert game.left == pytest.approx(3)
    assert RoundOver(1) in go(game, 3)
    assert (game.phase, game.left, game.countdown) == ("between", 0.0, 3.0)
    points = [avatar.points for avatar in game.avatars]
    assert go(game, 3) == []
    assert (game.phase, game.round) == ("ready", 2)
    assert go(game, 3)[-1] == RoundBegan(2)
    assert [avatar.points for avatar in game.avatars] == points
    assert go(game, 5)[-2:] == [RoundOver(2), GameOver()]
    assert (game.phase, game.left, game.countdown) == ("over", 0.0, 0.0)
    assert go(game, 5, {1: Steer(x=1), 2: Steer(duck=True)}, dashes=[1, 2]) == []


def test_before_a_round_players_only_turn() -> None:
    game = TagGame(Arena(avatars=2))
    game.join(1)
    player = game.avatars[0]
    where = player.x, player.y
    go(game, 1, {1: Steer(y=1), 2: Steer(y=1)})
    assert (player.x, player.y) == where
    assert player.heading == pytest.approx(math.pi / 2, abs=0.01)
    assert abs(math.sin(game.avatars[1].heading)) < 1e-9  # still to the middle, from the left or the right


def test_after_a_round_everybody_comes_to_rest_and_shows() -> None:
    game, (it, other) = playing(seconds=1)
    go(game, 0.9, {it.number: Steer(x=1)})
    events = go(game, 0.5, {it.number: Steer(x=1), other.number: Steer(duck=True)}, dashes=[it.number])
    events += go(game, 0.5)
    assert {Hid(other.number), Showed(other.number), Dashed(it.number)} < set(events)
    assert (it.vx, it.vy, it.dash, other.hide) == (0, 0, 0, 0)


@pytest.mark.parametrize("rate", [30, 50, 120])
def test_it_is_the_same_game_at_any_rate(rate: int) -> None:

    def play(hz: int) -> tuple[list[TagEvent], list[dict[str, object]]]:
        game = TagGame(GARDEN, seed=5)
        game.join(2)
        events: list[TagEvent] = []
        for part in range(30):
            steer = Steer(math.cos(part * 1.3), math.sin(part * 0.7), duck=part % 11 == 0)
            done = round(part * 0.5 * hz), round((part + 1) * 0.5 * hz)
            for step in range(*done):
                events += game.update({2: steer}, 1 / hz, dashes=(2,) if step == done[0] and part % 6 == 0 else ())
        return events, [asdict(avatar) for avatar in game.avatars]

    expected, found = play(60), play(rate)
    assert len(expected[0]) > 12
    assert found == expected


def test_the_seed_decides_everything() -> None:
    def play(seed: int) -> list[tuple[float, float]]:
        game = TagGame(GARDEN, seed=seed)
        go(game, 10)
        return [(avatar.x, avatar.y) for avatar in game.avatars]

    assert play(1) == play(1)
    assert play(1) != play(2)


@pytest.mark.parametrize("dt", [0, -1, math.nan])
def test_time_that_does_not_pass_changes_nothing(dt: float) -> None:
    game = TagGame(Arena())
    assert game.update({}, dt) == []
    assert game.countdown == 3.0


@pytest.mark.parametrize("dt", [5.0, 1e300, math.inf])
def test_a_stall_is_not_played(dt: float) -> None:
    game = TagGame(Arena())
    assert game.update({}, dt) == [Counted(3)]
    assert game.countdown == 2.75


def test_sticks_of_nobody_and_of_bots_steer_nothing() -> None:
    one, other = TagGame(GARDEN, seed=2), TagGame(GARDEN, seed=2)
    go(one, 6)
    go(other, 6, {0: Steer(x=1), 1: Steer(x=1), 9: Steer(duck=True)}, dashes=[1, 9], away=[2, 9])
    assert [asdict(avatar) for avatar in one.avatars] == [asdict(avatar) for avatar in other.avatars]
