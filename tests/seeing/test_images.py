from __future__ import annotations

import os
import struct
import sys
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest

from posegames.errors import SourceError
from posegames.seeing.sighting import Frame, Picture
from posegames.seeing.sources.headers import picture_size
from posegames.seeing.sources.images import ImagesSource, read_picture

ENDINGS = ("png", "jpg", "bmp", "webp")


def colourful(width: int = 80, height: int = 60) -> Picture:
    """Draw a smooth picture that lossy formats keep well."""
    y, x = np.mgrid[0:height, 0:width]
    return np.dstack([x * 3, y * 4, 255 - x * 3]).astype(np.uint8)


def encoded(picture: Picture, ending: str) -> bytes:
    good, content = cv2.imencode(f".{ending}", picture)
    assert good
    return content.tobytes()


def read_all(source: ImagesSource) -> list[Frame]:
    with source:
        frames = []
        while (frame := source.read()) is not None:
            frames.append(frame)
        assert source.ended
    return frames


@pytest.mark.parametrize("ending", ENDINGS)
def test_one_picture(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"größe 1.{ending}"
    path.write_bytes(encoded(colourful(), ending))
    source = ImagesSource(path)
    frames = read_all(source)
    assert [frame.number for frame in frames] == [0]
    assert (source.length, source.size, source.live, source.names) == (1, (80, 60), False, [path.name])
    assert np.abs(frames[0].picture.astype(int) - colourful()).mean() < 6


def test_a_folder_comes_in_natural_order_with_names_and_times(tmp_path: Path) -> None:
    for name in ("b10.png", "b9.jpg", "B1.PNG", "a.webp", "10.bmp", "9.bmp"):
        (tmp_path / name).write_bytes(encoded(colourful(), name.split(".")[1].lower()))
    (tmp_path / "notes.txt").write_text("no picture")
    (tmp_path / "folder.png").mkdir()
    source = ImagesSource(tmp_path)
    frames = read_all(source)
    names = [source.names[frame.number] for frame in frames]
    assert names == ["9.bmp", "10.bmp", "a.webp", "B1.PNG", "b9.jpg", "b10.png"]
    assert [frame.time for frame in frames] == [0, 1, 2, 3, 4, 5]
    assert source.length == 6
    assert source.skipped == []


def test_what_cannot_be_read_is_passed_over_and_reported(tmp_path: Path) -> None:
    good = encoded(colourful(), "png")
    (tmp_path / "0.png").write_bytes(good[: len(good) // 2])
    (tmp_path / "1.png").write_bytes(good)
    (tmp_path / "2.png").write_bytes(b"")
    (tmp_path / "3.png").write_text("no picture at all")
    (tmp_path / "4.png").write_bytes(good)
    source = ImagesSource(tmp_path)
    frames = read_all(source)
    assert [source.names[frame.number] for frame in frames] == ["1.png", "4.png"]
    assert [path.name for path, _ in source.skipped] == ["0.png", "2.png", "3.png"]
    assert all(reason for _, reason in source.skipped)
    assert source.trouble == "3 of 5 pictures could not be read"


def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no picture to read.*\.png"):
        ImagesSource(tmp_path).__enter__()
    (tmp_path / "a.png").write_bytes(b"rubbish")
    with pytest.raises(SourceError, match=r"a\.png: it is no PNG"):
        ImagesSource(tmp_path).__enter__()
    with pytest.raises(SourceError, match="No such file"):
        ImagesSource(tmp_path / "nowhere.png").__enter__()


@pytest.mark.parametrize(
    ("shape", "dtype"), [((6, 8), np.uint8), ((6, 8, 4), np.uint8), ((6, 8, 3), np.uint16), ((6, 8), np.uint16)]
)
def test_grey_alpha_and_deep_pictures_become_bgr(
    tmp_path: Path, shape: tuple[int, ...], dtype: type[np.uint8 | np.uint16]
) -> None:
    path = tmp_path / "p.png"
    content = cv2.imencode(".png", np.full(shape, 100 if dtype is np.uint8 else 100 * 257, dtype))[1]
    path.write_bytes(content.tobytes())
    picture = read_picture(path)
    assert picture.shape == (6, 8, 3)
    assert picture.dtype == np.uint8
    assert (picture == 100).all()


def with_exif_orientation(jpeg: bytes, orientation: int) -> bytes:
    tiff = b"II*\0\x08\0\0\0" + struct.pack("<HHHIHHI", 1, 0x112, 3, 1, orientation, 0, 0)
    segment = b"Exif\0\0" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + jpeg[2:]


@pytest.mark.parametrize(("orientation", "turn"), [(3, 2), (6, 3), (8, 1)])
def test_exif_turns_the_picture_upright(tmp_path: Path, orientation: int, turn: int) -> None:
    path = tmp_path / "p.jpg"
    path.write_bytes(with_exif_orientation(encoded(colourful(), "jpg"), orientation))
    picture = read_picture(path)
    expected = np.rot90(colourful(), turn)
    assert picture.shape == expected.shape
    assert np.abs(picture.astype(int) - expected).mean() < 6


def png_of_size(width: int, height: int) -> bytes:
    """Make a tiny file that decodes to a huge picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * min(height * (1 + (width + 7) // 8), 10_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(30000, 30000), (2**31 - 1, 2**31 - 1), (1, 2**31 - 1), (4097, 4096)])
def test_a_bomb_is_refused_before_it_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(png_of_size(*size))
    decoded: list[object] = []
    monkeypatch.setattr(cv2, "imdecode", lambda *args: decoded.append(args))
    with pytest.raises(ValueError, match="too many"):
        read_picture(path)
    assert not decoded


def test_a_picture_without_pixels_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.png"
    path.write_bytes(png_of_size(0, 5))
    with pytest.raises(ValueError, match="no pixels"):
        read_picture(path)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("size", [(1, 1), (80, 60), (333, 7)])
def test_heads_tell_the_size(tmp_path: Path, ending: str, size: tuple[int, int]) -> None:
    path = tmp_path / "p"
    path.write_bytes(encoded(colourful(*size), ending))
    with path.open("rb") as file:
        assert picture_size(file) == size


def test_the_head_of_a_webp_without_loss(tmp_path: Path) -> None:
    path = tmp_path / "p"
    content = cv2.imencode(".webp", colourful(333, 7), [cv2.IMWRITE_WEBP_QUALITY, 101])[1]
    assert content[12:16].tobytes() == b"VP8L"
    path.write_bytes(content.tobytes())
    with path.open("rb") as file:
        assert picture_size(file) == (333, 7)
    path.write_bytes(b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x4c\x01\0\x06\0\0")
    with path.open("rb") as file:
        assert picture_size(file) == (333, 7)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_broken_off_anywhere_is_an_error_never_a_crash(tmp_path: Path, ending: str) -> None:
    path, content = tmp_path / "p", encoded(colourful(), ending)
    refused = []
    for length in [*range(40), *range(40, len(content), max(1, len(content) // 40))]:
        path.write_bytes(content[:length])
        try:
            # Some decoders make up for a few missing bytes at the end.
            assert read_picture(path).shape == (60, 80, 3)
        except ValueError as error:
            refused.append(str(error))
    assert len(refused) >= 40
    assert all(refused)


@pytest.mark.parametrize("ending", ENDINGS)
def test_damaged_heads_are_errors_never_crashes(tmp_path: Path, ending: str) -> None:
    random, path, content = np.random.default_rng(3), tmp_path / "p", encoded(colourful(), ending)
    read, refused = 0, []
    for _ in range(60):
        damaged = bytearray(content)
        for place in random.integers(0, 64, 4):
            damaged[place] = random.integers(0, 256)
        path.write_bytes(damaged)
        try:
            read += read_picture(path).ndim == 3
        except ValueError as error:
            refused.append(str(error))
    assert read + len(refused) == 60
    assert all(refused)


@pytest.mark.footage
def test_real_photos(footage: Path) -> None:
    source = ImagesSource(footage / "coco")
    frames = read_all(source)
    assert len(frames) == source.length == len(source.names) > 20
    assert source.skipped == []
    assert len({frame.picture.shape for frame in frames}) > 5


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(SourceError, match="no regular file"), ImagesSource(tmp_path / "pipe.png"):
        pass


@pytest.mark.skipif(sys.platform != "linux", reason="there are no such names")
def test_names_of_files_can_be_written(tmp_path: Path) -> None:
    """They are bytes; tables are text."""
    (tmp_path / "a.png").write_bytes(cv2.imencode(".png", np.zeros((2, 2, 3), np.uint8))[1].tobytes())
    (tmp_path / "a.png").rename(tmp_path / "\udcff😀.png")
    with ImagesSource(tmp_path) as source:
        assert source.names == ["\\xff😀.png"]
        assert source.names[0].encode()
