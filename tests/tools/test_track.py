"""Tracking into files: every frame, who is who from the first one on, and endings of every kind."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import pytest
from bodies import standing
from watchers import Resource

import posegames.tools.track
from posegames.body.pose import Pose
from posegames.errors import UsageError
from posegames.players.roster import Roster
from posegames.seeing.sighting import Frame, Sighting
from posegames.seeing.sources.tape import TapeHeader, read_tape
from posegames.seeing.sources.tapewriter import TapeWriter
from posegames.tools.formats import FORMATS, PICTURED, Origin
from posegames.tools.looks import Look, replay, watch
from posegames.tools.track import Tracked, open_reel, track


class Reel:
    """Grey frames, which say by their brightness which they are."""

    name, live, size, trouble = "made up", False, (64, 36), ""

    def __init__(self, count: int, rate: float = 30.0) -> None:
        self.length, self.rate = count, rate
        self._next = 0

    @property
    def ended(self) -> bool:
        return self._next >= self.length

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._next = self.length

    def read(self) -> Frame | None:
        if self.ended:
            return None
        number = self._next
        self._next += 1
        return Frame(np.full((36, 64, 3), number % 256, dtype=np.uint8), number / self.rate, number)


class Album(Reel):
    """Frames that have nothing to do with each other."""

    skipped: Sequence[tuple[Path, str]] = ()

    @property
    def names(self) -> Sequence[str]:
        return [f"{number}.jpg" for number in range(self.length)]


class Script(Resource):
    """An estimator that knows what it will see."""

    name = "script"

    def __init__(self, cast: Callable[[int], tuple[Pose, ...]]) -> None:
        self._cast = cast
        self.forgot = 0

    def estimate(self, frame: Frame) -> tuple[Pose, ...]:
        return self._cast(frame.number)

    def forget(self) -> None:
        self.forgot += 1


class FakeClock:
    def now(self) -> float:
        return 0.0

    def sleep(self, seconds: float) -> None:
        raise AssertionError("offline work waits for nothing")


def two(number: int) -> tuple[Pose, ...]:
    """One from the start; a second from frame 60 on, walking; in an order that means nothing."""
    first, second = standing(0.5), standing(1.2 + 0.001 * number)
    if number < 60:
        return (first,)
    return (first, second) if number % 2 else (second, first)


def watched(count: int, cast: Callable[[int], tuple[Pose, ...]], seconds: float | None = None) -> list[Look]:
    return list(watch(Reel(count), Script(cast), Roster(most=4), seconds=seconds))


def numbers(look: Look) -> list[int]:
    return [number for number, _ in look.bodies]


def test_every_frame_once_and_in_order() -> None:
    looks = watched(100, two)
    assert [look.sighting.number for look in looks] == list(range(100))
    assert all(look.size == (64, 36) and look.sighting.frame is None for look in looks)


def test_who_is_who_from_the_first_frame_on() -> None:
    """The roster lets people in after a moment; in a file they are there from their first frame."""
    looks = watched(120, two)
    assert [numbers(look) for look in looks] == [[1]] * 60 + [[1, 2]] * 60
    for look in looks:
        for number, pose in look.bodies:
            assert pose.xy[0, 0] == pytest.approx(
                0.5 if number == 1 else 1.2 + 0.001 * look.sighting.number, abs=0.02
            )


def test_estimators_that_follow_people_are_believed() -> None:
    def jumping(number: int) -> tuple[Pose, ...]:
        return (standing(0.3 + 0.12 * (number % 10), track=7),)

    assert [numbers(look) for look in watched(30, jumping)] == [[1]] * 30


def test_a_flicker_is_nobody() -> None:
    looks = watched(60, lambda number: (standing(0.5),) if number == 20 else ())
    assert [numbers(look) for look in looks] == [[]] * 60


def test_a_gap_while_coming_in_is_bridged() -> None:
    looks = watched(60, lambda number: () if number == 3 else (standing(0.5),))
    assert [numbers(look) for look in looks] == [[1]] * 3 + [[]] + [[1]] * 56


def test_hidden_people_are_not_made_up() -> None:
    looks = watched(90, lambda number: () if 40 <= number < 60 else (standing(0.5),))
    assert [bool(look.bodies) for look in looks] == [True] * 40 + [False] * 20 + [True] * 30


def test_players_are_there_as_soon_as_their_bodies_and_stay_while_hidden() -> None:
    """What the recogniser is told: nobody leaves for a gap, not even while they come in."""
    looks = watched(90, lambda number: () if number == 3 or 40 <= number < 60 else (standing(0.5),))
    for look in looks:
        (player,) = look.players
        assert (player.number, player.hidden) == (1, not look.bodies)
        assert player.seen <= look.sighting.time
        if look.bodies:
            assert (player.seen, player.pose) == (look.sighting.time, look.bodies[0][1])


def test_a_part_of_the_source() -> None:
    assert len(watched(100, two, seconds=1.0)) == 30


def test_pictures_have_nothing_to_do_with_each_other() -> None:
    script = Script(lambda number: tuple(standing(0.4 * i) for i in range(number)))
    looks = list(watch(Album(4), script, Roster(most=4)))
    assert script.forgot == 4
    assert all(look.players == () for look in looks)
    assert [(look.name, numbers(look)) for look in looks] == [
        ("0.jpg", []),
        ("1.jpg", [1]),
        ("2.jpg", [1, 2]),
        ("3.jpg", [1, 2, 3]),
    ]


@pytest.mark.parametrize("ending", [ending for ending in FORMATS if ending not in PICTURED])
def test_the_same_each_time(tmp_path: Path, ending: str) -> None:
    def once(name: str) -> bytes:
        path = tmp_path / f"{name}{ending}"
        with FORMATS[ending](path, Origin(source="made up", estimator="script", size=(64, 36))) as sink:
            track(watch(Reel(90), Script(two), Roster()), [sink])
        return path.read_bytes()

    assert once("a") == once("b")


def test_progress_and_the_sum_of_it() -> None:
    told: list[Tracked] = []
    tracked = track(watch(Reel(90), Script(two), Roster()), [], progress=told.append)
    assert [so_far.frames for so_far in told] == list(range(1, 91))
    assert told[-1] == tracked
    assert (tracked.players, tracked.poses) == (2, 90 + 30)
    assert tracked.seconds == pytest.approx(89 / 30)


def test_ctrl_c_ends_early_and_keeps_what_there_is(tmp_path: Path) -> None:
    def interrupting(so_far: Tracked) -> None:
        if so_far.frames == 40:
            raise KeyboardInterrupt

    path = tmp_path / "a.tape"
    with FORMATS[".tape"](path, Origin(source="made up", estimator="script")) as sink:
        tracked = track(watch(Reel(90), Script(two), Roster()), [sink], progress=interrupting)
    assert tracked.interrupted
    assert len(list(read_tape(path))) == 40


def test_a_tape_replays_as_what_it_was_made_of(tmp_path: Path) -> None:
    live = watched(90, two)
    path = tmp_path / "a.tape"
    with TapeWriter(path, TapeHeader(size=(64, 36))) as writer:
        for look in live:
            writer.write(look.sighting)
    again = list(replay(read_tape(path), Roster(most=4)))
    assert [numbers(look) for look in again] == [numbers(look) for look in live]
    assert [look.size for look in again] == [(64, 36)] * 90
    for mine, theirs in zip(live, again, strict=True):
        for (_, pose), (_, same) in zip(mine.bodies, theirs.bodies, strict=True):
            assert same.xy == pytest.approx(pose.xy, abs=2e-3)


def test_a_reel_of_a_tape_says_that_it_broke_off(tmp_path: Path) -> None:
    path = tmp_path / "a.tape"
    with TapeWriter(path, TapeHeader(size=(64, 36), source="made up", estimator="script", rate=30.0)) as writer:
        for number in range(30):
            writer.write(Sighting(number / 30, number, two(number), 16 / 9))
    path.write_bytes(path.read_bytes()[:-50])
    with open_reel(str(path), FakeClock(), progress=lambda _words, _share: None) as reel:
        assert track(reel.looks, []).frames == 29
        assert "breaks off" in reel.note()
        assert reel.origin == Origin(source="made up", estimator="script", rate=30.0, size=(64, 36))


def test_an_unknown_estimator_is_refused_before_the_source_is_opened(tmp_path: Path) -> None:
    nothing = str(tmp_path / "nothing.mp4")
    with (
        pytest.raises(UsageError, match="blazepose"),
        open_reel(nothing, FakeClock(), estimator="blazepos", progress=lambda _words, _share: None),
    ):
        pass


class Live(Reel):
    live = True


def opened(
    monkeypatch: pytest.MonkeyPatch, source: Reel, seconds: float | None = None
) -> AbstractContextManager[posegames.tools.track.Reel]:
    """Open a reel on a made-up source and estimator, put in at the two seams."""
    monkeypatch.setattr("posegames.tools.track.open_source", lambda *_words, **_wishes: source)
    monkeypatch.setattr("posegames.tools.track.make_estimator", lambda *_words, **_wishes: Script(two))
    return open_reel("made up", FakeClock(), seconds=seconds, progress=lambda _words, _share: None)


def test_a_live_source_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="posegames record"), opened(monkeypatch, Live(10)):
        pass


def test_a_reel_knows_how_long_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(monkeypatch, Reel(60)) as reel:
        assert reel.origin == Origin(source="made up", estimator="script", rate=30.0, size=(64, 36))
        assert reel.length == len(list(reel.looks)) == 60
    with opened(monkeypatch, Reel(60), seconds=0.5) as reel:
        assert reel.length == len(list(reel.looks)) == 15


def test_a_reel_left_early_has_nobody_at_work_when_its_source_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Ctrl-C leaves it, which may come while a file is written: frames are being read ahead then."""
    before, working = threading.active_count(), []

    class Closing(Reel):
        def __exit__(self, *_error: object) -> None:
            working.append(threading.active_count())

    def interrupting(so_far: Tracked) -> None:
        if so_far.frames == 3:
            raise KeyboardInterrupt

    with opened(monkeypatch, Closing(600)) as reel:
        assert track(reel.looks, [], progress=interrupting).interrupted
    assert working == [before]


def test_a_reel_of_pictures_says_which_it_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    album = Album(3)
    album.skipped = [(Path("album/7.jpg"), "it is no picture")]
    with opened(monkeypatch, album) as reel:
        assert reel.origin.named
        assert [look.name for look in reel.looks] == ["0.jpg", "1.jpg", "2.jpg"]
        assert reel.note() == "Passed over album/7.jpg: it is no picture."
