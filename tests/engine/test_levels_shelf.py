"""The shelf: what lies on it, in which order, and what it does with what is odd."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from posegames.engine.levels.level import Broken, Level
from posegames.engine.levels.shelf import SCENES, Shelf, own_folder
from posegames.engine.levels.template import template
from posegames.errors import LevelError, UsageError
from posegames.resources import shipped
from posegames.scenes import SCENES as ALL_SCENES

MATCH = ["first_steps", "warm_up", "robots", "semaphore", "yoga_basics", "fast", "seated", "one_arm"]
TAG = ["meadow", "courtyard", "hedges"]


@pytest.fixture(autouse=True)
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the user's own folder of levels for match, not there yet."""
    monkeypatch.setenv("POSEGAMES_OWN", str(tmp_path / "own"))
    return tmp_path / "own" / "levels" / "match"


def write(path: Path, scene: str = "match", title: str = "Mine") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(template(scene, title), encoding="utf-8")
    return path


def names(shelf: Shelf, scene: str = "match") -> list[str]:
    return [level.name for level in shelf.of(scene)]


def test_the_scenes_that_play_levels_are_those_with_a_shelf() -> None:
    assert {name for name, entry in ALL_SCENES.items() if entry.levels} == set(SCENES)


def test_what_ships_stands_in_its_order() -> None:
    shelf = Shelf()
    assert names(shelf) == MATCH
    assert names(shelf, "tag") == TAG
    assert names(shelf, "mirror") == []
    assert [level.name for level in shelf.all()] == MATCH + TAG
    assert all(level.home == "shipped" for level in shelf.all())


def test_own_levels_and_those_of_a_folder_come_after(mine: Path, tmp_path: Path) -> None:
    write(mine / "2_second.toml")
    write(mine / "1_first.toml")
    write(mine.parent / "tag" / "yard.toml", "tag")
    folder = tmp_path / "class"
    write(folder / "zebra.toml")
    write(folder / "field.toml", "tag")
    write(folder / "match" / "ant.toml")
    shelf = Shelf(folder)
    assert names(shelf) == [*MATCH, "first", "second", "zebra", "ant"]
    assert names(shelf, "tag") == [*TAG, "yard", "field"]
    assert [level.home for level in shelf.of("tag")][3:] == ["yours", "folder"]
    assert mine.parent == own_folder()


def test_of_one_name_the_later_takes_the_place_and_says_so(mine: Path, tmp_path: Path) -> None:
    write(mine / "09_robots.toml")
    write(tmp_path / "class" / "first_steps.toml", title="Ours")
    shelf = Shelf(tmp_path / "class")
    assert names(shelf) == MATCH
    robots, first = shelf.find("match", "robots"), shelf.first("match")
    assert (robots.title, robots.home, robots.hides) == ("Mine", "yours", "shipped")
    assert (first.title, first.home, first.hides) == ("Ours", "folder", "shipped")
    write(mine / "10_robots.toml", title="Later")
    again = shelf.find("match", "robots")
    assert (again.title, again.hides) == ("Later", "yours")


def test_a_level_is_read_as_it_is_now(mine: Path) -> None:
    path = write(mine / "a.toml", title="Old")
    shelf = Shelf()
    assert shelf.find("match", "a").title == "Old"
    write(path, title="Newer")
    assert shelf.find("match", "a").title == "Newer"
    assert shelf.find("match", "a") is shelf.find("match", "a")  # and not again before it changes
    path.unlink()
    assert names(shelf) == MATCH


def test_a_broken_level_is_shown_and_stops_nothing(mine: Path) -> None:
    write(mine / "first_steps.toml").write_text('scene = "match"\n')
    shelf = Shelf()
    broken = shelf.of("match")[0]
    assert isinstance(broken, Broken)
    assert (broken.name, broken.home, broken.hides) == ("first_steps", "yours", "shipped")
    assert shelf.first("match").name == "warm_up"
    with pytest.raises(LevelError) as refusal:
        shelf.find("match", "first_steps")
    for fault in ("format: is missing", "title: is missing", "pose: is missing"):
        assert f"\n  {fault}\n" in str(refusal.value)
    assert str(mine / "first_steps.toml") in str(refusal.value)


def test_a_broken_file_that_tells_no_scene_is_in_every_list(tmp_path: Path) -> None:
    (tmp_path / "what.toml").write_text("= 3")
    shelf = Shelf(tmp_path)
    assert names(shelf) == [*MATCH, "what"]
    assert names(shelf, "tag") == [*TAG, "what"]
    assert len(shelf.all()) == len(MATCH) + len(TAG) + 1


def test_what_comes_after(mine: Path) -> None:
    write(mine / "a.toml").write_text("broken")
    write(mine / "b.toml")
    shelf = Shelf()
    level: Level | None = shelf.first("match")
    passed = []
    while level:
        passed.append(level.name)
        level = shelf.after(level)
    assert passed == [*MATCH, "b"]
    last = shelf.find("match", "b")
    (mine / "b.toml").unlink()
    assert shelf.after(last) is None


def test_a_level_is_found_by_name_or_by_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "mine.toml")
    shelf = Shelf()
    assert shelf.find("tag", "meadow").title == "Meadow"
    for name in ("mine.toml", "./mine.toml", str(tmp_path / "mine.toml")):
        assert shelf.find("match", name).title == "Mine"


@pytest.mark.parametrize(
    ("scene", "name", "told"),
    [
        ("match", "robbots", "There is no level of 'match' called 'robbots'. Did you mean 'robots'?"),
        ("tag", "xyzzy", "There is no level of 'tag' called 'xyzzy'. There are: meadow, courtyard, hedges."),
        ("match", "gone.toml", "There is no level file gone.toml."),
        ("match", "", "There is no level of 'match' called ''."),
        ("match", "x" * 10_000, "There is no level of 'match' called"),
        ("match", "a\0b.toml", "There is no level file a?b.toml."),
        ("match", "x" * 9000 + ".toml", "There is no level file"),
    ],
)
def test_what_is_not_there_is_wrong_use(scene: str, name: str, told: str) -> None:
    with pytest.raises(UsageError) as refusal:
        Shelf().find(scene, name)
    assert str(refusal.value).startswith(told)


def test_a_level_of_another_scene_is_no_level_of_this_one(tmp_path: Path) -> None:
    with pytest.raises(
        LevelError, match=r"'meadow' is a level of 'tag', not of 'match'\..*play tag --level meadow"
    ):
        Shelf().find("match", "meadow")
    write(tmp_path / "field.toml", "tag")
    with pytest.raises(LevelError, match="'field' is a level of 'tag'"):
        Shelf().find("match", str(tmp_path / "field.toml"))


def test_two_scenes_may_have_a_level_of_one_name(mine: Path) -> None:
    write(mine / "meadow.toml")
    shelf = Shelf()
    assert shelf.find("match", "meadow").scene == "match"
    assert shelf.find("tag", "meadow").scene == "tag"
    assert [level.hides for level in shelf.all() if level.name == "meadow"] == [None, None]


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _nowhere(path: Path) -> None:
    path.symlink_to("gone")


def _ring(path: Path) -> None:
    path.symlink_to(path.name)


@pytest.mark.parametrize("make", [_folder, _pipe, _nowhere, _ring])
@pytest.mark.parametrize("name", ["odd.toml", "match"])
def test_what_is_no_file_is_passed_over(tmp_path: Path, make: Callable[[Path], None], name: str) -> None:
    make(tmp_path / name)
    assert names(Shelf(tmp_path)) == MATCH


def test_links_are_followed_and_hidden_files_are_not_seen(tmp_path: Path) -> None:
    real = write(tmp_path / "elsewhere" / "real.toml")
    folder = tmp_path / "class"
    write(folder / ".hidden.toml")
    write(folder / "notes.txt")
    (folder / "link.toml").symlink_to(real)
    assert names(Shelf(folder)) == [*MATCH, "link"]


def test_a_folder_that_vanishes_does_no_harm_but_a_wrong_one_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "class"
    folder.mkdir()
    shelf = Shelf(folder)
    folder.rmdir()
    assert names(shelf) == MATCH
    with pytest.raises(UsageError, match="There is no folder"):
        Shelf(folder)


def test_names_that_are_no_text_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.toml")
    write(path)
    assert names(Shelf(tmp_path)) == [*MATCH, "caf?"]


def test_without_any_level_there_is_no_first(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LevelError, match="no level of 'mirror'"):
        Shelf().first("mirror")


def test_nothing_lies_about_among_the_shipped_levels() -> None:
    found = {path.relative_to(shipped("levels")).as_posix() for path in shipped("levels").rglob("*.*")}
    files = {level.path.relative_to(shipped("levels")).as_posix() for level in Shelf().all() if level.path}
    assert found == files | {"README.md", "level.schema.json"}
