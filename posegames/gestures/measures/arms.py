"""Measures of arms and hands."""

from __future__ import annotations

import math

from posegames.body.joints import Joint
from posegames.gestures.measures.scale import level
from posegames.gestures.memory import Memory
from posegames.gestures.posture import LEFT, RIGHT, Posture, Side


def raised(posture: Posture, _memory: Memory, side: Side) -> float:
    """Return how far a hand is above the nose, in torso lengths; less where the upper arm hangs.

    An elbow far below the shoulder is a hand at the face, not a raised arm.
    """
    hand = posture.y[side.wrist] - posture.y[Joint.NOSE]
    return min(hand, posture.y[side.elbow] - posture.y[side.shoulder] + 0.3)


def both_raised(posture: Posture, memory: Memory) -> float:
    """Measure the lower of both hands above the nose."""
    return min(raised(posture, memory, LEFT), raised(posture, memory, RIGHT))


def aside(posture: Posture, _memory: Memory, side: Side) -> float:
    """Measure an arm straight out to its side, 0 no longer to 1 surely.

    The elbow over 150 degrees (out: 135), the upper arm within 20 of level (32), the wrist within .35 of the
    shoulder's height (.6).
    """
    shoulder, elbow, wrist = side.arm
    high = level(abs(posture.y[wrist] - posture.y[shoulder]), 0.6, 0.35)
    if high < -1:  # a hanging arm, as nearly always: the angles need not be known
        return high
    across = side.way * (posture.x[elbow] - posture.x[shoulder])
    up = posture.y[elbow] - posture.y[shoulder]
    straight = level(posture.angle(shoulder, elbow, wrist), 135, 150)
    return min(straight, level(abs(math.degrees(math.atan2(up, across))), 32, 20), high)


def spread(posture: Posture, memory: Memory) -> float:
    """Measure both arms straight out to the sides."""
    return min(aside(posture, memory, LEFT), aside(posture, memory, RIGHT))


def crossed(posture: Posture, _memory: Memory) -> float:
    """Measure how far both wrists are on the other side of the chest, in torso lengths.

    Only between the hips and the shoulders, with the elbows on their own sides, and seen from the front.
    """
    middle, top = posture.shoulders
    found = [posture.breadth - 0.35]
    for side in (LEFT, RIGHT):
        found += [
            side.way * (middle - posture.x[side.wrist]),
            side.way * (posture.x[side.elbow] - middle),
            posture.y[side.wrist] - 0.05,
            top + 0.15 - posture.y[side.wrist],
        ]
    return min(found)
