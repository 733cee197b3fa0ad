"""Poses on cards: what comes next, what a level is made of."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from posegames.body.pose import Pose
from posegames.engine.canvas import Canvas
from posegames.engine.figure import Body, draw_figure
from posegames.engine.theme import Colour
from posegames.engine.view import Rect, View
from posegames.rules.ghost import Proportions, ghost
from posegames.rules.piece import ANGLES, Target

TALL = 5.0
"""Torso lengths a card is high: raised hands and feet fit in."""


def draw_pose(canvas: Canvas, target: Target, rect: Rect, colour: Colour) -> None:
    """Draw `target` as a paper figure within `rect`, seen as in a mirror."""
    _, _, width, height = rect
    torso = 1 / TALL
    aspect = width / height
    pose = _posed(tuple(target.angles.items()))
    # Made around the origin, with a torso of 1: laid into the middle of the card.
    placed = Pose(pose.xy * torso + np.array([aspect / 2, 0.54], dtype=np.float32), pose.confidence)
    draw_figure(canvas, Body.of(placed, View(rect, aspect)), colour)


@lru_cache(maxsize=256)
def _posed(angles: tuple[tuple[str, float], ...]) -> Pose:
    """Return a whole body in that pose: what it leaves open hangs and stands."""
    whole = {name: 3.0 if name.endswith(("thigh", "shin")) else 8.0 for name in ANGLES} | {"trunk": 0.0}
    return ghost(Target(name="card", angles=whole | dict(angles)), Proportions(torso=1.0), (0.0, 0.0))
