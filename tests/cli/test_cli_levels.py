"""`posegames levels`, as it is typed."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from posegames.cli import root
from posegames.engine.levels.schema import schema
from posegames.engine.levels.shelf import Shelf
from posegames.engine.levels.template import template
from posegames.resources import shipped
from posegames.tools.levelwords import pose_in_words

BROKEN = 'format = 1\nscene = "match"\ntitle = "T"\n[[pose]]\nname = "Tree"\nleft_arn = 3\n'


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, with a shelf of one's own that is not there yet."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("POSEGAMES_OWN", str(tmp_path / "own"))
    monkeypatch.setenv("COLUMNS", "150")
    monkeypatch.setenv("VISUAL", "vi")
    return folder


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return tmp_path / "own" / "levels"


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(root, ["levels", *words], input=typed)


def write(name: str, text: str = "", *, scene: str = "match") -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text or template(scene, "Mine"), encoding="utf-8")
    return path


def test_the_list_tells_name_title_size_and_origin(mine: Path) -> None:
    write(str(mine / "match" / "robots.toml"))
    write(str(mine / "tag" / "odd.toml"), 'scene = "tag"\n')
    result = run("list")
    assert result.exit_code == 0
    rows = {words[1]: " ".join(words) for line in result.output.splitlines()[1:] if (words := line.split())}
    assert rows["first_steps"] == "match first_steps First steps 8 poses, no time limit shipped"
    assert rows["robots"] == "match robots Mine 5 poses, no time limit your own, in place of the shipped one"
    assert rows["fast"].endswith("2.5 to 3 s each shipped")
    assert rows["meadow"] == "tag meadow Meadow 5 obstacles, 2 rounds of 60 s shipped"
    assert rows["odd"] == "tag odd ? cannot be played: format: is missing your own"


def test_the_list_of_one_scene_and_of_a_folder() -> None:
    write("class/ours.toml", scene="tag")
    result = run("list", "tag", "--levels", "class")
    assert [line.split()[1] for line in result.output.splitlines()[1:]] == [
        "meadow",
        "courtyard",
        "hedges",
        "ours",
    ]
    assert result.output.splitlines()[-1].endswith("--levels")


def test_the_list_as_json() -> None:
    write("class/odd.toml", BROKEN)
    records = json.loads(run("list", "match", "--levels", "class", "--json").stdout)
    assert records[0] | {"path": ""} == {
        "scene": "match",
        "name": "first_steps",
        "home": "shipped",
        "hides": None,
        "path": "",
        "title": "First steps",
        "about": "Eight easy poses, and all the time in the world.",
        "what": "8 poses, no time limit",
        "faults": [],
    }
    odd = records[-1]
    assert (odd["name"], odd["home"], odd["path"]) == ("odd", "folder", str(Path("class") / "odd.toml"))
    assert {"where": "pose 1 (Tree), left_arn", "what": "is no key here. Did you mean 'left_arm'?"} in odd[
        "faults"
    ]


def test_what_a_file_says_of_itself_is_text_not_markup() -> None:
    write("class/a.toml", template("match", "[bold]B[/bold]"))
    assert "[bold]B[/bold]" in run("list", "match", "--levels", "class").output


def test_a_level_in_words() -> None:
    shown = run("show", "yoga_basics").output.splitlines()
    assert shown[0] == "Yoga basics (yoga_basics), a level of match"
    assert shown[2] == "13 poses, no time limit; shipped"
    assert "Every pose: no time limit, held 2.5 s, tolerance 1.2." in shown
    assert (
        "  6  Goddess         both arms sideways (90), both forearms up (175), both legs low (50), both shins"
        in (line[: line.index("shins") + 5] for line in shown if "Goddess" in line)
    )
    fast = run("show", "fast").output
    assert "Most poses: 3 s, held 0.4 s, tolerance 1.4." in fast
    assert re.search(r"14 +Hero .*\(2.5 s, held 0.4 s, tolerance 1.4\)", fast)
    assert "The mirror image of a pose is as good." in run("show", "one_arm").output


def test_a_field_as_a_map() -> None:
    lines = run("show", "meadow").output.splitlines()
    assert "At least 4 on the field; 3.2 units a second; bots of skill 0.5." in lines
    field = [line[1:-1] for line in lines if line.startswith("|")]
    assert {len(line) for line in field} == {64}
    assert field == field[::-1] == [line[::-1] for line in field]
    assert field[8][32] == "#"
    assert field[0].strip() == ""


@pytest.mark.parametrize(
    ("angles", "words"),
    [
        ({"left_upper_arm": 90.0, "left_forearm": 90.0}, "left arm sideways (90)"),
        ({"left_upper_arm": 90.0, "left_forearm": -180.0}, "left arm sideways (90), left forearm up (-180)"),
        ({"right_forearm": 225.0}, "right forearm high across (225)"),
        ({"left_thigh": 20.0, "right_thigh": 20.0}, "both legs down (20)"),
        ({"trunk": 0.0}, "upright"),
        ({"left_shin": -50.0, "trunk": -12.5}, "left shin low across (-50), leaning right (12.5)"),
    ],
)
def test_angles_in_words(angles: dict[str, float], words: str) -> None:
    assert pose_in_words(angles) == words


def test_showing_what_is_not_there_or_broken() -> None:
    missing = run("show", "medow")
    assert missing.exit_code == 2
    assert missing.stderr == "There is no level called 'medow'. Did you mean 'meadow'?\n"
    write("odd.toml", BROKEN)
    broken = run("show", "odd.toml")
    assert broken.exit_code == 1
    assert broken.stderr.splitlines() == [
        "The level 'odd' cannot be played. In odd.toml:",
        "  pose 1 (Tree), left_arn: is no key here. Did you mean 'left_arm'?",
        " Mend that, and look again with 'posegames levels check'.",
    ]


@pytest.mark.parametrize("scene", ["match", "tag"])
def test_a_new_level_plays_at_once_and_tells_what_comes_next(scene: str) -> None:
    result = run("new", "02_my_moves.toml", "--scene", scene)
    assert result.exit_code == 0
    assert result.output.splitlines()[1:] == [
        "  vi 02_my_moves.toml",
        "  posegames levels check 02_my_moves.toml",
        f"  posegames play {scene} --level 02_my_moves.toml",
    ]
    level = Shelf().find(scene, "02_my_moves.toml")
    assert (level.name, level.title) == ("my_moves", "My moves")
    assert run("check", "02_my_moves.toml").exit_code == 0


def test_a_new_level_takes_a_title_and_a_name_with_blanks() -> None:
    result = run("new", "a b.toml", "--title", 'Say "hi"')
    assert "  posegames levels check 'a b.toml'" in result.output.splitlines()
    assert Shelf().find("match", "a b.toml").title == 'Say "hi"'


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["there.toml"], "there.toml is there already. Choose another name."),
        (["link.toml"], "link.toml is there already."),
        (["no/folder.toml"], "There is no folder no. Make it first."),
        (["moves.txt"], "moves.txt is no name for a level."),
        ([".toml"], ".toml is no name for a level."),
        (["x.toml", "--title", "a\nb"], 'That is no title for a level: title: is "a?b"; text of 1 to 32 letters'),
        (["x.toml", "--title", ""], "That is no title for a level:"),
    ],
)
def test_new_never_overwrites_and_refuses_what_is_no_name(words: list[str], told: str) -> None:
    write("there.toml", "mine")
    Path("link.toml").symlink_to("gone")
    result = run("new", *words)
    assert result.exit_code == 2
    assert result.stderr.startswith(told)
    assert Path("there.toml").read_text() == "mine"
    assert sorted(path.name for path in Path().iterdir()) == ["link.toml", "there.toml"]


def test_check_tells_every_fault_of_every_file() -> None:
    write("good.toml")
    write("odd.toml", BROKEN.replace('"T"', '""'))
    result = run("check", "good.toml", "odd.toml", "robots")
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "good.toml: good (Mine, match: 5 poses, no time limit)",
        "odd.toml: cannot be played",
        '  title: is ""; text of 1 to 32 letters, without line breaks or hidden characters, is allowed',
        "  pose 1 (Tree), left_arn: is no key here. Did you mean 'left_arm'?",
        f"{shipped('levels') / 'match' / '03_robots.toml'}: good (Robots, match: 11 poses, 8 s each)",
    ]
    assert run("check", "gone.toml").exit_code == 2


def test_check_of_all_there_are() -> None:
    result = run("check")
    assert result.exit_code == 0
    assert len(result.output.splitlines()) == 11
    write("class/odd.toml", BROKEN)
    assert run("check", "--levels", "class").exit_code == 1


def test_added_levels_are_on_the_shelf(mine: Path) -> None:
    write("01_a.toml")
    write("robots.toml")
    result = run("add", "01_a.toml", "robots.toml")
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        f"robots: added to match (your own, in place of the shipped one), {mine / 'match' / 'robots.toml'}",
        f"a: added to match (your own), {mine / 'match' / '01_a.toml'}",
    ]
    assert (mine / "match" / "01_a.toml").read_bytes() == Path("01_a.toml").read_bytes()
    assert Shelf().find("match", "a").home == "yours"


@pytest.mark.parametrize("bad", ["odd.toml", "gone.toml", "folder.toml", "b/a.toml", "a.txt"])
def test_all_are_added_or_none(mine: Path, bad: str) -> None:
    write("a.toml")
    write("b/a.toml")
    write("a.txt")
    write("odd.toml", BROKEN)
    Path("folder.toml").mkdir()
    result = run("add", "a.toml", bad)
    assert result.exit_code == (1 if bad in ("odd.toml", "folder.toml") else 2)
    assert result.stderr.count("\n") >= 1
    assert not mine.exists()


def test_all_faults_of_all_files_are_told_when_adding() -> None:
    write("a.toml", BROKEN)
    write("b.toml", 'scene = "tag"\n')
    said = run("add", "a.toml", "b.toml").stderr
    for part in ("Nothing was added.", "In a.toml:", "left_arn", "In b.toml:", "format: is missing"):
        assert part in said


def test_nothing_of_ones_own_is_overwritten_without_force(mine: Path) -> None:
    write("01_a.toml")
    run("add", "01_a.toml")
    write("a.toml", template("match", "Newer"))
    write("b.toml")
    refused = run("add", "b.toml", "a.toml")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("You have a level 'a' already.")
    assert [level.name for level in Shelf().of("match") if level.home == "yours"] == ["a"]
    assert run("add", "b.toml", "a.toml", "--force").exit_code == 0
    assert Shelf().find("match", "a").title == "Newer"
    assert sorted(path.name for path in (mine / "match").iterdir()) == ["01_a.toml", "b.toml"]


def test_a_disk_that_fails_leaves_nothing_behind(mine: Path) -> None:
    write("a.toml")
    write("f.toml", scene="tag")
    mine.mkdir(parents=True)
    (mine / "tag").touch()  # where the folder should be
    result = run("add", "a.toml", "f.toml")
    assert result.exit_code == 1
    assert "The system refused" in result.stderr
    assert list((mine / "match").iterdir()) == []


def test_removing_asks_first(mine: Path) -> None:
    write("a.toml")
    run("add", "a.toml")
    for typed in ("n\n", ""):
        assert run("remove", "a", typed=typed).exit_code == 1
        assert (mine / "match" / "a.toml").exists()
    assert run("remove", "a", typed="y\n").exit_code == 0
    assert not (mine / "match" / "a.toml").exists()


def test_a_broken_one_can_be_removed_and_a_shipped_one_comes_back(mine: Path) -> None:
    write(str(mine / "match" / "robots.toml"), BROKEN)
    assert run("remove", "robots", "--yes").exit_code == 0
    assert Shelf().find("match", "robots").home == "shipped"


def test_only_ones_own_levels_can_be_removed(mine: Path) -> None:
    assert run("remove", "robots", "--yes").stderr.startswith("'robots' comes with posegames, and stays.")
    assert "You have none of your own." in run("remove", "x", "--yes").stderr
    write(str(mine / "match" / "a.toml"))
    write(str(mine / "tag" / "a.toml"), scene="tag")
    assert "a level 'a' of match and tag. Say which by --scene." in run("remove", "a", "--yes").stderr
    assert run("remove", "a", "--yes", "--scene", "tag").exit_code == 0
    assert (mine / "match" / "a.toml").exists()
    assert "There are: a." in run("remove", "xyzzy", "--yes").stderr
    assert run("remove", "../match/a", "--yes").exit_code == 2


def test_the_schema_is_printed_or_written() -> None:
    assert json.loads(run("schema").stdout) == schema()
    assert run("schema", "--out", "s.json").stdout == ""
    assert json.loads(Path("s.json").read_text()) == schema()


COMMANDS = ("list", "show", "new", "check", "add", "remove", "schema")


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_every_help_has_an_example(command: list[str]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "Example" in result.output


@pytest.mark.parametrize(
    "words", [["list", "mach"], ["new", "a.toml", "--scene", "x"], ["add"], ["list", "--levels", "no"]]
)
def test_wrong_use(words: list[str]) -> None:
    assert run(*words).exit_code == 2


def test_the_commands_of_the_readme_do_what_they_say() -> None:
    readme = (shipped("levels") / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)
    done = []
    for line in "".join(blocks).splitlines():
        program, command, *words = shlex.split(line)
        assert program == "posegames"
        done.append(f"{command} {words[0]}")
        if command == "levels":
            assert run(*words).exit_code == 0, line
        else:
            assert command == "play"
            assert words[1] == "--level"
            assert Shelf().find(words[0], words[2]).title == "My moves"
    assert done == [
        "levels new",
        "levels check",
        "levels show",
        "play match",
        "levels add",
        "levels list",
        "levels remove",
    ]
