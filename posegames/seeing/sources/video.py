"""Video files: every frame, at the time it has in the file."""

from __future__ import annotations

import math
from pathlib import Path
from types import TracebackType
from typing import Self

import cv2

from posegames.errors import SourceError
from posegames.seeing._native import MOST_PIXELS, native_path
from posegames.seeing.sighting import Frame, Picture
from posegames.seeing.sources.capture import picture_of

LONGEST_PAUSE = 60.0
"""Seconds between two frames; a larger step is a broken time stamp."""

USUAL_RATE = 30.0
"""Frames a second where the file does not say."""

STUMBLES = 100
"""Frames in a row that may be undecodable before the file counts as broken off."""

_TEXT = cv2.VideoWriter.fourcc(*"ansi")
"""The decoder that draws text files."""


class MediaTimes:
    """Turns a file's time stamps, which may be missing, repeated or wild, into seconds from 0 that only rise."""

    def __init__(self, rate: float) -> None:
        """Step by 1 / `rate` where a stamp is of no use."""
        self._step = 1.0 / rate
        self._last: float | None = None
        self._offset = 0.0

    def next(self, stamp: float) -> float:
        """Return the time of the next frame, whose stamp is `stamp` seconds."""
        if self._last is None:
            self._offset = stamp if math.isfinite(stamp) else 0.0
            self._last = 0.0
            return 0.0
        time = stamp - self._offset
        if not self._last < time <= self._last + LONGEST_PAUSE:  # NaN is not in between either
            time = self._last + self._step
            self._offset = stamp - time if math.isfinite(stamp) else self._offset
        self._last = time
        return time


class VideoSource:
    """A video file (see `Source`); turned upright if the file says how."""

    live = False

    def __init__(self, path: Path) -> None:
        """Use `path`."""
        self.name, self.size, self.rate = path.name, (0, 0), 0.0
        self.length: int | None = None
        self.trouble, self.ended = "", False
        self._path = path
        self._capture: cv2.VideoCapture | None = None
        self._times = MediaTimes(USUAL_RATE)
        self._first: Frame | None = None
        self._number = 0
        self._time = 0.0

    def __enter__(self) -> Self:
        """Open it. Raises SourceError for what is no video."""
        if not self._path.is_file():
            raise SourceError(f"There is no video {self._path}.", now="Check the name.")
        if not self._path.stat().st_size:
            raise SourceError(f"{self._path} cannot be played.", "It is empty.", "Copy it again.")
        self._capture = cv2.VideoCapture(native_path(self._path), cv2.CAP_FFMPEG)
        try:
            self._first = self._open(self._capture)
        except BaseException:
            self._release()
            raise
        return self

    def _open(self, capture: cv2.VideoCapture) -> Frame:
        """Look what it is, and return its first frame."""
        width, height = (capture.get(p) for p in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT))
        if width * height > MOST_PIXELS:
            raise SourceError(
                f"The pictures of {self._path} are too large.",
                f"They have {width:.0f} x {height:.0f} pixels, and at most 4096 x 4096 are read.",
                "Make a smaller copy: 1280 x 720 is all that is needed.",
            )
        rate = capture.get(cv2.CAP_PROP_FPS)
        self.rate = rate if 1 <= rate <= 1000 else USUAL_RATE
        self._times = MediaTimes(self.rate)
        length = capture.get(cv2.CAP_PROP_FRAME_COUNT)
        self.length = int(length) if length >= 1 else None
        frame = None if int(capture.get(cv2.CAP_PROP_FOURCC)) == _TEXT else self._next(capture)
        if frame is None:
            raise SourceError(
                f"{self._path} cannot be played.",
                "It is no video, of a kind unknown here, or its beginning is damaged.",
                "Does another player show it? Then save it from there as MP4.",
            )
        self.size = frame.picture.shape[1], frame.picture.shape[0]
        return frame

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.ended = True
        self._release()

    def read(self) -> Frame | None:
        """Return the next frame, or None at the end; `trouble` says if that came early."""
        if self.ended or self._capture is None:
            return None
        frame, self._first = self._first or self._next(self._capture), None
        if frame is None:
            self.ended = True
            if self._came_early():
                self.trouble = f"the file breaks off after {self._time:.1f} s"
        return frame

    def _came_early(self) -> bool:
        """Whether the end came clearly before the promised one: in frames and in time.

        Containers guess: some count fields for frames, some end in a long pause, some are a few frames off.
        """
        length = self.length or 0
        slack = max(4.0, length / 20)
        return self._number < length - slack and self._time * self.rate < length - slack

    def _next(self, capture: cv2.VideoCapture) -> Frame | None:
        """Return the next frame that can be decoded; None if there is no more."""
        picture = self._picture(capture)
        if picture is None:
            return None
        self._time = self._times.next(capture.get(cv2.CAP_PROP_POS_MSEC) / 1000)
        frame = Frame(picture, self._time, self._number)
        self._number += 1
        return frame

    def _picture(self, capture: cv2.VideoCapture) -> Picture | None:
        # A frame that cannot be decoded fails to be read, just as the end does; after it there may be more.
        for _ in range(STUMBLES if self._number < (self.length or 0) else 1):
            picture = picture_of(capture.read())
            if picture is not None:
                return picture
        return None

    def _release(self) -> None:
        if self._capture is not None:
            self._capture.release()
            self._capture = None
