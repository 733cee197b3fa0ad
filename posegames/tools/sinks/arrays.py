"""Poses as numpy's arrays."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any
from zipfile import ZipFile, ZipInfo

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from posegames.body.joints import COUNT, Joint
from posegames.tools.looks import Look
from posegames.tools.sinks.base import FileSink, Origin

COLUMNS: Mapping[str, tuple[str, tuple[int, ...]]] = MappingProxyType(
    {
        "frame_number": ("<i8", ()),
        "frame_time": ("<f8", ()),
        "number": ("<i8", ()),
        "time": ("<f8", ()),
        "player": ("<i4", ()),
        "score": ("<f4", ()),
        "size": ("<i4", (2,)),
        "xy": ("<f4", (COUNT, 2)),
        "confidence": ("<f4", (COUNT,)),
        "z": ("<f4", (COUNT,)),
        "world": ("<f4", (COUNT, 3)),
    }
)
"""The arrays that grow: type, and shape of a row."""
_NO_DEPTH = {
    name: np.full(shape, np.nan, dtype=kind) for name, (kind, shape) in COLUMNS.items() if name in ("z", "world")
}


class NpzSink(FileSink):
    """An .npz: N rows, one a player and frame; `np.load` opens it, without pickle.

    `number`, `time` (seconds), `player`, `score` (N,); `size` (N, 2), the frame's width and height in pixels;
    `xy` (N, 33, 2) in frame heights; `confidence` (N, 33). If any pose has them, `z` (N, 33) in frame heights and
    `world` (N, 33, 3) in metres, NaN where one has not. Each of the F frames, with nobody in it or not, is in
    `frame_number` and `frame_time` (F,); in a folder of pictures `frame_file` (F,) is its name. `joints` (33,)
    are the names of the joints; `source`, `estimator` and `rate` say where it comes from.
    Rows wait in files without names, so that memory does not grow with the source.
    """

    def __init__(self, path: Path, origin: Origin) -> None:
        super().__init__(path, origin)
        self._names: list[str] = []
        self._columns: dict[str, IO[bytes]] = {}
        self._deep: set[str] = set()

    def _open(self, part: Path, stack: ExitStack) -> None:
        self._part = part
        for name in COLUMNS:
            rows = tempfile.TemporaryFile(dir=part.parent)  # noqa: SIM115 - the stack closes it
            self._columns[name] = stack.enter_context(rows)

    def put(self, look: Look) -> None:
        """Write a row for everybody in the look."""
        number, time = look.sighting.number, look.sighting.time
        self._names.extend([look.name] if self._origin.named else [])
        self._write({"frame_number": number, "frame_time": time})
        for player, pose in look.bodies:
            row = {"number": number, "time": time, "player": player, "score": pose.score, "size": look.size}
            depth = {name: there for name in _NO_DEPTH if (there := getattr(pose, name)) is not None}
            self._deep |= depth.keys()
            self._write(row | {"xy": pose.xy, "confidence": pose.confidence} | _NO_DEPTH | depth)

    def _write(self, row: Mapping[str, Any]) -> None:
        for name, value in row.items():
            self._columns[name].write(np.asarray(value, dtype=COLUMNS[name][0]).tobytes())

    def _finish(self) -> None:
        whole: dict[str, Any] = {
            "joints": [joint.name.lower() for joint in Joint],
            "source": self._origin.source,
            "estimator": self._origin.estimator,
            "rate": self._origin.rate,
        }
        if self._origin.named:
            whole["frame_file"] = np.array(self._names, dtype=np.str_)
        with ZipFile(self._part, "w") as archive:
            for name, rows in self._columns.items():
                if name not in _NO_DEPTH or name in self._deep:
                    _store_rows(archive, name, rows)
            for name, value in whole.items():
                _store(archive, name, np.asarray(value))


def _entry(archive: ZipFile, name: str) -> IO[bytes]:
    # Without the time of day, so that the same poses are the same file.
    return archive.open(ZipInfo(f"{name}.npy"), "w", force_zip64=True)


def _store(archive: ZipFile, name: str, array: NDArray[Any]) -> None:
    with _entry(archive, name) as file:
        npy.write_array(file, array, allow_pickle=False)


def _store_rows(archive: ZipFile, name: str, rows: IO[bytes]) -> None:
    """Store the rows of a column as an array of that many rows."""
    kind, shape = COLUMNS[name]
    dtype = np.dtype(kind)
    size = dtype.itemsize * int(np.prod(shape))
    header = {"descr": npy.dtype_to_descr(dtype), "fortran_order": False, "shape": (rows.tell() // size, *shape)}
    rows.seek(0)
    with _entry(archive, name) as file:
        npy.write_array_header_1_0(file, header)
        shutil.copyfileobj(rows, file)
