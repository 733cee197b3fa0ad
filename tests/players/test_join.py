"""Who shows no sign of life joins no game; who has joined is never asked again."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
from bodies import sighting, standing

from posegames.body.joints import Joint
from posegames.body.pose import Pose
from posegames.players.person import ASKED
from posegames.players.roster import GONE, JOIN, Roster


def watch(roster: Roster, begin: float, end: float, *poses: Pose) -> set[int]:
    """Show the same bodies from `begin` to `end`; return the people in sight at the end."""
    players = roster.update(None, begin)
    for i in range(round((end - begin) * 30) + 1):
        players = roster.update(sighting(begin + i / 30, *poses), begin + i / 30)
    return {player.person for player in players if not player.hidden}


def lifeless(x: float, track: int) -> Pose:
    return replace(standing(x, track=track), alive=False)


def test_a_poster_never_joins_and_is_still_seen() -> None:
    roster = Roster()
    assert watch(roster, 0, 20, lifeless(0.5, 1)) == set()
    assert len(roster.spectators) == 1


def test_where_everybody_is_wanted_a_poster_joins_too() -> None:
    assert watch(Roster(living=False), 0, JOIN + 0.1, lifeless(0.5, 1)) == {1}


def test_whoever_moves_at_last_joins_at_once() -> None:
    roster = Roster()
    assert watch(roster, 0, 5, lifeless(0.5, 1)) == set()
    assert watch(roster, 5.03, 5.1, standing(0.5, track=1)) == {1}


def test_a_player_who_stands_still_is_not_asked_again() -> None:
    roster = Roster()
    assert watch(roster, 0, 1, standing(0.5, track=1)) == {1}
    assert watch(roster, 1.03, 2, lifeless(0.5, 1)) == {1}
    # Lost for half a second, and found as they were, by a track that has seen no life yet.
    assert watch(roster, 2.5, 3, lifeless(0.5, 2)) == {1}


def test_a_poster_is_nobody_who_left() -> None:
    roster = Roster()
    poster = lifeless(1.3, 9)
    assert watch(roster, 0, 1, standing(0.5, track=1), poster) == {1}
    for i in range(30):  # they walk to the poster, and are out of sight
        time = 1 + i / 30
        roster.update(sighting(time, standing(0.5 + 0.5 * i / 30, track=1), poster), time)
    assert watch(roster, 2.1, 2 + GONE + JOIN, poster) == set()


def test_life_goes_with_a_pose_from_process_to_process() -> None:
    assert not pickle.loads(pickle.dumps(lifeless(0.5, 1))).alive
    assert pickle.loads(pickle.dumps(standing())).alive
    assert not lifeless(0.5, 1).flipped(1.6).alive


def test_where_hands_are_asked_for_only_a_raised_one_joins() -> None:
    roster, still, up = Roster(asks=True), standing(0.5, track=1), raised(0.5, track=1)
    assert watch(roster, 0, 3, still) == set()
    assert len(roster.spectators) == 1
    assert watch(roster, 3.03, 3 + ASKED - 0.1, up) == set()  # not yet
    assert watch(roster, 3.4, 3.6, still) == set()  # it came down: from the beginning
    assert watch(roster, 3.63, 3.63 + ASKED + 0.1, up) == {1}
    assert watch(roster, 5, 6, still) == {1}
    assert not roster.spectators


def test_who_has_joined_by_hand_comes_back_without() -> None:
    roster = Roster(asks=True)
    watch(roster, 0, 1, standing(0.5, track=1))
    assert watch(roster, 1.03, 2, raised(0.5, track=1)) == {1}
    assert watch(roster, 2.03, 3) == set()
    assert watch(roster, 3.03, 4, standing(0.55, track=2)) == {1}


def test_a_passer_by_takes_no_slot_from_those_who_ask() -> None:
    roster = Roster(1, asks=True)
    watch(roster, 0, 2, standing(0.5, track=1))
    watch(roster, 2.03, 3, standing(0.5, track=1), raised(1.2, track=2))
    (player,) = roster.update(None, 3)
    assert player.pose.xy[0, 0] > 1


def raised(x: float, track: int) -> Pose:
    """Somebody with the right hand above the head."""
    pose = standing(x, track=track)
    xy, head = pose.xy.copy(), pose.xy[Joint.NOSE]
    xy[Joint.RIGHT_ELBOW] = head + np.array([-0.06, 0.02])
    xy[Joint.RIGHT_WRIST] = xy[Joint.RIGHT_INDEX] = head + np.array([-0.07, -0.12])
    return replace(pose, xy=xy)
