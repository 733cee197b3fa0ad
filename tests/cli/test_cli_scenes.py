"""`posegames scenes`, as it is typed, with plug-ins that are well and that are not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from posegames.scenes import SCENES

PLUGIN = """
class Stars:
    '''Catch [bold]stars[/bold].'''
"""


def listed(plugins: Path, *words: str) -> str:
    """Call the command in a process of its own: plug-ins, once looked for, are known for good."""
    command = [sys.executable, "-m", "posegames", "scenes", *words]
    environment = os.environ | {"PYTHONPATH": str(plugins), "COLUMNS": "200"}
    done = subprocess.run(command, env=environment, capture_output=True, check=True, text=True, timeout=60)
    return done.stdout


def install(plugins: Path) -> None:
    """Put a package there with two scenes, one of which is not there."""
    info = plugins / "starry-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: starry\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[posegames.scenes]\nstars = starry:Stars\nmoons = starry:Moons\n")
    (plugins / "starry.py").write_text(PLUGIN)


def test_every_scene_is_listed(tmp_path: Path) -> None:
    lines = listed(tmp_path).splitlines()
    for name, entry in SCENES.items():
        assert any(line.startswith(name) and entry.blurb in line for line in lines)


def test_plugins_are_listed_and_a_broken_one_says_why(tmp_path: Path) -> None:
    install(tmp_path)
    rows = {row["name"]: row for row in json.loads(listed(tmp_path, "--json"))}
    assert rows["mirror"]["broken"] == ""
    assert rows["stars"] == {"name": "stars", "title": "Stars", "blurb": "Catch [bold]stars[/bold].", "broken": ""}
    assert "AttributeError" in rows["moons"]["broken"]


def test_what_a_plugin_says_is_shown_as_it_is(tmp_path: Path) -> None:
    install(tmp_path)
    shown = listed(tmp_path)
    assert "Catch [bold]stars[/bold]." in shown
    assert "cannot be played: AttributeError" in shown
