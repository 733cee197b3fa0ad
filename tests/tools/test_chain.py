"""Post-processing: every step on tapes whose truth is known, and what a chain must never do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from bodies import standing
from walkers import Walker, moments

import posegames.tools.chain
from posegames.body.joints import COUNT, Joint
from posegames.body.measure import TORSO
from posegames.body.pose import Floats, Pose
from posegames.body.smooth import BALANCED
from posegames.errors import UsageError
from posegames.players.roster import Roster
from posegames.seeing.sighting import Sighting
from posegames.tools.chain import DEFAULT, STEPS, find_chain
from posegames.tools.chain.bones import bones
from posegames.tools.chain.fill import FILLED, LIMIT, fill
from posegames.tools.chain.usual import smooth
from posegames.tools.looks import Look, who_is_who

RATE = 30.0
TORSO_LENGTH = 0.2
HAND = Joint.LEFT_WRIST
OFFLINE = "clean,identity,temporal,bones,fill"
EVERYTHING = "clean,identity,smooth,temporal,bones,fill"
NOISE = 0.01
"""Torso lengths."""

Cast = Callable[[float], tuple[Pose, ...]]


def looks_of(sightings: Iterable[Sighting]) -> list[Look]:
    return list(who_is_who(((s, (1280, 720)) for s in sightings), Roster(most=6, living=False)))


def played(cast: Cast, seconds: float, *, times: Iterable[float] | None = None, noise: float = 0.0) -> list[Look]:
    """Give the looks at a play; noise in torso lengths."""
    lots = np.random.default_rng(5)
    moments_ = np.arange(round(seconds * RATE)) / RATE if times is None else times

    def sightings() -> Iterator[Sighting]:
        for number, time in enumerate(moments_):
            poses = tuple(
                pose.moved(pose.xy + lots.normal(0, noise * TORSO_LENGTH, (COUNT, 2)))
                for pose in cast(float(time))
            )
            yield Sighting(float(time), number, poses, 16 / 9)

    return looks_of(sightings())


def still(_time: float) -> tuple[Pose, ...]:
    return (standing(),)


def ways(looks: Iterable[Look], number: int = 1, joint: int = HAND) -> Floats:
    """Give (looks, 2) where a joint is; NaN where the player is not in the look."""
    nowhere = np.full(2, np.nan)
    return np.array(
        [dict(look.bodies)[number].xy[joint] if number in dict(look.bodies) else nowhere for look in looks]
    )


def refined(words: str, looks: Iterable[Look]) -> list[Look]:
    return list(find_chain(words).refine(looks))


# Chains by name.


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("clean,smoth", "smooth"),
        ("clean,clean,identity", "twice"),
        ("identity,clean", "Say clean,identity"),
        ("fill=3,identity", "takes no preset"),
        ("clean,smooth=fast", "Say identity,smooth"),
        ("temporal", "needs identity"),
        ("identity,smooth=cold", "calm"),
        ("none,clean", "stands alone"),
        ("clean,", "no step ''"),
    ],
)
def test_wrong_chains_are_refused_with_what_to_say(words: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        find_chain(words)


def test_no_steps_pass_looks_as_they_are() -> None:
    looks = played(still, 1)
    assert refined("", looks) == looks


def test_every_step_stands_in_the_package_s_table_with_what_it_waits() -> None:
    told = posegames.tools.chain.__doc__ or ""
    assert all(f"| {name}" in told for name in STEPS)
    assert [name for name, step in STEPS.items() if step.offline] == ["temporal", "fill"]
    assert find_chain(OFFLINE).delay == pytest.approx(0.4 + 0.15 + 0.5)
    assert not find_chain(DEFAULT).offline


def test_a_chain_grows_step_by_step() -> None:
    grown = [str(chain) for chain in find_chain("clean, identity, smooth=fast").prefixes]
    assert grown == ["none", "clean", "clean,identity", "clean,identity,smooth=fast"]


# What was always done.


@cache
def crossing() -> list[Look]:
    """Give two who cross, and one who leaves and comes back; their points tremble and leap."""
    walkers = (
        Walker(0, ((0, 0.3), (3, 1.4))),
        Walker(1, ((0, 1.4), (3, 0.3))),
        Walker(3, ((0, 0.9), (3, 0.9)), away=((0.6, 1.5),)),
    )
    lots = np.random.default_rng(3)

    def trembling(pose: Pose) -> Pose:
        xy = pose.xy + lots.normal(0, 0.003, (COUNT, 2))
        if lots.random() < 0.1:
            xy[HAND] += (0.2, -0.2)
        confidence = np.clip(pose.confidence - lots.exponential(0.15, COUNT), 0, 1)
        return replace(pose, xy=xy, confidence=confidence)

    seen = moments(walkers, RATE, 3)
    return looks_of(replace(s, poses=tuple(trembling(pose) for pose in s.poses)) for s in seen)


def test_the_usual_chain_gives_what_is_given_without_one() -> None:
    looks = crossing()
    assert {number for look in looks for number, _ in look.bodies} == {1, 2, 3}
    for before, after in zip(looks, refined(DEFAULT, looks), strict=True):
        assert [number for number, _ in after.bodies] == [number for number, _ in before.bodies]
        for (_, mine), (_, theirs) in zip(after.bodies, before.bodies, strict=True):
            assert np.array_equal(mine.xy, theirs.xy)
            assert np.array_equal(mine.confidence, theirs.confidence)
        for player, other in zip(after.players, before.players, strict=True):
            assert (player.person, player.hidden, player.torso) == (other.person, other.hidden, other.torso)
            assert np.array_equal(player.pose.xy, other.pose.xy)


def test_what_smooths_anew_smooths_as_the_roster_does() -> None:
    """Copies of the poses are smoothed anew: who comes back has another torso for one look, and nothing else."""
    cleaned = refined("clean,identity", crossing())
    copied = [replace(look, bodies=tuple((n, pose.moved(pose.xy)) for n, pose in look.bodies)) for look in cleaned]
    taken, anew = list(smooth(cleaned, BALANCED)), list(smooth(copied, BALANCED))
    for number in (1, 2, 3):
        assert np.nanmax(np.abs(ways(taken, number) - ways(anew, number))) < 0.002


def test_each_of_the_usual_steps_does_its_part() -> None:
    looks = crossing()
    bare, clean, known = (refined(words, looks) for words in ("none", "clean", "clean,identity"))
    for look, first, second in zip(looks, bare, clean, strict=True):
        assert [pose for _, pose in first.bodies] == list(look.sighting.poses)
        assert first.players == second.players == ()
        assert [pose for _, pose in second.bodies] == [body.clean for body in look.followed]
    # Leaps of a third of a body are gone; who is who is known where three bodies had only an order.
    leaps = np.hypot(*np.diff(ways(known, 3)[:18], axis=0).T)
    assert leaps.max() < 0.1
    assert all(np.nanmax(np.hypot(*np.diff(ways(known, number, Joint.NOSE), axis=0).T)) < 0.1 for number in (1, 2))


@pytest.mark.parametrize("preset", ["calm", "fast"])
def test_presets_are_calmer_and_quicker(preset: str) -> None:
    looks = played(still, 3, noise=NOISE)
    usual, other = (ways(refined(f"clean,identity,smooth{w}", looks))[30:].std() for w in ("", f"={preset}"))
    assert (other < usual) == (preset == "calm")


# The filter over time.


def reaching(time: float) -> tuple[Pose, ...]:
    """Reach out and back with the hand within .4 s, at 1.5 s; minimum jerk, a torso length far."""
    share = float(np.clip(abs(time - 1.5) / 0.2, 0, 1))
    far = 1 - share**3 * (10 - 15 * share + 6 * share**2)
    return (standing(moved={"left_wrist": (0.45 + far, 0.05)}),)


def test_in_hindsight_rest_is_calm_and_a_reach_neither_late_nor_cut_off() -> None:
    looks = played(reaching, 3, noise=NOISE)
    raw, mine = ways(refined("identity", looks)), ways(refined("identity,temporal", looks))
    true = np.array([reaching(n / RATE)[0].xy[HAND] for n in range(len(looks))])
    rest = slice(10, 35)
    assert np.diff((mine - true)[rest], axis=0).std() < 0.25 * np.diff((raw - true)[rest], axis=0).std()
    moving = slice(38, 53)
    assert np.abs(mine - true)[moving].max() < 0.06 * TORSO_LENGTH
    assert np.ptp(mine[:, 0]) > 0.97 * TORSO_LENGTH
    assert np.hypot(*(mine - true).T).mean() < 0.6 * np.hypot(*(raw - true).T).mean()
    causal = ways(refined("identity,smooth", looks))
    assert np.abs(mine - true)[moving].mean() < 0.7 * np.abs(causal - true)[moving].mean()


def test_outliers_go_and_leave_nothing_behind() -> None:
    def struck(time: float) -> tuple[Pose, ...]:
        far = 3.0 if round(time * RATE) in (20, 41) else 0.05
        return (standing(moved={"left_wrist": (0.45, far)}),)

    mine = ways(refined("identity,temporal", played(struck, 2)))
    assert np.ptp(mine, axis=0).max() < 0.01 * TORSO_LENGTH


def test_uneven_times_are_no_trouble() -> None:
    times = np.cumsum(np.random.default_rng(1).choice([0.01, 0.03, 0.07], 90))

    def walking(time: float) -> tuple[Pose, ...]:
        return (standing(0.3 + 0.2 * time),)

    looks = played(walking, 0, times=times)
    mine = ways(refined("identity,temporal", looks), joint=Joint.NOSE)
    assert np.abs(mine[:, 0] - (0.3 + 0.2 * times)).max() < 1e-4


def test_nothing_is_smoothed_over_a_cut() -> None:
    def cut(time: float) -> tuple[Pose, ...]:
        return (standing(0.4 if time < 1 else 1.3, track=1),)

    looks = played(cut, 2)
    mine = ways(refined("identity,temporal,fill", looks), joint=Joint.NOSE)[:, 0]
    assert np.abs(mine - np.where(np.arange(60) < 30, 0.4, 1.3)).max() < 1e-5


# Bones.


def armed(length: float, *, torso: float = TORSO_LENGTH, drop: float = 0.0) -> Pose:
    """Give somebody whose left forearm is so many torso lengths long, and who holds it out."""
    hand = (0.42 + length, -0.45 + drop)
    moved = {
        "left_wrist": hand,
        "left_index": (hand[0] + 0.1, hand[1]),
        "left_pinky": (hand[0] + 0.1, hand[1] + 0.03),
    }
    return standing(torso=torso, moved=moved)


def forearms(looks: Iterable[Look], torso: float = TORSO_LENGTH) -> Floats:
    looks = list(looks)
    lengths: Floats = np.hypot(*(ways(looks) - ways(looks, joint=Joint.LEFT_ELBOW)).T) / torso
    return lengths


@pytest.mark.parametrize("torso", [0.08, 0.2])
def test_a_limb_grows_no_longer_than_the_player_s_own(torso: float) -> None:
    """Near or far; not from one look to the next, but for good: a wrist that is found on somebody else's hand."""

    def cast(time: float) -> tuple[Pose, ...]:
        return (armed(0.5 if time < 2 else 1.2, torso=torso),)

    looks = played(cast, 4)
    before, after = refined("identity", looks), refined("identity,bones", looks)
    assert forearms(before, torso)[-30:] == pytest.approx(1.2, abs=0.01)
    assert forearms(after, torso)[-30:].max() < 0.6
    assert forearms(after, torso)[:60] == pytest.approx(0.5, abs=0.01)
    for joint in (Joint.LEFT_ELBOW, Joint.RIGHT_WRIST, Joint.LEFT_ANKLE):
        assert np.array_equal(ways(before, joint=joint), ways(after, joint=joint))
    hand = np.hypot(*(ways(after, joint=Joint.LEFT_INDEX) - ways(after)).T) / torso
    assert hand.max() <= 1.1 * 0.26
    sure = [look.bodies[0][1].confidence[HAND] for look in after]
    assert min(sure[:60]) == 1
    assert max(sure[-30:]) < 0.6


def test_long_limbs_are_learnt_and_foreshortened_ones_left_alone() -> None:
    def cast(time: float) -> tuple[Pose, ...]:
        return (armed(0.75 if time < 2 else 0.05),)

    looks = played(cast, 3)
    after = forearms(refined("identity,bones", looks))
    assert after[35:60] == pytest.approx(0.75, abs=0.01)
    assert np.array_equal(ways(refined("identity,bones", looks))[60:], ways(refined("identity", looks))[60:])


def test_others_bones_are_others() -> None:
    """What one's forearm cannot be, another's may."""

    def cast(time: float) -> tuple[Pose, ...]:
        return (armed(0.5 if time < 1 else 0.75),)

    looks = refined("identity", played(cast, 1.3))
    assert forearms(bones(looks))[30:33].max() < 0.6
    other = [replace(look, players=tuple(replace(p, person=2) for p in look.players)) for look in looks[30:]]
    assert forearms(bones([*looks[:30], *other]))[30:33] == pytest.approx(0.75, abs=0.01)


# Gaps.


def gone(begin: float, end: float) -> Cast:
    def cast(time: float) -> tuple[Pose, ...]:
        return () if begin <= time < end else (standing(0.5 + 0.2 * time),)

    return cast


def test_a_gap_is_filled_between_and_marked() -> None:
    looks = played(gone(1.0, 1.3), 2.5)
    before, after = refined("identity", looks), refined("identity,fill", looks)
    inside = slice(30, 39)
    assert np.isnan(ways(before)[inside]).all()
    nose = ways(after, joint=Joint.NOSE)[:, 0]
    assert np.abs(nose - (0.5 + 0.2 * np.arange(75) / RATE)).max() < 1e-3
    for look in after[inside]:
        (_, pose), (player,) = look.bodies[0], look.players
        assert pose.confidence == pytest.approx(FILLED)
        assert player.hidden, "a guess is no sighting"
    assert all((look.bodies[0][1].confidence == 1).all() for look in (*after[:30], *after[39:]))


@pytest.mark.parametrize(
    "cast",
    [
        pytest.param(gone(1.0, 1.0 + LIMIT + 0.1), id="longer than the limit"),
        pytest.param(gone(1.0, 9.0), id="after the last sighting"),
        pytest.param(
            lambda t: () if 1 <= t < 1.3 else (standing(0.3 if t < 1 else 1.5, track=1),), id="over a cut"
        ),
        pytest.param(
            lambda t: () if 1 <= t < 1.3 else (standing(y=0.5, torso=0.1 if t < 1 else 0.2, track=1),),
            id="over a zoom",
        ),
    ],
)
def test_nothing_is_made_up_where_nothing_can_be_known(cast: Cast) -> None:
    looks = played(cast, 2.5)
    after = refined("identity,fill", looks)
    assert all(not look.bodies for look in after[30:38])


def test_nothing_is_put_between_two_people() -> None:
    looks = refined("identity", played(gone(1.0, 1.3), 2.5))
    changed = [
        replace(look, players=tuple(replace(p, person=2) for p in look.players)) if n >= 39 else look
        for n, look in enumerate(looks)
    ]
    assert all(not look.bodies for look in list(fill(changed))[30:39])


def test_a_joint_missed_for_a_moment_is_put_between() -> None:
    def cast(time: float) -> tuple[Pose, ...]:
        pose = standing(0.5 + 0.2 * time)
        xy, confidence = pose.xy.copy(), pose.confidence.copy()
        if 1 <= time < 1.3:
            xy[HAND], confidence[HAND] = (0, 0), 0
        if time >= 2:
            xy[HAND], confidence[HAND] = (0, 0), 0
        return (replace(pose, xy=xy, confidence=confidence),)

    after = refined("clean,identity,fill", played(cast, 2.5))
    way = ways(after)[:60]
    assert np.abs(way[:, 0] - (0.59 + 0.2 * np.arange(60) / RATE)).max() < 0.005
    sure = np.array([look.bodies[0][1].confidence[HAND] for look in after])
    assert sure[30:39] == pytest.approx(FILLED)
    assert (sure[60:] == 0).all()


# What no chain may do.


def hard(kind: str) -> list[Look]:
    lots = np.random.default_rng(0)

    def crowd(time: float) -> tuple[Pose, ...]:
        bodies = [standing(0.15 + 0.29 * i, torso=0.12 + 0.01 * i) for i in range(6)]
        shown = [replace(b, confidence=lots.random(COUNT)) for b in bodies if lots.random() > 0.1]
        return tuple(shown) if time < 0.7 else tuple(b.moved(b.xy * 0 + 0.5) for b in shown)

    makes: dict[str, Callable[[], list[Look]]] = {
        "empty": list,
        "one frame": lambda: played(still, 1 / RATE),
        "nobody": lambda: played(lambda _: (), 1),
        "six people, then all in one point": lambda: played(crowd, 0.9),
        "a jump in time": lambda: played(still, 0, times=[*np.arange(20) / RATE, *(100 + np.arange(20) / RATE)]),
        "time runs back": lambda: [*played(still, 1), *played(still, 1)],
        "time stands still": lambda: played(still, 0, times=[0.0] * 20 + [1.0] * 20),
    }
    return makes[kind]()


@pytest.mark.parametrize(
    "kind",
    [
        "empty",
        "one frame",
        "nobody",
        "six people, then all in one point",
        "a jump in time",
        "time runs back",
        "time stands still",
    ],
)
@pytest.mark.parametrize("words", ["none", EVERYTHING, "identity,smooth=calm,temporal,fill"])
@pytest.mark.filterwarnings("error")
def test_every_look_comes_out_once_and_in_order(kind: str, words: str) -> None:
    """Numbers that are none cannot come out: a `Pose` refuses them at birth."""
    looks = hard(kind)
    after = refined(words, looks)
    assert [look.sighting for look in after] == [look.sighting for look in looks]
    assert all(np.abs(pose.xy).max() < 10 for look in after for _, pose in look.bodies)


@pytest.mark.parametrize("words", [DEFAULT, OFFLINE])
def test_a_look_waits_no_longer_than_was_said_and_leaves_its_picture_behind(words: str) -> None:
    chain, looks, fed = find_chain(words), played(still, 2.2), 0
    picture = np.zeros((4, 4, 3), dtype=np.uint8)

    def feeding() -> Iterator[Look]:
        nonlocal fed
        for look in looks:
            fed += 1
            yield replace(look, picture=picture)

    for given, look in enumerate(chain.refine(feeding())):
        assert look.picture is picture
        assert fed - given <= chain.delay * RATE + 4


def test_pictures_that_do_not_belong_together_pass_unchanged() -> None:
    looks = [
        Look(Sighting(n, n, (standing(),), 16 / 9), ((1, standing()),), (64, 36), f"{n}.jpg") for n in range(3)
    ]
    assert refined(EVERYTHING, looks) == looks


def test_a_tape_stays_as_it_was_seen_and_torsos_hold() -> None:
    looks = played(still, 1.5, noise=NOISE)
    after = refined(OFFLINE, looks)
    assert all(mine.sighting is theirs.sighting for mine, theirs in zip(after, looks, strict=True))
    assert all(ways(after, joint=joint).std(axis=0).max() < NOISE * TORSO_LENGTH for joint in TORSO)
