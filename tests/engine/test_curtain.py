"""The first picture of the window."""

from __future__ import annotations

import subprocess
import sys

from posegames.engine.curtain import raise_curtain
from posegames.settings import Settings
from posegames.testing import FakeClock


def test_the_curtain_is_a_stage_that_can_be_seen_at_once() -> None:
    clock = FakeClock()
    clock.sleep(3.0)
    with raise_curtain(Settings(headless=True), clock) as curtain:
        assert curtain.raised == clock.now()
        assert curtain.window.pixels()[:, :, :3].std() > 5


def test_it_needs_nothing_of_what_is_still_to_be_loaded() -> None:
    code = "import posegames.engine.curtain, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    parts = {name.split(".")[1] for name in loaded if name.startswith("posegames.")}
    assert "engine" in parts
    assert not parts & {"players", "gestures", "rules", "memory", "scenes", "app", "tools"}
