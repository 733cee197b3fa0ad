from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pytest
from click.testing import CliRunner, Result

from posegames.cli import root
from posegames.seeing.sources import camera
from posegames.seeing.sources.capture import Capture


class Still:
    """A camera that shows a grey wedge, at the real one's place."""

    def read(self) -> tuple[bool, np.ndarray[tuple[int, ...], np.dtype[np.uint8]]]:
        wedge = np.arange(640, dtype=np.uint8)
        return True, np.broadcast_to(wedge[None, :, None], (480, 640, 3)).copy()

    def get(self, prop: int, /) -> float:
        return 30.0 if prop == cv2.CAP_PROP_FPS else 0.0

    def set(self, prop: int, value: float, /) -> bool:
        return False

    def release(self) -> None:
        pass


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """Give the numbers of the cameras that answer, to be filled."""
    numbers: set[int] = set()

    def open_capture(index: int, _backend: int) -> Capture | None:
        return Still() if index in numbers else None

    monkeypatch.setattr(camera, "list_cameras", partial(camera.list_cameras, open_capture=open_capture))
    return numbers


def run(*words: str) -> Result:
    return CliRunner().invoke(root, ["cameras", *words], env={"COLUMNS": "120"})


def test_no_camera_is_an_exit_code_and_a_helpful_sentence(answering: set[int]) -> None:
    result = run()
    assert result.exit_code == 1
    assert "No camera answers" in result.stderr
    assert "--source stage" in result.stderr
    as_json = run("--json")
    assert as_json.exit_code == 1
    assert json.loads(as_json.stdout) == []


def test_the_table_names_what_to_say_to_play(answering: set[int]) -> None:
    answering.update({0, 3})
    result = run()
    assert result.exit_code == 0
    rows = [line.split() for line in result.stdout.splitlines()[1:]]
    assert [row[0] for row in rows] == ["camera:0", "camera:3"]
    assert rows[0][1:5] == ["640", "x", "480", "30"]


def test_most_limits_what_is_tried(answering: set[int]) -> None:
    answering.update({0, 3})
    assert len(json.loads(run("--json", "--most", "2").stdout)) == 1
    assert run("--most", "0").exit_code == 2


def test_shots_are_small_pictures_of_what_they_see(answering: set[int], tmp_path: Path) -> None:
    answering.add(2)
    folder = tmp_path / "new" / "seen"
    records = json.loads(run("--json", "--shots", str(folder)).stdout)
    assert records[0]["source"] == "camera:2"
    assert (records[0]["width"], records[0]["height"], records[0]["rate"]) == (640, 480, 30)
    picture = cv2.imread(records[0]["shot"])
    assert picture is not None
    assert picture.shape == (240, 320, 3)
    assert picture.std() > 20


def test_a_folder_that_cannot_be_made_is_an_error_in_words(answering: set[int], tmp_path: Path) -> None:
    answering.add(0)
    (tmp_path / "file").touch()
    result = run("--shots", str(tmp_path / "file" / "seen"))
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert str(tmp_path) in result.stderr


def test_the_help_has_an_example() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert "posegames cameras --shots" in result.output
