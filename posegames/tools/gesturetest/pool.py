"""Many pieces of work, one after another or on several cores: results in order, and what fails is passed over."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Protocol, TypeVar

from posegames.errors import PosegamesError
from posegames.seeing.estimators.routes import Progress

Result_co = TypeVar("Result_co", covariant=True)
Result = TypeVar("Result")


class Job(Protocol[Result_co]):
    """A piece of work. It pickles, and so does its result."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def weight(self) -> float:
        """How long it takes, against the others."""

    def run(self, progress: Progress) -> Result_co:
        """Do it; `progress` hears how far it is."""


def work(
    jobs: Sequence[Job[Result]], *, workers: int, progress: Progress
) -> Iterator[tuple[Job[Result], Result | PosegamesError]]:
    """Yield every job with its result, or with why it has none, in order.

    With one worker they are done here, else in `workers` processes of their own.
    """
    whole = sum(job.weight for job in jobs) or 1.0
    done = 0.0

    def heard(words: str, share: float | None) -> None:
        progress(words, min((done + job.weight * (share or 0.0)) / whole, 1.0))

    if workers == 1:
        for job in jobs:
            heard(job.name, 0.0)
            yield job, _tried(job, heard)
            done += job.weight
        return
    # Not forked: this process may have threads, the bar's own among them.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(jobs)) or 1, mp_context=context) as executor:
        try:
            for job, result in zip(jobs, executor.map(_alone, jobs), strict=True):
                done += job.weight
                heard(job.name, 0.0)
                yield job, result
        finally:
            executor.shutdown(wait=True, cancel_futures=True)


def _tried(job: Job[Result], progress: Progress) -> Result | PosegamesError:
    try:
        return job.run(progress)
    except PosegamesError as error:
        return error


def _alone(job: Job[Result]) -> Result | PosegamesError:
    return _tried(job, lambda _words, _share: None)
