"""The ways by which a model file comes from the network. What they bring is not yet verified."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from posegames.language import msg
from posegames.seeing._native import child_environment
from posegames.seeing.estimators.download import RouteError, chunks, opened
from posegames.seeing.estimators.models import MODELS, Model

Progress = Callable[[str, float | None], None]
"""Told what goes on, in a few words, and its share 0..1 (None: unknown). Whatever it raises stops the work."""


def silent(_message: str, _share: float | None) -> None:
    """Be a `Progress` that tells nobody."""


Deliveries = Generator[tuple[Model, Iterator[bytes]], None, None]
"""Models and their bytes, each good until the next is asked for; closing it cleans up."""

WHEEL = "mediapipe==0.10.21"
"""The publisher's last release with the nets inside."""

WHEEL_BYTES = 35_622_638
"""For the progress bar only."""

WHEEL_BUILD = ("--platform=manylinux_2_28_x86_64", "--python-version=3.11", "--implementation=cp")
"""One build for everybody, whatever runs here: the nets are the same in each."""


@dataclass(frozen=True, slots=True)
class Route:
    """A way to model files."""

    name: str
    """As messages name it."""
    has: Callable[[Model], bool]
    take: Callable[[Model, Progress], Deliveries]
    """Yields the model asked for, and then what comes with it. Raises RouteError."""


def from_publisher(model: Model, progress: Progress) -> Deliveries:
    """Yield `model` from the publisher's own address. Raises RouteError."""
    progress(f"Asking for {model.file}", None)
    with opened(model.url) as answer:
        yield model, chunks(answer)


def from_wheel(model: Model, progress: Progress) -> Deliveries:
    """Yield `model` and the other nets of the publisher's older wheel, which pip fetches. Raises RouteError."""
    with TemporaryDirectory(prefix="posegames-") as folder:
        wheel = _download_wheel(Path(folder), progress)
        try:
            with zipfile.ZipFile(wheel) as archive:
                for row in sorted(MODELS.values(), key=lambda row: row != model):
                    if row.member is not None:
                        with archive.open(row.member) as stream:
                            yield row, chunks(stream)
        except (zipfile.BadZipFile, KeyError, OSError) as error:
            raise RouteError(f"{wheel.name} is not the wheel it should be: {error}") from error


def _download_wheel(folder: Path, progress: Progress) -> Path:
    """Let pip fetch the wheel into `folder`, watching it grow; return its path. Raises RouteError."""
    said = folder / "said.txt"
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", *WHEEL_BUILD]
    command += ["--no-input", "--disable-pip-version-check", "--progress-bar=off", "--retries=2"]
    command += [f"--dest={folder}", WHEEL]
    # pip collects a file in the folder for temporary ones first: in ours it can be watched, and goes with it.
    temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    try:
        with (
            said.open("wb") as speech,
            subprocess.Popen(  # noqa: S603 - every word of the command stands above
                command,
                stdin=subprocess.DEVNULL,
                stdout=speech,
                stderr=speech,
                env=child_environment() | temporary,
            ) as pip,
        ):
            try:
                while pip.poll() is None:
                    progress(msg("Fetching the nets with pip"), min(1.0, _largest(folder) / WHEEL_BYTES))
                    with suppress(subprocess.TimeoutExpired):
                        pip.wait(timeout=0.2)
            finally:
                pip.kill()  # does nothing to one that has ended
    except OSError as error:
        raise RouteError(f"it cannot be run: {error}") from error
    wheels = list(folder.glob("*.whl"))
    if pip.returncode != 0 or not wheels:
        raise RouteError(_complaint(said))
    return wheels[0]


def _largest(folder: Path) -> int:
    """Return the size of the largest file in `folder`; files may come and go meanwhile."""
    sizes = [0]
    for path in folder.rglob("*"):
        with suppress(OSError):
            sizes.append(path.stat().st_size)
    return max(sizes)


def _complaint(said: Path) -> str:
    """Return pip's most telling line: its last error, else its last line."""
    lines = [line.strip() for line in said.read_text("utf-8", errors="replace").splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ")]
    return (errors or lines or ["nothing"])[-1][:200]


ROUTES = (
    Route("publisher", lambda _: True, from_publisher),
    Route("pip", lambda model: model.member is not None, from_wheel),
)
"""In the order they are tried."""
