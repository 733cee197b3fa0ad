"""Many pieces of work, one after another or on several cores: results in order, and what fails is passed over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol, TypeVar

from posegames.errors import PosegamesError
from posegames.seeing.estimators.routes import Progress
from posegames.tools.batch.crew import Crew
from posegames.tools.batch.crew import Job as AnyJob

Result_co = TypeVar("Result_co", covariant=True)
Result = TypeVar("Result")


class Job(AnyJob[Result_co], Protocol[Result_co]):
    """A piece of work. It pickles, and so does its result."""

    @property
    def weight(self) -> float:
        """How long it takes, against the others."""


def work(
    jobs: Sequence[Job[Result]], *, workers: int, progress: Progress
) -> Iterator[tuple[Job[Result], Result | PosegamesError]]:
    """Yield every job with its result, or with why it has none, in order.

    With one worker they are done here, else in `workers` processes of their own.
    """
    whole = sum(job.weight for job in jobs) or 1.0
    shares = [0.0] * len(jobs)
    places = {id(job): place for place, job in enumerate(jobs)}

    def heard(job: AnyJob[Any], words: str, share: float | None) -> None:
        place = places[id(job)]
        shares[place] = max(shares[place], share or 0.0)
        done = sum(job.weight * share for job, share in zip(jobs, shares, strict=True))
        progress(words, min(done / whole, 1.0))

    if workers == 1:
        for job in jobs:

            def tell(words: str, share: float | None, job: Job[Result] = job) -> None:
                heard(job, words, share)

            tell(job.name, 0.0)
            yield job, _tried(job, tell)
            shares[places[id(job)]] = 1.0
        return
    results: dict[int, Result | PosegamesError] = {}
    given = 0
    with Crew(min(workers, len(jobs)) or 1) as crew:
        for done, result in crew.work(jobs, heard):
            heard(done, done.name, 1.0)
            results[places[id(done)]] = result
            while given in results:
                yield jobs[given], results.pop(given)
                given += 1


def _tried(job: Job[Result], progress: Progress) -> Result | PosegamesError:
    try:
        return job.run(progress)
    except PosegamesError as error:
        return error
