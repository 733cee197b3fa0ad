"""Shapes and models as plain data: what JSON can hold, and nothing that runs."""

from __future__ import annotations

from typing import Any

import numpy as np

from posegames.body.joints import COUNT
from posegames.body.pose import Floats
from posegames.gestures.taught.features import Shape

LONGEST = 200
"""Letters a name may have."""
FARTHEST = 1e3
"""A coordinate may be from the middle of the hips, in whatever unit."""


def example_data(label: str, shape: Shape, group: str) -> dict[str, Any]:
    """Return an example as plain data, in lengths of the body's own size: the same for near and far."""
    size = max(float(np.abs(shape.points[shape.sure > 0]).max(initial=0)), 1e-6)
    points = np.where(shape.sure[:, None] > 0, shape.points / size, 0)
    return {
        "label": label,
        "group": group,
        "points": [[round(float(x), 4), round(float(y), 4)] for x, y in points],
        "sure": [round(float(sure), 3) for sure in shape.sure],
    }


def example_from(data: object) -> tuple[str, Shape, str]:
    """Return label, shape and group. Raises ValueError for anything but what `example_data` gave."""
    if not isinstance(data, dict):
        raise ValueError("it is no object")  # noqa: TRY004 - one kind of error for data
    label, group = data.get("label"), data.get("group", "")
    for name in (label, group):
        if not isinstance(name, str) or len(name) > LONGEST or not (name == "" or name.isprintable()):
            raise ValueError(f"label and group are no texts of up to {LONGEST} letters")
    points = numbers(data.get("points"), (COUNT, 2), -FARTHEST, FARTHEST, "points")
    sure = numbers(data.get("sure"), (COUNT,), 0.0, 1.0, "sure")
    return str(label), Shape(points, sure), str(group)


def numbers(data: object, shape: tuple[int, ...], least: float, most: float, name: str) -> Floats:
    """Return nested lists as a float32 array. Raises ValueError if they have another shape, or no numbers."""
    try:
        array = np.array(data)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{name} is no table of numbers") from error
    if array.shape != shape or array.dtype.kind not in "fi":
        raise ValueError(f"{name} is no table of {' x '.join(map(str, shape))} numbers")
    if not ((array >= least) & (array <= most)).all():
        raise ValueError(f"{name} has numbers that are not in {least:g} to {most:g}")
    return array.astype(np.float32)


def fields(data: object, *, kind: str, version: int) -> dict[str, Any]:
    """Return the fields of a model of this kind. Raises ValueError for another kind, and for a newer version."""
    if not isinstance(data, dict) or data.get("kind") != kind:
        raise ValueError(f"it is no {kind}")
    found = data.get("version")
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise ValueError("it does not tell its version")
    if found > version:
        raise ValueError(f"it is of version {found}, made by a newer posegames; this one reads {version}")
    return data
