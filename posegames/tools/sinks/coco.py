"""Poses as COCO has them."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from posegames.body.joints import BONES
from posegames.body.pose import Floats
from posegames.body.views import COCO_17
from posegames.errors import SourceError
from posegames.tools.looks import Look
from posegames.tools.sinks.base import TextSink


class CocoSink(TextSink):
    """A COCO data set whose annotations are keypoint results as well, and say by `track_id` who it is.

    Its `images` say what each `image_id` is. In place of COCO's visibility stands the confidence, as in results;
    the box is that of the points seen, for want of a better one, and its area COCO's `area`.
    """

    def _begin(self) -> None:
        self._images: list[dict[str, Any]] = []
        self._count = 0
        # Annotations first and as they come: an hour of video does not fit into memory twice.
        self._file.write('{"annotations": [')

    def put(self, look: Look) -> None:
        """Write an annotation for everybody in the look. Raises SourceError if the frame's size is unknown."""
        sighting, (width, height) = look.sighting, look.size
        if not height:
            what = f"{self._origin.source} does not say how large its pictures were."
            raise SourceError(what, "COCO files hold pixels.", "Write .csv or .tape instead.")
        which = {"file_name": look.name} if self._origin.named else {"frame": sighting.number}
        time = round(sighting.time, 4)
        self._images.append({"id": sighting.number, **which, "time": time, "width": width, "height": height})
        for player, pose in look.bodies:
            xy, confidence = COCO_17.of(pose)
            places = (xy * height).round(2)
            box = _box(places[confidence > 0])
            triples = zip(places.tolist(), confidence.tolist(), strict=True)
            self._count += 1
            annotation = {
                # From 1 on: COCO's evaluation takes 0 for nobody.
                "id": self._count,
                "image_id": sighting.number,
                "category_id": 1,
                "track_id": player,
                "keypoints": [value for (x, y), c in triples for value in (round(x, 2), round(y, 2), round(c, 3))],
                "num_keypoints": int((confidence > 0).sum()),
                "score": round(pose.score, 4),
                "bbox": box,
                "area": round(box[2] * box[3], 2),
                "iscrowd": 0,
            }
            comma = "," if self._count > 1 else ""
            self._file.write(f"{comma}\n{json.dumps(annotation, allow_nan=False)}")

    def _finish(self) -> None:
        person = {
            "id": 1,
            "name": "person",
            "supercategory": "person",
            "keypoints": list(COCO_17.points),
            "skeleton": _skeleton(),
        }
        rest = {
            "images": self._images,
            "categories": [person],
            "info": {"description": f"posegames track {self._origin.source}", "estimator": self._origin.estimator},
        }
        self._file.write("\n],\n" + json.dumps(rest)[1:] + "\n")


def _box(places: Floats) -> list[float]:
    """Return left, top, width and height of `places` (N, 2), in pixels; zeros of nothing."""
    if not len(places):
        return [0.0, 0.0, 0.0, 0.0]
    low, size = places.min(axis=0), np.ptp(places, axis=0)
    return [round(float(value), 2) for value in (*low, *size)]


def _skeleton() -> list[list[int]]:
    """Return our bones between COCO's points, as pairs of numbers from 1 on."""
    numbers = {source[0]: i for i, source in enumerate(COCO_17.sources, start=1) if source}
    return [[numbers[a], numbers[b]] for a, b in BONES if a in numbers and b in numbers]
