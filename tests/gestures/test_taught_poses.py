"""Poses learnt from a few bodies, and told of others; what was not taught is none of them."""

from __future__ import annotations

import builtins
import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from bodies import standing
from posed import POSES, posed

from posegames.errors import PosegamesError
from posegames.gestures.taught.classifiers import METHODS, Method
from posegames.gestures.taught.compare import compare, grouped, splits
from posegames.gestures.taught.features import Shape
from posegames.gestures.taught.poses import LIMITS, NONE, Example, PoseModel
from posegames.testing import FakeClock

TAUGHT = ("tee", "hero", "tree")


def shape(name: str, person: int, **more: Any) -> Shape:
    return Shape.of_pose(posed(name, person, **more))


def examples(*names: str, people: int = 5) -> list[Example]:
    return [Example(name, shape(name, person), f"{name}{person}") for name in names for person in range(people)]


@pytest.mark.parametrize("method", METHODS)
def test_others_are_told_right_and_what_was_not_taught_is_none(method: Method) -> None:
    model = PoseModel.fit(examples(*TAUGHT), method=method)
    assert model.labels == ("hero", "tee", "tree")
    for person in range(10, 20):
        for name in TAUGHT:
            assert model.likeliest(shape(name, person)) == name
        assert model.recognise(shape("stand", person)) is None
    taken = [model.recognise(shape(name, person)) == name for person in range(10, 20) for name in TAUGHT]
    assert np.mean(taken) > 0.9


@pytest.mark.parametrize("method", METHODS)
def test_one_pose_at_most_is_sure(method: Method) -> None:
    model = PoseModel.fit(
        [*examples(*TAUGHT), *(Example(NONE, shape("stand", p)) for p in range(3))], method=method
    )
    for person in range(10, 20):
        for name in POSES:
            sure = model.confidence(shape(name, person))
            assert set(sure) == set(TAUGHT)
            assert all(0 <= value <= 1 for value in sure.values())
            assert sum(value >= 0.5 for value in sure.values()) <= 1
    assert model.confidence(shape("tee", 0))["tee"] > 0.9


def test_confidence_falls_as_an_arm_sinks() -> None:
    model = PoseModel.fit(examples("tee"))
    sure = []
    for degrees in range(0, 91, 10):
        turn = np.radians(degrees)
        arm = [(0.33 + 0.57 * r * np.cos(turn), -1 + 0.57 * r * np.sin(turn)) for r in (1.0, 2.0)]
        moved = {**POSES["tee"], "left_elbow": arm[0], "left_wrist": arm[1]}
        sure.append(model.confidence(Shape.of_pose(standing(moved=moved)))["tee"])
    assert sure[0] > 0.7
    assert sure[-1] < 0.1
    assert all(later <= earlier + 1e-6 for earlier, later in pairwise(sure))


def test_one_arm_up_is_not_standing_though_it_is_little_of_a_body() -> None:
    moved = {"left_elbow": (0.4, -1.55), "left_wrist": (0.4, -2.1)}
    model = PoseModel.fit([Example("up", Shape.of_pose(standing(moved=moved)))])
    assert model.recognise(Shape.of_pose(standing(0.3, 0.4, 0.1, moved=moved))) == "up"
    assert model.recognise(Shape.of_pose(standing())) is None
    assert model.recognise(Shape.of_pose(standing(moved=moved)).mirrored()) is None


def test_the_other_side_counts_where_it_is_asked_for() -> None:
    other = shape("tree", 9).mirrored()
    assert PoseModel.fit(examples("tree")).recognise(other) is None
    assert PoseModel.fit(examples("tree"), either_side=True).recognise(other) == "tree"


def test_who_shows_only_half_is_nobody_and_a_hidden_hand_is_forgiven() -> None:
    model = PoseModel.fit(examples("tee", "hero"))
    legs = ("left_knee", "right_knee", "left_ankle", "right_ankle", "left_hip", "right_hip")
    assert model.confidence(shape("tee", 8, hidden=legs)) == {"hero": 0, "tee": 0}
    assert model.recognise(shape("tee", 8, hidden=("left_wrist",))) == "tee"


def test_who_was_taught_without_legs_is_known_without_legs() -> None:
    legs = ("left_knee", "right_knee", "left_ankle", "right_ankle")
    model = PoseModel.fit([Example("tee", shape("tee", person, hidden=legs)) for person in range(4)])
    assert model.recognise(shape("tee", 8, hidden=legs)) == "tee"
    assert model.recognise(shape("tee", 8)) == "tee"
    assert model.recognise(shape("hero", 8)) is None


def test_strict_teachers_make_strict_limits() -> None:
    exact = PoseModel.fit([Example("tee", shape("tee", person, loose=0.005)) for person in range(5)])
    wild = PoseModel.fit([Example("tee", shape("tee", person, loose=0.2)) for person in range(5)])
    assert exact.limits["tee"] == pytest.approx(LIMITS[0])
    assert wild.limits["tee"] > exact.limits["tee"]
    assert np.all(np.array(wild.limits["tee"]) <= LIMITS[1])


def test_the_report_leaves_out_whole_groups() -> None:
    strange = [Example("tee", shape("hero", 3), "odd"), Example("tee", shape("hero", 3), "odd")]
    report = PoseModel.fit([*examples("tee", "tree"), *strange]).report()
    assert report.total == {"tee": 7, "tree": 5}
    # Each of the two would have known the other.
    assert report.right == {"tee": 5, "tree": 5}
    assert report.confusion["tee", NONE] == 2


@pytest.mark.parametrize("method", METHODS)
def test_a_report_of_two_poses_with_one_example_each_knows_nothing(method: Method) -> None:
    report = PoseModel.fit(examples("tee", "tree", people=1), method=method).report()
    assert not sum(report.right.values())


def test_what_is_too_alike_is_told() -> None:
    model = PoseModel.fit(examples("tee", "tree"))
    assert model.alike("tee", [shape("tee", person) for person in range(20, 25)]) >= 0.8
    assert model.alike("tee", [shape("hero", person) for person in range(20, 25)]) == 0
    assert model.alike("tee", []) == 0


@pytest.mark.parametrize("method", METHODS)
def test_a_model_comes_back_from_plain_data(method: Method) -> None:
    model = PoseModel.fit(examples(*TAUGHT), method=method, either_side=True)
    again = PoseModel.from_data(json.loads(json.dumps(model.to_data(), allow_nan=False)))
    assert (again.method, again.either_side, again.labels) == (method, True, model.labels)
    for person in range(10, 14):
        for name in POSES:
            there = again.confidence(shape(name, person))
            assert there == pytest.approx(model.confidence(shape(name, person)), abs=5e-3)


def test_joints_not_seen_come_back_not_seen() -> None:
    pose = shape("tee", 1, hidden=("left_wrist",))
    data = PoseModel.fit([Example("tee", pose)]).to_data()
    assert data["examples"][0]["points"][15] == [0, 0]
    assert PoseModel.from_data(data).examples[0].shape.sure[15] == 0


def _example(**changes: object) -> Callable[[dict[str, Any]], None]:
    return lambda data: data["examples"][1].update(changes)


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        (lambda data: data.update(kind="move"), "it is no pose"),
        (lambda data: data.update(version=2), "of version 2, made by a newer posegames; this one reads 1"),
        (lambda data: data.update(version=True), "does not tell its version"),
        (lambda data: data.pop("version"), "does not tell its version"),
        (lambda data: data.update(method="magic"), "method is none of knn, svm, tree"),
        (lambda data: data.update(method=["knn"]), "method is none of"),
        (lambda data: data.update(either_side=1), "either_side"),
        (lambda data: data.update(examples=[]), "examples is no list of 1 to 2000"),
        (lambda data: data.update(examples=[None] * 2001), "examples is no list of 1 to 2000"),
        (_example(label=3), "example 2: label and group"),
        (_example(label="a\n"), "example 2: label and group"),
        (_example(points=[[0, 0]] * 32), "example 2: points is no table of 33 x 2 numbers"),
        (_example(points=[[0, "1"]] * 33), "example 2: points is no table"),
        (_example(points=[[0, float("nan")]] * 33), "example 2: points has numbers that are not in"),
        (_example(points=[[0, 10**400]] * 33), "example 2: points"),
        (_example(points=[[0], [0, 1]]), "example 2: points is no table"),
        (_example(sure=[1.5] * 33), "example 2: sure has numbers that are not in 0 to 1"),
        (_example(sure=[True] * 33), "example 2: sure is no table"),
        (lambda data: data.update(examples=[[]]), "example 1: it is no object"),
    ],
)
def test_damage_is_told(damage: Callable[[dict[str, Any]], None], complaint: str) -> None:
    data = PoseModel.fit(examples("tee", people=2)).to_data()
    damage(data)
    with pytest.raises(ValueError, match=r"\w") as told:
        PoseModel.from_data(data)
    assert complaint in str(told.value)


@pytest.mark.parametrize("data", [None, [], "pose", 3, {}])
def test_other_data_is_no_model(data: object) -> None:
    with pytest.raises(ValueError, match="it is no pose"):
        PoseModel.from_data(data)


def test_without_a_pose_there_is_no_model() -> None:
    with pytest.raises(PosegamesError, match="no example of a pose"):
        PoseModel.fit([Example(NONE, shape("stand", 1))])


def test_an_svm_needs_something_else_to_tell_it_from() -> None:
    with pytest.raises(PosegamesError, match="nothing to tell this pose from"):
        PoseModel.fit(examples("tee"), method="svm")


def test_a_missing_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("sklearn"):
            raise ImportError("No module named 'sklearn'")
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(PosegamesError, match=r"posegames\[learn\]"):
        PoseModel.fit(examples("tee", "tree"), method="tree")
    assert PoseModel.fit(examples("tee", "tree")).labels == ("tee", "tree")


def test_copies_of_a_picture_are_one_group_on_one_side() -> None:
    first = shape("tree", 1)
    again = Shape(first.points * 3 + 0.001, first.sure)
    shapes = [first, shape("tree", 2), again.mirrored(), shape("tee", 1)]
    found = grouped(["tree", "tree", "tree", "tee"], shapes)
    assert [one.group for one in found] == ["1", "2", "1", "4"]
    kept = grouped(["tree", "tree", "tree", "tee"], shapes, either_side=False)
    assert len({one.group for one in kept}) == 4


@pytest.mark.parametrize("learn", [None, 3])
def test_what_is_tried_was_not_learnt(learn: int | None) -> None:
    one_each = examples("tee", "tree", people=10)
    copied = [Example(one.label, one.shape, f"{one.label}{one.group}") for one in one_each for _ in range(2)]
    parts = list(splits(copied, learn=learn, count=2))
    assert len(parts) == (10 if learn is None else 2)
    for learnt, tried in parts:
        assert not {copied[place].group for place in learnt} & {copied[place].group for place in tried}
        labels = [copied[place].label for place in learnt]
        assert labels.count("tee") == labels.count("tree") == (16 if learn is None else 3)
    if learn is None:
        assert sorted(place for _, tried in parts[:5] for place in tried) == list(range(40))
    assert parts[0] != parts[-1]


def test_too_few_to_compare_are_told() -> None:
    with pytest.raises(PosegamesError, match="tree has too few"):
        list(splits([*grouped_of("tee", 6), *grouped_of("tree", 3)], learn=3, count=1))


def grouped_of(name: str, people: int) -> list[Example]:
    return [Example(name, shape(name, person), f"{name}{person}") for person in range(people)]


def test_methods_are_compared_on_the_same_splits() -> None:
    shown = grouped([name for name in TAUGHT for _ in range(8)], [shape(n, p) for n in TAUGHT for p in range(8)])
    # One picture is in the wrong folder.
    shown = (*shown, Example("tee", shape("tree", 20), "wrong"))
    parts = list(splits(shown, learn=4, count=3))
    told: list[tuple[str, float | None]] = []
    scores = compare(
        shown, METHODS, parts, clock=FakeClock(), tell=lambda words, share: told.append((words, share))
    )
    assert [score.method for score in scores] == list(METHODS)
    assert [words for words, _ in told[::3]] == list(METHODS)
    assert scores[0].mean < 1
    assert scores[0].of("hero") == 1
    for score in scores:
        assert len(score.accuracy) == 3
        assert sum(score.confusion.values()) == sum(len(tried) for _, tried in parts)
        assert score.recognised + score.mistaken <= 1
