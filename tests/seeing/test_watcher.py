from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import numpy as np
import pytest
from bodies import standing

from posegames.body.pose import Pose
from posegames.errors import SourceError
from posegames.seeing.estimators.base import Estimator
from posegames.seeing.estimators.routes import Progress
from posegames.seeing.sighting import Frame, Sighting
from posegames.seeing.slot import NewestSlot
from posegames.seeing.sources.base import Source
from posegames.seeing.watcher import DEADLINE, Tell, Watcher
from posegames.timing import SystemClock

PATIENCE = 60.0
"""Seconds any test waits for something that should happen at once."""


class _Resource:
    opened = closed = 0

    def __enter__(self) -> Self:
        self.opened += 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closed += 1


@dataclass
class Pictures(_Resource):
    """A source: `count` pictures and then the end, or whatever `act` does before one is given."""

    count: int = 10**9
    live: bool = True
    act: Callable[[int], None] = lambda _number: None
    name: str = "pictures"
    size: tuple[int, int] = (64, 36)
    rate: float = 100.0
    length: int | None = None
    trouble: str = ""
    given: int = 0
    readers: set[str] = field(default_factory=set)

    @property
    def ended(self) -> bool:
        return self.given >= self.count

    def read(self) -> Frame | None:
        self.readers.add(threading.current_thread().name)
        self.act(self.given)
        if self.ended:
            return None
        self.given += 1
        time_ = time.monotonic() if self.live else (self.given - 1) / self.rate
        return Frame(np.zeros((36, 64, 3), dtype=np.uint8), time_, self.given - 1)


@dataclass
class Eyes(_Resource):
    """An estimator that always sees one person, after `act`."""

    act: Callable[[int], None] = lambda _number: None
    name: str = "eyes"
    pose: Pose = field(default_factory=standing)
    seen: int = 0

    def estimate(self, _frame: Frame) -> tuple[Pose, ...]:
        self.act(self.seen)
        self.seen += 1
        return (self.pose,)

    def forget(self) -> None:
        raise AssertionError("a watcher never forgets")


class Watched(Watcher):
    """A watcher, and the newest of what it delivers."""

    def __init__(
        self,
        make_source: Callable[[Tell], AbstractContextManager[Source]],
        make_estimator: Callable[[Progress, Tell], Estimator],
    ) -> None:
        self.slot: NewestSlot[Sighting] = NewestSlot()
        super().__init__(make_source, make_estimator, SystemClock(), self.slot.put)


def watched(source: Pictures, eyes: Eyes) -> Watched:
    return Watched(lambda _tell: source, lambda _progress, _tell: eyes)


def until(watching: Watched, done: Callable[[list[Sighting]], bool]) -> list[Sighting]:
    """Take what comes until `done`, a thread's death, or the end of the test's patience."""
    got: list[Sighting] = []
    end = time.monotonic() + PATIENCE
    while not done(got):
        assert time.monotonic() < end, f"waited in vain: {watching.status(time.monotonic())}"
        if watching.error is not None:
            raise watching.error
        if (sighting := watching.slot.take()) is not None:
            got.append(sighting)
        time.sleep(0.001)
    return got


def test_sightings_come_and_everything_is_closed_by_its_own_thread() -> None:
    source, eyes = Pictures(), Eyes()
    with watched(source, eyes) as watching:
        got = until(watching, lambda got: len(got) >= 3)
        status = watching.status(time.monotonic())
    assert [s.number for s in got] == sorted({s.number for s in got})
    assert got[0].poses == (eyes.pose,)
    assert got[0].frame is not None
    assert (status.phase, status.source, status.estimator) == ("seeing", "pictures", "eyes")
    assert (source.opened, source.closed, eyes.opened, eyes.closed) == (1, 1, 1, 1)
    assert source.readers == {"posegames capture"}
    assert watching.stuck == []


def test_a_flood_is_dropped_and_counted_and_the_newest_wins() -> None:
    source = Pictures()
    with watched(source, Eyes(act=lambda _n: time.sleep(0.02))) as watching:
        until(watching, lambda got: len(got) >= 5)
        status = watching.status(time.monotonic())
        assert status.dropped > 0
        assert status.dropped + status.sightings <= status.frames
        newest = source.given
        late = until(watching, lambda got: bool(got) and got[-1].number >= newest)[:-1]
        assert len(late) <= 3  # seen already, being looked at, next: no backlog


def test_a_recording_waits_for_the_model_and_keeps_its_own_pace() -> None:
    source, loaded = Pictures(count=5, live=False), threading.Event()

    def slow_to_load(_progress: object, _tell: object) -> Eyes:
        loaded.wait(PATIENCE)
        return Eyes()

    with Watched(lambda _tell: source, slow_to_load) as watching:
        assert watching.status(0).phase == "loading"
        assert source.given == 0
        loaded.set()
        got = until(watching, lambda got: len(got) == 5)
        assert [s.number for s in got] == [0, 1, 2, 3, 4]
        gaps = np.diff([s.time for s in got])
        np.testing.assert_allclose(gaps, 0.01, atol=1e-6)  # media time, moved to the run's clock
        until(watching, lambda _got: watching.status(0).phase == "ended")


@pytest.mark.parametrize("where", ["opening", "reading", "loading", "estimating"])
def test_a_thread_that_dies_says_so_in_the_callers_thread(where: str) -> None:
    def die(_: object = None) -> None:
        raise SourceError(f"It died {where}.")

    @contextmanager
    def broken(_tell: object) -> Iterator[Pictures]:
        die()
        yield Pictures()

    def broken_loading(_progress: object, _tell: object) -> Eyes:
        die()
        return Eyes()

    watching = {
        "opening": lambda: Watched(broken, lambda _p, _t: Eyes()),
        "reading": lambda: watched(Pictures(act=die), Eyes()),
        "loading": lambda: Watched(lambda _t: Pictures(), broken_loading),
        "estimating": lambda: watched(Pictures(), Eyes(act=die)),
    }[where]()
    with watching, pytest.raises(SourceError, match=f"It died {where}"):
        until(watching, lambda _got: False)
    assert watching.stuck == []


def test_trouble_is_shown_and_passes() -> None:
    source = Pictures()
    with watched(source, Eyes()) as watching:
        until(watching, bool)
        source.trouble = "camera lost: trying again"
        status = watching.status(time.monotonic())
        assert (status.phase, status.message) == ("trouble", "camera lost: trying again")
        source.trouble = ""
        assert watching.status(time.monotonic()).phase == "seeing"


@pytest.mark.parametrize("who", ["source", "estimator"])
def test_closing_does_not_wait_for_what_is_stuck(who: str) -> None:
    stuck = threading.Event()

    def block(count: int) -> None:
        if count >= 2:
            stuck.wait(PATIENCE)

    watching = watched(Pictures(act=block), Eyes()) if who == "source" else watched(Pictures(), Eyes(act=block))
    with watching:
        until(watching, lambda got: len(got) >= 1)
        end = time.monotonic() + 0.2
        until(watching, lambda _got: time.monotonic() > end)
        began = time.monotonic()
    assert time.monotonic() - began < DEADLINE + PATIENCE / 2
    assert watching.stuck == [{"source": "posegames capture", "estimator": "posegames tracking"}[who]]
    stuck.set()


def test_what_stands_in_for_the_camera_is_told() -> None:
    @contextmanager
    def stand_in(tell: Callable[[str], None]) -> Iterator[Pictures]:
        tell("The stage plays instead.")
        yield Pictures()

    with Watched(stand_in, lambda _p, _t: Eyes()) as watching:
        until(watching, bool)
        assert watching.status(0).notice == "The stage plays instead."


def test_what_is_being_fetched_when_it_is_closed_is_given_up() -> None:
    given_up = threading.Event()

    def fetch(progress: Progress, _tell: Tell) -> Eyes:
        try:
            while True:
                progress("fetching", None)
                time.sleep(0.01)
        finally:
            given_up.set()

    with Watched(lambda _tell: Pictures(), fetch) as watching:
        until(watching, lambda _got: watching.status(0).message == "fetching")
    assert given_up.is_set()
    assert watching.stuck == []
