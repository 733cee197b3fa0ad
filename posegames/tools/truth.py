"""People labelled by hand: COCO keypoint files, read and checked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from posegames.body.joints import COCO_17
from posegames.body.pose import Floats
from posegames.errors import SourceError

POINTS = len(COCO_17.points)


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """One person in one picture."""

    image: int
    points: Floats
    """(17, 2) pixels."""
    labelled: Floats
    """(17,) 1 where a point is labelled, else 0."""
    box: tuple[float, float, float, float]
    """Left, top, width, height in pixels."""
    area: float
    """Of the person, in square pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """A file of labelled people."""

    raw: dict[str, Any]
    """As in the file."""
    files: dict[int, str]
    """Picture files by id."""
    people: tuple[Labelled, ...]
    """Those with at least one labelled point, crowds left out."""


def read_truth(path: Path) -> Truth:
    """Read a COCO keypoint file. Raises SourceError for one that is none."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        files = {int(image["id"]): str(image["file_name"]) for image in raw["images"]}
        rows = [_labelled(row) for row in raw["annotations"] if not row.get("iscrowd")]
    except OSError as error:
        raise SourceError(f"{path} cannot be read.", f"The system says: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        why = f"({type(error).__name__}: {error})"
        raise SourceError(
            f"{path} is no file of COCO keypoints.", why, "It needs images and annotations of 17 keypoints."
        ) from error
    people = tuple(row for row in rows if row.labelled.any())
    if strange := {person.image for person in people} - files.keys():
        raise SourceError(f"{path} labels pictures it does not name.", f"Image ids: {sorted(strange)[:5]}.")
    return Truth(raw, files, people)


def _labelled(row: dict[str, Any]) -> Labelled:
    triples = np.array(row["keypoints"], dtype=np.float64).reshape(POINTS, 3)
    left, top, width, height = (float(value) for value in row["bbox"])
    area = float(row.get("area", width * height))
    if not (np.isfinite(triples).all() and np.isfinite([left, top, width, height, area]).all()):
        raise ValueError("a number is not finite")
    return Labelled(
        int(row["image_id"]), triples[:, :2], (triples[:, 2] > 0).astype(float), (left, top, width, height), area
    )
