"""Ghosts: see-through outlines of a body to step into. Rendered when their shape changes, else only blitted."""

from __future__ import annotations

import math
from collections.abc import Mapping
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
OTHER = 24.0
"""Logical pixels from which on what is kept is another pose: it is not shown instead."""

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
    still: pygame.Surface
    """Kept in runs: what cannot be seen of it costs nothing, but it must be shown as it is."""
    fading: pygame.Surface
    """The same, with less and less of its opacity."""
    opacity: NDArray[np.uint8]
    """(h, w) of the whole."""
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
        self.draw_all(canvas, {number: (pose, colour)}, view, shown=shown)

    def draw_all(
        self, canvas: Canvas, ghosts: Mapping[int, tuple[Pose, Colour]], view: View, *, shown: float = 1.0
    ) -> None:
        """Draw the pose of each player, by number, in a colour; `shown` (0..1) is how far they have come.

        Of those whose shape has changed one is rendered anew in a frame, that which has changed most: a new pose
        comes for everybody at once.
        """
        if shown <= 0:
            return
        places: dict[int, Point] = {}
        shapes: dict[int, tuple[Floats, NDArray[np.bool_]]] = {}
        changed: dict[int, float] = {}
        for number, (pose, colour) in ghosts.items():
            spots = view.to_screen(pose.xy)
            hips = spots[list(HIPS)].mean(axis=0)
            shape, seen = spots - hips, (pose.confidence > 0) & (np.abs(spots) < FAR).all(axis=1)
            if seen.sum() >= 2 and pose.seen(HIPS):
                places[number], shapes[number] = (float(hips[0]), float(hips[1])), (shape, seen)
                kept = self._kept.get(number)
                changed[number] = math.inf if kept is None else _apart(kept, shape, seen)
                if kept and kept.colour != colour:
                    changed[number] = max(changed[number], 2 * SAME)
        new = [number for number in changed if number not in self._kept]
        most = max(changed, key=changed.__getitem__, default=None)
        if not new and most is not None and changed[most] > SAME:
            new = [most]
        for number in new:
            body, colour = Body.of(ghosts[number][0], view), ghosts[number][1]
            self._kept[number] = _render(body, *shapes[number], colour, canvas.theme.limb)
            changed[number] = 0.0
        for number, (x, y) in places.items():
            if changed[number] <= OTHER:
                kept = self._kept[number]
                surface = kept.still if shown >= 1 else _faded(kept, shown)
                canvas.surface.blit(surface, (round(x + kept.corner[0]), round(y + kept.corner[1])))


def _faded(kept: _Sprite, shown: float) -> pygame.Surface:
    """Return a ghost as far as it has come. To let SDL do that whenever it is shown takes three times as long."""
    np.multiply(kept.opacity, shown, out=pixels(kept.fading)[..., 3], casting="unsafe")
    return kept.fading


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
    return _Sprite(shape, seen, colour, still, surface, pixels(surface)[..., 3].copy(), (left, top))


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
