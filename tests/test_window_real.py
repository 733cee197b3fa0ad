"""A real window on a virtual screen, driven by real key presses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

pytestmark = [
    pytest.mark.window,
    pytest.mark.model,
    pytest.mark.usefixtures("models"),
]

PATIENCE = 60.0


def wait_for(done: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


class Played:
    """`posegames play` in a window of its own."""

    def __init__(self, screen: str, folder: Path) -> None:
        self.folder = folder
        self._environment = os.environ | {"DISPLAY": screen, "SDL_VIDEODRIVER": "x11", "SDL_AUDIODRIVER": "dummy"}
        words = ["mirror", "--source", "stage:dance?size=640x480", "--shots", "shots", "--stats", "s.json"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "posegames", "play", *words],
            cwd=folder,
            env=self._environment,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        wait_for((self.folder / "shots" / "shot-004.png").exists)  # it plays
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.communicate()

    def press(self, *keys: str) -> None:
        # Without a window manager keys go to the window under the pointer.
        command = ["xdotool", "mousemove", "640", "360", "key", "--delay", "60", *keys]
        subprocess.run(command, env=self._environment, check=True, timeout=PATIENCE)

    def leave(self) -> tuple[int, str, float]:
        """Press Esc; return the exit code, what was said, and how many seconds leaving took."""
        began = time.monotonic()
        self.press("Escape")
        _, said = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said, time.monotonic() - began


def test_keys_are_heard_and_esc_leaves_while_tracking_runs(screen: str, tmp_path: Path) -> None:
    with Played(screen, tmp_path) as played:
        played.press("h", "h", "s", "F11", "F11")
        code, said, seconds = played.leave()
    assert (code, said) == (0, "")
    assert seconds < 4  # measured 0.3 s; the joins' own deadline is 2 s
    stats = json.loads((tmp_path / "s.json").read_text())
    assert stats["players"]["joined"] >= 2
    assert stats["tracking"]["sightings"] > 0
