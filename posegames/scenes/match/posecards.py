"""Poses on cards: what comes next, what a level is made of."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pygame

from posegames.body.pose import Pose
from posegames.engine.canvas import Canvas
from posegames.engine.figure import Body, draw_figure
from posegames.engine.sprites import MASKS
from posegames.engine.theme import Colour, Theme
from posegames.engine.view import Rect, View
from posegames.rules.ghost import Proportions, ghost
from posegames.rules.piece import ANGLES, Target

TALL = 5.0
"""Torso lengths a card is high: raised hands and feet fit in."""
MOST = 32
"""Cards that are kept."""


def draw_pose(canvas: Canvas, target: Target, rect: Rect, colour: Colour) -> None:
    """Draw `target` as a paper figure within `rect`, seen as in a mirror."""
    _, _, width, height = rect
    torso = 1 / TALL
    aspect = width / height
    pose = _posed(tuple(target.angles.items()))
    # Made around the origin, with a torso of 1: laid into the middle of the card.
    placed = Pose(pose.xy * torso + np.array([aspect / 2, 0.54], dtype=np.float32), pose.confidence)
    draw_figure(canvas, Body.of(placed, View(rect, aspect)), colour)


class PoseCards:
    """Cards with poses on them, painted once: a figure costs as much as a player."""

    def __init__(self) -> None:
        self._painted: dict[tuple[object, ...], pygame.Surface] = {}
        self._theme: Theme | None = None
        """In whose looks."""

    def draw(self, canvas: Canvas, target: Target, rect: Rect, *, near: bool) -> None:
        """Lay down the card of `target`; a `near` one is bright and has a rim."""
        theme, (left, top, width, height) = canvas.theme, rect
        canvas.rectangle(rect, theme.boards, radius=theme.radius)
        if near:
            canvas.rectangle(rect, theme.muted, radius=theme.radius, width=3)
        size = (round(width) - 12, round(height) - 12)
        colour = theme.light if near else theme.muted
        if theme is not self._theme:
            self._theme = theme
            self._painted.clear()
        key = (*target.angles.items(), size, colour)
        if key not in self._painted:
            if len(self._painted) >= MOST:
                self._painted.clear()
            paper = pygame.Surface(size, depth=32, masks=MASKS)
            paper.fill(theme.boards)
            draw_pose(Canvas(paper, theme=theme, letters=canvas.letters), target, (0, 0, *size), colour)
            self._painted[key] = paper
        canvas.surface.blit(self._painted[key], (round(left) + 6, round(top) + 6))


@lru_cache(maxsize=256)
def _posed(angles: tuple[tuple[str, float], ...]) -> Pose:
    """Return a whole body in that pose: what it leaves open hangs and stands."""
    whole = {name: 3.0 if name.endswith(("thigh", "shin")) else 8.0 for name in ANGLES} | {"trunk": 0.0}
    return ghost(Target(name="card", angles=whole | dict(angles)), Proportions(torso=1.0), (0.0, 0.0))
