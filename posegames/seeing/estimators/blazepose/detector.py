"""BlazePose's first net: it finds people in the whole picture."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from posegames.body.pose import Floats
from posegames.seeing.estimators.blazepose.net import Net
from posegames.seeing.estimators.blazepose.region import Region, region_of
from posegames.seeing.sighting import Picture

SIZE = 224
"""Pixels of the net's square input."""
LEAST_SCORE = 0.5
"""Detections below are nobody (MediaPipe's default)."""
MOST_OVERLAP = 0.5
"""Boxes that overlap more (IoU) are one person."""


def anchors() -> Floats:
    """Return the (2254, 2) anchor centres in shares of the input, in the order of the net's outputs.

    Layers of stride 8, 16 and three of 32, two anchors a cell each, row by row (MediaPipe ssd_anchors).
    """
    layers = []
    for stride, each in ((8, 2), (16, 2), (32, 6)):
        cells = SIZE // stride
        rows, columns = np.mgrid[0:cells, 0:cells]
        centres = (np.stack([columns, rows], axis=-1).reshape(-1, 2) + 0.5) / cells
        layers.append(np.repeat(centres, each, axis=0))
    return np.concatenate(layers).astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Detection:
    """Somebody, roughly. `points` (4, 2) pixels: mid-hip, full-body scale point, mid-shoulder, upper-body one."""

    score: float
    points: Floats

    @property
    def region(self) -> Region:
        """The region of interest to look into for landmarks."""
        return region_of(self.points[0], self.points[1])


class Detector:
    """Finds people anywhere in a picture; about 6 ms, whoever is there."""

    def __init__(self, model: Path) -> None:
        """Load the net. Raises ModelError, EstimatorError."""
        self._net = Net(model, size=SIZE, scale=1 / 127.5, shift=-1.0)
        self._anchors = anchors()
        self._boxes = self._net.output_index(1, len(self._anchors), 12)
        self._scores = self._net.output_index(1, len(self._anchors), 1)

    def __call__(self, picture: Picture, part: Region | None = None) -> list[Detection]:
        """Return the people in a BGR picture of any size, or in a square `part` of it, surest first."""
        height, width = picture.shape[:2]
        whole = part or Region(width / 2, height / 2, max(width, height))
        # Letterboxed with zeros: with a replicated border the detector breaks (measured).
        self._net.run(picture, whole, border=cv2.BORDER_CONSTANT)
        found = decode(self._net.output(self._boxes), self._net.output(self._scores)[:, 0], self._anchors)
        return [Detection(score, whole.project(points)) for score, points in found]


def decode(boxes: Floats, logits: Floats, centres: Floats) -> list[tuple[float, Floats]]:
    """Return (score, points (4, 2) in shares of the input) for each person in the net's raw output.

    `boxes` (A, 12): x, y, width, height and four points in input pixels relative to the anchor `centres`
    (A, 2); `logits` (A,). Overlapping boxes are blended, weighted by score (MediaPipe's weighted NMS).
    """
    sure = np.flatnonzero(logits >= np.log(LEAST_SCORE / (1 - LEAST_SCORE)))
    scores = 1 / (1 + np.exp(-np.clip(logits[sure], -100, 100)))
    order = np.argsort(-scores, kind="stable")
    sure, scores = sure[order], scores[order]
    middles = boxes[sure, :2] / SIZE + centres[sure]
    halves = boxes[sure, 2:4] / SIZE / 2
    corners = np.concatenate([middles - halves, middles + halves], axis=1)
    points = boxes[sure, 4:].reshape(-1, 4, 2) / SIZE + centres[sure, None]

    found: list[tuple[float, Floats]] = []
    left = np.arange(len(sure))
    while len(left):
        same = _overlap(corners[left], corners[left[0]]) > MOST_OVERLAP
        same[0] = True  # a box without area overlaps not even itself
        group = left[same]
        weights = scores[group, None, None]
        blended = (points[group] * weights).sum(axis=0) / weights.sum()
        found.append((float(scores[group[0]]), blended.astype(np.float32)))
        left = left[~same]
    return found


def _overlap(boxes: Floats, box: Floats) -> Floats:
    """Return the intersection over union of `boxes` (N, 4) with one `box`; corners left, top, right, bottom."""
    sides = np.minimum(boxes[:, 2:], box[2:]) - np.maximum(boxes[:, :2], box[:2])
    shared = np.clip(sides, 0, None).prod(axis=1)
    union = _areas(boxes) + _areas(box[None]) - shared
    iou: Floats = shared / np.maximum(union, 1e-12)
    return iou


def _areas(boxes: Floats) -> Floats:
    areas: Floats = np.clip(boxes[:, 2:] - boxes[:, :2], 0, None).prod(axis=1)
    return areas
