"""Who is who, against the truth: how often somebody becomes somebody else, and how soon they are known again."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

import numpy as np

from posegames.body.measure import TORSO, torso_length
from posegames.body.pose import Pose
from posegames.players.assignment import assign, settle
from posegames.players.identity import distances
from posegames.players.player import Player
from posegames.players.roster import Roster
from posegames.seeing.estimators.base import Estimator
from posegames.seeing.sighting import Sighting
from posegames.seeing.sources.base import Source
from posegames.tools.crowd import Witness, crowd

NEAR = 0.5
"""Torso lengths between the middles of two torsos, up to which a player is held to be that actor."""
APART = 1.0
"""Torso lengths between two actors, below which nobody can say whose body it is: there, nobody is compared."""
SEEN = 0.5
"""Share of an actor's joints that must be in sight for anybody to be expected to see them."""
AFTER = 0.5
"""Seconds after people were near each other at which it is asked whether they are still who they were."""
ENTRY = 0.3
"""Seconds out of sight after which somebody's coming back is timed."""

Figures = dict[str, float]


@dataclass(slots=True)
class _Actor:
    """One who really is there."""

    person: int = 0
    """Who they were held to be the last time."""
    slot: int = 0
    sighted: float = -math.inf
    """When they were last in sight, in the truth."""
    met: float | None = None
    """When they were last near somebody, if that is not judged yet."""
    before: int = 0
    """Who they were held to be before that."""
    since: float | None = None
    """When they came into sight and nobody has known them yet."""


@dataclass(slots=True)
class Score:
    """Counts of one run, as CLEAR MOT (Bernardin and Stiefelhagen 2008) and IDF1 (Ristani et al. 2016) have them.

    People are told apart by `Player.person`.
    """

    frames: int = 0
    truths: int = 0
    """Actors in sight, over all frames."""
    held: int = 0
    """Of them, those with a player."""
    shown: int = 0
    """Players in sight, over all frames."""
    switches: int = 0
    """Times an actor was held to be another person than before."""
    slots: int = 0
    """Times an actor had another slot than before."""
    meetings: int = 0
    """Times an actor came out of the nearness of another one."""
    mistaken: int = 0
    """Of them, those where they were another person than before, half a second later."""
    admitted: int = 0
    """Of those, the ones where it was said that it is not certain."""
    waits: list[float] = field(default_factory=list)
    """Seconds from coming back into sight to being known as who they are."""
    unsure: int = 0
    """Players who were said to be uncertain, over all frames."""
    together: dict[tuple[int, int], int] = field(default_factory=dict)
    """Frames in which this actor was held to be this person."""
    _actors: dict[int, _Actor] = field(default_factory=dict)

    def add(self, truth: Sequence[Pose], players: Sequence[Player], time: float) -> None:
        """Compare one moment; `track` of a true pose is the actor's number."""
        here = [pose for pose in truth if (pose.confidence > 0).mean() >= SEEN]
        bodies = [player for player in players if not player.hidden]
        self.frames += 1
        self.truths += len(here)
        self.shown += len(bodies)
        self.unsure += sum(not player.certain for player in bodies)
        for pose in here:
            actor = self._actors.setdefault(pose.track or 0, _Actor())
            if time - actor.sighted > ENTRY:
                actor.since = time
            actor.sighted = time
        alone = _alone(truth)
        for pose, player in self._pairs(here, bodies):
            number = pose.track or 0
            self.held += 1
            pair = number, player.person
            self.together[pair] = self.together.get(pair, 0) + 1
            actor = self._actors[number]
            if number not in alone:
                actor.before = actor.before if actor.met is not None else actor.person
                actor.met = time
                continue
            self.switches += actor.person not in (0, player.person)
            if actor.met is not None and time - actor.met >= AFTER:
                self.meetings += actor.before > 0
                mistaken = actor.before not in (0, player.person)
                self.mistaken += mistaken
                self.admitted += mistaken and not player.certain
                actor.met = None
            self.slots += actor.slot not in (0, player.number)
            if actor.since is not None and actor.person in (0, player.person):
                if actor.person:
                    self.waits.append(time - actor.since)
                actor.since = None
            actor.person, actor.slot = player.person, player.number

    def _pairs(self, truth: list[Pose], players: list[Player]) -> list[tuple[Pose, Player]]:
        apart = distances(
            [pose.middle(TORSO) for pose in truth], [player.pose.middle(TORSO) for player in players]
        )
        apart /= np.array([max(torso_length(pose), 1e-3) for pose in truth])[:, None]
        before = np.array([self._actors[pose.track or 0].person for pose in truth]).reshape(-1, 1)
        now = np.array([player.person for player in players])
        # What held before, and still may, holds on.
        costs = np.where(apart <= NEAR, apart - (before == now), math.inf)
        return [(truth[row], players[column]) for row, column in assign(costs)]

    def figures(self) -> Figures:
        """Return the figures of the run."""
        return total([self])


def _alone(poses: Sequence[Pose]) -> set[int]:
    """Return the numbers of those who are apart from everybody else."""
    places = [pose.middle(TORSO) for pose in poses]
    apart = distances(places, places)
    np.fill_diagonal(apart, math.inf)
    return {
        pose.track or 0
        for pose, row in zip(poses, apart, strict=True)
        if row.min(initial=math.inf) >= APART * torso_length(pose)
    }


def total(scores: Sequence[Score]) -> Figures:
    """Return the figures of several runs together; times in seconds."""
    waits = sorted(wait for score in scores for wait in score.waits)
    truths, shown = sum(score.truths for score in scores), sum(score.shown for score in scores)
    right = sum(_right(score.together) for score in scores)
    return {
        "runs": len(scores),
        "frames": sum(score.frames for score in scores),
        "switches": sum(score.switches for score in scores),
        "meetings": sum(score.meetings for score in scores),
        "mistaken": sum(score.mistaken for score in scores),
        "admitted": sum(score.admitted for score in scores),
        "slot_switches": sum(score.slots for score in scores),
        "idf1": round(2 * right / (truths + shown), 4) if truths + shown else 1.0,
        "held": round(sum(score.held for score in scores) / truths, 4) if truths else 1.0,
        "unsure": round(sum(score.unsure for score in scores) / shown, 4) if shown else 0.0,
        "returns": len(waits),
        "known_again_s": round(median(waits), 3) if waits else 0.0,
        "known_again_max_s": round(waits[-1], 3) if waits else 0.0,
    }


def _right(together: dict[tuple[int, int], int]) -> int:
    """Return the frames in which everybody was held to be who they are, for the best choice of who that is."""
    actors = sorted({actor for actor, _ in together})
    people = sorted({person for _, person in together})
    costs = [[-float(together.get((actor, person), 0)) for actor in actors] for person in people]
    return round(-settle(costs, [0.0] * len(actors))[0]) if actors else 0


def compare(moments: Iterable[tuple[Sighting, Sequence[Pose]]], roster: Roster) -> Score:
    """Let `roster` see every sighting, and return how what it makes of it compares with the truth beside it."""
    score = Score()
    for sighting, truth in moments:
        score.add(truth, roster.update(sighting, sighting.time), sighting.time)
    return score


def staged(source: Source, estimator: Estimator, *, players: int = 4, seconds: float | None = None) -> Figures:
    """Return the figures of an opened source that knows the truth (the stage), as an opened estimator sees it.

    Only up to `seconds` of it: some plays have no end.
    """
    return compare(_seen(source, estimator, math.inf if seconds is None else seconds), Roster(players)).figures()


def crowded(
    runs: int, *, rate: float = 30.0, seed: int = 0, equal: bool = False, colours: bool = True, hints: bool = True
) -> Figures:
    """Return the figures of `runs` crowds of two, three and four people in turn, each of its own seed.

    See `Witness` for what `equal`, `colours` and `hints` mean.
    """
    scores = []
    for run in range(seed, seed + runs):
        actors = 2 + run % 3
        play = crowd(run, actors=actors)
        witness = Witness(play, actors=actors, rate=rate, seed=run, equal=equal, colours=colours, hints=hints)
        scores.append(compare(witness.moments(), Roster(actors)))
    return total(scores)


def _seen(source: Source, estimator: Estimator, end: float) -> Iterator[tuple[Sighting, Sequence[Pose]]]:
    while not source.ended:
        frame = source.read()
        if frame is None:
            continue
        if frame.time >= end:
            return
        yield Sighting(frame.time, frame.number, estimator.estimate(frame), frame.aspect, frame), frame.truth
