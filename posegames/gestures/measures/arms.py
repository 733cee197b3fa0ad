"""Measures of arms and hands."""

from __future__ import annotations

import math

from posegames.body.joints import Joint
from posegames.gestures.measures.scale import level
from posegames.gestures.memory import Memory
from posegames.gestures.posture import LEFT, RIGHT, Posture, Side


def raised(posture: Posture, side: Side) -> float:
    """Return how far a hand is above the nose, in torso lengths; less where the upper arm hangs.

    An elbow far below the shoulder is a hand at the face, not a raised arm.
    """
    hand = posture.y[side.wrist] - posture.y[Joint.NOSE]
    return min(hand, posture.y[side.elbow] - posture.y[side.shoulder] + 0.3)


def left_raised(posture: Posture, _memory: Memory) -> float:
    """Measure the left hand above the nose."""
    return raised(posture, LEFT)


def right_raised(posture: Posture, _memory: Memory) -> float:
    """Measure the right hand above the nose."""
    return raised(posture, RIGHT)


def both_raised(posture: Posture, _memory: Memory) -> float:
    """Measure the lower of both hands above the nose."""
    return min(raised(posture, LEFT), raised(posture, RIGHT))


def spread(posture: Posture, _memory: Memory) -> float:
    """Measure arms straight out to the sides, 0 no longer to 1 surely.

    Elbows over 150 degrees (out: 135), upper arms within 20 of level (32), wrists within .35 of the shoulders'
    height (.6).
    """
    found: list[float] = []
    for side in (LEFT, RIGHT):
        high = level(abs(posture.y[side.wrist] - posture.y[side.shoulder]), 0.6, 0.35)
        if high < -1:  # a hanging arm, as nearly always: the angles need not be known
            return high
        across = side.way * (posture.x[side.elbow] - posture.x[side.shoulder])
        up = posture.y[side.elbow] - posture.y[side.shoulder]
        found += [
            level(posture.angle(*side.arm), 135, 150),
            level(abs(math.degrees(math.atan2(up, across))), 32, 20),
            high,
        ]
    return min(found)


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
