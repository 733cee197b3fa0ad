"""A webcam that films a play of the stage in real time, and behaves towards who reads as a webcam does."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import cv2
import numpy as np

from posegames.seeing.sighting import Frame
from posegames.timing import Clock

RATE = 29.97
"""Pictures a second: the usual rate of webcams, and none whose beat locks into that of a screen."""
BUFFERS = 4
"""Pictures that wait in the driver: OpenCV asks V4L2 for so many buffers (`DEFAULT_V4L_BUFFERS`). `read` takes the
one filled first (`VIDIOC_DQBUF`), then gives it back; a picture that finds none free is lost. Who reads too seldom
gets old pictures: opencv/modules/videoio/src/cap_v4l.cpp, and opencv's issues 10671 and 13145."""
QUALITY = 90
"""Of the JPEGs that it sends, as webcams do at 30 a second; whoever reads has to decode them."""


def shoot(folder: Path, frames: Sequence[Frame]) -> None:
    """Put `frames` into `folder`, to be filmed again and again. Raises OSError."""
    for number, frame in enumerate(frames):
        _good, data = cv2.imencode(".jpg", frame.picture, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
        (folder / f"{number:06}.jpg").write_bytes(data.tobytes())


class Webcam:
    """A live source (see `Source`). Frames carry the time at which their picture came into the driver."""

    name = "webcam"
    live = True
    size = (0, 0)
    rate = RATE
    length: int | None = None
    trouble = ""
    ended = False

    def __init__(self, folder: Path, clock: Clock) -> None:
        """Film what was put into `folder` by `shoot`, from its beginning on, as soon as it is opened."""
        self._folder, self._clock = folder, clock
        self._waiting: deque[int] = deque()
        self._next = 0
        self.lost = 0
        """Pictures for which the driver had no room."""

    def __enter__(self) -> Self:
        """Begin."""
        self._film = [path.read_bytes() for path in sorted(self._folder.glob("*.jpg"))]
        self._began = self._clock.now()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave off."""

    def read(self) -> Frame:
        """Return the picture that has waited longest, or else the next one when it comes."""
        self._go_on()
        while not self._waiting:
            self._clock.sleep(self._taken(self._next) - self._clock.now())
            self._go_on()
        number = self._waiting.popleft()
        data = np.frombuffer(self._film[number % len(self._film)], dtype=np.uint8)
        picture = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), dtype=np.uint8)
        return Frame(picture, self._taken(number), number)

    def _taken(self, number: int) -> float:
        return self._began + number / RATE

    def _go_on(self) -> None:
        """Let in what has come since: nothing runs in the background, and nobody can tell."""
        while self._taken(self._next) <= self._clock.now():
            if len(self._waiting) < BUFFERS:
                self._waiting.append(self._next)
            else:
                self.lost += 1
            self._next += 1
