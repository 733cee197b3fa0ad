"""The walk in a real window on a virtual screen: by real keys, and by a real mouse."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from monitored import Monitor, free_port

from posegames.memory.memory import Memory

pytest.importorskip("prometheus_client")
pytestmark = [pytest.mark.window, pytest.mark.model, pytest.mark.usefixtures("models")]

PATIENCE = 300.0
FIELD = """format = 1
scene = "tag"
title = "Field"
about = "Soon over."
seconds = 15
"""
HERE = "seconds 5\nactors 1\nloop\n0.5 1 raise right seconds=1.6\n"
"""Somebody who joins whenever they are asked, and does nothing else."""


class Walker:
    """Presses keys and the mouse, and asks the program's own figures which screen is on."""

    def __init__(self, screen: str, port: int, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._environment = os.environ | {"DISPLAY": screen}
        self._monitor = Monitor(port)

    def press(self, *keys: str) -> None:
        # Without a window manager keys go to the window under the pointer.
        self._do("key", "--delay", "80", *keys)

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Click at a place of the logical screen, wherever and however large the window is."""
        under = self._told("mousemove", "640", "360", "getmouselocation", "--shell")["WINDOW"]
        window = self._told("getwindowgeometry", "--shell", under)
        left, top, width = (int(window[name]) for name in ("X", "Y", "WIDTH"))
        place = (round(left + x * width / 1280), round(top + y * width / 1280))
        self._do("mousemove", *map(str, place), "click", str(button))

    def until(self, scene: str) -> None:
        """Wait for a screen."""
        end = time.monotonic() + PATIENCE
        while (now := self._monitor.scene()) != scene:
            assert self._process.poll() is None, "it has ended"
            assert time.monotonic() < end, f"waited in vain for {scene}: {now} is on"
            time.sleep(0.1)

    def joined(self) -> None:
        """Wait until somebody plays."""
        end = time.monotonic() + PATIENCE
        while not self._monitor.number("posegames_players"):
            assert self._process.poll() is None, "it has ended"
            assert time.monotonic() < end, "nobody has joined"
            time.sleep(0.1)

    def ended(self) -> None:
        """Wait for the end of the program."""
        assert self._process.wait(PATIENCE) == 0

    def _told(self, *words: str) -> dict[str, str]:
        return dict(line.split("=") for line in self._do(*words).split())

    def _do(self, *words: str) -> str:
        command = ["xdotool", *words]
        done = subprocess.run(
            command, env=self._environment, check=True, timeout=PATIENCE, capture_output=True, text=True
        )
        return done.stdout


@contextmanager
def playing(screen: str, folder: Path) -> Iterator[Walker]:
    """Play from the menu in a window of its own, with nothing remembered."""
    (folder / "here.play").write_text(HERE)
    level = folder / "levels" / "tag" / "01_meadow.toml"  # in the place of the first one that ships
    level.parent.mkdir(parents=True)
    level.write_text(FIELD)
    with Memory(folder / "own" / "posegames.db") as memory:
        memory.keep("preferences", {"dwell": 2.0})  # longer than a raised hand passes over anything
    port = free_port()
    environment = {"DISPLAY": screen, "SDL_VIDEODRIVER": "x11", "SDL_AUDIODRIVER": "dummy",
                   "SDL_VIDEO_WINDOW_POS": "0,0", "POSEGAMES_OWN": str(folder / "own")}  # fmt: skip
    words = ["--source", "stage:here.play?size=320x240&rate=15", "--levels", "levels", "--metrics", str(port)]
    with subprocess.Popen(
        [sys.executable, "-m", "posegames", "play", *words], cwd=folder, env=os.environ | environment
    ) as process:
        try:
            yield Walker(screen, port, process)
        finally:
            process.kill()


def names(folder: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "posegames", "scores", "tag", "--json"],
        env=os.environ | {"POSEGAMES_OWN": str(folder / "own")},
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    return [score["name"] for score in json.loads(done.stdout)]


def test_by_keys_and_again_by_mouse(screen: str, tmp_path: Path) -> None:
    """All the way by keys; then by mouse as far as the pause, for a round takes its time."""
    with playing(screen, tmp_path) as walker:
        walker.until("lobby")  # somebody is seen
        walker.joined()
        walker.press("Return")
        walker.until("menu")
        walker.press("Right", "Right", "Right", "Return")
        walker.until("levels")
        walker.press("Right", "Return")
        walker.until("tutorial")
        walker.press("space")
        walker.until("tag")
        walker.press("Escape")
        walker.until("pause")
        walker.press("Return")
        walker.until("tag")
        walker.until("results")
        time.sleep(1)
        walker.press("Right", "Right", "Right", "Right", "Return")
        walker.until("naming")
        walker.press("a", "n", "n", "a", "Return")
        walker.until("results")
        walker.press("Escape")
        walker.until("menu")
        walker.click(1050, 280)
        walker.until("levels")
        walker.click(240, 200)
        walker.until("tag")  # they know by now how it is played
        walker.click(640, 360, button=3)
        walker.until("pause")
        walker.click(970, 330)
        walker.until("menu")
        walker.click(1175, 650)  # quit
        walker.ended()
    assert names(tmp_path) == ["Anna"]
