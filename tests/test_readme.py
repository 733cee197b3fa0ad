"""What the README tells people to type works, word for word."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from posegames.cli import root

CHECKOUT = Path(__file__).resolve().parents[1]
PAGES = [CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").glob("*.md"))]
BLOCKS = [
    pytest.param(block, id=f"{page.stem}-{i}")
    for page in PAGES
    for i, block in enumerate(
        re.findall(r"^```sh\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    )
]
SET_UP = ("python3 -m venv", ".venv/bin/python -m pytest")
"""How the two set-up commands begin; `.ci/run` takes them from the README and runs them on a fresh checkout."""

SHORT = ("posegames track", "posegames evaluate")
"""What is said of a command as a whole."""


def commands(block: str) -> list[str]:
    return [line for line in block.splitlines() if line and not line.startswith("#")]


def test_the_two_set_up_commands_come_first() -> None:
    first, second = (commands(str(block.values[0])) for block in BLOCKS[:2])
    assert len(first) == len(second) == 1
    assert first[0].startswith(SET_UP[0])
    assert first[0].endswith("posegames play")
    assert second == [SET_UP[1]]


@pytest.mark.model
@pytest.mark.usefixtures("models")
@pytest.mark.parametrize("block", BLOCKS[2:])
def test_every_other_block_does_what_it_says(block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    # Whoever runs the tests keeps their own levels as they are.
    for name, value in {"SDL_AUDIODRIVER": "dummy", "POSEGAMES_OWN": str(tmp_path / "own")}.items():
        monkeypatch.setenv(name, value)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for command in commands(block):
        program, *words = shlex.split(command)
        assert program == ".venv/bin/posegames"
        code, said = (played if words[0] == "play" else called)(words)
        assert code == 0, f"{command}\n{said}"
        assert "Traceback" not in said


def test_every_whole_command_in_the_table_of_papers_is_run_by_a_block() -> None:
    page = (CHECKOUT / "docs" / "papers.md").read_text(encoding="utf-8")
    run = [command.removeprefix(".venv/bin/") for block in BLOCKS for command in commands(str(block.values[0]))]
    named = [found for found in re.findall(r"`(posegames [^`]+)`", page) if found not in SHORT]
    assert len(named) > 5
    assert [command for command in named if command not in run] == []


def played(words: list[str]) -> tuple[int, str]:
    """Run a program of its own; return its exit code and what it said."""
    command = [sys.executable, "-m", "posegames", *words]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    return run.returncode, run.stdout + run.stderr


def called(words: list[str]) -> tuple[int, str]:
    """Run a command here, which has loaded most of it already; return its exit code and what it said."""
    run = CliRunner().invoke(root, words)
    return run.exit_code, run.output


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pictures_and_pages_that_are_pointed_to_exist(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).is_file(), target
