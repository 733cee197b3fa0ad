"""A coach on recordings of untrained people: it counts what is told, and measures what the sensor saw in depth."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from posegames.events import BodyEvent, Gesture, Repetition
from posegames.gestures.coach.coach import Coach
from posegames.gestures.recogniser import Recogniser
from posegames.players.roster import Roster
from posegames.tools.gesturetest.trials import Skeletons, Trial, read_trials
from posegames.tools.looks import who_is_who

HIPS, ANKLES = (12, 16), (14, 18)
"""Left and right, of a Kinect's joints."""


def watched(skeletons: Skeletons, trial: Trial) -> tuple[list[Repetition], list[BodyEvent]]:
    recogniser, coach = Recogniser(), Coach()
    repetitions, events = list[Repetition](), list[BodyEvent]()
    for look in who_is_who(skeletons.sightings(trial), Roster(most=1, living=False)):
        happened = recogniser.update(look.players, look.sighting.time)
        repetitions += coach.update(recogniser.newest, happened)
        events += happened
    return [*repetitions, *coach.end(look.sighting.time)], events


def farthest(skeletons: Skeletons, trial: Trial) -> float:
    """Return the largest angle of a leg to the plumb line, in space, in degrees."""
    points = skeletons.points[trial.offset : trial.offset + trial.frames]
    legs = points[:, ANKLES] - points[:, HIPS]
    return float(np.degrees(np.arccos(-legs[..., 1] / np.linalg.norm(legs, axis=2))).max())


@pytest.mark.footage
@pytest.mark.parametrize(
    ("person", "action", "exercise", "times"),
    [
        ("Adult876", "side_leg_raise", "side_leg_raise", 2),
        ("Child644", "side_leg_raise", "side_leg_raise", 2),
        ("Child644", "lunge", "lunge", 1),
        ("Adult970", "knee_up", "knee_up", 2),
        ("Child644", "jumping_jack", "jumping_jack", 5),
    ],
)
def test_what_is_told_is_counted(person: str, action: str, exercise: str, times: int, footage: Path) -> None:
    folder = footage / "kinder_gator"
    skeletons, counted = Skeletons.read(folder), 0
    for trial in (trial for trial in read_trials(folder) if (trial.person, trial.action) == (person, action)):
        repetitions, events = watched(skeletons, trial)
        told = [e.gesture for e in events if isinstance(e, Gesture) and e.phase in ("pulse", "on")]
        mine = [rep for rep in repetitions if rep.counts]
        assert {rep.exercise for rep in mine} == {exercise}
        assert len(mine) == len([gesture for gesture in told if gesture.startswith(exercise)])
        counted += len(mine)
        if exercise == "side_leg_raise":
            assert mine[0].depth * 45 == pytest.approx(farthest(skeletons, trial), abs=4)
    assert counted == times
