"""The figures of evaluating, on made-up people whose figures are known beforehand, and against a library."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import faster_coco_eval
import numpy as np
import pytest
from labelled import COCO, answers, row, seen, write

from posegames.body.joints import COUNT
from posegames.body.pose import Floats
from posegames.body.views import BLAZEPOSE_33, COCO_17
from posegames.tools.evaluation.accuracy import NO_HEAD, accuracy, procrustes
from posegames.tools.evaluation.matching import Answer, Found, judge
from posegames.tools.evaluation.points import Points
from posegames.tools.evaluation.precision import precision
from posegames.tools.evaluation.truth import Labels, Person, read_labels

PLACE = {name: i for i, name in enumerate(COCO_17.points)}
SQUARE = {
    "left_shoulder": (60.0, 0.0),
    "right_shoulder": (0.0, 0.0),
    "left_hip": (60.0, 80.0),
    "right_hip": (0.0, 80.0),
}
"""A torso whose diagonal is 100 pixels."""


def figures(labels: Labels, bodies: dict[int, list[Found]]) -> dict[str, Any]:
    given = answers(labels, bodies)
    return {**precision(given, labels.points), **accuracy(given, labels.points)}


@pytest.fixture
def two(tmp_path: Path) -> Labels:
    """Give two labelled people in one picture, and nobody in another."""
    rows = [row(1, n, one.points, one.confidence) for n, one in enumerate((seen(0.4), seen(1.2)), start=1)]
    return read_labels(write(tmp_path, rows, {1: "a.png", 2: "b.png"}))


def test_who_is_found_exactly_is_found_wholly(two: Labels) -> None:
    found = figures(two, {1: [seen(0.4), seen(1.2)]})
    assert (found["people"], found["matched"], found["found"], found["missed"], found["invented"]) == (
        2,
        2,
        2,
        0,
        0,
    )
    assert found["PCK@0.2"] == found["PCK@0.2 by joint"]["left_wrist"] == 100
    assert found["AP"] == pytest.approx(100)
    assert set(found["PCK"]["share"][1:]) == {100}
    assert {limb["degrees"] for limb in found["limbs"].values()} == {0}
    assert len(found["limbs"]) == 12


def test_who_is_missed_counts_as_missed(two: Labels) -> None:
    found = figures(two, {1: [seen(1.2)]})
    assert (found["matched"], found["missed"], found["PCK@0.2"]) == (1, 1, 50)
    assert found["AR"] == pytest.approx(50)
    assert found["PCK"]["share"][-1] == 50
    assert found["sizes"]["50-75 %"] == {"people": 2, "missed": 1}


def test_who_is_invented_lowers_the_precision_alone(two: Labels) -> None:
    found = figures(two, {1: [seen(0.4), seen(1.2)], 2: [replace(seen(0.8), score=2.0)]})
    assert (found["found"], found["invented"], found["PCK@0.2"], found["AR"]) == (3, 1, 100, 100)
    assert found["AP"] < 100
    assert found["precision"]["0.50"][100] == pytest.approx(66.67)


def test_who_is_found_twice_is_not_invented(two: Labels) -> None:
    found = figures(two, {1: [seen(0.4), seen(0.41), seen(1.2)]})
    assert (found["matched"], found["doubled"], found["invented"]) == (2, 1, 0)


def test_who_lies_badly_on_somebody_is_misplaced(two: Labels) -> None:
    upside_down = seen(1.2)
    upside_down.points[:, 1] = 440 - upside_down.points[:, 1]
    found = figures(two, {1: [seen(0.4), upside_down]})
    assert (found["matched"], found["missed"], found["misplaced"], found["invented"]) == (1, 1, 1, 0)


def test_nobody_has_to_find_a_crowd_or_who_has_no_points(tmp_path: Path) -> None:
    one, other, many = seen(0.4), seen(0.9), seen(1.4)
    rows = [
        row(1, 1, one.points, one.confidence),
        row(1, 2, other.points, other.confidence) | {"keypoints": [0] * 51, "num_keypoints": 0},
        row(1, 3, many.points, many.confidence, iscrowd=1),
    ]
    labels = read_labels(write(tmp_path, rows, {1: "a.png"}))
    found = figures(labels, {1: [one, replace(other, score=2.0), replace(many, score=3.0)]})
    assert (found["people"], found["matched"], found["aside"], found["invented"]) == (1, 1, 2, 0)
    assert found["AP"] == pytest.approx(100)
    # And whoever stands where nobody is labelled is invented all the same.
    assert figures(labels, {1: [one, seen(0.0)]})["invented"] == 1


def test_a_wrong_arm_costs_its_joints(two: Labels) -> None:
    arm = {"left_wrist": (0.4, 1.0), "left_elbow": (0.3, 0.9)}
    found = figures(two, {1: [seen(0.4, moved=arm), seen(1.2)]})
    assert found["PCK@0.2 by joint"]["left_wrist"] == found["PCK@0.2 by joint"]["left_elbow"] == 50
    assert found["PCK@0.2 by joint"]["right_wrist"] == 100
    assert found["limbs"]["left_forearm"]["degrees"] > 20 > found["limbs"]["right_forearm"]["degrees"] == 0


def test_nobody_found_is_nought_and_limbs_are_unknown(two: Labels) -> None:
    found = figures(two, {})
    assert (found["AP"], found["AR"], found["PCK@0.2"], found["missed"]) == (0, 0, 0, 2)
    assert found["limbs"]["hips"] == {"degrees": None, "end": None, "limbs": 0}
    assert "MPJPE" not in found


def placed(places: dict[str, tuple[float, float]], points: Points = COCO) -> tuple[Floats, Floats]:
    xy, labelled = np.zeros((len(points.view.points), 2)), np.zeros(len(points.view.points))
    for name, place in places.items():
        xy[points.view.points.index(name)], labelled[points.view.points.index(name)] = place, 1
    return xy, labelled


def one(
    truth: dict[str, tuple[float, float]], moved: dict[str, tuple[float, float]], head: float | None = None
) -> dict[str, Any]:
    """Give the figures of one person of 10,000 square pixels, found with these points `moved` from the truth."""
    xy, labelled = placed(truth)
    mine, _ = placed(truth | moved)
    person = Person(xy, labelled, (0, 0, 100, 100), 10_000, False, head)
    return accuracy([judge("", 400, [person], [Found(mine, labelled, 1.0)], COCO)], COCO)


@pytest.mark.parametrize(
    ("away", "pck", "pckh"), [(14.9, 100, 100), (15.1, 100, 80), (19.9, 100, 80), (20.1, 80, 80)]
)
def test_pck_is_of_the_torso_and_pckh_of_the_head(away: float, pck: float, pckh: float) -> None:
    found = one(SQUARE | {"left_wrist": (90.0, 40.0)}, {"left_wrist": (90.0, 40 + away)}, head=30)
    assert (found["PCK@0.2"], found["PCKh@0.5"]) == (pck, pckh)
    assert found["PCKh@0.5 by joint"]["left_wrist"] == (100 if pckh == 100 else 0)
    # The curve: the four of the torso are right at once, the fifth from its own distance on.
    step = found["PCK"]["threshold"].index(round(np.ceil(away) / 100, 2))
    assert found["PCK"]["share"][step - 1 : step + 1] == [80, 100]


def test_without_a_head_pckh_does_not_apply_and_says_so() -> None:
    found = one(SQUARE, {})
    assert (found["PCKh@0.5"], found["PCKh@0.5 by joint"], found["notes"]) == (None, {}, [NO_HEAD])


def test_a_limb_turned_by_thirty_degrees_is_thirty_degrees_wrong() -> None:
    arm = {"left_elbow": (60.0, 60.0), "left_wrist": (60.0, 100.0)}
    # The elbow is 5 px off, too: what a limb's beginning is wrong by is not the limb's own fault.
    turned = {"left_elbow": (65.0, 60.0), "left_wrist": (65 + 40 * 0.5, 60 + 40 * np.sqrt(0.75))}
    limb = one(SQUARE | arm, turned)["limbs"]["left_forearm"]
    assert limb == {"degrees": 30.0, "end": pytest.approx(100 * 2 * np.sin(np.radians(15)), abs=0.01), "limbs": 1}


def test_a_limb_half_as_long_has_the_right_direction_and_the_wrong_end() -> None:
    arm = {"left_elbow": (60.0, 60.0), "left_wrist": (60.0, 100.0)}
    assert one(SQUARE | arm, {"left_wrist": (60.0, 80.0)})["limbs"]["left_forearm"]["degrees"] == 0
    assert one(SQUARE | arm, {"left_wrist": (60.0, 80.0)})["limbs"]["left_forearm"]["end"] == 50


def test_a_limb_that_points_at_the_camera_has_no_direction() -> None:
    arm = {"left_elbow": (60.0, 60.0), "left_wrist": (60.0, 74.0)}  # 14 % of the torso's diagonal
    assert one(SQUARE | arm, {})["limbs"]["left_forearm"] == {"degrees": None, "end": None, "limbs": 0}


# In space.

TURN = np.array([[0.36, 0.48, -0.8], [-0.8, 0.6, 0.0], [0.48, 0.64, 0.6]])
"""A rotation."""


@pytest.fixture
def world() -> Floats:
    """Give a body in space, its hips in the middle."""
    points: Floats = np.random.default_rng(5).normal(0, 0.4, (COUNT, 3))
    points -= points[23:25].mean(axis=0)
    return points


def in_space(truth: Floats, mine: Floats) -> dict[str, Any]:
    points = Points.of(BLAZEPOSE_33)
    xy = np.random.default_rng(6).uniform(0, 400, (COUNT, 2))
    person = Person(xy, np.ones(COUNT), (0, 0, 400, 400), 160_000, False, None, truth)
    return accuracy([judge("", 400, [person], [Found(xy, np.ones(COUNT), 1.0, mine)], points)], points)


def test_a_body_elsewhere_is_right_for_the_hips_are_laid_on_each_other(world: Floats) -> None:
    found = in_space(world, world + np.array([0.3, -0.2, 0.1]))
    assert (found["MPJPE"], found["PA-MPJPE"], found["bodies in space"]) == (0, 0, 1)


def test_one_joint_wrong_by_a_known_way_is_its_share_of_the_mean(world: Floats) -> None:
    mine = world.copy()
    mine[16] += (0.03, 0.04, 0)  # the right wrist, by 50 mm
    mine[20] += (0.3, 0.4, 0)  # the right index is none of the 17 that count
    found = in_space(world, mine)
    assert found["MPJPE"] == pytest.approx(50 / 17, abs=0.01)
    assert found["MPJPE by joint"]["right_wrist"] == 50
    assert found["MPJPE by joint"]["right_index"] == 500
    assert 0 < found["PA-MPJPE"] < 50


def test_turned_and_scaled_is_wrong_as_it_lies_and_right_as_it_is(world: Floats) -> None:
    found = in_space(world, 1.3 * world @ TURN + 0.5)
    assert found["PA-MPJPE"] == 0
    assert found["MPJPE"] > 100
    assert in_space(world, world * (-1, 1, 1))["PA-MPJPE"] > 50  # a mirror image is another body


def test_nothing_lies_nearer_than_what_procrustes_gives(world: Floats) -> None:
    lots = np.random.default_rng(7)
    onto = world + lots.normal(0, 0.1, world.shape)
    best = procrustes(2 * world @ TURN, onto)
    near = ((best - onto) ** 2).sum()
    assert near < ((world - onto) ** 2).sum()
    for _ in range(200):
        spin, _ = np.linalg.qr(np.eye(3) + lots.normal(0, 0.02, (3, 3)))
        spin *= np.sign(np.diag(spin))
        nudged = (
            best.mean(axis=0)
            + lots.normal(0, 0.01, 3)
            + (1 + lots.normal(0, 0.02)) * ((best - best.mean(axis=0)) @ spin)
        )
        assert ((nudged - onto) ** 2).sum() > near
    assert procrustes(np.zeros((5, 3)), onto[:5]) == pytest.approx(np.tile(onto[:5].mean(axis=0), (5, 1)))


# Against the library, on the file as it is.


def library(path: Path, bodies: dict[int, list[Found]]) -> dict[str, float]:
    rows = [
        {
            "image_id": image,
            "category_id": 1,
            "keypoints": [float(v) for (x, y), c in zip(b.points, b.confidence, strict=True) for v in (x, y, c)],
            "score": b.score,
        }
        for image, there in bodies.items()
        for b in there
    ]
    truth = faster_coco_eval.COCO(json.loads(path.read_text()))
    judged = faster_coco_eval.COCOeval_faster(truth, truth.loadRes(rows), "keypoints")
    judged.evaluate()
    judged.accumulate()
    judged.summarize()
    names = {"AP": "AP_all", "AP50": "AP_50", "AP75": "AP_75", "AR": "AR_all"}
    return {ours: 100 * float(judged.stats_as_dict[theirs]) for ours, theirs in names.items()}


@pytest.mark.footage
def test_precision_is_the_librarys_on_coco_s_own_labels(footage: Path) -> None:
    path = footage / "coco" / "person_keypoints.json"
    labels, lots = read_labels(path), np.random.default_rng(11)
    bodies: dict[int, list[Found]] = {}
    for image, people in labels.people.items():
        bodies[image] = [
            Found(
                person.points + lots.normal(0, 0.07 * np.sqrt(person.area), (17, 2)) * lots.uniform(0, 1),
                np.ones(17),
                lots.uniform(),
            )
            for person in people
            if lots.uniform() < 0.8
        ]
        bodies[image] += [Found(lots.uniform(0, 400, (17, 2)), np.ones(17), lots.uniform())]
    given: list[Answer] = answers(labels, bodies)
    ours = precision(given, labels.points)
    assert sum(len(answer.pairs) for answer in given) == 86
    assert 10 < ours["AP"] < 90
    assert {name: ours[name] for name in ("AP", "AP50", "AP75", "AR")} == pytest.approx(
        library(path, bodies), abs=0.01
    )
