"""Gestures shown on the stage, and told of others who do them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from lessons import SHAPE, TUCK, Change, apart, child, everything, mirrored, script, seen, told, trembling

from posegames.errors import GestureError, PosegamesError, UsageError
from posegames.events import Gesture
from posegames.gestures.recogniser import Recogniser
from posegames.gestures.table import GESTURES
from posegames.gestures.taught.live import TaughtRow
from posegames.gestures.taught.teaching import Lesson, compared, teach
from posegames.players.player import Player
from posegames.players.roster import Roster
from posegames.seeing.estimators.store import ModelStore
from posegames.seeing.estimators.table import make_estimator
from posegames.seeing.sources.stage import StageSource
from posegames.seeing.stage.script import parse_play
from posegames.tools.looks import watch


@cache
def shown() -> list[tuple[Player, ...]]:
    return seen(script(TUCK), 12)


@cache
def tuck() -> Lesson:
    return teach("my_tuck", shown(), everything(), made="now")


@cache
def shape() -> Lesson:
    return teach("my_shape", seen(script(SHAPE), 12), everything()[::4])


def test_a_move_is_learnt_and_told_from_all_others() -> None:
    """`mistaken` is what it was told at while an actor did every gesture there is, walked and sat."""
    report = tuck().report
    assert len(everything()) > 30
    assert (report.kind, report.method, report.recognised, len(report.spans)) == ("move", "dtw", 4, 4)
    assert (report.mistaken, report.warnings, report.refused) == ({}, (), "")
    assert tuck().taught.report["kind"] == "move"


@pytest.mark.parametrize(
    ("hz", "change", "speed", "times"),
    [(20, child, 1.35, 3), (10, trembling(), 0.75, 3), (12, mirrored, 1.0, 0)],
    ids=["a child, fast", "a slow camera, slowly", "mirrored"],
)
def test_a_move_is_told_of_others(hz: float, change: Change, speed: float, times: int) -> None:
    """The mirror image is another move, unless it is wanted."""
    events = told(tuck().taught, seen(script(TUCK[:2], 3), hz, change, speed))
    assert [event.phase for event in events] == ["pulse"] * times
    assert apart(events, 2 / speed)
    ends = [2.3, 5.4, 8.3][:times]
    assert [event.t * speed for event in events] == pytest.approx(ends, abs=0.5)


def test_the_other_side_counts_where_it_is_wanted() -> None:
    lesson = teach("my_tuck", shown(), (), either_side=True)
    assert len(told(lesson.taught, seen(script(TUCK, 2), 12, mirrored))) == 2
    assert len(told(lesson.taught, shown())) == 4


def test_a_pose_is_learnt_and_goes_on_and_off() -> None:
    report = shape().report
    assert (report.kind, report.method, report.recognised, len(report.spans)) == ("pose", "knn", 4, 4)
    assert (report.mistaken, report.refused) == ({}, "")
    events = told(shape().taught, seen(script([SHAPE[1]], 2), 15, child))
    assert [event.phase for event in events] == ["on", "off"] * 2
    assert all(event.value >= 0.5 for event in events if event.phase == "on")
    assert events[1].t - events[0].t == pytest.approx(1.2, abs=0.5)
    assert told(shape().taught, seen(script([SHAPE[1]], 1), 15, mirrored)) == []


def test_confidence_is_told_while_it_changes_and_ends_with_the_player() -> None:
    recogniser = Recogniser((*GESTURES, TaughtRow.of(shape().taught)))
    events = []
    for number, players in enumerate(seen(script([SHAPE[0]], 1), 15)):
        events += recogniser.update(players, number / 15)
    events += recogniser.update((), 9.0)
    sent = [e.value for e in events if isinstance(e, Gesture) and (e.gesture, e.phase) == ("my_shape", "value")]
    assert max(sent) > 0.8
    assert sent[-1] == 0
    assert 3 <= len(sent) <= 24


def test_what_cannot_be_told_from_a_gesture_there_is_is_refused() -> None:
    squats = [act for act in everything() if act.name == "squat"]
    report = teach("my_squat", seen(script(["squat"]), 12), squats).report
    assert report.fires["squat"] == 4
    assert "squat fires in 4 of 4 of your repetitions." in report.warnings
    assert report.mistaken == {"squat": 1}
    assert "cannot be told from squat" in report.refused


def test_what_cannot_be_told_from_a_taught_one_is_refused() -> None:
    known = (tuck().taught,)
    report = teach("my_fold", shown(), (), known=known).report
    assert report.fires["my_tuck"] == 4
    assert report.refused == "It cannot be told from my_tuck: do my_fold in another way."
    assert teach("my_tuck", shown(), (), known=known).report.refused == ""  # it takes the other's place


def test_methods_are_compared() -> None:
    def learn(*, kind: str, method: str) -> Lesson:
        if method == "tree":
            raise PosegamesError("No tree grows here.")
        return shape()

    rows = [(row.method, row.recognised, row.trouble) for row in compared(learn, shape())]
    assert rows == [("knn", 4, ""), ("svm", 4, ""), ("tree", 0, "No tree grows here.")]


@pytest.mark.parametrize(
    ("text", "options", "error", "said"),
    [
        (script(TUCK, 2), {}, GestureError, "Only 2 repetitions"),
        ("seconds 4\nactors 1\n1 1 stand", {}, GestureError, "done again"),
        ("seconds 1\nactors 1\n0.2 1 leave seconds=0.5", {}, GestureError, "Stand still"),
        (script(TUCK, 3), {"kind": "pose"}, GestureError, "No pose was found that is held"),
        (script(TUCK, 3), {"method": "knn"}, UsageError, "move cannot be learnt by 'knn'"),
    ],
)
def test_what_cannot_be_learnt_is_said(
    text: str, options: dict[str, str], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        teach("my_move", seen(text, 10), (), **options)  # type: ignore[arg-type]


def test_the_one_who_is_seen_most_is_the_one_who_shows() -> None:
    """Somebody who stands in an earlier slot for half of the time is not."""
    idle = seen("seconds 6\nactors 1\n1 1 stand", 12)[-1][0]
    crowd = [
        tuple(_slot(player, 2) for player in players) + ((_slot(idle, 1),) if number < 70 else ())
        for number, players in enumerate(shown())
    ]
    assert teach("my_tuck", crowd, ()).report.spans == teach("my_tuck", shown(), ()).report.spans
    with pytest.raises(GestureError, match="Nobody was seen"):
        teach("my_tuck", [(), ()], ())


def _slot(player: Player, number: int) -> Player:
    return replace(player, number=number)


@pytest.mark.model
def test_the_real_estimator_learns_and_tells(models: ModelStore) -> None:
    with (
        StageSource(parse_play(script(TUCK, 5, 2.2)), actors=1, size=(480, 360), rate=12) as source,
        make_estimator("blazepose", players=1, model=models.folder) as estimator,
    ):
        looks = [look.players for look in watch(source, estimator, Roster(1))]
    before, after = looks[: round(7.6 * 12)], looks[round(6.8 * 12) :]
    lesson = teach("my_tuck", before, ())
    assert (lesson.report.kind, len(lesson.report.spans), lesson.report.recognised) == ("move", 3, 3)
    assert [event.phase for event in told(lesson.taught, after)] == ["pulse"] * 2
