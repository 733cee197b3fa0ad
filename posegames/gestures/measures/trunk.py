"""Measures of the trunk, and of where a body stands."""

from __future__ import annotations

import math

from posegames.gestures.measures.scale import agreed
from posegames.gestures.memory import Memory
from posegames.gestures.posture import Posture

EYE = 1.8
"""Torso lengths from the soles up to the height of the camera, as it is in most rooms (a table, a shelf): what is
nearer by a share stands lower in the picture by that share of it."""


def lean(posture: Posture, memory: Memory) -> float:
    """Measure degrees of the trunk to the own right, against what is upright for them."""
    return posture.tilt - memory.neutral


def left_lean(posture: Posture, memory: Memory) -> float:
    """Measure degrees to the own left."""
    return -lean(posture, memory)


def _step(posture: Posture, memory: Memory) -> float:
    home = posture.centre + (memory.home.x - posture.centre) * math.exp(memory.once(_advance))
    return (posture.place - home) / posture.torso


def step(_posture: Posture, memory: Memory) -> float:
    """Measure torso lengths a body is to the own right of home.

    Whoever comes nearer also moves away from the middle of the picture: that is no step.
    """
    return memory.once(_step)


def left_step(posture: Posture, memory: Memory) -> float:
    """Measure torso lengths to the own left of home."""
    return -step(posture, memory)


def advance(_posture: Posture, memory: Memory) -> float:
    """Measure how much nearer to the camera than home, as a share of the distance: what two witnesses agree on.

    The size of the body is one; the other is where the feet stand in the picture, or, where they are not seen,
    the breadth of the shoulders. Who bends gets shorter and does not move their feet, who turns gets narrower
    and not shorter, who jumps does not grow.
    """
    return memory.once(_advance)


def _advance(posture: Posture, memory: Memory) -> float:
    home = memory.home
    length = math.log(max(posture.length, 0.1) * posture.torso / home.torso)
    breadth = math.log(max(abs(posture.breadth), 0.1) * posture.torso / home.breadth)
    if posture.sole is None or home.floor is None:
        return agreed(length, breadth)
    down = (home.floor - posture.hips[1]) / posture.torso - posture.sole
    return agreed(max(length, breadth), down / EYE)
