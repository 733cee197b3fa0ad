"""Measures of legs, and of the whole body on them."""

from __future__ import annotations

from statistics import median

from posegames.gestures.measures.scale import level
from posegames.gestures.memory import STOOD, Memory
from posegames.gestures.posture import LEFT, RIGHT, Posture

CLIMB = 0.1
"""Seconds over which upward speed is measured."""
BLIND_RISE = 0.22
"""Torso lengths the hips of a jumper rise above home, and above all of the last seconds, if no feet are seen."""


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


def _bent(posture: Posture, memory: Memory) -> float:
    return 0.0 if memory.leg is None else 1 - posture.leg / memory.leg
