"""Measures of one leg, while the other one stands. 1 is surely, unless said otherwise."""

from __future__ import annotations

import math

from posegames.gestures.feet import OFF, THIGH, Foot
from posegames.gestures.measures.scale import level
from posegames.gestures.memory import Memory
from posegames.gestures.posture import LEFT, RIGHT, Posture, Side

KICK = 0.6
"""Seconds a foot is up at most in a kick (untrained adults and children: 0.15 to 0.4; a knee that is raised
on request stays up for 0.8 or longer)."""
LIFTED = 0.1
"""Of a leg: a foot has risen so far above where it stood itself. One behind is up in the picture, on the floor."""
STRIDE = 0.15
"""Of a leg: a foot that was so far up has made a step."""
FRESH = 0.4
"""Seconds after its highest point within which a foot that falls has kicked."""
STAYS = 0.36
"""Seconds a foot must have been off the floor to be that of a knee raised: most that walk, run or kick are back
by then."""
THROWN = 0.5
"""Seconds more for each leg length that it is higher than its knee alone would lift it: it may be a kick yet."""
MARCH = 0.7
"""Seconds since the other foot came down within which somebody walks, or runs: no kick."""


def knee_up(posture: Posture, memory: Memory, side: Side) -> float:
    """Measure a knee raised: by a quarter of a thigh above the other one, its foot off the floor, beneath it.

    The other leg stands: in a lunge both knees are bent, and the hips are low. A foot that comes down at once was
    thrown, or walks, unless it hangs beneath a high knee.
    """
    foot, _ = memory.feet.of(side)
    if not foot.off:
        return 0.0
    stays = level(foot.up / max(foot.peak, OFF), 0.6, 0.85)
    if not foot.hung:
        stays = min(stays, (posture.time - foot.rose) / (STAYS + THROWN * foot.cocked))
    under = level(foot.out, 0.5, 0.35)
    raised = min(foot.knee / 0.21, foot.up / 0.15, foot.lifted / LIFTED)
    return min(raised, stays, under, level(sunk(posture, memory), 0.2, 0.1))


def side_leg_raise(posture: Posture, memory: Memory, side: Side) -> float:
    """Measure a straight leg off to its side, while the other one stands below the hips.

    Its foot .4 of the leg outside of the hip, and farther than the other one is on its side; off the floor; the
    leg about as long as it is.
    """
    foot, other = memory.feet.of(side)
    if memory.leg is None:
        return 0.0
    if foot.out <= 0.1:
        return foot.out / 0.4  # as nearly always
    long = level(posture.apart(side.hip, side.ankle) / memory.leg, 0.6, 0.75)
    return min(foot.out / 0.4, (foot.out - max(other.out, 0.0)) / 0.3, level(foot.up, -0.04, 0.04), long)


def kick(posture: Posture, memory: Memory, side: Side) -> float:
    """Measure a foot thrown up: told when it falls again, or as soon as a leg swung from behind stops in front.

    Up by a quarter of a leg, for no longer than `KICK` seconds, and higher than the knee alone would lift it, or
    sweeping across; not one of the steps of somebody who walks or runs, and not a leg that goes off to the side.
    """
    foot, other = memory.feet.of(side)
    if foot.peak < 0.15 or posture.time - foot.peaked > FRESH or foot.hung or other.off or memory.leg is None:
        return 0.0
    if other.peak > STRIDE and foot.rose - other.fell < MARCH:
        return 0.0
    thrown = max(level(foot.folded, 0.0, 0.06), level(foot.sweep[1] - foot.sweep[0], 0.05, 0.15))
    # Both: a foot that has stepped back is no higher than the other one, but has not come down in the picture.
    falls = min((1 - foot.up / foot.peak) / 0.3, (1 - foot.lift / foot.lifted) / 0.2) if foot.lifted > 0 else 0.0
    done = max(min(thrown, falls), _swung(posture, memory, foot))
    aside = level(foot.sweep[1], 0.65, 0.5)
    upright = min(level(posture.length, 0.5, 0.7), level(sunk(posture, memory), 0.25, 0.15))
    facing = level(posture.breadth, -0.4, -0.2)
    found = min(foot.peak / 0.25, foot.lifted / LIFTED, done, aside, upright, facing)
    return min(found, level(posture.time - _half_way(memory, foot), KICK + 0.1, KICK)) if found > 0 else found


def _swung(posture: Posture, memory: Memory, foot: Foot) -> float:
    """Measure a leg that was folded, is so no more or swept across, and has stopped: .6 of its length a second."""
    unfolded = max(
        (foot.cocked - foot.up + THIGH * foot.knee) / 0.1, level(foot.sweep[1] - foot.sweep[0], 0.1, 0.2)
    )
    straightened = min(foot.cocked / 0.14, unfolded)
    earlier = memory.ago(0.1)
    if straightened < 0.5 or earlier.time == posture.time:
        return 0.0
    return min(
        straightened, level((foot.up - _up(memory, foot, earlier)) / (posture.time - earlier.time), 1.1, 0.6)
    )


def _up(memory: Memory, foot: Foot, posture: Posture) -> float:
    assert memory.leg is not None
    other = RIGHT if foot.side is LEFT else LEFT
    return (posture.y[foot.side.ankle] - posture.y[other.ankle]) / memory.leg


def _half_way(memory: Memory, foot: Foot) -> float:
    """Return when a foot that has been up was last half-way there."""
    before = (past for past in memory.lately(1.0) if past.time < foot.peaked)
    return next((past.time for past in before if _up(memory, foot, past) < foot.peak / 2), -math.inf)


def sunk(posture: Posture, memory: Memory) -> float:
    """Measure how far the hips are below where they are at home, as a share of the leg."""
    if memory.leg is None:
        return 0.0
    return (memory.home.y - posture.hips[1]) / posture.torso / memory.leg
