"""Simulated players play every shipped level: good ones, lazy ones, and one who only waves their arms about."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from copies import STANDING, player, shipped_pieces, somebody, whole

from posegames.body.pose import Pose
from posegames.rules.ghost import ghost
from posegames.rules.match import Finished, MatchEvent, MatchGame
from posegames.rules.piece import ANGLES, Piece, Target
from posegames.rules.turn import Turn

STEP = 1 / 15
"""Seconds: as slow as a slow camera, and cheap."""
MOVING = 0.6
"""Seconds from one pose to the next."""


class Bot:
    """Somebody who goes, `reaction` seconds after a pose is asked for, `effort` of the way to it, and trembles."""

    def __init__(
        self, seed: int, *, number: int = 1, errors: float = 6.0, reaction: float = 0.4, effort: float = 1.0
    ) -> None:
        self.number = number
        self.rng = np.random.default_rng(seed)
        self.who = somebody(self.rng)
        self._errors, self._reaction, self._effort = errors, reaction, effort
        self._now = self._from = self._to = dict(STANDING)
        self._asked: tuple[str, int] | None = None
        self._since = 0.0

    def pose(self, game: MatchGame, time: float) -> Pose:
        asked = ("ready" if game.phase == "ready" else "posing", game.index)
        if asked != self._asked:
            self._asked, self._since, self._from = asked, time, self._now
            if asked[0] == "posing":
                self._to = self.aim(whole(game.turns[self.number].target if game.turns else game.target))
        way = min(1.0, max(0.0, (time - self._since - self._reaction) / MOVING))
        self._now = {name: self._from[name] + (self._to[name] - self._from[name]) * way for name in ANGLES}
        return self.stand(self._now)

    def aim(self, wanted: Target) -> dict[str, float]:
        return {
            name: STANDING[name]
            + (wanted.angles[name] - STANDING[name]) * self._effort
            + self.rng.normal(0, self._errors)
            for name in ANGLES
        }

    def stand(self, angles: dict[str, float]) -> Pose:
        trembling = {name: angle + self.rng.normal(0, 1) for name, angle in angles.items()}
        return ghost(Target(name="bot", angles=trembling), self.who, (0.4 * self.number, 0.5))


class Waver(Bot):
    """Shakes both arms as hard as they can."""

    def pose(self, game: MatchGame, time: float) -> Pose:
        waving = dict(STANDING)
        for i, name in enumerate(ANGLES[:4]):
            waving[name] = 90 + 90 * math.sin(2 * math.pi * (0.8 + 0.17 * i) * time + i)
        return self.stand(waving)


def run(piece: Piece, *bots: Bot, most: float = 400.0) -> tuple[MatchGame, list[MatchEvent], float]:
    game, time = MatchGame(piece), 0.0
    events: list[MatchEvent] = []
    while game.phase != "over" and time < most:
        time += STEP
        players = tuple(player(bot.pose(game, time), time, bot.number, torso=bot.who.torso) for bot in bots)
        events += game.update(players, STEP)
    return game, events, time


PIECES = dict(shipped_pieces())


def locked(turn: Turn) -> int:
    return sum(turn.ratings.values())


@pytest.mark.parametrize("name", PIECES)
def test_a_good_player_gets_five_stars_on_every_level(name: str) -> None:
    piece = PIECES[name]
    game, events, time = run(piece, Bot(1))
    turn = game.turns[1]
    assert events[-1] == Finished()
    assert (turn.stars, turn.missed, locked(turn)) == (5, 0, game.count)
    assert turn.points > 1000 * game.count
    if piece.targets[0].seconds is None:
        assert time < 8 * game.count  # nobody waits for a level to see what is there


@pytest.mark.parametrize(("name", "most"), [("fast", 1.0), ("robots", 1.5), ("warm_up", 1.0)])
def test_waving_the_arms_about_earns_next_to_nothing(name: str, most: float) -> None:
    game, _, _ = run(PIECES[name], Waver(5))
    turn = game.turns[1]
    assert turn.stars <= most
    assert turn.points < 0.12 * 1000 * game.count
    assert turn.ratings["perfect"] == turn.ratings["good"] == 0


def test_doing_nothing_earns_nothing_and_ends_all_the_same() -> None:
    game, events, time = run(PIECES["first_steps"], Bot(4, effort=0, errors=0))
    assert events[-1] == Finished()
    assert time < 35 * game.count
    assert game.turns[1].stars < 1.5
    assert game.turns[1].missed >= 5


def test_better_players_get_more() -> None:
    piece = replace(
        PIECES["semaphore"], targets=tuple(replace(t, seconds=4.0) for t in PIECES["semaphore"].targets)
    )
    bots = [Bot(1, number=1, errors=3), Bot(2, number=2, errors=13, reaction=0.9), Bot(3, number=3, effort=0.6)]
    game, _, _ = run(piece, *bots)
    good, middling, lazy = (game.turns[n] for n in (1, 2, 3))
    assert good.points > 1.15 * middling.points > 3 * lazy.points
    assert good.stars >= middling.stars > lazy.stars + 1
    assert good.gold


def test_a_lazy_player_gets_through_an_easy_level_with_help() -> None:
    game, events, _ = run(PIECES["first_steps"], Bot(3, errors=10, reaction=0.8, effort=0.7))
    turn = game.turns[1]
    assert events[-1] == Finished()
    assert turn.missed <= 2
    assert 1 < turn.stars < 4.5


def test_four_play_and_nobody_decides_for_the_others() -> None:
    bots = [Bot(n, number=n, errors=4.0 * n) for n in (1, 2, 3)]
    together, _, _ = run(PIECES["first_steps"], *bots, Waver(9, number=4))
    alone, _, _ = run(PIECES["first_steps"], Bot(1, number=1, errors=4.0))
    assert together.phase == "over"
    assert together.turns[1].points == pytest.approx(alone.turns[1].points, rel=0.03)
    assert together.turns[1].stars == 5
    assert together.turns[4].stars < 2
