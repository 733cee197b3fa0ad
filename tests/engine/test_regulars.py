from __future__ import annotations

from pathlib import Path

import pytest
from bodies import sighting, standing

from posegames.engine.people import People
from posegames.engine.regulars import Regulars
from posegames.events import Gesture
from posegames.gestures.tuning.reach import USUAL, Range
from posegames.memory.memory import Memory

SMALL = Range({"squat": 0.6})


def somebody() -> People:
    """Return people of whom one has just come."""
    people = People()
    for i in range(30):
        people.see(sighting(i / 30, standing(0.9, track=1)), i / 30)
    assert [player.number for player in people.players] == [1]
    return people


def test_how_far_somebody_gets_is_known_again_by_their_name(tmp_path: Path) -> None:
    path, people = tmp_path / "kept.db", somebody()
    with Memory(path) as memory:
        regulars = Regulars(memory)
        regulars.update(people, {1: "Anna"}, [])
        people.know(1, SMALL)  # a calibration, or what was learnt
        regulars.update(people, {1: "Anna"}, [])
    with Memory(path) as memory:
        regulars, later = Regulars(memory), somebody()
        regulars.update(later, {}, [])
        assert later.reach(1) == USUAL  # nobody knows who it is
        regulars.update(later, {1: "Anna"}, [])
        assert later.reach(1) == SMALL
        regulars.update(later, {1: "Tim"}, [])  # they were somebody else after all: what is known of Anna stays
        assert memory.reach("Anna") == SMALL.as_data()


def test_who_was_measured_before_they_said_their_name_is_remembered_by_it() -> None:
    people = somebody()
    with Memory() as memory:
        people.know(1, SMALL)
        Regulars(memory).update(people, {1: "Anna"}, [])
        assert memory.reach("Anna") == SMALL.as_data()
        assert people.reach(1) == SMALL


@pytest.mark.parametrize(
    "data", [{"version": 99, "shares": {}}, "nonsense", {"version": 1, "shares": {"squat": 7}}]
)
def test_what_cannot_be_read_asks_for_the_usual(data: object) -> None:
    people = somebody()
    with Memory() as memory:
        memory.keep_reach("Anna", data)
        Regulars(memory).update(people, {1: "Anna"}, [])
        assert people.reach(1) == USUAL


def test_what_they_did_is_counted_by_name_and_nobody_elses() -> None:
    people = somebody()
    squat, up = Gesture(1.0, 1, "squat", "pulse"), Gesture(1.0, 1, "hands_up", "on")
    with Memory() as memory:
        regulars = Regulars(memory)
        regulars.update(people, {1: "Anna"}, [squat, up])
        regulars.update(people, {1: "Anna"}, [squat])
        regulars.update(people, {}, [squat])
        assert dict(memory.summary("Anna").repetitions) == {"squat": 2}
