"""People with labels on them, and files of them: for tests of evaluating."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from posegames.body.pose import Floats
from posegames.body.views import COCO_17
from posegames.testing import body
from posegames.tools.evaluation.matching import Answer, Found, found, judge
from posegames.tools.evaluation.points import Points
from posegames.tools.evaluation.truth import Labels

HEIGHT = 400
COCO = Points.of(COCO_17)


EYES = {"left_eye": (0.02, 0.94), "right_eye": (-0.02, 0.94)}
"""What `body` has none of."""


def seen(x: float, moved: Mapping[str, tuple[float, float]] | None = None) -> Found:
    """Give somebody at `x` as an estimator finds them, in a picture 400 pixels high; `moved` as of `body`."""
    return found(body(x, moved=EYES | dict(moved or {})), HEIGHT, COCO)


def row(image: int, number: int, points: Floats, shown: Floats, **more: Any) -> dict[str, Any]:
    low, high = points[shown > 0].min(axis=0), points[shown > 0].max(axis=0)
    return {
        "id": number,
        "image_id": image,
        "category_id": 1,
        "iscrowd": 0,
        "num_keypoints": int((shown > 0).sum()),
        "area": float(np.prod(high - low)),
        "bbox": [*low.tolist(), *(high - low).tolist()],
        "keypoints": [float(v) for (x, y), s in zip(points, shown, strict=True) for v in (x, y, 2 * (s > 0))],
    } | more


def write(
    folder: Path,
    rows: Iterable[Mapping[str, Any]],
    files: Mapping[int, str],
    *,
    names: Sequence[str] | None = COCO_17.points,
    size: tuple[int, int] = (640, HEIGHT),
) -> Path:
    """Write a COCO keypoint file; `names` are its points."""
    path = folder / "labels.json"
    category: dict[str, Any] = {"id": 1, "name": "person"}
    if names is not None:
        category["keypoints"] = list(names)
    images = [{"id": i, "file_name": name, "width": size[0], "height": size[1]} for i, name in files.items()]
    path.write_text(json.dumps({"images": images, "annotations": list(rows), "categories": [category]}))
    return path


def answers(labels: Labels, bodies: Mapping[int, Sequence[Found]]) -> list[Answer]:
    """Give what is made of it when an estimator finds `bodies`, by picture."""
    return [
        judge("", HEIGHT, people, bodies.get(image, ()), labels.points) for image, people in labels.people.items()
    ]
