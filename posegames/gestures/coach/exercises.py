"""The exercises there are: a row each, with what they ask for and what is often wrong with them."""

from __future__ import annotations

from posegames.body.measure import TORSO
from posegames.gestures.coach import form
from posegames.gestures.coach.attempt import Exercise, Fault, Part
from posegames.gestures.posture import LEFT, RIGHT

LEGS = (*TORSO, LEFT.knee, LEFT.ankle, RIGHT.knee, RIGHT.ankle)

KNEES_IN = Fault("knees in", form.caved, above=0.07)
"""0.07 torso lengths are 3.5 cm of an adult: seen from the front, thigh and shin then make an angle of 10 degrees,
what healthy people do not quite reach when they land from a jump (Munro, Herrington and Comfort 2012: 6 to 9)."""
LEANING = Fault("leaning forward", form.bowed, above=55)

EXERCISES: tuple[Exercise, ...] = (
    Exercise(
        name="squat",
        gesture="squat",
        needs=LEGS,
        parts=(Part("not deep enough", form.down, form.bent),),
        depth=form.level_thighs,
        faults=(KNEES_IN, LEANING, Fault("too fast", form.pace, above=120)),
    ),
)
