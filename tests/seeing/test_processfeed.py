from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import watchers

from posegames.errors import EstimatorError, SourceError
from posegames.seeing import commons
from posegames.seeing.background import NICENESS
from posegames.seeing.child import Recipe
from posegames.seeing.processfeed import DEADLINE, SILENCE, ProcessFeed
from posegames.seeing.sighting import Sighting
from posegames.timing import SystemClock

PATIENCE = 60.0
"""Seconds any test waits for something that should happen at once."""

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@contextmanager
def feed_of(recipe: Recipe) -> Iterator[ProcessFeed]:
    with ProcessFeed(recipe, SystemClock()) as feed:
        yield feed
    assert feed.abandoned == []


def until(feed: ProcessFeed, done: Callable[[list[Sighting]], bool]) -> list[Sighting]:
    """Poll until `done`, or the test's patience ends."""
    got: list[Sighting] = []
    end = time.monotonic() + PATIENCE
    while not done(got):
        assert time.monotonic() < end, f"waited in vain: {feed.status(time.monotonic())}"
        if (sighting := feed.poll(time.monotonic())) is not None:
            got.append(sighting)
        time.sleep(0.001)
    return got


def pid_of(feed: ProcessFeed) -> int:
    assert feed._process is not None
    return feed._process.pid


def whole(sighting: Sighting) -> bool:
    """Whether the picture is the one of this sighting's number, and of no other."""
    assert sighting.frame is not None
    return bool((sighting.frame.picture == sighting.number % 251).all())


def test_sightings_come_with_picture_truth_and_the_time_of_capture() -> None:
    with feed_of(watchers.numbered) as feed:
        got = until(feed, lambda got: len(got) >= 20)
        age = time.monotonic() - got[-1].time
        status = feed.status(time.monotonic())
    assert [s.number for s in got] == sorted({s.number for s in got})
    assert all(whole(s) for s in got[-3:])
    last = got[-1]
    assert last.frame is not None
    assert (last.frame.time, last.frame.number, last.frame.picture.shape) == (
        last.time,
        last.number,
        (360, 640, 3),
    )
    assert [pose.track for pose in last.frame.truth] == [last.number]
    assert len(last.poses) == 1
    assert not last.poses[0].xy.flags.writeable
    assert not last.frame.picture.flags.writeable
    assert 0 <= age < PATIENCE
    assert last.cost > 0
    assert (status.phase, status.source, status.estimator) == ("seeing", "numbered", "eyes")
    assert status.sightings <= status.frames


@linux
def test_it_gives_way_once_it_has_loaded() -> None:
    usual = os.getpriority(os.PRIO_PROCESS, 0)

    def weights(sighting: Sighting) -> list[int | None]:
        return [pose.track for pose in sighting.frame.truth] if sighting.frame else []

    with feed_of(watchers.weighed) as feed:
        got = until(feed, lambda got: bool(got) and weights(got[-1])[-1] != usual)
    assert weights(got[-1]) == [usual, min(19, usual + NICENESS)]


def test_a_picture_stays_as_it_is_while_somebody_has_a_part_of_it() -> None:
    with feed_of(watchers.numbered) as feed:
        (first,) = until(feed, lambda got: len(got) == 1)
        assert first.frame is not None
        number, part = first.number, first.frame.picture[10:20, ::2][1:]
        del first
        until(feed, lambda got: len(got) >= 4 * commons.PLACES)
        assert (part == number % 251).all()
    assert (part == number % 251).all()  # also when the feed is closed


def test_who_keeps_every_picture_does_not_stop_the_feed() -> None:
    with feed_of(watchers.numbered) as feed:
        got = until(feed, lambda got: len(got) >= 4 * commons.PLACES)
        assert all(whole(s) for s in got)
        assert not any(s.frame.picture.flags.writeable for s in got if s.frame)


def test_pictures_that_nobody_keeps_are_given_back() -> None:
    with feed_of(watchers.numbered) as feed:
        until(feed, lambda got: len(got) >= 10)
        gc.collect()
        assert len(feed._borrower._lent) <= 1  # one may wait to be taken


def test_a_display_that_stands_still_gets_the_newest_afterwards() -> None:
    with feed_of(watchers.numbered) as feed:
        until(feed, bool)
        end = time.monotonic() + 0.5
        while time.monotonic() < end:
            time.sleep(0.01)
        newest = feed.status(time.monotonic()).sightings
        (sighting,) = until(feed, lambda got: len(got) == 1)
        assert sighting.number >= newest - 30  # of 100 that came meanwhile: the reports are 50 ms old
        assert whole(sighting)


def test_a_process_that_was_stopped_goes_on_where_the_world_is() -> None:
    with feed_of(watchers.numbered) as feed:
        until(feed, lambda got: len(got) >= 5)
        os.kill(pid_of(feed), signal.SIGSTOP)
        asked = time.monotonic()
        assert feed.status(asked).phase == "seeing"
        late = feed.status(asked + SILENCE + 1)
        assert (late.phase, late.message) == ("trouble", "the eyes do not answer: waiting")
        os.kill(pid_of(feed), signal.SIGCONT)
        until(feed, lambda got: len(got) >= 5)
        assert feed.status(time.monotonic()).phase == "seeing"


def test_progress_and_notices_pass_through() -> None:
    with feed_of(watchers.told) as feed:
        assert feed.status(time.monotonic()).phase == "loading"
        until(feed, lambda _got: feed.status(time.monotonic()).message == "fetching")
        until(feed, bool)
        assert feed.status(time.monotonic()).notice == "The stage plays instead."


@pytest.mark.parametrize(
    "recipe",
    [
        partial(watchers.numbered, reading=watchers.fail),
        partial(watchers.numbered, estimating=watchers.fail),
    ],
)
def test_an_error_over_there_is_raised_here_in_its_three_sentences(recipe: Recipe) -> None:
    with feed_of(recipe) as feed, pytest.raises(SourceError) as caught:
        until(feed, lambda _got: False)
    assert (caught.value.what, caught.value.why, caught.value.now) == ("It broke.", "It was old.", "Buy another.")
    assert "watchers.py" in caught.value.__notes__[0]  # for --debug: where it was raised


@pytest.mark.parametrize(
    ("recipe", "kind", "says"),
    [
        (watchers.broken, SourceError, "It is broken. It was made so. Make another."),
        (partial(watchers.numbered, reading=watchers.stumble), ZeroDivisionError, "a bug"),
        (partial(watchers.numbered, reading=watchers.fail_oddly), EstimatorError, "UntransportableError"),
        (partial(watchers.numbered, size=(5000, 5000)), SourceError, "5000 x 5000"),
        (partial(watchers.numbered, reading=watchers.leave), EstimatorError, "exit code 3"),
        pytest.param(
            *(partial(watchers.numbered, estimating=watchers.die), EstimatorError, "signal 9"), marks=linux
        ),
    ],
)
def test_whatever_ends_the_process_is_said(recipe: Recipe, kind: type[Exception], says: str) -> None:
    with feed_of(recipe) as feed, pytest.raises(kind, match=says):
        until(feed, lambda _got: False)


@pytest.mark.parametrize(
    "recipe",
    [
        watchers.numbered,
        partial(watchers.numbered, reading=watchers.hang, estimating=watchers.hang),
        pytest.param(partial(watchers.numbered, reading=watchers.stop), marks=linux),
    ],
)
def test_closing_waits_for_nobody_and_leaves_nothing_behind(recipe: Recipe) -> None:
    with feed_of(recipe) as feed:
        until(feed, bool)
        end = time.monotonic() + 0.2  # by now it hangs
        until(feed, lambda _got: time.monotonic() > end)
        pid = pid_of(feed)
        began = time.monotonic()
    assert time.monotonic() - began < DEADLINE + PATIENCE / 2
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)  # gone, and no zombie either


def test_it_can_be_closed_before_it_has_begun() -> None:
    with feed_of(watchers.told) as feed:
        pid = pid_of(feed)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_where_it_cannot_be_started_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    feed = ProcessFeed(watchers.numbered, SystemClock())
    with pytest.raises(EstimatorError, match="The process that sees cannot be started"), feed:
        pass
    assert feed.abandoned == []


def test_a_clock_of_its_own_over_there_is_set_right() -> None:
    class Ahead:
        def now(self) -> float:
            return time.monotonic() + 1000

        def sleep(self, seconds: float) -> None:
            time.sleep(seconds)

    with ProcessFeed(watchers.numbered, Ahead()) as feed:
        got = until(feed, bool)
    assert got[0].time == pytest.approx(time.monotonic() + 1000, abs=PATIENCE)
    assert got[0].frame is not None
    assert got[0].frame.time == got[0].time


def test_what_a_library_prints_does_not_come_between(capfd: pytest.CaptureFixture[str]) -> None:
    with feed_of(partial(watchers.numbered, reading=watchers.chatter)) as feed:
        got = until(feed, lambda got: len(got) >= 5)
    assert all(whole(s) for s in got[-2:])
    out, err = capfd.readouterr()
    assert out == ""
    assert "more noise" in err


def test_it_loads_nothing_of_the_display() -> None:
    with feed_of(partial(watchers.numbered, estimating=watchers.without_pygame)) as feed:
        until(feed, lambda got: len(got) >= 2)


PARENT = """
import sys, time
from functools import partial
import watchers
from posegames.seeing.processfeed import ProcessFeed
from posegames.timing import SystemClock
with ProcessFeed(watchers.numbered, SystemClock()) as feed:
    while feed.poll(0) is None:
        time.sleep(0.01)
    print(feed._process.pid, flush=True)
    while True:
        feed.poll(0)
        time.sleep(0.01)
"""


@linux
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_however_the_program_ends_its_eyes_end_too(number: signal.Signals, tmp_path: Path) -> None:
    # A program of the user's own, without a guard around its main part.
    program = tmp_path / "mine.py"
    program.write_text(PARENT)
    paths = os.pathsep.join(filter(None, sys.path))
    shared = set(Path("/dev/shm").iterdir())
    with subprocess.Popen(
        [sys.executable, program],
        env=os.environ | {"PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        os.killpg(parent.pid, number) if number == signal.SIGINT else parent.send_signal(number)
        parent.wait(timeout=PATIENCE)
        end = time.monotonic() + PATIENCE
        while Path(f"/proc/{child}").exists() and "zombie" not in Path(f"/proc/{child}/status").read_text():
            assert time.monotonic() < end, "it lives on"
            time.sleep(0.01)
        assert parent.stderr is not None
        said = parent.stderr.read()
    assert "watchers" not in said  # the child says nothing of its own
    assert set(Path("/dev/shm").iterdir()) == shared


def test_a_lender_has_places_for_as_many_as_are_not_lent() -> None:
    picture = np.ones((4, 6, 3), dtype=np.uint8)
    given_back: list[int] = []
    with commons.common_memory() as handle:
        lender, borrower = commons.Lender(handle), commons.Borrower(handle, given_back.append)
    loans = [loan for _ in range(commons.PLACES) if (loan := lender.lend(picture))]
    assert [loan.place for loan in loans] == list(range(commons.PLACES))
    assert lender.lend(picture) is None
    kept = [borrower.borrow(loan) for loan in loans]
    assert given_back == [3, 4]  # copied: the others stay as they are for whoever has them
    del kept[1]
    assert given_back == [3, 4, 1]
    lender.take_back(4)
    assert lender.lend(2 * picture) == commons.Loan(4, (4, 6, 3))
    assert all((picture == 1).all() for picture in kept)
