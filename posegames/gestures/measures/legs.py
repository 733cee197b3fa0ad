"""Measures of legs, and of the whole body on them."""

from __future__ import annotations

import math
from statistics import median

from posegames.gestures.feet import THIGH
from posegames.gestures.measures.one_leg import sunk
from posegames.gestures.measures.scale import level
from posegames.gestures.measures.trunk import advance
from posegames.gestures.memory import STOOD, Memory
from posegames.gestures.posture import LEFT, RIGHT, Posture, Side

CLIMB = 0.1
"""Seconds over which upward speed is measured."""
SLOWEST = 5.0
"""Seconds a jumping jack is open at most, and more than any takes: a slow one of 3 s is open for 2."""
SPREAD = 0.3
"""Seconds in which the feet of a jumping jack spread, or close."""
PLAIN, GONE = 0.92, 0.75
"""Of its slow measure: a body that looks as large as PLAIN has not gone away (adults who lean and turn: .9 to 1),
one that looks as small as GONE has, by as much as it looks."""
SLIGHT = 0.02
"""A share by which legs look shorter that means nothing, and is not looked into."""
BLIND_RISE = 0.22
"""Torso lengths the hips of a jumper rise above home, and above all of the last seconds, if no feet are seen."""


def crouch(_posture: Posture, memory: Memory) -> float:
    """Measure how much shorter the longer leg looks than a standing one, as a share; 0 in the air.

    The length along the leg, not the height of the hips: legs apart are not bent. Nor are those of who bows.
    """
    return memory.once(_crouch)


def _crouch(posture: Posture, memory: Memory) -> float:
    bent = _bent(posture, memory) if memory.lift < 0.25 else 0.0
    return bent * _within(_folded(posture)) if bent > SLIGHT else bent


def squat(posture: Posture, memory: Memory) -> float:
    """Measure a crouch with both feet on one level: not a lunge, not a knee on the floor."""
    stagger = abs(posture.y[LEFT.ankle] - posture.y[RIGHT.ankle])
    return crouch(posture, memory) if stagger < 0.3 else 0.0


def lunge(posture: Posture, memory: Memory) -> float:
    """Measure hips that have sunk between a foot in front and a foot behind; 1 is surely.

    By .14 of a leg below where they are at home, one foot .05 of a leg higher in the picture than the other, and
    the shank of that one pointing away: it looks a quarter shorter than it is, or less.
    """
    feet = memory.feet
    behind = feet.left if feet.left.up > 0 else feet.right
    upright = level(posture.length, 0.6, 0.8)
    return min(sunk(posture, memory) / 0.14, behind.up / 0.05, level(behind.shank, 0.9, 0.75), upright)


def jack(posture: Posture, memory: Memory) -> float:
    """Measure how open a jumping jack is: 0 closed, 2 open; arms and legs count one each.

    Arms from half-way between the hips and the shoulders to a third of a torso above these, legs from the feet a
    third of a leg apart to half a leg. Feet that have long been apart are how somebody stands.
    """
    if memory.leg is None or posture.time - memory.feet.parted > SLOWEST:
        return 0.0
    arms = min(posture.y[side.wrist] - posture.y[side.shoulder] for side in (LEFT, RIGHT))
    return _within(level(arms, -0.5, 0.3)) + _within(level(memory.feet.gap, 0.33, 0.5))


def take_off(posture: Posture, memory: Memory) -> float:
    """Measure a body leaving the floor: hips and feet above where they were, and still rising; 1 is surely.

    Hips by .18 torso lengths, feet by .1, at 1.5 a second or faster (a hop of 10 cm takes off at 2.8), on legs
    that are straight or nearly so. A squat's end lifts no feet, a raised knee only one, a step back no hips, and
    who gets up from a knee is still bent.
    """
    earlier = memory.ago(CLIMB)
    if earlier.time == posture.time:
        return 0.0
    climbed = (posture.hips[1] - earlier.hips[1]) / posture.torso / (posture.time - earlier.time)
    if climbed <= 0 or (posture.sole is not None and memory.lift <= 0):
        return 0.0  # as nearly always, and to look back is dear
    before = list(memory.before(STOOD))
    if not before:
        return 0.0
    if posture.sole is None:
        if not memory.settled:  # somebody coming in
            return 0.0
        highest = max(memory.home.y, *(past.hips[1] for past in before))
        rise = (posture.hips[1] - highest) / posture.torso
        return min(rise / BLIND_RISE, climbed / 1.5)
    rise = (posture.hips[1] - median(past.hips[1] for past in before)) / posture.torso
    straight = min(level(_bent(posture, memory), 0.5, 0.2), level(sunk(posture, memory), 0.4, 0.25))
    jumped = min(rise / 0.18, memory.lift / 0.1, climbed / 1.5, straight)
    return min(jumped, _together(memory)) if jumped > 0 else jumped


def _together(memory: Memory) -> float:
    """Measure feet that stay as far apart as they were: the hops of a jumping jack spread and close them."""
    if memory.leg is None:
        return 1.0
    gaps = [past.gap for past in memory.lately(SPREAD)]
    return level((max(gaps) - min(gaps)) / memory.leg, 0.32, 0.17)


def _within(share: float) -> float:
    return min(max(share, 0.0), 1.0)


def _folded(posture: Posture) -> float:
    """Measure legs that are folded, not tilted: the thighs look shorter than the shanks, or knees are seen bent.

    Who bows moves the hips back, and shifts them down where an estimator puts them too low: the shanks look short.
    """
    if not posture.seen((LEFT.knee, RIGHT.knee)):
        return 1.0
    left = _folds(posture, LEFT)
    return left if left >= 1 else max(left, _folds(posture, RIGHT))  # one is enough


def _folds(posture: Posture, side: Side) -> float:
    """Measure one leg: of who is on a knee, the shank of that one points away, and only the other one folds."""
    thigh, shank = posture.apart(side.hip, side.knee), max(posture.apart(side.knee, side.ankle), 0.01)
    short = level(thigh / THIGH / (shank / (1 - THIGH)), 1.2, 1.0)
    if short >= 1:  # surely, however the knee looks
        return short
    return max(short, level(posture.angle(side.hip, side.knee, side.ankle), 165, 145))


def _bent(posture: Posture, memory: Memory) -> float:
    if memory.leg is None:
        return 0.0
    bent = 1 - posture.leg / memory.leg
    return bent if bent <= SLIGHT else 1 - posture.leg / (memory.leg * _shrunk(posture, memory))


def _shrunk(posture: Posture, memory: Memory) -> float:
    """Return how large the body looks, against the slow measure of its torso: 1, and less of who walks away.

    Who bends looks shorter, and who turns narrower: what shrank least counts.
    """
    home = memory.home
    breadth = abs(posture.breadth) * home.torso / home.breadth
    here = home.torso / posture.torso * math.exp(advance(posture, memory))
    size = max(posture.length, breadth, here)
    return min(size + (1 - PLAIN) * _within(level(size, GONE, PLAIN)), 1.0)
