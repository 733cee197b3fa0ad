"""Pictures over the network: http(s) and rtsp, from a phone, an IP camera or a file far away."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import cv2

from posegames.errors import SourceError
from posegames.language import msg
from posegames.seeing.sighting import Frame, Picture
from posegames.seeing.sources.capture import Capture, LiveSource, first_picture
from posegames.timing import Clock

LOST = msg("stream lost: trying again")

OPEN_MS, REOPEN_MS, READ_MS = 4000, 1500, 1500
"""Most milliseconds for opening, opening again, and one picture (ffmpeg's own would be 30 s)."""

SCHEMES = frozenset({"http", "https", "rtsp", "rtsps"})

OpenStream = Callable[[str, int], Capture | None]
"""Opens a url within so many milliseconds; None if it does not open. Tests put their own here."""


def open_stream(url: str, most_ms: int) -> Capture | None:
    """Open `url` within `most_ms` milliseconds; None if it does not open or holds no video."""
    limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, most_ms, cv2.CAP_PROP_READ_TIMEOUT_MSEC, READ_MS]
    capture = cv2.VideoCapture(url, cv2.CAP_FFMPEG, limits)
    if capture.isOpened():
        return capture
    capture.release()
    return None


def public_name(url: str) -> str:
    """Return `url` as it may be shown: without user, password and query. Raises SourceError if it is none."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        # Not the url itself: the part that cannot be read may hold the password.
        raise SourceError("The address of the stream cannot be read.", f"({error})", _EXAMPLE) from error
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise SourceError("The address of the stream is not one of http, https or rtsp.", now=_EXAMPLE)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}{port}{parts.path}"


_EXAMPLE = "Write it like: http://192.168.1.20:8080/video"


class StreamSource(LiveSource):
    """A stream (see `Source`). A recording that comes over the network runs at its own pace, and ends."""

    def __init__(self, url: str, *, clock: Clock, open_stream: OpenStream = open_stream) -> None:
        """Use `url`; user and password in it are sent, never shown. Raises SourceError if it is no such url."""
        # A read that fails has waited `READ_MS` or found the connection closed: it will not come back by itself.
        super().__init__(public_name(url), clock=clock, patience=0, wake=0, lost=LOST)
        self._url, self._open_stream = url, open_stream
        self._start: float | None = None

    def _open(self) -> tuple[Capture, Picture]:
        capture = self._open_stream(self._url, OPEN_MS)
        if capture is not None:
            picture = first_picture(capture, self._clock, patience=0)
            if picture is not None:
                rate, length = capture.get(cv2.CAP_PROP_FPS), capture.get(cv2.CAP_PROP_FRAME_COUNT)
                self.rate = rate if 1 <= rate <= 1000 else 0.0
                self.length = int(length) if length > 0 else None
                return capture, picture
            capture.release()
        raise SourceError(
            f"No video comes from {self.name}.",
            "The address does not answer in time, or what it sends is no video.",
            "Open it in a browser on this machine to see which.",
        )

    def _reopen(self) -> Capture | None:
        return self._open_stream(self._url, REOPEN_MS)

    def read(self) -> Frame | None:
        """Return the next picture, or None: see `trouble`; a recording ends."""
        frame = super().read()
        if self.length is not None:
            if frame is None and self.trouble:
                self.ended, self.trouble = True, ""
            elif frame is not None:
                frame = self._paced(frame)
        return frame

    def _paced(self, frame: Frame) -> Frame:
        """Hold back a picture of a recording until its time, as a camera would."""
        self._start = frame.time if self._start is None else self._start
        due = self._start + frame.number / (self.rate or 25.0)
        self._clock.sleep(due - frame.time)
        return Frame(frame.picture, max(due, frame.time), frame.number)
