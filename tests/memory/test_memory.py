"""What is remembered, in a run and from one to the next."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from posegames.gestures.tuning.reach import SMALL, Range
from posegames.memory.memory import DAY, Memory
from posegames.memory.records import Played, Score
from posegames.preferences import Preferences


class Hours:
    """A clock that goes on by an hour whenever it is asked."""

    def __init__(self) -> None:
        self.now = 1000 * DAY

    def __call__(self) -> float:
        self.now += 3600
        return self.now


@pytest.fixture(params=["run", "file"])
def memory(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Memory]:
    """Give one that keeps nothing beyond the run, and one with a file."""
    path = tmp_path / "a" / "b" / "kept.db" if request.param == "file" else None
    with Memory(path, clock=Hours()) as opened:
        yield opened
        assert opened.notice == ""


def score(name: str, points: int, scene: str = "match", **more: object) -> Score:
    return Score(scene=scene, name=name, points=points, **more)  # type: ignore[arg-type]


def names(scores: list[Score]) -> list[str]:
    return [one.name for one in scores]


def test_the_best_come_first_and_equals_as_they_came(memory: Memory) -> None:
    for name, points in (("a", 5), ("b", 9), ("c", 9), ("d", 1)):
        memory.add(score(name, points))
    assert names(memory.best()) == ["b", "c", "a", "d"]
    assert names(memory.best(most=2)) == ["b", "c"]


def test_a_rank_is_among_those_of_the_scene_and_level(memory: Memory) -> None:
    assert memory.add(score("a", 10)) == 1
    assert memory.add(score("b", 10)) == 1
    assert memory.add(score("c", 5)) == 3
    assert memory.add(score("d", 20)) == 1
    assert memory.add(score("e", 1, level="fast")) == 1
    assert memory.add(score("f", 1, scene="tag")) == 1
    assert memory.add(score("g", 0)) == 5


def test_scores_are_found_by_scene_level_name_and_time(memory: Memory) -> None:
    memory.add(score("a", 1, level="slow", when=100.0))
    memory.add(score("b", 2, level="fast", when=200.0))
    memory.add(score("a", 3, scene="tag", when=300.0))
    assert names(memory.best("match")) == ["b", "a"]
    assert names(memory.best("match", "slow")) == ["a"]
    assert names(memory.best(level="fast")) == ["b"]
    assert [one.points for one in memory.best(name="a")] == [3, 1]
    assert [one.points for one in memory.best(since=200.0)] == [3, 2]
    assert [one.points for one in memory.history(name="a")] == [1, 3]
    assert [one.points for one in memory.history("match", since=150.0)] == [2]
    assert memory.best("nowhere") == memory.history("match", "nowhere") == []


def test_a_score_comes_back_as_it_was_and_has_its_time(memory: Memory) -> None:
    whole = score("Zoë 🦊", 7, level="x", stars=4.5, seconds=61.25, when=5.0)
    memory.add(whole)
    assert memory.best() == [whole]
    memory.add(score("now", 1))
    assert memory.best(name="now")[0].when == 1000 * DAY + 3600
    assert memory.best(name="now")[0].stars is None


def test_how_somebody_gets_on(memory: Memory) -> None:
    assert memory.summary("Fox").games == 0
    assert memory.summary("Fox").repetitions == {}
    for points, seconds in ((10, 60.0), (20, 30.0), (60, 30.0)):
        memory.add(score("Fox", points, seconds=seconds))
    memory.add(score("Fox", 4, scene="tag", seconds=90.0))
    memory.add(score("Owl", 99, seconds=90.0))
    memory.count("Fox", "jump", 3)
    memory.count("Fox", "squat")
    memory.count("Fox", "squat", 9)
    memory.count("Owl", "squat")
    found = memory.summary("Fox")
    assert (found.games, found.seconds, found.last - found.first) == (4, 210.0, 3 * 3600)
    assert found.scenes == (
        Played(scene="match", games=3, best=60, mean=30.0, seconds=120.0),
        Played(scene="tag", games=1, best=4, mean=4.0, seconds=90.0),
    )
    assert list(found.repetitions.items()) == [("squat", 10), ("jump", 3)]


def test_how_somebody_gets_on_since_a_time() -> None:
    clock = Hours()
    memory = Memory(clock=clock)
    memory.count("Fox", "squat", 5)
    memory.add(score("Fox", 1))
    clock.now += 3 * DAY
    since = clock.now
    memory.count("Fox", "squat", 2)
    memory.add(score("Fox", 2))
    found = memory.summary("Fox", since=since)
    assert (found.games, found.scenes[0].best, dict(found.repetitions)) == (1, 2, {"squat": 2})
    assert dict(memory.summary("Fox").repetitions) == {"squat": 7}


def test_names_are_told_the_latest_first_and_once(memory: Memory) -> None:
    memory.greet("a")
    memory.greet("b")
    memory.add(score("c", 1))
    memory.greet("a")
    memory.count("d", "jump")
    memory.add(score("", 1))
    assert memory.names() == ["d", "a", "c", "b"]
    assert memory.names(2) == ["d", "a"]


def test_settings_come_back(memory: Memory) -> None:
    assert memory.recall("preferences") is None
    wanted = Preferences(theme="high", still=True, dwell=1.25, sensitivity="high")
    memory.keep("preferences", wanted.as_data())
    assert Preferences.of(memory.recall("preferences")) == wanted
    memory.keep("preferences", None)
    assert memory.recall("preferences") is None
    with pytest.raises(TypeError):
        memory.keep("preferences", object())


def test_how_far_somebody_gets_comes_back(memory: Memory) -> None:
    assert memory.reach("Fox") is None
    memory.keep_reach("Fox", SMALL.as_data())
    memory.keep_reach("Owl", Range().as_data())
    assert Range.from_data(memory.reach("Fox")) == SMALL
    assert Range.from_data(memory.reach("Owl")) == Range()
    assert memory.names() == ["Owl", "Fox"]


@pytest.mark.parametrize(
    "bad",
    [
        score("too much", 2**70),
        score("half a letter \ud800", 1),
        score("no time", 1, when=math.nan),
        score("no length", 1, seconds=math.nan),
    ],
)
def test_what_cannot_be_stored_is_said_and_harms_nothing(tmp_path: Path, bad: Score) -> None:
    with Memory(tmp_path / "a.db") as memory:
        memory.add(score("a", 1))
        memory.add(bad)
        assert memory.notice.startswith("Scores and settings are not kept.")
        memory.add(score("b", 1))
        assert memory.notice == ""
    with Memory(tmp_path / "a.db") as memory:
        assert names(memory.best()) == ["a", "b"]
        assert memory.names() == ["b", "a"]


def test_all_is_there_in_the_next_run_and_none_of_it_without_a_file(tmp_path: Path) -> None:
    for path, there in ((tmp_path / "a.db", True), (None, False)):
        with Memory(path) as memory:
            memory.add(score("Fox", 5))
            memory.keep("preferences", {"still": True})
            memory.count("Fox", "jump", 4)
            memory.keep_reach("Fox", SMALL.as_data())
        # What is known stays known after the end, and nothing fails.
        assert memory.add(score("late", 1)) == 2
        assert names(memory.best()) == ["Fox", "late"]
        with Memory(path) as memory:
            assert names(memory.best()) == (["Fox"] if there else [])
            assert (memory.recall("preferences") is not None) == there
            assert dict(memory.summary("Fox").repetitions) == ({"jump": 4} if there else {})
            assert (memory.reach("Fox") is not None) == there
    assert [path.name for path in tmp_path.iterdir()] == ["a.db"]


def test_the_file_holds_everything_while_the_program_still_runs(tmp_path: Path) -> None:
    with Memory(tmp_path / "a.db") as memory:
        memory.add(score("Fox", 5))
        with Memory(tmp_path / "a.db") as other:
            assert names(other.best()) == ["Fox"]


def test_two_programs_see_each_others_scores_when_they_keep_their_own(tmp_path: Path) -> None:
    with Memory(tmp_path / "a.db") as one, Memory(tmp_path / "a.db") as other:
        assert one.add(score("a", 5)) == 1
        assert other.add(score("b", 3)) == 2
        assert one.add(score("c", 1)) == 3
        assert names(one.best()) == ["a", "b", "c"]


def test_a_score_gets_the_name_its_player_gives_it(tmp_path: Path) -> None:
    earlier = Score(scene="match", level="a", name="Fox", points=700)
    with Memory(tmp_path / "kept.db") as memory:
        for score in (earlier, replace(earlier, points=900), earlier, replace(earlier, level="b")):
            memory.add(score)
        memory.rename(earlier, "Anna")
        memory.rename(replace(earlier, points=1), "Nobody")  # there is none
    with Memory(tmp_path / "kept.db") as memory:
        told = [(score.level, score.points, score.name) for score in memory.history()]
        assert told == [("a", 700, "Fox"), ("a", 900, "Fox"), ("a", 700, "Anna"), ("b", 700, "Fox")]
