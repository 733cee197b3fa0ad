"""Films that are written: every frame, in time, as large as they were; whole, or with an error that says so."""

from __future__ import annotations

import errno
import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import pytest

from posegames.errors import PosegamesError
from posegames.seeing import filmwriter
from posegames.seeing.filmwriter import FilmWriter, encoded
from posegames.seeing.sighting import Picture


def shade(number: int, size: tuple[int, int] = (64, 36)) -> Picture:
    return np.full((size[1], size[0], 3), 10 + 12 * number, dtype=np.uint8)


def written(
    path: Path, times: Iterable[float], rate: float = 30.0, size: tuple[int, int] = (64, 36)
) -> tuple[list[int], float]:
    """Write a frame for each time; return the numbers of the frames a reader sees, and the film's rate."""
    with FilmWriter(path, size, rate) as film:
        for number, time in enumerate(times):
            film.write(shade(number, size), time)
    return read(path)


def read(path: Path) -> tuple[list[int], float]:
    capture, seen = cv2.VideoCapture(str(path)), list[int]()
    while (came := capture.read())[0]:
        seen.append(round((float(came[1][:-1, :-1].mean()) - 10) / 12))
    rate = capture.get(cv2.CAP_PROP_FPS)
    capture.release()
    return seen, rate


@pytest.mark.parametrize("rate", [1.0, 12.5, 24000 / 1001, 30000 / 1001, 50.0, 239.7654, 1000.0])
def test_steady_frames_are_all_there_once_at_their_rate(tmp_path: Path, rate: float) -> None:
    # Containers round times to milliseconds.
    seen, told = written(tmp_path / "a.mp4", [round(n / rate, 3 if rate < 300 else 6) for n in range(20)], rate)
    assert seen == list(range(20))
    assert told == pytest.approx(rate, rel=2e-4)


def test_uneven_frames_keep_their_time(tmp_path: Path) -> None:
    """A pause is filled with what was seen before it; of two frames on one place the first counts."""
    times = [5.0, 5.1, 5.5, 5.52, 5.6]
    assert written(tmp_path / "a.mp4", times, 10.0)[0] == [0, 1, 1, 1, 1, 2, 4]


def test_a_rate_nobody_knows_is_the_usual_one(tmp_path: Path) -> None:
    assert written(tmp_path / "a.mp4", [0.0, 0.1], 0.0) == ([0, 0, 0, 1], filmwriter.USUAL_RATE)


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (37, 21), (640, 361), (641, 360), (4096, 16)])
def test_films_of_any_size(tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "a.mp4"
    assert written(path, [0.0, 1 / 30, 2 / 30], size=size)[0] == [0, 1, 2]
    capture = cv2.VideoCapture(str(path))
    found = [int(capture.get(prop)) for prop in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT)]
    capture.release()
    assert found == [side + side % 2 for side in size]


def test_frames_of_another_size_are_made_to_fit(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    with FilmWriter(path, (64, 36), 30.0) as film:
        film.write(shade(0), 0.0)
        film.write(shade(1, (128, 72)), 1 / 30)
    assert read(path)[0] == [0, 1]


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffprobe is not installed (Debian: ffmpeg)")
def test_ffprobe_finds_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    written(path, [n / 25 for n in range(15)], 25.0, (641, 361))
    command = ["ffprobe", "-v", "error", "-count_frames", "-show_streams", "-of", "json", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    (stream,) = json.loads(done.stdout)["streams"]
    assert done.stderr == ""
    assert (stream["codec_type"], stream["width"], stream["height"]) == ("video", 642, 362)
    assert stream["codec_name"] in ("h264", "mpeg4")
    assert (stream["nb_read_frames"], stream["avg_frame_rate"]) == ("15", "25/1")
    assert float(stream["duration"]) == pytest.approx(15 / 25)


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    def broken_off() -> None:
        with FilmWriter(tmp_path / "a.mp4", (64, 36), 30.0) as film:
            film.write(shade(0), 0.0)
            raise RuntimeError("mid-way")

    with pytest.raises(RuntimeError, match="mid-way"):
        broken_off()
    assert list(tmp_path.iterdir()) == []


def test_no_frame_at_all_is_no_film(tmp_path: Path) -> None:
    with pytest.raises(PosegamesError, match="no frame"):
        written(tmp_path / "a.mp4", [])
    assert list(tmp_path.iterdir()) == []


def test_without_an_encoder_it_is_said_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(filmwriter, "CODECS", ("qqqq", "zzzz"))
    with (
        pytest.raises(PosegamesError, match="no encoder") as caught,
        FilmWriter(tmp_path / "a.mp4", (64, 36), 30.0),
    ):
        pytest.fail("it was opened")
    assert "qqqq, zzzz" in str(caught.value)
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr().err == ""


def test_a_full_disk_is_noticed_before_and_during_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = [filmwriter.LEAST_ROOM]
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=room[0]))

    def filling() -> None:
        with FilmWriter(tmp_path / "a.mp4", (64, 36), 30.0) as film:
            for number in range(10 * filmwriter.LOOK_EVERY):
                room[0] -= number > 5
                film.write(shade(number % 20), number / 30)
                assert number <= filmwriter.LOOK_EVERY

    for _ in ("during", "before"):
        with pytest.raises(OSError, match="full") as caught:
            filling()
        assert caught.value.errno == errno.ENOSPC
        assert list(tmp_path.iterdir()) == []


def test_a_film_that_the_disk_cut_short_is_noticed(tmp_path: Path) -> None:
    """OpenCV tells nobody that nothing is written any more: a system's limit on files stands for the full disk."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    lots = np.random.default_rng(0)

    def limited() -> None:
        with FilmWriter(tmp_path / "a.mp4", (320, 180), 30.0) as film:
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
            for number in range(60):
                film.write(lots.integers(0, 255, (180, 320, 3), dtype=np.uint8), number / 30)

    try:
        with pytest.raises(PosegamesError, match="written whole"):
            limited()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", [".png", ".jpg"])
def test_pictures_as_files(ending: str) -> None:
    picture = cv2.imdecode(np.frombuffer(encoded(shade(7), ending), np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert np.abs(picture.astype(int) - shade(7)).max() <= 2
