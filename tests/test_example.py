"""The example of docs/building.md: a package of its own, found by its entry point, played like any other scene."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest

from posegames.body.pose import Pose
from posegames.engine.scene import Setup
from posegames.events import KeyPressed
from posegames.scenes import GROUP
from posegames.testing import At, ScriptedFeed, Shot, body, play

DOCS = Path(__file__).resolve().parents[1] / "docs"
EXAMPLE = DOCS / "balloons"


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Give a folder with the example as pip would leave it: the module, and what its package says of itself."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = tmp_path / f"{project['name']}-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    )
    points = "\n".join(f"{name} = {place}" for name, place in project["entry-points"][GROUP].items())
    (info / "entry_points.txt").write_text(f"[{GROUP}]\n{points}\n")
    (tmp_path / "balloons.py").write_bytes((EXAMPLE / "balloons.py").read_bytes())
    return tmp_path


def test_the_page_shows_the_example_as_it_is() -> None:
    page = (DOCS / "building.md").read_text(encoding="utf-8")
    for file, language in (("balloons.py", "python"), ("pyproject.toml", "toml")):
        assert f"```{language}\n{(EXAMPLE / file).read_text(encoding='utf-8')}```" in page


def test_hands_pop_balloons(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(installed)
    (point,) = (point for found in distributions(path=[str(installed)]) for point in found.entry_points)
    assert (point.group, point.name) == (GROUP, "balloons")
    scene = point.load()(Setup(seed=1))

    def waving(time: float) -> list[Pose]:
        across = 0.5 * ((time % 2) - 1)
        return [body(moved={"left_index": (across, 0.6), "right_index": (-across, 0.4)})]

    played = play(scene, [Shot(12.0, "end")], feed=ScriptedFeed(waving))
    assert scene.popped == sum(cue.sound == "success" for cue in played.cues)
    assert scene.popped >= 3
    assert played.pictures["end"].std() > 10
    left = play(scene, [At(0.1, KeyPressed("escape")), Shot(1.0, "never")])
    assert left.stack.empty


def test_what_the_page_tests_holds(installed: Path) -> None:
    page = (DOCS / "building.md").read_text(encoding="utf-8")
    (code,) = (block for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL) if "played = play(" in block)
    environment = os.environ | {"PYTHONPATH": str(installed)}
    subprocess.run([sys.executable, "-W", "error", "-c", code], env=environment, check=True, timeout=300)


@pytest.mark.model
@pytest.mark.usefixtures("models")
def test_it_is_listed_and_played_by_its_name(installed: Path) -> None:
    def run(*words: str) -> str:
        environment = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY"}}
        done = subprocess.run(
            [sys.executable, "-m", "posegames", *words],
            cwd=installed,
            env=environment | {"PYTHONPATH": str(installed), "SDL_AUDIODRIVER": "dummy"},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    listed = {row["name"]: row for row in json.loads(run("scenes", "--json"))}
    assert listed["balloons"]["blurb"] == "Pop the balloons with your hands."
    small = "stage:still?actors=1&size=320x240"
    run("play", "balloons", "--source", small, "--headless", "--seconds", "0.1", "--stats", "s.json")
    stats = json.loads((installed / "s.json").read_text())
    assert stats["scene"] == "balloons"
    assert stats["display"]["fps"] > 0
