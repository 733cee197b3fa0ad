"""Gestures of legs, and of the whole body on them."""

from __future__ import annotations

from posegames.body.measure import TORSO
from posegames.gestures.measures import legs as measure
from posegames.gestures.measures import one_leg
from posegames.gestures.measures.sided import SIDES, of
from posegames.gestures.posture import LEFT, RIGHT
from posegames.gestures.rows import Held, Pulse, Row

LEGS = (*TORSO, LEFT.ankle, RIGHT.ankle)
WHOLE_LEGS = (*LEGS, LEFT.knee, RIGHT.knee)
KICKS = ("kick_left", "kick_right")
RAISES = ("side_leg_raise_left", "side_leg_raise_right")

ROWS: tuple[Row, ...] = (
    # First, for arms and feet fly up with it.
    Pulse(
        held=Held(
            name="jumping_jack",
            blurb="feet apart and hands up, and together again",
            needs=(*LEGS, LEFT.wrist, RIGHT.wrist),
            measure=measure.jack,
            enter=1.8,
            exit=0.5,
            ease=0.15,
            rest=0.1,
        ),
        at="end",
        longest=2.5,
    ),
    Pulse(
        held=Held(
            name="lunge",
            blurb="one foot far in front, hips down, and up again",
            needs=WHOLE_LEGS,
            measure=measure.lunge,
            enter=1.0,
            exit=0.4,
            ease=0.2,
            hold=0.33,
            linger=0.2,
            unless=("jumping_jack",),
        ),
        at="end",
        longest=8.0,
        echo=0.6,
    ),
    # Arms fly up with it too, and knees bend before and after.
    Pulse(
        held=Held(
            name="jump",
            blurb="both feet off the floor",
            needs=TORSO,
            measure=measure.take_off,
            enter=1.0,
            exit=0.4,
            ease=0.2,
            rest=0.4,
            unless=("jumping_jack", "lunge"),
        ),
        at="begin",
        echo=0.8,
    ),
    *(
        Pulse(
            held=Held(
                name=f"side_leg_raise_{name}",
                blurb=f"the {name} leg, straight, up to its side and down again",
                needs=WHOLE_LEGS,
                measure=of(side, one_leg.side_leg_raise),
                enter=1.0,
                exit=0.6,
                ease=0.2,
                hold=0.1,
                linger=0.1,
                unless=("jumping_jack", "lunge", "jump"),
            ),
            at="end",
            longest=8.0,
            echo=0.3,
        )
        for name, side in SIDES.items()
    ),
    *(
        Pulse(
            held=Held(
                name=f"kick_{name}",
                blurb=f"the {name} foot, thrown forwards",
                needs=WHOLE_LEGS,
                measure=of(side, one_leg.kick),
                enter=1.0,
                exit=0.5,
                ease=0.2,
                rest=0.7,
                unless=("jumping_jack", "lunge", "jump", *RAISES),
            ),
            at="begin",
            echo=0.5,
        )
        for name, side in SIDES.items()
    ),
    *(
        Held(
            name=f"knee_up_{name}",
            blurb=f"the {name} knee up, as long as it lasts",
            needs=WHOLE_LEGS,
            measure=of(side, one_leg.knee_up),
            enter=1.0,
            exit=0.6,
            ease=0.2,
            hold=0.06,
            linger=0.1,
            unless=("jumping_jack", "lunge", "jump", *RAISES, *KICKS),
        )
        for name, side in SIDES.items()
    ),
    Pulse(
        held=Held(
            name="squat",
            blurb="down with the hips, and up again",
            needs=LEGS,
            measure=measure.squat,
            enter=0.32,
            exit=0.1,
            ease=0.05,
            hold=0.08,
            rest=0.2,
            linger=0.15,  # by then it is clear whether it was the beginning of a jump
            unless=("jumping_jack", "lunge", "jump"),
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
        ease=0.05,
        hold=0.08,
        rest=0.2,
        unless=("jumping_jack",),
    ),
)
