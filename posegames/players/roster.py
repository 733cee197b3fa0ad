"""The roster: who is who, from sighting to sighting.

An estimator's list has no order and no identity; smoothing has memory, and memory belongs to a person. So identity
comes first, then smoothing, then prediction to the moment of display.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from posegames.body.likeness import oks
from posegames.body.measure import TORSO, torso_length
from posegames.body.pose import Floats, Pose
from posegames.body.smooth import BALANCED, OneEuro, Smoothing
from posegames.players.assignment import assign
from posegames.players.player import Player
from posegames.players.prediction import Velocity, horizon
from posegames.seeing.sighting import Sighting

MOST = 6
"""Slots there can be: as many as there are player colours."""
JOIN = 0.3
"""Seconds somebody must be seen before they take a slot: a flicker is nobody."""
PATIENCE = 0.2
"""Seconds a newcomer may be missing in sightings before they have to start again."""
GONE = 5.0
"""Seconds after which the slot of somebody not seen is free."""
SIZE_IN_TORSOS = 4.8
"""A region of interest's side, the unit of smoothing, in torso lengths."""
REACH, SPEED = 1.5, 3.0
"""How far from where they were last seen, in torso lengths, somebody is looked for: at once, and more a second."""


class Member:
    """Somebody the roster knows, player or newcomer, with the memory that is theirs alone."""

    def __init__(self, pose: Pose, time: float, smoothing: Smoothing) -> None:
        self.born = self.seen = time
        self.raw = pose
        self.torso = max(torso_length(pose), 1e-3)
        self._steady = OneEuro(smoothing)
        self.pose = replace(pose, xy=self._steady(pose.xy, time, self._size))
        self.velocity = Velocity(pose.xy, time)

    @property
    def _size(self) -> float:
        return self.torso * SIZE_IN_TORSOS

    def see(self, pose: Pose, time: float) -> None:
        """Take the newest body of this person."""
        dt = time - self.seen
        if pose.seen(TORSO):
            # A torso seen bent or from the side is shorter: grow with it at once, shrink with it slowly.
            length = torso_length(pose)
            settle = 0.3 if length > self.torso else 5.0
            self.torso += (length - self.torso) * (1 - math.exp(-dt / settle))
        self.pose = replace(pose, xy=self._steady(pose.xy, time, self._size))
        self.velocity.update(pose.xy, time)
        self.raw, self.seen = pose, time

    def distance(self, pose: Pose, time: float) -> float:
        """Return how unlike this person a body is; inf if it cannot be them."""
        if pose.track is not None and pose.track == self.raw.track:
            return -1.0  # the estimator followed them here
        moved = float(np.hypot(*(pose.middle(TORSO) - self.raw.middle(TORSO)))) / self.torso
        if moved > REACH + SPEED * (time - self.seen):
            return math.inf
        return 1 - oks(self.raw, pose, self._size / 2) + moved / 10

    def player(self, number: int, sighting: Sighting, now: float) -> Player:
        """Return them as of `now`, in slot `number`."""
        hidden = self.seen < sighting.time
        ahead = 0.0 if hidden else horizon(now - self.seen)
        velocity: Floats = self.velocity.value
        return Player(
            number=number,
            pose=self.pose,
            shown=replace(self.pose, xy=self.pose.xy + velocity * np.float32(ahead)),
            velocity=velocity,
            torso=self.torso,
            seen=self.seen,
            hidden=hidden,
        )


class Roster:
    """Slots 1 to `most` and the people in them. Absence is counted in the source's time: a stall frees no slot."""

    def __init__(self, most: int = 4, *, smoothing: Smoothing = BALANCED) -> None:
        if not 1 <= most <= MOST:
            raise ValueError(f"A roster has 1 to {MOST} slots, not {most}.")
        self._most = most
        self._smoothing = smoothing
        self._slots: dict[int, Member] = {}
        self._newcomers: list[Member] = []
        self._sighting: Sighting | None = None

    def update(self, sighting: Sighting | None, now: float) -> tuple[Player, ...]:
        """Take the newest sighting, if there is a new one, and return the players as of `now`, by slot."""
        if sighting is not None and (self._sighting is None or sighting.time > self._sighting.time):
            self._recognise(sighting)
            self._let_go(sighting.time)
            self._let_in(sighting.time)
            self._sighting = sighting
        latest = self._sighting
        if latest is None:
            return ()
        return tuple(self._slots[number].player(number, latest, now) for number in sorted(self._slots))

    @property
    def spectators(self) -> tuple[Pose, ...]:
        """Bodies in the newest sighting that have no slot."""
        time = self._sighting.time if self._sighting else None
        return tuple(member.pose for member in self._newcomers if member.seen == time)

    def _recognise(self, sighting: Sighting) -> None:
        known = [*self._slots.values(), *self._newcomers]
        costs = [[member.distance(pose, sighting.time) for pose in sighting.poses] for member in known]
        strangers = set(range(len(sighting.poses)))
        for row, column in assign(costs):
            known[row].see(sighting.poses[column], sighting.time)
            strangers.discard(column)
        self._newcomers += [Member(sighting.poses[i], sighting.time, self._smoothing) for i in sorted(strangers)]

    def _let_go(self, time: float) -> None:
        self._slots = {n: member for n, member in self._slots.items() if time - member.seen < GONE}
        self._newcomers = [member for member in self._newcomers if time - member.seen <= PATIENCE]

    def _let_in(self, time: float) -> None:
        """Give free slots to those seen long enough; from left to right on the (mirrored) screen."""
        ready = [m for m in self._newcomers if m.seen == time and m.seen - m.born >= JOIN]
        ready.sort(key=lambda m: (m.born, -float(m.pose.middle(TORSO)[0])))
        for member in ready:
            free = [n for n in range(1, self._most + 1) if n not in self._slots]
            if not free:
                return
            self._slots[free[0]] = member
            self._newcomers.remove(member)
