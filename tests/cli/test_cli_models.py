from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from posegames.cli import root
from posegames.seeing.estimators.families import FAMILIES
from posegames.seeing.estimators.models import MODELS
from posegames.seeing.estimators.store import ModelStore


@pytest.fixture(autouse=True)
def empty_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty cache, and no network."""
    monkeypatch.setenv("POSEGAMES_CACHE", str(tmp_path))
    monkeypatch.setenv("POSEGAMES_OFFLINE", "1")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("POSEGAMES_MODELS", raising=False)
    return tmp_path / "models"


def run(*words: str) -> Result:
    return CliRunner().invoke(root, ["models", *words])


def test_the_list_tells_name_licence_size_state_and_origin(empty_store: Path) -> None:
    result = run("list")
    assert result.exit_code == 0
    line = next(line for line in result.output.splitlines() if line.startswith("pose_landmark_full"))
    assert line.split() == [
        "pose_landmark_full",
        "Apache-2.0",
        "6.4",
        "MB",
        "not",
        "fetched",
        "publisher",
        "or",
        "pip",
    ]
    assert len([line for line in result.output.splitlines() if line.startswith("pose_")]) == len(MODELS)
    assert str(empty_store) in result.output


def test_the_list_as_json(empty_store: Path) -> None:
    records = json.loads(run("list", "--json").stdout)
    assert [record["name"] for record in records] == [*MODELS, *FAMILIES]
    assert records[0]["state"] == "missing"
    assert records[0]["path"] == str(empty_store / "pose_detection.tflite")
    assert records[0]["from"] == ["publisher", "pip"]


def test_a_missing_model_fails_the_check_and_names_the_way_out(empty_store: Path) -> None:
    result = run("check")
    assert result.exit_code == 1
    assert "pose_detection: not fetched" in result.output
    assert "pose_landmark_lite" not in result.output
    assert "posegames models fetch pose_detection pose_landmark_full" in result.output


def test_a_damaged_model_fails_the_check_also_as_json(empty_store: Path) -> None:
    empty_store.mkdir()
    (empty_store / "pose_landmark_lite.tflite").write_bytes(b"cut off")
    result = run("check", "--json")
    assert result.exit_code == 1
    found = {record["name"]: record for record in json.loads(result.stdout)}
    assert found["pose_landmark_lite"]["state"] == "damaged"
    assert "sha256" in found["pose_landmark_lite"]["problem"]


def test_an_own_file_is_named_as_such_and_fails_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own"
    own.mkdir()
    for name in MODELS:
        (own / f"{name}.tflite").write_bytes(b"mine")
    monkeypatch.setenv("POSEGAMES_MODELS", str(own))
    result = run("check")
    assert result.exit_code == 0
    assert result.output.count("your own") == len(MODELS)
    assert "POSEGAMES_MODELS" in run("list").output


def test_offline_fetching_fails_in_sentences(empty_store: Path) -> None:
    result = run("fetch")
    assert result.exit_code == 1
    assert "POSEGAMES_OFFLINE forbids the network" in result.stderr
    assert not empty_store.exists()


@pytest.mark.parametrize("words", [["fetch", "pose_landmark_ful"], ["check", "pose_landmark_ful"]])
def test_an_unknown_name_is_wrong_use_with_the_nearest_spelling(words: list[str]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert "Did you mean 'pose_landmark_full'?" in result.stderr


@pytest.mark.parametrize("command", [[], ["list"], ["fetch"], ["check"]])
def test_every_help_has_an_example(command: list[str]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "Example" in result.output


@pytest.mark.model
def test_what_is_there_is_found_good_and_not_fetched_again(
    models: ModelStore, monkeypatch: pytest.MonkeyPatch, empty_store: Path
) -> None:
    empty_store.mkdir()
    for name in ("pose_detection", "pose_landmark_full"):
        (empty_store / f"{name}.tflite").write_bytes(models.path(name).read_bytes())
    assert run("check").exit_code == 0
    result = run("fetch")  # offline, as everywhere here
    assert result.exit_code == 0
    assert result.output.count(": good") == 2


def test_the_list_tells_what_the_user_brings_with_its_licence_and_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = run("list").output
    for family in FAMILIES.values():
        assert f"{family.name} ({family.what}). Licence: {family.licence}." in output
        assert f"{family.file}, from {family.origin}" in output
    brought = tmp_path / "yolov8n-pose.onnx"
    brought.write_bytes(b"weights")
    monkeypatch.setenv("POSEGAMES_MODELS", str(tmp_path))
    record = json.loads(run("list", "--json").stdout)[-1]
    assert (record["name"], record["state"], record["path"]) == ("yolo", "own", str(brought))
    assert str(brought) in run("list").output


@pytest.mark.parametrize("command", ["fetch", "check"])
def test_what_the_user_brings_is_neither_fetched_nor_checked(command: str) -> None:
    result = run(command, "pose_detection", "openpose")
    assert result.exit_code == 2
    assert "non-commercial research only" in result.stderr
