"""From what a YOLO-pose net says to people. Numpy only.

Two kinds of rows are known, both in pixels of the input and with scores 0..1. YOLOv8 and YOLO11 (also YOLO26,
exported with end2end=False) have one for every anchor, many for the same person: centre, width and height of the
box, score, 17 points. YOLO26, and any exported with nms=True, have one for every person: two corners of the box,
score, class, 17 points; rows left over are zeros. (Ultralytics' guide to end-to-end detection, and its exporter.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from posegames.body.pose import Floats

Whole = NDArray[np.integer[Any]]

STRIDE = 32
"""Sides of an input are multiples of this: the coarsest anchors are so many pixels apart."""
LARGEST = 2048
"""Pixels an input side may have. Published nets have 640, a few 1280."""
POINTS = 3 * 17
"""Numbers at the end of each row: x, y and confidence of COCO's keypoints."""
SCORE, CLASS = 4, 5
"""Where they are in a row; only a row for a person has a class."""
PERSON = 0
"""The class of a person, the only one of the published nets."""
FAR = 1e4
"""Pixels; what is farther away is nowhere, whatever a file says."""
MOST_CANDIDATES = 4096
"""The surest are looked at: a net that sees somebody everywhere must not take seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YoloOptions:
    """What can be set, under the names of Ultralytics' own settings, with the defaults it predicts with.

    Raises ValueError, a sentence, for a value out of range.
    """

    conf: float = 0.25
    """A person's score must be above this."""
    iou: float = 0.7
    """Boxes that overlap by more (intersection over union) are one person's. Older versions had 0.45. A net with
    a row for every person is taken at its word."""
    kpt_conf: float = 0.25
    """A point less sure has not been seen (`conf_thres` of Ultralytics' `Annotator.kpts`)."""
    max_det: int = 300
    """People, at most; the number of players is another, usually lower, limit."""
    imgsz: int = 640
    """Pixels of the longer side of the input, a multiple of 32: only where a file leaves it open."""

    def __post_init__(self) -> None:
        for name in ("conf", "iou", "kpt_conf"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} must lie in 0..1.")
        if not 1 <= self.max_det <= 1000:
            raise ValueError("max_det must lie in 1..1000.")
        if not (STRIDE <= self.imgsz <= LARGEST and self.imgsz % STRIDE == 0):
            raise ValueError(f"imgsz must be a multiple of {STRIDE} up to {LARGEST}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the one output of a net is laid out."""

    shown: str
    fields: int
    upright: bool = False
    """Whether rows stand on end."""
    final: bool = False
    """Whether there is one row a person, with corners and a class, or one an anchor."""
    most: int = 1 << 30
    """Rows it may have."""

    def fits(self, shape: Sequence[int]) -> bool:
        """Return whether an output of this shape may be laid out so."""
        if len(shape) != 3 or shape[0] != 1:
            return False
        fields, rows = shape[1:] if self.upright else (shape[2], shape[1])
        return fields == self.fields and 1 <= rows <= self.most

    def rows(self, output: Floats) -> Floats:
        """Return the rows (N, fields) of an output that fits."""
        rows: Floats = output[0].T if self.upright else output[0]
        return rows


LAYOUTS = (
    Layout(shown="[1, 56, anchors]", fields=56, upright=True),
    Layout(shown="[1, anchors, 56]", fields=56),
    # As many as YOLOv7's anchors (25500 at 640 pixels) are no people: its rows have 57 other numbers.
    Layout(shown="[1, people, 57]", fields=57, final=True, most=1000),
)
EXPECTED = f"just one of {', '.join(layout.shown for layout in LAYOUTS)} (with {LAYOUTS[-1].most} people at most)"


def layout_of(shape: Sequence[int]) -> Layout | None:
    """Return how an output of this shape is laid out; None if in no way known here, or in more than one."""
    fitting = [layout for layout in LAYOUTS if layout.fits(shape)]
    return fitting[0] if len(fitting) == 1 else None


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """N people, the surest first."""

    xy: Floats
    """(N, 17, 2) in pixels of the input; 0 is its left or top edge."""
    confidence: Floats
    """(N, 17) 0..1; 0: not seen, and the place says nothing."""
    score: Floats
    """(N,) 0..1."""


def decode(output: Floats, layout: Layout, options: YoloOptions) -> Found:
    """Return the people that an output (laid out like this) tells of."""
    rows = layout.rows(output)
    with np.errstate(over="ignore"):  # what float32 does not hold is inf, and of no use
        rows = rows[rows[:, SCORE] > options.conf].astype(np.float32)
    sound = np.isfinite(rows[:, SCORE]) & (np.abs(rows[:, :SCORE]) <= FAR).all(axis=1)
    rows = rows[sound & (rows[:, CLASS] == PERSON)] if layout.final else rows[sound]
    boxes = rows[:, :SCORE] if layout.final else corners(rows[:, :SCORE])
    order = np.argsort(-rows[:, SCORE], kind="stable")[:MOST_CANDIDATES]
    order = order[(boxes[order, 2:] > boxes[order, :2]).all(axis=1)]
    most = options.max_det
    rows = rows[order[:most] if layout.final else order[nms(boxes[order], options.iou, most)]]
    xy, confidence = _points(rows[:, -POINTS:], options.kpt_conf)
    return Found(xy, confidence, np.minimum(rows[:, SCORE], 1))


def corners(boxes: Floats) -> Floats:
    """Return boxes (N, 4) of centre, width and height as left, top, right and bottom."""
    centre, half = boxes[:, :2], boxes[:, 2:] / 2
    return np.concatenate([centre - half, centre + half], axis=1)


def nms(boxes: Floats, iou: float, most: int) -> Whole:
    """Return which of `boxes` (N, 4) remain, at most so many; they are corners, the surest first, none empty.

    Each one that remains drops all later ones that overlap it by more than `iou`.
    """
    wide = boxes.astype(np.float64)  # also the area of the smallest is more than 0
    left, kept = np.arange(len(wide)), list[np.intp]()
    while len(left) and len(kept) < most:
        best, left = left[0], left[1:]
        kept.append(best)
        left = left[overlaps(wide[best], wide[left]) <= iou]
    return np.array(kept, dtype=np.intp)


def overlaps(box: Floats, boxes: Floats) -> Floats:
    """Return the intersection of `box` (4) with each of `boxes` (N, 4) over their union, 0..1."""
    low, high = np.maximum(box[:2], boxes[:, :2]), np.minimum(box[2:], boxes[:, 2:])
    shared = (high - low).clip(0).prod(axis=1)
    area, areas = (box[2:] - box[:2]).prod(), (boxes[:, 2:] - boxes[:, :2]).prod(axis=1)
    over: Floats = shared / (area + areas - shared)
    return over


def _points(numbers: Floats, least: float) -> tuple[Floats, Floats]:
    """Return places (N, 17, 2) and confidence (N, 17) of points (N, 51); 0 where they are not seen."""
    points = numbers.reshape(-1, POINTS // 3, 3)
    xy, confidence = points[..., :2], points[..., 2]
    seen = (np.abs(xy) <= FAR).all(axis=2) & (confidence >= least) & np.isfinite(confidence)
    return np.where(seen[..., None], xy, 0), np.where(seen, np.minimum(confidence, 1), 0)
