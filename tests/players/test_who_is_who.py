"""Stories of people who meet, hide, leave and come back, with clothes to be seen and without."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from bodies import standing

from posegames.body.measure import TORSO
from posegames.body.pose import Pose
from posegames.players.roster import GONE, JOIN, Roster
from posegames.seeing.sighting import Frame, Picture, Sighting

Colour = tuple[int, int, int]
Body = tuple[Pose, Colour]
Script = Callable[[float], list[Body]]
"""Who is seen at a time, the farthest first."""

ASPECT = 16 / 9
RED, BLUE, GREEN = (40, 40, 200), (200, 90, 40), (60, 170, 50)
RATES = pytest.mark.parametrize("hz", [15, 30, 60])


def picture(bodies: list[Body]) -> Picture:
    """Return a small picture of people in their clothes."""
    made = np.full((90, 160, 3), 130, dtype=np.uint8)
    for pose, colour in bodies:
        left, top = np.maximum(pose.xy[list(TORSO)].min(axis=0) * 90, 0).astype(int)
        right, bottom = np.maximum(pose.xy[[25, 26]].max(axis=0) * 90, 0).astype(int)
        made[top : bottom + 1, max(0, left - 1) : right + 2] = colour
    return made


def play(roster: Roster, script: Script, begin: float, end: float, hz: int = 30) -> dict[int, tuple[int, float]]:
    """Show the script; return who is seen at its end: slot -> (person, x)."""
    for i in range(round((end - begin) * hz)):
        time = begin + i / hz
        bodies = script(time)
        frame = Frame(picture(bodies), time, i)
        roster.update(Sighting(time, i, tuple(pose for pose, _ in bodies), ASPECT, frame), time)
    return {
        p.number: (p.person, round(float(p.pose.middle(TORSO)[0]), 1))
        for p in roster.update(None, end)
        if not p.hidden
    }


def still(*bodies: Body) -> Script:
    return lambda _time: list(bodies)


def slots(seen: dict[int, tuple[int, float]]) -> dict[int, float]:
    return {slot: x for slot, (_, x) in seen.items()}


@RATES
def test_who_passes_behind_somebody_keeps_the_number_though_the_hint_goes_over(hz: int) -> None:
    """The region of who is hidden falls onto the other one, the older track lives on, and the lost one is new."""

    def crossing(time: float) -> list[Body]:
        behind, before = 0.5 + 0.8 * (time - 1) / 2, 1.3 - 0.8 * (time - 1) / 2
        apart = abs(behind - before)
        older = 1 if behind < before else 2
        front = (standing(before, torso=0.21, track=1 if apart < 0.3 or behind > before else 2), BLUE)
        if apart < 0.16:
            return [front]
        return [(standing(behind, torso=0.19, track=older if older == 1 else 7), RED), front]

    roster = Roster()
    start = play(
        roster,
        still((standing(0.5, torso=0.19, track=1), RED), (standing(1.3, torso=0.21, track=2), BLUE)),
        0,
        1,
        hz,
    )
    end = play(roster, crossing, 1, 3, hz)
    assert slots(start) == {1: 1.3, 2: 0.5}
    assert {slot: person for slot, (person, _) in end.items()} == {
        slot: person for slot, (person, _) in start.items()
    }
    assert slots(end) == {1: 0.5, 2: 1.3}


@RATES
def test_a_second_behind_somebody_is_nothing(hz: int) -> None:
    roster = Roster()
    a, b = (standing(0.6, track=1), RED), (standing(1.2, track=2), BLUE)
    start = play(roster, still(a, b), 0, 1, hz)
    play(roster, still(b), 1, 2, hz)
    assert [p.hidden for p in roster.update(None, 2)] == [False, True]
    assert play(roster, still((standing(0.65, track=9), RED), b), 2, 2.5, hz).keys() == start.keys()


@RATES
def test_two_who_change_places_out_of_sight_are_known_by_their_clothes(hz: int) -> None:
    roster = Roster()
    before = play(roster, still((standing(0.5), RED), (standing(1.3), BLUE)), 0, 1, hz)
    play(roster, still(), 1, 1 + GONE - 1, hz)
    after = play(roster, still((standing(0.5), BLUE), (standing(1.3), RED)), GONE, GONE + 1, hz)
    assert slots(before) == {1: 1.3, 2: 0.5}
    assert slots(after) == {1: 0.5, 2: 1.3}


def test_who_comes_back_late_gets_the_old_slot_if_it_is_free() -> None:
    roster = Roster()
    first = play(roster, still((standing(1.3), BLUE), (standing(0.5), RED)), 0, 1)
    play(roster, still((standing(0.5), RED)), 1, 30)
    again = play(roster, still((standing(0.5), RED), (standing(1.0), BLUE)), 30, 31)
    assert again[1] == (first[1][0], 1.0)


def test_a_new_person_in_an_old_slot_has_a_number_of_their_own() -> None:
    roster = Roster(1)
    ((slot, (first, _)),) = play(roster, still((standing(0.5), RED)), 0, 1).items()
    play(roster, still(), 1, 8)
    ((again, (second, _)),) = play(roster, still((standing(0.5), BLUE)), 8, 9).items()
    assert again == slot
    assert second > first
    play(roster, still(), 9, 16)
    ((_, (third, _)),) = play(roster, still((standing(1.0), RED)), 16, 17).items()
    assert third == first  # the first one is back, and known


def test_a_slot_is_empty_before_it_is_somebody_elses() -> None:
    roster = Roster(1)
    play(roster, still((standing(0.5), RED), (standing(1.3), BLUE)), 0, 1)
    here: list[set[int]] = []
    for i in range(200):
        time = 1 + i / 30
        poses = (standing(0.5),)
        frame = Frame(picture([(poses[0], RED)]), time, i)
        here.append({p.person for p in roster.update(Sighting(time, i, poses, ASPECT, frame), time)})
    assert here[0] == {1}
    assert set() in here
    assert here[-1] == {2}


@RATES
def test_a_passer_by_takes_nobodys_place(hz: int) -> None:
    """Neither the slot of one who has gone out for a moment, nor that of one they walk in front of."""
    roster = Roster(2)
    player, other = (standing(0.6, track=1), RED), (standing(1.3, track=2), BLUE)
    start = play(roster, still(player, other), 0, 1, hz)

    def passing(time: float) -> list[Body]:
        x = 0.1 + 1.0 * (time - 1)
        walker = standing(x, torso=0.23, track=1 if x > 0.55 else 5)  # the region goes over to them
        return [other, *([player] if abs(x - 0.6) > 0.15 and x < 0.6 else []), (walker, GREEN)]

    play(roster, passing, 1, 2, hz)
    end = play(roster, still((standing(0.6, track=8), RED), other, (standing(1.7, track=1), GREEN)), 2, 3, hz)
    assert end == start
    play(roster, still(other), 3, 4, hz)
    assert play(roster, still((standing(0.55, track=11), GREEN), other), 4, 5, hz).keys() == {1}


def test_equal_clothes_go_by_the_way_people_walk_and_it_is_said() -> None:
    roster = Roster()
    start = play(roster, still((standing(0.5), RED), (standing(1.3), RED)), 0, 1)

    def crossing(time: float) -> list[Body]:
        step = 0.8 * (time - 1) / 1.2
        a, b = standing(0.5 + step), standing(1.3 - step)
        return [(a, RED)] if abs(step - 0.4) < 0.06 else [(a, RED), (b, RED)]

    assert all(p.certain for p in roster.update(None, 1))
    end = play(roster, crossing, 1, 2.2)
    assert not any(p.certain for p in roster.update(None, 2.2))
    assert [x for _, x in start.values()] == [1.3, 0.5]
    assert [x for _, x in end.values()] == [0.5, 1.3]
    play(roster, still((standing(1.3), RED), (standing(0.5), RED)), 2.2, 6)
    assert all(p.certain for p in roster.update(None, 6))


def test_side_by_side_hints_are_believed_and_clothes_learnt() -> None:
    """Two shoulder to shoulder from the first moment on, half hidden by turns."""
    roster = Roster()

    def pair(time: float) -> list[Body]:
        return [(standing(0.8, track=1), RED), (standing(0.96, track=2), BLUE)]

    start = play(roster, pair, 0, 4)
    assert len(start) == 2
    assert play(roster, lambda t: [(standing(0.7), BLUE), (standing(1.1), RED)], 5, 6) == {
        1: (start[1][0], 0.7), 2: (start[2][0], 1.1),
    }  # fmt: skip


def test_a_jacket_taken_off_makes_nobody_new() -> None:
    roster = Roster()
    start = play(roster, still((standing(0.9, track=1), RED)), 0, 2)
    assert play(roster, still((standing(0.9, track=1), GREEN)), 2, 4) == start
    play(roster, still(), 4, 5)
    assert play(roster, still((standing(1.2, track=2), GREEN)), 5, 6).keys() == start.keys()


def test_strangers_are_not_remembered_for_ever() -> None:
    roster = Roster(1)
    ((first, _),) = play(roster, still((standing(0.9), RED)), 0, 1, 10).values()
    rng = np.random.default_rng(0)
    for i in range(1, 40):
        blue, green, red = (int(c) for c in rng.integers(0, 255, 3))
        play(roster, still((standing(float(rng.uniform(0.3, 1.5))), (blue, green, red))), i * 10, i * 10 + 1, 10)
        play(roster, still(), i * 10 + 1, i * 10 + 8, 10)
    ((again, _),) = play(roster, still((standing(0.9), RED)), 400, 401, 10).values()
    assert again != first


def test_people_join_side_by_side_too() -> None:
    roster = Roster()
    two = still((standing(0.80, track=1), RED), (standing(0.93, track=2), BLUE))
    assert play(roster, two, 0, JOIN + 0.1) == {}
    assert len(play(roster, two, JOIN + 0.1, 1.5)) == 2
