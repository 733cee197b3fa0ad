"""Posters: pictures of people on the wall, as perfect bodies as an estimator could wish for, that never move."""

from __future__ import annotations

import numpy as np

from posegames.seeing.sighting import Picture
from posegames.seeing.stage import brush
from posegames.seeing.stage.choreography import Actor
from posegames.seeing.stage.figure import bodies
from posegames.seeing.stage.look import LOOKS
from posegames.seeing.stage.painter import ActorPainter
from posegames.seeing.stage.stance import INDEX, rest
from posegames.seeing.stage.view import WALL, View

MOST = 3
"""No wall has more."""
_SHARE = 0.62
"""Height of who is on it, against somebody who stands before it."""
_STANCES: tuple[dict[str, float], ...] = (
    {"left_upper": 40.0, "left_fore": -30.0, "right_upper": 14.0, "turn": 8.0},
    {"right_upper": 150.0, "right_fore": 165.0, "left_upper": 30.0, "left_fore": 20.0},
    {"left_upper": 90.0, "left_fore": 92.0, "right_upper": 90.0, "right_fore": 92.0},
)
_PLACES = (0.5, 0.2, 0.8)
"""Shares of the picture's width."""
_PAPER = (0xD6, 0xDE, 0xE2)


def paint_posters(picture: Picture, count: int, view: View) -> None:
    """Hang `count` posters on the wall of the empty stage: of actors 6, 5 and 4, the first in the middle."""
    height = picture.shape[0]
    size = _SHARE * float(view.scale(-WALL)) * height
    eye = float(view.project(np.array([0.0, 0.72, -WALL]))[1]) * height
    cast = len(LOOKS)
    for row in range(count):
        number, middle = cast - row, (_PLACES[row] * view.aspect * height, eye)
        stance = rest(cast)
        for name, value in _STANCES[row].items():
            stance[:, INDEX[name]] = value
        space = bodies(stance, np.zeros((cast, 2)))[number - 1]
        _paper(picture, middle, size)
        flat = space[:, :2] * (1, -1) + (0, 0.5)
        actor = Actor(
            number, space, (flat * size + middle) / height, size / height, stance[number - 1], blink=False
        )
        ActorPainter(number).paint(picture, actor)


def _paper(picture: Picture, middle: tuple[float, float], size: float) -> None:
    x, y = middle
    corners = np.array([(-0.42, -0.58), (0.42, -0.58), (0.42, 0.58), (-0.42, 0.58)])
    for grown, colour in ((1.05, (0x3A, 0x2C, 0x24)), (1.0, _PAPER)):
        brush.fill(picture, brush.strokes(corners * grown * size + (x, y)), brush.bgr(colour))
