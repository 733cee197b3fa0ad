"""Writing what the window shows to an MP4, in a thread of its own: the display never waits for the encoder."""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType
from typing import Self

import cv2
import numpy as np
from numpy.typing import NDArray

from posegames.errors import PosegamesError
from posegames.seeing._native import native_path
from posegames.seeing.background import finish, step_back
from posegames.seeing.slot import NewestSlot

RATE = 30
"""Frames a second of the film."""
PATIENCE = 10.0
"""Seconds one of the last frames may take to be written."""

Pixels = NDArray[np.uint8]
"""(H, W, 4) BGRA, as the window gives them."""


class Film:
    """An MP4 that grows while somebody plays. A frame the encoder has no time for is shown a little longer."""

    def __init__(self, path: Path, size: tuple[int, int]) -> None:
        """Write to `path`; pictures are `size` = (width, height)."""
        self._path, self._size = path, size
        self._slot: NewestSlot[tuple[float, Pixels]] = NewestSlot()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._write, name="posegames film", daemon=True)
        self._start: float | None = None
        self._due = 0
        self._written = 0

    def __enter__(self) -> Self:
        """Open the file. Raises PosegamesError if that cannot be."""
        # mp4v: OpenCV's wheels carry no H.264 encoder.
        codec = cv2.VideoWriter.fourcc(*"mp4v")
        self._writer = cv2.VideoWriter(native_path(self._path), codec, RATE, self._size)
        if not self._writer.isOpened():
            raise PosegamesError(
                f"The film {self._path} cannot be written.",
                "Its folder may be missing or read-only, or its name may not end in .mp4.",
                "Say --record with a file name in a folder of yours.",
            )
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write what is left and close the file."""
        self._done.set()
        finish(self._thread, lambda: self._written, PATIENCE)

    def due(self, now: float) -> bool:
        """Whether the next frame of the film is due at `now` (seconds of the run's clock)."""
        self._start = now if self._start is None else self._start
        return (now - self._start) * RATE >= self._due

    def show(self, now: float, pixels: Pixels) -> None:
        """Add what is seen at `now`; the array must not be changed afterwards."""
        self._start = now if self._start is None else self._start
        self._due = int((now - self._start) * RATE) + 1
        self._slot.put((now - self._start, pixels))

    def _write(self) -> None:
        step_back()
        last = None
        while not (self._done.is_set() and last is None):
            last = self._slot.take(timeout=0.1)
            if last is None:
                continue
            time, pixels = last
            picture = cv2.cvtColor(pixels, cv2.COLOR_BGRA2BGR)
            while self._written <= time * RATE:  # a frame that came late stands for those before it, too
                self._writer.write(picture)
                self._written += 1
        self._writer.release()
