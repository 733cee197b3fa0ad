"""What a coach measures: how far the parts of a body are on their way, and what is not right about a posture.

Shares are 0 at rest and 1 where an exercise asks the body to be.
"""

from __future__ import annotations

import math

from posegames.gestures.coach.attempt import Attempt
from posegames.gestures.measures.legs import crouch
from posegames.gestures.memory import Memory
from posegames.gestures.posture import LEFT, RIGHT, Posture, Side

THIGH = 0.52
"""Of a leg, from hip to ankle."""
SQUAT = 0.32
"""How much shorter legs look in a squat than in standing, as a share: where the gesture begins."""
FACING = 0.4
"""Torso lengths from shoulder to shoulder (0.6 from the front) below which a body is turned too far for its knees
to be seen side by side."""


def down(posture: Posture, memory: Memory) -> float:
    """Return how far the hips are on their way down, with both feet on the floor: 1 where a squat is one."""
    return crouch(posture, memory) / SQUAT


def level_thighs(posture: Posture, memory: Memory) -> float:
    """Return how far the hips are on their way to the knees' height: 1 is there, from wherever it is seen."""
    left, right = (posture.y[side.hip] - posture.y[side.knee] for side in (LEFT, RIGHT))
    return 1 - (left + right) / 2 / (THIGH * memory.leg) if memory.leg else 0.0


def bent(posture: Posture, memory: Memory) -> tuple[float, float]:
    """Return the same of each leg, by how much shorter it looks than when standing."""
    leg = memory.leg or math.inf
    left, right = ((1 - posture.apart(side.hip, side.ankle) / leg) / SQUAT for side in (LEFT, RIGHT))
    return left, right


def caved(attempt: Attempt) -> float:
    """Return how far the knees are inside of the lines from hips to ankles, where it went farthest.

    In torso lengths, the mean of both sides; negative outside. 0 for a body that is turned aside, and where the
    knees are no nearer together than the ankles.
    """
    posture = attempt.bottom
    if posture.breadth < FACING or not posture.seen((LEFT.knee, RIGHT.knee)):
        return 0.0
    knees = posture.x[RIGHT.knee] - posture.x[LEFT.knee]
    if knees >= posture.x[RIGHT.ankle] - posture.x[LEFT.ankle]:
        return 0.0
    return (_inside(posture, LEFT) + _inside(posture, RIGHT)) / 2


def _inside(posture: Posture, side: Side) -> float:
    down = posture.y[side.hip] - posture.y[side.ankle]
    along = (posture.y[side.hip] - posture.y[side.knee]) / max(down, 0.1)
    line = posture.x[side.hip] + (posture.x[side.ankle] - posture.x[side.hip]) * min(max(along, 0.0), 1.0)
    return side.way * (line - posture.x[side.knee])


def bowed(attempt: Attempt) -> float:
    """Return how many degrees the trunk is off the plumb line where it went farthest, in whichever direction.

    From the front a trunk that comes forward looks shorter.
    """
    return math.degrees(math.acos(min(max(attempt.bottom.shoulders[1], -1.0), 1.0)))


def pace(attempt: Attempt) -> float:
    """Return how many of the kind would go into a minute."""
    return 60 / max(attempt.seconds, 1e-3)
