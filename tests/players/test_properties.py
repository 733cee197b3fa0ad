"""What holds whatever people do: of simulated sightings, through the roster."""

from __future__ import annotations

import numpy as np
import pytest
from bodies import sighting, standing
from hypothesis import given, settings
from hypothesis import strategies as st
from walkers import ASPECT, SHIRTS, Walker, clear, moments, nearest, seen

from posegames.body.measure import TORSO
from posegames.body.pose import Pose
from posegames.players.player import Player
from posegames.players.roster import GONE, Roster
from posegames.seeing.sighting import Sighting
from posegames.tools.crowd import Witness, crowd
from posegames.tools.identity import Truth, claims

SECONDS = 8.0
Story = list[tuple[Player, ...]]


def told(sightings: list[Sighting], slots: int = 4) -> Story:
    roster = Roster(slots)
    return [roster.update(seen, seen.time) for seen in sightings]


def witnessed(seed: int, seconds: float, *, colours: bool = True) -> list[Sighting]:
    """Return what a witness with an estimator's faults sees of two, three or four who pass each other."""
    actors = 2 + seed % 3
    play = crowd(seed, actors=actors, seconds=12)
    witness = Witness(play, actors=actors, seed=seed, rate=15, colours=colours)
    return [sighting for sighting, _ in witness.moments() if sighting.time < seconds]


@st.composite
def scripts(draw: st.DrawFn) -> tuple[Walker, ...]:
    """Draw two or three people, in shirts of their own, who change places, go away and come back."""
    count = draw(st.integers(2, 3))
    shirts = draw(st.permutations(range(len(SHIRTS))))
    spots = [0.35, 0.9, 1.45]
    people = []
    for i in range(count):
        stops = [(0.0, spots[i])]
        for begin in (2.0, 4.5):
            if draw(st.booleans()):
                stops += [
                    (begin, stops[-1][1]),
                    (begin + draw(st.sampled_from([1.0, 1.5])), spots[draw(st.integers(0, 2))]),
                ]
        gone = draw(st.sampled_from([None, 1.5, 3.0]))
        away = () if gone is None else ((gone, gone + draw(st.sampled_from([0.5, 2.0, GONE + 0.5]))),)
        people.append(Walker(shirts[i], tuple(stops), away, 0.22 - 0.02 * i))
    return tuple(people)


@settings(max_examples=3, deadline=None)
@given(walkers=scripts())
def test_every_rate_tells_the_same_story(walkers: tuple[Walker, ...]) -> None:
    """Joins, leaves and who is who are the same at 15, 30 and 60 Hz, wherever it is clear whose body it is."""
    seen_at_60 = list(moments(walkers, 60, SECONDS))
    stories = {rate: told(seen_at_60[:: 60 // rate]) for rate in (15, 30, 60)}
    for step in range(2, 2 * int(SECONDS)):
        time = 0.5 * step + 0.2  # clear of the moments at which somebody joins, or their slot is freed
        here = clear(walkers, time, since=0.8, apart=1.2)
        places = {i: seen(walkers, time)[i] for i in here}
        tangled = len(here) < sum(walker.place(time) is not None for walker in walkers)
        accounts = []
        for rate, story in stories.items():
            players = story[int(time * rate + 1e-6)]
            bodies = {}
            for player in (p for p in players if not p.hidden and places):
                i = nearest(places, x(player.pose))
                if abs(places[i] - x(player.pose)) < 0.1:
                    bodies[i] = player.number, player.person
            assert bodies.keys() == set(here), (rate, time)
            accounts.append((bodies, None if tangled else [(p.number, p.person) for p in players]))
        assert accounts[0] == accounts[1] == accounts[2], time


def x(pose: Pose) -> float:
    return float(pose.middle(TORSO)[0])


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 1000), order=st.integers(0, 99))
def test_the_order_of_the_list_changes_nothing(seed: int, order: int) -> None:
    """Not the slots, not the numbers, not a digit of the bodies; nor who is said to be a spectator or unsure."""
    lots = np.random.default_rng(order)
    rosters = Roster(2), Roster(2)
    for said in witnessed(seed, 4):
        poses = tuple(said.poses[i] for i in lots.permutation(len(said.poses)))
        mixed = Sighting(said.time, said.number, poses, said.aspect, said.frame)
        one, two = (roster.update(s, s.time) for roster, s in zip(rosters, (said, mixed), strict=True))
        assert [(p.number, p.person, p.hidden, p.certain) for p in one] == [
            (p.number, p.person, p.hidden, p.certain) for p in two
        ]
        for a, b in zip(one, two, strict=True):
            np.testing.assert_array_equal(a.pose.xy, b.pose.xy)
            np.testing.assert_array_equal(a.shown.xy, b.shown.xy)
        spectators = [sorted(x(pose) for pose in roster.spectators) for roster in rosters]
        assert spectators[0] == spectators[1]


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 1000))
def test_no_two_share_a_slot_or_a_number_and_no_number_is_given_twice(seed: int) -> None:
    actors = 2 + seed % 3
    witness = Witness(crowd(seed, actors=actors, seconds=12), actors=actors, seed=seed, rate=15)
    roster, known, owner = Roster(actors), 0, dict[int, int]()
    for sighting_, truth in witness.moments():
        players = roster.update(sighting_, sighting_.time)
        assert len({p.number for p in players}) == len({p.person for p in players}) == len(players)
        assert {p.number for p in players} <= set(range(1, actors + 1))
        bodies = [id(p.pose) for p in players if not p.hidden]
        assert len(set(bodies)) == len(bodies)
        new = sorted({p.person for p in players} - set(range(known + 1)))
        assert not new or new[0] > known  # counted on and on: whoever is gone leaves their number to nobody
        known = max(known, *new) if new else known
        sure = Truth.of(truth, sighting_.time)
        said = claims(players)
        for row, claim in np.argwhere(np.isfinite(sure.apart(said))):
            number = sure.numbers[row]
            if number in sure.alone:
                owner.setdefault(said[claim].person, number)
                assert owner[said[claim].person] == number


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 1000))
def test_a_mirrored_world_has_the_same_people_mirrored(seed: int) -> None:
    """Bodies to a thousandth of the picture, and who is who; numbers go by the side people stand on."""
    here = witnessed(seed, 5, colours=False)
    there = [Sighting(s.time, s.number, tuple(pose.flipped(s.aspect) for pose in s.poses), s.aspect) for s in here]
    same: dict[int, int] = {}
    for one, two in zip(told(here), told(there), strict=True):
        assert len(one) == len(two)
        for player in one:
            image = player.pose.flipped(ASPECT).xy
            twins = [p for p in two if float(np.abs(p.pose.xy - image).max()) < 1e-3]
            assert [p.person for p in twins] == [same.setdefault(player.person, twins[0].person)]
            assert (twins[0].hidden, twins[0].certain) == (player.hidden, player.certain)
    assert len(set(same.values())) == len(same)


@given(places=st.lists(st.sampled_from([0.2, 0.55, 0.9, 1.25, 1.6]), min_size=1, max_size=4, unique=True))
@settings(max_examples=12, deadline=None)
def test_slots_go_by_where_people_stand_in_a_mirrored_world_from_the_other_side(places: list[float]) -> None:
    def slots(*people: Pose) -> dict[float, int]:
        roster = Roster(4)
        for i in range(20):
            roster.update(sighting(i / 15, *people), i / 15)
        return {round(x(p.pose), 2): p.number for p in roster.update(None, 20 / 15)}

    poses = [standing(place) for place in places]
    assert slots(*poses) == {place: n for n, place in enumerate(sorted(places, reverse=True), 1)}
    mirrored = slots(*(pose.flipped(ASPECT) for pose in poses))
    count = len(places)
    assert mirrored == pytest.approx(
        {round(ASPECT - place, 2): count + 1 - n for place, n in slots(*poses).items()}
    )
