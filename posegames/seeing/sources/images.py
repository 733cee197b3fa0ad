"""One picture, or a folder of them, one frame each."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from types import TracebackType
from typing import Self

import cv2
import numpy as np

from posegames.errors import SourceError
from posegames.seeing._native import MOST_PIXELS
from posegames.seeing.sighting import Frame, Picture
from posegames.seeing.sources.capture import picture_of
from posegames.seeing.sources.endings import PICTURES, natural
from posegames.seeing.sources.headers import picture_size

MOST_BYTES = 128 << 20
"""Of one file: an uncompressed picture of `MOST_PIXELS` with alpha has half of it."""


class ImagesSource:
    """Pictures (see `Source`): turned upright by their EXIF mark, in natural order (2 before 10).

    What cannot be read is passed over and stands in `skipped`.
    """

    live = False

    def __init__(self, path: Path, *, rate: float = 1.0) -> None:
        """Use the picture or folder `path`, `rate` pictures a second of media time."""
        self.name, self.size, self.rate = path.name or str(path), (0, 0), rate
        self.length: int | None = None
        self.trouble, self.ended = "", False
        self.names: list[str] = []
        """File names; `names[frame.number]` is the frame's."""
        self.skipped: list[tuple[Path, str]] = []
        """Files that could not be read, and why."""
        self._path = path
        self._paths: list[Path] = []
        self._number = 0
        self._first: Frame | None = None

    def __enter__(self) -> Self:
        """List the files. Raises SourceError if none can be read."""
        try:
            self._paths = _files(self._path)
        except OSError as error:
            raise SourceError(
                f"The pictures of {self._path} cannot be listed.",
                f"({error.strerror or error})",
                "Check the name.",
            ) from error
        self.names, self.length = [_text(path.name) for path in self._paths], len(self._paths)
        self._first = self._next()
        if self._first is None:
            reasons = "; ".join(f"{path.name}: {why}" for path, why in self.skipped[:3])
            raise SourceError(
                f"There is no picture to read in {self._path}.",
                f"({reasons}.)" if reasons else "",
                f"Pictures end in {', '.join(sorted(PICTURES))}.",
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is open between two pictures."""
        self.ended = True

    def read(self) -> Frame | None:
        """Return the next picture, or None at the end."""
        if self.ended:
            return None
        frame, self._first = self._first or self._next(), None
        if frame is None:
            self.ended = True
            if self.skipped:
                self.trouble = f"{len(self.skipped)} of {self.length} pictures could not be read"
        else:
            self.size = frame.picture.shape[1], frame.picture.shape[0]
        return frame

    def _next(self) -> Frame | None:
        while self._number < len(self._paths):
            number, path = self._number, self._paths[self._number]
            self._number += 1
            try:
                return Frame(read_picture(path), number / self.rate, number)
            except (ValueError, OSError) as error:
                self.skipped.append((path, getattr(error, "strerror", None) or str(error)))
        return None


def read_picture(path: Path) -> Picture:
    """Read a picture file as BGR, upright. Raises OSError, and ValueError with the reason in a few words."""
    with path.open("rb") as file:
        width, height = picture_size(file)
        if width * height > MOST_PIXELS:
            raise ValueError(f"{width} x {height} pixels are too many")
        file.seek(0)
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ValueError(f"it has more than {MOST_BYTES:,} bytes")
    try:
        # Not imread: it cannot open every name on Windows.
        picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error as error:
        raise ValueError("it cannot be decoded") from error
    found = picture_of((picture is not None, picture))
    if found is None:
        raise ValueError("it is damaged or breaks off")
    return found


def write_small(path: Path, picture: Picture, *, width: int = 320) -> None:
    """Write a PNG of `picture`, made smaller to `width`, creating its folder. Raises OSError."""
    height = max(1, round(width * picture.shape[0] / picture.shape[1]))
    small = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(".png", small)[1].tobytes())


def _files(path: Path) -> list[Path]:
    """Return the picture files of a folder in natural order, or the one file. Raises OSError."""
    if not path.is_dir():
        if not path.is_file():
            path.stat()  # what is not there says so itself
            # A pipe or a device: to open it may wait for ever.
            raise OSError(errno.EINVAL, "it is no regular file")
        return [path]
    files = [file for file in path.iterdir() if file.suffix.lower() in PICTURES and file.is_file()]
    return sorted(files, key=lambda file: natural(file.name))


def _text(name: str) -> str:
    """Return a file name as text that can be written: names are bytes, and need not be UTF-8."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
