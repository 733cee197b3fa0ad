"""Saving single pictures of the window in a thread of its own: packing a PNG takes ten frames' time."""

from __future__ import annotations

import threading
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Self

import cv2
import numpy as np
from numpy.typing import NDArray

from posegames.seeing.background import finish, step_back

PATIENCE = 10.0
"""Seconds one of the last pictures may take to be written."""


class Album:
    """A folder that fills with numbered PNGs while somebody plays."""

    def __init__(self, folder: Path) -> None:
        """Write into `folder`, which exists."""
        self._folder = folder
        self._taken = 0
        self._waiting: SimpleQueue[tuple[Path, NDArray[np.uint8]] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="posegames album", daemon=True)
        self.failed = ""
        """Why pictures could not be written; empty while all is well."""

    def __enter__(self) -> Self:
        """Start."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write what is left."""
        self._waiting.put(None)
        finish(self._thread, self._waiting.qsize, PATIENCE)

    def add(self, pixels: NDArray[np.uint8]) -> None:
        """Save a picture (H, W, 4), BGRA, as the next number; it must not be changed afterwards."""
        self._waiting.put((self._folder / f"shot-{self._taken:03d}.png", pixels))
        self._taken += 1

    def _write(self) -> None:
        step_back()
        while (waiting := self._waiting.get()) is not None:
            path, pixels = waiting
            packed, data = cv2.imencode(".png", cv2.cvtColor(pixels, cv2.COLOR_BGRA2BGR))
            try:
                path.write_bytes(data.tobytes() if packed else b"")
            except OSError as error:
                self.failed = f"{path} could not be written: {error.strerror or error}."
