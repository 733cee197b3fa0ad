"""BlazePose's second net: the joints of the one person in a region of interest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from posegames.body.joints import COUNT
from posegames.body.pose import Floats
from posegames.seeing.estimators.blazepose.net import Net
from posegames.seeing.estimators.blazepose.region import Region, region_of
from posegames.seeing.estimators.sanitise import RawPose
from posegames.seeing.sighting import Picture

SIZE = 256
"""Pixels of the net's square input."""
POINTS = 39
"""33 joints, the region's centre and scale point, four unused."""
CELLS = 64
"""Cells along each side of the heat maps."""
KERNEL = 7
"""Cells along each side of the window in which a heat map refines a joint (MediaPipe refine_landmarks)."""


@dataclass(frozen=True, slots=True, eq=False)
class Landmarks:
    """What the net says of one region."""

    flag: float
    """How sure it is that a person is there, 0..1."""
    raw: RawPose
    anchors: Floats
    """(2, 2) pixels: the centre and scale point of this person's next region."""

    @property
    def region(self) -> Region:
        """The region this person should be looked for in next."""
        return region_of(self.anchors[0], self.anchors[1])

    def widened(self, factor: float) -> Landmarks:
        """Return the same, the next region's side times `factor`."""
        centre = self.anchors[0]
        return replace(self, anchors=np.stack([centre, centre + (self.anchors[1] - centre) * np.float32(factor)]))


class Landmarker:
    """Finds the joints of one person; about 5 ms. Used by one thread at a time."""

    def __init__(self, model: Path, *, threads: int = 1) -> None:
        """Load the net, with or without its segmentation head. Raises ModelError, EstimatorError."""
        self._net = Net(model, size=SIZE, scale=1 / 255, shift=0.0, threads=threads)
        self._points = self._net.output_index(1, POINTS * 5)
        self._flag = self._net.output_index(1, 1)
        self._heat = self._net.output_index(1, CELLS, CELLS, POINTS)
        self._world = self._net.output_index(1, POINTS * 3)

    def __call__(self, picture: Picture, region: Region) -> Landmarks:
        """Return the joints of the person in `region` of a BGR picture."""
        # A replicated border: with zeros, landmarks of people at the edge disagree 2.6 times as much (measured).
        self._net.run(picture, region, border=cv2.BORDER_REPLICATE)
        out = self._net.output
        return decode(
            out(self._points).reshape(POINTS, 5),
            float(out(self._flag)[0]),
            out(self._heat),
            out(self._world).reshape(POINTS, 3),
            region,
        )


def decode(points: Floats, flag: float, heat: Floats, world: Floats, region: Region) -> Landmarks:
    """Turn the net's raw output into joints in pixels of the frame.

    `points` (39, 5): x, y, z in crop pixels, logits of visible and of present; `heat` (64, 64, 39) logits;
    `world` (39, 3) metres, turned with the crop.
    """
    xy = region.project(refine(points[:, :2] / SIZE, heat))
    # "Visible" alone is high for legs below a desk; "present" says whether the joint is in the picture at all.
    confidence = _sigmoid(points[:COUNT, 3:5]).min(axis=1)
    turned = world[:COUNT].copy()
    turned[:, :2] = turned[:, :2] @ region.turn.T
    raw = RawPose(
        xy=xy[:COUNT],
        confidence=confidence,
        z=points[:COUNT, 2] / SIZE * region.side,
        world=turned,
        score=flag,
    )
    return Landmarks(flag, raw, xy[COUNT : COUNT + 2])


def refine(points: Floats, heat: Floats) -> Floats:
    """Return points (N, 2), in shares of the crop, moved to the centre of mass of their heat maps.

    `heat` (H, W, N) logits. A window of 7x7 cells round each point counts; a point outside the map, or whose
    window nowhere reaches a sigmoid of .5, stays.
    """
    height, width, count = heat.shape
    size = np.array([width, height], dtype=np.float32)
    cells = np.trunc(np.clip(points, -1, 2) * size).astype(int)
    reach = np.arange(KERNEL) - KERNEL // 2
    columns, rows = cells[:, :1] + reach, cells[:, 1:] + reach
    on_map = ((columns >= 0) & (columns < width))[:, None, :] & ((rows >= 0) & (rows < height))[:, :, None]
    window = heat[
        np.clip(rows, 0, height - 1)[:, :, None],
        np.clip(columns, 0, width - 1)[:, None, :],
        np.arange(count)[:, None, None],
    ]
    weight = _sigmoid(window) * on_map
    total = weight.sum(axis=(1, 2))
    sure = (weight.max(axis=(1, 2)) >= 0.5) & ((cells >= 0) & (cells < size)).all(axis=1)
    total = np.where(sure, total, 1)
    x = (weight.sum(axis=1) * columns).sum(axis=1) / total / width
    y = (weight.sum(axis=2) * rows).sum(axis=1) / total / height
    refined: Floats = np.where(sure[:, None], np.stack([x, y], axis=1), points).astype(np.float32)
    return refined


def _sigmoid(logits: Floats) -> Floats:
    values: Floats = 1 / (1 + np.exp(-np.clip(logits, -80, 80)))
    return values
