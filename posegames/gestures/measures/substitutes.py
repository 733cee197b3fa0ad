"""Measures for those of whom less is seen: head and shoulders, or one arm."""

from __future__ import annotations

import math

from posegames.gestures.bust import head, place, slope
from posegames.gestures.measures.scale import agreed, level
from posegames.gestures.memory import STOOD, Memory
from posegames.gestures.posture import LEFT, RIGHT, Posture, Side
from posegames.gestures.rows import Measure

CLIMB = 0.1
"""Seconds over which the speed of rising shoulders is measured."""
HOP = 0.25
"""Torso lengths the shoulders of a jumper rise above where they usually are, and above all of the last
seconds. Who sits up straight gains .1, shrugging shoulders .15."""
THROW = 0.2
"""Seconds over which thrown hands are watched."""
TAP = 0.15
"""Seconds over which the speed of a tapping hand is measured."""


def sunk(posture: Posture, memory: Memory) -> float:
    """Measure how far the shoulders are below where they usually are, in torso lengths."""
    bust = memory.bust
    return (bust.y - place(posture)[1]) / posture.torso if bust.settled else 0.0


def hop(posture: Posture, memory: Memory) -> float:
    """Measure shoulders that fly up; 1 is surely.

    They are higher than usual, and still rising at 1.5 torso lengths a second.
    """
    bust, before = memory.bust, list(memory.before(STOOD))
    earlier = memory.ago(CLIMB)
    if not bust.settled or not before or earlier.time == posture.time:
        return 0.0
    high = place(posture)[1]
    rise = (high - max(bust.y, *(place(past)[1] for past in before))) / posture.torso
    climbed = (high - place(earlier)[1]) / posture.torso / (posture.time - earlier.time)
    return min(rise / HOP, climbed / 1.5)


def throw(posture: Posture, memory: Memory) -> float:
    """Measure hands thrown up, for those who do not leave their seat; 1 is surely.

    Every hand that is seen goes up at 3 torso lengths a second, past its shoulder.
    """
    earlier = memory.ago(THROW)
    seconds = posture.time - earlier.time
    if seconds < THROW / 2:
        return 0.0
    found = []
    for side in (LEFT, RIGHT):
        if posture.seen(side.arm) and earlier.seen(side.arm):
            up = posture.y[side.wrist] - posture.y[side.shoulder]
            was = earlier.y[side.wrist] - earlier.y[side.shoulder]
            found.append(min(level(up, -0.2, 0.1), (up - was) / seconds / 3))
    return min(found, default=0.0)


def shift(posture: Posture, memory: Memory) -> float:
    """Measure torso lengths the shoulders are to the own right of where they usually are.

    Whoever comes nearer also moves away from the middle of the picture: that is no shift.
    """
    bust = memory.bust
    if not bust.settled:
        return 0.0
    usual = posture.centre + (bust.x - posture.centre) * math.exp(nearer(posture, memory))
    return (place(posture)[0] - usual) / posture.torso


def left_shift(posture: Posture, memory: Memory) -> float:
    """Measure torso lengths to the own left."""
    return -shift(posture, memory)


def sway(posture: Posture, memory: Memory) -> float:
    """Measure degrees of shoulders that lean to the own right: tilted, and moved that way.

    A raised arm tilts them and moves nothing, a step moves them and tilts nothing.
    """
    if not memory.bust.settled:
        return 0.0
    return agreed(slope(posture) - memory.bust.slope, math.degrees(math.atan(shift(posture, memory))))


def left_sway(posture: Posture, memory: Memory) -> float:
    """Measure degrees to the own left."""
    return -sway(posture, memory)


def nearer(posture: Posture, memory: Memory) -> float:
    """Measure how much nearer than usual shoulders and head are, as a share of the distance.

    What both agree on: whoever turns the trunk keeps the face to the screen, and who turns the head the shoulders.
    """
    bust = memory.bust
    if not bust.settled:
        return 0.0
    across = math.log(max(abs(posture.breadth), 0.1) * posture.torso / bust.breadth)
    return agreed(across, math.log(head(posture) * posture.torso / bust.head))


def crossed(posture: Posture, _memory: Memory) -> float:
    """Measure crossed arms where no hips are seen: as with them, but counted from the shoulders down."""
    return min(posture.breadth - 0.35, _over(posture, LEFT), _over(posture, RIGHT))


def across(posture: Posture, _memory: Memory, side: Side) -> float:
    """Measure one arm laid across the chest, in torso lengths the wrist is on the other side."""
    return min(posture.breadth - 0.35, _over(posture, side))


def _over(posture: Posture, side: Side) -> float:
    middle, top = posture.shoulders
    return min(
        side.way * (middle - posture.x[side.wrist]),
        side.way * (posture.x[side.elbow] - middle),
        posture.y[side.wrist] - top + 0.95,
        top + 0.15 - posture.y[side.wrist],
    )


def tap(side: Side, other: Side) -> Measure:
    """Return a measure of a hand that claps the other shoulder; 1 is surely.

    It comes within .35 torso lengths at 2 a second.
    """

    def measure(posture: Posture, memory: Memory) -> float:
        earlier = memory.ago(TAP)
        near = posture.apart(side.wrist, other.shoulder)
        if earlier.time == posture.time or not earlier.seen(side.arm):
            return 0.0
        closing = (earlier.apart(side.wrist, other.shoulder) - near) / (posture.time - earlier.time)
        return min(level(near, 0.6, 0.35), closing / 2)

    return measure
