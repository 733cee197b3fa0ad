"""The tape: a run of sightings as a small text file, without pictures.

JSON Lines, plain or gzipped. The first line is a header, every other line a sighting:

    {"posegames_tape": 1, "skeleton": "blazepose-33", "unit": "frame heights", "aspect": 1.7778, "rate": 30.0, ...}
    {"time": 0.0333, "number": 1, "poses": [{"xy": [x, y, x, y, ...], "confidence": [...], "score": 0.98}]}

A pose's arrays are flat, joint after joint. `z`, `world`, `track` and a line's own `aspect` stand only where
there is something to say. One person at 30 Hz takes 24 kB a second, gzipped 5.
"""

from __future__ import annotations

import gzip
import io
import json
import math
import zlib
from collections.abc import Generator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import numpy as np

from posegames.body.joints import COUNT
from posegames.body.pose import Floats, Pose
from posegames.errors import SourceError
from posegames.seeing.sighting import Sighting

VERSION = 1
SKELETON = "blazepose-33"
UNIT = "frame heights"

LONGEST = 1_000_000
"""Bytes in a line; as many people as are believed take a fifth of it."""
MOST = 64
"""People in a sighting."""


class Field(NamedTuple):
    """One array of a pose: its shape, how it is rounded, and what is believed of a file."""

    shape: tuple[int, ...]
    decimals: int
    least: float
    most: float


FIELDS: dict[str, Field] = {
    # Rounding to a thousandth of the frame (0.7 pixels at 720 lines) adds a tenth of the tracker's own noise.
    "xy": Field((COUNT, 2), 3, -8, 8),
    "confidence": Field((COUNT,), 2, 0, 1),
    "z": Field((COUNT,), 2, -4, 4),
    "world": Field((COUNT, 3), 2, -10, 10),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TapeHeader:
    """What a tape says of itself."""

    aspect: float = 16 / 9
    """Width over height of what was seen."""
    rate: float = 0.0
    """Sightings a second as promised by the source; 0 where unknown."""
    source: str = ""
    estimator: str = ""
    created: str = ""
    """Date and time, ISO 8601; empty where a file must not depend on when it was made."""
    size: tuple[int, int] = (0, 0)
    """Width and height in pixels of what was seen; (0, 0) where unknown."""


class Tape:
    """A tape that is there and has a header; iterating reads its sightings, from the start each time.

    A tape that breaks off inside a line or inside its gzip is read up to there, and `note` then says so. Any
    other fault raises SourceError with file and line.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.note = ""
        """What the last reading found odd; empty when all is well."""
        with closing(_lines(path)) as lines:
            try:
                self.header = _header(_object(next(lines, b"")))
            except (ValueError, RecursionError) as error:
                raise _fault(path, 1, error) from error

    def __iter__(self) -> Generator[Sighting]:
        """Yield the sightings in order."""
        self.note, before = "", -math.inf
        with closing(_lines(self.path)) as lines:
            for number, line in enumerate(lines, start=1):
                if number == 1:
                    continue
                try:
                    sighting = _sighting(_object(line), self.header.aspect, before)
                except (ValueError, RecursionError) as error:
                    if line.endswith(b"\n") or len(line) >= LONGEST:
                        raise _fault(self.path, number, error) from error
                    self.note = f"The tape breaks off in line {number}, after {max(before, 0):.1f} s."
                    return
                yield sighting
                before = sighting.time


def read_tape(path: Path) -> Tape:
    """Open the tape at `path`. Raises SourceError if there is none, or if it is not one."""
    return Tape(path)


def _lines(path: Path) -> Generator[bytes]:
    """Yield the lines as they stand, gunzipped; an empty one at the end where a gzip breaks off."""
    try:
        with ExitStack() as stack:
            file: io.BufferedIOBase = stack.enter_context(path.open("rb"))
            # By its first bytes, not by its name: people rename files.
            if file.read(2) == b"\x1f\x8b":
                file.seek(0)
                file = stack.enter_context(gzip.GzipFile(fileobj=file))
            else:
                file.seek(0)
            while line := file.readline(LONGEST):
                yield line
    except EOFError:
        yield b""
    except FileNotFoundError as error:
        raise SourceError(f"There is no tape {path}.", now="Check the name.") from error
    except (OSError, zlib.error) as error:
        raise SourceError(f"The tape {path} cannot be read.", f"The system says: {error}.") from error


def _fault(path: Path, line: int, error: Exception) -> SourceError:
    why = "It is nested too deep" if isinstance(error, RecursionError) else str(error)
    if line == 1:
        return SourceError(f"{path} is not a tape posegames can play.", f"{why}.", "Record one: posegames record")
    now = f"Cut the file before line {line}, or record anew."
    return SourceError(f"The tape {path} is damaged in line {line}.", f"{why}.", now)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number a tape can hold")


def _object(line: bytes) -> dict[str, Any]:
    if len(line) >= LONGEST:
        raise ValueError(f"The line is longer than {LONGEST} bytes")
    try:
        value = json.loads(line, parse_constant=_no_constant)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ValueError("The line is not JSON") from error
    if not isinstance(value, dict):
        raise ValueError("The line is not a JSON object")  # noqa: TRY004 - one kind for all that a file gets wrong
    return value


def _number(line: dict[str, Any], name: str, least: float, most: float, default: float | None = None) -> float:
    value: Any = line.get(name, default)
    # NaN fails the comparison too. `type`, because True is an int to isinstance.
    if type(value) not in (int, float) or not (least <= value <= most):
        raise ValueError(f"{name!r} must be a number from {least:g} to {most:g}, not {str(value)[:40]!r}")
    return float(value)


def _text(line: dict[str, Any], name: str) -> str:
    # It reaches screens and terminals: no control characters, and no more than a line of it.
    return "".join(c for c in str(line.get(name, "")) if c.isprintable())[:200]


def _header(line: dict[str, Any]) -> TapeHeader:
    wanted = {"posegames_tape": VERSION, "skeleton": SKELETON, "unit": UNIT}
    for name, value in wanted.items():
        if line.get(name) != value:
            raise ValueError(f"Its {name!r} should be {value!r}, and is {str(line.get(name))[:40]!r}")
    size = line.get("size", [0, 0])
    if not (isinstance(size, list) and len(size) == 2 and all(type(n) is int and 0 <= n <= 65536 for n in size)):
        raise ValueError("Its 'size' should be two numbers of pixels")
    return TapeHeader(
        aspect=_number(line, "aspect", 0.05, 20),
        rate=_number(line, "rate", 0, 1000, 0),
        source=_text(line, "source"),
        estimator=_text(line, "estimator"),
        created=_text(line, "created"),
        size=(size[0], size[1]),
    )


def _sighting(line: dict[str, Any], aspect: float, before: float) -> Sighting:
    time = _number(line, "time", -1e9, 1e9)
    if time <= before:
        raise ValueError(f"Its time {time} is not after {before}, the one before")
    poses = line.get("poses")
    if not (isinstance(poses, list) and len(poses) <= MOST and all(isinstance(pose, dict) for pose in poses)):
        raise ValueError(f"'poses' must be a list of up to {MOST} objects")
    return Sighting(
        time=time,
        number=int(_number(line, "number", 0, 1e12)),
        poses=tuple(_pose(pose) for pose in poses),
        aspect=_number(line, "aspect", 0.05, 20, aspect),
    )


def _pose(packed: dict[str, Any]) -> Pose:
    xy, confidence, z, world = (_array(packed, name, field) for name, field in FIELDS.items())
    if xy is None or confidence is None:
        raise ValueError("A pose must have 'xy' and 'confidence'")
    track = None if packed.get("track") is None else int(_number(packed, "track", -1e12, 1e12))
    return Pose(xy, confidence, z, world, score=_number(packed, "score", 0, 1, 1), track=track)


def _array(packed: dict[str, Any], name: str, field: Field) -> Floats | None:
    values = packed.get(name)
    if values is None:
        return None
    count = math.prod(field.shape)
    if not (isinstance(values, list) and len(values) == count):
        raise ValueError(f"{name!r} must be a list of {count} numbers")
    if not all(type(value) in (int, float) and field.least <= value <= field.most for value in values):
        raise ValueError(f"{name!r} must hold numbers from {field.least:g} to {field.most:g}")
    return np.array(values, dtype=np.float32).reshape(field.shape)
