"""`posegames track`, as it is typed."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from bodies import sighting, standing
from click.testing import CliRunner, Result

from posegames.cli import root
from posegames.seeing.estimators.store import ModelStore
from posegames.seeing.sources.tape import TapeHeader, read_tape
from posegames.seeing.sources.tapewriter import TapeWriter


def called(*words: str | Path) -> Result:
    return CliRunner().invoke(root, ["track", *map(str, words)])


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    """A second of two people."""
    path = tmp_path / "two.tape"
    with TapeWriter(
        path, TapeHeader(source="two.mp4", estimator="made up", rate=30.0, size=(1280, 720))
    ) as writer:
        for number in range(30):
            writer.write(sighting(number / 30, standing(0.5), standing(1.2), number=number))
    return path


def test_a_tape_becomes_a_table(tape: Path, tmp_path: Path) -> None:
    result = called(tape, "--out", tmp_path / "two.csv")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Frames: 30, players: 2, poses: 60" in result.stderr
    assert len(list(csv.DictReader((tmp_path / "two.csv").read_text().splitlines()))) == 60


def test_a_tape_becomes_events(tape: Path, tmp_path: Path) -> None:
    """With poses or without; the names are DESIGN's: two people join at once."""
    result = called(tape, "--events", tmp_path / "two.jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "two.jsonl. Frames: 30, players: 2" in result.stderr
    lines = [json.loads(line) for line in (tmp_path / "two.jsonl").read_text().splitlines()]
    joined = {"t": 0.0, "gesture": "player_joined", "phase": "pulse", "value": 1.0}
    assert lines == [{**joined, "player": 1}, {**joined, "player": 2}]
    result = called(tape, "--events", tmp_path / "again.jsonl", "--out", tmp_path / "two.csv")
    assert "two.csv and " in result.stderr
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()
    assert len((tmp_path / "two.csv").read_text().splitlines()) == 61


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "nothing to write"),
        (["--events", "no/where/two.jsonl"], "cannot be written"),
        (["--events", "two.csv", "--out", "./two.csv"], "cannot hold two things"),
        (["--events", "one", "--reps", "one"], "cannot hold two things"),
        (["--reps", "no/where/two.csv"], "cannot be written"),
    ],
)
def test_wrong_use_of_several_files(
    tape: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = called(tape, *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["two.tape"]


def test_a_part_of_a_tape_and_of_its_people(tape: Path, tmp_path: Path) -> None:
    result = called(tape, "--out", tmp_path / "two.json", "--seconds", "0.5", "--players", "1")
    assert result.exit_code == 0
    value = json.loads((tmp_path / "two.json").read_text())
    assert len(value["images"]) == len(value["annotations"]) == 15


def test_a_tape_of_a_tape(tape: Path, tmp_path: Path) -> None:
    assert called(tape, "--out", tmp_path / "again.tape.gz").exit_code == 0
    again = read_tape(tmp_path / "again.tape.gz")
    assert (again.header.source, again.header.estimator) == ("two.mp4", "made up")
    assert [s.time for s in again] == [s.time for s in read_tape(tape)]


def test_a_chain_of_steps(tape: Path, tmp_path: Path) -> None:
    """The one that is usual changes nothing; another does, and a tape keeps what was seen."""
    chains = {"usual": [], "named": ["--post", "clean,identity,smooth"], "bare": ["--post", "none"]}
    for name, words in chains.items():
        for ending in ("csv", "tape"):
            assert called(tape, "--out", tmp_path / f"{name}.{ending}", *words).exit_code == 0
    tables = {name: (tmp_path / f"{name}.csv").read_bytes() for name in chains}
    assert tables["usual"] == tables["named"] != tables["bare"]
    assert len({(tmp_path / f"{name}.tape").read_bytes() for name in chains}) == 1
    result = called(tape, "--out", tmp_path / "no.csv", "--post", "clear")
    assert result.exit_code == 2
    assert "clean" in result.stderr


def test_a_tape_that_breaks_off_says_so(tape: Path, tmp_path: Path) -> None:
    tape.write_bytes(tape.read_bytes()[:-20])
    result = called(tape, "--out", tmp_path / "two.csv")
    assert result.exit_code == 0
    assert "breaks off" in result.stderr


def test_a_damaged_tape_leaves_no_table(tape: Path, tmp_path: Path) -> None:
    lines = tape.read_text().splitlines(keepends=True)
    tape.write_text("".join([*lines[:10], "rubbish\n", *lines[10:]]))
    result = called(tape, "--out", tmp_path / "two.csv", "--events", tmp_path / "two.jsonl")
    assert result.exit_code == 1
    assert "line 11" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["two.tape"]


@pytest.mark.parametrize(
    ("out", "options", "said"),
    [
        ("two.xlsx", [], "End its name in"),
        ("two", [], "no picture and no folder"),
        ("no/where/two.csv", [], "cannot be written"),
        ("two.csv", ["--estimator", "blazepose"], "is a tape"),
        ("two.csv", ["--model", "mine.tflite"], "is a tape"),
        ("two.csv", ["--players", "7"], "1<=x<=6"),
        *(("two.csv", ["--seconds", seconds], "above zero") for seconds in ("0", "-1", "nan", "inf", "long")),
    ],
)
def test_wrong_use(tape: Path, tmp_path: Path, out: str, options: list[str], said: str) -> None:
    result = called(tape, "--out", tmp_path / out, *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["two.tape"]


def test_an_unknown_estimator_and_a_missing_source(tmp_path: Path) -> None:
    result = called(tmp_path / "no.mp4", "--out", tmp_path / "a.csv", "--estimator", "blazepos")
    assert result.exit_code == 2
    assert "Did you mean 'blazepose'?" in result.stderr
    result = called(tmp_path / "no.mp4", "--out", tmp_path / "a.csv")
    assert result.exit_code == 1
    assert "no.mp4" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.model
def test_a_folder_of_pictures(models: ModelStore, tmp_path: Path) -> None:
    album = tmp_path / "album"
    album.mkdir()
    for name in ("10.png", "2.png"):
        cv2.imwrite(str(album / name), np.full((90, 160, 3), 90, dtype=np.uint8))
    (album / "3.png").write_bytes(b"no picture")
    result = called(album, "--out", tmp_path / "album.json", "--model", models.folder)
    assert result.exit_code == 0, result.stderr
    value = json.loads((tmp_path / "album.json").read_text())
    assert [image["file_name"] for image in value["images"]] == ["2.png", "10.png"]
    assert {(image["width"], image["height"]) for image in value["images"]} == {(160, 90)}
    assert value["annotations"] == []
    assert "3.png" in result.stderr


@pytest.mark.model
def test_the_stage_is_tracked_from_its_first_frame_on(models: ModelStore, tmp_path: Path) -> None:
    """Two actors, everybody in every frame, where they really are."""
    result = called(
        "stage:still?actors=2&size=640x360",
        "--seconds",
        "1",
        "--out",
        tmp_path / "two.json",
        "--model",
        models.folder,
    )
    assert result.exit_code == 0, result.stderr
    value = json.loads((tmp_path / "two.json").read_text())
    assert [image["id"] for image in value["images"]] == list(range(30))
    assert [(a["image_id"], a["track_id"]) for a in value["annotations"]] == [
        (n, k) for n in range(30) for k in (1, 2)
    ]
    for annotation in value["annotations"]:
        xs, ys = annotation["keypoints"][::3], annotation["keypoints"][1::3]
        # Slot 1 is on the left of the mirrored screen, and so on the right of the picture.
        assert (min(xs) > 320) == (annotation["track_id"] == 1)
        assert 0 < min(ys) < max(ys) < 360


@pytest.mark.model
@pytest.mark.footage
def test_a_real_video(models: ModelStore, footage: Path, tmp_path: Path) -> None:
    """People enter one after another; the same video gives the same bytes."""
    video = footage / "clips" / "enter_leave_01a.mp4"
    for name in ("a.csv", "b.csv"):
        result = called(video, "--out", tmp_path / name, "--seconds", "9", "--model", models.folder)
        assert result.exit_code == 0, result.stderr
    rows = list(csv.DictReader((tmp_path / "a.csv").read_text().splitlines()))
    assert len(rows) > 15
    assert {row["player"] for row in rows} == {"1"}
    assert min(float(row["time"]) for row in rows) > 5.5  # the room is empty before
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
