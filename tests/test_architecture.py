"""The architecture, read from the source: which part may know which, and what may be done where.

Every rule takes the folder of a package and returns what breaks it, so that each is also tried on a made-up
package that breaks it.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest

import posegames
from posegames.cli import COMMANDS

PACKAGE = Path(posegames.__file__).parent
CHECKOUT = PACKAGE.parent

LEAVES = ("errors", "events", "files", "language", "metrics", "preferences", "resources", "settings", "timing")
LAYERS: tuple[tuple[str, ...], ...] = (
    LEAVES,
    ("body",),
    ("seeing",),
    ("players",),
    ("gestures",),
    ("rules",),
    ("memory",),
    ("engine",),
    ("scenes",),
    ("testing",),
    ("app", "tools", "bridges"),
    ("cli",),
    ("__main__",),
)
"""Each may use only what stands before it; parts of one row each other, as long as it does not go round."""
RANK = MappingProxyType({part: rank for rank, parts in enumerate(LAYERS) for part in parts})

ONLY_IN = MappingProxyType(
    {
        "cv2": ("seeing", "tools"),
        "ai_edge_litert": ("seeing",),
        "mediapipe": ("seeing",),
        "onnxruntime": ("seeing",),
        "threading": ("seeing", "bridges"),
        "_thread": ("seeing", "bridges"),
        # Tools put work that needs no display on all cores, a process a piece.
        "concurrent": ("seeing", "bridges", "tools"),
        "multiprocessing": ("seeing", "bridges", "tools"),
        "asyncio": ("bridges",),
        "pydantic": ("engine",),
        "sqlite3": ("memory",),
        "PIL": ("seeing",),
        "babel": ("tools",),
        "prometheus_client": ("bridges",),
        "pygame": ("engine", "scenes", "app", "testing"),
        "time": ("timing", "app", "cli"),
        "datetime": ("app", "cli"),
    }
)
"""Which libraries may be used in which parts only."""

LONGEST = 300
"""Lines a module may have."""

Rule = Callable[[Path], list[str]]


@dataclass(frozen=True, slots=True)
class Import:
    """One name a module imports, as `package.module.name`."""

    part: str
    """The part of the package that imports it: its top-level module or folder."""
    name: str
    where: str


def modules(package: Path) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(package.rglob("*.py")):
        yield path, parsed(path.read_text(encoding="utf-8"))


@cache
def parsed(source: str) -> ast.Module:
    """Return the tree of a module, which every rule reads and none changes."""
    return ast.parse(source)


def imports(package: Path) -> Iterator[Import]:
    for path, tree in modules(package):
        inside = path.relative_to(package)
        part = inside.parts[0].removesuffix(".py")
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                origin = f"{'.' * node.level}{node.module or ''}." if isinstance(node, ast.ImportFrom) else ""
                for alias in node.names:
                    yield Import(part, f"{origin}{alias.name}", f"{inside.as_posix()}:{node.lineno}")


def imports_point_one_way(package: Path) -> list[str]:
    wrong, beside = [], set[tuple[str, str]]()
    for found in imports(package):
        if found.name.startswith("."):
            wrong.append(f"{found.where} imports {found.name} by a relative name")
        if not found.name.startswith("posegames.") or found.name.startswith("posegames.__"):
            continue
        target = found.name.split(".")[1]
        if found.part == "__init__" or RANK.get(found.part, 99) < RANK.get(target, 99):
            wrong.append(f"{found.where}: {found.part} must not know {target}")
        elif found.part not in RANK:
            wrong.append(f"{found.where}: {found.part} stands in no layer")
        elif found.part != target and RANK[found.part] == RANK[target] and target not in LEAVES:
            beside.add((found.part, target))
    return wrong + [f"{a} and {b} know each other" for a, b in sorted(beside) if a < b and (b, a) in beside]


def libraries_stay_where_they_belong(package: Path) -> list[str]:
    wrong = []
    for found in imports(package):
        # Of our own modules the last word: a library may not be fetched from a module that has imported it.
        words = found.name.split(".")
        library = words[-1] if words[0] == "posegames" else words[0]
        if found.part not in ONLY_IN.get(library, (found.part,)):
            wrong.append(f"{found.where}: {library} belongs in {', '.join(ONLY_IN[library])}")
    return wrong


def nothing_asks_pygame_for_the_time(package: Path) -> list[str]:
    return [
        f"{path.name}:{node.lineno} reads pygame.time"
        for path, tree in modules(package)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "time"
        if isinstance(node.value, ast.Name) and node.value.id == "pygame"
    ]


def modules_are_short(package: Path) -> list[str]:
    lengths = (
        (path, len(path.read_text(encoding="utf-8").splitlines())) for path in sorted(package.rglob("*.py"))
    )
    return [f"{path.relative_to(package)} has {length} lines" for path, length in lengths if length > LONGEST]


def nothing_is_global(package: Path) -> list[str]:
    return [
        f"{path.name}:{node.lineno} changes a global"
        for path, tree in modules(package)
        for node in ast.walk(tree)
        if isinstance(node, ast.Global)
    ]


def nothing_runs_at_import(package: Path) -> list[str]:
    """Import every module in a fresh process; it must say nothing, start no thread and open nothing."""
    code = f"""
import os, pkgutil, sys, threading, importlib
sys.path.insert(0, {str(package.parent)!r})
import {package.name} as root
def opened():
    if not os.path.isdir('/proc/self/fd'): return set()
    with os.scandir('/proc/self/fd') as open_files: numbers = [entry.path for entry in open_files]
    return {{os.readlink(path) for path in numbers if os.path.lexists(path)}}
before = opened()
for module in pkgutil.walk_packages(root.__path__, root.__name__ + '.'):
    importlib.import_module(module.name)
for thread in threading.enumerate():
    if thread is not threading.main_thread(): print('starts a thread:', thread.name)
for name in opened() - before: print('opens', name)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=False,
        # pygame's greeting is its own; the program switches it off where it starts.
        env=os.environ | {"PYGAME_HIDE_SUPPORT_PROMPT": "1"},
        text=True,
        timeout=120,
    )
    return [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]


RULES: tuple[Rule, ...] = (
    imports_point_one_way,
    libraries_stay_where_they_belong,
    nothing_asks_pygame_for_the_time,
    modules_are_short,
    nothing_is_global,
    nothing_runs_at_import,
)


@pytest.mark.parametrize("rule", RULES)
def test_the_package_keeps(rule: Rule) -> None:
    assert rule(PACKAGE) == []


@pytest.mark.parametrize(
    ("rule", "file", "code", "complaint"),
    [
        (imports_point_one_way, "body/pose.py", "from posegames.seeing import feed", "body must not know seeing"),
        (imports_point_one_way, "errors.py", "import posegames.body.pose", "errors must not know body"),
        (
            imports_point_one_way,
            "rules/tag.py",
            "def f():\n from posegames import engine",
            "rules must not know engine",
        ),
        (imports_point_one_way, "__init__.py", "from posegames.app import run", "__init__ must not know app"),
        (imports_point_one_way, "testing.py", "from posegames.app import run", "testing must not know app"),
        (imports_point_one_way, "helpers.py", "from posegames.errors import X", "helpers stands in no layer"),
        (imports_point_one_way, "body/pose.py", "from posegames.helpers import X", "body must not know helpers"),
        (imports_point_one_way, "body/pose.py", "from . import joints", "relative"),
        (libraries_stay_where_they_belong, "engine/view.py", "import cv2", "cv2 belongs in"),
        (
            libraries_stay_where_they_belong,
            "engine/view.py",
            "from posegames.seeing.x import cv2",
            "cv2 belongs in",
        ),
        (libraries_stay_where_they_belong, "tools/a.py", "import mediapipe.tasks", "mediapipe belongs in"),
        (
            libraries_stay_where_they_belong,
            "players/roster.py",
            "from threading import Lock",
            "threading belongs in",
        ),
        (libraries_stay_where_they_belong, "app.py", "import concurrent.futures", "concurrent belongs in"),
        (libraries_stay_where_they_belong, "rules/tag.py", "import pygame", "pygame belongs in"),
        (libraries_stay_where_they_belong, "cli/play.py", "def f():\n import pygame", "pygame belongs in"),
        (libraries_stay_where_they_belong, "scenes/tag.py", "from time import monotonic", "time belongs in"),
        (libraries_stay_where_they_belong, "body/pose.py", "from datetime import datetime", "datetime belongs in"),
        (
            nothing_asks_pygame_for_the_time,
            "scenes/tag.py",
            "import pygame\npygame.time.get_ticks()",
            "pygame.time",
        ),
        (modules_are_short, "body/pose.py", "x = 1\n" * 301, "301 lines"),
        (nothing_is_global, "body/pose.py", "def f():\n global x\n x = 1", "global"),
        (nothing_runs_at_import, "body/pose.py", "print('hello')", "hello"),
        (nothing_runs_at_import, "body/pose.py", "import warnings\nwarnings.warn('careful')", "careful"),
        (
            nothing_runs_at_import,
            "body/pose.py",
            "import threading as t\nt.Thread(target=t.Event().wait, daemon=True, name='early').start()",
            "early",
        ),
        (nothing_runs_at_import, "body/pose.py", "import socket\nkept = socket.socket()", "opens"),
        (nothing_runs_at_import, "body/pose.py", "raise ValueError('broken')", "broken"),
    ],
)
def test_each_rule_can_be_broken(tmp_path: Path, rule: Rule, file: str, code: str, complaint: str) -> None:
    package = tmp_path / "made_up"
    path = package / file
    path.parent.mkdir(parents=True)
    for folder in {package, path.parent}:
        (folder / "__init__.py").touch()
    path.write_text(code)
    assert complaint in "\n".join(rule(package))


def test_parts_of_one_layer_do_not_know_each_other_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "track.py").write_text("from posegames.app import run")
    assert imports_point_one_way(tmp_path) == []
    (tmp_path / "app.py").write_text("from posegames.tools import track")
    assert imports_point_one_way(tmp_path) == ["app and tools know each other"]


HEAVY = (
    *("numpy", "cv2", "pygame", "mediapipe", "ai_edge_litert", "pydantic", "rich", "platformdirs"),
    "posegames.seeing",
)


@pytest.mark.parametrize("words", [[], ["--version"], *([name, "--help"] for name in COMMANDS)])
def test_help_imports_nothing_heavy(words: list[str]) -> None:
    assert _loaded_by(words) == []


def test_what_is_heavy_would_be_noticed() -> None:
    assert "rich" in _loaded_by(["scenes"])


def _loaded_by(words: list[str]) -> list[str]:
    code = f"""
import atexit, sys
def tell(): print(*sorted(set({HEAVY}) & sys.modules.keys()), sep='\\n', file=sys.stderr)
atexit.register(tell)
from posegames.cli import main
sys.argv[1:] = {words}
main()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True, timeout=60)
    assert done.returncode in (0, 2), done.stderr
    return [line for line in done.stderr.splitlines() if line in HEAVY]


PRIVATE = re.compile(
    r"(?<![\w.\-])/(work|root|home|Users)/\w|[A-Z]:\\Users|"
    r"pypi\.org|pythonhosted\.org|anaconda\.org|registry\.npmjs|dev[p]i|artifact[o]ry",
    re.IGNORECASE,
)
"""Folders of the machine a file was made on, and hosts of package registries."""
TEXTS = frozenset(
    {"", ".cfg", ".csv", ".in", ".json", ".md", ".play", ".py", ".sh", ".toml", ".txt", ".yaml", ".yml"}
)


def private_words(files: list[Path]) -> list[str]:
    return [
        f"{path}:{number}: {match.group()}"
        for path in files
        if path.suffix in TEXTS
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if (match := PRIVATE.search(line))
    ]


def test_no_file_names_a_machine_or_a_registry() -> None:
    files = _files_of_the_project()
    assert len(files) > 30
    assert private_words(files) == []


@pytest.mark.parametrize(
    "halves", [("open('/ho", "me/me/a"), ("cd /wo", "rk/x"), ("https:/pypi", ".org"), ("C:\\Us", "ers")]
)
def test_a_private_word_would_be_noticed(tmp_path: Path, halves: tuple[str, str]) -> None:
    # In halves, so that this file has none of them.
    (tmp_path / "a.md").write_text("first\n" + "".join(halves))
    assert len(private_words([tmp_path / "a.md"])) == 1


def _files_of_the_project() -> list[Path]:
    if not (CHECKOUT / ".git").exists():
        return [path for path in CHECKOUT.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, check=True, text=True)
    return [path for name in listed.stdout.split("\0") if name and (path := CHECKOUT / name).is_file()]


def scenes_without_a_play(scenes: Path, tests: Path) -> list[str]:
    """A scene is a module or a package; its scripted play stands in `test_NAME.py` and calls `play`."""
    missing = []
    for name in sorted(path.stem for path in scenes.glob("[!_]*") if path.suffix == ".py" or path.is_dir()):
        path = tests / f"test_{name}.py"
        tree = ast.parse(path.read_text(encoding="utf-8")) if path.is_file() else ast.Module([], [])
        calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
        if not any(isinstance(called, ast.Name) and called.id == "play" for called in calls):
            missing.append(name)
    return missing


def test_every_scene_has_a_scripted_play() -> None:
    assert scenes_without_a_play(PACKAGE / "scenes", CHECKOUT / "tests" / "scenes") == []


def test_a_scene_without_a_play_would_be_noticed(tmp_path: Path) -> None:
    scenes = tmp_path / "scenes"
    scenes.mkdir()
    for name in ("__init__.py", "duel.py"):
        (scenes / name).touch()
    (scenes / "tag").mkdir()
    (tmp_path / "test_tag.py").write_text("from posegames.testing import play\n")
    assert scenes_without_a_play(scenes, tmp_path) == ["duel", "tag"]
    (tmp_path / "test_tag.py").write_text("def test_it():\n    play(None, [])\n")
    assert scenes_without_a_play(scenes, tmp_path) == ["duel"]
