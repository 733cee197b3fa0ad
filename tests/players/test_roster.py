from __future__ import annotations

import numpy as np
import pytest
from bodies import sighting, standing
from hypothesis import given, settings
from hypothesis import strategies as st

from posegames.body.pose import Pose
from posegames.players.roster import GONE, JOIN, Roster

RATES = pytest.mark.parametrize("hz", [15, 60])


def watch(roster: Roster, hz: int, begin: float, end: float, *poses: Pose) -> tuple[int, ...]:
    """Show the same people from `begin` to `end`; return the slots at the end."""
    players = roster.update(None, begin)
    for i in range(round((end - begin) * hz) + 1):
        players = roster.update(sighting(begin + i / hz, *poses), begin + i / hz)
    return tuple(player.number for player in players)


@RATES
def test_somebody_joins_after_a_moment_and_not_at_a_flicker(hz: int) -> None:
    roster = Roster()
    assert watch(roster, hz, 0, JOIN * 0.5, standing()) == ()
    assert watch(roster, hz, JOIN * 0.6, 1) == ()
    assert watch(roster, hz, 1.1, 1.1 + JOIN * 0.5, standing()) == ()  # gone meanwhile: starts again
    assert watch(roster, hz, 1.1 + JOIN * 0.6, 1.1 + JOIN + 0.1, standing()) == (1,)


def test_at_a_slow_rate_people_join_all_the_same() -> None:
    assert watch(Roster(), 2, 0, 2, standing()) == (1,)


@RATES
def test_who_hides_keeps_the_slot_and_who_left_frees_it(hz: int) -> None:
    roster = Roster()
    left, right = standing(0.5), standing(1.3)
    assert watch(roster, hz, 0, 1, left, right) == (1, 2)
    watch(roster, hz, 1.1, 1 + GONE - 0.2, left)
    (seen, hidden) = roster.update(None, 1 + GONE - 0.2)
    assert {seen.hidden, hidden.hidden} == {True, False}
    here = seen if hidden.hidden else hidden
    np.testing.assert_allclose(here.pose.xy, left.xy, atol=1e-3)
    assert len(watch(roster, hz, 1 + GONE, 1 + GONE + 0.5, left)) == 1


@RATES
def test_who_comes_back_in_time_gets_the_old_slot(hz: int) -> None:
    roster = Roster()
    a, b = standing(0.5, track=1), standing(1.3, track=2)
    assert watch(roster, hz, 0, 1, a, b) == (1, 2)
    before = {p.number: float(p.pose.middle(range(33))[0]) for p in roster.update(None, 1)}
    watch(roster, hz, 1.1, 3, a)
    watch(roster, hz, 3.1, 4, a, standing(1.2, track=9))  # a new track: the estimator had lost them
    after = {p.number: float(p.pose.middle(range(33))[0]) for p in roster.update(None, 4)}
    assert after.keys() == before.keys()
    for number, x in before.items():
        assert after[number] == pytest.approx(x, abs=0.15)


def test_slots_are_given_from_left_to_right_as_on_the_screen() -> None:
    roster = Roster()
    watch(roster, 30, 0, 1, standing(0.4), standing(1.4))
    first, second = roster.update(None, 1)
    # The screen is a mirror: larger x in the picture is further left on it.
    assert first.pose.xy[0, 0] > second.pose.xy[0, 0]


def test_more_people_than_slots_are_spectators() -> None:
    roster = Roster(most=2)
    assert watch(roster, 30, 0, 1, standing(0.3), standing(0.9), standing(1.5)) == (1, 2)
    assert len(roster.spectators) == 1


def test_a_stalled_source_frees_no_slot() -> None:
    roster = Roster()
    watch(roster, 30, 0, 1, standing())
    (player,) = roster.update(None, 60)
    assert player.number == 1
    assert not player.hidden
    np.testing.assert_array_equal(player.shown.xy, player.pose.xy)  # nothing is predicted from old news


def test_track_hints_hold_two_people_apart_while_they_move_past_each_other() -> None:
    roster = Roster()
    watch(roster, 30, 0, 1, standing(0.5, track=1), standing(1.3, track=2))
    start = {p.number: float(p.pose.xy[0, 0]) for p in roster.update(None, 1)}
    for i in range(31):
        a, b = 0.5 + 0.8 * i / 30, 1.3 - 0.8 * i / 30
        t = 1 + i / 30
        roster.update(sighting(t, standing(b, track=2), standing(a, track=1)), t)
    end = {p.number: float(p.pose.xy[0, 0]) for p in roster.update(None, 2)}
    for number, x in start.items():
        assert end[number] == pytest.approx(1.8 - x, abs=0.1)


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_the_order_of_the_list_never_changes_who_is_who(data: st.DataObject) -> None:
    roster = Roster()
    people = [standing(x) for x in (0.3, 0.9, 1.5)]
    watch(roster, 30, 0, 1, *people)
    before = {p.number: float(p.pose.xy[0, 0]) for p in roster.update(None, 1)}
    for i in range(5):
        shuffled = data.draw(st.permutations(people))
        roster.update(sighting(1.1 + i / 30, *shuffled), 1.1 + i / 30)
    after = {p.number: float(p.pose.xy[0, 0]) for p in roster.update(None, 2)}
    assert after == pytest.approx(before, abs=1e-3)


def test_the_shown_body_runs_ahead_of_the_seen_one_while_moving() -> None:
    roster = Roster()
    for i in range(40):
        roster.update(sighting(i / 30, standing(0.5 + 0.5 * i / 30)), i / 30)
    (player,) = roster.update(None, 39 / 30 + 0.03)
    assert player.shown.xy[0, 0] - player.pose.xy[0, 0] == pytest.approx(0.5 * 0.03, rel=0.2)


def test_the_torso_survives_bending() -> None:
    roster = Roster()
    watch(roster, 30, 0, 2, standing())
    bent = standing(moved={"left_shoulder": (0.33, -0.5), "right_shoulder": (-0.33, -0.5)})
    watch(roster, 30, 2, 3, bent)
    (player,) = roster.update(None, 3)
    assert player.torso > 0.17  # 0.2 upright, 0.1 as bent


def test_a_roster_has_one_to_six_slots() -> None:
    for most in (0, 7):
        with pytest.raises(ValueError, match="1 to 6 slots"):
            Roster(most)
