"""Webcams: opened with care, watched, and opened again when they were unplugged or froze."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import cv2

from posegames.errors import SourceError, UsageError
from posegames.language import msg
from posegames.seeing.sighting import Picture
from posegames.seeing.sources.capture import Capture, LiveSource, first_picture
from posegames.seeing.sources.stillness import Stillness
from posegames.timing import Clock

LOST = msg("camera lost: trying again")
FROZEN = msg("the camera picture stands still: trying again")
COVERED = msg("the camera sees nothing: is its lens covered?")

FIRST_SECONDS = 4.0
"""So long a camera may take to its first picture; some wake up in 2-3 s."""
PATIENCE = 1.0
"""No picture for so long: lost. A single failed read is nothing yet."""
WAKE_SECONDS = 3.0
"""As `FIRST_SECONDS`, for a camera opened again while somebody waits."""
FROZEN_SECONDS = 2.0
"""Identical pictures for so long: frozen (a live one has noise), or covered if they show nothing."""
SETTLE = 15
"""Pictures a camera gets to set its exposure before one is shown in the list."""
MOST_INDEX = 63
"""V4L2 knows 64 devices."""

OpenCapture = Callable[[int, int], Capture | None]
"""Opens camera `index` by backend; None if it does not open. Tests put their own here."""

_BACKENDS = {
    "linux": ((cv2.CAP_V4L2, "V4L2"),),
    "darwin": ((cv2.CAP_AVFOUNDATION, "AVFoundation"),),
    "win32": ((cv2.CAP_MSMF, "Media Foundation"), (cv2.CAP_DSHOW, "DirectShow")),
}
_ANY = (cv2.CAP_ANY, "any")

_HINTS = {
    "linux": "Is it plugged in, used by another program, or closed to your user (group 'video')?",
    "darwin": "Is it allowed (System Settings > Privacy & Security > Camera), or used by another program?",
    "win32": "Is it allowed (Settings > Privacy & security > Camera), or used by another program?",
}


def open_capture(index: int, backend: int) -> Capture | None:
    """Open camera `index` by an OpenCV backend (`cv2.CAP_...`); None if it does not open."""
    capture = cv2.VideoCapture(index, backend)
    if capture.isOpened():
        return capture
    capture.release()
    return None


class CameraSource(LiveSource):
    """A webcam (see `Source`)."""

    def __init__(
        self,
        index: int = 0,
        *,
        clock: Clock,
        size: tuple[int, int] = (1280, 720),
        rate: float = 30,
        open_capture: OpenCapture = open_capture,
    ) -> None:
        """Ask camera `index` for `size` (width, height) and `rate` a second; it may give others.

        Raises UsageError for a number no camera has.
        """
        if not 0 <= index <= MOST_INDEX:
            raise UsageError(f"There is no camera {index}.", f"Their numbers go from 0 to {MOST_INDEX}.")
        super().__init__(f"camera {index}", clock=clock, patience=PATIENCE, wake=WAKE_SECONDS, lost=LOST)
        self._index, self._wanted, self._open_capture = index, (*size, rate), open_capture
        self._backend = _ANY
        self._stillness = Stillness()

    @property
    def backend(self) -> str:
        """The system's part it is read through: 'V4L2', 'Media Foundation'."""
        return self._backend[1]

    def _open(self) -> tuple[Capture, Picture]:
        failures = []
        for self._backend in (*_BACKENDS.get(sys.platform, ()), _ANY):
            capture = self._open_capture(self._index, self._backend[0])
            if capture is None:
                failures.append(f"{self.backend}: it does not open")
                continue
            self._ask(capture)
            picture = first_picture(capture, self._clock, patience=FIRST_SECONDS)
            if picture is not None:
                self.rate = _rate(capture)
                return capture, picture
            capture.release()
            failures.append(f"{self.backend}: it opens, but no picture comes")
        raise SourceError(
            f"Camera {self._index} does not answer.",
            f"({'; '.join(failures)}.) {_HINTS.get(sys.platform, _HINTS['linux'])}",
            "See: posegames cameras. Without a camera, play with: --source stage",
        )

    def _reopen(self) -> Capture | None:
        capture = self._open_capture(self._index, self._backend[0])
        if capture is not None:
            self._ask(capture)
            self._stillness.restart(self._clock.now())
        return capture

    def _ask(self, capture: Capture) -> None:
        """Ask for MJPG, size and rate, in the order in which they depend on each other.

        Without MJPG 1280x720 fills the USB, and 5 pictures a second are left. By the last backend, which is
        only tried when the others failed, the camera comes as it is: some go silent when asked.
        """
        if self._backend != _ANY:
            width, height, rate = self._wanted
            capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
            capture.set(cv2.CAP_PROP_FRAME_WIDTH, width)
            capture.set(cv2.CAP_PROP_FRAME_HEIGHT, height)
            capture.set(cv2.CAP_PROP_FPS, rate)
        # Not honoured everywhere; where it is, a slow reader sees no old pictures.
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)

    def _check(self, picture: Picture, now: float) -> str:
        still = self._stillness.seconds(picture, now)
        if still < FROZEN_SECONDS:
            # One that froze and was opened again is well when its picture has changed, not before.
            return "" if self._stillness.moved else self.trouble
        if self._stillness.blank:
            return COVERED
        self._lose(now, FROZEN)
        return FROZEN


@dataclass(frozen=True, slots=True, eq=False)
class CameraFound:
    """A camera that answers."""

    index: int
    backend: str
    size: tuple[int, int]
    """Width, height of the picture it gives when 1280x720 is asked for."""
    rate: float
    """Frames a second it promises; 0 if it does not say."""
    picture: Picture


def list_cameras(most: int = 6, *, clock: Clock, open_capture: OpenCapture = open_capture) -> list[CameraFound]:
    """Return the cameras among the first `most` numbers that give a picture. Takes up to seconds for each."""
    found = []
    for index in range(most):
        source = CameraSource(index, clock=clock, open_capture=open_capture)
        with suppress(SourceError), source:
            frames = [source.read() for _ in range(SETTLE)]
            picture = next(frame.picture for frame in reversed(frames) if frame is not None)
            found.append(CameraFound(index, source.backend, source.size, source.rate, picture))
    return found


def _rate(capture: Capture) -> float:
    """Return the frames a second it promises, 0 if it does not say (or says nonsense)."""
    rate = capture.get(cv2.CAP_PROP_FPS)
    return rate if 1 <= rate <= 1000 else 0.0
