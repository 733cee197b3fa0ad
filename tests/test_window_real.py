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
from monitored import Monitor, free_port

pytest.importorskip("prometheus_client")
pytestmark = [
    pytest.mark.window,
    pytest.mark.model,
    pytest.mark.usefixtures("models"),
]

PATIENCE = 300.0


def wait_for(done: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


class Played:
    """`posegames play` in a window of its own."""

    def __init__(self, screen: str, folder: Path, players: int) -> None:
        """Play in `folder` until so many have joined."""
        port = free_port()
        self.folder, self._players, self._monitor = folder, players, Monitor(port)
        self._environment = os.environ | {"DISPLAY": screen, "SDL_VIDEODRIVER": "x11", "SDL_AUDIODRIVER": "dummy"}
        words = ["mirror", "--source", "stage:dance?size=480x360&rate=15", "--stats", "s.json"]
        words += ["--metrics", str(port)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "posegames", "play", *words],
            cwd=folder,
            env=self._environment,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        wait_for(lambda: self._has_ended() or self._monitor.number("posegames_players") >= self._players)
        assert not self._has_ended(), self.process.communicate()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.communicate()

    def _has_ended(self) -> bool:
        return self.process.poll() is not None

    def press(self, *keys: str) -> None:
        # Without a window manager keys go to the window under the pointer.
        command = ["xdotool", "mousemove", "640", "360", "key", "--delay", "60", *keys]
        subprocess.run(command, env=self._environment, check=True, timeout=PATIENCE)

    def leave(self) -> tuple[int, str]:
        """Press Esc; return the exit code and what was said, were it that somebody had to be left behind."""
        self.press("Escape")
        _, said = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said


def test_keys_are_heard_and_esc_leaves_while_tracking_runs(screen: str, tmp_path: Path) -> None:
    with Played(screen, tmp_path, 2) as played:
        played.press("h", "h", "s", "F11", "F11")
        code, said = played.leave()
    assert (code, said) == (0, "")
    stats = json.loads((tmp_path / "s.json").read_text())
    assert stats["players"]["joined"] >= 2
    assert stats["tracking"]["sightings"] > 0
