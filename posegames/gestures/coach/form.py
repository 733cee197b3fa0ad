"""What a coach measures: how far the parts of a body are on their way, and what is not right about a posture.

Shares are 0 at rest and 1 where an exercise asks the body to be.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from posegames.events import BodySide
from posegames.gestures.coach.attempt import Attempt, Share
from posegames.gestures.feet import THIGH
from posegames.gestures.measures.legs import crouch
from posegames.gestures.measures.one_leg import sunk
from posegames.gestures.measures.scale import level
from posegames.gestures.memory import Memory
from posegames.gestures.posture import LEFT, RIGHT, Posture, Side

SQUAT = 0.32
"""How much shorter legs look in a squat than in standing, as a share: where the gesture begins."""
UPRIGHT = 0.7
"""Torso lengths a trunk looks long at least that is not bowed."""
FACING = 0.4
"""Torso lengths from shoulder to shoulder (0.6 from the front) below which a body is turned too far for its knees
to be seen side by side."""


def down(posture: Posture, memory: Memory) -> float:
    """Return how far the hips are on their way down, with both feet on the floor: 1 where a squat is one."""
    return crouch(posture, memory) / SQUAT


def level_thighs(posture: Posture, memory: Memory) -> float:
    """Return how far the hips are on their way to the knees' height: 1 is there, from wherever it is seen."""
    height = sum(posture.y[side.hip] - posture.y[side.knee] for side in (LEFT, RIGHT)) / 2
    return 1 - height / (THIGH * memory.leg) if memory.leg else 0.0


def in_front(posture: Posture) -> BodySide:
    """Return the side whose foot is lower in the picture: nearer to the camera."""
    return "left" if posture.y[LEFT.ankle] < posture.y[RIGHT.ankle] else "right"


def bent(posture: Posture, memory: Memory) -> tuple[float, float]:
    """Return the same of each leg, by how much shorter it looks than when standing."""
    leg = memory.leg or math.inf
    left, right = ((1 - posture.apart(side.hip, side.ankle) / leg) / SQUAT for side in (LEFT, RIGHT))
    return left, right


def arms(posture: Posture, _memory: Memory) -> tuple[float, float]:
    """Return how high each hand of a jumping jack is: 1 is a fifth of a torso length above the shoulder."""
    left, right = (level(posture.y[side.wrist] - posture.y[side.shoulder], -0.9, 0.2) for side in (LEFT, RIGHT))
    return left, right


def both_arms(posture: Posture, memory: Memory) -> float:
    """Return how high the lower one is."""
    return min(arms(posture, memory))


def feet_apart(_posture: Posture, memory: Memory) -> float:
    """Return how wide the feet of a jumping jack are: 1 is nearly half a leg."""
    return level(memory.feet.gap, 0.25, 0.48)


def open_wide(posture: Posture, memory: Memory) -> float:
    """Return how far of the whole way a jumping jack is: arms or feet, whichever are less so.

    1 is with the lower wrist .6 of a torso length above the shoulder, and feet .6 of a leg apart.
    """
    height = min(posture.y[side.wrist] - posture.y[side.shoulder] for side in (LEFT, RIGHT))
    return min(level(height, -0.9, 0.6), level(memory.feet.gap, 0.25, 0.6))


def lowered(posture: Posture, memory: Memory) -> float:
    """Return how far the hips have sunk for a lunge: 1 is .14 of a leg. 0 for a bow, which moves them too."""
    return sunk(posture, memory) / 0.14 if posture.length > UPRIGHT else 0.0


def level_thigh(posture: Posture, memory: Memory) -> float:
    """Return how far the hips have sunk on their way to a front thigh that is level: 1 is half a leg.

    Knees at right angles go with .37 to .53 of a leg (untrained adults); from the front the angle itself cannot be
    seen.
    """
    return sunk(posture, memory) / 0.5


def strode(_posture: Posture, memory: Memory) -> float:
    """Return how surely one foot is behind the other: 1 is .05 of a leg higher in the picture.

    Its shank points away, and looks a fifth shorter than the other one: in a squat both look alike.
    """
    one, other = memory.feet.left, memory.feet.right
    behind, front = (one, other) if one.up > 0 else (other, one)
    return min(behind.up / 0.05, level(front.shank - behind.shank, 0.0, 0.2))


def knee_raised(side: Side) -> Share:
    """Return a measure of a raised knee: 1 is a quarter of a thigh, with the foot off the floor."""

    def raised(_posture: Posture, memory: Memory) -> float:
        foot, _ = memory.feet.of(side)
        return min(foot.knee / 0.26, foot.up / 0.15)

    return raised


def knee_height(side: Side) -> Share:
    """Return a measure of how high a knee is: 1 is at the height of the hip."""
    return lambda _posture, memory: memory.feet.of(side)[0].knee


def leg_raised(side: Side) -> Share:
    """Return a measure of a leg that is raised to its side: 1 is .4 of its length outside of the hip."""

    def raised(_posture: Posture, memory: Memory) -> float:
        foot, other = memory.feet.of(side)
        return min(foot.out / 0.4, (foot.out - max(other.out, 0.0)) / 0.3, level(foot.up, -0.04, 0.04))

    return raised


def abducted(side: Side) -> Share:
    """Return a measure of a leg's angle to the plumb line, outwards: 1 is 45 degrees, as far as most hips go."""

    def angle(posture: Posture, _memory: Memory) -> float:
        out = side.way * (posture.x[side.ankle] - posture.x[side.hip])
        return math.degrees(math.atan2(out, posture.y[side.hip] - posture.y[side.ankle])) / 45

    return angle


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


def leaned(attempt: Attempt) -> float:
    """Return how many degrees the trunk leans to a side where it went farthest."""
    x, y = attempt.bottom.shoulders
    return math.degrees(math.atan2(abs(x), max(y, 0.1)))


def crooked(side: Side) -> Callable[[Attempt], float]:
    """Return a measure of how many degrees the knee of a side is bent where it went farthest."""
    return lambda attempt: 180 - attempt.bottom.angle(side.hip, side.knee, side.ankle)


def pace(attempt: Attempt) -> float:
    """Return how many of the kind would go into a minute."""
    return 60 / max(attempt.seconds, 1e-3)
