"""The moment at which a move of the stage is the gesture it is: from here latency is counted.

Of a stroke it is the far end of its way, of a jump the take-off: both are stances of the move's own script
(`PEAKS`). Of a repetition it is the completion: nine tenths of the last way home. Of what is held it is the
instant at which the definition has been met for its hold: the rows of the table are asked, on the true body, 120
times a second, with neither noise nor smoothing between. So it is with what has no single peak, a wave.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from posegames.body.measure import torso_length
from posegames.body.pose import Floats, Pose
from posegames.events import Gesture
from posegames.gestures.recogniser import Recogniser
from posegames.gestures.rows import Pulse
from posegames.gestures.table import GESTURES
from posegames.players.player import Player
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.moves import table
from posegames.seeing.stage.play import Cue
from posegames.tools.gesturetest.along import stem
from posegames.tools.gesturetest.bodies import ASPECT, DISTANCES, MIDDLING, Body, Trajectory
from posegames.tools.gesturetest.matching import LATE, told
from posegames.tools.gesturetest.staged import gesture_of, labels

RATE = 120.0
"""Times a second the truth is asked."""
LEAD = 1.2
"""Seconds before a cue from which it is watched: for the recogniser to know where its player stands."""
PEAKS: Mapping[str, float] = MappingProxyType(
    {
        "punch": 0.46,  # the arm is out
        "kick": 0.46,  # the foot is as high as it gets, and as far
        "knee_up": 0.38,  # the knee is
        "side_leg_raise": 0.40,  # the foot is
        "lunge": 0.34,  # the hips are as low as they get
        "swipe": 0.62,  # the hand has come to the end of its way
        "swipe_up": 0.60,
        "swipe_down": 0.64,
        "clap": 0.50,  # the hands are together
        "jump": 0.36,  # the feet leave the floor
    }
)
"""By move: the share of its length at which its script has the stance that counts."""
HOME = 0.804
"""Share of an eased way's time in which nine tenths of it are made."""


def moments(
    cues: Iterable[Cue], stage: Choreography, body: Body = MIDDLING, *, rate: float = RATE
) -> dict[Cue, float]:
    """Return the moments, seconds of the play, of those cues that have one, for somebody built like `body`."""
    found = {}
    for cue in cues:
        gesture = gesture_of(cue)
        share = _share(cue, gesture)
        if share is not None:
            found[cue] = cue.time + share * cue.seconds
        elif gesture and (met := _met(cue, stage, body, rate)) is not None:
            found[cue] = met
    return found


def _share(cue: Cue, gesture: str) -> float | None:
    """Return when the move is done, as a share of its length; None where the definition has to say."""
    row = next((row for row in GESTURES if row.name == gesture), None)
    if not isinstance(row, Pulse):
        return None
    if row.at == "end":
        last = table()[cue.move].keys[-1].share
        return last + HOME * (1 - last)
    return PEAKS.get(cue.move, PEAKS.get(stem(cue.move)))


def _met(cue: Cue, stage: Choreography, body: Body, rate: float) -> float | None:
    """Return when the table's definition is met, and has been for its hold, by the true body."""
    (label,) = labels([cue])
    times = np.arange(max(0.0, cue.time - LEAD), cue.end + LATE, 1 / rate)
    truth = Trajectory.of(stage, times, actor=cue.actor).built(body)
    return next((event.t for event in ideal(times, truth.seen(DISTANCES[1])) if label.told_by(event)), None)


def ideal(times: Floats, poses: Sequence[Pose]) -> Iterator[Gesture]:
    """Yield what the table makes of true `poses`, with nothing between."""
    recogniser = Recogniser()
    still, torso = np.zeros_like(poses[0].xy), torso_length(poses[0])
    for time, pose in zip(times.tolist(), poses, strict=True):
        player = Player(1, pose, pose, still, torso, time, person=1, aspect=ASPECT)
        yield from told(recogniser.update((player,), time))
