"""The files that tracking writes: right to the column, and whole or not there."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from bodies import sighting, standing
from motions import Script, body, bump

from posegames.body.joints import Joint
from posegames.body.views import COCO_17
from posegames.errors import SourceError, UsageError
from posegames.players.roster import Roster
from posegames.seeing.sources.tape import read_tape
from posegames.tools.formats import FORMATS, EventsSink, Origin, format_of
from posegames.tools.looks import Look, who_is_who
from posegames.tools.sinks.coco import CocoSink
from posegames.tools.sinks.rows import CsvSink

VIDEO = Origin(source="squats.mp4", estimator="none", rate=30.0, size=(1280, 720))
ALBUM = Origin(source="photos", estimator="none", rate=1.0, size=(1280, 720), named=True)
TWO = (standing(0.5), standing(1.3))


def looks() -> list[Look]:
    return [
        Look(sighting(0.0, *TWO, number=0), ((1, TWO[0]), (2, TWO[1])), (1280, 720), "a.jpg"),
        Look(sighting(1 / 30, number=1), (), (1280, 720), "b.jpg"),
        Look(sighting(2 / 30, TWO[1], number=2), ((2, TWO[1]),), (640, 360), "c.jpg"),
    ]


def written(path: Path, origin: Origin) -> Path:
    with format_of(path)(path, origin) as sink:
        for look in looks():
            sink.put(look)
    return path


def broken_off(path: Path) -> None:
    with format_of(path)(path, VIDEO) as sink:
        sink.put(looks()[0])
        raise RuntimeError("mid-way")


def coco(path: Path, origin: Origin) -> dict[str, Any]:
    value = json.loads(written(path, origin).read_text())
    assert isinstance(value, dict)
    return value


def test_csv_has_a_row_a_player_and_frame(tmp_path: Path) -> None:
    rows = list(csv.DictReader(written(tmp_path / "a.csv", VIDEO).read_text().splitlines()))
    assert [(row["number"], row["time"], row["player"]) for row in rows] == [
        ("0", "0.0000", "1"),
        ("0", "0.0000", "2"),
        ("2", "0.0667", "2"),
    ]
    wanted = [f"{joint.name.lower()}_{part}" for joint in Joint for part in ("x", "y", "confidence")]
    assert list(rows[0]) == ["number", "time", "player", *wanted]
    assert float(rows[1]["left_wrist_x"]) == pytest.approx(float(TWO[1].xy[Joint.LEFT_WRIST, 0]), abs=1e-5)
    assert float(rows[1]["left_wrist_y"]) == pytest.approx(float(TWO[1].xy[Joint.LEFT_WRIST, 1]), abs=1e-5)
    assert float(rows[1]["left_wrist_confidence"]) == 1


def test_csv_of_pictures_names_them(tmp_path: Path) -> None:
    rows = list(csv.DictReader(written(tmp_path / "a.csv", ALBUM).read_text().splitlines()))
    assert [row["file"] for row in rows] == ["a.jpg", "a.jpg", "c.jpg"]


def test_coco_is_in_pixels_of_each_frame(tmp_path: Path) -> None:
    value = coco(tmp_path / "a.json", VIDEO)
    assert value["images"] == [
        {"id": 0, "frame": 0, "time": 0.0, "width": 1280, "height": 720},
        {"id": 1, "frame": 1, "time": 0.0333, "width": 1280, "height": 720},
        {"id": 2, "frame": 2, "time": 0.0667, "width": 640, "height": 360},
    ]
    found = value["annotations"]
    assert [(a["image_id"], a["track_id"], a["category_id"]) for a in found] == [(0, 1, 1), (0, 2, 1), (2, 2, 1)]
    wrist = COCO_17.points.index("left_wrist")
    for annotation, pose, height in zip(found, (*TWO, TWO[1]), (720, 720, 360), strict=True):
        assert len(annotation["keypoints"]) == 51
        x, y = pose.xy[Joint.LEFT_WRIST] * height
        assert annotation["keypoints"][3 * wrist : 3 * wrist + 3] == pytest.approx([x, y, 1], abs=0.01)
        assert annotation["score"] == 1
    assert value["categories"][0]["keypoints"] == list(COCO_17.points)


def test_coco_of_pictures_names_them(tmp_path: Path) -> None:
    images = coco(tmp_path / "a.json", ALBUM)["images"]
    assert [image["file_name"] for image in images] == ["a.jpg", "b.jpg", "c.jpg"]


@pytest.mark.parametrize("ending", [".csv", ".json", ".tape", ".tape.gz"])
def test_nobody_anywhere_is_a_whole_file_too(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a{ending}"
    with format_of(path)(path, VIDEO):
        pass
    if ending == ".json":
        value = json.loads(path.read_text())
        assert (value["images"], value["annotations"]) == ([], [])
    elif ending == ".csv":
        assert len(path.read_text().splitlines()) == 1
    else:
        assert list(read_tape(path)) == []


def test_coco_without_a_size_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    sizeless = Look(sighting(0.0, *TWO), ((1, TWO[0]),), (0, 0))
    with pytest.raises(SourceError, match="how large"), CocoSink(path, VIDEO) as sink:
        sink.put(sizeless)
    assert list(tmp_path.iterdir()) == []


def test_a_tape_holds_the_sightings(tmp_path: Path) -> None:
    tape = read_tape(written(tmp_path / "a.tape", VIDEO))
    assert [len(s.poses) for s in tape] == [2, 0, 1]
    assert (tape.header.source, tape.header.rate, tape.header.size) == ("squats.mp4", 30.0, (1280, 720))


@pytest.mark.parametrize("ending", [".csv", ".json"])
def test_a_failure_leaves_what_was_there(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a{ending}"
    path.write_text("before")
    with pytest.raises(RuntimeError, match="mid-way"):
        broken_off(path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("ending", [".csv", ".json", ".tape", ".tape.gz"])
def test_while_it_is_written_the_name_is_not_taken(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a{ending}"
    with format_of(path)(path, VIDEO):
        assert not path.exists()
    assert list(tmp_path.iterdir()) == [path]


def test_an_ending_without_meaning_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.csv") as caught:
        format_of(tmp_path / "a.xlsx")
    assert all(ending in str(caught.value) for ending in FORMATS)


@pytest.mark.parametrize("name", ["a.CSV", "b.Json"])
def test_endings_are_known_in_capitals_too(tmp_path: Path, name: str) -> None:
    assert format_of(tmp_path / name) in (CsvSink, CocoSink)


def test_no_file_can_be_written_there(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "file").touch()
    for path in (tmp_path / "folder.csv", tmp_path / "no" / "a.csv", tmp_path / "file" / "a.csv"):
        with pytest.raises(UsageError):
            format_of(path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "folder.csv"]


def told(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def acted(script: Script, seconds: float, *, start: float = 0.0) -> list[Look]:
    """Return the looks at somebody who does what a script says; the source's clock begins at `start`."""
    seen = [(number, script(number / 30)) for number in range(round(seconds * 30))]
    sightings = [sighting(start + n / 30, *([pose] if pose else []), number=n) for n, pose in seen]
    return list(who_is_who(((one, (1280, 720)) for one in sightings), Roster()))


def test_events_are_lines_of_time_player_gesture_phase_and_value(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with EventsSink(path, VIDEO) as sink:
        for look in acted(
            lambda t: None if t > 3 else body(drop=0.7 * bump(t, 0.5, 1.4), side=0.8 * (t > 2.5)), 9, start=100.0
        ):
            sink.put(look)
    lines = told(path)
    assert all(list(line) == ["t", "player", "gesture", "phase", "value"] for line in lines)
    assert lines[0] == {"t": 0.0, "player": 1, "gesture": "player_joined", "phase": "pulse", "value": 1.0}
    kinds = [(line["gesture"], line["phase"]) for line in lines if line["phase"] != "value"]
    assert kinds == [
        *[("player_joined", "pulse"), ("duck", "on"), ("duck", "off"), ("squat", "pulse"), ("step_right", "on")],
        *[("step_right", "off"), ("player_left", "pulse")],
    ]
    assert 1.5 < next(line["t"] for line in lines if line["gesture"] == "squat") < 2.2
    assert lines[-1]["t"] == pytest.approx(8.0, abs=0.1)
    assert [line["t"] for line in lines] == sorted(line["t"] for line in lines)
    assert all(round(line["t"], 3) == line["t"] for line in lines)
    steps = [line["value"] for line in lines if line["phase"] == "value"]
    assert max(steps) == 1
    assert steps[-1] == 0


def test_events_of_pictures_are_what_is_held_in_each(tmp_path: Path) -> None:
    """Pictures have no time: each stands for a second in which nobody moves."""
    up = {"left_elbow": (0.5, -1.3), "left_wrist": (0.5, -1.8)}
    pictures = [(standing(),), (standing(0.5, moved=up), standing(1.3)), (standing(1.3, moved=up),)]
    path = tmp_path / "a.jsonl"
    with EventsSink(path, ALBUM) as sink:
        for number, poses in enumerate(pictures):
            one = sighting(float(number), *poses, number=number)
            sink.put(Look(one, tuple(enumerate(poses, start=1)), (1280, 720), f"{number}.jpg"))
    assert [(line["t"], line["player"], line["gesture"], line["phase"]) for line in told(path)] == [
        *[(1.0, 1, "hand_up_left", "on"), (2.0, 1, "hand_up_left", "off")],
        *[(2.0, 1, "hand_up_left", "on"), (3.0, 1, "hand_up_left", "off")],
    ]


def test_events_are_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("before")

    def broken() -> None:
        with EventsSink(path, VIDEO) as sink:
            sink.put(looks()[0])
            raise RuntimeError("mid-way")

    with pytest.raises(RuntimeError, match="mid-way"):
        broken()
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_nobody_does_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with EventsSink(path, VIDEO):
        pass
    assert path.read_text() == ""
