"""The table of scenes, and how plug-ins join it."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from posegames.engine.scene import Setup
from posegames.errors import PosegamesError, UsageError
from posegames.scenes import GROUP, SCENES, SceneTable, find_scene
from posegames.scenes.mirror import Mirror

PLUGIN = '''
class Tag:
    """Catch them all.

    More of it.
    """

    def __init__(self, setup):
        self.setup = setup

NOT_A_SCENE = 3
'''


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SceneTable:
    """Give our scenes and those of a made-up package, two of which are broken."""
    (tmp_path / "made_up_plugin.py").write_text(PLUGIN)
    (tmp_path / "made_up_ruin.py").write_text("raise RuntimeError('no such game')\n")
    monkeypatch.syspath_prepend(tmp_path)
    points = [
        EntryPoint("night_tag", "made_up_plugin:Tag", GROUP),
        EntryPoint("mirror", "made_up_plugin:Tag", GROUP),
        EntryPoint("lost", "made_up_nothing:Tag", GROUP),
        EntryPoint("ruin", "made_up_ruin:Tag", GROUP),
        EntryPoint("number", "made_up_plugin:NOT_A_SCENE", GROUP),
    ]
    return SceneTable(SCENES._ours.values(), plugins=lambda: points)


def test_ours_come_first_and_the_first_is_the_default() -> None:
    assert next(iter(SCENES)) == "mirror"
    assert find_scene(None) is find_scene("mirror") is SCENES["mirror"]
    assert isinstance(SCENES["mirror"].make(Setup()), Mirror)
    assert all(entry.title and entry.blurb and not entry.broken for entry in SCENES.values())


def test_a_scene_that_is_none_is_said_with_the_nearest_spelling() -> None:
    with pytest.raises(UsageError, match=r"There is no scene 'miror'\. Did you mean 'mirror'"):
        find_scene("miror")


def test_plugins_join_and_cannot_take_our_names(table: SceneTable) -> None:
    assert [*table] == [*SCENES._ours, "lost", "night_tag", "number", "ruin"]
    assert len(table) == len(SCENES._ours) + 4
    tag = table["night_tag"]
    assert (tag.title, tag.blurb, tag.broken) == ("Night tag", "Catch them all.", "")
    assert type(tag.make(Setup())).__name__ == "Tag"
    assert isinstance(table.find("mirror").make(Setup()), Mirror)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("lost", "No module named"), ("ruin", "RuntimeError: no such game"), ("number", "cannot be called")],
)
def test_a_broken_plugin_is_listed_with_its_reason_and_stops_nothing(
    table: SceneTable, name: str, reason: str
) -> None:
    assert reason in table[name].broken
    with pytest.raises(PosegamesError, match=f"The scene '{name}' cannot be played. .*{reason}"):
        table[name].make(Setup())


def test_listing_them_imports_no_scene() -> None:
    code = (
        "import sys; from posegames.scenes import SceneTable, SCENES; "
        "[*SceneTable(SCENES._ours.values()).items()]; "
        "print([m for m in ('pygame', 'cv2', 'posegames.scenes.mirror') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert said.stdout.strip() == "[]"
