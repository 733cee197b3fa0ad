from __future__ import annotations

import socket
import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import cv2
import numpy as np
import pytest

from posegames.errors import SourceError
from posegames.seeing.sighting import Frame
from posegames.seeing.sources.capture import Capture
from posegames.seeing.sources.stream import LOST, StreamSource, open_stream, public_name
from posegames.timing import SystemClock

DEADLINE = 20.0
"""Seconds after which a test of a real connection has failed."""


def part(number: int) -> bytes:
    jpeg = cv2.imencode(".jpg", np.full((60, 80, 3), 10 + number * 4 % 200, np.uint8))[1].tobytes()
    return b"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n%s\r\n" % (len(jpeg), jpeg)


class Server(ThreadingHTTPServer):
    """Serves on loopback what its fields say."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.over = threading.Event()
        self.connections = 0
        self.frames_each: list[int] = []
        """Pictures sent on the first connection, the second, ...; without end after the list."""
        self.stall = False
        """After its pictures a connection stays open and says nothing, instead of closing."""
        self.recording = b""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        answers = {
            "/video": self.video,
            "/locked": self.locked,
            "/page": self.page,
            "/silent": self.silent,
            "/film.avi": self.film,
        }
        with suppress(OSError):  # the other side leaves: that is what some tests are about
            answers.get(self.path.split("?")[0], lambda: self.send_error(404))()

    def video(self) -> None:
        self.server.connections += 1
        most = self.server.frames_each.pop(0) if self.server.frames_each else 10_000
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        for number in range(most):
            self.wfile.write(part(number))
            if self.server.over.wait(0.01):
                return
        if self.server.stall:
            self.server.over.wait(DEADLINE)

    def locked(self) -> None:
        if self.headers.get("Authorization") == "Basic " + b64encode(b"anna:geheim").decode():
            self.video()
        else:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="camera"')
            self.send_header("Content-Length", "0")
            self.end_headers()

    def page(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<html><body>No camera here.</body></html>" * 50)

    def silent(self) -> None:
        self.server.over.wait(DEADLINE)

    def film(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.server.recording)))
        self.end_headers()
        self.wfile.write(self.server.recording)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join()


def read_until(source: StreamSource, enough: int) -> tuple[list[Frame], list[str], float]:
    """Read so many frames; return them, the troubles met in order, and the longest single read."""
    frames: list[Frame] = []
    troubles: list[str] = []
    longest, end = 0.0, time.monotonic() + DEADLINE
    while len(frames) < enough and not source.ended:
        began = time.monotonic()
        assert began < end, f"only {len(frames)} frames in time, {troubles}"
        frame = source.read()
        longest = max(longest, time.monotonic() - began)
        if frame is not None:
            frames.append(frame)
        if troubles[-1:] != [source.trouble]:
            troubles.append(source.trouble)
    return frames, troubles, longest


def test_a_stream_gives_its_pictures_in_clock_time(server: Server) -> None:
    with StreamSource(f"{server.url}/video?token=geheim", clock=SystemClock()) as source:
        assert (source.live, source.size, source.length) == (True, (80, 60), None)
        assert source.name == f"{server.url}/video"
        frames, troubles, _ = read_until(source, 30)
    assert [frame.number for frame in frames] == list(range(30))
    times = [frame.time for frame in frames]
    assert times == sorted(times)
    assert abs(times[-1] - time.monotonic()) < DEADLINE
    assert troubles == [""]
    assert np.median([frame.picture for frame in frames[:1]]) == pytest.approx(10, abs=2)


@pytest.mark.parametrize("stall", [False, True], ids=["dropped", "stalled"])
def test_a_stream_that_stops_is_found_again(server: Server, stall: bool) -> None:
    server.frames_each, server.stall = [10], stall
    with StreamSource(f"{server.url}/video", clock=SystemClock()) as source:
        frames, troubles, longest = read_until(source, 30)
    assert troubles == ["", LOST, ""]
    assert [frame.number for frame in frames] == list(range(30))
    assert server.connections >= 2
    # No measure of speed: without limits this read takes 30 s. The margin is for a busy machine.
    assert longest < 6


def test_pauses_grow_while_nobody_answers() -> None:
    class Ticking:
        time = 0.0

        def now(self) -> float:
            return self.time

        def sleep(self, seconds: float) -> None:
            self.time += max(0.0, seconds)

    class Dying:
        """A connection that gives one picture."""

        left = 1

        def read(self) -> tuple[bool, np.ndarray[tuple[int, ...], np.dtype[np.uint8]] | None]:
            self.left -= 1
            return self.left >= 0, np.zeros((6, 8, 3), np.uint8)

        def get(self, prop: int, /) -> float:
            return 0.0

        def set(self, prop: int, value: float, /) -> bool:
            return True

        def release(self) -> None:
            pass

    clock, opened = Ticking(), list[float]()

    def open_once(_url: str, most_ms: int) -> Capture | None:
        opened.append(clock.time)
        assert most_ms <= (4000 if len(opened) == 1 else 1500)
        return Dying() if len(opened) == 1 else None

    with StreamSource("http://camera/", clock=clock, open_stream=open_once) as source:
        while clock.time < 30:
            source.read()
    np.testing.assert_allclose(np.diff(opened), [1, 2, 4, 8, 8], atol=0.15)
    assert source.trouble == LOST


@pytest.mark.parametrize("path", ["page", "nothing"])
def test_what_is_no_video_is_an_error(server: Server, path: str) -> None:
    with pytest.raises(SourceError, match=f"No video comes from {server.url}/{path}"):
        StreamSource(f"{server.url}/{path}", clock=SystemClock()).__enter__()


def test_a_refused_connection_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    for scheme in ("http", "rtsp"):
        with pytest.raises(SourceError, match="does not answer in time"):
            StreamSource(f"{scheme}://127.0.0.1:{port}/", clock=SystemClock()).__enter__()


def test_a_silent_server_is_given_up_in_time(server: Server) -> None:
    began = time.monotonic()
    assert open_stream(f"{server.url}/silent", 400) is None
    assert time.monotonic() - began < DEADLINE / 2, "without a limit it takes 30 s"


def test_a_recording_runs_at_its_own_pace_and_ends(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25, (80, 60))
    for number in range(10):
        writer.write(np.full((60, 80, 3), number * 20, np.uint8))
    writer.release()
    server.recording = path.read_bytes()
    with StreamSource(f"{server.url}/film.avi", clock=SystemClock()) as source:
        assert source.length == 10
        frames, _, _ = read_until(source, 100)
        assert source.ended
        assert source.trouble == ""
    assert len(frames) == 10
    assert min(np.diff([frame.time for frame in frames])) >= 1 / 25 - 1e-6


def test_user_and_password_are_sent_and_never_shown(server: Server) -> None:
    secret = server.url.replace("http://", "http://anna:geheim@")
    with StreamSource(f"{secret}/locked", clock=SystemClock()) as source:
        assert source.name == f"{server.url}/locked"
    for url in (f"{secret}/page", "http://anna:geheim@127.0.0.1:99999/", "ftp://anna:geheim@host/"):
        with pytest.raises(SourceError) as caught:
            StreamSource(url, clock=SystemClock()).__enter__()
        assert "geheim" not in str(caught.value)
        assert "anna" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["http://", "http:///video", "http://[::1/video", "file:///etc/hostname", "concat:a"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(SourceError, match="address of the stream"):
        StreamSource(url, clock=SystemClock())


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("rtsp://user:pass@cam.local:554/live?key=1#x", "rtsp://cam.local:554/live"),
        ("https://[2001:db8::1]:8443/a", "https://[2001:db8::1]:8443/a"),
        ("http://HOST/Video", "http://host/Video"),
    ],
)
def test_public_names(url: str, name: str) -> None:
    assert public_name(url) == name
