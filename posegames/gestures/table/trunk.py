"""Gestures of the trunk, and of where a body stands."""

from __future__ import annotations

from posegames.body.measure import TORSO
from posegames.gestures.measures import trunk as measure
from posegames.gestures.rows import Analogue, Held, Row

ROWS: tuple[Row, ...] = (
    Held(
        name="lean_left",
        blurb="the body leaning to the left",
        needs=TORSO,
        measure=measure.left_lean,
        enter=15,
        exit=9,
        ease=3,
        hold=0.1,
    ),
    Held(
        name="lean_right",
        blurb="the body leaning to the right",
        needs=TORSO,
        measure=measure.lean,
        enter=15,
        exit=9,
        ease=3,
        hold=0.1,
    ),
    Held(
        name="step_left",
        blurb="a step to the left of home",
        needs=TORSO,
        measure=measure.left_step,
        enter=0.6,
        exit=0.35,
        ease=0.12,
        hold=0.08,
    ),
    Held(
        name="step_right",
        blurb="a step to the right of home",
        needs=TORSO,
        measure=measure.step,
        enter=0.6,
        exit=0.35,
        ease=0.12,
        hold=0.08,
    ),
    # To the player's own right is right on the screen, which is a mirror.
    Analogue(name="lean", blurb="leaning left or right", needs=TORSO, measure=measure.lean, dead=5, full=25),
    Analogue(
        name="step", blurb="standing left or right of home", needs=TORSO, measure=measure.step, dead=0.1, full=0.6
    ),
    Analogue(
        name="advance",
        blurb="standing nearer or farther than home",
        needs=TORSO,
        measure=measure.advance,
        dead=0.04,
        full=0.15,
    ),
)
