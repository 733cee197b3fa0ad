"""The gate: nobody becomes a player, old or new, who has given no sign of life.

It stands where joining is decided: so it holds for every estimator, and hides nothing. Sightings are as they were,
pictures by themselves lose nobody, posters are spectators. Players are never asked again, nor is whoever was lost
for a moment and is found as they were.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from posegames.body.likeness import oks
from posegames.players.person import Person
from posegames.players.trail import Trail
from posegames.seeing.liveness import Liveness
from posegames.seeing.sighting import Sighting

AS_THEY_WERE = 0.6
"""Keypoint similarity to the last pose of somebody missing, above which a still body is them."""


class Gate:
    """Watches the bodies that are nobody's."""

    def __init__(self) -> None:
        self._watched: dict[Trail, Liveness] = {}

    def watch(self, trails: Iterable[Trail], sighting: Sighting) -> None:
        """Look at those of nobody's `trails` that have yet to show life; others are forgotten."""
        self._watched = {trail: self._watched.get(trail) or Liveness() for trail in trails}
        for trail, liveness in self._watched.items():
            if sighting.frame is not None and trail.seen == sighting.time:
                near = trail.clear == math.inf
                others = [pose for pose in sighting.poses if pose is not trail.raw]
                liveness.watch(sighting.frame.picture, trail.raw, sighting.time, others, near=near)

    def passes(self, trail: Trail, sighting: Sighting, missing: Sequence[Person]) -> bool:
        """Whether a body may be somebody. Where there are no pictures, as on a tape, all are believed."""
        watched = self._watched.get(trail)
        if sighting.frame is None or watched is None or watched.alive:
            return True
        return any(oks(person.body.pose, trail.raw, trail.size / 2) > AS_THEY_WERE for person in missing)
