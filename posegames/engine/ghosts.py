"""Ghosts: see-through outlines of a body to step into. Rendered when their shape changes, else only blitted."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pygame

from posegames.body.joints import Joint
from posegames.body.pose import Floats
from posegames.engine.canvas import Canvas, Point
from posegames.engine.figure import FULL_TORSO, Body
from posegames.engine.sprites import ALPHA_MASKS, pixels
from posegames.engine.theme import Colour
from posegames.seeing.ink import fill, stroke

J = Joint
WIDER = 2.3
"""A ghost's limbs against a figure's: there is room to fit in."""
RIM = 4
"""Logical pixels of its bright edge."""
EDGE, INSIDE = 235, 70
"""Opacity of the edge and of what it encloses, 0..255."""
SAME = 1.5
"""Logical pixels a joint may move against the hips before the ghost is rendered anew."""

_CHAINS = (
    (J.LEFT_HIP, J.LEFT_KNEE, J.LEFT_ANKLE, J.LEFT_FOOT_INDEX),
    (J.RIGHT_HIP, J.RIGHT_KNEE, J.RIGHT_ANKLE, J.RIGHT_FOOT_INDEX),
    (J.LEFT_SHOULDER, J.LEFT_ELBOW, J.LEFT_WRIST, J.LEFT_INDEX),
    (J.RIGHT_SHOULDER, J.RIGHT_ELBOW, J.RIGHT_WRIST, J.RIGHT_INDEX),
)
_TRUNK = (J.LEFT_SHOULDER, J.RIGHT_SHOULDER, J.RIGHT_HIP, J.LEFT_HIP)


@dataclass(frozen=True, slots=True)
class _Sprite:
    shape: Floats
    """Joints against the hips, with a third column: whether they are drawn."""
    colour: Colour
    surface: pygame.Surface
    corner: Point
    """Where its upper left corner lies against the hips."""


class Ghosts:
    """The ghosts of all players, kept by the player's number."""

    def __init__(self) -> None:
        self._kept: dict[int, _Sprite] = {}

    def draw(self, canvas: Canvas, number: int, body: Body, colour: Colour, *, shown: float = 1.0) -> None:
        """Draw the ghost of player `number` in the pose `body`; `shown` (0..1) is how far it has come."""
        hips = body.middle(J.LEFT_HIP, J.RIGHT_HIP)
        shape = np.array([(x, y, 0.0) for x, y in body.points]) - [*hips, 0.0]
        shape[:, 2] = np.array(body.confidence) > 0
        drawn = shape[shape[:, 2] > 0]
        if len(drawn) < 2 or shown <= 0:
            return
        kept = self._kept.get(number)
        if kept is None or kept.colour != colour or _apart(kept.shape, shape) > SAME:
            kept = self._kept[number] = _render(body, hips, shape, colour, canvas.theme.limb)
        # Half-way there and back it costs four times as much: so a ghost that stands does not breathe.
        kept.surface.set_alpha(round(255 * min(1.0, shown)))
        canvas.surface.blit(kept.surface, (round(hips[0] + kept.corner[0]), round(hips[1] + kept.corner[1])))


def _apart(one: Floats, other: Floats) -> float:
    if not np.array_equal(one[:, 2], other[:, 2]):
        return math.inf
    both = one[:, 2] > 0
    return float(np.abs(one[both] - other[both]).max())


def _render(body: Body, hips: Point, shape: Floats, colour: Colour, limb: float) -> _Sprite:
    unit = min(1.25, max(0.3, body.torso / FULL_TORSO))
    wide = limb * unit * WIDER
    seen = shape[shape[:, 2] > 0][:, :2]
    margin = wide + 0.3 * body.torso + RIM + 2
    left, top = (float(v) for v in np.floor(seen.min(axis=0) - margin))
    right, bottom = (float(v) for v in np.ceil(seen.max(axis=0) + margin))
    size = (min(2000, round(right - left)), min(2000, round(bottom - top)))
    surface = pygame.Surface(size, pygame.SRCALPHA, depth=32, masks=ALPHA_MASKS)
    # Its colour is everywhere, only how much of it is seen differs: so its edges are smooth, not dark.
    surface.fill((*colour, 0))
    away = (left + hips[0], top + hips[1])
    placed = Body([(x - away[0], y - away[1]) for x, y in body.points], body.confidence)
    for opacity, inwards in ((EDGE, 0), (INSIDE, 2 * RIM)):
        ink = (*colour[::-1], opacity)
        _paint(surface, placed, ink, wide - inwards)
    return _Sprite(shape, colour, surface, (left, top))


def _paint(surface: pygame.Surface, body: Body, ink: tuple[int, int, int, int], wide: float) -> None:
    """Draw all of it but the head, which nobody is asked to move."""
    view = pixels(surface)
    width = max(1, round(wide))
    stroke(view, body.chains(*_CHAINS), ink, width)
    if body.seen(*_TRUNK):
        corners = [body.points[joint] for joint in _TRUNK]
        stroke(view, [[*corners, corners[0]]], ink, width)
        fill(view, corners, ink)
    elif body.seen(*_TRUNK[:2]):
        stroke(view, [[body.points[joint] for joint in _TRUNK[:2]]], ink, width)
