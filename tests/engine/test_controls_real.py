"""Settings in a real window on a virtual screen, set with real keys and a real mouse."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from posegames.preferences import Preferences

pytestmark = pytest.mark.window

SHOW = """
import json
import pygame
from posegames.engine.backstage import Backstage
from posegames.engine.clock import steps
from posegames.engine.people import People
from posegames.engine.sound import Speaker
from posegames.engine.stack import SceneStack
from posegames.engine.window import open_window
from posegames.memory.memory import Memory
from posegames.scenes.options.scene import Options
from posegames.seeing.status import FeedStatus
from posegames.settings import Settings
from posegames.timing import SystemClock

with open_window(Settings()) as window, Memory() as memory:
    stage, people, stack = Backstage(window.canvas, Speaker(wanted=False), memory), People(), SceneStack(Options())
    for step in steps(SystemClock(), hz=60):
        world = people.world(step.now, FeedStatus(), **stage.services())
        stack.handle(window.events(), world)
        stack.update(world, step.dt)
        if stack.empty:
            break
        stack.draw(window.canvas, world)
        window.show()
        if step.now and memory.recall("said") is None:
            memory.keep("said", True)
            print(*pygame.display.get_window_size(), flush=True)
print(json.dumps(stage.preferences.as_data()))
"""
"""What the program does with a scene, without eyes."""


def test_keys_and_mouse_set_what_they_should(screen: str) -> None:
    environment = os.environ | {
        "DISPLAY": screen,
        "SDL_VIDEODRIVER": "x11",
        "SDL_VIDEO_WINDOW_POS": "0,0",  # so that places in the window are places on the screen
        "PYGAME_HIDE_SUPPORT_PROMPT": "1",
    }
    with subprocess.Popen(
        [sys.executable, "-c", SHOW], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as shown:
        try:
            assert shown.stdout
            wide, high = map(int, shown.stdout.readline().split())
            assert wide / high == pytest.approx(16 / 9, abs=0.01)

            def do(*words: str) -> None:
                subprocess.run(["xdotool", *words], env=environment, check=True, timeout=60)

            def at(x: int, y: int, *then: str) -> None:
                do("mousemove", str(round(x * wide / 1280)), str(round(y * high / 720)), *then)

            at(685, 160, "sleep", "0.2", "key", "--delay", "60", "Tab", "Right", "Down", "Down", "Return")
            at(500, 520, "click", "5", "sleep", "0.1")  # the wheel, to the page of sound
            at(508, 184, "mousedown", "1")
            at(250, 300, "sleep", "0.1")
            at(288, 400, "mouseup", "1", "sleep", "0.1")
            at(685, 280, "click", "1", "sleep", "0.1")
            do("key", "--delay", "60", "Next", "Prior", "Escape")
            said, wrong = shown.communicate(timeout=60)
        finally:
            shown.kill()
    assert wrong == ""
    expected = Preferences(figure="lines", still=True, effects=0.2, music=0.6)
    assert Preferences.of(json.loads(said)) == expected
