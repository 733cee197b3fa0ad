"""The one gate that every estimator's output passes on its way to a `Pose`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posegames.body.joints import COUNT
from posegames.body.pose import Floats, Pose

MARGIN = 0.5
"""How far outside the frame, in frame sizes, a joint may be placed; beyond it is clamped and not seen."""
LEAST = 0.1
"""Confidence below this is none at all."""


@dataclass(frozen=True, slots=True, eq=False)
class RawPose:
    """What a decoder knows of one body, in pixels of the frame."""

    xy: Floats
    """(33, 2) pixels."""
    confidence: Floats
    """(33,) any numbers; meant 0..1."""
    z: Floats | None = None
    """(33,) pixels."""
    world: Floats | None = None
    """(33, 3) metres."""
    score: float = 1.0
    track: int | None = None


def sanitise(raw: RawPose, width: int, height: int) -> Pose | None:
    """Return the pose in frame heights: finite, clamped near the frame, unsure joints zeroed.

    None when hardly anything of it can be believed (fewer than five joints seen).
    """
    frame = np.array([width, height], dtype=np.float32)
    finite = np.isfinite(raw.xy).all(axis=1) & np.isfinite(raw.confidence)
    xy = np.where(finite[:, None], raw.xy, 0)
    inside = np.clip(xy, -MARGIN * frame, (1 + MARGIN) * frame)
    believed = finite & (inside == xy).all(axis=1) & (raw.confidence >= LEAST)
    if believed.sum() < 5:
        return None
    return Pose(
        xy=inside / height,
        confidence=np.where(believed, np.clip(np.where(finite, raw.confidence, 0), 0, 1), 0),
        z=None if raw.z is None else _bounded(raw.z / height, 4, (COUNT,)),
        world=None if raw.world is None else _bounded(raw.world, 10, (COUNT, 3)),
        score=min(max(raw.score, 0.0), 1.0),
        track=raw.track,
    )


def _bounded(values: Floats, most: float, shape: tuple[int, ...]) -> Floats:
    bounded: Floats = np.clip(np.nan_to_num(values), -most, most).reshape(shape)
    return bounded
