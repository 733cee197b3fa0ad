"""The roster: who is who, from sighting to sighting.

An estimator's list has no order and no identity; smoothing has memory, and memory belongs to a person. So identity
comes first, then smoothing, then prediction to the moment of display.

A body is followed as a trail, by where it is; a person is known by colours, size and place. Whose trail it is, is
settled while people are apart, open while they are in each other's way, and asked again after.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from posegames.body.likeness import oks
from posegames.body.measure import TORSO
from posegames.body.pose import Pose
from posegames.body.smooth import BALANCED, Smoothing, low_pass
from posegames.players.appearance import Appearance, appearances
from posegames.players.assignment import assign
from posegames.players.course import drawn
from posegames.players.identity import CLEAN, CLOSE, distances, meet, recognise, settled
from posegames.players.person import BLIND, WELL, Person
from posegames.players.player import Player
from posegames.players.prediction import horizon
from posegames.players.trail import GLIMPSE, Trail, expected, follow, trunks
from posegames.seeing.sighting import Sighting

MOST = 6
"""Slots there can be: as many as there are player colours."""
JOIN = 0.3
"""Seconds somebody must be seen before they take a slot: a flicker is nobody."""
CROWDED = 3.0
"""How many times longer where others are near: what comes out of a tangle is mostly one of those who went in."""
PATIENCE = 0.2
"""Seconds a body may be missing in sightings before whatever comes is asked who it is."""
GONE = 5.0
"""Seconds after which the slot of somebody not seen is free."""
REMEMBERED = 12
"""People without a slot who are remembered; of more, those who left first are forgotten."""
AS_THEY_WERE = 0.6
"""Keypoint similarity to the last pose of somebody missing, above which a body without a sign of life is them."""
GLANCE = 0.1
"""Seconds between two looks at the clothes of those who are known."""


class Roster:
    """Slots 1 to `most` and the people in them. Absence is counted in the source's time: a stall frees no slot."""

    def __init__(
        self, most: int = 4, *, smoothing: Smoothing = BALANCED, living: bool = True, asks: bool = False
    ) -> None:
        """`living` lets nobody join who has shown no sign of life (see `Pose.alive`): a poster, to play with.

        `asks` lets only those join who hold a hand above the head; who has joined once is not asked again.
        """
        if not 1 <= most <= MOST:
            raise ValueError(f"A roster has 1 to {MOST} slots, not {most}.")
        self._most, self._living, self._asks = most, living, asks
        self.smoothing = smoothing
        """How bodies are smoothed; `smooth` exchanges it."""
        self._trails: list[Trail] = []
        self._people: list[Person] = []
        self._begun = self._met = 0
        self._sighting: Sighting | None = None

    def update(self, sighting: Sighting | None, now: float) -> tuple[Player, ...]:
        """Take the newest sighting, if there is a new one, and return the players as of `now`, by slot."""
        if sighting is not None and (self._sighting is None or sighting.time > self._sighting.time):
            self._follow(sighting)
            self._identify(sighting)
            self._let_in(sighting)
            self._let_go(sighting.time)
            self._sighting = sighting
        latest = self._sighting
        if latest is None:
            return ()
        players = sorted((p for p in self._people if p.slot is not None), key=lambda p: p.slot or 0)
        ahead = [0.0 if p.body.seen < latest.time else horizon(now - p.body.seen) for p in players]
        shown = drawn([person.body.course for person in players], ahead)
        return tuple(_player(*row, latest) for row in zip(players, shown, strict=True))

    def smooth(self, smoothing: Smoothing) -> None:
        """Go on with another smoothing: for those who are here, and for whoever comes."""
        self.smoothing = smoothing

    @property
    def trails(self) -> tuple[Trail, ...]:
        """Bodies that are followed, whoever's they are; one that is missed for a moment is among them."""
        return tuple(self._trails)

    @property
    def spectators(self) -> tuple[Pose, ...]:
        """Bodies in the newest sighting that have no slot."""
        time = self._sighting.time if self._sighting else None
        playing = {person.trail for person in self._people if person.slot is not None}
        return tuple(trail.pose for trail in self._trails if trail.seen == time and trail not in playing)

    def _follow(self, sighting: Sighting) -> None:
        """Tell each trail where its body is now; begin new ones."""
        time, poses = sighting.time, sighting.poses
        bodies = trunks(poses)
        apart = distances(expected(self._trails, time) if self._trails else [], [body.place for body in bodies])
        sizes = np.array([trail.torso for trail in self._trails])
        moved = apart / sizes[:, None]
        others = (moved < CLOSE).sum(axis=0) - (moved < CLOSE)
        costs = [
            [
                trail.apart(pose, float(moved[row, column]), time, alone=others[row, column] == 0)
                for column, pose in enumerate(poses)
            ]
            for row, trail in enumerate(self._trails)
        ]
        strangers = dict(enumerate(poses))
        pairs = sorted(assign(costs))  # as they were: what is known of them stays together
        for row, column in pairs:
            self._trails[row].see(strangers.pop(column), bodies[column], float(moved[row, column]), time)
        follow([self._trails[row] for row, _ in pairs], time, self.smoothing)
        # As they stand, not as they are listed; from left to right on the (mirrored) screen.
        for column in sorted(strangers, key=lambda column: -float(bodies[column].place[0])):
            self._begun += 1
            trail = Trail(self._begun, strangers[column], bodies[column], time)
            self._trails.append(trail)

    def _identify(self, sighting: Sighting) -> None:
        time, before = sighting.time, self._sighting.time if self._sighting else sighting.time
        seen = [trail for trail in self._trails if trail.seen == time]
        nearest = meet(seen, self._people, time)
        self._glance([trail for trail in seen if nearest[trail] >= CLEAN], sighting, before)
        owned = {person.trail for person in self._people}
        believed = {t: apart for t, apart in nearest.items() if t in owned or self._passes(t)}
        recognise(believed, self._people, time)
        for person in self._people:
            body = person.trail
            if body is None or body.seen < time:
                continue
            person.show(body)
            body.sure = body.sure or settled(body, time, pictured=sighting.frame is not None)
            if body.sure:
                person.learn(body)

    @staticmethod
    def _glance(trails: Sequence[Trail], sighting: Sighting, before: float) -> None:
        """Look at those who are clear of others."""
        time, looks = sighting.time, dict[Trail, Appearance | None]()
        if sighting.frame is not None:
            all_due = math.floor(time / GLANCE) > math.floor(before / GLANCE)
            due = [trail for trail in trails if all_due or not trail.sure]
            looks = dict(zip(due, appearances(sighting.frame.picture, [t.raw for t in due]), strict=True))
        share = float(low_pass(GLIMPSE, max(time - before, 1e-3)))
        for trail in trails:
            trail.glance(looks.get(trail), time, share)

    def _let_go(self, time: float) -> None:
        self._trails = [trail for trail in self._trails if time - trail.seen <= PATIENCE]
        for person in self._people:
            if person.trail is not None and person.trail not in self._trails:
                person.trail = None
            if person.slot is not None and time - person.body.seen >= GONE:
                person.slot, person.old_slot = None, person.slot
        away = [person for person in self._people if person.slot is None and person.trail is None]
        for person in sorted(away, key=lambda person: person.body.seen)[: max(0, len(away) - REMEMBERED)]:
            self._people.remove(person)

    def _let_in(self, sighting: Sighting) -> None:
        """Make people of bodies seen long enough, and give free slots to those who are here.

        It comes before the letting go: a slot is empty for a moment before it is somebody else's.
        """
        time, known = sighting.time, {person.trail for person in self._people}
        for trail in self._trails:
            if trail not in known and trail.seen == time and self._ripe(trail, sighting):
                self._met += 1
                self._people.append(Person(self._met, trail))
        waiting = [p for p in self._people if p.slot is None and p.trail is not None and p.trail.seen == time]
        waiting = [person for person in waiting if person.asked or not self._asks]
        waiting.sort(key=lambda p: (p.born, -float(p.body.pose.middle(TORSO)[0])))
        for person in waiting:
            free = [n for n in range(1, self._most + 1) if n not in {p.slot for p in self._people}]
            if not free:
                return
            person.slot = person.old_slot if person.old_slot in free else free[0]

    def _ripe(self, trail: Trail, sighting: Sighting) -> bool:
        """Whether a body that nobody knows has been seen long enough to be a new person."""
        alone = sighting.time - max(trail.free, trail.clear)
        crowded = (sighting.time - trail.free) / CROWDED
        waited = alone if trail.clear < math.inf else crowded
        missed = any(person.trail is None for person in self._people)
        looked = sighting.frame is None or trail.looks >= WELL or not missed
        return waited >= JOIN and (looked or waited >= BLIND) and self._passes(trail)

    def _passes(self, trail: Trail) -> bool:
        """Whether a nobody may be somebody, new or old: alive, or as one who is missing was when last seen."""
        if trail.raw.alive or not self._living:
            return True
        missing = [person for person in self._people if person.slot is not None and person.trail is None]
        return any(oks(person.body.pose, trail.raw, trail.size / 2) > AS_THEY_WERE for person in missing)


def _player(person: Person, shown: Pose, sighting: Sighting) -> Player:
    body = person.body
    assert person.slot is not None
    return Player(
        number=person.slot,
        pose=body.pose,
        raw=body.raw,
        shown=shown,
        velocity=body.course.velocity,
        torso=body.torso,
        seen=body.seen,
        hidden=body.seen < sighting.time,
        person=person.number,
        certain=sighting.time >= person.doubtful,
        aspect=sighting.aspect,
    )
