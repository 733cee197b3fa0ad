from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import cv2
import pytest

from posegames.seeing._native import OPENCV_SETTINGS, child_environment


def python(script: str, **environment: str) -> list[str]:
    clean = {name: value for name, value in os.environ.items() if name not in OPENCV_SETTINGS}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=clean | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.split()


def test_opencv_is_told_before_it_is_imported() -> None:
    script = """
import os, sys
import posegames.seeing
print("cv2" in sys.modules, os.environ["OPENCV_IO_MAX_IMAGE_PIXELS"], os.environ["OPENCV_LOG_LEVEL"])
"""
    assert python(script, OPENCV_LOG_LEVEL="INFO") == ["False", "16777216", "INFO"]


def test_a_missing_camera_and_a_broken_picture_print_nothing() -> None:
    """By the way that every module of ours takes; `python` looks at stderr."""
    script = """
import numpy as np
from posegames.seeing.sources.camera import open_capture
import cv2
print(open_capture(63, cv2.CAP_ANY), cv2.imdecode(np.frombuffer(b"BM" + bytes(60), np.uint8), 1))
"""
    assert python(script) == ["None", "None"]


def test_other_programs_get_no_paths_of_opencv(monkeypatch: pytest.MonkeyPatch) -> None:
    home = Path(cv2.__file__).parent
    monkeypatch.setenv("LD_LIBRARY_PATH", os.pathsep.join([f"{home}/../../lib64", "/opt/mine", ""]))
    monkeypatch.setenv("QT_QPA_FONTDIR", f"{home}/qt/fonts")
    monkeypatch.setenv("QT_QPA_PLATFORM_PLUGIN_PATH", "/opt/qt")
    found = child_environment()
    assert found["LD_LIBRARY_PATH"] == "/opt/mine"
    assert "QT_QPA_FONTDIR" not in found
    assert found["QT_QPA_PLATFORM_PLUGIN_PATH"] == "/opt/qt"
    assert found["PATH"] == os.environ["PATH"]
