"""Recording a live run: what was seen is on the tape, however the run ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest
from bodies import sighting, standing

from posegames.errors import SourceError
from posegames.seeing.sighting import Sighting
from posegames.seeing.sources.tape import read_tape
from posegames.seeing.status import FeedStatus
from posegames.tools.record import Recorded, record


class FakeClock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.time = 500.0

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += seconds


class Feed:
    """Sightings at 30 Hz, from second 1 on (a model loads first), until `end`; then what `after` does."""

    def __init__(self, end: float, after: Callable[[], None] = lambda: None, *, ends: bool = True) -> None:
        self._end, self._after, self._ends = end, after, ends
        self._given = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    @property
    def abandoned(self) -> list[str]:
        return []

    def poll(self, now: float) -> Sighting | None:
        if now - 500 >= self._end:
            self._after()
            return None
        due = 501 + self._given / 30
        if now < due:
            return None
        self._given += 1
        return sighting(due, standing(0.5), standing(1.2), number=self._given - 1)

    def status(self, now: float) -> FeedStatus:
        ended = self._ends and now - 500 >= self._end
        return FeedStatus(phase="ended" if ended else "seeing", source="made up", estimator="script")


def stop() -> None:
    raise KeyboardInterrupt


def die() -> None:
    raise SourceError("The camera is gone.")


def test_a_run_is_on_the_tape_from_its_first_picture_on(tmp_path: Path) -> None:
    path, told = tmp_path / "a.tape", list[Recorded]()
    recorded = record(
        Feed(3.0), path, FakeClock(), created="2026-01-02", progress=lambda so_far, _status: told.append(so_far)
    )
    tape = read_tape(path)
    sightings = list(tape)
    assert [s.number for s in sightings] == list(range(60))
    assert [s.time for s in sightings] == pytest.approx([n / 30 for n in range(60)], abs=1e-3)
    assert (tape.header.source, tape.header.estimator, tape.header.created) == ("made up", "script", "2026-01-02")
    assert (recorded.sightings, recorded.people, recorded.most) == (60, 2, 2)
    assert recorded.seconds == pytest.approx(59 / 30)
    assert recorded.written == path.stat().st_size
    assert told[0] == Recorded()
    assert told[-1] == recorded


def test_seconds_are_counted_from_the_first_picture(tmp_path: Path) -> None:
    recorded = record(Feed(60.0), tmp_path / "a.tape", FakeClock(), seconds=1.0)
    assert recorded.sightings == 30


def test_ctrl_c_is_the_usual_end(tmp_path: Path) -> None:
    recorded = record(Feed(2.0, stop), tmp_path / "a.tape", FakeClock())
    assert recorded.sightings == 30
    assert len(list(read_tape(tmp_path / "a.tape"))) == 30


def test_a_dying_feed_loses_nothing(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="gone"):
        record(Feed(2.0, die), tmp_path / "a.tape", FakeClock())
    assert len(list(read_tape(tmp_path / "a.tape"))) == 30


def test_a_silent_camera_does_not_hold_a_timed_recording_for_ever(tmp_path: Path) -> None:
    recorded = record(Feed(2.0, ends=False), tmp_path / "a.tape", FakeClock(), seconds=10.0)
    assert recorded.sightings == 30


@pytest.mark.parametrize("after", [lambda: None, stop])
def test_nothing_to_record(tmp_path: Path, after: Callable[[], None]) -> None:
    with pytest.raises(SourceError, match="Nothing was recorded"):
        record(Feed(0.5, after), tmp_path / "a.tape", FakeClock())
    assert list(tmp_path.iterdir()) == []
