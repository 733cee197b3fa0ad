"""Estimators against labels: sums on made-up people, hostile files, the real estimator on the stage."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from click.testing import CliRunner

from posegames.body.joints import COCO_17
from posegames.cli.evaluate import evaluate
from posegames.errors import PosegamesError, SourceError
from posegames.testing import FakeClock, body
from posegames.tools.accuracy import Found, accuracy, found
from posegames.tools.bench.tracking import read
from posegames.tools.truth import Truth, read_truth

HEIGHT = 400


def person(x: float) -> Found:
    return found(body(x), HEIGHT)


def row(image: int, number: int, points: np.ndarray[Any, Any], seen: np.ndarray[Any, Any]) -> dict[str, Any]:
    low, high = points[seen > 0].min(axis=0), points[seen > 0].max(axis=0)
    return {
        "id": number,
        "image_id": image,
        "category_id": 1,
        "iscrowd": 0,
        "num_keypoints": int((seen > 0).sum()),
        "area": float(np.prod(high - low)),
        "bbox": [*low.tolist(), *(high - low).tolist()],
        "keypoints": [float(v) for (x, y), s in zip(points, seen, strict=True) for v in (x, y, 2 * (s > 0))],
    }


def labels(rows: list[dict[str, Any]], files: dict[int, str], folder: Path) -> Path:
    path = folder / "labels.json"
    category = {"id": 1, "name": "person", "keypoints": list(COCO_17.points), "skeleton": []}
    images = [{"id": i, "file_name": name, "width": 640, "height": HEIGHT} for i, name in files.items()]
    path.write_text(json.dumps({"images": images, "annotations": rows, "categories": [category]}))
    return path


@pytest.fixture
def two(tmp_path: Path) -> Truth:
    """Give two labelled people in one picture, and nobody in another."""
    rows = [row(1, n, one.points, one.confidence) for n, one in enumerate((person(0.4), person(1.2)), start=1)]
    return read_truth(labels(rows, {1: "a.png", 2: "b.png"}, tmp_path))


def test_who_is_found_exactly_is_found_wholly(two: Truth) -> None:
    figures = accuracy(two, {1: [person(0.4), person(1.2)], 2: []})
    assert (figures["people"], figures["matched"], figures["found"]) == (2, 2, 2)
    assert figures["PCK@0.2"] == 100
    assert figures["AP"] == pytest.approx(100)
    assert figures["PCK@0.2 by joint"]["left_wrist"] == 100


def test_who_is_missed_counts_as_missed(two: Truth) -> None:
    figures = accuracy(two, {1: [person(1.2)], 2: []})
    assert (figures["matched"], figures["PCK@0.2"]) == (1, 50)
    assert figures["AR"] == pytest.approx(50)


def test_who_is_invented_lowers_the_precision_alone(two: Truth) -> None:
    both = [person(0.4), person(1.2)]
    ghost = replace(person(0.8), score=2.0)
    figures = accuracy(two, {1: both, 2: [ghost]})
    assert (figures["found"], figures["PCK@0.2"], figures["AR"]) == (3, 100, 100)
    assert figures["AP"] < 100


def test_a_wrong_arm_costs_its_joints(two: Truth) -> None:
    arm = {"left_wrist": (0.4, 1.0), "left_elbow": (0.3, 0.9)}
    bent = found(body(0.4, moved=arm), HEIGHT)
    figures = accuracy(two, {1: [bent, person(1.2)]})
    assert figures["PCK@0.2 by joint"]["left_wrist"] == figures["PCK@0.2 by joint"]["left_elbow"] == 50
    assert figures["PCK@0.2 by joint"]["right_wrist"] == 100


def test_nobody_found_is_nought(two: Truth) -> None:
    assert accuracy(two, {1: [], 2: []})["AP"] == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        '{"images": [], "annotations": [{"keypoints": [1, 2]}]}',
        '{"images": [], "annotations": [{"keypoints": 3}]}',
        '{"images": [], "annotations": [{"image_id": 1, "bbox": [0, 0, 1, 1], "keypoints": [NaN%s]}]}'
        % (50 * ", 2"),
    ],
)
def test_a_file_that_is_none_is_said(text: str, tmp_path: Path) -> None:
    (tmp_path / "labels.json").write_text(text)
    with pytest.raises(SourceError, match="no file of COCO keypoints"):
        read_truth(tmp_path / "labels.json")


def test_labels_of_unknown_pictures_are_said(tmp_path: Path) -> None:
    one = person(0.4)
    with pytest.raises(SourceError, match="does not name"):
        read_truth(labels([row(7, 1, one.points, one.confidence)], {1: "a.png"}, tmp_path))


@pytest.mark.model
def test_the_command_finds_the_actors_of_the_stage(models: object, tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = []
    files: dict[int, str] = {}
    (tmp_path / "pictures").mkdir()
    for number, frame in enumerate(read("stage:dance?actors=2&size=640x480", FakeClock(), 40)[::20], start=1):
        files[number] = f"{number}.png"
        cv2.imwrite(str(tmp_path / "pictures" / files[number]), frame.picture)
        for pose in frame.truth:
            one = found(pose, 480)
            rows.append(row(number, len(rows) + 1, one.points, one.confidence))
    out = tmp_path / "figures.json"
    words = [str(labels(rows, files, tmp_path)), str(tmp_path / "pictures"), "--json", str(out)]
    done = CliRunner().invoke(evaluate, words)
    assert done.exit_code == 0, done.output
    figures = json.loads(out.read_text())["blazepose"]
    assert (figures["pictures"], figures["people"], figures["matched"]) == (2, 4, 4)
    assert figures["PCK@0.2"] > 85
    (tmp_path / "pictures" / "1.png").unlink()
    failed = CliRunner().invoke(evaluate, words)
    assert isinstance(failed.exception, PosegamesError)
    assert "1 of the labelled pictures are not in" in str(failed.exception)
