"""Crews: many jobs at once, each with its result or its reason, whatever becomes of the process."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from chores import Chore

from posegames.errors import PosegamesError
from posegames.tools.batch.crew import Crew, Job


def told(result: str | PosegamesError) -> str:
    return result if isinstance(result, str) else f"!{result}"


@pytest.mark.skipif(sys.platform == "win32", reason="a process is ended by a signal")
def test_every_job_has_its_result_or_its_reason_and_the_crew_goes_on() -> None:
    names = ["first", "refuse", "fault", "starve", "crash", "leave", "last"]
    with Crew(2, cores=1) as crew:
        done = {job.name: told(result) for job, result in crew.work([Chore(name) for name in names])}
        assert set(done) == set(names)
        assert (done["first"], done["last"]) == ("first done", "last done")
        assert done["refuse"] == "!It cannot be opened. Try another."
        assert "IndexError" in done["fault"]
        assert "not enough memory" in done["starve"]
        assert "signal 11" in done["crash"]
        assert "exit code 3" in done["leave"]
        assert [told(result) for _, result in crew.work([Chore("cores")])] == ["1"]


def test_a_job_tells_how_far_it_is_while_others_are_done(tmp_path: Path) -> None:
    """The one that waits is heard of; it goes on when the other, behind it, is done."""
    heard: list[tuple[str, str, float | None]] = []
    file = tmp_path / "go"

    def hear(job: Job[Any], words: str, share: float | None) -> None:
        heard.append((job.name, words, share))
        file.touch()

    with Crew(2) as crew:
        done = [job.name for job, _ in crew.work([Chore("wait", file), Chore("other")], hear)]
    assert sorted(done) == ["other", "wait"]
    assert set(heard) == {("wait", "waiting", 0.25)}


def test_what_is_left_early_ends_at_once(tmp_path: Path) -> None:
    """As Ctrl-C leaves it: a job that would wait for ever is killed with its process."""
    with Crew(2) as crew:
        for job, _ in crew.work(
            [Chore("wait", tmp_path / "never"), Chore("other"), Chore("wait", tmp_path / "no")]
        ):
            assert job.name == "other"
            break
        processes = [worker.process for worker, _ in crew._busy.values()] + [w.process for w in crew._free]
    assert processes
    assert not any(process.is_alive() for process in processes)


def test_without_work_there_is_no_process() -> None:
    with Crew(2) as crew:
        nothing: list[Chore] = []
        assert list(crew.work(nothing)) == []
        assert not crew._free
