"""Which of the last moments are worth keeping: the widest pose, the liveliest seconds."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence

import numpy as np

from posegames.body.joints import Joint
from posegames.body.measure import FEET, SHOULDERS, TORSO
from posegames.engine.scene import Moment
from posegames.players.player import Player

RATE = 12.5
"""Frames a second of a highlight: GIFs count hundredths of a second, and this is eight of them."""
LONGEST = 6.0
"""Seconds of a highlight."""
APART = 0.7
"""Seconds between two poses that are not the same."""
SEEN = 0.5
"""Confidence from which a joint counts."""

_ENDS = (Joint.LEFT_WRIST, Joint.RIGHT_WRIST, *FEET)
_HANDS = (Joint.LEFT_WRIST, Joint.RIGHT_WRIST)


def expression(player: Player) -> float:
    """Return how much a pose says, in torso lengths: how far hands and feet reach, and hands above the shoulders.

    What moves fast says a little more. 0 where the trunk is not seen, or nobody is.
    """
    pose, torso = player.pose, max(player.torso, 1e-3)
    if player.hidden or not pose.seen(TORSO, SEEN):
        return 0.0
    middle, shoulders = pose.middle(TORSO), float(pose.middle(SHOULDERS)[1])
    ends = [joint for joint in _ENDS if pose.confidence[joint] >= SEEN]
    reach = sum(math.dist(pose.xy[joint], middle) for joint in ends) / torso
    raised = sum(max(0.0, shoulders - float(pose.xy[joint, 1])) for joint in _HANDS if joint in ends) / torso
    return reach + raised + 0.15 * _motion(player)


def _motion(player: Player) -> float:
    """Return how fast hands and feet are, in torso lengths a second, each four at most."""
    if player.hidden:
        return 0.0
    speeds = np.hypot(*player.velocity[list(_ENDS)].T) * (player.pose.confidence[list(_ENDS)] >= SEEN)
    return float(np.minimum(speeds / max(player.torso, 1e-3), 4.0).sum())


def best_poses(moments: Sequence[Moment], number: int, most: int = 3) -> list[Player]:
    """Return up to `most` poses of the player in slot `number`, none like the one before; the best first."""
    found = [(expression(p), m.time, p) for m in moments for p in m.players if p.number == number]
    chosen: list[tuple[float, Player]] = []
    for worth, time, player in sorted(found, key=lambda item: -item[0]):
        if worth > 0 and all(abs(time - other) >= APART for other, _ in chosen):
            chosen.append((time, player))
            if len(chosen) == most:
                break
    return [player for _, player in chosen]


def highlight(moments: Sequence[Moment], longest: float = LONGEST) -> list[Moment]:
    """Return the liveliest `longest` seconds of `moments`, at even steps of 1 / `RATE` seconds.

    It begins and ends with somebody there; nothing where nobody ever is.
    """
    there = [i for i, moment in enumerate(moments) if any(not player.hidden for player in moment.players)]
    if not there:
        return []
    moments = moments[there[0] : there[-1] + 1]
    times = [moment.time for moment in moments]
    lively = np.cumsum([0.0, *(sum(map(_motion, moment.players)) for moment in moments)])
    first, best = 0, -1.0
    for i, time in enumerate(times):
        last = bisect_right(times, time + longest)
        if lively[last] - lively[i] > best + 1e-9:
            first, best = i, float(lively[last] - lively[i])
        if last == len(times):
            break
    steps = math.floor(min(longest, times[-1] - times[first]) * RATE + 1e-6) + 1
    wanted = (times[first] + i / RATE for i in range(steps))
    return [moments[max(0, bisect_right(times, time + 1e-6) - 1)] for time in wanted]
