"""Gestures of arms and hands."""

from __future__ import annotations

from posegames.body.joints import Joint
from posegames.body.measure import HIPS
from posegames.gestures.measures import arms as measure
from posegames.gestures.measures.sided import SIDES, of
from posegames.gestures.posture import LEFT, RIGHT
from posegames.gestures.rows import Held, Row

ARMS = (*LEFT.arm, *RIGHT.arm)

ROWS: tuple[Row, ...] = (
    Held(
        name="hands_up",
        blurb="both hands above the head",
        needs=(Joint.NOSE, *ARMS),
        measure=measure.both_raised,
        enter=0.1,
        exit=-0.1,
        ease=0.1,
        hold=0.10,
        unless=("jump",),
    ),
    # One hand waits longer than both: two hands hardly ever come up in the same picture, and a hand that swipes
    # up, or winds up to swipe down, is above the head for about as long.
    *(
        Held(
            name=f"hand_up_{name}",
            blurb=f"the {name} hand above the head",
            needs=(Joint.NOSE, *side.arm),
            measure=of(side, measure.raised),
            enter=0.1,
            exit=-0.1,
            ease=0.1,
            hold=0.3,
            unless=("jump", "hands_up"),
        )
        for name, side in SIDES.items()
    ),
    Held(
        name="t_pose",
        blurb="both arms straight out to the sides",
        needs=ARMS,
        measure=measure.spread,
        enter=1.0,
        exit=0.0,
        hold=0.4,
        ease=0.25,
        entered=True,
    ),
    # What follows from it, the pause, has a longer hold of its own.
    Held(
        name="arms_crossed",
        blurb="arms crossed before the chest",
        needs=(*ARMS, *HIPS),
        measure=measure.crossed,
        enter=0.09,
        exit=0.0,
        ease=0.04,
        hold=0.2,
        linger=0.2,
    ),
)
