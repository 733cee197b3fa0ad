"""How alike two poses are: object keypoint similarity (OKS)."""

from __future__ import annotations

import numpy as np

from posegames.body.joints import SIGMAS
from posegames.body.pose import Pose

_VARIANCES = (2 * np.array(SIGMAS, dtype=np.float32)) ** 2


def oks(a: Pose, b: Pose, scale: float, least: float = 0.3) -> float:
    """Return the object keypoint similarity of two poses, 0..1.

    `scale` is the body's size: the square root of its area, in frame heights. Joints count where both are
    seen with at least `least`; fewer than five such joints are no evidence and give 0.
    exp(-d^2 / (2 s^2 (2 sigma)^2)), averaged (Lin et al., COCO keypoint evaluation).
    """
    both = (a.confidence >= least) & (b.confidence >= least)
    if both.sum() < 5 or scale <= 0:
        return 0.0
    squared = ((a.xy[both] - b.xy[both]) ** 2).sum(axis=1)
    return float(np.exp(-squared / (2 * scale**2 * _VARIANCES[both])).mean())
