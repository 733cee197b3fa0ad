from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posegames.errors import LevelError
from posegames.rules.arena import HIGH, WIDE, Arena, Box, Circle, Obstacle
from posegames.rules.field import RADIUS, SNUG, Field
from posegames.rules.ways import Ways

ROUND = Field(Arena(obstacles=(Circle(8, 4.5, 1),)))
SQUARE = Field(Arena(obstacles=(Box(7, 3.5, 2, 2),)))
EMPTY = Field(Arena())

coordinates = st.floats(-3, 19)
obstacles: st.SearchStrategy[Obstacle] = st.one_of(
    st.builds(Circle, x=st.floats(0, 16), y=st.floats(0, 9), radius=st.floats(0.2, 2)),
    st.builds(Box, x=st.floats(0, 16), y=st.floats(0, 9), width=st.floats(0.2, 6), height=st.floats(0.2, 4)),
)


@pytest.mark.parametrize(
    ("field", "x", "y", "free"),
    [
        (EMPTY, 8, 4.5, True),
        (EMPTY, RADIUS, RADIUS, True),
        (EMPTY, RADIUS - 0.01, 4.5, False),
        (EMPTY, 8, HIGH - RADIUS + 0.01, False),
        (EMPTY, math.nan, 4.5, False),
        (ROUND, 8 - 1 - RADIUS, 4.5, True),
        (ROUND, 8 - 1 - RADIUS + 0.01, 4.5, False),
        (SQUARE, 7 - RADIUS, 4.5, True),
        (SQUARE, 7 - RADIUS + 0.01, 4.5, False),
        (
            SQUARE,
            7 - 0.75 * RADIUS,
            3.5 - 0.75 * RADIUS,
            True,
        ),  # past the corner, which is not widened to a square
        (SQUARE, 8, 4.5, False),
    ],
)
def test_a_place_is_free_or_not(field: Field, x: float, y: float, free: bool) -> None:
    assert field.free(x, y) is free


@pytest.mark.parametrize(
    ("field", "x", "y", "settled", "normals"),
    [
        (EMPTY, 5, 5, (5, 5), ()),
        (EMPTY, -2, 5, (RADIUS, 5), ((1, 0),)),
        (EMPTY, 99, 99, (WIDE - RADIUS, HIGH - RADIUS), ((-1, 0), (0, -1))),
        (ROUND, 8, 3.6, (8, 3.5 - RADIUS), ((0, -1),)),
        (ROUND, 8, 4.5, (8, 3.5 - RADIUS), ((0, -1),)),
        (SQUARE, 6.9, 4.5, (7 - RADIUS, 4.5), ((-1, 0),)),
        (SQUARE, 8.9, 4.5, (9 + RADIUS, 4.5), ((1, 0),)),
        (SQUARE, 6.9, 3.4, (7 - RADIUS / math.sqrt(2), 3.5 - RADIUS / math.sqrt(2)), ((-0.7071, -0.7071),)),
        (SQUARE, 7 - RADIUS - 0.01, 4.5, (7 - RADIUS - 0.01, 4.5), ((-1, 0),)),  # leans on it, and is not moved
    ],
)
def test_who_is_in_something_comes_out_the_shortest_way(
    field: Field, x: float, y: float, settled: tuple[float, float], normals: tuple[tuple[float, float], ...]
) -> None:
    *place, touched = field.settle(x, y)
    assert place == pytest.approx(settled)
    assert len(touched) == len(normals)
    for found, normal in zip(touched, normals, strict=True):
        assert found == pytest.approx(normal, abs=1e-4)


@given(obstacles, coordinates, coordinates)
def test_one_obstacle_in_the_open_always_lets_go(obstacle: Obstacle, x: float, y: float) -> None:
    middle = replace(obstacle, x=8.0, y=4.5) if isinstance(obstacle, Circle) else replace(obstacle, x=5.0, y=2.5)
    field = Field(Arena(obstacles=(middle,)))
    x, y, _ = field.settle(x, y)
    assert field.free(x, y)


@pytest.mark.parametrize(
    ("field", "a", "b", "radius", "clear"),
    [
        (EMPTY, (1, 1), (15, 8), 0.0, True),
        (ROUND, (1, 4.5), (15, 4.5), 0.0, False),
        (ROUND, (1, 3.4), (15, 3.4), 0.0, True),
        (ROUND, (1, 3.4), (15, 3.4), RADIUS, False),
        (ROUND, (1, 4.5), (6, 4.5), RADIUS, True),  # the obstacle is behind what is looked at
        (ROUND, (5, 1), (5, 1), RADIUS, True),
        (SQUARE, (1, 4.5), (15, 4.5), 0.0, False),
        (SQUARE, (15, 4.5), (1, 4.5), 0.0, False),
        (SQUARE, (8, 1), (8, 8), 0.0, False),
        (SQUARE, (8, 8), (8, 1), 0.0, False),
        (SQUARE, (1, 3.4), (15, 3.4), 0.0, True),
        (SQUARE, (1, 3.4), (15, 3.4), RADIUS, False),
        (SQUARE, (6, 1), (6, 8), RADIUS, True),
        (SQUARE, (5, 4.6), (7.1, 2.5), 0.0, True),  # past the corner, aslant
        (SQUARE, (5, 6.0), (8.5, 2.5), 0.0, False),
        (SQUARE, (8, 4.5), (8, 4.6), 0.0, False),
    ],
)
def test_a_straight_way_is_clear_or_not(
    field: Field, a: tuple[float, float], b: tuple[float, float], radius: float, clear: bool
) -> None:
    assert field.clear(*a, *b, radius) is clear


@pytest.mark.parametrize(
    ("field", "x", "y", "direction", "far"),
    [
        (EMPTY, 8, 4.5, (1, 0), 8 - RADIUS),
        (EMPTY, 8, 4.5, (0, -1), 4.5 - RADIUS),
        (EMPTY, 8, 4.5, (0.6, 0.8), (4.5 - RADIUS) / 0.8),
        (EMPTY, RADIUS, 4.5, (-1, 0), 0),
        (ROUND, 4, 4.5, (1, 0), 3 - RADIUS),
        (ROUND, 4, 4.5, (-1, 0), 4 - RADIUS),
        (ROUND, 8 - 1 - RADIUS, 4.5, (0, 1), 4.5 - RADIUS),
        (SQUARE, 4, 4.5, (1, 0), 3 - SNUG),
        (SQUARE, 8, 1, (0, 1), 2.5 - SNUG),
        (SQUARE, 7 - RADIUS, 4.5, (0, 1), 4.5 - RADIUS),  # along it
    ],
)
def test_how_far_one_can_run(field: Field, x: float, y: float, direction: tuple[float, float], far: float) -> None:
    assert field.reach(x, y, *direction, 20) == pytest.approx(far)
    assert field.reach(x, y, *direction, 0.5) == pytest.approx(min(far, 0.5))


def test_ways_lead_around_what_stands_between() -> None:
    ways = Ways(SQUARE)
    assert ways.distance(1, 1, 4, 5) == pytest.approx(5, rel=0.1)
    assert ways.distance(5, 4.5, 11, 4.5) > 7
    assert ways.toward(1, 1, 4, 5) == (4, 5)
    x, y = 5.0, 4.5
    for _ in range(10):
        next_x, next_y = ways.toward(x, y, 11.0, 4.5)
        assert SQUARE.clear(x, y, next_x, next_y)
        assert (next_x, next_y) != (x, y)
        x, y = next_x, next_y
        if (x, y) == (11.0, 4.5):
            break
    assert (x, y) == (11.0, 4.5)


@pytest.mark.parametrize("count", range(2, 7))
@pytest.mark.parametrize("obstacle", [None, Circle(8, 4.5, 1), Circle(8, 4.5, 3), Box(7, 0.5, 2, 8)])
def test_starts_are_free_apart_and_mirror_images(count: int, obstacle: Obstacle | None) -> None:
    field = Field(Arena(obstacles=(obstacle,) if obstacle else ()))
    places = Ways(field).starts(count)
    assert len(places) == count + count % 2
    assert all(field.free(*place) for place in places)
    assert min(math.dist(a, b) for a in places for b in places if a is not b) > 1.2
    if obstacle is None:
        mirrored = sorted((round(WIDE - x, 6), round(y, 6)) for x, y in places)
        assert mirrored == sorted((round(x, 6), round(y, 6)) for x, y in places)


def test_nobody_starts_where_nobody_else_can_come() -> None:
    # A closed pen on the right, where the ring would be.
    pen = (Box(10, 1, 0.3, 7), Box(10, 1, 6, 0.3), Box(10, 7.7, 6, 0.3))
    places = Ways(Field(Arena(obstacles=pen))).starts(6)
    assert all(x < 10 or not 1 < y < 8 for x, y in places)


@pytest.mark.parametrize("obstacle", [Box(0, 0, 16, 9), Circle(8, 4.5, 12)])
def test_an_arena_without_room_is_refused(obstacle: Obstacle) -> None:
    with pytest.raises(LevelError, match="no room to play"):
        Ways(Field(Arena(obstacles=(obstacle,))))


@settings(max_examples=25, deadline=None)
@given(st.lists(obstacles, max_size=8), st.integers(2, 6))
def test_starts_are_free_whatever_the_arena(things: list[Obstacle], count: int) -> None:
    field = Field(Arena(obstacles=tuple(things)))
    try:
        ways = Ways(field)
    except LevelError:
        return
    places = ways.starts(count)
    assert all(field.free(*place) for place in places)
    assert all(ways.distance(*places[0], *place) < math.inf for place in places)
