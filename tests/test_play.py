"""The main job, as a user starts it: a process of its own, the real estimator, real files."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import pytest
from click.testing import CliRunner

from posegames.cli import root
from posegames.seeing.estimators.store import ModelStore
from posegames.seeing.film import RATE

pytestmark = [pytest.mark.model, pytest.mark.usefixtures("models")]

PATIENCE = 300.0
"""Seconds a whole run may take on a busy machine."""
STAGE = "stage:dance?size=640x480"
SMALL = "stage:still?actors=1&size=320x240&rate=15"


def environment(**changes: str) -> dict[str, str]:
    """Return this environment without any screen or loudspeaker, and with `changes`."""
    kept = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"}}
    return kept | {"SDL_AUDIODRIVER": "dummy"} | changes


def play(*words: str, cwd: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "posegames", "play", *words],
        cwd=cwd,
        env=environment(**changes),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def wait_for(done: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


GUARD = """
import os, pathlib, sys
def guard(event, args):
    if event.startswith('socket.'): raise SystemExit(f'a socket was used: {event} {args}')
sys.addaudithook(guard)
pathlib.Path(__file__).with_name(f'{os.getpid()}.guarded').touch()
"""


@dataclass(frozen=True)
class Played:
    """A run that has ended, and what it wrote."""

    run: subprocess.CompletedProcess[str]
    folder: Path
    asked: float
    took: float
    stats: dict[str, Any]


@pytest.fixture(scope="module")
def everything(models: ModelStore, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Play with everything asked for, guarded, for as long as this machine needs until three have joined."""
    assert models.folder.is_dir()
    for seconds in (3.0, 9.0, 27.0):
        folder = tmp_path_factory.mktemp("everything")
        # Python imports a module of this name as it starts: in the process that plays, and in the one that sees.
        (folder / "guard").mkdir()
        (folder / "guard" / "sitecustomize.py").write_text(GUARD)
        paths = os.pathsep.join(filter(None, (str(folder / "guard"), os.environ.get("PYTHONPATH"))))
        began = time.monotonic()
        run = play(
            *("mirror", "--source", STAGE, "--players", "3", "--headless", "--seconds", f"{seconds}"),
            *("--stats", "s.json", "--record", "f.mp4", "--shots", "shots"),
            cwd=folder,
            PYTHONPATH=paths,
        )
        assert run.returncode == 0, run.stderr
        took, stats = time.monotonic() - began, json.loads((folder / "s.json").read_text())
        if stats["players"]["joined"] >= 3:
            break
    return Played(run, folder, seconds, took, stats)


def test_three_actors_join_and_everything_asked_for_is_written(everything: Played) -> None:
    assert everything.run.stderr == "The film is f.mp4.\n"
    stats = everything.stats
    assert stats["players"] == {"max": 3, "joined": 3, "left": 0}
    assert (stats["scene"], stats["source"], stats["estimator"]) == ("mirror", "stage:dance", "blazepose")
    assert stats["tracking"]["sightings"] > 3  # beside other tests, the eyes give way
    assert stats["display"]["frame_ms"]["p50"] > 0
    assert stats["latency_ms"]["capture_to_screen"]["p95"] > 0
    assert everything.asked <= stats["seconds"] < everything.took
    assert list(stats["first_shown"]) == ["curtain", "title", "sighting", "mirror"]
    shots = sorted((everything.folder / "shots").glob("*.png"))
    assert len(shots) >= 2
    picture = cv2.imread(str(shots[-1]))
    assert picture is not None
    assert picture.shape == (720, 1280, 3)
    assert picture.std() > 10  # something is to be seen
    film = cv2.VideoCapture(str(everything.folder / "f.mp4"))
    assert 0.75 * everything.asked * RATE < film.get(cv2.CAP_PROP_FRAME_COUNT) < everything.took * RATE
    film.release()


def test_nothing_is_sent_anywhere(everything: Played) -> None:
    assert "socket" not in everything.run.stderr
    assert len(list((everything.folder / "guard").glob("*.guarded"))) == 2


def test_the_guard_bites(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(GUARD)
    words, environ = (
        [sys.executable, "-c", "import socket; socket.socket()"],
        environment(PYTHONPATH=str(tmp_path)),
    )
    run = subprocess.run(words, env=environ, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert run.returncode == 1
    assert "a socket was used" in run.stderr


def test_without_a_screen_a_film_is_made_and_said(tmp_path: Path) -> None:
    run = play("--seconds", "0.1", "--source", SMALL, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "no screen here" in run.stderr
    assert f"0.1 seconds of {SMALL}" in run.stderr
    assert "posegames-demo.mp4" in run.stderr
    film = cv2.VideoCapture(str(tmp_path / "posegames-demo.mp4"))
    assert film.read()[0]
    film.release()


def test_without_a_camera_the_stage_plays_and_says_so(tmp_path: Path) -> None:
    run = play("mirror", "--headless", "--seconds", "0.1", "--stats", "s.json", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    source = json.loads((tmp_path / "s.json").read_text())["source"]
    if source.startswith("camera"):
        pytest.skip("this machine has a camera")
    assert "The stage plays instead." in run.stderr
    assert source == "stage:dance"


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["nonsense"], 2, "There is no scene 'nonsense'"),
        (["--source", "nowhere.mp4"], 1, "There is no source 'nowhere.mp4'"),
        (["--source", "stage:danse"], 1, "Did you mean 'dance'"),
        (["--estimator", "blaze"], 2, "Did you mean 'blazepose'"),
        (["--source", "stage", "--model", "nowhere"], 1, "nowhere cannot be read"),
        (["--source", "http://127.0.0.1:9/x"], 1, "127.0.0.1"),
        (["--players", "7"], 2, "1<=x<=6"),
        (["--stats", "no/folder/s.json"], 2, "There is no folder no/folder"),
    ],
)
def test_what_cannot_be_played_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(root, ["play", "--headless", "--mute", "--seconds", "1", *words])
    assert run.exit_code == code, run.stderr
    assert says in run.stderr
    assert "Traceback" not in run.stderr


def test_a_process_that_could_not_play_says_no_more(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no video")
    run = play("--headless", "--seconds", "1", "--source", "notes.txt", cwd=tmp_path)
    assert run.returncode == 1, run.stderr
    assert "notes.txt" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly_while_it_plays(tmp_path: Path, number: signal.Signals) -> None:
    words = ["--source", SMALL, "--headless", "--shots", "shots", "--stats", "s.json"]
    process = subprocess.Popen(
        [sys.executable, "-m", "posegames", "play", *words],
        cwd=tmp_path,
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_for(lambda: process.poll() is not None or (tmp_path / "shots" / "shot-002.png").exists())
        process.send_signal(number)
        _, said = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
        process.communicate()
    assert (process.returncode, said) == (0, "")
    assert json.loads((tmp_path / "s.json").read_text())["scene"] == "menu"
    assert {path.name for path in tmp_path.iterdir()} == {"shots", "s.json"}  # nothing half written is left


def test_a_tape_plays_without_pictures(tmp_path: Path) -> None:
    words = ["track", f"{STAGE}&rate=15", "--seconds", "1.2", "--out", f"{tmp_path / 'a.tape'}"]
    recorded = CliRunner().invoke(root, words)
    assert recorded.exit_code == 0, recorded.stderr
    run = play(
        "mirror", "--source", "a.tape", "--headless", "--stats", "s.json", cwd=tmp_path, POSEGAMES_OFFLINE="1"
    )
    assert run.returncode == 0, run.stderr
    stats = json.loads((tmp_path / "s.json").read_text())
    assert stats["players"]["max"] >= 2
    assert stats["tracking"]["dropped"] == 0


def test_a_first_play_without_network_and_models_says_the_way_out(tmp_path: Path, models: ModelStore) -> None:
    assert models.folder.is_dir()
    run = play(
        *("--source", STAGE, "--headless"),
        cwd=tmp_path,
        POSEGAMES_OFFLINE="1",
        POSEGAMES_CACHE=str(tmp_path / "empty"),
    )
    assert run.returncode == 1
    assert "posegames models fetch" in run.stderr
    assert "by hand" in run.stderr
