"""The files that tracking writes: a table from the ending of a name to what writes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

from posegames.errors import UsageError
from posegames.tools.sinks.annotated import FilmSink, FolderSink, PictureSink
from posegames.tools.sinks.arrays import NpzSink
from posegames.tools.sinks.base import Origin, Sink, TextSink
from posegames.tools.sinks.coco import CocoSink
from posegames.tools.sinks.events import EventsSink
from posegames.tools.sinks.rows import CsvSink
from posegames.tools.sinks.tape import TapeSink

__all__ = [
    "FORMATS",
    "PICTURED",
    "EventsSink",
    "Make",
    "Origin",
    "Sink",
    "TextSink",
    "format_of",
    "refuse_unwritable",
]

Make = Callable[[Path, Origin], Sink]
"""Opens nothing yet. Raises UsageError where the format cannot hold what comes from there."""

FOLDER = "/"
"""Stands for a name without ending, which is a folder's."""

FORMATS: MappingProxyType[str, Make] = MappingProxyType(
    {
        ".tape": TapeSink,
        ".tape.gz": TapeSink,
        ".csv": CsvSink,
        ".json": CocoSink,
        ".npz": NpzSink,
        ".mp4": FilmSink,
        ".png": PictureSink,
        ".jpg": PictureSink,
        ".jpeg": PictureSink,
        FOLDER: FolderSink,
    }
)
"""Which ending means which format."""

PICTURED = frozenset({".mp4", ".png", ".jpg", ".jpeg", FOLDER})
"""Those that are drawn on the pictures: their looks must bring them."""


def ending_of(path: Path) -> str:
    """Return the key of `FORMATS` that the name of `path` means. Raises UsageError if there is none."""
    name = path.name.lower()
    for ending in sorted(FORMATS, key=len, reverse=True):
        if name.endswith(ending):
            return ending
    if path.suffix:
        endings = ", ".join(ending for ending in FORMATS if ending != FOLDER)
        now = f"End its name in {endings}; a name without ending is a folder's, for pictures drawn on."
        raise UsageError(f"{path} does not say what to write.", now=now)
    return FOLDER


def format_of(path: Path) -> Make:
    """Return what writes `path`, by its ending.

    Raises UsageError for an ending that means nothing, and where no file can be written.
    """
    ending = ending_of(path)
    refuse_unwritable(path, folder=ending == FOLDER)
    return FORMATS[ending]


def refuse_unwritable(path: Path, *, folder: bool = False) -> None:
    """Raise UsageError where no file (or no file in a `folder`) can be written: before the work, not after it."""
    if path.is_dir() and not folder:
        raise UsageError(f"{path} is a folder.", now="Name a file in it.")
    trial = path / ".try" if folder and path.is_dir() else path.with_name(f"{path.name}.try")
    try:
        if folder and path.exists() and not path.is_dir():
            raise FileExistsError(0, "it is a file")
        trial.touch()
        trial.unlink()
    except OSError as error:
        why = f"The system says: {error.strerror}."
        raise UsageError(f"{path} cannot be written.", why, "Name a folder that is there and yours.") from error
