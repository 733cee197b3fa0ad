"""The virtual camera: how large the actors stand in the picture, and where points of space come to lie in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posegames.body.pose import Floats

DISTANCE = 4.0
"""From the camera to the row of actors, in body heights."""
EYE = 0.62
"""Height of the camera above the floor, in body heights."""
WALL = 1.1
"""From the row of actors to the back wall, in body heights."""

_ROOMS = (
    (0.0, 0.82, 0.72),
    (0.0, 0.82, 0.72),
    (0.65, 0.72, 0.72),
    (0.0, 0.60, 0.64),
    (0.0, 0.57, 0.64),
    (0.0, 0.52, 0.64),
)
"""For one to six actors: their least size, how wide a place each needs in body heights, and their most size.

Many stand closer, for what is small is not seen by an estimator.
"""


@dataclass(frozen=True, slots=True)
class View:
    """A camera looking straight at the stage. Pictures are measured in their own heights."""

    aspect: float
    """Width of the picture."""
    size: float
    """Height of the middling actor in the picture."""
    floor: float
    """Where the floor under the row of actors lies, from the top."""

    @classmethod
    def of(cls, cast: int, aspect: float) -> View:
        """Return the view that holds `cast` actors side by side."""
        slot = aspect / cast
        least, room, most = _ROOMS[cast - 1]
        size = min(most, max(least, slot / room))
        # Smaller actors stand farther up: more of the boards is seen before them.
        return cls(aspect, size, 0.945 - 0.42 * (0.72 - size))

    def scale(self, z: Floats | float) -> Floats:
        """Return how many picture heights a body height measures at `z` towards the camera."""
        return np.asarray(self.size * DISTANCE / (DISTANCE - np.minimum(z, DISTANCE - 0.3)))

    @property
    def horizon(self) -> float:
        """Where the height of the camera lies in the picture, from the top."""
        return self.floor - self.size * EYE

    def project(self, points: Floats) -> Floats:
        """Return the places (..., 2) of `points` (..., 3) in the picture."""
        scale = self.scale(points[..., 2])
        return np.stack(
            [self.aspect / 2 + scale * points[..., 0], self.horizon + scale * (EYE - points[..., 1])], axis=-1
        )

    def across(self, x: float, z: float) -> float:
        """Return where in space the share `x` of the picture's width lies, at depth `z`."""
        return float((x - 0.5) * self.aspect / self.scale(z))

    def off(self, z: float) -> float:
        """Return how far from the middle, in space, an actor is out of sight at depth `z`."""
        return self.across(1.0, z) + 0.42
