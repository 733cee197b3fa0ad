"""Level files: what they may say, and how they are refused."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posegames.engine.levels.form import FORMS
from posegames.engine.levels.level import Broken, Level
from posegames.engine.levels.reading import LARGEST, name_of, parse, read
from posegames.engine.levels.shelf import SCENES
from posegames.engine.levels.template import TEMPLATES, template
from posegames.rules.arena import Arena, Box, Circle
from posegames.rules.piece import ANGLES, Piece

HERE = Path("03_here.toml")
HEAD = 'format = 1\nscene = "match"\ntitle = "T"\n'
TAG = 'format = 1\nscene = "tag"\ntitle = "T"\n'


def piece(text: str, head: str = HEAD) -> Piece:
    level = parse((head + text).encode(), HERE)
    assert isinstance(level, Level), level
    assert isinstance(level.content, Piece)
    return level.content


def arena(text: str) -> Arena:
    level = parse((TAG + text).encode(), HERE)
    assert isinstance(level, Level), level
    assert isinstance(level.content, Arena)
    return level.content


def faults(text: str | bytes, scene: str = "") -> list[str]:
    broken = parse(text if isinstance(text, bytes) else text.encode(), HERE, scene=scene)
    assert isinstance(broken, Broken), broken
    return [str(fault) for fault in broken.faults]


def pose(lines: str, name: str = "Tree") -> str:
    return f'[[pose]]\nname = "{name}"\n{lines}\n'


def test_every_scene_that_plays_levels_has_its_form_and_its_template() -> None:
    assert set(SCENES) == set(FORMS) == set(TEMPLATES)


def test_a_level_says_who_it_is() -> None:
    level = parse(f'{HEAD}about = " A line. "\n{pose("trunk = 5")}'.encode(), HERE, "yours")
    assert isinstance(level, Level)
    assert (level.scene, level.name, level.title, level.about) == ("match", "here", "T", "A line.")
    assert (level.path, level.home, level.hides) == (HERE, "yours", None)


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("first.toml", "first"),
        ("01_first.toml", "first"),
        ("2. my level (copy).toml", "my level (copy)"),
        ("10.toml", "10"),
        ("01_.toml", "01_"),
        ("3d-yoga.toml", "3d-yoga"),
        ("a\nb\x1b[2J.toml", "a?b?[2J"),
        ("\udcff.toml", "?"),
        ("x" * 300 + ".toml", "x" * 59 + "…"),
    ],
)
def test_the_file_gives_the_name(file: str, name: str) -> None:
    assert name_of(Path(file)) == name


@pytest.mark.parametrize(
    ("lines", "angles"),
    [
        ("left_arm = 90", {"left_upper_arm": 90, "left_forearm": 90}),
        ("right_arm = [90, 180]", {"right_upper_arm": 90, "right_forearm": 180}),
        ("left_leg = [50, -55]", {"left_thigh": 50, "left_shin": -55}),
        ("both_legs = 20", dict.fromkeys(ANGLES[4:8], 20)),
        ("both_arms = [45, -45]", dict(zip(ANGLES[:4], (45, -45, 45, -45), strict=True))),
        ("trunk = -10.5", {"trunk": -10.5}),
        ("right_shin = 0", {"right_shin": 0}),
        # The more exact word counts, wherever it stands.
        ("left_arm = 45\nboth_arms = 90", dict(zip(ANGLES[:4], (45, 45, 90, 90), strict=True))),
        ("left_forearm = 180\nleft_arm = 90", {"left_upper_arm": 90, "left_forearm": 180}),
    ],
)
def test_short_and_full_spellings_of_angles(lines: str, angles: dict[str, float]) -> None:
    assert dict(piece(pose(lines)).targets[0].angles) == angles


def test_a_pose_has_its_own_times_or_those_of_the_level_or_the_usual_ones() -> None:
    plain = piece(pose("trunk = 0")).targets[0]
    assert (plain.hold, plain.seconds, plain.tolerance) == (1.2, None, 1.0)
    head = f"{HEAD}hold = 0.5\nseconds = 4\ntolerance = 2\n"
    first, second = piece(pose("trunk = 0") + pose("trunk = 1\nhold = 2\nseconds = 9", "B"), head).targets
    assert (first.hold, first.seconds, first.tolerance) == (0.5, 4, 2)
    assert (second.hold, second.seconds, second.tolerance) == (2, 9, 2)


def test_a_pose_can_be_played_again_in_its_own_time() -> None:
    played = piece(pose("trunk = 7") + pose("left_arm = 9", "B") + '[[pose]]\nagain = "Tree"\nhold = 3\n')
    first, _, third = played.targets
    assert (third.name, third.angles, third.hold) == ("Tree", first.angles, 3)


def test_either_is_for_all_poses() -> None:
    assert piece(pose("trunk = 5"), f"{HEAD}either = true\n").either
    assert not piece(pose("trunk = 5")).either


def test_a_field_with_what_stands_on_it() -> None:
    usual = Arena()
    assert arena("") == usual
    full = arena(
        "seconds = 30\nrounds = 3\navatars = 6\nspeed = 4\nskill = 1\n"
        "[[circle]]\nx = 3\ny = 4\nradius = 1\n[[box]]\nx = 8\ny = 2\nwidth = 1.5\nheight = 2\n"
    )
    assert full.obstacles == (Circle(3, 4, 1), Box(8, 2, 1.5, 2))
    assert (full.seconds, full.rounds, full.avatars, full.speed, full.skill) == (30, 3, 6, 4, 1)


@pytest.mark.parametrize("scene", list(TEMPLATES))
@pytest.mark.parametrize("title", ["My level", 'Say "{0}" \\ \t'.strip(), "Über-Übung № 5 🙂"])
def test_a_template_plays_at_once(scene: str, title: str) -> None:
    level = parse(template(scene, title).encode(), HERE)
    assert isinstance(level, Level)
    assert (level.scene, level.title) == (scene, title)


def test_windows_line_ends_and_byte_order_marks_do_no_harm() -> None:
    text = HEAD + pose("trunk = 5")
    assert isinstance(parse(text.replace("\n", "\r\n").encode("utf-8-sig"), HERE), Level)


def test_all_faults_at_once_each_with_where_and_what_is_allowed() -> None:
    told = faults(
        'format = 2\nscene = "match"\ntitel = "T"\ntolerance = nan\neither = 1\nseconds = 1\n'
        + pose("left_arn = 9")
        + pose("both_legs = [0, 500]\nhold = true", "Frog")
        + '[[pose]]\nagain = "Frogg"\n'
        + pose("left_arm = [90, -90]", "Fold")
        + pose("trunk = 5", "Frog")
    )
    haste = "leaves 1 seconds to strike it and hold it for 1.2; 1 more than the hold is needed"
    pair = "one number for both parts or [thigh, shin], thigh from -45 to 120, shin from -150 to 150, is allowed"
    folds = "left_upper_arm 90 and left_forearm -90 are 180 degrees apart; at most 160 is allowed"
    assert told == [
        "format: is 2; this posegames reads format 1: update posegames",
        "title: is missing",
        "either: is 1; true or false is allowed",
        "tolerance: is nan; a number from 0.5 to 3 is allowed",
        "pose 1 (Tree), left_arn: is no key here. Did you mean 'left_arm'?",
        f"pose 2 (Frog), both_legs: is [0, 500]; {pair}",
        "pose 2 (Frog), hold: is true; a number from 0.2 to 10 is allowed",
        f"pose 4 (Fold): folds a limb back on itself: {folds}",
        "titel: is no key here. Did you mean 'title'?",
        f"pose 1 (Tree): {haste}",
        f"pose 2 (Frog): {haste}",
        'pose 3 (Frogg), again: is "Frogg"; the name of a pose above is allowed. Did you mean "Frog"?',
        f"pose 3 (Frogg): {haste}",
        f"pose 4 (Fold): {haste}",
        "pose 5 (Frog): has the name of a pose above; repeat it by 'again'",
        f"pose 5 (Frog): {haste}",
    ]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("left_arm = inf", "left_arm: is inf; one number for both parts"),
        ("left_arm = -inf", "left_arm: is -inf;"),
        ("left_arm = []", "left_arm: is a list of 0;"),
        ("left_arm = [1, 2, 3]", "left_arm: is [1, 2, 3];"),
        ("left_arm = [1, true]", "left_arm: is [1, true];"),
        ("left_arm = [[1], [2]]", "left_arm: is a list of 2;"),
        ("left_arm = {a = 1}", "left_arm: is a table;"),
        ("left_arm = 1979-05-27", "left_arm: is a date or a time;"),
        ('left_arm = "up"', 'left_arm: is "up";'),
        ("trunk = 46", "trunk: is 46; a number from -45 to 45 is allowed"),
        (f"trunk = {10**400}", "trunk: is a huge number; a number from -45 to 45"),
        (f"trunk = 0x{'f' * 9000}", "trunk: is a huge number;"),
        ("trunk = 1e999", "trunk: is inf;"),
        ("seconds = 0", "seconds: is 0; a number from 1 to 60 is allowed"),
        ("tolerance = -0.0", "tolerance: is -0; a number from 0.5 to 3 is allowed"),
        ("hold = '''\\u0007\n'''", r'hold: is "\u0007?"; a number'),
        ("hold = 3", "fixes nothing; set at least one angle"),
        ('again = "Tree"', 'again: is "Tree"; the name of a pose above is allowed'),
        ('again = "Fist"', 'again: is "Fist"; the name of a pose above is allowed. Did you mean "First"?'),
        ('again = "First"', "has 'again', and a name or angles of its own as well; one of both is allowed"),
        ("left_shin = 100\nleft_thigh = -65", "left_thigh: is -65; a number from -45 to 120 is allowed"),
    ],
)
def test_wrong_values_in_a_pose(lines: str, told: str) -> None:
    found = faults(HEAD + pose("trunk = 1", "First") + pose(lines))
    assert any(fault.startswith((f"pose 2 (Tree), {told}", f"pose 2 (Tree): {told}")) for fault in found), found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", 'scene: is missing; "match" or "tag" is needed'),
        ('scene = "mach"', 'scene: is "mach"; "match" or "tag" is allowed. Did you mean \'match\'?'),
        ("scene = 3", 'scene: is 3; "match" or "tag" is allowed'),
        (HEAD, "pose: is missing"),
        (f"{HEAD}pose = []", "pose: there are none; at least one is needed"),
        (f"{HEAD}pose = 3", "pose: is 3; tables headed [[pose]] are allowed"),
        (f"{HEAD}pose = [3]", "pose 1: is 3; tables headed [[pose]] are allowed"),
        (f"{HEAD}[pose]\nname = 'x'\n", "pose: is a table; tables headed [[pose]] are allowed"),
        (HEAD + "[[pose]]\nleft_arm = 3\n", "pose 1: has no name;"),
        (HEAD + '[[pose]]\nname = "  "\nleft_arm = 3\n', 'name: is "  "; text of 1 to 16 letters'),
        (HEAD + pose("trunk = 1") * 201, "pose: there are 201; at most 200 are allowed"),
        (HEAD.replace('"T"', '"\\u202eT"') + pose("trunk = 1"), 'title: is "?T"; text of 1 to 32 letters'),
        (HEAD.replace('"T"', '"\\u0000"') + pose("trunk = 1"), 'title: is "?"; text of'),
        (HEAD.replace('"T"', f'"{"x" * 33}"') + pose("trunk = 1"), "title: is"),
        (f'{HEAD}about = "{"x" * 81}"\n{pose("trunk = 1")}', "text of at most 80 letters"),
        (f'{HEAD}"a\\nb" = 1\n{pose("trunk = 1")}', "a?b: is no key here."),
        (f"{TAG}rounds = 1.5", "rounds: is 1.5; a whole number from 1 to 9 is allowed"),
        (f"{TAG}rounds = 10", "rounds: is 10; a whole number from 1 to 9 is allowed"),
        (f"{TAG}[[circle]]\nx = 3\ny = 4\n", "circle 1, radius: is missing"),
        (f"{TAG}[[circle]]\nx = 17\ny = nan\nradius = 1\n", "circle 1, x: is 17; a number from 0 to 16"),
        (f"{TAG}[[circle]]\nx = 1\ny = 1\nradios = 1\n", "radios: is no key here. Did you mean 'radius'?"),
        (TAG + "[[box]]\nx = 1\ny = 1\nwidth = 1\nheight = 1\n" * 61, "box: there are 61; at most 60 are allowed"),
        (f"{TAG}{pose('trunk = 1')}", "pose: is no key here."),
    ],
)
def test_wrong_tables(text: str, told: str) -> None:
    assert any(told in fault for fault in faults(text)), faults(text)


def test_a_fault_in_the_scene_hides_no_other() -> None:
    text = f'format = 1\nscene = "mach"\ntitle = ""\n{pose("trunk = 99")}'
    assert [fault.partition(":")[0] for fault in faults(text)] == ["scene", "title", "pose 1 (Tree), trunk"]
    assert [fault.partition(":")[0] for fault in faults("format = 1", "tag")] == ["scene", "title"]


def test_many_faults_are_counted_not_told() -> None:
    told = faults(HEAD + "".join(pose(f"trunk = {90 + i}", f"P{i}") for i in range(50)))
    assert len(told) == 21
    assert told[-1] == "and 30 more"


@pytest.mark.parametrize(
    ("obstacles", "told"),
    [
        ("[[box]]\nx = 6.5\ny = 0\nwidth = 3\nheight = 9\n",
         r"the field: leaves 3\d% of the field to run on; at least 40% must be free and in one piece"),
        ("[[box]]\nx = 11\ny = 0\nwidth = 1\nheight = 8.5\n",
         r"the field: shuts off the place around x = 1\d\.\d, y = \d\.\d; leave a gap of 0.9, or fill it"),
        ("[[box]]\nx = 0\ny = 0\nwidth = 16\nheight = 9\n", "the field: leaves 0%"),
        ("[[box]]\nx = 0\ny = 2\nwidth = 2\nheight = 0.3\n[[box]]\nx = 2\ny = 0\nwidth = 0.3\nheight = 2.3\n",
         r"the field: shuts off the place around x = [01]\.\d, y = [01]\.\d; leave a gap of 0.9"),
    ],
)  # fmt: skip
def test_a_field_that_is_blocked(obstacles: str, told: str) -> None:
    assert re.search(told, faults(TAG + obstacles)[0])


@pytest.mark.parametrize("gap", [0.9, 1.0, 1.37])
def test_a_gap_as_wide_as_is_asked_for_is_wide_enough(gap: float) -> None:
    walls = f"[[box]]\nx = 7.1\ny = 0\nwidth = 0.4\nheight = {9 - gap}\n"
    assert len(arena(walls).obstacles) == 1
    slanted = "".join(f"[[circle]]\nx = {3 + i}\ny = {9 - i}\nradius = 0.75\n" for i in range(8))
    assert len(arena(slanted).obstacles) == 8


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\xff\xfet\x00", "is not UTF-8 (byte 1); save it as UTF-8 text"),
        (b"title = 'caf\xe9'", "is not UTF-8 (byte 13)"),
        (b"title = ", "is not TOML: Invalid value"),
        (b'a = 1\na = "\x1b[2J"', "is not TOML:"),
        (b"a" * (LARGEST + 1), "is larger than 256 kB"),
        (b"a = " + b"[" * 100_000, "is not a level: its brackets go too deep"),
        (b"a = " + b"{a=" * 50_000, "is not a level: its brackets go too deep"),
        (b"x = 1\n" + b"a." * 100_000 + b"a = 1", "line 2 goes too deep; at most 50 dots"),
        (b"[" + b"a." * 100_000 + b"a]", "line 1 goes too deep"),
        (b"a = {" + b"a." * 100_000 + b"a=1}", "line 1 goes too deep"),
        (b"a = " + b"9" * 5000, "is not TOML:"),
    ],
)
def test_files_that_are_no_levels_at_all(tmp_path: Path, data: bytes, told: str) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(data)
    broken = read(path)
    assert isinstance(broken, Broken)
    assert told in str(broken.faults[0])
    assert str(broken.faults[0]).isprintable()


def test_a_file_that_is_no_toml_still_tells_whose_it_is() -> None:
    broken = parse(b'scene = "tag"\ntitle = ', HERE, scene="match")
    assert broken.scene == "tag"
    assert parse(b"title = ", HERE, scene="match").scene == "match"
    assert parse(b"title = ", HERE, scene="sword").scene == ""


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _nothing(path: Path) -> None:
    path.symlink_to(path.with_name("gone"))


def _ring(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.parametrize(
    ("make", "told"),
    [(_folder, "is no file"), (_pipe, "is no file"), (_nothing, "cannot be read"), (_ring, "cannot be read")],
)
def test_what_is_no_file(tmp_path: Path, make: Callable[[Path], None], told: str) -> None:
    path = tmp_path / "x.toml"
    make(path)
    broken = read(path)
    assert isinstance(broken, Broken)
    assert told in str(broken.faults[0])


def test_a_name_no_file_can_have() -> None:
    assert isinstance(read(Path("a\0b.toml")), Broken)
    assert isinstance(read(Path("x" * 5000)), Broken)


scalars = (
    st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.dates()
    | st.sampled_from([90, 1, "Tree"])
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)
known = [*FORMS["match"].model_fields, *FORMS["tag"].model_fields]
pose_keys = ["name", "again", "left_arm", "both_legs", "trunk", "hold", "seconds", "tolerance", "left_forearm"]
tables = st.dictionaries(
    st.sampled_from(known) | st.text(max_size=8),
    values
    | st.sampled_from([1, "match", "tag"])
    | st.lists(st.dictionaries(st.sampled_from(pose_keys) | st.text(max_size=5), values, max_size=4), max_size=4),
    max_size=9,
)


def toml(value: object) -> str:
    """Spell `value` in TOML."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return '"' + "".join(f"\\U{ord(c) if not 0xD800 <= ord(c) < 0xE000 else 63:08x}" for c in value) + '"'
        case dict():
            return "{" + ", ".join(f"{toml(key)} = {toml(item)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(toml, value)) + "]"
        case _:
            return str(value)


@settings(max_examples=60, deadline=None)
@given(tables, st.sampled_from(["", "match", "tag"]))
def test_whatever_a_file_holds_it_is_a_level_or_its_faults_are_told(table: dict[str, object], scene: str) -> None:
    if scene:
        table = table | {"scene": scene, "format": 1}
    text = "\n".join(f"{toml(key)} = {toml(value)}" for key, value in table.items())
    tomllib.loads(text)  # what is made here is TOML
    level = parse(text.encode(), HERE)
    if isinstance(level, Broken):
        assert 0 < len(level.faults) <= 21
        assert all(str(fault).isprintable() for fault in level.faults)
        assert all(len(str(fault)) < 600 for fault in level.faults)
    else:
        assert level.title.isprintable()


@given(st.binary(max_size=200))
def test_whatever_bytes_a_file_holds_nothing_is_raised(data: bytes) -> None:
    assert isinstance(parse(data, HERE), Broken)
