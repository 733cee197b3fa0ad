"""Hundreds of rounds: no place to start from, no slot and no side wins more than its share.

Where chance fails one of these after a change of the rules, play 2,000 rounds before believing it: on the shipped
arenas these stayed below every critical value.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pytest

from posegames.engine.levels.level import Level
from posegames.engine.levels.shelf import Shelf
from posegames.rules.arena import HIGH, WIDE, Arena
from posegames.rules.avatars import Avatar, Steer
from posegames.rules.playground import HZ, Playground

ROUNDS = 200
SECONDS = 3.0
"""Of a round here: the shorter, the more it matters where one began."""
CRITICAL = {1: 6.635, 2: 9.210, 3: 11.345, 4: 13.277, 5: 15.086}
"""Chi-square that chance exceeds in 1 % of cases, by degrees of freedom."""

Sticks = Callable[[Playground], Mapping[int, Steer]]
LEVELS = [level for level in Shelf().of("tag") if isinstance(level, Level) and isinstance(level.content, Arena)]


def chi_square(wins: Iterable[Hashable], kinds: int) -> float:
    """Return by how much the winners differ from `kinds` kinds winning alike."""
    counts = Counter(wins)
    assert len(counts) <= kinds
    share = counts.total() / kinds
    return sum((count - share) ** 2 for count in [*counts.values(), *[0] * (kinds - len(counts))]) / share


def differ(wins: Iterable[Hashable], kinds: int) -> bool:
    return chi_square(wins, kinds) > CRITICAL[kinds - 1]


@dataclass(frozen=True)
class Win:
    """Who won a round: the slot, and where it began."""

    slot: int
    place: tuple[float, float]

    @property
    def side(self) -> str:
        return "left" if self.place[0] < WIDE / 2 else "right"

    @property
    def height(self) -> str:
        return "top" if self.place[1] < HIGH / 2 else "bottom"


def nobody(_ground: Playground) -> Mapping[int, Steer]:
    return {}


def play(ground: Playground, seed: int, sticks: Sticks = nobody, rounds: int = ROUNDS) -> list[Win]:
    """Play `rounds` rounds; who has most points in one wins it, by lot where several have."""
    lots = np.random.default_rng([seed, 1])
    wins = []
    for _ in range(rounds):
        ground.line_up()
        ground.choose_it()
        places = {avatar.number: (round(avatar.x, 3), round(avatar.y, 3)) for avatar in ground.avatars}
        before = {avatar.number: avatar.points for avatar in ground.avatars}
        for _ in range(round(SECONDS * HZ)):
            ground.run(sticks(ground), ())
        best = max(
            ground.avatars, key=lambda avatar: (round(avatar.points - before[avatar.number], 6), lots.random())
        )
        wins.append(Win(best.number, places[best.number]))
    return wins


class OneMind:
    """Steers every player by the same simple mind, which swerves now and then as people do."""

    def __init__(self, seed: int) -> None:
        self._lots = np.random.default_rng(seed)
        self._swerve: dict[int, float] = {}

    def __call__(self, ground: Playground) -> Mapping[int, Steer]:
        return {avatar.number: self._stick(avatar, ground) for avatar in ground.avatars}

    def _stick(self, me: Avatar, ground: Playground) -> Steer:
        if me.number not in self._swerve or self._lots.random() < 3 / HZ:
            self._swerve[me.number] = self._lots.uniform(-1, 1)
        swerve = self._swerve[me.number]
        if me.it:
            near = min(
                (other for other in ground.avatars if other is not me),
                # By eye: on a ring two are exactly as near, and rounding errors must not choose.
                key=lambda other: math.dist((me.x, me.y), (other.x, other.y)) * self._lots.uniform(0.9, 1.1),
            )
            x, y, swerve = near.x - me.x, near.y - me.y, 0.3 * swerve
        else:
            x, y = me.x - ground.it.x, me.y - ground.it.y
        far = math.hypot(x, y) + 0.1
        x, y = (x - swerve * y) / far, (y + swerve * x) / far
        # Nobody likes to stand at a wall.
        return Steer(x - 0.9 * ((me.x - WIDE / 2) / 8) ** 3, y - 0.9 * ((me.y - HIGH / 2) / 4.5) ** 3)


def test_three_arenas_ship() -> None:
    assert len(LEVELS) == 3


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.name)
def test_no_start_slot_or_side_wins_more_than_its_share(level: Level) -> None:
    assert isinstance(level.content, Arena)
    wins = play(Playground(replace(level.content, avatars=4), 4, seed=11), seed=11)
    assert not differ((win.place for win in wins), 4)
    assert not differ((win.slot for win in wins), 4)
    assert not differ((win.side for win in wins), 2)
    assert not differ((win.height for win in wins), 2)


@pytest.mark.parametrize("count", [3, 6])
def test_no_slot_or_start_of_a_player_wins_more_than_its_share(count: int) -> None:
    ground = Playground(Arena(avatars=count), count, seed=2)
    for number in range(1, count + 1):
        ground.seat(number)
    wins = play(ground, seed=2, sticks=OneMind(2))
    assert not differ((win.slot for win in wins), count)
    assert not differ((win.place for win in wins), count + count % 2)


def test_an_advantage_would_be_noticed() -> None:
    """Player 1 runs into the arms of It, and stands when It itself: it wins less than its share."""
    ground = Playground(Arena(avatars=4), 4, seed=3)
    for number in range(1, 5):
        ground.seat(number)
    me, mind = ground.avatars[0], OneMind(3)

    def sticks(ground: Playground) -> Mapping[int, Steer]:
        return {**mind(ground), 1: Steer(ground.it.x - me.x, ground.it.y - me.y)}

    wins = play(ground, seed=3, sticks=sticks, rounds=ROUNDS // 2)
    assert differ((win.slot for win in wins), 4)


@pytest.mark.parametrize(
    ("counts", "value"), [((50, 50, 50, 50), 0.0), ((60, 40), 4.0), ((0, 30), 30.0), ((10, 20, 30), 10.0)]
)
def test_chi_square(counts: tuple[int, ...], value: float) -> None:
    wins = [kind for kind, count in enumerate(counts) for _ in range(count)]
    assert chi_square(wins, len(counts)) == pytest.approx(value)


@pytest.mark.parametrize("freedom", CRITICAL)
def test_the_critical_values_are_exceeded_by_chance_in_one_case_of_a_hundred(freedom: int) -> None:
    normal = np.random.default_rng(1).standard_normal((200_000, freedom))
    assert ((normal**2).sum(axis=1) > CRITICAL[freedom]).mean() == pytest.approx(0.01, rel=0.1)
