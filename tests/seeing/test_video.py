from __future__ import annotations

import math
import struct
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from posegames.errors import SourceError
from posegames.seeing.sighting import Frame
from posegames.seeing.sources.video import LONGEST_PAUSE, MediaTimes, VideoSource


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with 80 frames at 25 a second, grey growing by 3 a frame, in two containers."""
    folder = tmp_path_factory.mktemp("clips")
    noise = np.random.default_rng(0).integers(0, 256, (40, 160, 3), dtype=np.uint8)
    for name, codec in (("plain.avi", "MJPG"), ("plain.mp4", "mp4v")):
        writer = cv2.VideoWriter(str(folder / name), cv2.VideoWriter.fourcc(*codec), 25, (160, 120))
        for number in range(80):
            picture = np.full((120, 160, 3), number * 3, np.uint8)
            picture[20:60] = noise  # so that a frame has its weight in bytes
            picture[:20, :40] = (0, 0, 255)
            writer.write(picture)
        writer.release()
    return folder


def read_all(source: VideoSource) -> list[Frame]:
    with source:
        frames = []
        while (frame := source.read()) is not None:
            frames.append(frame)
        assert source.ended
        assert source.read() is None
    return frames


@pytest.mark.parametrize("name", ["plain.avi", "plain.mp4"])
def test_every_frame_comes_once_in_media_time(clips: Path, name: str) -> None:
    source = VideoSource(clips / name)
    frames = read_all(source)
    assert (source.name, source.live, source.size, source.rate, source.length) == (name, False, (160, 120), 25, 80)
    assert [frame.number for frame in frames] == list(range(80))
    np.testing.assert_allclose([frame.time for frame in frames], np.arange(80) / 25, atol=1e-6)
    greys = [frame.picture[60:, 80:].mean() for frame in frames]
    np.testing.assert_allclose(greys, np.arange(80) * 3, atol=6)
    assert source.trouble == ""


def test_two_passes_are_the_same(clips: Path) -> None:
    first, second = (read_all(VideoSource(clips / "plain.mp4")) for _ in range(2))
    for one, other in zip(first, second, strict=True):
        np.testing.assert_array_equal(one.picture, other.picture)
        assert one.time == other.time


@pytest.mark.parametrize("share", [0.9, 0.5, 0.2])
def test_a_file_that_breaks_off_gives_what_it_has_and_says_so(clips: Path, tmp_path: Path, share: float) -> None:
    content = (clips / "plain.avi").read_bytes()
    path = tmp_path / "short.avi"
    path.write_bytes(content[: int(len(content) * share)])
    source = VideoSource(path)
    frames = read_all(source)
    assert 0.8 * share * 80 - 2 < len(frames) < 79
    assert source.trouble == f"the file breaks off after {frames[-1].time:.1f} s"


@pytest.mark.parametrize("name", ["plain.avi", "plain.mp4"])
def test_a_damaged_stretch_does_not_end_the_video(clips: Path, tmp_path: Path, name: str) -> None:
    content = bytearray((clips / name).read_bytes())
    middle = len(content) // 2
    content[middle : middle + 1500] = np.random.default_rng(0).integers(0, 256, 1500, dtype=np.uint8).tobytes()
    path = tmp_path / name
    path.write_bytes(content)
    frames = read_all(VideoSource(path))
    assert len(frames) >= 76
    assert frames[-1].time == pytest.approx(79 / 25, abs=0.2)


NO_VIDEOS = {
    "empty": b"",
    "text": b"hello\n" * 200,
    "rubbish": np.random.default_rng(1).integers(0, 256, 20_000, dtype=np.uint8).tobytes(),
    "zeros": b"\0" * 20_000,
}


@pytest.mark.parametrize("ending", ["mp4", "avi", "txt", "mkv"])
@pytest.mark.parametrize("kind", NO_VIDEOS)
def test_what_is_no_video_is_an_error(tmp_path: Path, kind: str, ending: str) -> None:
    path = tmp_path / f"no.{ending}"
    path.write_bytes(NO_VIDEOS[kind])
    with pytest.raises(SourceError, match="cannot be played"):
        VideoSource(path).__enter__()


def test_an_mp4_without_its_end_is_an_error(clips: Path, tmp_path: Path) -> None:
    path = tmp_path / "short.mp4"
    path.write_bytes((clips / "plain.mp4").read_bytes()[:-3000])
    with pytest.raises(SourceError, match="damaged"):
        VideoSource(path).__enter__()


def test_missing_files_and_folders_are_errors(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.mp4", tmp_path, Path("concat:a.mp4|b.mp4")):
        with pytest.raises(SourceError, match="There is no video"):
            VideoSource(path).__enter__()


def turned(mp4: bytes, matrix: tuple[int, int, int, int]) -> bytes:
    """Write a turn into the track header of an MP4, as phones do."""
    content = bytearray(mp4)
    at = content.index(b"tkhd") + 44
    a, b, c, d = (value << 16 for value in matrix)
    content[at : at + 36] = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    return bytes(content)


@pytest.mark.parametrize(
    ("matrix", "size", "corner"),
    [
        ((0, 1, -1, 0), (120, 160), (slice(0, 40), slice(100, 120))),
        ((-1, 0, 0, -1), (160, 120), (slice(100, 120), slice(120, 160))),
        ((0, -1, 1, 0), (120, 160), (slice(120, 160), slice(0, 20))),
    ],
    ids=["90", "180", "270"],
)
def test_a_video_taken_on_its_side_is_turned_upright(
    clips: Path,
    tmp_path: Path,
    matrix: tuple[int, int, int, int],
    size: tuple[int, int],
    corner: tuple[slice, slice],
) -> None:
    path = tmp_path / "turned.mp4"
    path.write_bytes(turned((clips / "plain.mp4").read_bytes(), matrix))
    source = VideoSource(path)
    frame = read_all(source)[5]
    assert source.size == size
    assert frame.picture.shape == (size[1], size[0], 3)
    red = frame.picture[corner].reshape(-1, 3).mean(axis=0)
    assert red[2] > 200
    assert red[0] < 60


def test_a_huge_picture_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "huge.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25, (4400, 4000))
    writer.write(np.zeros((4000, 4400, 3), np.uint8))
    writer.release()
    with pytest.raises(SourceError, match="4400 x 4000"):
        VideoSource(path).__enter__()


def test_times_follow_good_stamps_and_mend_bad_ones() -> None:
    times = MediaTimes(10)
    stamps = [5.0, 5.04, 5.04, 5.2, math.nan, math.inf, 4.0, 4.1, 9999.0, 9999.5]
    assert [round(times.next(stamp), 3) for stamp in stamps] == [0, 0.04, 0.14, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.3]


@given(st.lists(st.floats(), max_size=60), st.floats(1, 240))
def test_times_rise_from_zero_by_possible_steps_whatever_the_stamps(stamps: list[float], rate: float) -> None:
    times = MediaTimes(rate)
    found = [times.next(stamp) for stamp in stamps]
    assert found[:1] in ([], [0.0])
    steps = np.diff(found)
    assert (steps > 0).all()
    assert (steps <= LONGEST_PAUSE + 1e-6).all()


@pytest.mark.footage
@pytest.mark.parametrize("name", ["run_in_place_01.mp4", "squat_1rep_01.avi", "jj_portrait_01.mp4"])
def test_real_clips(footage: Path, name: str) -> None:
    source = VideoSource(footage / "clips" / name)
    frames = read_all(source)
    assert len(frames) == source.length
    assert source.trouble == ""
    steps = np.diff([frame.time for frame in frames])
    assert steps.min() > 0
    assert np.median(steps) == pytest.approx(1 / source.rate, rel=0.05)
    if name.startswith("run"):
        assert steps.max() > 1.4 * steps.min(), "this one has a variable rate"
