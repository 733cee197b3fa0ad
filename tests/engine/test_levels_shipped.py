"""The levels that ship, and what is written about levels."""

from __future__ import annotations

import json
import re

import pytest

from posegames.engine.levels.form import FORMS, SHORT, Form, MatchForm, PoseForm, TagForm
from posegames.engine.levels.level import Level
from posegames.engine.levels.reading import parse, read
from posegames.engine.levels.schema import schema
from posegames.engine.levels.template import TEMPLATES
from posegames.engine.levels.values import Number, Pair
from posegames.resources import shipped
from posegames.rules.arena import HIGH, WIDE, Arena, Box, Circle, Obstacle
from posegames.rules.field import Field
from posegames.rules.ghost import Proportions, ghost
from posegames.rules.judging import judge
from posegames.rules.piece import ANGLES, Piece, Target
from posegames.rules.ways import Ways

FOLDER = shipped("levels")
README = (FOLDER / "README.md").read_text(encoding="utf-8")
LEVELS = [read(path, "shipped") for path in sorted(FOLDER.glob("*/*.toml"))]
NAMED = {level.name: level.content for level in LEVELS if isinstance(level, Level)}
PIECES = [pytest.param(content, id=name) for name, content in NAMED.items() if isinstance(content, Piece)]
ARENAS = [pytest.param(content, id=name) for name, content in NAMED.items() if isinstance(content, Arena)]
STANDING = dict.fromkeys(ANGLES, 3.0) | {"trunk": 0.0, "left_upper_arm": 10.0, "right_upper_arm": 10.0}

SEMAPHORE = {
    "A": ("down", "low"), "B": ("down", "out"), "C": ("down", "high"), "E": ("high", "down"), "F": ("out", "down"),
    "G": ("low", "down"), "J": ("out", "up"), "K": ("up", "low"), "L": ("high", "low"), "M": ("out", "low"),
    "N": ("low", "low"), "P": ("up", "out"), "Q": ("high", "out"), "R": ("out", "out"), "S": ("low", "out"),
    "T": ("up", "high"), "U": ("high", "high"), "V": ("low", "up"), "Y": ("out", "high"),
}  # fmt: skip
"""The signaller's own left hand and right hand; letters that cross the body are left out."""
DIRECTIONS = {"down": 0, "low": 45, "out": 90, "high": 135, "up": 180}


def test_all_are_good_and_say_something_about_themselves() -> None:
    assert len(PIECES) == 8
    assert len(ARENAS) == 3
    for level in LEVELS:
        assert isinstance(level, Level), level
        assert level.about
        assert level.title


@pytest.mark.parametrize("piece", PIECES)
def test_pieces_are_of_a_length_and_their_names_fit(piece: Piece) -> None:
    assert 8 <= len(piece.targets) <= 14
    assert all(len(target.name) <= 14 for target in piece.targets)


def strike(target: Target) -> Target:
    """Return `target` done by somebody who leaves everything else hanging and standing."""
    return Target(name=target.name, angles=STANDING | dict(target.angles))


@pytest.mark.parametrize("piece", PIECES)
def test_whoever_strikes_a_pose_gets_it_and_has_not_got_the_next(piece: Piece) -> None:
    bodies = [ghost(strike(target), Proportions(0.2), (0.9, 0.5)) for target in piece.targets]
    for body, target in zip(bodies, piece.targets, strict=True):
        assert judge(body, target, either=piece.either).score > 99
    for body, following in zip(bodies, piece.targets[1:], strict=False):
        assert judge(body, following, either=piece.either).score < 50


def test_who_sits_is_judged_by_the_arms_and_who_has_one_arm_by_one() -> None:
    seated, one_arm = (NAMED[name] for name in ("seated", "one_arm"))
    assert isinstance(seated, Piece)
    assert isinstance(one_arm, Piece)
    assert {name for target in seated.targets for name in target.angles} == set(ANGLES[:4])
    assert {name for target in one_arm.targets for name in target.angles} == set(ANGLES[:2])
    assert one_arm.either


def test_some_wait_and_some_do_not() -> None:
    timed = {
        name: {target.seconds for target in content.targets}
        for name, content in NAMED.items()
        if isinstance(content, Piece)
    }
    assert timed["first_steps"] == timed["seated"] == timed["one_arm"] == {None}
    assert timed["fast"] == {3.0, 2.5}


def test_semaphore_is_the_real_alphabet() -> None:
    piece = NAMED["semaphore"]
    assert isinstance(piece, Piece)
    assert "".join(target.name for target in piece.targets) == "RUNPLAYGAMES"
    for target in piece.targets:
        for side, word in zip(("left", "right"), SEMAPHORE[target.name], strict=True):
            for part in ("upper_arm", "forearm"):
                assert abs(target.angles[f"{side}_{part}"] - DIRECTIONS[word]) <= 5


def turned(thing: Obstacle, *, across: bool, down: bool) -> Obstacle:
    """Return the mirror image of `thing`, left for right or upside down or both."""
    wide, high = (0.0, 0.0) if isinstance(thing, Circle) else (thing.width, thing.height)
    x = WIDE - thing.x - wide if across else thing.x
    y = HIGH - thing.y - high if down else thing.y
    if isinstance(thing, Circle):
        return Circle(round(x, 6), round(y, 6), thing.radius)
    return Box(round(x, 6), round(y, 6), wide, high)


@pytest.mark.parametrize("arena", ARENAS)
def test_no_side_of_an_arena_is_better(arena: Arena) -> None:
    things = set(arena.obstacles)
    for across, down in ((True, False), (False, True), (True, True)):
        assert {turned(thing, across=across, down=down) for thing in things} == things


@pytest.mark.parametrize("arena", ARENAS)
@pytest.mark.parametrize("count", range(2, 7))
def test_starts_are_each_others_mirror_images_with_room_around(arena: Arena, count: int) -> None:
    field = Field(arena)
    starts = Ways(field).starts(count)
    places = {(round(x, 6), round(y, 6)) for x, y in starts}
    assert len(places) >= count
    assert {(round(WIDE - x, 6), y) for x, y in places} == places == {(x, round(HIGH - y, 6)) for x, y in places}
    assert all(field.free(x, y, 0.45) for x, y in starts)


def test_the_exported_schema_is_that_of_the_code() -> None:
    exported = json.loads((FOLDER / "level.schema.json").read_text(encoding="utf-8"))
    assert exported == schema(), "run: posegames levels schema --out levels/level.schema.json"


def test_the_schema_names_every_key_and_its_range() -> None:
    parts = schema()["$defs"]
    for form in (*FORMS.values(), PoseForm):
        assert set(parts[form.__name__]["properties"]) == set(form.model_fields)
        assert parts[form.__name__]["additionalProperties"] is False
    assert parts["PoseForm"]["properties"]["trunk"]["minimum"] == -45
    assert parts["MatchForm"]["properties"]["scene"]["const"] == "match"
    assert '"null"' not in json.dumps(parts)


BLOCKS = re.findall(r"^```toml\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def test_the_examples_of_the_readme_are_levels() -> None:
    levels = [parse(block.encode(), FOLDER / "example.toml") for block in BLOCKS]
    assert all(isinstance(level, Level) for level in levels), levels
    assert {level.scene for level in levels} == set(FORMS)


def allowed(form: type[Form], key: str) -> str:
    """Return the range of a key as the README spells it."""
    for value in _values(form, key):
        if isinstance(value, Pair):
            return f"{_span(value.first)}, {_span(value.second)}"
        if isinstance(value, Number):
            return _span(value)
    raise AssertionError(key)


def _values(form: type[Form], key: str) -> list[object]:
    field = form.model_fields[key]
    inner = getattr(field.annotation, "__args__", ())
    return [*field.metadata, *(value for part in inner for value in getattr(part, "__metadata__", ()))]


def _span(number: Number) -> str:
    return f"{number.least:g} to {number.most:g}"


@pytest.mark.parametrize(
    ("form", "key"),
    [
        *((PoseForm, key) for key in (*SHORT, "trunk")),
        *((MatchForm, key) for key in ("hold", "seconds", "tolerance")),
        *((TagForm, key) for key in ("seconds", "rounds", "avatars", "speed", "skill")),
    ],
)
def test_the_ranges_in_the_readme_are_those_of_the_code(form: type[Form], key: str) -> None:
    rows = [line for line in README.splitlines() if line.startswith("|") and f"`{key}`" in line.split("|")[1]]
    assert any(allowed(form, key) in row for row in rows), (allowed(form, key), rows)


@pytest.mark.parametrize("form", [PoseForm, MatchForm, TagForm])
def test_the_readme_and_the_templates_name_every_key(form: type[Form]) -> None:
    sides = {"right_upper_arm", "right_forearm", "right_thigh", "right_shin"}
    for key in set(form.model_fields) - sides:
        assert re.search(rf"`(\[\[)?{key}(\]\])?`", README), key
    if form is not PoseForm:
        scene = "match" if form is MatchForm else "tag"
        assert all(re.search(rf"^#? ?\[*{key}\b", TEMPLATES[scene], re.MULTILINE) for key in form.model_fields)


def test_the_readme_names_every_level() -> None:
    for level in LEVELS:
        assert f"`{level.name}`" in README
