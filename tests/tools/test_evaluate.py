"""Evaluating: files of labels, good and bad, the stage as an exam, and the command."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from click.testing import CliRunner, Result
from labelled import HEIGHT, row, seen, write
from watchers import Resource

from posegames.body.joints import COUNT, Joint
from posegames.body.pose import Pose
from posegames.cli import root
from posegames.errors import PosegamesError, SourceError, UsageError
from posegames.seeing.sighting import Frame
from posegames.tools.evaluation import staged
from posegames.tools.evaluation.points import Points, named
from posegames.tools.evaluation.report import markdown
from posegames.tools.evaluation.run import evaluate
from posegames.tools.evaluation.truth import read_labels

MPII = (
    *("right_ankle", "right_knee", "right_hip", "left_hip", "left_knee", "left_ankle", "pelvis", "thorax"),
    *("upper_neck", "head_top", "right_wrist", "right_elbow", "right_shoulder"),
    *("left_shoulder", "left_elbow", "left_wrist"),
)


class Oracle(Resource):
    """An estimator at the seam: it is told the truth, and says of it what `tells` makes of it."""

    name = "oracle"

    def __init__(self, *, finds: bool = True, turned: bool = False) -> None:
        self._finds, self._turned = finds, turned
        self.forgot = 0

    def forget(self) -> None:
        self.forgot += 1

    def estimate(self, frame: Frame) -> tuple[Pose, ...]:
        if not self._finds:
            return ()
        if not self._turned:
            return frame.truth
        # Seen from behind: x and z of space turned by half a turn.
        return tuple(
            replace(pose, world=pose.world * (-1, 1, -1)) for pose in frame.truth if pose.world is not None
        )


def silent(_words: str, _share: float | None) -> None:
    pass


# Files of labels.


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        '{"images": [], "annotations": [{"keypoints": [1, 2]}]}',
        '{"images": [], "annotations": [{"keypoints": 3}]}',
        '{"images": [], "annotations": 3}',
        '{"images": [{"id": 1}], "annotations": []}',
        '{"images": [], "annotations": [], "categories": [{"id": 1, "keypoints": 5}]}',
    ],
)
def test_a_file_that_is_none_is_said(text: str, tmp_path: Path) -> None:
    (tmp_path / "labels.json").write_text(text)
    with pytest.raises(SourceError, match="no file of COCO keypoints"):
        read_labels(tmp_path / "labels.json")


def test_labels_of_unknown_pictures_are_said(tmp_path: Path) -> None:
    one = seen(0.4)
    with pytest.raises(SourceError, match="does not name"):
        read_labels(write(tmp_path, [row(7, 1, one.points, one.confidence)], {1: "a.png"}))


@pytest.mark.parametrize("key", ["keypoints", "bbox", "area"])
@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_named(key: str, number: float, tmp_path: Path) -> None:
    one = seen(0.4)
    bad = row(1, 31, one.points, one.confidence)
    bad[key] = number if key == "area" else [*bad[key][:-1], number]
    with pytest.raises(SourceError, match="annotation 31 a number is not finite"):
        read_labels(write(tmp_path, [bad], {1: "a.png"}))


@pytest.mark.parametrize("wrong", [{"area": -1}, {"bbox": [5, 5, 9, -9]}])
def test_a_size_below_nought_is_named(wrong: dict[str, Any], tmp_path: Path) -> None:
    one = seen(0.4)
    with pytest.raises(SourceError, match="annotation 31 a size is below nought"):
        read_labels(write(tmp_path, [row(1, 31, one.points, one.confidence, **wrong)], {1: "a.png"}))


def test_a_person_with_other_points_than_the_file_names_is_named(tmp_path: Path) -> None:
    one = seen(0.4)
    short = row(1, 31, one.points[:16], one.confidence[:16])
    with pytest.raises(SourceError, match="Annotation 31 has 48 numbers for 17 points"):
        read_labels(write(tmp_path, [short], {1: "a.png"}))


def test_points_without_names_are_coco_s_or_ours_or_refused(tmp_path: Path) -> None:
    for count, name in ((17, "coco-17"), (COUNT, "blazepose-33")):
        xy, shown = np.arange(2.0 * count).reshape(count, 2), np.ones(count)
        labels = read_labels(write(tmp_path, [row(1, 1, xy, shown)], {1: "a.png"}, names=None))
        assert (labels.points.view.name, labels.points.core.sum()) == (name, 17)
    with pytest.raises(SourceError, match=r"labels 16 points and does not say what they are.*17 .coco-17. or 33"):
        read_labels(write(tmp_path, [row(1, 1, xy[:16], shown[:16])], {1: "a.png"}, names=None))


def test_nobody_labelled_is_said(tmp_path: Path) -> None:
    one = seen(0.4)
    for rows in ([], [row(1, 1, one.points, one.confidence) | {"keypoints": [0] * 51}]):
        with pytest.raises(SourceError, match="labels nobody's joints"):
            read_labels(write(tmp_path, rows, {1: "a.png"}))


def test_mpii_s_points_are_known_by_their_names_and_give_the_head(tmp_path: Path) -> None:
    points = Points.of(named(MPII))
    assert points.core.sum() == 12
    assert points.view.sources[MPII.index("pelvis")] == (Joint.LEFT_HIP, Joint.RIGHT_HIP)
    assert len(points.limbs) == 12
    xy = np.random.default_rng(3).uniform(10, 300, (16, 2))
    xy[MPII.index("upper_neck")], xy[MPII.index("head_top")] = (100, 100), (130, 60)
    rows = [
        row(1, 1, xy, np.ones(16)),
        row(1, 2, xy, np.ones(16), bbox_head=[90, 60, 30, 40]),
        row(1, 3, xy, np.array([name != "head_top" for name in MPII])),
    ]
    labels = read_labels(write(tmp_path, rows, {1: "a.png"}, names=MPII))
    # The way from neck to top; a box is better: six tenths of its diagonal; and without either nothing is known.
    assert [person.head for person in labels.people[1]] == [50, 30, None]


@pytest.mark.parametrize("names", [("l_knee", "r_knee"), ("Left-Knee", "Right Knee")])
def test_names_may_be_written_in_other_ways(names: tuple[str, str]) -> None:
    assert named(names).sources == ((Joint.LEFT_KNEE,), (Joint.RIGHT_KNEE,))


def test_points_that_no_estimator_gives_are_refused(tmp_path: Path) -> None:
    names = ("snout", "tail")
    with pytest.raises(SourceError, match=r"no point that an estimator gives.*snout, tail"):
        read_labels(write(tmp_path, [row(1, 1, np.eye(2), np.ones(2))], {1: "a.png"}, names=names))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with labels of two people in two pictures of noise, and the pictures."""
    (tmp_path / "in").mkdir()
    for name in ("a.png", "in/b.png"):
        cv2.imwrite(
            str(tmp_path / name), np.random.default_rng(1).integers(0, 9, (HEIGHT, 640, 3), dtype=np.uint8)
        )
    one = seen(0.4)
    write(tmp_path, [row(i, i, one.points, one.confidence) for i in (1, 2)], {1: "a.png", 2: "in/b.png"})
    return tmp_path


def test_an_estimator_that_finds_nobody_has_noughts(folder: Path) -> None:
    labels = read_labels(folder / "labels.json")
    blind, shares = Oracle(finds=False), list[float]()
    figures = evaluate(
        labels.scenes(folder), labels.points, {"blind": blind}, progress=lambda _, share: shares.append(share)
    )
    assert (figures["blind"]["AP"], figures["blind"]["PCK@0.2"], figures["blind"]["missed"]) == (0, 0, 2)
    assert (blind.forgot, shares) == (2, [0.5, 1.0])
    page = markdown(figures, "some/where/labels.json")
    assert "# labels.json: 2 people in 2 pictures" in page
    assert "| blind | 2 | 0 | 0 | 2 | 0 | 0 | 0 |" in page
    assert "| blind | 2 | 2 | 0 | 0.0 |" in page
    assert "PCKh needs the length of the head" in page


def test_pictures_that_are_missing_damaged_or_of_another_size_are_said(folder: Path) -> None:
    labels = read_labels(folder / "labels.json")
    cv2.imwrite(str(folder / "a.png"), np.zeros((HEIGHT, 600, 3), dtype=np.uint8))
    with pytest.raises(SourceError, match=r"a.png measures 600x400, and the labels say 640x400"):
        list(labels.scenes(folder))
    (folder / "a.png").write_bytes(b"no picture")
    with pytest.raises(SourceError, match=r"a.png in .* cannot be read"):
        list(labels.scenes(folder))
    (folder / "a.png").unlink()
    with pytest.raises(SourceError, match=r"1 of the 2 labelled pictures are not in .* The first is a.png"):
        labels.scenes(folder)


def test_labels_do_not_reach_out_of_their_folder(folder: Path) -> None:
    labels = read_labels(folder / "labels.json")
    with pytest.raises(SourceError, match="not in"):
        replace(labels, files={1: "../a.png"}).scenes(folder / "in")


# The stage.


def test_who_is_told_the_truth_makes_no_mistake() -> None:
    cases = [
        staged.Case("stage:dance?actors=2&size=320x240", 4),
        staged.Case("stage:parade?actors=1&size=320x240"),
    ]
    oracle, turned = Oracle(), Oracle(turned=True)
    estimators = {"oracle": oracle, "turned": turned}
    figures = evaluate(staged.scenes(cases, seconds=0.1), staged.STAGE, estimators, progress=silent)
    right = figures["oracle"]
    assert (right["people"], right["pictures"], right["invented"], right["missed"]) == (6, 6, 0, 0)
    assert (right["AP"], right["PCK@0.2"], right["PCKh@0.5"]) == pytest.approx((100, 100, 100))
    assert (right["MPJPE"], right["PA-MPJPE"], right["notes"]) == (0, 0, [])
    assert len(right["MPJPE by joint"]) == COUNT
    # Half a turn is wrong by much, and nothing once it is turned back.
    assert figures["turned"]["MPJPE"] > 200
    assert figures["turned"]["PA-MPJPE"] == pytest.approx(0, abs=0.01)
    # Nobody has entered the parade yet; a film is forgotten at its start alone.
    assert [row["people"] for row in right["cases"].values()] == [6, 0]
    assert right["cases"]["stage:parade?actors=1&size=320x240"]["AP"] is None
    assert oracle.forgot == 2
    assert "stage:dance?actors=2&size=320x240 from 4 s" in markdown(figures, "stage")


def test_the_stage_s_people_have_boxes_heads_and_places_in_space() -> None:
    (scene,) = staged.scenes([staged.Case("stage:still?actors=1&size=640x480")], seconds=0.01)
    (person,) = scene.people
    left, top, width, height = person.box
    nose = person.points[Joint.NOSE]
    assert left < nose[0] < left + width
    assert top <= nose[1] < top + height / 8
    assert person.head == pytest.approx(0.6 * np.hypot(2, 1.6) * 0.082 * 0.72 * 480, rel=0.03)
    assert person.world is not None
    arm = person.world[Joint.LEFT_ELBOW] - person.world[Joint.LEFT_SHOULDER]
    assert np.linalg.norm(arm) == pytest.approx(0.160 * 1.72, abs=0.005)
    assert person.world[Joint.LEFT_ANKLE, 1] > 0.5  # y points down


def test_nobody_on_the_stage_is_said() -> None:
    empty = staged.scenes([staged.Case("stage:parade?actors=1&size=320x240")], seconds=0.1)
    with pytest.raises(PosegamesError, match="Nobody is in these pictures"):
        evaluate(empty, staged.STAGE, {"oracle": Oracle()}, progress=silent)


def test_every_case_of_the_stage_is_there_to_be_played() -> None:
    staged.scenes(staged.cases("stage"), seconds=1)
    with pytest.raises(UsageError, match="'actor' is unknown"):
        staged.scenes(staged.cases("stage:dance?actor=2"), seconds=1)
    with pytest.raises(SourceError):
        staged.scenes(staged.cases("stage:nothing"), seconds=1)


# The command.


def called(*words: str | Path) -> Result:
    return CliRunner().invoke(root, ["evaluate", *map(str, words)])


def test_the_command_says_what_is_wrong(folder: Path) -> None:
    labels = folder / "labels.json"
    for words, code, said in (
        (["stage", folder], 2, "needs no pictures"),
        (["stag"], 2, "There is no file 'stag'"),
        ([labels], 2, "are not named"),
        ([labels, folder, "--estimator", "blazepoes"], 2, "Did you mean 'blazepose'"),
        ([labels, folder, "--plot", folder / "no" / "plot.png"], 2, "cannot be written"),
        ([labels, folder / "in"], 1, "1 of the 2 labelled pictures are not in"),
        (["stage:dance", "--seconds", "nan"], 2, "no number of seconds"),
    ):
        done = called(*words)
        assert (done.exit_code, said in done.stderr) == (code, True), (words, done.stderr)


@pytest.mark.parametrize("package", ["faster_coco_eval", "matplotlib.figure"])
def test_a_package_that_is_not_there_is_said_before_the_work(
    package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    done = called("stage:nothing", "--plot", tmp_path / "plot.png")
    assert done.exit_code == 1
    assert package.partition(".")[0].replace("_", "-") in done.stderr
    assert "pip install 'posegames[evaluate]'" in done.stderr


@pytest.mark.model
@pytest.mark.usefixtures("models")
def test_the_command_finds_the_actors_of_the_stage(tmp_path: Path) -> None:
    out, report, plot = (tmp_path / f"figures.{ending}" for ending in ("json", "md", "png"))
    done = called(
        "stage:dance?actors=2&size=640x480", "--seconds", "0.5", "--json", out, "--report", report, "--plot", plot
    )
    assert done.exit_code == 0, done.output
    figures = json.loads(out.read_text())["blazepose"]
    assert (figures["pictures"], figures["people"], figures["missed"], figures["invented"]) == (15, 30, 0, 0)
    assert figures["AP"] > 75
    assert figures["PCK@0.2"] > 95
    assert figures["PCKh@0.5"] > 95
    assert figures["PA-MPJPE"] < 70 < figures["MPJPE"] < 250
    assert max(limb["degrees"] for limb in figures["limbs"].values()) < 8
    assert "By limb: degrees, end" in done.stdout
    assert "| blazepose | 30 | 30 | 30 | 0 | 0 | 0 | 0 |" in report.read_text()
    assert f"| blazepose | 30 | 0 | 0 | {figures['AP']:.1f} |" in report.read_text()
    picture = cv2.imread(str(plot))
    assert picture is not None
    assert picture.shape[1] == 1650
    blue = (np.abs(picture.astype(int) - (178, 114, 0)).max(axis=2) < 8).mean()
    assert 0.05 < blue < 0.5  # the bars are there


@pytest.mark.model
@pytest.mark.usefixtures("models")
def test_the_command_finds_labelled_people_in_pictures(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = []
    files: dict[int, str] = {}
    cases = [staged.Case("stage:dance?actors=2&size=640x480", begin) for begin in (0.0, 0.7)]
    for image, scene in enumerate(staged.scenes(cases, seconds=0.01), start=1):
        files[image] = f"{image}.png"
        cv2.imwrite(str(tmp_path / files[image]), scene.frame.picture)
        core = staged.STAGE.core
        for person in scene.people:
            rows.append(row(image, len(rows) + 1, person.points[core], person.labelled[core]))
    names = [name for name, counts in zip(staged.STAGE.view.points, staged.STAGE.core, strict=True) if counts]
    labels = write(tmp_path, rows, files, names=names, size=(640, 480))
    done = called(labels, tmp_path, "--json", tmp_path / "figures.json")
    assert done.exit_code == 0, done.output
    figures = json.loads((tmp_path / "figures.json").read_text())["blazepose"]
    assert (figures["pictures"], figures["people"], figures["matched"]) == (2, 4, 4)
    assert figures["PCK@0.2"] > 85
    assert "PCKh needs the length of the head" in done.stdout
