"""Ghosts: see-through outlines of a body to step into. Rendered when their shape changes, else only blitted."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pygame
from numpy.typing import NDArray

from posegames.body.joints import Joint
from posegames.body.measure import HIPS
from posegames.body.pose import Floats, Pose
from posegames.engine.canvas import FAR, Canvas, Point
from posegames.engine.figure import FULL_TORSO, Body
from posegames.engine.sprites import ALPHA_MASKS, pixels
from posegames.engine.theme import Colour
from posegames.engine.view import View
from posegames.seeing.ink import fill, stroke

J = Joint
WIDER = 2.3
"""A ghost's limbs against a figure's: there is room to fit in."""
RIM = 4
"""Logical pixels of its bright edge."""
EDGE, INSIDE = 235, 70
"""Opacity of the edge and of what it encloses, 0..255."""
LARGEST = 1600
"""Logical pixels a ghost may be wide or high; more of one is not on the screen."""
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
    """(33, 2) joints against the hips, in logical pixels."""
    seen: NDArray[np.bool_]
    colour: Colour
    fading: pygame.Surface
    still: pygame.Surface
    """The same, kept in runs: what cannot be seen of it costs nothing, but it must be shown as it is."""
    corner: Point
    """Where its upper left corner lies against the hips."""


class Ghosts:
    """The ghosts of all players, kept by the player's number."""

    def __init__(self) -> None:
        self._kept: dict[int, _Sprite] = {}

    def draw(
        self, canvas: Canvas, number: int, pose: Pose, view: View, *, colour: Colour, shown: float = 1.0
    ) -> None:
        """Draw `pose` as the ghost of player `number`; `shown` (0..1) is how far it has come."""
        places = view.to_screen(pose.xy)
        hips = places[list(HIPS)].mean(axis=0)
        shape, seen = places - hips, (pose.confidence > 0) & (np.abs(places) < FAR).all(axis=1)
        if seen.sum() < 2 or not pose.seen(HIPS) or shown <= 0:
            return
        kept = self._kept.get(number)
        if kept is None or kept.colour != colour or _apart(kept, shape, seen) > SAME:
            kept = self._kept[number] = _render(Body.of(pose, view), shape, seen, colour, canvas.theme.limb)
        surface = kept.still
        if shown < 1:
            surface = kept.fading
            surface.set_alpha(round(255 * shown))
        canvas.surface.blit(surface, (round(hips[0] + kept.corner[0]), round(hips[1] + kept.corner[1])))


def _apart(kept: _Sprite, shape: Floats, seen: NDArray[np.bool_]) -> float:
    """Return how many pixels the farthest joint has moved against the hips."""
    if not np.array_equal(kept.seen, seen):
        return math.inf
    return float(np.abs(kept.shape[seen] - shape[seen]).max())


def _render(body: Body, shape: Floats, seen: NDArray[np.bool_], colour: Colour, limb: float) -> _Sprite:
    unit = min(1.25, max(0.3, body.torso / FULL_TORSO))
    wide = limb * unit * WIDER
    margin = wide / 2 + RIM + 2
    left, top = (float(v) for v in np.floor(shape[seen].min(axis=0) - margin))
    right, bottom = (float(v) for v in np.ceil(shape[seen].max(axis=0) + margin))
    size = (min(LARGEST, round(right - left)), min(LARGEST, round(bottom - top)))
    surface = pygame.Surface(size, pygame.SRCALPHA, depth=32, masks=ALPHA_MASKS)
    # Its colour is everywhere, only how much of it is seen differs: so its edges are smooth, not dark.
    surface.fill((*colour, 0))
    hips = body.middle(*HIPS)
    placed = Body([(x - hips[0] - left, y - hips[1] - top) for x, y in body.points], body.confidence)
    for opacity, inwards in ((EDGE, 0), (INSIDE, 2 * RIM)):
        _paint(surface, placed, (*colour[::-1], opacity), wide - inwards)
    still = surface.copy()
    still.set_alpha(255, pygame.RLEACCEL)
    return _Sprite(shape, seen, colour, surface, still, (left, top))


def _paint(surface: pygame.Surface, body: Body, ink: tuple[int, int, int, int], wide: float) -> None:
    """Draw all of it but the head, which nobody is asked to move."""
    view = pixels(surface)
    width = max(1, round(wide))
    lines, corners = body.chains(*_CHAINS), [body.points[joint] for joint in _TRUNK]
    if body.seen(*_TRUNK):
        lines.append([*corners, corners[0]])
        fill(view, corners, ink)
    elif body.seen(*_TRUNK[:2]):
        lines.append(corners[:2])
    stroke(view, [(lines, ink, width)])
