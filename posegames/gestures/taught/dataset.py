"""Data sets of poses as the papers have them: a CSV file, one body a row, and which pose it shows.

133 columns, `x1,y1,z1,v1` to `x33,y33,z33,v33` in the order of `Joint`, and `class`, in any order; columns with
other names are passed over. posegames adds one, `file`: which picture it was. x and y are in heights of the
picture on both axes (0..1 from top to bottom), so that angles are true, z in the same unit from the hips (smaller
is nearer), v is how well the joint is seen, 0..1. MediaPipe's own x is in widths: files of others can be read and
learnt from, but angles in them are as wrong as their pictures are wide.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from posegames.body.joints import COUNT
from posegames.body.pose import Pose
from posegames.errors import PosegamesError
from posegames.files import replacing

COLUMNS = tuple(f"{axis}{number}" for number in range(1, COUNT + 1) for axis in "xyzv")
"""Of the joints, in the order of the file."""
CLASS, FILE = "class", "file"
LARGEST = 64 << 20
"""Bytes of a file that is read: 40,000 rows."""
LONGEST = 200
"""Letters a class or file name may have."""
FARTHEST = 100.0
"""Heights of the picture a joint may be away from it."""


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """A body in a picture, and which pose it shows."""

    label: str
    pose: Pose
    file: str = ""
    """The picture it was found in, as the user knows it."""


def write_dataset(path: Path, rows: Iterable[Labelled]) -> None:
    """Write a data set, whole or not at all. Raises OSError."""
    with replacing(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow((*COLUMNS, CLASS, FILE))
        for row in rows:
            pose = row.pose
            depth = np.zeros(COUNT) if pose.z is None else pose.z
            numbers = np.column_stack([pose.xy, depth, pose.confidence])
            table.writerow((*(f"{number:.5g}" for number in numbers.flat), row.label, row.file))


def read_dataset(path: Path) -> tuple[Labelled, ...]:
    """Read a data set. Raises PosegamesError, which says in which line what is wrong, and OSError."""
    if (size := path.stat().st_size) > LARGEST:
        raise PosegamesError(
            f"{path} is too large to be read.",
            f"It has {size:,} bytes, and {LARGEST:,} are allowed.",
            "Take fewer pictures, or several files.",
        )
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = tuple(_rows(csv.reader(file, strict=True)))
    except (ValueError, csv.Error) as error:
        why = "it is not text in UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        raise PosegamesError(
            f"{path} cannot be read as a data set of poses.",
            f"({why}.)",
            "Write one with 'posegames gestures dataset'; it tells what the columns are.",
        ) from error
    return rows


def _rows(table: Iterator[list[str]]) -> Iterator[Labelled]:
    """Yield what the lines hold. Raises ValueError, which tells the line."""
    header = [name.strip() for name in next(table, [])]
    missing = [name for name in (*COLUMNS, CLASS) if header.count(name) != 1]
    if missing:
        listed = ", ".join(missing[:3]) + (", ..." if len(missing) > 3 else "")
        raise ValueError(f"line 1 must name {len(COLUMNS) + 1} columns, each once; not so: {listed}")
    places = [header.index(name) for name in COLUMNS]
    label = header.index(CLASS)
    picture = header.index(FILE) if header.count(FILE) == 1 else None
    count = 0
    for line, cells in enumerate(table, start=2):
        if not cells:
            continue
        if len(cells) != len(header):
            raise ValueError(f"line {line} has {len(cells)} cells where line 1 has {len(header)}: it breaks off")
        try:
            numbers = _numbers([cells[place] for place in places])
            name = "" if picture is None else _name(cells[picture], least=0)
            yield Labelled(_name(cells[label], least=1), _pose(numbers), name)
        except ValueError as error:
            raise ValueError(f"line {line}: {error}") from error
        count += 1
    if not count:
        raise ValueError("it has no rows")


def _numbers(cells: list[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return (33, 4). Raises ValueError."""
    numbers = []
    for column, cell in zip(COLUMNS, cells, strict=True):
        try:
            number = float(cell)
        except ValueError:
            raise ValueError(f"{column} is {cell[:20]!r}, which is no number") from None
        least, most = (0.0, 1.0) if column[0] == "v" else (-FARTHEST, FARTHEST)
        if not least <= number <= most or math.isnan(number):
            raise ValueError(f"{column} is {cell[:20]}, which is not in {least:g} to {most:g}")
        numbers.append(number)
    return np.array(numbers).reshape(COUNT, 4)


def _pose(numbers: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> Pose:
    return Pose(numbers[:, :2], numbers[:, 3], z=numbers[:, 2])


def readable(name: str) -> str:
    """Return a name as a data set can hold it: question marks for what cannot be printed, and not too long."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:LONGEST]


def _name(cell: str, *, least: int) -> str:
    name = cell.strip()
    if not least <= len(name) <= LONGEST or not (name.isprintable()):
        raise ValueError(f"a name has {least} to {LONGEST} printable letters, not {cell[:20]!r}")
    return name
