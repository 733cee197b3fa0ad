"""Recording a live run: what was seen is on the tape, however the run ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from bodies import sighting, standing
from feeds import BEGIN, EndingFeed, LateClock, die, stop

from posegames.errors import SourceError
from posegames.seeing.sighting import Sighting
from posegames.seeing.sources.tape import read_tape
from posegames.seeing.status import FeedStatus
from posegames.tools.record import Recorded, record


class Feed(EndingFeed):
    """Sightings at 30 Hz, from second 1 on (a model loads first), until `end`; then what `after` does."""

    def __init__(self, end: float, after: Callable[[], None] = lambda: None, *, ends: bool = True) -> None:
        super().__init__(end, after)
        self._ends = ends

    def next(self, given: int) -> Sighting:
        return sighting(BEGIN + 1 + given / 30, standing(0.5), standing(1.2), number=given)

    def status(self, now: float) -> FeedStatus:
        ended = self._ends and self.over(now)
        return FeedStatus(phase="ended" if ended else "seeing", source="made up", estimator="script")


def test_a_run_is_on_the_tape_from_its_first_picture_on(tmp_path: Path) -> None:
    path, told = tmp_path / "a.tape", list[Recorded]()
    recorded = record(
        Feed(3.0), path, LateClock(), created="2026-01-02", progress=lambda so_far, _status: told.append(so_far)
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
    recorded = record(Feed(60.0), tmp_path / "a.tape", LateClock(), seconds=1.0)
    assert recorded.sightings == 30


def test_ctrl_c_is_the_usual_end(tmp_path: Path) -> None:
    recorded = record(Feed(2.0, stop), tmp_path / "a.tape", LateClock())
    assert recorded.sightings == 30
    assert len(list(read_tape(tmp_path / "a.tape"))) == 30


def test_a_dying_feed_loses_nothing(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="gone"):
        record(Feed(2.0, die), tmp_path / "a.tape", LateClock())
    assert len(list(read_tape(tmp_path / "a.tape"))) == 30


def test_a_silent_camera_does_not_hold_a_timed_recording_for_ever(tmp_path: Path) -> None:
    recorded = record(Feed(2.0, ends=False), tmp_path / "a.tape", LateClock(), seconds=10.0)
    assert recorded.sightings == 30


@pytest.mark.parametrize("after", [lambda: None, stop])
def test_nothing_to_record(tmp_path: Path, after: Callable[[], None]) -> None:
    with pytest.raises(SourceError, match="Nothing was recorded"):
        record(Feed(0.5, after), tmp_path / "a.tape", LateClock())
    assert list(tmp_path.iterdir()) == []
