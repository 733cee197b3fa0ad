"""What passes through seeing: a frame, and the sighting made from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posegames.body.pose import Pose

Picture = NDArray[np.uint8]
"""BGR, uint8, (H, W, 3)."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a source, never mirrored, with the moment it was taken."""

    picture: Picture
    time: float
    """Seconds: of the run's clock for live sources, of the medium (0 at its start) for recorded ones."""
    number: int
    """0, 1, 2, ... as the source counts them."""
    truth: tuple[Pose, ...] = ()
    """Who really stands there: only the stage knows; `track` is the actor's number, from 1."""

    @property
    def aspect(self) -> float:
        """Width over height."""
        height, width = self.picture.shape[:2]
        return float(width / height)


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """The people seen at one moment, in no order and without identity beyond `Pose.track`."""

    time: float
    """Capture time, in seconds."""
    number: int
    poses: tuple[Pose, ...]
    aspect: float
    frame: Frame | None = None
    """The picture they were seen in; None when it came from a tape."""
    cost: float = 0.0
    """Seconds the estimator took."""
    arrived: float | None = None
    """When it came to the process that displays it, in seconds; None where it did not have to come."""
