"""The doctor: right about this machine, and about machines broken on purpose."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from posegames.resources import CACHE_VARIABLE
from posegames.tools.doctor import Finding, State, _folders, _models, examine, healthy

Break = Callable[[Path], None]


def looked_over(site: Path, last: str) -> dict[str, Finding]:
    """Examine this machine up to the finding `last`, with the folder `site` before everything else on the path."""
    code = (
        "import json, dataclasses\n"
        "from posegames.tools.doctor import examine\n"
        "found = []\n"
        "for finding in examine():\n"
        "    found.append(dataclasses.asdict(finding))\n"
        f"    if finding.name == {last!r}: break\n"
        "print(json.dumps(found))"
    )
    environment = os.environ | {"PYTHONPATH": str(site)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, check=True, text=True
    )

    return {row["name"]: Finding(**row) for row in json.loads(done.stdout)}


def distribution(site: Path, name: str, version: str) -> None:
    info = site / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")


def package(site: Path, name: str, code: str) -> None:
    (site / name).mkdir()
    (site / name / "__init__.py").write_text(code)


def test_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    findings = {finding.name: finding for finding in examine()}
    assert findings["python"].state == "ok"
    assert findings["pygame"].state == "ok"
    assert findings["opencv"].detail.endswith(metadata.version("opencv-contrib-python"))
    assert findings["ai-edge-litert"].detail == metadata.version("ai-edge-litert")
    assert str(tmp_path / "cache") in findings["cache"].detail
    assert "cameras" not in findings
    # An empty cache is no fault: the first run fills it.
    assert findings["pose_detection"].state == "warn"
    assert "posegames models fetch" in findings["pose_detection"].advice
    assert findings["pose_landmark_lite"].state == "ok"  # playing does without
    assert "not needed" in findings["pose_landmark_lite"].detail
    assert healthy(list(findings.values()))
    assert list((tmp_path / "cache").iterdir()) == []


def test_broken_libraries_are_named_with_their_mending(tmp_path: Path) -> None:
    distribution(tmp_path, "opencv-python", "4.12.0.88")
    distribution(tmp_path, "pygame-ce", "2.5.8")
    package(tmp_path, "ai_edge_litert", "import os; os.kill(os.getpid(), 11)")
    package(tmp_path, "mediapipe", "raise ImportError('libEGL.so.1: cannot open shared object file')")
    findings = looked_over(tmp_path, "mediapipe")
    assert findings["opencv"].state == "bad"
    assert "opencv-python 4.12.0.88" in findings["opencv"].detail
    assert "pip uninstall -y opencv-contrib-python opencv-python" in findings["opencv"].advice
    assert findings["pygame"].state == "bad"
    assert "pip uninstall -y pygame pygame-ce" in findings["pygame"].advice
    assert findings["ai-edge-litert"].state == "bad"
    assert "signal 11" in findings["ai-edge-litert"].detail
    assert findings["mediapipe"].state == "warn"
    assert "libEGL" in findings["mediapipe"].detail
    assert not healthy(list(findings.values()))


@pytest.mark.parametrize(
    ("code", "found", "advice"),
    [
        ("", "half of it was removed", "--force-reinstall --no-deps opencv-contrib-python"),
        ("raise ImportError('libGL.so.1: cannot open shared object file')", "libGL", "apt install libgl1"),
        ("raise AttributeError('partially initialized module')", "partially", "--force-reinstall"),
    ],
)
def test_half_an_opencv(tmp_path: Path, code: str, found: str, advice: str) -> None:
    package(tmp_path, "cv2", code)
    opencv = looked_over(tmp_path, "opencv")["opencv"]
    assert opencv.state == "bad"
    assert found in opencv.detail
    assert advice in opencv.advice


def test_a_cache_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "file" / "cache"))
    cache = next(finding for finding in _folders() if finding.name == "cache")
    assert cache.state == "bad"
    assert CACHE_VARIABLE in cache.advice


@pytest.mark.parametrize(("name", "state"), [("pose_detection", "bad"), ("pose_landmark_lite", "warn")])
def test_a_damaged_model_is_bad_if_playing_needs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, state: State
) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / f"{name}.tflite").write_bytes(b"half a model")
    model = next(finding for finding in _models() if finding.name == name)
    assert model.state == state
    assert model.advice == f"posegames models fetch {name}"


@pytest.mark.parametrize(("states", "well"), [((), True), (("ok", "warn"), True), (("ok", "bad"), False)])
def test_only_bad_is_unhealthy(states: tuple[State, ...], *, well: bool) -> None:
    assert healthy([Finding("a", state, "") for state in states]) == well
