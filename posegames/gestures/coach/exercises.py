"""The exercises there are: a row each, with what they ask for and what is often wrong with them."""

from __future__ import annotations

from collections.abc import Callable

from posegames.body.measure import TORSO
from posegames.events import BodySide
from posegames.gestures.coach import form
from posegames.gestures.coach.attempt import Exercise, Fault, Part
from posegames.gestures.posture import LEFT, RIGHT, Posture, Side

LEGS = (*TORSO, LEFT.knee, LEFT.ankle, RIGHT.knee, RIGHT.ankle)

KNEES_IN = Fault("knees in", form.caved, above=0.07)
"""0.07 torso lengths are 3.5 cm of an adult: seen from the front, thigh and shin then make an angle of 10 degrees,
what healthy people do not quite reach when they land from a jump (Munro, Herrington and Comfort 2012: 6 to 9)."""
LEANING = Fault("leaning forward", form.bowed, above=55)
SIDEWAYS = Fault("leaning sideways", form.leaned, above=30)

SIDES: tuple[tuple[BodySide, Side], ...] = (("left", LEFT), ("right", RIGHT))


def _always(side: BodySide) -> Callable[[Posture], BodySide]:
    return lambda _posture: side


EXERCISES: tuple[Exercise, ...] = (
    Exercise(
        name="squat",
        gesture="squat",
        needs=LEGS,
        parts=(Part("not deep enough", form.down, form.bent),),
        depth=form.level_thighs,
        faults=(KNEES_IN, LEANING, Fault("too fast", form.pace, above=120)),
    ),
    Exercise(
        name="jumping_jack",
        gesture="jumping_jack",
        needs=(*LEGS, LEFT.wrist, RIGHT.wrist),
        parts=(Part("arms not up", form.both_arms, form.arms), Part("feet not apart", form.feet_apart)),
        depth=form.open_wide,
        faults=(Fault("too fast", form.pace, above=150),),
    ),
    Exercise(
        name="lunge",
        gesture="lunge",
        side=form.in_front,
        needs=LEGS,
        parts=(Part("not deep enough", form.lowered), Part("step too short", form.strode)),
        depth=form.level_thigh,
        faults=(LEANING,),  # whether the knee behind is bent cannot be seen from the front
    ),
    *(
        Exercise(
            name="knee_up",
            gesture=f"knee_up_{name}",
            side=_always(name),
            needs=LEGS,
            parts=(Part("knee not high enough", form.knee_raised(side)),),
            depth=form.knee_height(side),
            faults=(LEANING,),
            brief=0.6,
        )
        for name, side in SIDES
    ),
    *(
        Exercise(
            name="side_leg_raise",
            gesture=f"side_leg_raise_{name}",
            side=_always(name),
            needs=LEGS,
            parts=(Part("leg not high enough", form.leg_raised(side)),),
            depth=form.abducted(side),
            faults=(
                Fault("knee bent", form.crooked(side), above=40),
                SIDEWAYS,
            ),
        )
        for name, side in SIDES
    ),
)
