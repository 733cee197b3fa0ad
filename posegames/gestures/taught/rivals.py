"""What people do besides: the gestures posegames knows, done on the stage, to tell taught ones from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from posegames.body.measure import torso_length
from posegames.body.pose import Pose
from posegames.gestures.posture import Posture
from posegames.gestures.taught.features import Shape
from posegames.gestures.taught.motion import Clip, Motion
from posegames.gestures.taught.spans import all_spans
from posegames.players.player import Player
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.moves import table
from posegames.seeing.stage.script import load_play, parse_play

PLAY = "gestures"
"""The play in which an actor does every gesture there is."""
EVERYDAY = """
seconds 26
actors 1
1.5   1  walk to=0.35
6     1  walk to=0.65
10.5  1  cross
15.5  1  sit
21    1  stand
"""
"""And what is none."""
RATE = 12.0
"""Looks a second."""
BEFORE, AFTER = 0.6, 0.7
"""Seconds that are looked at around each."""


@dataclass(frozen=True, slots=True, eq=False)
class Act:
    """Something done once."""

    name: str
    """The gesture, or the move where it is none."""
    looks: tuple[Player, ...]
    clips: tuple[Clip, ...]
    """Every stretch of it that may be a move."""
    shapes: tuple[Shape, ...]
    """How the body looks in the midst of it, and before."""


def acts() -> tuple[Act, ...]:
    """Return everything there is to tell a taught gesture from. About two seconds of work (one core)."""
    return tuple(_acts())


def _acts() -> Iterator[Act]:
    moves = table()
    for play in (load_play(PLAY), parse_play(EVERYDAY, name="everyday")):
        stage = Choreography(play, actors=1)
        for cue in stage.cues:
            times = np.arange(cue.time - BEFORE, cue.end + AFTER, 1 / RATE).tolist()
            seen = [(time, pose) for time in times for pose in stage.at(time)]
            # As they stand first, upright: the slow measure that a roster would have.
            torso = torso_length(seen[0][1])
            looks = tuple(_look(pose, time, torso) for time, pose in seen)
            postures = [Posture.of(look) for look in looks]
            motion = Motion.of(postures)
            spans = all_spans(motion.times, motion.limbs, motion.seen)
            midst = [
                posture for posture in postures if abs(posture.time - (cue.time + cue.end) / 2) < cue.seconds / 6
            ]
            yield Act(
                moves[cue.move].gesture or cue.move,
                looks,
                tuple(motion.clip(span.start, span.end) for span in spans),
                tuple(Shape.of_posture(posture) for posture in (postures[0], *midst[::3])),
            )


def _look(pose: Pose, time: float, torso: float) -> Player:
    return Player(1, pose, pose, np.zeros_like(pose.xy), torso, time, person=1)
