"""What goes wrong in real rooms: bodies missed and imagined, somebody back from another side, or upon somebody."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from bodies import standing
from walkers import Walker, moments, nearest, seen

from posegames.body.measure import TORSO
from posegames.players.player import Player
from posegames.players.roster import Roster

RATES = pytest.mark.parametrize("hz", [15, 30, 60])


def x(player: Player) -> float:
    return float(player.pose.middle(TORSO)[0])


def who(players: tuple[Player, ...], walkers: tuple[Walker, ...], time: float) -> dict[int, int]:
    """Return the person each walker in sight is held to be."""
    places = seen(walkers, time)
    return {nearest(places, x(p)): p.person for p in players if not p.hidden}


@RATES
def test_who_leaves_and_comes_back_on_the_other_side_is_known(hz: int) -> None:
    left = Walker(0, ((0, 0.4), (1.5, 0.4), (2.2, -0.2), (3.4, -0.2), (3.4, 2.0), (4.2, 1.4)))
    walkers = (left, Walker(1, ((0, 0.9),)))
    roster = Roster(2)
    story = {s.time: roster.update(s, s.time) for s in moments(walkers, hz, 5.2)}
    before, away, after = (story[t] for t in (sorted(story)[hz], sorted(story)[3 * hz], sorted(story)[5 * hz]))
    assert {p.person: p.hidden for p in away} == {
        who(before, walkers, 1)[0]: True,
        who(before, walkers, 1)[1]: False,
    }
    assert who(before, walkers, 1) == who(after, walkers, 5)
    assert {p.person: p.number for p in before} == {p.person: p.number for p in after}


@RATES
@pytest.mark.parametrize("seed", [0, 1])
def test_bodies_missed_and_imagined_change_nobody(hz: int, seed: int) -> None:
    """Of five sightings of somebody one is missing, one sighting in twenty has a body where nobody is."""
    swap = Walker(0, ((0, 0.4), (2.5, 0.4), (4.0, 1.4))), Walker(1, ((0, 1.4), (2.5, 1.4), (4.0, 0.4)), torso=0.18)
    walkers = (*swap, Walker(2, ((0, 0.9), (3, 0.9), (3.6, 0.65)), torso=0.16))
    lots, roster = np.random.default_rng([seed, hz]), Roster(3)
    story: list[tuple[Player, ...]] = []
    for true in moments(walkers, hz, 5.5):
        poses = [pose for pose in true.poses if lots.random() >= 0.2]
        if lots.random() < 0.05:
            poses.append(standing(float(lots.uniform(0.1, 1.7)), float(lots.uniform(0.4, 0.7)), 0.2))
        poses = [replace(pose, xy=pose.xy + lots.normal(0, 0.002, pose.xy.shape)) for pose in poses]
        story.append(roster.update(replace(true, poses=tuple(poses)), true.time))
    start: dict[int, int] = {}
    for players in story[round(1.5 * hz) : round(2.4 * hz)]:
        assert [p.number for p in players] == [1, 2, 3]
        for walker, person in who(players, walkers, 2).items():
            assert start.setdefault(walker, person) == person
    assert sorted(start) == [0, 1, 2]
    for players in story[round(4.8 * hz) :]:
        assert {p.number for p in players} == {1, 2, 3}
        assert who(players, walkers, 5).items() <= start.items()


@pytest.mark.parametrize("off", [0.06, 0.08, 0.1])
def test_a_body_imagined_upon_somebody_brings_nobody_back_who_is_away(off: float) -> None:
    """It shows nobody's clothes; without them the one who is here stays who they are."""
    walkers = Walker(0, ((0, 0.45),), ((1, 9),)), Walker(1, ((0, 1.0), (1.5, 1.0), (2.3, 0.45)))
    roster, told = Roster(2), []
    for true in moments(walkers, 30, 4.2):
        poses = true.poses
        if 3.5 <= true.time < 3.75:
            poses = (*poses, standing(0.45 + off, 0.57))
        players = roster.update(replace(true, poses=poses), true.time)
        if true.time >= 3.3:
            told.append({p.person for p in players if not p.hidden and abs(x(p) - 0.45) < 0.05})
    assert told[0] == {1}  # from left to right on the mirrored screen: the second walker
    assert set.union(*told) == {1}


def test_a_passer_by_takes_no_slot_while_a_player_is_lost_for_a_moment() -> None:
    """Though they stand just where the player was, and every slot but that is taken."""
    player, other = Walker(0, ((0, 0.6),), ((2.0, 3.5),)), Walker(1, ((0, 1.4),))
    stranger = Walker(2, ((0, -0.3), (1.8, -0.3), (2.3, 0.6), (3.0, 0.6), (3.4, 1.0)))
    roster, slots = Roster(2), set[tuple[int, int]]()
    for true in moments((player, other, stranger), 30, 5):
        slots |= {(p.number, p.person) for p in roster.update(true, true.time)}
    assert len(slots) == 2
    assert len(roster.spectators) == 1


def test_equal_shirts_are_uncertain_only_after_a_tangle() -> None:
    walkers = Walker(0, ((0, 0.4), (1, 0.4), (2.2, 1.4))), Walker(0, ((0, 1.4), (1, 1.4), (2.2, 0.4)), torso=0.19)
    roster, sure = Roster(2), []
    for true in moments(walkers, 30, 6):
        players = roster.update(true, true.time)
        sure.append(len(players) == 2 and all(p.certain for p in players))
    assert all(sure[20:30])
    assert not any(sure[50:70])
    assert all(sure[-20:])
