"""`posegames gestures test`, as it is typed."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import cv2
import pytest
from click.testing import CliRunner, Result

from posegames.cli import root
from posegames.seeing.estimators.store import ModelStore
from posegames.seeing.sighting import Sighting
from posegames.seeing.sources.tape import TapeHeader
from posegames.seeing.sources.tapewriter import TapeWriter
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import parse_play

RATE = 20
PLAY = """
seconds 6.5
actors 1
1.2  1  squat
4.0  1  hands up
"""


def called(*words: str | Path) -> Result:
    return CliRunner().invoke(root, ["gestures", "test", *map(str, words)])


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the tape of a squat and of raised hands; the labels ask for more: a squat, and a clip."""
    folder = tmp_path_factory.mktemp("clips")
    stage = Choreography(parse_play(PLAY), actors=1)
    header = TapeHeader(source="a.mp4", estimator="truth", rate=RATE, size=(1280, 720))
    with TapeWriter(folder / "a.tape.gz", header) as tape:
        for number in range(round(6.5 * RATE)):
            tape.write(Sighting(number / RATE, number, stage.at(number / RATE), 16 / 9))
    events = [
        {"type": "squat", "start": 1.2, "peak": 2.1, "end": 3.2},
        {"type": "hands_up", "start": 4.4, "end": 5.6},
        {"type": "squat", "start": 4.2, "peak": 4.8, "end": 5.4},
        {"type": "yawn", "start": 4.2, "end": 5.4},
    ]
    entry = {"video": {"seconds": 6.5}, "events": events, "never_happens": ["jump", "duck"]}
    content = {"clips": {"a.mp4": entry, "lost.mp4": {"events": []}}}
    (folder / "labels.json").write_text(json.dumps(content))
    return folder


def test_a_folder_of_clips_becomes_figures_tables_and_a_picture(clips: Path, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.json", "a.md", "a.png")]
    result = called(clips, "--json", files[0], "--report", files[1], "--picture", files[2])
    assert result.exit_code == 0, result.stderr
    made: dict[str, Any] = json.loads(files[0].read_text())
    squat = made["gestures"]["squat"]
    assert (squat["tp"], squat["fp"], squat["fn"], squat["precision"], squat["recall"]) == (1, 0, 1, 1.0, 0.5)
    assert 0 < squat["latency"]["median"] < 1.2
    assert made["gestures"]["hands_up"]["f1"] == 1.0
    assert made["gestures"]["duck"]["fp"] == 1  # there is one in every squat, whatever the labels say
    assert set(made["overall"]) == set(squat)
    assert made["clips"]["a.mp4"]["persons"]["all"]["wanted"] == {"duck": 0, "hands_up": 1, "squat": 2}
    assert made["clips"]["a.mp4"]["never"][0].startswith("duck at")
    assert made["counts"] == {"clips": 1, "exact": 0, "worst_off": 1}
    assert made["false_events_per_minute"] == pytest.approx(60 / 6.45, abs=0.01)
    assert list(made["broken"]) == ["lost.mp4"]
    assert made["ignored"] == ["yawn"]
    assert made["confusion"]["names"] == ["duck", "hands_up", "squat", "nothing"]
    page = files[1].read_text()
    assert "| hands_up | 1.00 | 1.00 | 1.00 |" in page
    assert "False in a.mp4: duck at" in page
    picture = cv2.imread(str(files[2]))
    assert picture is not None
    assert min(picture.shape[:2]) > 300
    assert "Passed over lost.mp4: " in result.stdout
    assert "not looked at again: 1 clips" in result.stdout
    again = called(clips, "--json", tmp_path / "again.json")
    assert again.exit_code == 0
    assert (tmp_path / "again.json").read_bytes() == files[0].read_bytes()


def test_it_can_be_a_check(clips: Path, tmp_path: Path) -> None:
    whole = tmp_path / "clips"
    shutil.copytree(clips, whole)
    content = json.loads((whole / "labels.json").read_text())
    del content["clips"]["lost.mp4"]
    (whole / "labels.json").write_text(json.dumps(content))
    assert called(whole, "--at-least", "0.3").exit_code == 0
    assert called(whole, "--at-least", "0.95").exit_code == 1
    assert called(clips, "--at-least", "0.3").exit_code == 1  # a clip is lost: that was not seen


def test_a_folder_in_which_nothing_can_be_looked_at_is_a_failure(clips: Path, tmp_path: Path) -> None:
    shutil.copy(clips / "labels.json", tmp_path)
    result = called(tmp_path)
    assert result.exit_code == 1
    assert "Nothing of" in result.stderr
    assert called(tmp_path, "--tapes", clips).exit_code == 0
    assert called(tmp_path, "--tapes", clips, "--estimator", "blazepose").exit_code == 1  # the tape will not do


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere"], "There is no folder 'nowhere'"),
        (["stage:gestures", "--matrix"], "The matrix is the stage's."),
        (["stage", "--json", "none/a.json"], "cannot be written"),
        (["stage", "--estimator", "magic"], "There is no estimator 'magic'"),
        (["stage", "--estimator-option", "nms_radius=3"], "'blazepose' has no options"),
        (["stage:nothing"], "There is no play 'nothing'"),
    ],
)
def test_wrong_use_is_told_before_the_work(words: list[str], said: str) -> None:
    result = called(*words)
    assert result.exit_code in (1, 2)
    assert said in result.stderr


def test_without_matplotlib_there_is_no_picture_and_no_work(
    clips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    result = called(clips, "--picture", tmp_path / "a.png")
    assert result.exit_code == 1
    assert "pip install 'posegames[evaluate]'" in result.stderr
    assert result.stdout == ""


@pytest.mark.model
@pytest.mark.footage
def test_real_people_are_counted(models: ModelStore, footage: Path, tmp_path: Path) -> None:
    """A clip of a second, as it comes."""
    name = "squat_1rep_02.mp4"
    content = json.loads((footage / "labels.json").read_text())
    (tmp_path / "labels.json").write_text(json.dumps({"clips": {name: content["clips"][name]}}))
    shutil.copy(footage / "clips" / name, tmp_path)
    result = called(tmp_path, "--model", models.folder, "--json", tmp_path / "a.json")
    assert result.exit_code == 0, result.stderr
    made = json.loads((tmp_path / "a.json").read_text())
    assert made["clips"][name]["persons"]["all"]["got"] == {"squat": 1}
    assert made["false_events_per_minute"] == 0
