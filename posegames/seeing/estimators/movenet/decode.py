"""What MoveNet's outputs say, in numpy alone. Both kinds give y before x.

Layouts and values are those of tfjs-models (pose-detection/src/movenet: constants.ts, detector.ts).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from posegames.body.pose import Floats

POINTS = 17
"""COCO's keypoints, in COCO's order."""
ONE = (1, 1, POINTS, 3)
"""Output of single-pose (Lightning, Thunder): y, x and score of each point."""
ROW = POINTS * 3 + 5
"""Output of multi-pose is (1, people, ROW): y, x and score of each point, then ymin, xmin, ymax, xmax, score."""
FARTHEST = 1.0
"""How far outside the input, in input sizes, a point can be meant; beyond it is none."""


@dataclass(frozen=True, slots=True)
class MoveNetOptions:
    """What may be set, under the names tfjs-models has for it, and with its defaults.

    The expansion ratios have no name there; these are the names in TensorFlow's own examples.
    """

    min_pose_score: float = 0.25
    """A body less sure than this is none."""
    min_crop_keypoint_score: float = 0.2
    """Points surer than this count: for the score of the one person, and for where to look next."""
    torso_expansion_ratio: float = 1.9
    """The crop reaches so many times as far from the hips as the farthest of shoulders and hips,"""
    body_expansion_ratio: float = 1.2
    """and so many times as far as the farthest point of all."""
    crop_filter_alpha: float = 0.9
    """The share of a new crop in the next one; the rest is the last one's."""
    multi_pose_max_dimension: int = 256
    """The longer side, in pixels, of what multi-pose is given, where its file leaves that open."""

    def __post_init__(self) -> None:
        """Refuse what cannot be meant, NaN among it, by a ValueError."""
        for name in ("min_pose_score", "min_crop_keypoint_score"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} must be from 0 to 1.")
        for name in ("torso_expansion_ratio", "body_expansion_ratio"):
            if not 1 <= getattr(self, name) <= 10:
                raise ValueError(f"{name} must be from 1 to 10.")
        if not 0 < self.crop_filter_alpha <= 1:
            raise ValueError("crop_filter_alpha must be above 0 and at most 1.")
        if self.multi_pose_max_dimension % 32 or not 128 <= self.multi_pose_max_dimension <= 512:
            raise ValueError("multi_pose_max_dimension must be a multiple of 32 from 128 to 512.")


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """The bodies in one output, the surest first."""

    xy: Floats
    """(n, 17, 2) in shares of the input: 0..1 from left to right and from top to bottom; NaN where it is none."""
    confidence: Floats
    """(n, 17) 0..1; 0 where the place is none."""
    score: Floats
    """(n,) 0..1."""

    def __len__(self) -> int:
        return len(self.score)


def is_single(shape: tuple[int, ...]) -> bool | None:
    """Return whether an output of `shape` is single-pose's (True) or multi-pose's (False); None: neither's."""
    if shape == ONE:
        return True
    return False if len(shape) == 3 and shape[0] == 1 and shape[1] > 0 and shape[2] == ROW else None


def decoded(output: NDArray[Any], options: MoveNetOptions) -> People:
    """Return who is in `output`, of single-pose or of multi-pose. Numbers that are none are taken as unseen."""
    with np.errstate(over="ignore"):  # what is too large for float32 becomes infinite, and is none
        numbers = np.asarray(output, dtype=np.float32)
    if is_single(numbers.shape):
        xy, confidence = _points(numbers.reshape(1, POINTS, 3))
        counts = confidence > options.min_crop_keypoint_score
        # As tfjs: the mean of the points that count.
        score = (confidence * counts).sum(axis=1) / np.maximum(counts.sum(axis=1), 1)
    else:
        rows = numbers.reshape(-1, ROW)
        xy, confidence = _points(rows[:, : POINTS * 3].reshape(-1, POINTS, 3))
        score = _shares(rows[:, -1])
    order = np.argsort(-score, kind="stable")
    order = order[: int((score >= options.min_pose_score).sum())]
    return People(xy[order], confidence[order], score[order])


def _points(rows: Floats) -> tuple[Floats, Floats]:
    """Return places (n, 17, 2), x first, and confidence (n, 17) of points (n, 17, 3) as the net gives them."""
    xy, confidence = rows[..., 1::-1], _shares(rows[..., 2])
    within = (xy >= -FARTHEST) & (xy <= 1 + FARTHEST)
    near = within[..., 0] & within[..., 1]
    return np.where(near[..., None], xy, np.float32(np.nan)), np.where(near, confidence, np.float32(0))


def _shares(scores: Floats) -> Floats:
    """Return scores as 0..1, 0 where one is no number."""
    shares: Floats = np.clip(np.where(np.isfinite(scores), scores, np.float32(0)), 0, 1)
    return shares
