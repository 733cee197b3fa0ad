"""What gestures measure: small sums on a posture, and on what is usual for the player. All pure."""

from __future__ import annotations

import math
from statistics import median

from posegames.body.joints import Joint
from posegames.gestures.memory import STOOD, Memory, tilted
from posegames.gestures.posture import LEFT, RIGHT, Posture, Side

EYE = 1.8
"""Torso lengths from the soles up to the height of the camera, as it is in most rooms (a table, a shelf): what is
nearer by a share stands lower in the picture by that share of it."""
CLIMB = 0.1
"""Seconds over which upward speed is measured."""
BLIND_RISE = 0.22
"""Torso lengths the hips of a jumper rise above home, and above all of the last seconds, if no feet are seen."""


def level(value: float, out: float, into: float) -> float:
    """Return 0 where `value` is at `out`, 1 where it is at `into`: one scale for unlike things."""
    return (value - out) / (into - out)


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
    found = []
    for side in (LEFT, RIGHT):
        across = side.way * (posture.x[side.elbow] - posture.x[side.shoulder])
        up = posture.y[side.elbow] - posture.y[side.shoulder]
        found += [
            level(posture.angle(*side.arm), 135, 150),
            level(abs(math.degrees(math.atan2(up, across))), 32, 20),
            level(abs(posture.y[side.wrist] - posture.y[side.shoulder]), 0.6, 0.35),
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


def lean(posture: Posture, memory: Memory) -> float:
    """Measure degrees of the trunk to the own right, against what is upright for them."""
    return tilted(posture) - memory.neutral


def left_lean(posture: Posture, memory: Memory) -> float:
    """Measure degrees to the own left."""
    return -lean(posture, memory)


def step(posture: Posture, memory: Memory) -> float:
    """Measure torso lengths a body is to the own right of home.

    Whoever comes nearer also moves away from the middle of the picture: that is no step.
    """
    home = posture.centre + (memory.home.x - posture.centre) * math.exp(advance(posture, memory))
    return (posture.place - home) / posture.torso


def left_step(posture: Posture, memory: Memory) -> float:
    """Measure torso lengths to the own left of home."""
    return -step(posture, memory)


def crouch(posture: Posture, memory: Memory) -> float:
    """Measure how much shorter the longer leg looks than a standing one, as a share; 0 in the air.

    The length along the leg, not the height of the hips: legs apart are not bent.
    """
    return _bent(posture, memory) if memory.lift < 0.25 else 0.0


def squat(posture: Posture, memory: Memory) -> float:
    """Measure a crouch with both feet on one level: not a lunge, not a knee on the floor."""
    stagger = abs(posture.y[LEFT.ankle] - posture.y[RIGHT.ankle])
    return crouch(posture, memory) if stagger < 0.3 else 0.0


def take_off(posture: Posture, memory: Memory) -> float:
    """Measure a body leaving the floor: hips and feet above where they were, and still rising; 1 is surely.

    Hips by .18 torso lengths, feet by .1, at 1.5 a second or faster (a hop of 10 cm takes off at 2.8), on legs
    that are straight or nearly so. A squat's end lifts no feet, a raised knee only one, a step back no hips, and
    who gets up from a knee is still bent.
    """
    before = list(memory.before(STOOD))
    earlier = list(memory.lately(CLIMB))[-1]
    if not before or earlier.time == posture.time:
        return 0.0
    climbed = (posture.hips[1] - earlier.hips[1]) / posture.torso / (posture.time - earlier.time)
    if posture.sole is None:
        if not memory.settled:  # somebody coming in
            return 0.0
        highest = max(memory.home.y, *(past.hips[1] for past in before))
        rise = (posture.hips[1] - highest) / posture.torso
        return min(rise / BLIND_RISE, climbed / 1.5)
    rise = (posture.hips[1] - median(past.hips[1] for past in before)) / posture.torso
    straight = level(_bent(posture, memory), 0.5, 0.2)
    return min(rise / 0.18, memory.lift / 0.1, climbed / 1.5, straight)


def advance(posture: Posture, memory: Memory) -> float:
    """Measure how much nearer to the camera than home, as a share of the distance: what two witnesses agree on.

    The size of the body is one; the other is where the feet stand in the picture, or, where they are not seen,
    the breadth of the shoulders. Who bends gets shorter and does not move their feet, who turns gets narrower
    and not shorter, who jumps does not grow.
    """
    home = memory.home
    length = math.log(max(posture.length, 0.1) * posture.torso / home.torso)
    breadth = math.log(max(abs(posture.breadth), 0.1) * posture.torso / home.breadth)
    if posture.sole is None or home.floor is None:
        return _agreed(length, breadth)
    down = (home.floor - posture.hips[1]) / posture.torso - posture.sole
    return _agreed(max(length, breadth), down / EYE)


def _agreed(one: float, other: float) -> float:
    """Return the smaller of two numbers of one sign, 0 where they contradict each other."""
    return math.copysign(min(abs(one), abs(other)), one) if one * other > 0 else 0.0


def _bent(posture: Posture, memory: Memory) -> float:
    return 0.0 if memory.leg is None else 1 - posture.leg / memory.leg
