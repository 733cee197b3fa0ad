"""A head in the picture: where it is, how large, how tilted, how far turned."""

from __future__ import annotations

import math

import numpy as np

from posegames.body.pose import Floats
from posegames.seeing.stage import brush, build
from posegames.seeing.stage.choreography import Actor
from posegames.seeing.stage.figure import CROWN, HEAD
from posegames.seeing.stage.stance import INDEX

_TURNS = (INDEX["yaw"], INDEX["twist"], INDEX["turn"])


class Facing:
    """Lays points of a head of radius 1 into the picture. They are (n, 3): to its left, up, towards its front."""

    def __init__(self, actor: Actor, points: Floats, scale: float) -> None:
        """See `actor`, whose `points` are in pixels, a body height measuring `scale` pixels."""
        self.centre: Floats = points[HEAD]
        self.radius = scale * build.HEAD
        turn = math.radians(sum(float(actor.stance[place]) for place in _TURNS))
        self.cos, self.sin = math.cos(turn), math.sin(turn)
        up = points[CROWN] - self.centre
        up = up / (float(np.hypot(*up)) + 1e-6) * self.radius
        self._axes = np.array([[-up[1], up[0]], up])

    def flat(self, points: Floats) -> Floats:
        """Return `points` as seen from the front, (n, 2)."""
        flat = points[:, :2].copy()
        flat[:, 0] = points[:, 0] * self.cos + points[:, 2] * self.sin
        return flat

    def depth(self, points: Floats) -> Floats:
        """Return how far `points` are towards the camera, (n,): below 0 is behind the middle of the head."""
        depth: Floats = points[:, 2] * self.cos - points[:, 0] * self.sin
        return depth

    def place(self, points: Floats) -> Floats:
        """Return where `points` lie, (n, 2) in pixels."""
        return self.at(self.flat(points))

    def at(self, flat: Floats) -> Floats:
        """Return where flat points (n, 2) lie, in pixels."""
        placed: Floats = self.centre + flat @ self._axes
        return placed

    def strokes(self, flat: Floats, middle: Floats | None = None) -> brush.Strokes:
        """Return a flat outline (n, 2) around `middle` (pixels; None is the head's)."""
        return brush.strokes((self.centre if middle is None else middle) + flat @ self._axes)
