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
"""0.07 torso lengths are 3.5 cm of an adult, with which thigh and shin make an angle of about 10 degrees. In flat
video of landings on one leg 1 to 9 are usual for men, 5 to 12 for women (studies of dynamic knee valgus). Clips of
good squats: 0.1 outside, or more."""
LEANING = Fault("leaning forward", form.bowed, above=55)
"""Trainers in the clips: 20 to 52 degrees, where they are deepest."""
SIDEWAYS = Fault("leaning sideways", form.leaned, above=30)
"""Untrained people who raised a leg by up to 90 degrees: 5 to 28."""
HURRIED, FLUNG = Fault("too fast", form.pace, above=120), Fault("too fast", form.pace, above=150)
"""Repetitions a minute, of squats and of jumping jacks. Clips: up to 120 (one squat, labelled as 85) and 105."""

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
        faults=(KNEES_IN, LEANING, HURRIED),
    ),
    Exercise(
        name="jumping_jack",
        gesture="jumping_jack",
        needs=(*LEGS, LEFT.wrist, RIGHT.wrist),
        parts=(Part("arms not up", form.both_arms, form.arms), Part("feet not apart", form.feet_apart)),
        depth=form.open_wide,
        faults=(FLUNG,),
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
