"""What many tests share: the model files and the real footage, where they can be had."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import cv2
import pytest
from hypothesis import settings

from posegames.errors import ModelError
from posegames.language import speak
from posegames.resources import OWN_VARIABLE
from posegames.seeing.estimators.models import NEEDED
from posegames.seeing.estimators.store import ModelStore

if sys.platform != "win32" and "PYTEST_XDIST_WORKER" in os.environ:
    # Each worker as if from a terminal of its own: Linux shares the cores among sessions first. On a machine that
    # is busy otherwise the suite gets twice as much of them, and the eyes, which give way to a display, with it.
    with suppress(PermissionError):
        os.setsid()
# A worker a core: more threads only wait for one another.
cv2.setNumThreads(1)
# The same examples each time: what passes here passes everywhere.
settings.register_profile("steady", derandomize=True)
settings.load_profile("steady")

DEAR = ("model", "window", "footage")
"""Marks of what takes long."""


def pytest_configure(config: pytest.Config) -> None:
    """Keep pytest-xdist from handing out the files with the fewest tests last, and compiled code for the next run.

    Where none may be written beside the sources, each worker and each program that a test starts would compile
    everything anew: half of the time of collecting, a third of that of a start. Pytest has a cache for such.
    """
    config.option.loadscopereorder = False
    if sys.dont_write_bytecode and hasattr(config, "cache"):
        with suppress(OSError):
            sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"] = str(config.cache.mkdir("compiled"))
            sys.dont_write_bytecode = False
            os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the dear files first, each as it is: in the end no worker is left with a long one."""
    dear = {item.path for item in items if any(item.get_closest_marker(name) for name in DEAR)}
    items.sort(key=lambda item: item.path not in dear)


@pytest.fixture(scope="session", autouse=True)
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep away from what the user of this machine keeps: scores, settings, levels."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(OWN_VARIABLE, str(tmp_path_factory.mktemp("own")))
        yield


@pytest.fixture(autouse=True)
def _english() -> None:
    """Speak English at first, whatever a test before has set."""
    speak("en")


@pytest.fixture(scope="session")
def models() -> ModelStore:
    """Give the user's own store with both nets in it, fetched if need be."""
    store = ModelStore()
    try:
        for name in NEEDED:
            store.path(name)
    except ModelError as error:
        pytest.skip(f"the model files cannot be had: {error}")
    return store


@pytest.fixture(scope="session")
def footage() -> Path:
    """Give the folder of real footage, which is no part of this repository."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("POSEGAMES_DATA", beside))
    if not (folder / "clips").is_dir():
        pytest.skip(f"no real footage in {folder} (POSEGAMES_DATA says where it is)")
    return folder


@pytest.fixture(scope="session")
def screen() -> Iterator[str]:
    """Give a virtual screen of 2000x1200, as DISPLAY names it."""
    if not (shutil.which("Xvfb") and shutil.which("xdotool")):
        pytest.skip("Xvfb and xdotool are not installed (Debian packages xvfb, xdotool)")
    reading, writing = os.pipe()
    # Without -noreset it starts afresh whenever the last window closes, and refuses the next one meanwhile.
    options = ["-screen", "0", "2000x1200x24", "-nolisten", "tcp", "-noreset"]
    command = ["Xvfb", "-displayfd", str(writing), *options]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as numbers:
            yield f":{numbers.readline().strip()}"
        server.terminate()
