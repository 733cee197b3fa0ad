"""Who is who, against the truth: how often somebody becomes somebody else, and how soon they are known again."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

import numpy as np

from posegames.body.pose import Floats, Pose
from posegames.players.assignment import settle
from posegames.players.identity import distances
from posegames.players.player import Player
from posegames.players.trail import trunks
from posegames.seeing.sighting import Sighting

NEAR = 0.5
"""Torso lengths between the middles of two torsos, up to which a body may be held to be that actor's."""
APART = 1.0
"""Torso lengths between two actors, below which nobody can say whose body it is: there, nobody is compared."""
SEEN = 0.5
"""Share of an actor's joints that must be in sight for anybody to be expected to see them."""
AFTER = 0.5
"""Seconds after people were near each other at which it is asked whether they are still who they were."""
ENTRY = 0.3
"""Seconds out of sight after which somebody's coming back is timed."""

Figures = dict[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """A body in sight, and who somebody says it is."""

    place: Floats
    """(2,) the middle of its torso, in frame heights."""
    person: int
    """From 1."""
    slot: int = 0
    """What the player is called by, if they are called by anything else than `person`."""
    certain: bool = True


Follower = Callable[[Sighting], Sequence[Claim]]
"""Hears every sighting in its turn, and says who is there."""


def claims(players: Iterable[Player]) -> list[Claim]:
    """Return what a roster says of those in sight."""
    here = [player for player in players if not player.hidden]
    bodies = trunks([player.pose for player in here])
    return [
        Claim(body.place, player.person, player.number, player.certain)
        for body, player in zip(bodies, here, strict=True)
    ]


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """Who really is in sight at one moment; rows are actors."""

    time: float
    numbers: tuple[int, ...]
    places: Floats
    """(n, 2) the middles of their torsos."""
    sizes: Floats
    """(n,) lengths of their torsos."""
    alone: frozenset[int]
    """The numbers of those whom nobody stands near, in sight or not."""

    @classmethod
    def of(cls, poses: Sequence[Pose], time: float) -> Truth:
        """Return the truth about `poses`; the `track` of each is the actor's number."""
        bodies = trunks(poses)
        places = np.array([body.place for body in bodies]).reshape(-1, 2)
        sizes = np.array([max(body.length, 1e-3) for body in bodies])
        apart = distances([*places], [*places])
        np.fill_diagonal(apart, math.inf)
        numbers = [pose.track or 0 for pose in poses]
        clear = apart.min(axis=1, initial=math.inf) >= APART * sizes
        seen = [i for i, pose in enumerate(poses) if (pose.confidence > 0).mean() >= SEEN]
        alone = frozenset(number for number, free in zip(numbers, clear, strict=True) if free)
        return cls(time, tuple(numbers[i] for i in seen), places[seen], sizes[seen], alone)

    def apart(self, said: Sequence[Claim]) -> Floats:
        """Return (n, claims) torso lengths from each actor to each body; inf where they are too far to be one."""
        off = distances([*self.places], [claim.place for claim in said]) / self.sizes[:, None]
        near: Floats = np.where(off <= NEAR, off, math.inf)
        return near


@dataclass(slots=True)
class _Actor:
    """One who really is there."""

    latest: int = 0
    """Who they were held to be the last time."""
    person: int = 0
    """Who they were held to be the last time that nobody was near them."""
    slot: int = 0
    sighted: float = -math.inf
    """When they were last in sight, in the truth."""
    met: float | None = None
    """When they were last near somebody, if that is not judged yet."""
    before: int = 0
    """Who they were held to be before that."""
    since: float | None = None
    """When they came back into sight, if they have not been known as who they were since."""
    sought: int = 0
    """Who they were then."""


@dataclass(slots=True)
class Score:
    """Counts of one run.

    Pairs of actor and body, IDF1 (Ristani et al. 2016) and `clear_switches` (CLEAR MOT, Bernardin and Stiefelhagen
    2008) are as evaluators of tracking have them. CLEAR MOT counts a switch also while two bodies are one upon the
    other, where which is which is hardly a question; `switches` counts only those of actors whom nobody is near.
    """

    frames: int = 0
    truths: int = 0
    """Actors in sight, over all frames."""
    held: int = 0
    """Of them, those with a body of somebody known."""
    shown: int = 0
    """Bodies of known ones in sight, over all frames."""
    clear_switches: int = 0
    """Times an actor was held to be another person than the last time."""
    switches: int = 0
    """Times an actor near nobody was held to be another person than the last time they were near nobody."""
    slots: int = 0
    """Times an actor near nobody had another slot than then."""
    meetings: int = 0
    """Times an actor came out of the nearness of another one."""
    mistaken: int = 0
    """Of them, those where they were another person than before, half a second later."""
    admitted: int = 0
    """Of those, the ones where it was said that it is not certain."""
    returns: int = 0
    """Times somebody who had been known came back into sight."""
    waits: list[float] = field(default_factory=list)
    """Of them, for those known again: seconds until then."""
    unsure: int = 0
    """Bodies of whom it was said that it is uncertain who they are, over all frames."""
    together: dict[tuple[int, int], int] = field(default_factory=dict)
    """Frames in which this actor may have been this person."""
    _actors: dict[int, _Actor] = field(default_factory=dict)

    def add(self, truth: Truth, said: Sequence[Claim]) -> None:
        """Compare one moment."""
        self.frames += 1
        self.truths += len(truth.numbers)
        self.shown += len(said)
        self.unsure += sum(not claim.certain for claim in said)
        for number in truth.numbers:
            self._sight(self._actors.setdefault(number, _Actor()), truth.time)
        apart = truth.apart(said)
        for row, column in np.argwhere(np.isfinite(apart)):
            pair = truth.numbers[row], said[column].person
            self.together[pair] = self.together.get(pair, 0) + 1
        for row, column in self._pairs(truth, said, apart):
            number, claim = truth.numbers[row], said[column]
            actor = self._actors[number]
            self.held += 1
            self.clear_switches += actor.latest not in (0, claim.person)
            actor.latest = claim.person
            if number in truth.alone:
                self._judge(actor, claim, truth.time)
            else:
                actor.before = actor.before if actor.met is not None else actor.person
                actor.met = truth.time

    def _sight(self, actor: _Actor, time: float) -> None:
        if time - actor.sighted > ENTRY and actor.person:
            self.returns += 1
            actor.since, actor.sought = time, actor.person
        actor.sighted = time

    def _judge(self, actor: _Actor, claim: Claim, time: float) -> None:
        """Hold `claim`, of somebody near nobody, against what was said of them before."""
        self.switches += actor.person not in (0, claim.person)
        self.slots += actor.slot not in (0, claim.slot)
        if actor.met is not None and time - actor.met >= AFTER:
            self.meetings += actor.before > 0
            mistaken = actor.before not in (0, claim.person)
            self.mistaken += mistaken
            self.admitted += mistaken and not claim.certain
            actor.met = None
        if actor.since is not None and claim.person == actor.sought:
            self.waits.append(time - actor.since)
            actor.since = None
        actor.person, actor.slot = claim.person, claim.slot

    def _pairs(self, truth: Truth, said: Sequence[Claim], apart: Floats) -> list[tuple[int, int]]:
        """Return (actor, body): what held before and still may holds on; for the rest, the least sum counts."""
        people = [claim.person for claim in said]
        pairs: dict[int, int] = {}
        for row, number in enumerate(truth.numbers):
            latest = self._actors[number].latest
            column = people.index(latest) if latest in people else -1
            if column >= 0 and column not in pairs.values() and math.isfinite(apart[row, column]):
                pairs[row] = column
        rows = [row for row in range(len(truth.numbers)) if row not in pairs]
        columns = [c for c in range(len(said)) if c not in pairs.values() and np.isfinite(apart[rows, c]).any()]
        if columns:
            _, found = settle(apart[np.ix_(rows, columns)], [10.0 * NEAR] * len(columns))
            pairs |= {rows[row]: columns[column] for column, row in found.items()}
        return sorted(pairs.items())

    def figures(self) -> Figures:
        """Return the figures of the run."""
        return total([self])


def total(scores: Sequence[Score]) -> Figures:
    """Return the figures of several runs together; times in seconds."""

    def all_of(name: str) -> int:
        return sum(getattr(score, name) for score in scores)

    def share(part: float, whole: float, empty: float) -> float:
        return round(part / whole, 4) if whole else empty

    waits = sorted(wait for score in scores for wait in score.waits)
    truths, shown = all_of("truths"), all_of("shown")
    counted = ("frames", "switches", "clear_switches", "meetings", "mistaken", "admitted")
    return {
        "runs": len(scores),
        **{name: all_of(name) for name in counted},
        "slot_switches": all_of("slots"),
        "idf1": share(2 * sum(_right(score.together) for score in scores), truths + shown, 1.0),
        "held": share(all_of("held"), truths, 1.0),
        "unsure": share(all_of("unsure"), shown, 0.0),
        "returns": all_of("returns"),
        "known_again": share(len(waits), all_of("returns"), 1.0),
        "known_again_s": round(median(waits), 3) if waits else 0.0,
        "known_again_max_s": round(waits[-1], 3) if waits else 0.0,
    }


def _right(together: Mapping[tuple[int, int], int]) -> int:
    """Return the frames in which everybody was held to be who they are, for the best choice of who that is."""
    actors = sorted({actor for actor, _ in together})
    people = sorted({person for _, person in together})
    costs = [[-float(together.get((actor, person), 0)) for actor in actors] for person in people]
    return round(-settle(costs, [0.0] * len(actors))[0]) if actors else 0


def watch(
    moments: Iterable[tuple[Sighting, Sequence[Pose]]], followers: Mapping[str, Follower]
) -> dict[str, Score]:
    """Let everybody see every sighting, and return how what they say compares with the truth beside it."""
    scores = {name: Score() for name in followers}
    for sighting, poses in moments:
        truth = Truth.of(poses, sighting.time)
        for name, follow in followers.items():
            scores[name].add(truth, follow(sighting))
    return scores
