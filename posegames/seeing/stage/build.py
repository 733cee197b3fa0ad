"""How the actors are built: proportions in body heights, one row an actor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Build:
    """Proportions against the middling actor's."""

    stature: float
    """Whole height."""
    shoulders: float
    hips: float
    girth: float
    """Thickness of torso and limbs."""


BUILDS: tuple[Build, ...] = (
    Build(1.00, 1.04, 0.98, 1.00),
    Build(0.95, 0.96, 1.06, 0.98),
    Build(1.03, 1.06, 0.98, 1.05),
    Build(0.92, 0.97, 1.02, 1.04),
    Build(0.98, 1.00, 1.00, 0.94),
    Build(0.96, 0.98, 1.04, 1.08),
)
"""Of actor 1, 2, ..."""

ANKLE = 0.050
"""Height of the ankle above the floor. All of these: a grown-up of seven heads, the head a little large."""
HIP = 0.512
"""Height of the hip joints."""
THIGH, SHIN = 0.237, 0.231
HIP_WIDTH = 0.054
"""From the middle to a hip joint."""
SPINE = 0.290
"""From the middle of the hips to the middle of the shoulders."""
SHOULDER_WIDTH = 0.106
"""From the middle to a shoulder joint."""
UPPER_ARM, FOREARM = 0.160, 0.146
HAND = 0.052
"""From the wrist to the knuckles."""
PALM = 0.022
"""From the middle of the knuckles to the outer ones."""
NECK = 0.108
"""From the middle of the shoulders to the middle of the head."""
HEAD = 0.082
"""From the middle of the head to its top, and the unit of `FACE`."""
HEEL, TOE = 0.042, 0.098
"""From the ankle back and forward to where the shoe ends."""

FACE: tuple[tuple[float, float, float], ...] = (
    # to its left, up, towards the front; nose, eyes (inner, middle, outer), ears, mouth
    (0.00, -0.16, 0.93),
    (0.19, 0.08, 0.78), (0.32, 0.08, 0.76), (0.45, 0.08, 0.66),
    (-0.19, 0.08, 0.78), (-0.32, 0.08, 0.76), (-0.45, 0.08, 0.66),
    (0.80, -0.04, 0.00), (-0.80, -0.04, 0.00),
    (0.24, -0.47, 0.76), (-0.24, -0.47, 0.76),
)  # fmt: skip
"""Where the first eleven joints are on a head of radius 1."""
