"""A coach: each repetition once, how far it went, how alike both sides were, and what was not right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from bodies import Moves, sighting
from motions import Script, body, bump, plateau

from posegames.body.pose import Pose
from posegames.events import BodyEvent, Gesture, Repetition
from posegames.gestures.coach.coach import Coach
from posegames.gestures.coach.exercises import EXERCISES
from posegames.gestures.recogniser import Recogniser
from posegames.players.roster import Roster
from posegames.seeing.estimators.store import ModelStore
from posegames.seeing.estimators.table import make_estimator
from posegames.seeing.sources.stage import StageSource
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import load_play
from posegames.tools.looks import watch


def coached(
    script: Script, seconds: float, hz: float = 30, *, mirrored: bool = False
) -> tuple[list[Repetition], list[BodyEvent]]:
    """Play a script to a roster, a recogniser and a coach."""
    roster, recogniser, coach = Roster(), Recogniser(), Coach()
    repetitions, events = list[Repetition](), list[BodyEvent]()
    for number in range(round(seconds * hz)):
        time = number / hz
        pose = script(time)
        if pose is not None and mirrored:
            pose = pose.flipped(16 / 9)
        players = roster.update(sighting(time, *([pose] if pose else []), number=number), time)
        happened = recogniser.update(players, time)
        repetitions += coach.update(recogniser.newest, happened)
        events += happened
    return [*repetitions, *coach.end(seconds)], events


def told(repetitions: Sequence[Repetition]) -> list[tuple[str, int, bool]]:
    return [(rep.exercise, rep.number, rep.counts) for rep in repetitions]


def pulses(events: Sequence[BodyEvent]) -> list[str]:
    return [event.gesture for event in events if isinstance(event, Gesture) and event.phase == "pulse"]


def squatting(time: float, *, drop: float = 0.75, every: float = 2.0, **more: float) -> float:
    """Return how far the hips are down: a squat of 1.4 s every two seconds, from second 1 on."""
    return drop * bump(time, 1 + (time - 1) // every * every, 1.4) if time > 1 else 0.0


KNEES_IN: Moves = {"left_knee": (0.08, 0.8), "right_knee": (-0.08, 0.8)}


def between(share: float, one: Moves, other: Moves) -> Moves:
    """Return joints on their way from one stance to another."""
    return {
        name: (x + (other[name][0] - x) * share, y + (other[name][1] - y) * share) for name, (x, y) in one.items()
    }


CLOSED: Moves = {
    "left_elbow": (0.42, -0.45), "right_elbow": (-0.42, -0.45), "left_wrist": (0.45, 0.05),
    "right_wrist": (-0.45, 0.05), "left_ankle": (0.15, 1.6), "right_ankle": (-0.15, 1.6),
}  # fmt: skip
HANDS_OVERHEAD: Moves = {
    "left_elbow": (0.5, -1.4), "right_elbow": (-0.5, -1.4), "left_wrist": (0.3, -1.8), "right_wrist": (-0.3, -1.8),
}  # fmt: skip
HANDS_AT_SHOULDERS: Moves = {
    "left_elbow": (0.8, -1.0), "right_elbow": (-0.8, -1.0), "left_wrist": (1.2, -0.9), "right_wrist": (-1.2, -0.9),
}  # fmt: skip
APART: Moves = {"left_ankle": (0.5, 1.6), "right_ankle": (-0.5, 1.6)}
HARDLY_APART: Moves = {"left_ankle": (0.3, 1.6), "right_ankle": (-0.3, 1.6)}


def jack(time: float, open_to: Moves, start: float = 1.0) -> Pose:
    """Return somebody who does a jumping jack of 0.9 s, as open as `open_to` is."""
    return body(moved=between(bump(time, start, 0.9), CLOSED, CLOSED | open_to))


def knee_up(time: float, side: str, height: float, start: float = 1.0) -> Pose:
    """Return somebody who raises a knee for 1.4 s by `height` torso lengths; a thigh is 0.8."""
    x, up = 0.22 if side == "left" else -0.22, height * plateau(time, start, 1.4)
    return body(moved={f"{side}_knee": (x, 0.8 - up), f"{side}_ankle": (x, 1.6 - up)})


def leg_raised(time: float, side: str, degrees: float, start: float = 1.0) -> Pose:
    """Return somebody who raises a straight leg to its side for 1.6 s."""
    turn, way = np.radians(degrees * plateau(time, start, 1.6, 0.5)), 1 if side == "left" else -1
    knee, ankle = ((way * (0.2 + length * np.sin(turn)), length * np.cos(turn)) for length in (0.8, 1.6))
    return body(moved={f"{side}_knee": knee, f"{side}_ankle": ankle})


def lunge(time: float, side: str, drop: float, start: float = 1.0) -> Pose:
    """Return somebody who lunges towards the camera for 2 s: the other foot is behind, its shank points away."""
    share, other = plateau(time, start, 2.0, 0.5), "right" if side == "left" else "left"
    x = 0.22 if other == "left" else -0.22
    behind = between(share, {"knee": (x, 0.8), "ankle": (x, 1.6)}, {"knee": (x, 0.95), "ankle": (x, 1.35)})
    return body(drop=drop * share, moved={f"{other}_{joint}": place for joint, place in behind.items()})


@pytest.mark.parametrize("hz", [12, 60])
def test_squats_are_counted_one_by_one(hz: int) -> None:
    repetitions, events = coached(lambda t: body(drop=squatting(t)), 7.2, hz)
    assert told(repetitions) == [("squat", 1, True), ("squat", 2, True), ("squat", 3, True)]
    assert pulses(events) == ["squat"] * 3
    for place, rep in enumerate(repetitions):
        assert rep.t == pytest.approx(2.3 + 2 * place, abs=0.25)
        assert 0.4 < rep.depth < 0.5  # the built knees sink half as far as the hips
        assert rep.symmetry > 0.97
        assert 0.95 < rep.seconds < 1.4
        assert (rep.faults, rep.side, rep.player) == ((), "", 1)


def test_a_half_squat_is_told_and_not_counted() -> None:
    """The second one is not enough: the third is number two."""
    repetitions, events = coached(lambda t: body(drop=squatting(t, drop=0.4 if 3 < t < 5 else 0.75)), 7.2)
    assert told(repetitions) == [("squat", 1, True), ("squat", 1, False), ("squat", 2, True)]
    assert pulses(events) == ["squat"] * 2
    assert repetitions[1].depth < 0.6 * repetitions[0].depth
    assert repetitions[1].faults == ("not deep enough",)


@pytest.mark.parametrize(
    ("motion", "fault"),
    [
        (lambda t: body(drop=squatting(t), moved=KNEES_IN), ("knees in",)),
        (lambda t: body(drop=squatting(t), bend=1 - 0.68 * squatting(t)), ("leaning forward",)),
        (lambda t: body(drop=0.8 * bump(t, 1, 0.55)), ("too fast",)),
    ],
)
def test_what_is_not_right_is_named(motion: Script, fault: tuple[str, ...]) -> None:
    repetitions, _ = coached(motion, 3)
    assert [(rep.counts, rep.faults) for rep in repetitions] == [(True, fault)]


@pytest.mark.parametrize(
    "motion",
    [
        lambda t: body(drop=0.25 * bump(t, 1, 1.2)),  # shifting one's weight
        lambda t: body(drop=0.45 * plateau(t, 1, 10)),  # holding a posture
        lambda t: body(lean=20 * bump(t, 1, 2)),
        lambda t: body(bend=1 - 0.5 * bump(t, 1, 2)),  # a bow
        lambda t: body(drop=0.45 * bump(t, 1, 0.6), rise=0.5 * bump(t, 1.4, 0.6)),  # crouching for a jump
        lambda t: body(drop=0.4 * plateau(t, 1, 3)) if not 2 < t < 2.5 else None,  # out of sight on the way
    ],
)
def test_what_is_no_attempt_is_not_told(motion: Script) -> None:
    assert coached(motion, 8, hz=20)[0] == []


@pytest.mark.parametrize(("hz", "mirrored"), [(12, True), (25, False)])
def test_every_exercise_counts_once_when_it_is_complete(hz: int, mirrored: bool) -> None:
    acts: list[tuple[str, str, Callable[[float], Pose]]] = [
        ("jumping_jack", "", lambda t: jack(t, HANDS_OVERHEAD | APART)),
        ("knee_up", "left", lambda t: knee_up(t, "left", 0.7)),
        ("knee_up", "right", lambda t: knee_up(t, "right", 0.7)),
        ("side_leg_raise", "left", lambda t: leg_raised(t, "left", 45)),
        ("side_leg_raise", "right", lambda t: leg_raised(t, "right", 45)),
        ("lunge", "left", lambda t: lunge(t, "left", 0.7)),
        ("lunge", "right", lambda t: lunge(t, "right", 0.7)),
    ]
    for exercise, side, motion in acts:
        (rep,), events = coached(motion, 4.5, hz, mirrored=mirrored)
        shown = {"left": "right", "right": "left"}.get(side, "") if mirrored else side
        assert (rep.exercise, rep.side, rep.number, rep.counts, rep.faults) == (exercise, shown, 1, True, ())
        names = [event.gesture for event in events if isinstance(event, Gesture)]
        assert f"{exercise}_{shown}".removesuffix("_") in names or exercise in names
        assert 0.8 < rep.depth < 1.4
        assert rep.symmetry > 0.95


@pytest.mark.parametrize(
    ("motion", "exercise", "faults"),
    [
        (lambda t: jack(t, HANDS_AT_SHOULDERS | APART), "jumping_jack", ("arms not up",)),
        (lambda t: jack(t, HANDS_OVERHEAD | HARDLY_APART), "jumping_jack", ("feet not apart",)),
        (lambda t: knee_up(t, "left", 0.18), "knee_up", ("knee not high enough",)),
        (lambda t: leg_raised(t, "left", 20), "side_leg_raise", ("leg not high enough",)),
        (lambda t: lunge(t, "left", 0.19), "lunge", ("not deep enough",)),
    ],
)
def test_what_is_not_enough_is_named_and_not_counted(
    motion: Script, exercise: str, faults: tuple[str, ...]
) -> None:
    repetitions, events = coached(motion, 5)
    assert [(rep.exercise, rep.number, rep.counts, rep.faults) for rep in repetitions] == [
        (exercise, 0, False, faults)
    ]
    assert not any(event.gesture.startswith(exercise) for event in events if isinstance(event, Gesture))


def test_one_sided_exercises_are_counted_together_and_compared() -> None:
    def motion(time: float) -> Pose:
        return knee_up(time, "left", 0.7) if time < 3 else knee_up(time, "right", 0.35, start=3.5)

    repetitions, _ = coached(motion, 6)
    assert [(rep.side, rep.number, rep.counts) for rep in repetitions] == [("left", 1, True), ("right", 2, True)]
    assert repetitions[0].symmetry == 1  # there is nothing to compare yet
    assert 0.4 < repetitions[1].symmetry < 0.6


def test_a_lame_arm_is_less_alike() -> None:
    one_lower = HANDS_OVERHEAD | {"left_wrist": (0.8, -1.25), "left_elbow": (0.8, -1.0)}
    (lame,), _ = coached(lambda t: jack(t, one_lower | APART), 3)
    (even,), _ = coached(lambda t: jack(t, HANDS_OVERHEAD | APART), 3)
    assert lame.counts
    assert lame.symmetry < 0.75
    assert even.symmetry > 0.95


def test_two_players_are_counted_apart() -> None:
    roster, recogniser, coach = Roster(), Recogniser(), Coach()
    found = list[Repetition]()
    for number in range(150):
        time = number / 30
        one, two = body(1.3, drop=squatting(time)), body(0.5, drop=squatting(time, every=9.0))
        happened = recogniser.update(roster.update(sighting(time, one, two), time), time)
        found += coach.update(recogniser.newest, happened)
    assert [(rep.player, rep.number) for rep in found] == [(1, 1), (2, 1), (1, 2)]


def test_who_leaves_and_comes_back_begins_anew() -> None:
    repetitions, _ = coached(lambda t: None if 4 < t < 12 else body(drop=squatting(t, every=12)), 16, hz=12)
    assert told(repetitions) == [("squat", 1, True), ("squat", 1, True)]


def test_of_whom_no_legs_are_seen_it_counts_all_the_same() -> None:
    """At a desk the shoulders stand for the hips: the coach has nothing to say about legs."""
    hidden = tuple(f"{side}_{joint}" for side in ("left", "right") for joint in ("hip", "knee", "ankle", "heel"))
    repetitions, events = coached(lambda t: body(drop=0.75 * bump(t, 4, 1.4), without=hidden), 8)
    assert pulses(events) == ["squat"]
    assert [(rep.counts, rep.depth, rep.symmetry, rep.faults) for rep in repetitions] == [(True, 1, 1, ())]


def test_the_stage_is_counted_as_it_moves() -> None:
    """All five, from the play of all gestures: what is told is counted, and nothing else is."""
    stage, start, end = Choreography(load_play("gestures"), actors=1), 66.0, 98.0
    repetitions, _ = coached(lambda t: stage.at(start + t)[0], end - start, hz=12)
    done = [stage.cues[i].move for i in range(len(stage.cues)) if start < stage.cues[i].time < end - 2]
    mine = [move for move in done if not move.startswith("kick")]
    assert {move.removesuffix("_left").removesuffix("_right") for move in mine} == {
        *("jumping_jack", "knee_up", "side_leg_raise", "lunge")
    }
    assert [f"{rep.exercise}_{rep.side}".removesuffix("_") for rep in repetitions] == mine
    assert all(rep.counts and rep.faults == () for rep in repetitions)


PLAY = """
seconds 5
actors 1
0.9  1  squat         seconds=1.6
2.8  1  knee up right
"""


@pytest.mark.model
def test_the_real_estimator_counts_the_same(models: ModelStore, tmp_path: Path) -> None:
    (tmp_path / "short.play").write_text(PLAY)
    recogniser, coach, found = Recogniser(), Coach(), list[Repetition]()
    with (
        StageSource(str(tmp_path / "short.play"), size=(480, 360), rate=12) as source,
        make_estimator("blazepose", players=1, model=models.folder) as estimator,
    ):
        for look in watch(source, estimator, Roster(1, living=False), seconds=4.8):
            happened = recogniser.update(look.players, look.sighting.time)
            found += coach.update(recogniser.newest, happened)
    assert [(rep.exercise, rep.side, rep.counts, rep.faults) for rep in found] == [
        ("squat", "", True, ()),
        ("knee_up", "right", True, ()),
    ]
    assert found[0].depth > 0.5
    assert found[0].symmetry > 0.9
    assert found[1].depth > 0.8


def test_every_exercise_is_sound() -> None:
    assert len({exercise.gesture for exercise in EXERCISES}) == len(EXERCISES)
    for exercise in EXERCISES:
        assert exercise.gesture.startswith(exercise.name)
        assert exercise.parts
        words = [part.short for part in exercise.parts] + [fault.words for fault in exercise.faults]
        assert len(set(words)) == len(words)
