"""What cameras and streams have in common: pictures that stop coming, and come again."""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Any, Protocol, Self

import cv2
import numpy as np

from posegames.seeing.sighting import Frame, Picture
from posegames.timing import Clock

DELAYS = (1.0, 2.0, 4.0, 8.0)
"""Seconds before the first, second, third and every further attempt to open it again."""

BLINK = 0.02
"""Seconds to wait after a read that failed: it may fail at once, a thousand times a second."""

NAP = 0.1
"""Longest wait inside one `read` while it is not yet time to try again; closing must stay quick."""


class Capture(Protocol):
    """What is used of `cv2.VideoCapture`."""

    def read(self) -> tuple[bool, Any]:
        """Return whether a picture came, and the picture."""

    def get(self, prop: int, /) -> float:
        """Return a property."""

    def set(self, prop: int, value: float, /) -> bool:
        """Ask for a property."""

    def release(self) -> None:
        """Let go of the device."""


def picture_of(came: tuple[bool, Any]) -> Picture | None:
    """Return what `Capture.read` returned as a BGR picture (grey and alpha converted), None if it is none."""
    good, picture = came
    if not good or not isinstance(picture, np.ndarray) or picture.dtype != np.uint8 or picture.size == 0:
        return None
    channels = picture.shape[2] if picture.ndim == 3 else picture.ndim - 1
    conversions = {1: cv2.COLOR_GRAY2BGR, 4: cv2.COLOR_BGRA2BGR}
    if channels in conversions:
        return np.asarray(cv2.cvtColor(picture, conversions[channels]), dtype=np.uint8)
    return picture if channels == 3 else None


def first_picture(capture: Capture, clock: Clock, *, patience: float) -> Picture | None:
    """Return the first picture that comes within `patience` seconds, or None."""
    end = clock.now() + patience
    while (picture := picture_of(capture.read())) is None:
        if clock.now() >= end:
            return None
        clock.sleep(BLINK)
    return picture


class LiveSource(ABC):
    """A `Source` behind a `Capture` that may die and be opened again, with growing pauses (`DELAYS`)."""

    live = True

    def __init__(self, name: str, *, clock: Clock, patience: float, wake: float, lost: str) -> None:
        """Call it `name`.

        It counts as lost, and `trouble` says the words `lost`, when no picture came for `patience`
        seconds, or for `wake` seconds after it was opened again.
        """
        self.name, self.size, self.rate = name, (0, 0), 0.0
        self.length: int | None = None
        self.trouble, self.ended = "", False
        self._clock, self._patience, self._wake, self._lost = clock, patience, wake, lost
        self._capture: Capture | None = None
        self._first: tuple[Picture, float] | None = None
        self._number = self._attempts = 0
        self._due = self._next = 0.0

    @abstractmethod
    def _open(self) -> tuple[Capture, Picture]:
        """Open it for the first time and return its first picture. Raises SourceError."""

    @abstractmethod
    def _reopen(self) -> Capture | None:
        """Try to open it again; None if that fails. Must come back within a second or two."""

    def _check(self, picture: Picture, now: float) -> str:  # noqa: ARG002 - for those that look at it
        """Return what is wrong with a picture that came, in a few words; "" if nothing is."""
        return ""

    def __enter__(self) -> Self:
        """Open it and wait for the first picture. Raises SourceError."""
        self._capture, picture = self._open()
        now = self._clock.now()
        self._first, self._due = (picture, now), now + self._patience
        self.size = picture.shape[1], picture.shape[0]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of it."""
        self.ended = True
        self._release()

    def read(self) -> Frame | None:
        """Return the next picture, or None: see `trouble`."""
        if self.ended:
            return None
        if self._first is not None:
            (picture, now), self._first = self._first, None
            return self._deliver(picture, now)
        if self._capture is None:
            self._try_again()
            return None
        came = picture_of(self._capture.read())
        now = self._clock.now()
        if came is not None:
            return self._deliver(came, now)
        if now < self._due:
            self._clock.sleep(BLINK)
        else:
            self._lose(now, self._lost)
        return None

    def _deliver(self, picture: Picture, now: float) -> Frame:
        self._due = now + self._patience
        self.size = picture.shape[1], picture.shape[0]
        self.trouble = self._check(picture, now)
        if not self.trouble:
            self._attempts = 0
        frame = Frame(picture, now, self._number)
        self._number += 1
        return frame

    def _lose(self, now: float, trouble: str) -> None:
        self._release()
        self.trouble = trouble
        self._next = now + DELAYS[min(self._attempts, len(DELAYS) - 1)]
        self._attempts += 1

    def _try_again(self) -> None:
        now = self._clock.now()
        if now < self._next:
            self._clock.sleep(min(NAP, self._next - now))
            return
        self._capture = self._reopen()
        now = self._clock.now()
        self._due = now + self._wake
        if self._capture is None:
            self._lose(now, self.trouble)

    def _release(self) -> None:
        if self._capture is not None:
            self._capture.release()
            self._capture = None
