"""Writing films whose every frame counts: at a steady rate, in time, and whole or with an error that says so."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path
from types import TracebackType
from typing import Self

import cv2
import numpy as np

from posegames.errors import PosegamesError
from posegames.seeing._native import native_path
from posegames.seeing.quiet import native_log_silenced
from posegames.seeing.sighting import Picture

CODECS = ("avc1", "mp4v")
"""H.264, which browsers play, where OpenCV brings an encoder: its wheels for Linux bring none. Else MPEG-4."""
USUAL_RATE = 30.0
"""Frames a second of what has no rate of its own."""
LEAST_ROOM = 4 << 20
"""Bytes free on the disk, below which it counts as full: OpenCV tells nobody that a frame was not written."""
LOOK_EVERY = 30
"""Frames after which that is looked at again."""


class FilmWriter:
    """An MP4 without sound. A `with` block that ends well leaves all of it, or raises PosegamesError.

    Frames come with their times. The film has one rate: what stays longer than a frame is repeated, and of two
    that fall on one place the first counts. A side that is odd gets a row of pixels more: encoders halve them.
    """

    def __init__(self, path: Path, size: tuple[int, int], rate: float) -> None:
        """Write `path`, which ends in .mp4; pictures are `size` = (width, height), `rate` a second."""
        self._path, self._size = path, size
        self._rate = _writable(rate) if rate > 0 else USUAL_RATE
        self._start: float | None = None
        self._last: Picture | None = None
        self._written = 0

    def __enter__(self) -> Self:
        """Open the file. Raises PosegamesError if that cannot be, OSError for a full disk."""
        self._check_room()
        even = (self._size[0] + self._size[0] % 2, self._size[1] + self._size[1] % 2)
        for codec in CODECS:
            with native_log_silenced():
                self._writer = cv2.VideoWriter(
                    native_path(self._path), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*codec), self._rate, even
                )
            if self._writer.isOpened():
                return self
        self._path.unlink(missing_ok=True)
        raise PosegamesError(
            f"The film {self._path.name} cannot be written.",
            f"OpenCV has no encoder here for {even[0]} x {even[1]} pixels at {self._rate:g} frames a second "
            f"(tried: {', '.join(CODECS)}).",
            "Its own wheel has one: pip install --force-reinstall opencv-contrib-python",
        )

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file, and look whether all is in it. Raises PosegamesError, OSError."""
        with native_log_silenced():
            self._writer.release()
        if kind is not None:
            self._path.unlink(missing_ok=True)
        elif self._found() < max(1, self._written):
            room = shutil.disk_usage(self._path.parent).free
            self._path.unlink(missing_ok=True)
            if not self._written:
                raise PosegamesError(f"There is no frame for the film {self._path.name}.")
            raise PosegamesError(
                f"The film {self._path.name} could not be written whole.",
                f"The disk has {room:,} bytes left.",
                "Make room there, or write it elsewhere.",
            )

    def write(self, picture: Picture, time: float) -> None:
        """Add `picture` (H, W, 3), BGR, as what is seen from `time` (seconds) on. Raises OSError: a full disk."""
        self._start = time if self._start is None else self._start
        place = round((time - self._start) * self._rate)
        while self._last is not None and self._written < place:
            self._put(self._last)
        self._last = self._fitted(picture)
        if self._written == place:
            self._put(self._last)

    def _put(self, picture: Picture) -> None:
        if self._written % LOOK_EVERY == 0:
            self._check_room()
        self._writer.write(picture)
        self._written += 1

    def _fitted(self, picture: Picture) -> Picture:
        height, width = picture.shape[:2]
        if (width, height) != self._size:
            picture = np.asarray(cv2.resize(picture, self._size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
            width, height = self._size
        if width % 2 or height % 2:
            grown = cv2.copyMakeBorder(picture, 0, height % 2, 0, width % 2, cv2.BORDER_REPLICATE)
            return np.asarray(grown, dtype=np.uint8)
        return picture

    def _check_room(self) -> None:
        if shutil.disk_usage(self._path.parent).free < LEAST_ROOM:
            raise OSError(errno.ENOSPC, "The disk is full", str(self._path.parent))

    def _found(self) -> int:
        """Return how many frames a reader finds."""
        with native_log_silenced():
            capture = cv2.VideoCapture(native_path(self._path), cv2.CAP_FFMPEG)
            found = int(capture.get(cv2.CAP_PROP_FRAME_COUNT)) if capture.isOpened() else 0
            capture.release()
        return found


def _writable(rate: float) -> float:
    """Return the rate next to `rate` that MPEG-4 can have: its clock ticks 65,535 times a second at most."""
    return next(round(rate, digits) for digits in (3, 2, 1, 0) if round(rate, digits) * 10**digits <= 65_535)


def encoded(picture: Picture, ending: str) -> bytes:
    """Return `picture` (H, W, 3), BGR, as the file that `ending` (.png, .jpg) says. Raises PosegamesError."""
    good, data = cv2.imencode(ending, picture)
    if not good:
        raise PosegamesError(f"A picture cannot be written as {ending}.")
    return data.tobytes()
