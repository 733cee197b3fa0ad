"""Who is in a picture and where their joints are: read from a COCO keypoint file, or known from the stage."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from posegames.body.pose import Floats
from posegames.errors import SourceError
from posegames.seeing.sighting import Frame
from posegames.seeing.sources.images import read_picture
from posegames.tools.evaluation.points import UNNAMED, Points, named

HEAD_BOXES = ("bbox_head", "head_bbox", "head_box")
"""What files call the box of a head: left, top, width, height (PoseTrack 2018 has it)."""
HEAD_SHARE = 0.6
"""The length of a head, from the diagonal of its box (MPII's SC_BIAS)."""


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """One person in one picture."""

    points: Floats
    """(K, 2) pixels."""
    labelled: Floats
    """(K,) 1 where a point is labelled, else 0."""
    box: tuple[float, float, float, float]
    """Left, top, width, height in pixels."""
    area: float
    """Of the person, in square pixels."""
    crowd: bool = False
    """It is a whole crowd, and nobody has to find it."""
    head: float | None = None
    """Length of the head segment in pixels, where it is known."""
    world: Floats | None = None
    """(K, 3) metres from the middle of the hips, where that is known."""


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """One picture with everybody in it."""

    frame: Frame
    people: tuple[Person, ...]
    case: str
    """What it belongs to: its pictures follow each other as in a film. "" for one that stands alone."""
    share: float
    """How much of the exam is done with it, 0..1."""


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """A file of labelled people."""

    points: Points
    files: dict[int, str]
    """Picture files by id."""
    sizes: dict[int, tuple[int, int]]
    """Width and height of the pictures whose size the file tells."""
    people: dict[int, tuple[Person, ...]]
    """By picture."""

    def scenes(self, folder: Path) -> Iterator[Scene]:
        """Return every picture of the file, from `folder`.

        Raises SourceError if one is missing; and on the way, if one cannot be read or is of another size than
        the file says.
        """
        missing = sorted(name for name in self.files.values() if not _inside(folder, name).is_file())
        if missing:
            raise SourceError(
                f"{len(missing)} of the {len(self.files)} labelled pictures are not in {folder}.",
                f"The first is {missing[0]}.",
            )
        return self._scenes(folder)

    def _scenes(self, folder: Path) -> Iterator[Scene]:
        for done, (image, name) in enumerate(self.files.items(), start=1):
            try:
                picture = read_picture(_inside(folder, name))
            except (ValueError, OSError) as error:
                raise SourceError(
                    f"{name} in {folder} cannot be read.", f"({getattr(error, 'strerror', None) or error})"
                ) from error
            height, width = picture.shape[:2]
            if self.sizes.get(image, (width, height)) != (width, height):
                told = "x".join(map(str, self.sizes[image]))
                raise SourceError(
                    f"{name} measures {width}x{height}, and the labels say {told}.",
                    "Points labelled on another size do not fit.",
                )
            yield Scene(Frame(picture, float(done), done), self.people[image], "", done / len(self.files))


def _inside(folder: Path, name: str) -> Path:
    """Return the file `name` in `folder`, or in the folder beneath that the name tells; never elsewhere."""
    path = folder / name
    return path if path.is_file() and path.resolve().is_relative_to(folder.resolve()) else folder / Path(name).name


def read_labels(path: Path) -> Labels:
    """Read a COCO keypoint file. Raises SourceError for one that is none, and where it labels nobody."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        files = {int(image["id"]): str(image["file_name"]) for image in raw["images"]}
        sizes = {
            int(image["id"]): (int(image["width"]), int(image["height"]))
            for image in raw["images"]
            if "width" in image and "height" in image
        }
        category, names = _category(raw)
        rows = [row for row in raw["annotations"] if category in (None, row.get("category_id"))]
        points = _points(path, names, rows)
        people: dict[int, tuple[Person, ...]] = dict.fromkeys(files, ())
        for place, row in enumerate(rows):
            image, person = _person(path, row, place, points)
            if image not in people:
                raise SourceError(f"{path} labels a picture that it does not name.", f"It has the id {image}.")
            people[image] += (person,)
    except OSError as error:
        raise SourceError(f"{path} cannot be read.", f"The system says: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError) as error:
        raise SourceError(
            f"{path} is no file of COCO keypoints.",
            f"({type(error).__name__}: {error})",
            "It needs images, and annotations with keypoints and a bbox.",
        ) from error
    if not any(asked(person, points) for row in people.values() for person in row):
        raise SourceError(f"{path} labels nobody's joints.", "There is nothing to compare with.")
    return Labels(points, files, sizes, people)


def asked(person: Person, points: Points) -> bool:
    """Whether somebody has to be found: not a crowd, and a joint of theirs is labelled."""
    return not person.crowd and bool((person.labelled * points.core).any())


def _category(raw: dict[str, Any]) -> tuple[Any, list[str] | None]:
    """Return which category has keypoints, and what they are called; None where the file does not say."""
    for row in raw.get("categories", ()):
        if row.get("keypoints"):
            return row["id"], [str(name) for name in row["keypoints"]]
    return None, None


def _points(path: Path, names: list[str] | None, rows: list[dict[str, Any]]) -> Points:
    if names is not None:
        points = Points.of(named(names))
    else:
        count = len(next((row["keypoints"] for row in rows if row.get("keypoints")), ())) // 3
        if count and count not in UNNAMED:
            known = " or ".join(f"{number} ({view.name})" for number, view in UNNAMED.items())
            raise SourceError(
                f"{path} labels {count} points and does not say what they are.",
                f"Without names it must be {known}.",
                "Name them in categories[0].keypoints.",
            )
        points = Points.of(UNNAMED[count or min(UNNAMED)])
    if not points.core.any():
        raise SourceError(
            f"{path} has no point that an estimator gives.",
            f"Its points are {', '.join(points.view.points[:8])}.",
            "Joints are called as in COCO: left_shoulder, right_knee.",
        )
    return points


def _person(path: Path, row: dict[str, Any], place: int, points: Points) -> tuple[int, Person]:
    count = len(points.view.points)
    which = f"annotation {row.get('id', place)}"
    values = np.array(row.get("keypoints") or [0] * 3 * count, dtype=np.float64)
    box = tuple(float(value) for value in row["bbox"])
    area = float(row["area"] if "area" in row else box[2] * box[3])
    if not (np.isfinite(values).all() and all(map(math.isfinite, (*box, area)))):
        raise SourceError(f"{path} is damaged.", f"In {which} a number is not finite.")
    if values.shape != (3 * count,) or len(box) != 4:
        raise SourceError(
            f"{path} is damaged.", f"{which.capitalize()} has {values.size} numbers for {count} points of three."
        )
    if min(area, *box[2:]) < 0:
        raise SourceError(f"{path} is damaged.", f"In {which} a size is below nought.")
    triples = values.reshape(count, 3)
    labelled = (triples[:, 2] > 0).astype(float)
    person = Person(
        triples[:, :2],
        labelled,
        (box[0], box[1], box[2], box[3]),
        area,
        bool(row.get("iscrowd")),
        _head(row, triples[:, :2], labelled, points),
    )
    return int(row["image_id"]), person


def _head(row: dict[str, Any], xy: Floats, labelled: Floats, points: Points) -> float | None:
    for key in HEAD_BOXES:
        if row.get(key):
            length = HEAD_SHARE * math.hypot(*(float(side) for side in row[key][2:4]))
            return length if 0 < length < math.inf else None
    if points.head is None or not labelled[list(points.head)].all():
        return None
    neck, crown = xy[list(points.head)]
    return float(np.hypot(*(crown - neck))) or None
