"""Gestures of legs, and of the whole body on them."""

from __future__ import annotations

from posegames.body.measure import TORSO
from posegames.gestures.measures import legs as measure
from posegames.gestures.posture import LEFT, RIGHT
from posegames.gestures.rows import Held, Pulse, Row

LEGS = (*TORSO, LEFT.ankle, RIGHT.ankle)

ROWS: tuple[Row, ...] = (
    # First, for arms fly up with it, and knees bend before and after.
    Pulse(
        held=Held(
            name="jump",
            blurb="both feet off the floor",
            needs=TORSO,
            measure=measure.take_off,
            enter=1.0,
            exit=0.4,
            rest=0.4,
        ),
        at="begin",
        echo=0.8,
    ),
    Pulse(
        held=Held(
            name="squat",
            blurb="down with the hips, and up again",
            needs=LEGS,
            measure=measure.squat,
            enter=0.32,
            exit=0.1,
            hold=0.08,
            rest=0.2,
            linger=0.15,  # by then it is clear whether it was the beginning of a jump
            unless=("jump",),
        ),
        at="end",
        longest=8.0,
    ),
    Held(
        name="duck",
        blurb="down with the hips, as long as it lasts",
        needs=LEGS,
        measure=measure.crouch,
        enter=0.25,
        exit=0.18,
        hold=0.08,
        rest=0.2,
    ),
)
