"""Lengths and angles of a body. Angles in degrees, lengths in frame heights unless said otherwise."""

from __future__ import annotations

import math

import numpy as np

from posegames.body.joints import Joint
from posegames.body.pose import Floats, Pose

SHOULDERS = (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER)
HIPS = (Joint.LEFT_HIP, Joint.RIGHT_HIP)
FEET = (Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE)
TORSO = (*SHOULDERS, *HIPS)


def torso_length(pose: Pose) -> float:
    """Return the distance from the middle of the shoulders to the middle of the hips."""
    return float(np.hypot(*(pose.middle(SHOULDERS) - pose.middle(HIPS))))


def angle(pose: Pose, first: int, corner: int, last: int) -> float:
    """Return the angle at `corner` between the directions to `first` and `last`, 0..180 degrees."""
    a, b = pose.xy[first] - pose.xy[corner], pose.xy[last] - pose.xy[corner]
    return math.degrees(abs(math.atan2(a[0] * b[1] - a[1] * b[0], float(a @ b))))


def box(pose: Pose, least: float = 0.3) -> tuple[float, float, float, float] | None:
    """Return left, top, right, bottom of the joints seen with at least `least`; None if fewer than two are."""
    points: Floats = pose.xy[pose.confidence >= least]
    if len(points) < 2:
        return None
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return float(left), float(top), float(right), float(bottom)
