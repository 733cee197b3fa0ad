"""Who a body is: sure while nobody is near, asked anew where people meet, come and go."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from posegames.body.pose import Floats
from posegames.players.assignment import settle
from posegames.players.person import BLIND, HOLD, KEEP, Person
from posegames.players.trail import TRUST, Trail

CLOSE = 1.0
"""Torso lengths between two torsos, below which one body may be taken for the other (measured: regions fall onto
one body at .5 and below, and what comes back may still jump between the two at .9)."""
DEEP = 0.25
"""Torso lengths between two torsos, at which nobody can tell who went on as who."""
VEILED = 2.0
"""Seconds somebody who is not seen may still be near, where they are expected."""
CLEAN = 0.6
"""Torso lengths between two torsos, from which on each one shows its own colours."""
SETTLE = 0.3
"""Seconds somebody must be clear of others before it is settled who they are."""
CALM = 1.0
"""Seconds side by side, each one plainly seen, after which it is settled too."""
NEWCOMER = 3.5
"""What it costs to take somebody for a new person."""
DRESSED = 2.5
"""What it costs more where colours are seen: a stranger's are out of the question, so these fit somebody."""
TANGLED = 1.5
"""What it costs more where people met: what comes out of a tangle is one of those who went in."""
PLAIN = 2.5
"""Somebody is known again at once for less; for more, not before they have been looked at for a moment."""
UNSETTLED = 2.0
"""Seconds it is said to be uncertain who they are, of people in like clothes who were in a tangle."""

Places = Sequence[Floats] | Floats
"""(n, 2)"""


def distances(a: Places, b: Places) -> Floats:
    """Return (a, b) distances between places."""
    if not len(a) or not len(b):
        return np.zeros((len(a), len(b)))
    way = np.array(a)[:, None] - np.array(b)
    apart: Floats = np.sqrt((way * way).sum(axis=2))
    return apart


def meet(trails: Sequence[Trail], people: Sequence[Person], time: float) -> dict[Trail, float]:
    """Doubt whoever is near somebody; return the torso lengths from each body to the nearest other one in sight.

    People who are not seen count too, where they are expected: mostly they are behind who is.
    """
    hidden = [p for p in people if (p.trail is None or p.trail.seen < time) and time - p.body.seen <= VEILED]
    sizes, places = np.array([trail.torso for trail in trails]), [trail.place for trail in trails]
    seen = distances(places, places)
    seen /= np.maximum(sizes[:, None], sizes) if trails else 1
    seen[np.diag_indices(len(trails))] = math.inf
    veiled = distances(places, [p.about(time) for p in hidden]) / sizes[:, None]
    nearest = dict(zip(trails, _least(seen), strict=True))
    for (trail, body), ghost in zip(nearest.items(), _least(veiled), strict=True):
        gap = min(body, ghost)
        trail.loose = min(trail.loose, time) if gap >= CLEAN else math.inf
        if gap >= CLOSE:
            trail.clear = min(trail.clear, time)
            continue
        trail.clear = math.inf
        # One who has vanished beside this body may as well be the one who is still there.
        faith = _faith(body)
        trail.doubt(min(faith, 0.5 * _faith(ghost)) if ghost < CLOSE else faith, time)
    return nearest


def _least(apart: Floats) -> list[float]:
    """Return the least of each row; inf of an empty one."""
    least: list[float] = apart.min(axis=1, initial=math.inf).tolist()
    return least


def _faith(apart: float) -> float:
    return min(1.0, max(0.0, (apart - DEEP) / (2 * DEEP)))


def recognise(nearest: Mapping[Trail, float], people: Sequence[Person], time: float) -> None:
    """Decide who the doubtful ones among the bodies seen at `time` are; whom nobody knows stays nobody.

    `nearest` is what `meet` said of them. A new body right upon another one is mostly that one, seen twice.
    """
    owner = {person.trail: person for person in people if person.trail is not None}
    doubtful = [t for t, apart in nearest.items() if not t.sure and (t in owner or apart >= DEEP)]
    if not doubtful:
        return
    certain = {trail for trail in nearest if trail.sure}
    asked = [person for person in people if person.trail not in certain]
    costs = np.array([[person.strangeness(trail, time) for trail in doubtful] for person in asked])
    costs = costs.reshape(len(asked), len(doubtful))
    alone = [
        NEWCOMER
        + DRESSED * (trail.look is not None)
        + TANGLED * (1 - trail.faith)
        + (HOLD + KEEP * trail.faith if trail in owner else 0)
        for trail in doubtful
    ]
    _, pairs = settle(costs, alone)
    before = {trail: owner.get(trail) for trail in doubtful}
    now: dict[Trail, Person | None] = {}
    for column, trail in enumerate(doubtful):
        row = pairs.get(column)
        known = None if row is None else asked[row]
        waits = known is not None and before[trail] is not known and _hasty(trail, float(costs[row, column]), time)
        now[trail] = before[trail] if waits else known
    _hand_over(now, before, time)
    for column, trail in enumerate(doubtful):
        person = now[trail]
        if person is None or trail.faith >= TRUST:
            continue
        for other, cost in zip(asked, costs[:, column], strict=True):
            if other is not person and cost < math.inf and other.resembles(person):
                person.doubtful = other.doubtful = time + UNSETTLED


def _hasty(trail: Trail, cost: float, time: float) -> bool:
    return cost > PLAIN and time - trail.born < SETTLE


def _hand_over(now: dict[Trail, Person | None], before: dict[Trail, Person | None], time: float) -> None:
    for trail, person in before.items():
        if person is not None and now[trail] is not person:
            person.trail, trail.free = None, time
    taken: set[Person] = set()
    for trail, person in now.items():
        if person is None or person in taken:
            continue
        taken.add(person)
        if person.trail is not trail:
            if person.trail is not None:
                person.trail.free = time
            if before[trail] is None:
                trail.torso = person.body.torso  # a slow measure, and theirs
                trail.faith = 0.0  # who has been taken for them has that yet to prove
            person.trail = trail


def settled(trail: Trail, time: float, *, pictured: bool) -> bool:
    """Whether a body has been seen alone long enough to be sure who it is."""
    calm = time - max(trail.clear, trail.asked)
    looked = not pictured or trail.looks > 0
    return (calm >= SETTLE and (looked or calm >= BLIND)) or (looked and time - trail.loose >= CALM)
