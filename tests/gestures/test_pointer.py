from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from bodies import sighting, standing

from posegames.body.joints import Joint
from posegames.body.pose import Pose
from posegames.errors import UsageError
from posegames.gestures.pointing.cursors import BOXES, CURSORS, FULL, find_cursor
from posegames.gestures.pointing.hand import ARM, LOST, RESTS, WITHIN, WITHOUT
from posegames.gestures.pointing.pointer import HandPointer, Pointing, pointer_for
from posegames.gestures.tuning.profiles import PROFILES
from posegames.players.player import Player
from posegames.players.roster import Roster
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import load_play, parse_play

IN, OUT, ABOVE, BELOW = FULL.inwards, FULL.outwards, FULL.above, FULL.below
RATE = 60
MIDDLE = (0.5, 0.5)
Place = tuple[float, float]


def person(number: int = 1, pose: Pose | None = None, *, torso: float = 0.2, hidden: bool = False) -> Player:
    pose = pose or standing(torso=torso)
    return Player(number, pose, pose, np.zeros_like(pose.xy), torso, 0.0, hidden)


def reaching(
    hand: str, place: Place, *, x: float = 0.9, y: float = 0.55, torso: float = 0.2, sure: float = 1.0
) -> Pose:
    """Return somebody whose hand is where it points at `place` of the screen, the elbow bent."""
    sign = 1.0 if hand == "left" else -1.0
    across = place[0] if hand == "right" else 1 - place[0]
    out, down = IN + across * (OUT - IN), ABOVE + place[1] * (BELOW - ABOVE)
    wrist = (sign * (0.33 + out * ARM), -1 + down * ARM)
    pose = standing(x, y, torso, moved={f"{hand}_elbow": (sign * 0.42, -0.45), f"{hand}_wrist": wrist})
    confidence = pose.confidence.copy()
    confidence[Joint[f"{hand.upper()}_WRIST"]] = sure
    return replace(pose, confidence=confidence)


def watch(
    pointer: HandPointer, script: Callable[[float], Sequence[Player]], seconds: float, start: float = 0.0
) -> list[Pointing | None]:
    times = start + np.arange(round(seconds * RATE)) / RATE
    return [pointer.update(tuple(script(float(t) - start)), float(t)) for t in times]


def held(*players: Player, seconds: float = 0.5) -> Pointing | None:
    """Return where somebody points who has held still for a while."""
    return watch(HandPointer(), lambda _time: players, seconds)[-1]


@pytest.mark.parametrize("hand", ["left", "right"])
@pytest.mark.parametrize("place", [(0.5, 0.5), (0.1, 0.1), (0.9, 0.1), (0.1, 0.9), (0.9, 0.9)])
@pytest.mark.parametrize("where", [(0.9, 0.55, 0.2), (0.3, 0.5, 0.07), (1.3, 0.6, 0.33)])
def test_the_box_stands_for_the_screen_whatever_the_size_and_place(
    hand: str, place: Place, where: tuple[float, float, float]
) -> None:
    """A child far away, an adult near: the same hand points at the same place, as in a mirror."""
    x, y, torso = where
    found = held(person(3, reaching(hand, place, x=x, y=y, torso=torso), torso=torso))
    assert found is not None
    assert (found.player, found.sure) == (3, True)
    # An elbow held like this makes the arm look a little shorter or longer than it is.
    assert (found.x, found.y) == pytest.approx(place, abs=0.06)


def test_no_arm_is_asked_for_that_tires() -> None:
    """The box ends below the nose and above the belt, and the upper arm may hang."""
    nose, hip = -1.45, 0.0
    assert nose + 0.15 < -1 + ABOVE * ARM < -1 + BELOW * ARM < hip - 0.3


RESTING: dict[str, dict[str, Place]] = {
    "hanging": {},
    "on the hips": {
        "left_elbow": (0.75, -0.5), "left_wrist": (0.3, -0.1),
        "right_elbow": (-0.75, -0.5), "right_wrist": (-0.3, -0.1),
    },
    "above the head": {"left_elbow": (0.55, -1.3), "left_wrist": (0.5, -1.85)},
    "spread": {"left_elbow": (0.85, -1.0), "left_wrist": (1.35, -1.0)},
    "crossed": {
        "left_elbow": (0.45, -0.45), "left_wrist": (-0.15, -0.6),
        "right_elbow": (-0.45, -0.45), "right_wrist": (0.15, -0.55),
    },
}  # fmt: skip


@pytest.mark.parametrize("name", [*RESTING])
def test_hands_elsewhere_do_not_point(name: str) -> None:
    assert held(person(pose=standing(moved=RESTING[name]))) is None


def test_nobody_points_where_nobody_is() -> None:
    assert HandPointer().update((), 0.0) is None


def test_a_raised_hand_begins_soon_and_ends_when_it_drops() -> None:
    pointer = HandPointer()
    up, down = person(pose=reaching("right", MIDDLE)), person()
    said = watch(pointer, lambda time: [up if 0.5 <= time < 1.5 else down], 2.5)
    there = [i / RATE for i, pointing in enumerate(said) if pointing]
    assert there[0] == pytest.approx(0.5 + WITHIN, abs=0.04)
    assert there[-1] == pytest.approx(1.5 + WITHOUT, abs=0.04)
    assert len(there) == pytest.approx((there[-1] - there[0]) * RATE + 1, abs=1.5)  # without a gap


def test_a_hand_passing_by_does_not_begin() -> None:
    up, down = person(pose=reaching("right", MIDDLE)), person()
    assert not any(watch(HandPointer(), lambda time: [up if time < WITHIN - 0.05 else down], 1.0))


def test_the_hand_that_began_last_leads_until_it_drops() -> None:
    first = [person(1, reaching("right", (0.2, 0.2), x=0.5)), person(1, standing(0.5))]
    second = [person(2, standing(1.3)), person(2, reaching("left", (0.8, 0.8), x=1.3))]
    pointer = HandPointer()

    def script(time: float) -> list[Player]:
        return [first[time >= 3], second[1 <= time < 2]]

    said = watch(pointer, script, 4.0)
    who = [said[round(t * RATE)] for t in (0.8, 1.8, 2.8, 3.8)]
    assert [pointing and pointing.player for pointing in who] == [1, 2, 1, None]
    changes = sum(bool(a and b and a.player != b.player) for a, b in pairwise(said))
    assert changes == 2


def test_the_other_hand_of_a_player_waits_until_the_first_drops() -> None:
    """Trackers see a hanging hand beside the one in front of the body: it must not take the cursor away."""
    right = {"right_elbow": (-0.42, -0.45), "right_wrist": (-0.5, -0.7)}
    left = {"left_elbow": (0.42, -0.45), "left_wrist": (0.7, -1.0)}
    poses = [standing(moved=moved) for moved in (right, right | left, left, {})]
    said = watch(HandPointer(), lambda time: [person(pose=poses[int(time)])], 4.0)
    one, both, other, none = (said[round(t * RATE)] for t in (0.9, 1.9, 2.9, 3.9))
    assert one is not None
    assert both is not None
    assert other is not None
    assert none is None
    assert both.x == pytest.approx(one.x, abs=0.01)
    assert other.x < 0.5 < one.x


def test_a_hand_reaching_too_far_stays_at_the_edge() -> None:
    wide = {"right_elbow": (-0.65, -0.55), "right_wrist": (-1.1, -0.8)}
    near, far = reaching("right", (0.9, 0.3)), standing(moved=wide)
    said = watch(HandPointer(), lambda time: [person(pose=near if time < 0.5 else far)], 1.5)
    assert said[-1] is not None
    assert said[-1].x == 1.0
    assert 0 < said[-1].y < 1


def test_an_unsure_hand_says_so_and_a_lost_one_is_waited_for() -> None:
    good, poor, none = (person(pose=reaching("right", MIDDLE, sure=sure)) for sure in (1.0, 0.35, 0.0))

    def script(time: float) -> list[Player]:
        return [good if time < 0.5 else poor if time < 1 else none]

    said = watch(HandPointer(), script, 2.5)
    assert [pointing and pointing.sure for pointing in (said[28], said[50], said[80])] == [True, False, False]
    gone = next(i for i in range(60, len(said)) if said[i] is None) / RATE
    assert gone == pytest.approx(1 + LOST, abs=0.05)


def test_a_hidden_player_points_unsurely() -> None:
    there, hidden = (person(pose=reaching("right", MIDDLE), hidden=gone) for gone in (False, True))
    said = watch(HandPointer(), lambda time: [there if time < 0.5 else hidden], 1.2)
    first, last = said[25], said[-1]
    assert first is not None
    assert last is not None
    assert (first.sure, last.sure) == (True, False)
    assert (last.x, last.y) == (first.x, first.y)


def test_a_player_who_leaves_is_forgotten() -> None:
    pointer, pointing = HandPointer(), person(pose=reaching("right", MIDDLE))
    watch(pointer, lambda _time: [pointing], 0.5)
    assert pointer.update((), 0.5) is None
    assert pointer.update((pointing,), 0.52) is None  # they have to begin anew


def test_a_still_hand_points_calmly_and_a_quick_one_in_time() -> None:
    """Noise as measured on real frames: .4 % of a region's side, 4.8 torsos, at 30 Hz, through the roster."""
    rng, roster, pointer, size = np.random.default_rng(3), Roster(1), HandPointer(), 0.2
    said: list[tuple[float, float]] = []
    went: list[tuple[float, float]] = []
    for step in range(6 * RATE):
        now = step / RATE
        x = 0.3 if now < 4 else 0.8
        went.append((now, x))
        seen = None
        if step % 2 == 0:
            pose = reaching("right", (x, 0.5), torso=size)
            noisy = pose.xy + rng.normal(0, 0.004 * 4.8 * size, pose.xy.shape)
            seen = sighting(now, replace(pose, xy=noisy), number=step // 2)
        pointing = pointer.update(roster.update(seen, now), now)
        said.append((pointing.x, pointing.y) if pointing else (np.nan, np.nan))
    still = np.array(said[2 * RATE : 4 * RATE]) * (1280, 720)
    assert np.isfinite(still).all()
    assert still.std(axis=0).max() < 6  # measured 3.6 px
    assert np.abs(np.diff(still, axis=0)).mean() < 0.6  # measured 0.25 px a frame
    arrived = next(i for i in range(4 * RATE, len(said)) if said[i][0] > 0.3 + 0.9 * 0.5) / RATE - 4
    assert arrived < 0.05  # measured one frame for nine tenths of half a screen


def test_an_actor_reaches_every_side_with_the_elbow_below_the_shoulder() -> None:
    play = parse_play(
        "seconds 12\nactors 1\n"
        "0.5 1 pose right_upper=-5 right_fore=-150 seconds=3\n"
        "4.0 1 pose right_upper=20 right_fore=165 seconds=3\n"
        "8.0 1 pose right_upper=12 right_fore=95 seconds=3"
    )
    stage, roster, pointer, places = Choreography(play, actors=1), Roster(1), HandPointer(), {}
    for step in range(12 * RATE):
        now = step / RATE
        players = roster.update(sighting(now, *stage.at(now), number=step), now)
        places[step] = pointer.update(players, now)
    left, high, low = (places[round(t * RATE)] for t in (2.0, 5.5, 9.5))
    assert left is not None
    assert high is not None
    assert low is not None
    assert left.x < 0.3
    assert high.x > 0.55
    assert high.y < 0.3
    assert low.x > 0.7
    assert low.y > 0.8
    assert places[round(3.8 * RATE)] is None


def test_nobody_points_by_standing_there() -> None:
    """Actors who stand at ease, breathe and look around."""
    stage, roster, pointer = Choreography(load_play("still"), actors=3), Roster(3), HandPointer()
    for step in range(12 * 30):
        now = step / 30
        assert pointer.update(roster.update(sighting(now, *stage.at(now), number=step), now), now) is None


def sure(said: Sequence[Pointing | None], start: float, end: float) -> list[bool]:
    """Return whether each pointing between two times was sure; there must be some."""
    found = [p.sure for p in said[round(start * RATE) : round(end * RATE)] if p]
    assert found
    return found


def test_who_squats_or_walks_with_a_hand_up_means_nothing() -> None:
    """The hand stays where it is beside the shoulder, the whole body goes: down and up, or across."""
    for moved in ((0.0, 0.08), (0.2, 0.0)):

        def script(time: float, moved: Place = moved) -> list[Player]:
            share = 0.5 - 0.5 * np.cos(np.pi * min(max(time - 1, 0.0), 2.0))
            place = MIDDLE if time < 3.1 else (0.7, 0.5)
            return [person(pose=reaching("right", place, x=0.9 + share * moved[0], y=0.5 + share * moved[1]))]

        said = watch(HandPointer(), script, 4.5)
        assert all(sure(said, 0.6, 1.0))
        moving = sure(said, 1.3, 2.7)
        assert sum(moving) < 0.4 * len(moving)  # but where it turns round: less than any ring takes
        assert all(sure(said, 3.6, 4.5))


def test_two_arms_that_move_mean_nothing_and_one_in_a_sling_does_not_matter() -> None:
    def script(time: float, swing: float) -> list[Player]:
        out = 0.9 + swing * np.sin(6 * time)
        right = {"right_elbow": (-0.6, -0.72), "right_wrist": (-out, -0.75)}
        left = {"left_elbow": (0.6, -0.72), "left_wrist": (out, -0.75)}
        return [person(pose=standing(moved=right | left))]

    assert not any(sure(watch(HandPointer(), lambda t: script(t, 0.3), 3.0), 0.5, 2.9))
    assert all(sure(watch(HandPointer(), lambda t: script(t, 0.0), 3.0), 1.5, 2.9))


def test_a_hanging_hand_seen_beside_the_other_does_not_matter() -> None:
    """What trackers make of the left hand while the right one is before the body: it runs up and down its arm."""

    def script(time: float) -> list[Player]:
        right = {"right_elbow": (-0.3, -0.5), "right_wrist": (-0.15, -0.8)}
        left = {"left_elbow": (0.42, -0.51), "left_wrist": (0.34, -0.5 + 0.25 * np.sin(9 * time))}
        return [person(pose=standing(moved=right | left))]

    said = watch(HandPointer(), script, 3.0)
    assert all(sure(said, 0.6, 2.9))
    assert len({p.x for p in said[40:] if p}) == 1  # nor does it take the cursor


def test_a_hand_that_lies_there_gives_way_and_chooses_nothing() -> None:
    """An arm on the arm of a chair, as somebody sits: seen in the box all the time."""
    rest = {"left_elbow": (0.45, -0.5), "left_wrist": (0.5, -0.55)}
    other = {"right_elbow": (-0.42, -0.45), "right_wrist": (-0.5, -0.75)}
    poses = (standing(moved=rest), standing(moved=rest | other))
    said = watch(HandPointer(), lambda t: [person(pose=poses[t >= 4])], 6.5)
    assert not any(sure(said, RESTS + 0.2, 4.0))
    there = said[round(4.5 * RATE)]
    assert there is not None
    assert there.x > 0.5  # the right hand's half
    assert all(sure(said, 4.5, 6.4))


def test_who_turns_the_back_chooses_nothing() -> None:
    pose = reaching("right", (0.5, 0.4))
    turned = standing(moved={"left_shoulder": (-0.33, -1), "right_shoulder": (0.33, -1)})
    away = replace(pose, xy=np.where(np.isin(np.arange(33), (11, 12))[:, None], turned.xy, pose.xy))
    moved = away.xy.copy()
    moved[14], moved[16] = away.xy[14] + (0.13, 0), away.xy[16] + (0.13, 0)
    said = watch(HandPointer(), lambda _t: [person(pose=replace(away, xy=moved))], 2.0)
    assert not any(pointing.sure for pointing in said if pointing)


def test_only_the_hands_asked_for_point() -> None:
    pointing = person(pose=reaching("right", MIDDLE))
    for hands, points in ((("left",), False), (("right",), True), (("left", "right"), True)):
        assert (watch(HandPointer(hands=hands), lambda _t: [pointing], 0.5)[-1] is not None) is points


def test_profiles_say_whose_hand_points() -> None:
    pose = reaching("right", MIDDLE)
    points = {
        name: watch(pointer_for(profile), lambda _t: [person(pose=pose)], 0.5)[-1] is not None
        for name, profile in PROFILES.items()
    }
    assert points.pop("left-arm") is False
    assert all(points.values())
    usual, small = (
        max(p.y for p in watch(pointer_for(PROFILES[name]), lambda _t: [person(pose=pose)], 0.5) if p)
        for name in ("standing", "small-range")
    )
    assert small < usual  # in a box that begins lower, the same hand is higher


@pytest.mark.parametrize("hand", ["left", "right"])
def test_an_arm_that_does_not_come_up_reaches_the_whole_screen(hand: str) -> None:
    """Never above two fifths of an arm below the shoulder: in the small box, once the hand has been low."""
    sign = 1.0 if hand == "left" else -1.0

    def script(time: float) -> list[Player]:
        down = 0.40 + 0.34 * (0.5 + 0.5 * np.cos(2 * time))  # arm lengths, 0.40 to 0.74
        wrist = (sign * (0.33 + 0.12 * ARM), -1 + down * ARM)
        return [person(pose=standing(moved={f"{hand}_elbow": (sign * 0.42, -0.45), f"{hand}_wrist": wrist}))]

    high = {}
    for name in ("full", "small"):
        said = watch(HandPointer(box=BOXES[name]), script, 8.0)
        high[name] = min(pointing.y for pointing in said if pointing)
    assert high["small"] < 0.25  # the middle of the upper cards
    assert high["full"] < 0.6  # within what draws a hand in


@pytest.mark.parametrize("name", [*CURSORS])
def test_cursors_differ_in_calm_and_none_is_late(name: str) -> None:
    rng, roster, pointer = np.random.default_rng(5), Roster(1), HandPointer()
    said = []
    for step in range(5 * RATE):
        now = step / RATE
        seen = None
        if step % 2 == 0:
            pose = reaching("right", (0.3 if now < 4 else 0.8, 0.5))
            seen = sighting(now, replace(pose, xy=pose.xy + rng.normal(0, 0.002, pose.xy.shape)), number=step // 2)
        pointing = pointer.update(roster.update(seen, now), now, cursor=find_cursor(name))
        said.append((pointing.x, pointing.y) if pointing else (np.nan, np.nan))
    still = np.array(said[2 * RATE : 4 * RATE]) * (1280, 720)
    most = {"calm": 1.5, "balanced": 3.0, "fast": 9.0}[name]
    assert still.std(axis=0).max() < most
    arrived = next(i for i in range(4 * RATE, len(said)) if said[i][0] > 0.3 + 0.9 * 0.5) / RATE - 4
    assert arrived < 0.1


def test_a_cursor_nobody_knows_is_refused() -> None:
    with pytest.raises(UsageError, match="wobbly"):
        find_cursor("wobbly")
