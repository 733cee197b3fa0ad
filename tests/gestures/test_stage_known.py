"""The gestures of the stage, told from its truth and through the real estimator."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from motions import happenings, told

from posegames.body.pose import Pose
from posegames.events import BodyEvent, Gesture
from posegames.gestures.recogniser import Recogniser
from posegames.gestures.table import GESTURES
from posegames.players.roster import Roster
from posegames.seeing.estimators.store import ModelStore
from posegames.seeing.estimators.table import make_estimator
from posegames.seeing.sources.stage import StageSource
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.moves import table
from posegames.seeing.stage.script import load_play
from posegames.tools.gesturetest.along import family, names
from posegames.tools.gesturetest.staged import true_too
from posegames.tools.looks import watch

KNOWN = {row.name for row in GESTURES}
LATE = {
    "hand_up": 0.75,  # on the way up for .4 s, held for .3
    "t_pose": 0.8,
    "wave": 1.3,
    "swipe_left": 0.85,  # the hand has come to the end of its way at .74 s
    "swipe_right": 0.85,
    "swipe_up": 0.85,
    "swipe_down": 1.0,
    "squat": 2.1,
    "jumping_jack": 1.3,
    "side_leg_raise": 1.9,
    "lunge": 2.1,
}
"""Seconds after the move began by which it is told, where it is not 0.7: a hold, a repetition to complete."""


def during(events: Sequence[BodyEvent], start: float, end: float) -> list[Gesture]:
    return [e for e in events if isinstance(e, Gesture) and e.phase in ("on", "pulse") and start <= e.t < end]


@pytest.mark.parametrize(("hz", "seconds"), [(15, 112), (30, 31)])
def test_every_move_of_the_play_is_told_as_what_it_is(hz: int, seconds: float) -> None:
    stage, moves = Choreography(load_play("gestures"), actors=1), table()

    def truth(time: float) -> Pose | None:
        return next(iter(stage.at(time)), None)

    events = happenings(truth, seconds, hz)
    told_by = 0
    for cue in (cue for cue in stage.cues if cue.end < seconds):
        gesture = moves[cue.move].gesture
        found = during(events, cue.time, cue.end + 0.3)
        told_by += len(found)
        others = [e.gesture for e in found if e.gesture != gesture]
        assert [name for name in others if not any(names(said, name) for said in true_too(cue))] == [], cue
        if gesture in KNOWN:
            (event,) = [e for e in found if e.gesture == gesture]
            assert event.t - cue.time <= LATE.get(family(gesture), 0.7) + 1e-6, cue
    assert told_by == len(during(events, 0, seconds))  # none between the moves
    gone = [e.gesture for e in events if isinstance(e, Gesture) and e.phase == "off"]
    come = [e.gesture for e in events if isinstance(e, Gesture) and e.phase == "on"]
    assert sorted(gone) == sorted(come)


@pytest.mark.parametrize(("move", "way"), [("step_forward", 1), ("step_back", -1)])
def test_steps_towards_the_camera_and_away_are_numbers(move: str, way: int) -> None:
    stage = Choreography(load_play("gestures"), actors=1)
    (cue,) = [cue for cue in stage.cues if cue.move == move]
    events = happenings(lambda t: stage.at(cue.time - 1.5 + t)[0], cue.seconds + 2)
    sent = [e.value for e in events if isinstance(e, Gesture) and e.gesture == "advance"]
    assert max(way * value for value in sent) > 0.8
    assert min(way * value for value in sent) >= 0
    assert sent[-1] == 0
    assert told(events) == []


PLAY = """
seconds 12
actors 1
1.0  1  squat         seconds=1.6
3.3  1  jump
5.3  1  lean left
7.6  1  step forward
"""


@pytest.mark.model
def test_the_real_estimator_sees_the_same(models: ModelStore, tmp_path: Path) -> None:
    (tmp_path / "short.play").write_text(PLAY)
    events: list[BodyEvent] = []
    recogniser = Recogniser()
    with (
        StageSource(str(tmp_path / "short.play"), size=(480, 360), rate=20) as source,
        make_estimator("blazepose", players=1, model=models.folder) as estimator,
    ):
        for look in watch(source, estimator, Roster(1), seconds=11.5):
            events += recogniser.update(look.players, look.sighting.time)
    assert told(events) == ["duck on", "duck off", "squat pulse", "jump pulse", "lean_left on", "lean_left off"]
    advance = [e.value for e in events if isinstance(e, Gesture) and e.gesture == "advance"]
    assert max(advance) > 0.6
    assert min(advance) > -0.2
