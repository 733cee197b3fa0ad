"""What the steps share: players in a window of time, and where one body's way ends and another's begins."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from posegames.body.measure import TORSO
from posegames.body.pose import Floats, Pose
from posegames.players.trail import JUMP, RUN
from posegames.tools.looks import Look

SEEN = 0.5
"""Confidence from which a joint is seen, as everywhere."""
APART = 0.25
"""Seconds without a sighting after which a way begins anew; the roster gives up a body a little sooner."""
MOST = 1000
"""Looks in a window at most: where time stands still, it would never end."""


@dataclass(frozen=True, slots=True, eq=False)
class Stop:
    """A player in one look."""

    time: float
    pose: Pose
    torso: float
    """In frame heights, a slow measure."""
    person: int
    way: int
    """What is of one way belongs together: the same person, without a gap, a leap or a cut between."""


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """A look, and the players in it by slot."""

    look: Look
    stops: Mapping[int, Stop]

    @property
    def time(self) -> float:
        """Seconds."""
        return self.look.sighting.time

    def passed(self) -> Moment:
        """Return it as it is kept behind the present: without its picture, a thousand times as large."""
        return replace(self, look=replace(self.look, picture=None)) if self.look.picture is not None else self


def posed(look: Look, poses: Mapping[int, Pose]) -> Look:
    """Return `look` with the players' poses exchanged for `poses`, by slot; others stay as they are."""
    bodies = tuple((number, poses.get(number, pose)) for number, pose in look.bodies)
    players = tuple(
        replace(player, pose=poses[player.number]) if player.number in poses else player for player in look.players
    )
    return replace(look, bodies=bodies, players=players)


def moments(looks: Iterable[Look]) -> Iterator[Moment]:
    """Yield the looks, with each player's way told from the one before it."""
    latest: dict[int, Stop] = {}
    begun = 0
    for look in looks:
        time = look.sighting.time
        players = {player.number: player for player in look.players}
        stops: dict[int, Stop] = {}
        for number, pose in look.bodies:
            torso, person = max(players[number].torso, 1e-3), players[number].person
            before = latest.get(number)
            goes_on = before is not None and 0 <= time - before.time <= APART and before.person == person
            if before is None or not goes_on or leaps(before.pose, pose, time - before.time, torso):
                begun += 1
                way = begun
            else:
                way = before.way
            stops[number] = latest[number] = Stop(time, pose, torso, person, way)
        yield Moment(look, stops)


def leaps(before: Pose, after: Pose, gap: float, torso: float) -> bool:
    """Whether a body is where it cannot have come to in `gap` seconds: another camera, or somebody else.

    As far as the roster looks for a body (see `players.trail`).
    """
    return math.hypot(*(after.middle(TORSO) - before.middle(TORSO)).tolist()) > (JUMP + RUN * gap) * torso


def windows(looks: Iterable[Look], reach: float) -> Iterator[tuple[Sequence[Moment], int]]:
    """Yield the moments up to `reach` seconds before and after each look, and which of them it is.

    Time that runs backwards ends all that was before.
    """
    held: deque[Moment] = deque()
    place = 0
    for moment in moments(looks):
        if held and moment.time < held[-1].time:
            yield from _rest(held, place)
            held.clear()
            place = 0
        held.append(moment)
        while held[place].time < moment.time - reach or len(held) - place > MOST:
            yield held, place
            held[place] = held[place].passed()
            place += 1
            while held[0].time < held[place].time - reach or place > MOST:
                held.popleft()
                place -= 1
    yield from _rest(held, place)


def _rest(held: deque[Moment], place: int) -> Iterator[tuple[Sequence[Moment], int]]:
    for rest in range(place, len(held)):
        yield held, rest
        held[rest] = held[rest].passed()


def places(stops: Sequence[Stop]) -> Floats:
    """Return (n, 33, 2) where the joints are, in double precision."""
    return np.array([stop.pose.xy for stop in stops], dtype=np.float64)


def sureness(stops: Sequence[Stop]) -> Floats:
    """Return (n, 33) confidences."""
    return np.array([stop.pose.confidence for stop in stops])
