"""How large a picture is, read from the head of its file: before anything is decoded."""

from __future__ import annotations

import struct
from typing import BinaryIO

_SIZED = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG markers of frames: the segments that tell the size."""

_BARE = frozenset({0x01, *range(0xD0, 0xD9)})
"""JPEG markers without a segment."""


def picture_size(file: BinaryIO) -> tuple[int, int]:
    """Return width, height of the PNG, JPEG, BMP or WebP in `file` (before EXIF turns it).

    Raises ValueError if it is none of them or breaks off before it tells; OSError.
    """
    head = file.read(32)
    try:
        if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR":
            width, height = struct.unpack(">II", head[16:24])
        elif head.startswith(b"\xff\xd8"):
            file.seek(2)
            width, height = _jpeg(file)
        elif head.startswith(b"BM"):
            width, height = _bmp(head)
        elif head.startswith(b"RIFF") and head[8:12] == b"WEBP":
            width, height = _webp(head)
        else:
            raise ValueError("it is no PNG, JPEG, BMP or WebP")
    except (struct.error, IndexError) as error:
        raise ValueError("it breaks off in its head") from error
    if width < 1 or height < 1:
        raise ValueError("it has no pixels")
    return width, height


def _jpeg(file: BinaryIO) -> tuple[int, int]:
    while True:
        mark, kind = struct.unpack("BB", file.read(2))
        while kind == 0xFF:  # filling
            (kind,) = struct.unpack("B", file.read(1))
        if mark != 0xFF or kind in (0xD9, 0xDA):
            raise ValueError("its head is damaged")
        if kind in _BARE:
            continue
        (length,) = struct.unpack(">H", file.read(2))
        if kind in _SIZED:
            height, width = struct.unpack(">xHH", file.read(5))
            return width, height
        file.seek(length - 2, 1)


def _bmp(head: bytes) -> tuple[int, int]:
    if struct.unpack("<I", head[14:18])[0] == 12:
        width, height = struct.unpack("<HH", head[18:22])
    else:
        width, height = struct.unpack("<ii", head[18:26])
    return width, abs(height)  # negative: from top to bottom


def _webp(head: bytes) -> tuple[int, int]:
    kind = head[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if kind == b"VP8L":
        (bits,) = struct.unpack("<I", head[21:25])
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", head[26:30])
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError("it is of an unknown kind of WebP")
