"""`posegames scenes`, as it is typed, with plug-ins that are well and that are not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from posegames.cli import root
from posegames.scenes import SCENES

PLUGIN = """
class Stars:
    '''Catch [bold]stars[/bold].'''
"""


@pytest.fixture
def plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package with two scenes, one of which is not there."""
    info = tmp_path / "starry-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: starry\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[posegames.scenes]\nstars = starry:Stars\nmoons = starry:Moons\n")
    (tmp_path / "starry.py").write_text(PLUGIN)
    monkeypatch.syspath_prepend(str(tmp_path))


def test_our_scenes_are_listed() -> None:
    result = CliRunner().invoke(root, ["scenes"], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    for name, entry in SCENES.items():
        assert any(line.startswith(name) and entry.blurb in line for line in result.stdout.splitlines())


@pytest.mark.usefixtures("plugins")
def test_plugins_are_listed_and_a_broken_one_says_why() -> None:
    rows = {row["name"]: row for row in json.loads(CliRunner().invoke(root, ["scenes", "--json"]).stdout)}
    assert rows["mirror"]["broken"] == ""
    assert rows["stars"] == {"name": "stars", "title": "Stars", "blurb": "Catch [bold]stars[/bold].", "broken": ""}
    assert "AttributeError" in rows["moons"]["broken"]


@pytest.mark.usefixtures("plugins")
def test_what_a_plugin_says_is_shown_as_it_is() -> None:
    shown = CliRunner().invoke(root, ["scenes"], env={"COLUMNS": "200"}).stdout
    assert "Catch [bold]stars[/bold]." in shown
    assert "cannot be played: AttributeError" in shown
