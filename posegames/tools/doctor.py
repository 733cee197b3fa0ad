"""Looking this machine over: what is there, what is wrong, and what to do about it.

What may crash or hang when it is broken (native libraries, drivers) is tried in a process of its own.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from typing import Literal

from posegames.errors import PosegamesError
from posegames.resources import CACHE_VARIABLE, cache_dir, shipped
from posegames.seeing._native import child_environment
from posegames.seeing.estimators.models import MODELS, NEEDED
from posegames.seeing.estimators.store import ModelStore
from posegames.timing import Clock

State = Literal["ok", "warn", "bad"]
"""bad: posegames will not work. warn: something will be missing."""

PATIENCE = 30.0
"""Seconds a trial may take; the slowest, loading MediaPipe from a cold disk, takes a few."""
ROOM = 100_000_000
"""Bytes the cache should have free: the older MediaPipe wheel and the nets in it take half of it."""
OPENCVS = (
    "opencv-contrib-python",
    "opencv-python",
    "opencv-contrib-python-headless",
    "opencv-python-headless",
)
"""Distributions that all install into the one folder `cv2`, the one that posegames asks for first."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    name: str
    state: State
    detail: str
    advice: str = ""
    """What to do about it; empty where there is nothing to do."""


def examine(*, cameras: Clock | None = None) -> Iterator[Finding]:
    """Yield what every check finds, as it is found; given a clock, each camera is opened for a moment too."""
    opencv = False
    for check in CHECKS:
        for finding in check():
            opencv |= finding.name == "opencv" and finding.state == "ok"
            yield finding
    if cameras is not None and opencv:
        yield _cameras(cameras)


def healthy(findings: list[Finding]) -> bool:
    """Whether nothing is bad."""
    return all(finding.state != "bad" for finding in findings)


@dataclass(frozen=True, slots=True)
class _Trial:
    """What a piece of code did in a process of its own."""

    worked: bool
    said: str
    """Its last line; if it did not work, of its complaint."""


def _try(code: str) -> _Trial:
    """Run `code`; its last line of output counts, libraries talk before it."""
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own words
            [sys.executable, "-c", code],
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
            env=child_environment() | {"PYGAME_HIDE_SUPPORT_PROMPT": "1"},
            stdin=subprocess.DEVNULL,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        return _Trial(worked=False, said=f"it did not answer within {PATIENCE:.0f} s")
    lines = [line for line in (done.stdout if done.returncode == 0 else done.stderr).splitlines() if line.strip()]
    last = lines[-1].strip() if lines else ""
    if done.returncode < 0:
        last = f"it crashed with signal {-done.returncode}"
    return _Trial(done.returncode == 0, last)


def _installed(names: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for name in names:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def _python() -> Iterator[Finding]:
    version, machine = platform.python_version(), f"{platform.system()} {platform.release()}, {platform.machine()}"
    old = sys.version_info < (3, 11)
    yield Finding("python", "bad" if old else "ok", version, "Install Python 3.11 or newer." if old else "")
    yield Finding("platform", "ok", machine)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    advice = "One core tracks and draws in turns: choose --players 1." if cores < 2 else ""
    yield Finding("cores", "warn" if cores < 2 else "ok", str(cores), advice)


def _pygame() -> Iterator[Finding]:
    found = _installed(("pygame", "pygame-ce"))
    detail = ", ".join(f"{name} {version}" for name, version in found.items()) or "not installed"
    if len(found) == 2:
        advice = "Keep one: pip uninstall -y pygame pygame-ce, then pip install --no-deps pygame"
        yield Finding("pygame", "bad", f"{detail}: both write into one folder", advice)
        return
    if not found:
        yield Finding("pygame", "bad", detail, "pip install --force-reinstall posegames")
        return
    trial = _try("import pygame; print(pygame.get_sdl_version())")
    advice = "" if trial.worked else f"pip install --force-reinstall --no-deps {next(iter(found))}"
    if not trial.worked:
        detail += f": {trial.said}"
    yield Finding("pygame", "ok" if trial.worked else "bad", detail, advice)


def _opencv() -> Iterator[Finding]:
    found = _installed(OPENCVS)
    detail = ", ".join(f"{name} {version}" for name, version in found.items()) or "not installed"
    mend = f"pip install --force-reinstall --no-deps {OPENCVS[0]}"
    if len(found) > 1:
        advice = f"Keep one: pip uninstall -y {' '.join(found)}, then {mend}"
        yield Finding("opencv", "bad", f"{detail}: they overwrite each other in one folder", advice)
        return
    trial = _try("import cv2; print(cv2.__version__ if hasattr(cv2, 'VideoCapture') else '')")
    if trial.worked and trial.said and found:
        yield Finding("opencv", "ok", detail)
    elif "libGL" in trial.said or "libgthread" in trial.said:
        yield Finding("opencv", "bad", f"{detail}: {trial.said}", "apt install libgl1 libglib2.0-0")
    elif trial.worked:
        yield Finding("opencv", "bad", f"{detail}: half of it was removed with another OpenCV", mend)
    else:
        yield Finding("opencv", "bad", f"{detail}: {trial.said}", mend)


def _runtimes() -> Iterator[Finding]:
    """Check what runs the nets: LiteRT for the default estimator, MediaPipe for the other."""
    runtimes: tuple[tuple[str, str, State], ...] = (
        ("ai-edge-litert", "from ai_edge_litert.interpreter import Interpreter", "bad"),
        ("mediapipe", "from mediapipe.tasks.python import vision", "warn"),
    )
    for name, code, state in runtimes:
        version = _installed((name,)).get(name)
        trial = _try(code)
        if version and trial.worked:
            yield Finding(name, "ok", version)
        else:
            why = f"{version}: {trial.said}" if version else "not installed"
            use = "" if state == "bad" else " (only --estimator mediapipe needs it)"
            yield Finding(name, state, why, f"pip install --force-reinstall {name}{use}")


def _models() -> Iterator[Finding]:
    try:
        checked = ModelStore().check(MODELS)
    except PosegamesError as error:
        yield Finding("models", "bad", error.what, error.now)
        return
    for one in checked:
        good = one.state in ("good", "own")
        needed = one.model.name in NEEDED
        if one.state == "missing" and not needed:
            yield Finding(one.model.name, "ok", f"not here, not needed: {one.model.what}")
            continue
        state: State = "ok" if good else "bad" if one.state == "damaged" and needed else "warn"
        detail = one.state if good else one.problem
        yield Finding(one.model.name, state, detail, "" if good else f"posegames models fetch {one.model.name}")


def _display() -> Iterator[Finding]:
    driver = "import pygame; pygame.display.init(); print(pygame.display.get_driver())"
    trial = _try(driver)
    if not trial.worked or trial.said in ("offscreen", "dummy"):
        advice = "Log in to a desktop; without one: posegames play --headless"
        yield Finding("screen", "warn", "none" if trial.worked else trial.said, advice)
    else:
        yield Finding("screen", "ok", trial.said)
    trial = _try("import pygame; pygame.mixer.init(); print('a device answers')")
    advice = "" if trial.worked else "Games play silently. Check this machine's sound settings."
    yield Finding("sound", "ok" if trial.worked else "warn", trial.said, advice)


def _folders() -> Iterator[Finding]:
    for name in ("assets", "levels"):
        try:
            yield Finding(name, "ok", str(shipped(name)))
        except FileNotFoundError as error:
            yield Finding(name, "bad", str(error), "pip install --force-reinstall --no-deps posegames")
    cache = cache_dir()
    try:
        cache.mkdir(parents=True, exist_ok=True)
        trial = cache / f".doctor-{os.getpid()}"
        trial.touch()
        trial.unlink()
    except OSError as error:
        advice = f"Allow writing there, or set {CACHE_VARIABLE} to another folder."
        yield Finding("cache", "bad", f"{cache}: {error.strerror}", advice)
        return
    free = shutil.disk_usage(cache).free
    full = free < ROOM
    advice = f"Make room, or set {CACHE_VARIABLE} to a folder on another disk." if full else ""
    yield Finding("cache", "warn" if full else "ok", f"{cache}, {free / 1e9:.1f} GB free", advice)


def _cameras(clock: Clock) -> Finding:
    from posegames.seeing.sources.camera import list_cameras

    found = [f"{camera.index}: {camera.size[0]}x{camera.size[1]}" for camera in list_cameras(clock=clock)]
    if found:
        return Finding("cameras", "ok", ", ".join(found))
    advice = "Plug one in, or allow its use; until then the built-in stage plays instead."
    return Finding("cameras", "warn", "none answers", advice)


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _python,
    _pygame,
    _opencv,
    _runtimes,
    _models,
    _folders,
    _display,
)
"""Every check but the cameras, in the order of the table."""
