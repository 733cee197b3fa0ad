"""Level files, read: a `Level`, or a `Broken` with all that is wrong. Nothing in a file makes it raise."""

from __future__ import annotations

import re
import stat
import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from pydantic import ValidationError

from posegames.engine.levels import ground
from posegames.engine.levels.faults import Table, capped, in_words, where
from posegames.engine.levels.form import FORMS, MOST_POSES, USUAL_POSE, MatchForm, TagForm
from posegames.engine.levels.level import Broken, Fault, Home, Level
from posegames.engine.levels.values import clean, shown
from posegames.errors import did_you_mean

LARGEST = 256_000
"""Bytes of a level file."""
DEEPEST = 50
"""Parts of a dotted key: its nesting costs a TOML reader the square of them."""
HASTE = 1.0
"""Seconds a pose's clock must leave beyond its hold."""
SUFFIX = ".toml"

_NUMBERED = re.compile(r"\d+[\s._-]+(?=.)")
_SCENE = re.compile(r'^\s*scene\s*=\s*["\'](\w+)["\']', re.MULTILINE)


class UnreadableError(Exception):
    """A file is no text of a level; the message is what is wrong with it."""


def name_of(path: Path) -> str:
    """Return the name of the level in `path`: the file's, without ending and the number it is sorted by."""
    stem = clean(path.stem, 60)
    numbered = _NUMBERED.match(stem)
    return stem[numbered.end() :] if numbered else stem


def read(path: Path, home: Home = "folder", scene: str = "") -> Level | Broken:
    """Return the level in `path`; `scene` is whose folder it lies in, for files that do not tell."""
    try:
        return parse(load(path), path, home, scene)
    except UnreadableError as error:
        return Broken(scene=scene, name=name_of(path), path=path, faults=(Fault("", str(error)),), home=home)


def load(path: Path) -> bytes:
    """Return what `path` holds. Raises UnreadableError for what is no file, not readable or too large."""
    try:
        # A pipe would be waited for.
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableError("is no file; a text file is needed")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror or 'the system refused'}") from None
    except ValueError:  # a name no file can have
        raise UnreadableError("cannot be read: no file has such a name") from None
    if len(data) > LARGEST:
        raise UnreadableError(f"is larger than {LARGEST // 1000} kB; a level is a few hundred lines at most")
    return data


def parse(data: bytes, path: Path, home: Home = "folder", scene: str = "") -> Level | Broken:
    """Return the level in `data`, as `load` gives it."""
    scene = scene if scene in FORMS else ""
    try:
        text = _text(data)
        scene = _told(text) or scene
        table = _table(text)
    except UnreadableError as error:
        return Broken(scene=scene, name=name_of(path), path=path, faults=(Fault("", str(error)),), home=home)
    faults: list[Fault] = []
    told = table.get("scene")
    if isinstance(told, str) and told in FORMS:
        scene = told
    else:
        faults.append(Fault("scene", _no_scene(told, missing="scene" not in table)))
        scene = scene or _guess(table)
    form: MatchForm | TagForm | None = None
    if scene:
        try:
            # What is wrong with the scene is told above, once.
            form = FORMS[scene].model_validate(table | {"scene": scene})
        except ValidationError as error:
            faults += in_words(error, table, scene)
        faults += _sense(table, form)
    if faults or form is None:
        return Broken(scene=scene, name=name_of(path), path=path, faults=capped(faults), home=home)
    return Level(
        scene=scene,
        name=name_of(path),
        title=form.title,
        about=form.about,
        content=form.content(),
        path=path,
        home=home,
    )


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"is not UTF-8 (byte {error.start + 1}); save it as UTF-8 text") from None
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.lstrip().startswith("#") and max(part.count(".") for part in line.split("=")) > DEEPEST:
            raise UnreadableError(f"line {number} goes too deep; at most {DEEPEST} dots are allowed before a '='")
    return text


def _table(text: str) -> Table:
    try:
        return tomllib.loads(text)
    except ValueError as error:
        raise UnreadableError(f"is not TOML: {clean(str(error), 120)}") from None
    except RecursionError:
        raise UnreadableError("is not a level: its brackets go too deep") from None


def _told(text: str) -> str:
    """Return the scene a file speaks of, even if it is no TOML."""
    found = _SCENE.search(text)
    return found.group(1) if found and found.group(1) in FORMS else ""


def _no_scene(told: object, *, missing: bool) -> str:
    known = " or ".join(f'"{name}"' for name in FORMS)
    if missing:
        return f"is missing; {known} is needed"
    near = f". {did_you_mean(clean(told, 20), list(FORMS)).rstrip('.')}" if isinstance(told, str) else ""
    return f"is {shown(told)}; {known} is allowed{near}"


def _guess(table: Table) -> str:
    """Return whose level `table` seems to be, to find what else is wrong with it; empty if nothing tells."""
    return "match" if "pose" in table else "tag" if {"circle", "box"} & table.keys() else ""


def _sense(table: Table, form: MatchForm | TagForm | None) -> Iterator[Fault]:
    """Yield what is wrong between things that are right one by one."""
    poses = table.get("pose")
    if isinstance(poses, list):
        yield from _between_poses(table, poses)
    if isinstance(form, TagForm) and (trouble := ground.trouble(form.content())):
        yield Fault("the field", trouble)


def _between_poses(table: Table, poses: list[object]) -> Iterator[Fault]:
    named: dict[str, None] = {}
    for index, pose in enumerate(poses):
        if not isinstance(pose, dict):
            continue
        name, again = pose.get("name"), pose.get("again")
        if isinstance(again, str) and again.strip() not in named:
            near = get_close_matches(again[:16], islice(named, MOST_POSES), n=1)
            meant = f". Did you mean {shown(near[0])}?" if near else ""
            yield Fault(
                where(table, "pose", index, "again"),
                f"is {shown(again)}; the name of a pose above is allowed{meant}",
            )
        if isinstance(name, str):
            if name.strip() in named:
                yield Fault(where(table, "pose", index), "has the name of a pose above; repeat it by 'again'")
            named[name.strip()] = None
        hold, seconds = (_number(pose.get(key, table.get(key))) for key in ("hold", "seconds"))
        hold = USUAL_POSE.hold if hold is None else hold
        if seconds is not None and seconds < hold + HASTE:
            yield Fault(
                where(table, "pose", index),
                f"leaves {shown(seconds)} seconds to strike it and hold it for {shown(hold)}; "
                f"{HASTE:g} more than the hold is needed",
            )


def _number(value: object) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
