"""All questions asked of all estimators: repeatability, robustness, speed, and the command that asks them."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from click.testing import CliRunner, Result
from labelled import COCO, row, write
from sayings import FAMILIES, SOMEBODY, files
from watchers import Resource

from posegames.body.pose import Pose
from posegames.body.views import COCO_17
from posegames.cli import INTERRUPTED, root
from posegames.errors import ModelError, UsageError
from posegames.seeing.estimators.table import ESTIMATORS, make_estimator
from posegames.seeing.sighting import Frame
from posegames.tools.evaluation import exam, parts, run
from posegames.tools.evaluation.comparing import SHORT, tables
from posegames.tools.evaluation.exam import QUICK, StageExam
from posegames.tools.evaluation.examinee import Examinee, peak, spread_over
from posegames.tools.evaluation.matching import Answer
from posegames.tools.evaluation.papers import HEADLINES, sheet
from posegames.tools.evaluation.repeatability import Repeatability, moves, spreads
from posegames.tools.evaluation.robustness import KINDS, Robustness, kept
from posegames.tools.evaluation.speed import CROWDS, Speed
from posegames.tools.evaluation.survey import available, parts_of
from posegames.tools.evaluation.truth import read_labels

SIDE = 320


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with two square pictures, labels of who is said to be in them, and who says it."""
    folder = tmp_path_factory.mktemp("exam")
    points = COCO_17.of(SOMEBODY)[0] * SIDE
    for number in (1, 2):
        picture = np.random.default_rng(number).integers(60, 200, (SIDE, SIDE, 3), dtype=np.uint8)
        cv2.imwrite(str(folder / f"{number}.png"), picture)
    rows = [row(number, number, points, np.ones(17)) for number in (1, 2)]
    write(folder, rows, {number: f"{number}.png" for number in (1, 2)}, size=(SIDE, SIDE))
    return files(folder)


@pytest.fixture(autouse=True)
def _accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Accept the licences of nets that are made here."""
    for name in ("OPENPOSE", "YOLO"):
        monkeypatch.setenv(f"POSEGAMES_{name}_LICENCE", "accept")
    monkeypatch.setenv("POSEGAMES_MEDIAPIPE_METRICS", "refuse")
    monkeypatch.delenv("POSEGAMES_MODELS", raising=False)


def called(*words: str | Path) -> Result:
    return CliRunner().invoke(root, ["evaluate", *map(str, words)], env={"COLUMNS": "100"})


def test_every_family_is_asked_the_same(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exam, "QUICK", replace(QUICK, stills=1, seeds=2, film=2))
    out, report, plot = (tmp_path / f"figures.{ending}" for ending in ("json", "md", "png"))
    done = called(
        *(folder / "labels.json", folder, "--estimators", ",".join(FAMILIES), "--model", folder, "--quick"),
        *("--parts", "robustness,accuracy,precision", "--papers"),
        *("--json", out, "--report", report, "--plot", plot),
    )
    assert done.exit_code == 0, done.output
    figures = json.loads(out.read_text())
    assert tuple(figures) == FAMILIES
    for name in FAMILIES:
        mine = figures[name]
        assert (mine["people"], mine["missed"], mine["invented"], mine["PCK@0.2"]) == (2, 0, 0, 100), name
        assert mine["AP"] > 99, name
        # They always say the same: nothing spreads, and what they do not look at cannot get worse.
        for under in mine["repeatability"].values():
            assert under["spread"] == under["steps"] == {"median": 0, "p95": 0, "joints": 17}, name
            assert under["found"] == 100
        left = kept(mine["robustness"])
        assert {left[kind] for kind in ("noise", "blur", "darkness", "occlusion")} == {100}
        # But people who are smaller than they say are missed, and so is company.
        small = mine["robustness"]["scale"]["15 %"]
        assert (small["people"], small["missed"], small["PCK@0.2 of clean"]) == (2, 2, 0)
        crowded = mine["robustness"]["crowding"]["people: +1"]
        assert crowded["missed"] > 0
        assert len(mine["robustness"]["crowding"]) == len(KINDS[-1].levels)
    lines = done.stdout.splitlines()
    assert max(map(len, lines[: lines.index(SHORT) + 6])) <= 100
    assert sum(line.startswith("estimator ") for line in lines) == 4  # no heading is broken
    openpose = figures["openpose"]
    assert f"here:   AP {openpose['AP']:.1f} %, PCK@0.2 100.0 %" in done.stdout
    page = report.read_text()
    assert "| crowding, people: +5 |" in page
    assert "Precision is how well an estimator repeats itself" in page
    picture = cv2.imread(str(plot))
    assert picture is not None
    assert picture.shape[0] == 5 * 495  # three rows of accuracy, two of robustness


def test_all_lists_who_is_not_here() -> None:
    def check(name: str) -> None:
        if name != "yolo":
            raise ModelError(f"No file for {name}.")

    here, absent = available(check)
    assert here == ["yolo"]
    assert list(absent) == [name for name in ESTIMATORS if name != "yolo"]
    with pytest.raises(ModelError, match="No file for no blazepose"):
        available(lambda name: check(f"no {name}"))


# Repeatability.


class Shaky(Resource):
    """An estimator whose joints are `off` by lot every time, and that finds nobody every fourth time."""

    name = "shaky"

    def __init__(self, off: float) -> None:
        self._off, self._lots, self._count = off, np.random.default_rng(2), 0

    def forget(self) -> None:
        pass

    def estimate(self, _frame: Frame) -> tuple[Pose, ...]:
        self._count += 1
        if self._count % 4 == 0:
            return ()
        return (replace(SOMEBODY, xy=SOMEBODY.xy + self._lots.normal(0, self._off, SOMEBODY.xy.shape)),)


def test_spread_and_steps_are_those_that_were_put_in(folder: Path) -> None:
    (scene, _) = read_labels(folder / "labels.json").scenes(folder)
    part = Repeatability([scene], COCO, {"shaky": Shaky(0.004)}, replace(QUICK, seeds=40, film=40))
    assert len(list(part.steps())) == 2
    torso = np.hypot(0.53, 1) * 0.22
    for under in part.figures()["shaky"]["repeatability"].values():
        # Over both axes; and from one to the next the difference of two.
        assert under["spread"]["median"] == pytest.approx(100 * 0.004 * np.sqrt(2) / torso, rel=0.08)
        assert under["steps"]["median"] == pytest.approx(100 * 0.004 * 2 / torso, rel=0.08)
        assert under["spread"]["median"] < under["spread"]["p95"] < 1.5 * under["spread"]["median"]
        assert under["found"] == pytest.approx(75, abs=4)


def test_a_joint_that_is_hardly_ever_found_has_no_spread() -> None:
    track = np.zeros((8, 3, 2))
    track[:, 0, 0] = (0, 2) * 4
    track[3:, 1] = track[5:, 2] = np.nan
    assert spreads(track) == [1.0, 0.0]
    assert moves(track) == [2.0, 0.0]
    assert spreads(np.full((8, 3, 2), np.nan)) == moves(np.full((8, 3, 2), np.nan)) == []


# Speed.


def test_each_has_a_process_of_its_own(folder: Path) -> None:
    makes = {"movenet": partial(make_estimator, "movenet", players=6, model=folder)}
    part = Speed(makes, replace(QUICK, block=2))
    shares = [share for _, share in part.steps()]
    assert shares == sorted(shares)
    speed = part.figures()["movenet"]["speed"]
    setups = ["as it is", *(["one core"] if sys.platform == "linux" else [])]
    for setup in setups:
        assert list(speed[setup]) == [str(people) for people in CROWDS]
        for mine in speed[setup].values():
            assert (mine["pictures"], mine["found"]) == (2, 1)
            assert 0 < mine["ms"] <= mine["p95"]
    if sys.platform == "linux":
        assert speed["peak_mb"] == pytest.approx(speed["own_mb"] + speed["empty_mb"], abs=0.11)
        assert 0 < speed["own_mb"] < speed["empty_mb"]
    assert speed["load_ms"] > 0
    # It says that there is one, whoever is there: of six it has missed some.
    (mine,) = tables(part.figures())["Speed: ms a picture, by people in it (* finds fewer); loading; memory"].rows[
        :1
    ]
    assert [cell.endswith("*") for cell in mine[1:5]] == [False, False, True, True]


def test_what_cannot_be_loaded_there_is_said_here(tmp_path: Path) -> None:
    (tmp_path / "movenet.onnx").write_bytes(b"no net")
    with (
        pytest.raises(ModelError, match=r"movenet\.onnx"),
        Examinee(partial(make_estimator, "movenet", model=tmp_path)),
    ):
        pytest.fail("It was loaded.")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets it")
def test_all_threads_of_a_process_are_kept_on_one_core() -> None:
    before = sorted(os.sched_getaffinity(0))
    try:
        spread_over(before[:1])
        assert {tuple(os.sched_getaffinity(int(task.name))) for task in Path("/proc/self/task").iterdir()} == {
            tuple(before[:1])
        }
    finally:
        spread_over(before)
    most = peak()
    assert most is not None
    assert 20 < most < 20_000


# The command.


def test_whoever_stops_it_keeps_what_is_done(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer, calls = parts.answer, count(1)

    def until_tired(*what: Any) -> Answer:
        if next(calls) == 4:
            raise KeyboardInterrupt
        return answer(*what)

    monkeypatch.setattr(run, "answer", until_tired)
    done = called(
        *(folder / "labels.json", folder, "--estimators", "movenet,posenet", "--model", folder),
        *("--parts", "all", "--json", tmp_path / "f.json", "--report", tmp_path / "f.md"),
    )
    assert done.exit_code == INTERRUPTED, done.output
    assert "Stopped: these are the figures of what was done by then." in done.stderr
    figures = json.loads((tmp_path / "f.json").read_text())
    # The second picture was seen by one of them only: it counts for nobody.
    assert {name: mine["pictures"] for name, mine in figures.items()} == {"movenet": 1, "posenet": 1}
    assert not {"repeatability", "robustness", "speed"} & set(figures["movenet"])
    assert "| movenet | 1 | 1 | 1 |" in (tmp_path / "f.md").read_text()


def test_the_papers_are_quoted_with_what_they_leave_unsaid() -> None:
    done = called("--papers")
    assert done.exit_code == 0
    for figure in ("86.2 %", "97.6 %", "75.1 % and 80.6 %", "95 %", "90 %", "40 ms", "below 5 ms"):
        assert any(figure in headline.says for headline in HEADLINES)
        assert figure in done.stdout
    assert all(len(headline.unsaid) > 20 and headline.ours in ESTIMATORS for headline in HEADLINES)
    assert {mine[-1] for mine in sheet({}).rows} == {"not measured"}
    figures = {"yolo": {"AP": 50.0, "speed": {"as it is": {"1": {"ms": 31.0}}}, "repeatability": {}}}
    here = [mine[-1] for mine in sheet(figures).rows]
    assert here == [
        *["not measured"] * 3,
        "AP 50.0 %",
        *["not measured"] * 2,
        *["one person, a picture 31.0 ms"] * 2,
    ]


def test_the_command_says_what_is_wrong_with_its_words(folder: Path, tmp_path: Path) -> None:
    labels = folder / "labels.json"
    for words, code, said in (
        ([], 2, "Nothing is named"),
        (["stage", "--parts", "acuracy"], 2, "Did you mean 'accuracy'"),
        (["stage", "--estimators", "all,yolo"], 2, "All estimators are compared as they are"),
        (["stage", "--estimators", "all", "--estimator-option", "conf=0.3"], 2, "no options of one"),
        ([labels, folder, "--parts", "speed", "--plot", tmp_path / "a.png"], 2, "There is nothing to draw"),
        ([labels, folder, "--estimators", "yolo,posenet", "--model", tmp_path], 1, "no model file for yolo"),
    ):
        done = called(*words)
        assert (done.exit_code, said in done.stderr) == (code, True), (words, done.stderr)
    assert parts_of("speed, accuracy") == ("accuracy", "speed")
    with pytest.raises(UsageError):
        parts_of("")


# With the bundled estimator, on the stage.


@pytest.mark.model
@pytest.mark.usefixtures("models")
def test_the_bundled_one_spreads_with_noise_and_loses_what_gets_worse() -> None:
    stage = StageExam("stage:dance?actors=1&size=320x240")
    kinds = [kind for kind in KINDS if kind.name == "blur"]
    with make_estimator("blazepose", players=6) as estimator:
        amount = replace(QUICK, seeds=3, film=2)
        part = Repeatability(stage.stills(1), stage.points, {"blazepose": estimator}, amount)
        worse = Robustness(stage, stage.base(1), {"blazepose": estimator}, kinds=kinds)
        for _ in chain(part.steps(), worse.steps()):
            pass
    spread = part.figures()["blazepose"]["repeatability"]
    assert {mine["found"] for mine in spread.values()} == {100}
    assert 0 < spread["1 %"]["spread"]["median"] < spread["3 %"]["spread"]["median"] < 5
    assert 0 < spread["1 %"]["steps"]["median"] < 5
    left = worse.figures()["blazepose"]["robustness"]
    assert (left["clean"][""]["people"], left["clean"][""]["missed"]) == (1, 0)
    assert left["blur"]["0.5 %"]["PCK@0.2 of clean"] > 90
    assert left["blur"]["2 %"]["PCK@0.2"] < 50


@pytest.mark.model
@pytest.mark.usefixtures("models")
def test_all_is_whoever_is_here_and_why_the_others_are_not(tmp_path: Path) -> None:
    done = called(
        *("stage:dance?actors=1&size=320x240", "--seconds", "0.05", "--estimators", "all"),
        *("--parts", "accuracy", "--json", tmp_path / "f.json", "--report", tmp_path / "f.md"),
    )
    assert done.exit_code == 0, done.output
    figures = json.loads((tmp_path / "f.json").read_text())
    assert list(figures) == list(ESTIMATORS)
    assert figures["blazepose"]["people"] == 2
    for name in ("mediapipe", *FAMILIES):
        assert list(figures[name]) == ["absent"]
        assert f"{name} is not here. {figures[name]['absent']['what']}" in done.stdout
        assert f"{name} is not here." in (tmp_path / "f.md").read_text()
    assert "set POSEGAMES_MEDIAPIPE_METRICS=accept" in figures["mediapipe"]["absent"]["now"]
    assert "--model FILE" in figures["yolo"]["absent"]["now"]
