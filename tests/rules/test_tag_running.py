"""How avatars run: inertia, sliding, pushing, and that nothing puts them off the field."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posegames.rules.arena import HIGH, WIDE, Arena, Box, Circle, Obstacle
from posegames.rules.avatars import DASH, DASH_REST, DASHING, START, STOP, Avatar, Steer, push_apart
from posegames.rules.field import Field
from posegames.rules.playground import FASTER, GAIN, HZ, MOST_GAIN, WIND, Playground

OPEN = Arena(avatars=2)
SPEED = OPEN.speed


def ground(arena: Arena, *places: tuple[float, float]) -> Playground:
    """Make a playground with a player at each of `places`; player 1 is It."""
    made = Playground(arena, len(places), 0)
    for avatar, (x, y) in zip(made.avatars, places, strict=True):
        made.seat(avatar.number)
        avatar.stand(x, y, 0.0)
    return made


def runner(arena: Arena, x: float, y: float) -> tuple[Playground, Avatar]:
    """Return a playground and player 2 on it at (x, y), with It in a corner."""
    made = ground(arena, (15.5, 8.5), (x, y))
    return made, made.avatars[1]


def run(made: Playground, seconds: float, steers: Mapping[int, Steer], leapt: tuple[int, ...] = ()) -> None:
    for step in range(round(seconds * HZ)):
        made.run(steers, leapt if not step else ())


def test_full_speed_comes_in_a_quarter_of_a_second_and_goes_in_a_fifth() -> None:
    made, avatar = runner(OPEN, 3, 4.5)
    run(made, START * 0.8, {2: Steer(x=1)})
    assert 0.7 * SPEED < avatar.vx < 0.9 * SPEED
    run(made, START * 0.3, {2: Steer(x=1)})
    assert (avatar.vx, avatar.vy) == pytest.approx((SPEED, 0))
    where = avatar.x
    run(made, STOP * 1.1, {})
    assert avatar.vx == 0
    assert 0.2 < avatar.x - where < 0.45  # half of STOP at full speed


def test_a_little_stick_is_a_little_speed_and_aslant_is_not_faster() -> None:
    made, avatar = runner(OPEN, 3, 2)
    run(made, 0.5, {2: Steer(x=0.4)})
    assert avatar.vx == pytest.approx(0.4 * SPEED)
    run(made, 0.8, {2: Steer(x=1, y=1)})
    assert math.hypot(avatar.vx, avatar.vy) == pytest.approx(SPEED)
    assert avatar.heading == pytest.approx(math.pi / 4, abs=0.05)


def test_it_is_a_little_faster_and_gets_a_second_wind() -> None:
    made = ground(OPEN, (1, 1), (15, 8))
    it = made.it
    run(made, 0.5, {1: Steer(x=1)})
    assert it.vx == pytest.approx(SPEED * FASTER)
    speeds = []
    for _ in range(30):
        it.x = 1.0
        run(made, 1, {1: Steer(x=1)})
        speeds.append(it.vx / SPEED)
    assert speeds[3] == pytest.approx(FASTER)
    assert speeds[9] == pytest.approx(FASTER + (10.5 - WIND) * GAIN, abs=1e-3)
    assert speeds[-1] == pytest.approx(FASTER + MOST_GAIN)


def test_a_dash_is_a_burst_and_then_a_rest() -> None:
    made, avatar = runner(OPEN, 1, 4.5)
    run(made, DASH - 0.05, {2: Steer(x=1)}, leapt=(2,))
    assert avatar.vx == pytest.approx(SPEED * DASHING)
    assert avatar.x - 1 == pytest.approx(SPEED * DASHING * (DASH - 0.05), rel=0.01)
    run(made, 0.4, {2: Steer(x=1)}, leapt=(2,))
    assert avatar.vx == pytest.approx(SPEED)
    run(made, DASH_REST - 0.4, {}, leapt=(2,))
    assert 0.9 < avatar.rest < 1
    run(made, 0.2, {}, leapt=())
    run(made, 0.1, {}, leapt=(2,))  # without a stick it goes where it looks
    assert avatar.rest == 0
    assert avatar.vx == pytest.approx(SPEED * DASHING)


@pytest.mark.parametrize("angle", range(10, 90, 10))
def test_nobody_sticks_to_a_wall(angle: int) -> None:
    made, avatar = runner(OPEN, 3, HIGH - 0.6)
    steer = Steer(x=math.cos(math.radians(angle)), y=math.sin(math.radians(angle)))
    run(made, 1, {2: steer})
    # Along the wall, and faster than the share of the stick that points along it.
    assert avatar.vx > SPEED * max(0.6, steer.x)
    assert abs(avatar.vy) < 0.01 * SPEED
    assert avatar.y == pytest.approx(HIGH - avatar.radius, abs=0.03)


@pytest.mark.parametrize(
    "obstacle", [Circle(8, 4.5, 1), Box(7, 3.5, 2, 2), Box(7, 4.0, 0.2, 1), Circle(8, 4.5, 0.2)]
)
@pytest.mark.parametrize("aside", [-0.3, 0.2])
def test_who_runs_into_a_thing_a_little_aslant_comes_round_it(obstacle: Obstacle, aside: float) -> None:
    made, avatar = runner(Arena(avatars=2, obstacles=(obstacle,)), 4, 4.5 + aside)
    run(made, 5, {2: Steer(x=1, y=aside)})
    assert avatar.x > 10


def test_a_wall_is_felt_once_and_only_when_hit_hard() -> None:
    made, avatar = runner(OPEN, 3, 4.5)
    bumps = [event for _ in range(120) for event in made.run({2: Steer(x=-1)}, ())]
    assert [type(event).__name__ for event in bumps] == ["Bumped"]
    avatar.stand(3, 4.5, 0)
    assert [event for _ in range(200) for event in made.run({2: Steer(x=-0.4)}, ())] == []
    assert avatar.touching == ((1.0, 0.0),)


def test_two_push_each_other_softly_apart() -> None:
    a, b = Avatar(1, x=5, y=5), Avatar(2, x=5.3, y=5)
    gaps = []
    for _ in range(60):
        push_apart(a, b, 1 / HZ)
        gaps.append(b.x - a.x)
    assert gaps == sorted(gaps)
    assert gaps[0] < 0.4  # softly
    assert gaps[-1] == pytest.approx(0.7, abs=0.01)
    assert a.x + b.x == pytest.approx(10.3)  # none is the stronger


def test_on_the_very_same_place_they_come_apart_too() -> None:
    a, b = Avatar(1, x=5, y=5), Avatar(2, x=5, y=5)
    for _ in range(60):
        push_apart(a, b, 1 / HZ)
    assert math.dist((a.x, a.y), (b.x, b.y)) > 0.6


@pytest.mark.parametrize(
    ("steer", "direction"),
    [
        (Steer(), (0, 0)),
        (Steer(0.3, -0.4), (0.3, -0.4)),
        (Steer(3, 4), (1 / math.sqrt(2), 1 / math.sqrt(2))),
        (Steer(-1e300, 0), (-1, 0)),
        (Steer(math.nan, 1), (0, 1)),
        (Steer(math.inf, -math.inf), (0, 0)),
    ],
)
def test_what_a_stick_may_say(steer: Steer, direction: tuple[float, float]) -> None:
    assert steer.direction() == pytest.approx(direction)


numbers = st.floats(allow_nan=True, allow_infinity=True)
things: st.SearchStrategy[Obstacle] = st.one_of(
    st.builds(Circle, x=st.floats(1, 15), y=st.floats(1, 8), radius=st.floats(0.2, 1.2)),
    st.builds(Box, x=st.floats(0, 15), y=st.floats(0, 8), width=st.floats(0.2, 4), height=st.floats(0.2, 4)),
)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(things, max_size=5),
    st.lists(
        st.lists(st.builds(Steer, x=numbers, y=numbers, duck=st.booleans()), min_size=4, max_size=4), min_size=8
    ),
    st.floats(0.5, 30),
)
def test_whatever_the_steers_everybody_is_somewhere_free(
    obstacles: list[Obstacle], moves: list[list[Steer]], speed: float
) -> None:
    # Things stand on the upper part only, so that there is always room.
    arena = Arena(
        obstacles=tuple(replace(thing, y=min(thing.y, 1.5)) for thing in obstacles), avatars=4, speed=speed
    )
    made, field = Playground(arena, 4, 1), Field(arena)
    made.line_up()
    for number in (1, 2, 3, 4):
        made.seat(number)
    for steers in moves:
        for step in range(6):
            made.run(dict(enumerate(steers, start=1)), range(1, 5) if not step else ())
            for avatar in made.avatars:
                assert field.free(avatar.x, avatar.y)
                assert all(map(math.isfinite, (avatar.vx, avatar.vy, avatar.heading, avatar.points)))


@pytest.mark.parametrize(
    ("turn", "flip"),
    [
        (lambda x, y: (WIDE - x, y), (-1, 1)),
        (lambda x, y: (x, HIGH - y), (1, -1)),
        (lambda x, y: (WIDE - x, HIGH - y), (-1, -1)),
    ],
)
def test_the_mirror_image_of_a_game_is_a_game(
    turn: Callable[[float, float], tuple[float, float]], flip: tuple[int, int]
) -> None:
    arena = Arena(obstacles=(Circle(4, 2, 0.7), Circle(12, 7, 0.7), Circle(4, 7, 0.7), Circle(12, 2, 0.7)))
    places = ((2.0, 3.0), (6.0, 4.0), (11.0, 6.0), (7.0, 7.5))
    one, other = ground(arena, *places), ground(arena, *(turn(*place) for place in places))
    for step in range(5 * HZ):
        angles = [step / 40 + number * 1.7 for number in (1, 2, 3, 4)]
        sticks = [(math.cos(angle), math.sin(angle * 1.3)) for angle in angles]
        leapt = (1 + step // 50 % 4,) if step % 50 == 0 else ()
        ducks = [step % 170 > 150] * 4
        steers = {i + 1: Steer(x, y, ducks[i]) for i, (x, y) in enumerate(sticks)}
        mirrored = {i + 1: Steer(flip[0] * x, flip[1] * y, ducks[i]) for i, (x, y) in enumerate(sticks)}
        assert one.run(steers, leapt) == other.run(mirrored, leapt)
        for a, b in zip(one.avatars, other.avatars, strict=True):
            assert (b.x, b.y) == pytest.approx(turn(a.x, a.y), abs=1e-3)
            assert a.points == b.points
