"""The course of a game: who is asked for what, when it locks, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
import pytest
from copies import arms, body, copy, player, target

from posegames.body.pose import Pose
from posegames.players.player import Player
from posegames.rules.judging import judge
from posegames.rules.match import (
    BETWEEN,
    GIVE_UP,
    OTHERS,
    Counted,
    Finished,
    Locked,
    MatchEvent,
    MatchGame,
    Missed,
    Posed,
)
from posegames.rules.piece import Piece, Target
from posegames.rules.turn import GOLD, STARS

T = target(**arms(90, 90, 90, 90))
UP = target(**arms(170, 170, 170, 170))
HERO = target(**arms(45, -45, 45, -45))
STILL = body(target())
Script = Callable[[float, MatchGame], Sequence[Player]]


@dataclass
class Played:
    game: MatchGame
    events: list[tuple[float, MatchEvent]] = field(default_factory=list)
    time: float = 0.0

    def of(self, kind: type[MatchEvent]) -> list[MatchEvent]:
        return [event for _, event in self.events if isinstance(event, kind)]

    def go(self, script: Script, seconds: float, hz: int = 30, rate: int = 30) -> Played:
        """Play on for `seconds`, with `rate` sightings a second."""
        players: Sequence[Player] = ()
        end, due = self.time + seconds, self.time
        while self.time < end and self.game.phase != "over":
            self.time += 1 / hz
            if self.time >= due - 1e-9:
                players = script(self.time, self.game)
                due += 1 / rate
            self.events += [(self.time, event) for event in self.game.update(tuple(players), 1 / hz)]
        return self


def begin(*targets: Target, either: bool = False) -> Played:
    return Played(MatchGame(Piece(targets=targets, either=either)))


def one(pose: Pose) -> Script:
    return lambda time, _game: [player(pose, time)]


def copying(*numbers: int) -> Script:
    """Everybody strikes what is asked for, at once."""
    return lambda time, game: [player(body(game.target, at=(0.4 * n, 0.5)), time, n) for n in numbers]


def nobody(_time: float, _game: MatchGame) -> Sequence[Player]:
    return []


def state(game: MatchGame) -> tuple[str, int | None]:
    return game.phase, game.countdown


def test_a_game_from_the_first_step_to_the_end() -> None:
    played = begin(T, UP).go(nobody, 2)
    game = played.game
    assert state(game) == ("ready", None)
    assert played.events == []
    played.go(copying(1), 20)
    assert [type(event) for _, event in played.events] == [
        *(Counted, Counted, Counted),
        *(Posed, Locked, Posed, Locked, Finished),
    ]
    assert played.of(Counted) == [Counted(3), Counted(2), Counted(1)]
    assert played.of(Posed) == [Posed(0), Posed(1)]
    first, second = played.of(Locked)
    assert first == Locked(1, "perfect", 1200, 1)
    assert second == Locked(1, "perfect", 1260, 2)
    times = [time for time, event in played.events if not isinstance(event, Counted)]
    assert times[0] == pytest.approx(2 + 0.5 + 2.1, abs=0.05)
    assert times[1] - times[0] == pytest.approx(1.2, abs=0.1)  # the hold
    assert times[2] - times[1] == pytest.approx(BETWEEN, abs=0.05)
    turn = game.turns[1]
    assert (game.phase, turn.points, turn.stars, turn.gold, turn.combo) == ("over", 2460, 5, True, 2)
    assert turn.best_limb is not None
    assert turn.best_limb.words == "left forearm"
    assert turn.to_practise is None
    assert game.update((player(STILL, 99),), 1) == []


@pytest.mark.parametrize(("hz", "rate"), [(15, 15), (30, 30), (60, 15), (60, 60)])
def test_any_rate_gives_the_same_game(hz: int, rate: int) -> None:
    played = begin(T, UP).go(copying(1), 20, hz, rate)
    assert [event.rating for event in played.of(Locked) if isinstance(event, Locked)] == ["perfect"] * 2
    assert played.game.turns[1].points == pytest.approx(2460, abs=5)
    assert played.time == pytest.approx(2.6 + 2 * (1.2 + BETWEEN), abs=0.5)


def test_what_is_asked_and_what_comes() -> None:
    played = begin(T, UP, HERO)
    game = played.game
    assert (game.count, game.target, game.upcoming, game.left) == (3, T, (UP, HERO), None)
    played.go(copying(1), 5.5)
    assert (game.index, game.target, game.upcoming) == (1, UP, (HERO,))
    with pytest.raises(ValueError, match="at least one"):
        MatchGame(Piece(targets=()))


def test_who_walks_away_during_the_count_stops_it() -> None:
    played = begin(T).go(copying(1), 1.5)
    assert state(played.game) == ("ready", 2)
    played.go(nobody, 2)
    assert state(played.game) == ("ready", None)
    played.go(copying(1), 3)
    assert played.of(Counted) == [Counted(n) for n in (3, 2, 3, 2, 1)]


def test_passing_through_does_not_lock() -> None:
    poses = [body(target(**arms(*[angle] * 4))) for angle in range(0, 180, 9)]
    swinging = [*poses, *reversed(poses)]
    played = begin(T).go(lambda time, _game: [player(swinging[round(time * 30) % len(swinging)], time)], 11)
    assert played.of(Locked) == []
    assert played.game.turns[1].bar < 0.5


def test_the_bar_fills_drains_slowly_and_survives_a_flicker() -> None:
    played = begin(T).go(one(STILL), 2.7).go(one(body(T)), 0.9)
    turn = played.game.turns[1]
    full = turn.bar
    assert 0.6 < full < 0.9
    played.go(lambda time, _game: [player(STILL, time - 1, hidden=True)], 0.5)
    assert turn.bar == full
    assert turn.judgement is not None
    played.go(one(STILL), 0.6)
    assert full - 0.4 < turn.bar < full - 0.2
    played.go(one(body(T)), 0.9)
    assert turn.locked == "perfect"


@pytest.mark.parametrize(("off", "rating"), [(4, "perfect"), (13, "good"), (17, "ok"), (30, None)])
def test_ratings_follow_how_well_it_is_kept_up(off: float, rating: str | None) -> None:
    pose = body(target(**arms(90 - off, 90 - off, 90 + off, 90 + off)))
    timed = replace(T, seconds=10.0)
    played = begin(timed).go(one(pose), 20)
    (event,) = played.of(Locked) or played.of(Missed)
    assert (event.rating if isinstance(event, Locked) else None) == rating
    if isinstance(event, Missed):
        assert event.words == "left arm higher next time"


def test_a_clock_goes_on_by_itself_and_counts_what_was_nearly_held() -> None:
    fast = [replace(pose, seconds=3.0) for pose in (T, UP, HERO)]
    played = begin(*fast).go(one(body(T)), 2.7)
    assert played.game.left == pytest.approx(3, abs=0.15)
    played.go(one(body(T)), 12)
    lock, *missed = [event for _, event in played.events if isinstance(event, Locked | Missed)]
    assert lock == Locked(1, "perfect", 1200, 1)
    assert [type(event) for event in missed] == [Missed, Missed]
    assert all(len(event.words.split()) <= 5 for event in missed if isinstance(event, Missed))
    turn = played.game.turns[1]
    assert (turn.missed, turn.combo, turn.best_combo) == (2, 0, 1)
    nearly = begin(fast[0]).go(one(STILL), 5.0).go(one(body(T)), 3)
    assert nearly.of(Locked) == [Locked(1, "ok", 450, 0)]


def test_everybody_has_a_score_of_their_own_and_the_first_does_not_wait_for_ever() -> None:
    def script(time: float, game: MatchGame) -> Sequence[Player]:
        return [
            player(body(game.target, at=(0.3, 0.5)), time, 1),
            player(STILL, time, 2),
            player(body(game.target, at=(1.4, 0.5)), time, 4),
        ]

    played = begin(T, UP).go(script, 8)
    locked = [event for event in played.of(Locked) if isinstance(event, Locked)]
    assert sorted(event.player for event in locked) == [1, 4]
    assert played.game.left == pytest.approx(OTHERS - (8 - 2.6 - 1.2), abs=0.2)
    played.go(script, 30)
    assert played.game.phase == "over"
    turns = played.game.turns
    assert [turns[n].points for n in (1, 2, 4)] == [2460, 0, 2460]
    assert turns[2].missed == 2
    assert turns[2].to_practise is not None


def test_who_is_hidden_or_gone_is_not_waited_for_and_loses_nothing() -> None:
    def script(time: float, game: MatchGame) -> Sequence[Player]:
        both = copying(1, 2)(time, game)
        if game.index == 0:
            return both
        if game.index == 1:
            return [both[0], replace(both[1], hidden=True)]
        return both[:1] if game.index == 2 else both

    played = begin(T, UP, HERO, T).go(script, 30)
    assert played.game.phase == "over"
    assert played.time < 15
    gone = played.game.turns[2]
    assert (gone.ratings["perfect"], gone.missed, gone.stars, gone.gold) == (2, 0, 5, True)
    assert played.game.turns[1].ratings["perfect"] == 4


def test_who_joins_later_begins_then() -> None:
    def script(time: float, game: MatchGame) -> Sequence[Player]:
        return copying(1, 2)(time, game) if game.index >= 2 else copying(1)(time, game)

    played = begin(T, UP, HERO, T).go(script, 30)
    late = played.game.turns[2]
    assert (late.ratings["perfect"], late.missed, late.stars) == (2, 0, 5)
    assert late.points < played.game.turns[1].points


def test_while_nobody_is_seen_the_clock_stands_still() -> None:
    played = begin(replace(T, seconds=4.0), UP).go(copying(1), 3.0)
    played.go(nobody, 1.2)
    left = played.game.left
    played.go(nobody, 20)
    assert played.game.left == left
    assert played.game.turns[1].judgement is None
    played.go(copying(1), 20)
    assert played.game.turns[1].ratings["perfect"] == 2


def test_whom_it_is_too_hard_for_is_helped_and_nobody_is_stuck() -> None:
    weak = body(target(**arms(62, 62, 62, 62)))
    played = begin(T).go(one(weak), 10)
    assert played.game.turns[1].judgement is not None
    assert played.game.turns[1].judgement.score < 60
    played.go(one(weak), 18)
    assert played.of(Locked) == [Locked(1, "ok", 450, 0)]
    stuck = begin(T, UP).go(one(STILL), 2.7 + GIVE_UP)
    assert stuck.of(Missed) == [Missed(1, "left arm higher next time")]


def test_too_little_of_somebody_is_no_reason_to_hurry() -> None:
    face = replace(STILL, confidence=np.where(np.arange(33) < 11, 1.0, 0.0))
    played = begin(T).go(one(face), 5)
    assert (played.game.phase, played.game.turns[1].here) == ("ready", False)
    turn = begin(T).go(one(STILL), 3).go(one(face), GIVE_UP + 5).game.turns[1]
    assert turn.judgement is not None
    assert not turn.judgement.enough
    assert (turn.missed, turn.locked) == (0, None)


def test_either_side_is_kept_and_the_ghost_shows_it() -> None:
    left = target(left_upper_arm=120, left_forearm=120)
    played = begin(left, left, either=True).go(one(body(left.mirrored)), 3.2)
    turn = played.game.turns[1]
    assert turn.judgement is not None
    assert turn.judgement.mirrored
    assert turn.target == left.mirrored
    assert turn.ghost is not None
    assert turn.ghost.confidence[16] > 0 == turn.ghost.confidence[15]
    # Raising the other arm, too, is no reason to change sides.
    played.go(one(body(target(**arms(120, 120, 112, 112)))), 0.4)
    assert turn.judgement.mirrored


def test_a_hint_stays_long_enough_to_be_read() -> None:
    rng = np.random.default_rng(4)
    shaky = [copy(T, rng, 16, plain=True) for _ in range(300)]
    played = begin(T).go(one(STILL), 2.7)
    said: list[tuple[float, str]] = []
    for i, pose in enumerate(shaky):
        played.go(one(pose), 1 / 30, hz=30)
        now = played.game.turns[1].judgement
        if now and now.worst and (not said or said[-1][1] != now.worst.limb.name):
            said.append((i / 30, now.worst.limb.name))
    raw = [worst.limb.name for worst in (judge(pose, T).worst for pose in shaky) if worst]
    changes = sum(a != b for a, b in pairwise(raw))
    assert 3 < len(said) < changes / 5


def test_stars_come_at_dance_centrals_shares_and_follow_the_whole_piece() -> None:
    targets = [replace(pose, seconds=2.0) for pose in (T, UP) * 10]

    def half(time: float, game: MatchGame) -> Sequence[Player]:
        return copying(1)(time, game) if game.index % 2 else one(STILL)(time, game)

    played = begin(*targets)
    stars = []
    while played.game.phase != "over":
        played.go(half, 2)
        stars.append(played.game.turns[1].stars if played.game.turns else 0.0)
    assert stars == sorted(stars)
    turn = played.game.turns[1]
    assert turn.share == pytest.approx(0.5)
    assert 4 < turn.stars < 5
    assert (STARS[3], GOLD) == (0.45, 0.90)
    assert turn.points < 11 * 1260


def test_the_combo_is_worth_more_and_an_ok_does_not_end_it() -> None:
    targets = [replace(pose, seconds=2.5) for pose in (T, UP) * 8]

    def script(time: float, game: MatchGame) -> Sequence[Player]:
        if game.index == 3 and game.left and game.left > 0.7:
            return one(STILL)(time, game)
        return copying(1)(time, game)

    locked = [event for event in begin(*targets).go(script, 90).of(Locked) if isinstance(event, Locked)]
    assert [event.combo for event in locked[:6]] == [1, 2, 3, 3, 4, 5]
    assert locked[3].rating == "ok"
    assert [event.points for event in locked[:3]] == [1200, 1260, 1320]
    assert max(event.points for event in locked) == 1800
