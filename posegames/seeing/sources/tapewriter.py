"""Writing a tape; what is in it stands in `posegames.seeing.sources.tape`."""

from __future__ import annotations

import gzip
import io
import json
import math
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from posegames.body.pose import Floats, Pose
from posegames.files import replacing
from posegames.seeing.sighting import Sighting
from posegames.seeing.sources.tape import FIELDS, SKELETON, UNIT, VERSION, TapeHeader

FLUSHED = 1.0
"""Seconds of tape that a crash may cost."""


class TapeWriter:
    """Writes sightings to a tape, gzipped if the name ends in `.gz`.

    It writes beside the tape, under its name with `.part` added, and takes the name at the end of the `with`
    block. Should the block fail, or the machine, the part stays: it is a tape too, as far as it goes, to
    within the last second.
    """

    def __init__(self, path: Path, header: TapeHeader, *, world: bool = False) -> None:
        """Open nothing yet. `world` keeps the joints in metres too: that doubles the tape, and no game asks."""
        self._path, self._header = path, header
        self._fields = {name: field for name, field in FIELDS.items() if world or name != "world"}
        self._stack = ExitStack()
        self._file: io.BufferedIOBase = io.BytesIO()
        self._last, self._flushed = -math.inf, -math.inf
        self.written = 0
        """Bytes so far, before gzip."""

    def __enter__(self) -> Self:
        """Open the part and write the header. Raises OSError."""
        head = self._header
        line: dict[str, Any] = {"posegames_tape": VERSION, "skeleton": SKELETON, "unit": UNIT}
        line |= {"aspect": round(head.aspect, 6), "rate": round(head.rate, 3)}
        line |= {name: text for name in ("source", "estimator", "created") if (text := getattr(head, name))}
        if all(head.size):
            line["size"] = list(head.size)
        with ExitStack() as stack:
            part = stack.enter_context(replacing(self._path, keep=True))
            self._file = stack.enter_context(part.open("wb"))
            if self._path.suffix == ".gz":
                # No date and no name inside: the same sightings give the same bytes.
                self._file = stack.enter_context(gzip.GzipFile("", "wb", fileobj=self._file, mtime=0))
            self._put(line)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the part; if all went well, give it the tape's name."""
        self._stack.__exit__(kind, error, trace)

    def write(self, sighting: Sighting) -> None:
        """Append one sighting; its picture is left out.

        Raises ValueError if its time is not finite or not after the one before, OSError if the disk is full.
        """
        time = round(sighting.time, 4)
        if not (self._last < time < math.inf):
            raise ValueError(f"A tape's times go up: {time} after {self._last}.")
        line: dict[str, Any] = {"time": time, "number": sighting.number}
        if abs(sighting.aspect - self._header.aspect) > 1e-6:
            line["aspect"] = round(sighting.aspect, 6)
        line["poses"] = [self._packed(pose) for pose in sighting.poses]
        self._put(line)
        self._last = time
        if time - self._flushed >= FLUSHED:
            self._file.flush()
            self._flushed = time

    def _put(self, line: dict[str, Any]) -> None:
        text = json.dumps(line, separators=(",", ":"), allow_nan=False) + "\n"
        self.written += self._file.write(text.encode())

    def _packed(self, pose: Pose) -> dict[str, Any]:
        packed: dict[str, Any] = {}
        for name, field in self._fields.items():
            array: Floats | None = getattr(pose, name)
            if array is not None:
                packed[name] = np.round(array.astype(np.float64), field.decimals).ravel().tolist()
        packed["score"] = round(pose.score, 3)
        if pose.track is not None:
            packed["track"] = pose.track
        return packed
