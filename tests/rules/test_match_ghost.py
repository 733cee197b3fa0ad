"""The ghost: any target on any body is exactly the target, and stands where the player stands."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from copies import arms, body, player, somebody, target
from hypothesis import given, settings
from hypothesis import strategies as st

from posegames.body.joints import Joint
from posegames.body.measure import FEET, HIPS, torso_length
from posegames.body.pose import Pose
from posegames.rules.ghost import ODD, USUAL, Footing, Proportions, ghost
from posegames.rules.judging import judge
from posegames.rules.piece import ANGLES, Target

angles = st.dictionaries(
    st.sampled_from(ANGLES), st.floats(-180, 230), min_size=1
).map(lambda found: {name: angle / 3 if name == "trunk" else angle for name, angle in found.items()})  # fmt: skip


@given(angles, st.floats(0.01, 2), st.lists(st.floats(1 / ODD, ODD), min_size=6, max_size=6), st.floats(-3, 3))
@settings(max_examples=200, deadline=None)
def test_a_ghost_of_any_body_is_the_target(
    wanted: dict[str, float], torso: float, odd: list[float], x: float
) -> None:
    lengths = Proportions(torso)
    lengths._ratios = {name: usual * factor for (name, usual), factor in zip(USUAL.items(), odd, strict=True)}
    pose = Target(name="any", angles=wanted)
    made = ghost(pose, lengths, (x, 0.5))
    judgement = judge(made, pose)
    assert judgement.score == pytest.approx(100, abs=0.01)
    assert judgement.worst is None
    assert made.middle(HIPS) == pytest.approx((x, 0.5), abs=1e-4)
    assert torso_length(made) == pytest.approx(torso, rel=1e-3)


def test_only_what_the_target_names_is_there() -> None:
    made = ghost(target(left_upper_arm=90, right_forearm=90), Proportions(), (0.9, 0.5))
    seen = {joint for joint in Joint if made.confidence[joint] > 0}
    assert {Joint.LEFT_ELBOW, Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST, Joint.RIGHT_INDEX, Joint.NOSE} <= seen
    assert not {Joint.LEFT_WRIST, Joint.LEFT_INDEX, Joint.LEFT_KNEE, Joint.RIGHT_ANKLE} & seen
    # The forearm hangs on an upper arm that rests: close to the body, its elbow below the shoulder.
    elbow, shoulder = made.xy[Joint.RIGHT_ELBOW], made.xy[Joint.RIGHT_SHOULDER]
    assert elbow[1] - shoulder[1] > 0.9 * math.dist(elbow, shoulder)


def test_head_hands_and_feet_are_sensible() -> None:
    made = body(target(**arms(90, 90, 170, 170), left_thigh=45, left_shin=45))
    y = made.xy[:, 1]
    assert y[Joint.NOSE] < y[Joint.LEFT_SHOULDER]
    assert y[Joint.RIGHT_INDEX] < y[Joint.RIGHT_WRIST] < y[Joint.RIGHT_ELBOW]
    assert made.xy[Joint.LEFT_INDEX, 0] > made.xy[Joint.LEFT_WRIST, 0]
    assert y[Joint.RIGHT_HEEL] > y[Joint.RIGHT_ANKLE]
    # Feet point outwards, and a raised one goes along with the shin.
    assert made.xy[Joint.RIGHT_FOOT_INDEX, 0] < made.xy[Joint.RIGHT_HEEL, 0]
    assert y[Joint.LEFT_FOOT_INDEX] < y[Joint.RIGHT_FOOT_INDEX] - 0.05


def test_a_mirrored_ghost_is_the_ghost_of_the_mirrored_target() -> None:
    lengths = somebody(np.random.default_rng(5))
    pose = target(**arms(30, 100, 140, 200), left_thigh=30, left_shin=-10, trunk=17)
    there = ghost(pose, lengths, (0.4, 0.5)).flipped(1.6)
    assert there.xy == pytest.approx(ghost(pose.mirrored, lengths, (1.2, 0.5)).xy, abs=1e-6)


def test_lengths_are_learnt_from_limbs_stretched_out_and_kept_when_they_point_at_us() -> None:
    rng = np.random.default_rng(3)
    theirs = somebody(rng)
    stretched = ghost(target(**arms(90, 90, 90, 90), left_thigh=10, left_shin=5), theirs, (0.9, 0.5))
    learnt = Proportions()
    for i in range(90):
        learnt.update(player(stretched, i / 30, torso=theirs.torso))
    for name in USUAL:
        assert 0.97 <= learnt.length(name) / theirs.length(name) <= 1.1
    pointing = stretched.xy.copy()
    pointing[[Joint.LEFT_WRIST, Joint.RIGHT_WRIST]] = stretched.xy[[Joint.LEFT_ELBOW, Joint.RIGHT_ELBOW]]
    for i in range(90, 150):
        learnt.update(player(replace(stretched, xy=pointing), i / 30, torso=theirs.torso))
    assert learnt.length("forearm") > 0.9 * theirs.length("forearm")


def test_nearer_is_bigger_at_once() -> None:
    lengths = Proportions()
    far, near = body(target(), torso=0.1), body(target(), torso=0.3)
    for i in range(30):
        lengths.update(player(far, i / 30, torso=0.1))
    thigh = lengths.length("thigh")
    lengths.update(player(near, 1.0, torso=0.3))
    assert lengths.length("thigh") == pytest.approx(3 * thigh, rel=0.01)


@pytest.mark.parametrize("torso", [math.nan, math.inf, 0.0, -1.0])
def test_a_torso_that_cannot_be_teaches_nothing(torso: float) -> None:
    lengths = Proportions(0.2)
    lengths.update(player(body(target()), 1.0, torso=torso))
    assert lengths.torso == 0.2


def test_wild_joints_teach_little() -> None:
    lengths = Proportions()
    wild = body(target()).xy.copy()
    wild[Joint.LEFT_WRIST] += 5
    for i in range(60):
        lengths.update(player(Pose(wild, np.ones(33)), i / 30))
    assert lengths.length("forearm") <= ODD * USUAL["forearm"] * 0.2 + 1e-9


def place(footing: Footing, pose: Pose, time: float, wanted: Target) -> Pose:
    made = footing.place(wanted, Proportions(), player(pose, time))
    assert made is not None
    return made


def test_feet_stand_on_the_players_floor_even_with_bent_knees() -> None:
    footing, standing = Footing(), body(target())
    floor = standing.xy[list(FEET), 1].max()
    sumo = target(left_thigh=50, left_shin=0, right_thigh=50, right_shin=0)
    for i in range(30):
        made = place(footing, standing, i / 30, sumo)
    assert made.xy[list(FEET), 1].max() == pytest.approx(floor, abs=1e-3)
    assert made.middle(HIPS)[1] > standing.middle(HIPS)[1] + 0.03
    assert made.middle(HIPS)[0] == pytest.approx(0.9, abs=1e-3)


def test_the_ghost_does_not_jump_and_follows_who_walks() -> None:
    footing, wanted = Footing(), target(left_thigh=0, left_shin=0, right_thigh=0, right_shin=0)
    before = place(footing, body(target()), 0.0, wanted)
    jumping = body(target(), at=(0.9, 0.4))
    for i in range(1, 10):
        made = place(footing, jumping, i / 30, wanted)
    assert abs(made.xy[Joint.LEFT_ANKLE, 1] - before.xy[Joint.LEFT_ANKLE, 1]) < 0.015
    for i in range(10, 60):
        made = place(footing, body(target(), at=(1.3, 0.5)), i / 30, wanted)
    assert made.middle(HIPS)[0] == pytest.approx(1.3, abs=0.01)


def test_behind_a_desk_the_ghost_hangs_on_the_shoulders_and_nobody_has_none() -> None:
    whole = body(target())
    desk = whole.confidence.copy()
    desk[Joint.LEFT_HIP :] = 0
    made = place(Footing(), replace(whole, confidence=desk), 0.0, target(**arms(90, 90, 90, 90)))
    assert made.xy[Joint.LEFT_SHOULDER] == pytest.approx(whole.xy[Joint.LEFT_SHOULDER], abs=1e-3)
    nobody = replace(whole, confidence=np.zeros(33))
    assert Footing().place(target(trunk=0), Proportions(), player(nobody, 0.0)) is None
