"""The command line's frame: help, errors as sentences, exit codes, interruptions."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from posegames import __version__
from posegames.cli import COMMANDS, DEBUG_VARIABLE, INTERRUPTED, root
from posegames.cli.group import Entry
from posegames.errors import SourceError, UsageError

HERE = "test_cli_root"


@click.command()
@click.argument("how")
def fail(how: str) -> None:
    """Fail in the way asked for."""
    match how:
        case "source":
            raise SourceError("No camera answers.", "None is plugged in.", "Plug one in.")
        case "usage":
            raise UsageError("There is no play 'x'.")
        case "disk":
            raise OSError(28, "No space left on device", "out.csv")
        case "interrupt":
            raise KeyboardInterrupt
        case "fault":
            raise ZeroDivisionError("our own fault")


@pytest.fixture(autouse=True)
def commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(DEBUG_VARIABLE, raising=False)
    monkeypatch.setitem(COMMANDS, "fail", Entry(f"{HERE}:fail", "Fail."))


def called(*words: str) -> Result:
    return CliRunner().invoke(root, words)


def test_help_lists_every_command() -> None:
    result = called("--help")
    assert result.exit_code == 0
    for name, entry in COMMANDS.items():
        assert f"  {name}" in result.output
        assert entry.help in result.output
    assert "Example: posegames play" in result.output


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_is_there_and_shows_an_example(name: str) -> None:
    result = called(name, "--help")
    assert result.exit_code == 0
    assert f"posegames {name}" in result.output.partition("xample")[2]
    assert f"Usage: root {name}" in result.output


def test_version() -> None:
    assert called("--version").output == f"posegames, version {__version__}\n"


@pytest.mark.parametrize(("word", "meant"), [("trak", "track"), ("Doctor", "doctor"), ("scene", "scenes")])
def test_a_misspelt_command_gets_the_nearest_spelling(word: str, meant: str) -> None:
    result = called(word)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"Did you mean {meant!r}?" in result.stderr


def test_a_word_like_none_gets_them_all() -> None:
    assert all(name in called("xyzzy").stderr for name in COMMANDS)


@pytest.mark.parametrize(
    ("how", "code", "said"),
    [
        ("source", 1, "No camera answers. None is plugged in. Plug one in.\n"),
        ("usage", 2, "There is no play 'x'.\n"),
        (
            "disk",
            1,
            "The system refused: No space left on device (out.csv). Run again with --debug to see where.\n",
        ),
        ("interrupt", INTERRUPTED, ""),
    ],
)
def test_errors_are_sentences_and_a_code(how: str, code: int, said: str) -> None:
    result = called("fail", how)
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", said)


def test_debug_shows_where() -> None:
    result = called("--debug", "fail", "source")
    assert result.exit_code == 1
    assert "Traceback" in result.stderr
    assert "No camera answers." in result.stderr


def test_debug_by_environment() -> None:
    result = CliRunner().invoke(root, ["fail", "usage"], env={DEBUG_VARIABLE: "1"})
    assert result.exit_code == 2
    assert "Traceback" in result.stderr


def test_a_fault_of_ours_is_not_hidden() -> None:
    assert isinstance(called("fail", "fault").exception, ZeroDivisionError)


def test_wrong_options_are_wrong_use() -> None:
    assert called("--nonsense").exit_code == 2
    assert called("track").exit_code == 2
    assert called("track", "a.mp4", "--out", "a.csv", "--players", "0").exit_code == 2


def program(*words: str) -> list[str]:
    return [sys.executable, "-c", "from posegames.cli import main; main()", *words]


def test_the_installed_command() -> None:
    command = Path(sys.executable).with_name("posegames")
    done = subprocess.run([command, "--version"], capture_output=True, check=True, text=True, timeout=60)
    assert done.stdout == f"posegames, version {__version__}\n"


def test_a_reader_that_leaves_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(program("--help"), stdout=writer, stderr=subprocess.PIPE, check=False, timeout=60)
    os.close(writer)
    assert done.stderr == b""


def test_ctrl_c_ends_a_running_command_quietly(tmp_path: Path) -> None:
    """A tape that never comes is waited for until Ctrl-C."""
    pipe = tmp_path / "endless.tape"
    os.mkfifo(pipe)
    words = program("track", str(pipe), "--out", str(tmp_path / "out.csv"))
    # Opening this end returns when the command has opened the other: it is at work then.
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as process, pipe.open("w"):
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=120)
    assert process.returncode == INTERRUPTED
    assert "Traceback" not in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["endless.tape"]
