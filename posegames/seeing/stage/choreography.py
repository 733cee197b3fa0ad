"""A play, actors and a seed: where every joint is at any time. numpy only."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posegames.body.joints import COUNT
from posegames.body.pose import Floats, Pose
from posegames.seeing.stage.cover import covered
from posegames.seeing.stage.figure import PELVIS, bodies
from posegames.seeing.stage.idle import Idle
from posegames.seeing.stage.motion import Motion, stride
from posegames.seeing.stage.moves import table
from posegames.seeing.stage.paths import routes
from posegames.seeing.stage.play import Cue, Play
from posegames.seeing.stage.pose import pose
from posegames.seeing.stage.stance import rest
from posegames.seeing.stage.view import View

METRES = 1.72
"""Height of the middling actor."""
_WORLD = np.array([METRES, -METRES, -METRES])
"""From the stage's directions to those of `Pose.world`."""


@dataclass(frozen=True, slots=True, eq=False)
class Actor:
    """A body on the stage at one moment, as the painter needs it."""

    number: int
    """From 1."""
    space: Floats
    """(points, 3): see `figure`."""
    picture: Floats
    """(points, 2) in frame heights."""
    scale: float
    """Frame heights a body height measures at the hips."""
    stance: Floats
    """(channels,): see `stance`."""
    blink: bool


class Choreography:
    """What happens on the stage. The same play, actors and seed always move the same way."""

    def __init__(self, play: Play, *, actors: int = 3, seed: int = 0, aspect: float = 16 / 9) -> None:
        """Cast the number of actors nearest to `actors` that the play allows; `aspect` is the picture's width.

        Raises SourceError for a play that is not possible.
        """
        if not (math.isfinite(aspect) and 0.2 <= aspect <= 5):
            raise ValueError(f"A picture {aspect} times as wide as high is no stage.")
        self.play = play
        self.cast = play.cast(actors)
        self.view = View.of(self.cast, aspect)
        self.cues: tuple[Cue, ...] = tuple(cue for cue in play.cues if cue.actor <= self.cast)
        """What happens when: the truth to compare gestures with. Times are of the first pass of a loop."""
        self._routes = routes(play, self.cast)
        moves = table()
        danced = [
            Motion(cue, pose(cue.seconds, dict(cue.angles)) if cue.angles else moves[cue.move])
            for cue in self.cues
            if cue.angles or moves[cue.move].keys
        ]
        self._motions = [
            [motion for motion in danced if motion.cue.actor == number] for number in range(1, self.cast + 1)
        ]
        self._idle = Idle(self.cast, play.seconds, seed)

    def at(self, time: float) -> tuple[Pose, ...]:
        """Return the poses of those in the picture, each with its actor's number as `track`.

        `time` in seconds; a play that loops begins again, another one stands still at its end. Joints outside the
        picture, or hidden by somebody nearer, have confidence 0; `world` is in metres.
        """
        return tuple(self.poses(self.actors(time)))

    def actors(self, time: float) -> list[Actor]:
        """Return the bodies on the stage at `time`, the farthest first."""
        if not math.isfinite(time):
            raise ValueError(f"There is no time {time}.")
        time = time % self.play.seconds if self.play.loop else min(max(time, 0.0), self.play.seconds)
        stances, roots = rest(self.cast), np.zeros((self.cast, 2))
        self._idle.sway(stances, time)
        here: list[int] = []
        for index in range(self.cast):
            if self._place(index, time, stances[index], roots[index]):
                here.append(index)
            for motion in self._motions[index]:
                if motion.cue.time < time < motion.cue.end:
                    motion.apply(stances[index], time)
        space = bodies(stances, roots)
        picture = self.view.project(space)
        scale = self.view.scale(space[:, PELVIS, 2])
        blinks = self._idle.blinks(time)
        return [
            Actor(i + 1, space[i], picture[i], float(scale[i]), stances[i], blinks[i])
            for i in sorted(here, key=lambda i: float(roots[i, 1]))
        ]

    def poses(self, actors: list[Actor]) -> list[Pose]:
        """Return the truth about `actors` (the farthest first), in order of their numbers."""
        found = []
        for place, actor in enumerate(actors):
            xy = actor.picture[:COUNT]
            inside: NDArray[np.bool_] = np.all((xy >= 0) & (xy <= (self.view.aspect, 1)), axis=1)
            for other in actors[place + 1 :]:
                inside &= ~covered(xy, other.picture, other.scale)
            if not inside.any():
                continue
            apart = actor.space[:COUNT] - actor.space[PELVIS]
            found.append(
                Pose(
                    xy,
                    inside.astype(np.float32),
                    z=-apart[:, 2] * actor.scale,
                    world=apart * _WORLD,
                    track=actor.number,
                )
            )
        return sorted(found, key=lambda pose: pose.track or 0)

    def _place(self, index: int, time: float, stance: Floats, root: Floats) -> bool:
        """Fill in where an actor stands or walks; return whether on the stage at all."""
        route = self._routes[index]
        leg, x = route.at(time)
        z = -route.home.depth
        root[1] = z
        if leg is not None:
            start, end = self._across(leg.start, z), self._across(leg.end, z)
            root[0] = start + stride(stance, time - leg.time, leg.seconds, end - start)
        elif math.isinf(x):
            return False
        else:
            root[0] = self.view.across(x, z)
        return True

    def _across(self, x: float, z: float) -> float:
        return math.copysign(self.view.off(z), x) if math.isinf(x) else self.view.across(x, z)
