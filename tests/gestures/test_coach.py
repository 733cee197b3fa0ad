"""A coach: each repetition once, how far it went, how alike both sides were, and what was not right."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from bodies import Moves, sighting
from motions import Script, body, bump, plateau

from posegames.events import BodyEvent, Gesture, Repetition
from posegames.gestures.coach.coach import Coach
from posegames.gestures.coach.exercises import EXERCISES
from posegames.gestures.recogniser import Recogniser
from posegames.players.roster import Roster


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


@pytest.mark.parametrize("hz", [15, 30, 60])
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
    assert coached(motion, 12)[0] == []


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
    repetitions, _ = coached(lambda t: None if 4 < t < 12 else body(drop=squatting(t, every=12)), 16)
    assert told(repetitions) == [("squat", 1, True), ("squat", 1, True)]


def test_every_exercise_is_sound() -> None:
    assert len({exercise.gesture for exercise in EXERCISES}) == len(EXERCISES)
    for exercise in EXERCISES:
        assert exercise.gesture.startswith(exercise.name)
        assert exercise.parts
        words = [part.short for part in exercise.parts] + [fault.words for fault in exercise.faults]
        assert len(set(words)) == len(words)
