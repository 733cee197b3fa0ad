"""Scores people believe: copies are good, other poses are not, and the hint says what to move where."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from copies import arms, body, copy, differ, made_up, shipped_pieces, target, whole
from hypothesis import given, settings
from hypothesis import strategies as st

from posegames.body.joints import COUNT, Joint
from posegames.body.pose import Pose
from posegames.rules.judging import Judgement, judge
from posegames.rules.limbs import LIMBS
from posegames.rules.piece import ANGLES, Target

T_POSE = target(**arms(90, 90, 90, 90), trunk=0)
SEEDS = st.integers(0, 2**32 - 1)


def test_the_limbs_are_the_twelve() -> None:
    assert len(LIMBS) == 12
    assert [limb.name for limb in LIMBS if limb.name in ANGLES] == list(ANGLES[:8])
    assert sum(limb.weight for limb in LIMBS) == pytest.approx(11.9)


# How good is good.


def test_honest_copies_score_above_85_and_other_poses_below_25() -> None:
    rng = np.random.default_rng(1)
    targets = [made_up(rng, legs=i % 2 == 0) for i in range(80)]
    copies = [judge(copy(pose, rng, 10), pose).score for pose in targets for _ in range(5)]
    assert np.median(copies) > 85  # measured 89
    assert np.percentile(copies, 10) > 70  # measured 76
    others = [
        judge(copy(other, rng, 5), pose).score
        for pose in targets
        for other in targets[::4]
        if differ(pose, other, 1)
    ]
    assert np.percentile(others, 95) < 25  # measured 8


def test_so_it_is_in_the_shipped_levels() -> None:
    rng = np.random.default_rng(2)
    copies: list[float] = []
    others: list[float] = []
    still: list[float] = []
    for _, piece in shipped_pieces():
        for pose in piece.targets:
            copies += [judge(copy(pose, rng, 10), pose, either=piece.either).score for _ in range(3)]
            others += [
                judge(body(other), pose, either=piece.either).score
                for other in piece.targets
                # Within 12 degrees a limb is fine: poses that differ by less are one.
                if differ(pose, other, 12) and not (piece.either and not differ(pose, other.mirrored, 12))
            ]
            if differ(pose, target(), 40):
                still.append(judge(body(target()), pose, either=piece.either).score)
    assert np.median(copies) > 85
    assert np.mean(np.array(others) < 25) >= 0.95
    assert np.percentile(still, 95) < 25
    assert max(still) < 60  # nothing locks by standing there


@pytest.mark.parametrize(
    ("degrees", "least", "most"), [(6, 99, 100), (12, 79, 81), (20, 45, 55), (30, 5, 20), (45, 0, 1)]
)
def test_all_limbs_off_by_so_much(degrees: float, least: float, most: float) -> None:
    pose = target(**arms(90, 90, 90, 90))
    off = body(target(**arms(*[90 - degrees] * 4)))
    assert least <= judge(off, pose).score <= most


def test_one_limb_that_points_elsewhere_is_not_the_pose() -> None:
    pose = whole(T_POSE)
    wrong = replace(pose, angles=dict(pose.angles) | {"left_forearm": 180.0})
    judgement = judge(body(wrong), pose)
    assert judgement.score < 45
    assert {limb.limb.name for limb in judgement.limbs if limb.score < 80} == {"left_forearm"}
    bent = replace(pose, angles=dict(pose.angles) | {"left_forearm": 115.0})
    assert 80 < judge(body(bent), pose).score < 95


def test_tolerance_makes_it_easier_but_not_another_pose() -> None:
    off = body(target(**arms(70, 70, 110, 110), trunk=0))
    scores = [judge(off, replace(T_POSE, tolerance=tolerance)).score for tolerance in (0.7, 1.0, 1.4, 2.0)]
    assert scores == sorted(scores)
    assert scores[0] < 50
    assert scores[3] > 85
    up = body(target(**arms(180, 180, 180, 180), trunk=0))
    assert judge(up, replace(T_POSE, tolerance=1.5)).score < 10


def test_only_what_is_named_is_judged() -> None:
    one = target(left_upper_arm=90, left_forearm=90)
    dancing = body(target(**arms(90, 90, 170, 20), left_thigh=70, left_shin=-20, trunk=15))
    judgement = judge(dancing, one)
    assert judgement.score == pytest.approx(100)
    assert [limb.limb.name for limb in judgement.limbs] == ["left_upper_arm", "left_forearm"]


# What must not matter.


@given(SEEDS, st.floats(0.02, 3), st.floats(-2, 2), st.floats(-2, 2))
@settings(max_examples=40, deadline=None)
def test_size_distance_and_place_do_not_matter(seed: int, size: float, x: float, y: float) -> None:
    rng = np.random.default_rng(seed)
    pose = made_up(rng)
    near = copy(pose, rng, 12)
    far = replace(near, xy=near.xy * size + np.array([x, y], dtype=np.float32))
    assert judge(far, pose).score == pytest.approx(judge(near, pose).score, abs=0.5)


@given(SEEDS)
@settings(max_examples=40, deadline=None)
def test_a_side_is_as_good_as_the_other(seed: int) -> None:
    rng = np.random.default_rng(seed)
    pose = made_up(rng)
    struck = copy(pose, rng, 10)
    mirrored = struck.flipped(16 / 9)
    score = judge(struck, pose).score
    assert judge(mirrored, pose.mirrored).score == pytest.approx(score, abs=0.1)
    assert pose.mirrored.mirrored == pose
    best = judge(struck, pose, either=True)
    assert best.score >= score
    assert judge(mirrored, pose, either=True).score == pytest.approx(best.score, abs=0.1)


def test_either_side_counts_where_the_piece_says_so() -> None:
    left = target(left_upper_arm=135, left_forearm=135)
    right = body(left.mirrored)
    assert judge(right, left).score < 5
    either = judge(right, left, either=True)
    assert either.mirrored
    assert either.score == pytest.approx(100)
    assert either.limbs[0].limb.name == "right_upper_arm"
    assert not judge(body(T_POSE), T_POSE, either=True).mirrored


@given(SEEDS, st.sampled_from(ANGLES), st.sampled_from([-1, 1]))
@settings(max_examples=40, deadline=None)
def test_turning_a_limb_further_off_never_helps(seed: int, name: str, way: int) -> None:
    pose = whole(made_up(np.random.default_rng(seed)))
    steps = [
        replace(pose, angles=dict(pose.angles) | {name: pose.angles[name] + way * off}) for off in range(0, 90, 9)
    ]
    scores = [judge(body(step), pose).score for step in steps]
    assert all(later <= before + 1e-6 for before, later in pairwise(scores))
    assert scores[-1] < 60 < scores[0]


# What is not seen, or seen badly.


def without(pose: Pose, *joints: Joint) -> Pose:
    confidence = pose.confidence.copy()
    confidence[list(joints)] = 0
    xy = pose.xy.copy()
    xy[list(joints)] = 0
    return replace(pose, xy=xy, confidence=confidence)


def test_what_is_not_seen_is_not_held_against_anybody() -> None:
    pose = whole(T_POSE)
    feet = without(body(pose), Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE)
    judgement = judge(feet, pose)
    assert judgement.enough
    assert judgement.score == pytest.approx(100)
    assert [limb.limb.name for limb in judgement.limbs if not limb.seen] == ["left_shin", "right_shin"]
    head = without(feet, *(joint for joint in Joint if joint >= Joint.LEFT_ELBOW))
    judgement = judge(head, pose)
    assert (judgement.enough, judgement.score, judgement.worst) == (False, 0, None)


def test_arms_are_judged_behind_a_desk() -> None:
    desk = without(body(T_POSE), *(joint for joint in Joint if joint >= Joint.LEFT_HIP))
    assert judge(desk, target(**arms(90, 90, 90, 90))).score == pytest.approx(100)


def in_the_round(yaw: float = 0, forward: float = 0) -> Pose:
    """Return a T-pose turned by `yaw` degrees, the arms swung `forward`, as a far camera sees it."""
    flat = body(whole(T_POSE))
    middle = flat.middle((Joint.LEFT_HIP, Joint.RIGHT_HIP))
    points = np.column_stack([flat.xy - middle, np.zeros(COUNT)]).astype(np.float64)
    swing = math.radians(forward)
    for shoulder, *chain in (
        (Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW, Joint.LEFT_WRIST),
        (Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST),
    ):
        for joint in chain:
            out = points[joint, 0] - points[shoulder, 0]
            points[joint, 0] = points[shoulder, 0] + out * math.cos(swing)
            points[joint, 2] = -abs(out) * math.sin(swing)
    turn = math.radians(yaw)
    x = points[:, 0] * math.cos(turn) + points[:, 2] * math.sin(turn)
    return Pose(np.column_stack([x, points[:, 1]]) + middle, np.ones(COUNT))


@pytest.mark.parametrize(
    ("forward", "least", "most"),
    [(0, 100, 100), (25, 100, 100), (40, 95, 100), (65, 0, 45), (75, 0, 10), (88, 0, 5)],
)
def test_arms_that_point_at_the_camera_are_not_stretched_out(forward: float, least: float, most: float) -> None:
    assert least - 0.01 <= judge(in_the_round(forward=forward), whole(T_POSE)).score <= most + 0.01
    worst = judge(in_the_round(forward=75), whole(T_POSE)).worst
    assert worst is not None
    assert worst.words in {"left arm out", "right arm out"}


@pytest.mark.parametrize(
    ("yaw", "turned"), [(0, False), (30, False), (45, False), (70, True), (90, True), (180, True)]
)
def test_who_turns_aside_is_told_nothing_wrong(yaw: float, turned: bool) -> None:
    judgement = judge(in_the_round(yaw=yaw), whole(T_POSE))
    assert (judgement.turned, judgement.enough) == (turned, not turned)
    assert judgement.score == 0 if turned else judgement.score > 90


@given(SEEDS, st.sampled_from([1e-30, 1e-6, 1.0, 1e6, 1e30]))
@settings(max_examples=60, deadline=None)
def test_any_body_gets_a_judgement(seed: int, scale: float) -> None:
    rng = np.random.default_rng(seed)
    xy = np.round(rng.normal(0, 1, (COUNT, 2)), int(rng.integers(0, 3))) * scale
    confidence = rng.choice([0, 0.2, 0.5, 1], COUNT)
    judgement = judge(Pose(xy, confidence), made_up(rng), either=True)
    assert 0 <= judgement.score <= 100
    assert all(0 <= limb.score <= 100 and 0 <= limb.error <= 180 for limb in judgement.limbs)
    if judgement.worst is not None:
        assert math.hypot(*judgement.worst.way) == pytest.approx(1)


# What to do better.


def hint(now: Target, wanted: Target) -> str:
    worst = judge(body(now), wanted).worst
    return worst.words if worst else ""


STAND = target(**arms(0, 0, 0, 0), left_thigh=0, left_shin=0, right_thigh=0, right_shin=0, trunk=0)


@pytest.mark.parametrize(
    ("now", "wanted", "words"),
    [
        ({}, {}, ""),
        ({"left_forearm": 50}, {"left_forearm": 90}, "left forearm higher"),
        ({"left_forearm": 130}, {"left_forearm": 90}, "left forearm lower"),
        ({"right_forearm": 180}, {"right_forearm": 215}, "right forearm in"),
        ({"right_forearm": -60}, {"right_forearm": -20}, "right forearm lower"),
        (
            {"left_upper_arm": 40, "left_forearm": 40},
            {"left_upper_arm": 90, "left_forearm": 90},
            "left arm higher",
        ),
        (
            {"left_upper_arm": 0, "left_forearm": 0},
            {"left_upper_arm": 180, "left_forearm": 180},
            "left arm higher",
        ),
        ({"right_upper_arm": 170}, {"right_upper_arm": 110}, "right arm lower"),
        ({}, {"right_thigh": 30}, "right knee out"),
        ({"left_thigh": 40, "left_shin": 40}, {}, "left knee in"),
        ({"left_thigh": 20}, {"left_thigh": 100}, "left knee higher"),
        ({}, {"left_shin": 25}, "left foot out"),
        ({}, {"trunk": 25}, "lean left"),
        ({}, {"trunk": -25}, "lean right"),
        ({"trunk": 45}, {"trunk": 15}, "lean less"),
        ({"trunk": -30}, {}, "stand up straight"),
    ],
)
def test_the_hint_names_the_limb_and_the_way(now: dict[str, float], wanted: dict[str, float], words: str) -> None:
    a, b = (replace(STAND, angles=dict(STAND.angles) | angles) for angles in (now, wanted))
    assert hint(a, b) == words
    swapped = words.replace("left", "?").replace("right", "left").replace("?", "right")
    assert hint(a.mirrored, b.mirrored) == swapped


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_following_the_arrow_helps(seed: int) -> None:
    rng = np.random.default_rng(seed)
    pose = whole(made_up(rng))
    struck = copy(pose, rng, 25, plain=True)
    before = judge(struck, pose)
    if before.worst is None:
        return
    hint = before.worst
    assert 2 <= len(hint.words.split()) <= 4
    xy = struck.xy.copy()
    xy[list(hint.at)] += 0.02 * np.array(hint.way, dtype=np.float32) * 0.2
    after = judge(replace(struck, xy=xy), pose)

    def error(judgement: Judgement) -> float:
        return next(limb.error for limb in judgement.limbs if limb.limb is hint.limb)

    assert error(after) < error(before)
