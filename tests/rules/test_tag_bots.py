"""Bots play as children do, and so that a person can win."""

from __future__ import annotations

import math
from collections import Counter, deque
from dataclasses import replace

import numpy as np
import pytest

from posegames.engine.levels.level import Level
from posegames.engine.levels.shelf import Shelf
from posegames.rules.arena import HIGH, WIDE, Arena, Box, Circle
from posegames.rules.avatars import Avatar, Steer
from posegames.rules.bots import Bot
from posegames.rules.field import Field
from posegames.rules.playground import HZ, Playground
from posegames.rules.tag import TagGame, Tagged
from posegames.rules.ways import Ways

ARENAS = {
    level.name: level.content
    for level in Shelf().of("tag")
    if isinstance(level, Level) and isinstance(level.content, Arena)
}
WALL = Arena(obstacles=(Box(7.8, 1.5, 0.4, 6),))


def bot(arena: Arena = WALL, skill: float = 0.5, seed: int = 0) -> Bot:
    field = Field(arena)
    return Bot(skill, field, Ways(field), np.random.default_rng(seed))


def mean_stick(mind: Bot, me: Avatar, *others: Avatar, seconds: float = 6.0) -> tuple[float, float]:
    """Return what a bot steers on the average, while nobody moves."""
    sticks = [mind.act(me, (me, *others), 1 / HZ) for _ in range(round(seconds * HZ))][HZ:]
    return sum(stick.x for stick in sticks) / len(sticks), sum(stick.y for stick in sticks) / len(sticks)


@pytest.mark.parametrize("arena", ARENAS)
@pytest.mark.parametrize(("count", "skill"), [(6, 0.2), (3, 0.9)])
def test_a_minute_of_bots_is_a_game(arena: str, count: int, skill: float) -> None:
    content = replace(ARENAS[arena], avatars=count, skill=skill)
    ground, field = Playground(content, count, 7), Field(content)
    ground.line_up()
    ground.choose_it()
    tags, stints = 0, Counter[int]()
    anchor = {avatar.number: (avatar.x, avatar.y, 0) for avatar in ground.avatars}
    for step in range(60 * HZ):
        tags += sum(isinstance(event, Tagged) for event in ground.run({}, ()))
        stints[ground.it.number] += 1
        if step % 6:
            continue
        for avatar in ground.avatars:
            assert field.free(avatar.x, avatar.y)
            x, y, since = anchor[avatar.number]
            if math.dist((x, y), (avatar.x, avatar.y)) > 0.5:
                anchor[avatar.number] = (avatar.x, avatar.y, step)
            else:
                assert step - since < 3 * HZ, f"{avatar} is stuck"
    assert 6 <= tags <= 40
    assert len(stints) >= min(count, 4)  # everybody was It, or of six nearly everybody
    assert max(stints.values()) < 0.75 * stints.total()  # and nobody nearly always


def test_it_runs_to_whom_it_sees() -> None:
    x, y = mean_stick(bot(), Avatar(1, x=3, y=4, it=True), Avatar(2, x=6, y=4))
    assert x > 0.7
    assert abs(y) < 0.3


@pytest.mark.parametrize(
    "unseen", [Avatar(2, x=6, y=4, hide=1), Avatar(2, x=6, y=4, away=True), Avatar(2, x=9, y=4.5)]
)
def test_it_does_not_run_to_whom_it_cannot_see(unseen: Avatar) -> None:
    """It strolls: to the same places, whoever is there."""
    it = Avatar(1, x=3, y=4.5, it=True)
    nowhere = Avatar(2, x=15, y=8.5, away=True)
    assert mean_stick(bot(seed=2), it, unseen) == mean_stick(bot(seed=2), it, nowhere)


def test_who_sees_it_runs_away_and_around_what_stands_there() -> None:
    x, _ = mean_stick(bot(), Avatar(1, x=4, y=4), Avatar(2, x=2.5, y=4, it=True))
    assert x > 0.4
    # With the back to the wall: up or down along it, not into it and not past It.
    _, y = mean_stick(bot(), Avatar(1, x=7.4, y=3.5), Avatar(2, x=6, y=4.5, it=True), seconds=3)
    assert y < -0.4


def test_a_bot_does_not_notice_at_once() -> None:
    mind = bot(Arena(), skill=0.5)
    me, it = Avatar(1, x=6, y=4.5), Avatar(2, x=15, y=4.5, it=True)
    for _ in range(300):
        mind.act(me, (me, it), 1 / HZ)
    it.x = 7.5
    steps = 0
    while mind.act(me, (me, it), 1 / HZ).x > -0.5:
        steps += 1
    assert 0.08 < steps / HZ < 0.8


def test_it_keeps_to_one_while_two_are_about_as_near_and_then_tires_of_it() -> None:
    mind = bot(Arena(), skill=0.9)
    me, up, down = Avatar(1, x=8, y=4.5, it=True), Avatar(2, x=8, y=1.5), Avatar(3, x=8, y=7.5)
    signs = []
    for step in range(20 * HZ):
        # Which of the two is nearer changes twice a second.
        up.y, down.y = 1.5 + 0.3 * math.sin(step / 5), 7.5 + 0.3 * math.sin(step / 5)
        signs.append(mind.act(me, (me, up, down), 1 / HZ).y > 0)
    changes = sum(a != b for a, b in zip(signs[HZ:], signs[HZ + 1 :], strict=False))
    assert 1 <= changes <= 10


def test_bots_dash_hide_and_tease() -> None:
    game = TagGame(replace(ARENAS["meadow"], rounds=1), seed=4)
    seen = Counter[str]()
    closer = 0
    while game.phase != "over":
        seen.update(type(event).__name__ for event in game.update({}, 1 / HZ))
        it = next(avatar for avatar in game.avatars if avatar.it)
        for other in game.avatars:
            x, y = it.x - other.x, it.y - other.y
            if other is not it and 4 < math.hypot(x, y) < 7 and not other.safe:
                closer += other.vx * x + other.vy * y > 1.0 * math.hypot(x, y)
    assert 5 <= seen["Dashed"] <= 60
    assert 2 <= seen["Hid"] <= 25
    assert closer > HZ  # seconds of coming closer to an It that was far away


class Person:
    """Somebody who plays sensibly, but sees, thinks and steps `delay` seconds late, and not quite straight."""

    def __init__(self, delay: float, seed: int) -> None:
        self._late = deque([(Steer(), False)] * round(delay * HZ))
        self._lots = np.random.default_rng(seed)

    def act(self, me: Avatar, everybody: list[Avatar]) -> tuple[Steer, bool]:
        self._late.append(self._chase(me, everybody) if me.it else self._flee(me, everybody))
        return self._late.popleft()

    def _chase(self, me: Avatar, everybody: list[Avatar]) -> tuple[Steer, bool]:
        open_to = [other for other in everybody if not (other is me or other.safe or other.hide)]
        if not open_to:
            return Steer(), False
        near = min(open_to, key=lambda other: math.dist((me.x, me.y), (other.x, other.y)))
        x, y = near.x - me.x, near.y - me.y
        far = math.hypot(x, y) + 1e-9
        return self._stick(x / far, y / far), bool(far < 1.8 and self._lots.random() < 0.03)

    def _flee(self, me: Avatar, everybody: list[Avatar]) -> tuple[Steer, bool]:
        it = next(other for other in everybody if other.it)
        x, y = me.x - it.x, me.y - it.y
        far = math.hypot(x, y) + 1e-9
        if far > 4.5:
            return self._stick(0.15 * (WIDE / 2 - me.x), 0.15 * (HIGH / 2 - me.y)), False
        x, y = x / far, y / far
        for room, nx, ny in ((me.x, 1, 0), (WIDE - me.x, -1, 0), (me.y, 0, 1), (HIGH - me.y, 0, -1)):
            x, y = x + 1.2 * nx * max(0.0, 1.6 - room), y + 1.2 * ny * max(0.0, 1.6 - room)
        return self._stick(x, y), bool(far < 1.4 and self._lots.random() < 0.03)

    def _stick(self, x: float, y: float) -> Steer:
        return Steer(x + 0.1 * self._lots.standard_normal(), y + 0.1 * self._lots.standard_normal())


def test_a_person_alone_against_three_bots_wins_about_a_fair_share() -> None:
    arena = Arena(obstacles=(Circle(4, 4.5, 0.9), Circle(12, 4.5, 0.9), Box(7, 1.8, 2, 0.7), Box(7, 6.5, 2, 0.7)))
    ground = Playground(arena, 4, 5)
    ground.seat(1)
    me, wins, shares = ground.avatars[0], 0, []
    for number in range(30):
        mind, it = Person(0.3, seed=number), 0
        ground.line_up()
        ground.choose_it()
        before = [avatar.points for avatar in ground.avatars]
        for _ in range(15 * HZ):
            stick, leaps = mind.act(me, ground.avatars)
            ground.run({1: stick}, (1,) if leaps else ())
            it += me.it
        gains = [avatar.points - had for avatar, had in zip(ground.avatars, before, strict=True)]
        wins += gains[0] >= max(gains)
        shares.append(it / (15 * HZ))
    # A quarter would be exactly fair.
    assert 0.12 < wins / 30 < 0.6
    assert 0.1 < sum(shares) / 30 < 0.4
