"""The gestures there are: a row each. Adding one adds a row, and a function that measures it."""

from __future__ import annotations

from posegames.body.joints import Joint
from posegames.body.measure import HIPS, TORSO
from posegames.gestures import measures
from posegames.gestures.posture import LEFT, RIGHT
from posegames.gestures.rows import Analogue, Held, Pulse, Row

ARMS = (*LEFT.arm, *RIGHT.arm)
LEGS = (*TORSO, LEFT.ankle, RIGHT.ankle)

GESTURES: tuple[Row, ...] = (
    # First, for arms fly up with it, and knees bend before and after.
    Pulse(
        held=Held(
            name="jump",
            blurb="both feet off the floor",
            needs=TORSO,
            measure=measures.take_off,
            enter=1.0,
            exit=0.4,
            rest=0.4,
        ),
        at="begin",
        echo=0.8,
    ),
    Held(
        name="hands_up",
        blurb="both hands above the head",
        needs=(Joint.NOSE, *ARMS),
        measure=measures.both_raised,
        enter=0.1,
        exit=-0.1,
        hold=0.10,
        unless=("jump",),
    ),
    # One hand waits 0.12 s longer than both: two hands hardly ever come up in the same picture.
    Held(
        name="hand_up_left",
        blurb="the left hand above the head",
        needs=(Joint.NOSE, *LEFT.arm),
        measure=measures.left_raised,
        enter=0.1,
        exit=-0.1,
        hold=0.22,
        unless=("jump", "hands_up"),
    ),
    Held(
        name="hand_up_right",
        blurb="the right hand above the head",
        needs=(Joint.NOSE, *RIGHT.arm),
        measure=measures.right_raised,
        enter=0.1,
        exit=-0.1,
        hold=0.22,
        unless=("jump", "hands_up"),
    ),
    Held(
        name="t_pose",
        blurb="both arms straight out to the sides",
        needs=ARMS,
        measure=measures.spread,
        enter=1.0,
        exit=0.0,
        hold=0.4,
    ),
    # What follows from it, the pause, has a longer hold of its own.
    Held(
        name="arms_crossed",
        blurb="arms crossed before the chest",
        needs=(*ARMS, *HIPS),
        measure=measures.crossed,
        enter=0.1,
        exit=0.0,
        hold=0.2,
        linger=0.2,
    ),
    Pulse(
        held=Held(
            name="squat",
            blurb="down with the hips, and up again",
            needs=LEGS,
            measure=measures.squat,
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
        measure=measures.crouch,
        enter=0.25,
        exit=0.18,
        hold=0.08,
        rest=0.2,
    ),
    Held(
        name="lean_left",
        blurb="the body leaning to the left",
        needs=TORSO,
        measure=measures.left_lean,
        enter=15,
        exit=9,
        hold=0.1,
    ),
    Held(
        name="lean_right",
        blurb="the body leaning to the right",
        needs=TORSO,
        measure=measures.lean,
        enter=15,
        exit=9,
        hold=0.1,
    ),
    Held(
        name="step_left",
        blurb="a step to the left of home",
        needs=TORSO,
        measure=measures.left_step,
        enter=0.6,
        exit=0.35,
        hold=0.08,
    ),
    Held(
        name="step_right",
        blurb="a step to the right of home",
        needs=TORSO,
        measure=measures.step,
        enter=0.6,
        exit=0.35,
        hold=0.08,
    ),
    # To the player's own right is right on the screen, which is a mirror.
    Analogue(name="lean", blurb="leaning left or right", needs=TORSO, measure=measures.lean, dead=5, full=25),
    Analogue(
        name="step", blurb="standing left or right of home", needs=TORSO, measure=measures.step, dead=0.1, full=0.6
    ),
    Analogue(
        name="advance",
        blurb="standing nearer or farther than home",
        needs=TORSO,
        measure=measures.advance,
        dead=0.04,
        full=0.15,
    ),
)
"""In order of precedence: a row comes after those it gives way to."""
