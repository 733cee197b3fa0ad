"""Processes at work: each does one job after another, and what kills one costs its job, not the rest."""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

from posegames.errors import PosegamesError
from posegames.seeing.estimators.routes import Progress
from posegames.timing import SystemClock

DEADLINE = 2.0
"""Seconds a process may take to end."""
BEAT = 0.1
"""Seconds between two reports of one process: the eye needs no more, and pickling them takes time."""

Result_co = TypeVar("Result_co", covariant=True)
Result = TypeVar("Result")


class Job(Protocol[Result_co]):
    """A piece of work. It pickles, and so does its result."""

    @property
    def name(self) -> str:
        """What it is called."""

    def run(self, progress: Progress) -> Result_co:
        """Do it; `progress` hears how far it is."""


Done = tuple[Job[Result], Result | PosegamesError]
"""A job with its result, or with why it has none."""
Heard = Callable[[Job[Any], str, float | None], None]
"""Is told which job is how far."""


def _nobody(_job: Job[Any], _words: str, _share: float | None) -> None:
    """Tell nobody."""


def tried(job: Job[Result], progress: Progress) -> Result | PosegamesError:
    """Return the job's result, or what went wrong, be it what it may."""
    try:
        return job.run(progress)
    except PosegamesError as error:
        return error
    except MemoryError:
        return PosegamesError("There is not enough memory for it.", now=_LESS)
    except Exception as error:  # noqa: BLE001 - one job's fault is not the end of the others
        what = getattr(error, "strerror", None) or f"{type(error).__name__}: {error}"
        fault = PosegamesError("It cannot be done.", f"({what}.)", "Run it alone with --debug to see where.")
        fault.add_note("".join(traceback.format_exception(error)))
        return fault


_LESS = "Close other programs, or use fewer --jobs."


class Crew:
    """Up to `workers` processes, started when there is work for them; used by `with`, which ends them."""

    def __init__(self, workers: int, *, cores: int | None = None) -> None:
        """Each keeps to `cores` cores; None lets it take what it likes."""
        self._most, self._cores = workers, cores
        self._free: list[_Worker] = []
        self._busy: dict[Connection, tuple[_Worker, Job[Any]]] = {}

    def __enter__(self) -> Self:
        """Start nothing yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all of them at once, whatever they do."""
        workers = [*self._free, *(worker for worker, _ in self._busy.values())]
        self._free, self._busy = [], {}
        for worker in workers:
            worker.process.kill()
        for worker in workers:
            worker.end()

    def work(self, jobs: Iterable[Job[Result]], heard: Heard = _nobody) -> Iterator[Done[Result]]:
        """Yield every job when it is done, with its result or with why it has none. Raises OSError."""
        waiting = deque(jobs)
        while waiting or self._busy:
            while waiting and len(self._busy) < self._most:
                self._give(waiting.popleft())
            for line in wait(list(self._busy)):
                assert isinstance(line, Connection)
                worker, job = self._busy[line]
                try:
                    report = line.recv()
                except (EOFError, OSError, pickle.UnpicklingError):
                    del self._busy[line]
                    yield job, _death(worker.end())
                    continue
                if isinstance(report, _Result):
                    del self._busy[line]
                    self._free.append(worker)
                    yield job, report.value
                else:
                    heard(job, *report)

    def _give(self, job: Job[Any]) -> None:
        while True:
            worker = self._free.pop() if self._free else _Worker(self._cores)
            try:
                worker.line.send(job)
            except OSError:  # it has died while it waited
                worker.end()
                continue
            self._busy[worker.line] = worker, job
            return


class _Result:
    """The last report of a job."""

    def __init__(self, value: Any) -> None:
        self.value = value


class _Worker:
    """A process, and the line to it."""

    def __init__(self, cores: int | None) -> None:
        # Not forked: this process may have threads, the bar's own among them.
        context = multiprocessing.get_context("spawn")
        self.line, far = context.Pipe()
        self.process = context.Process(target=_serve, args=(far, cores), name="posegames worker", daemon=True)
        with _interrupts_wait():
            self.process.start()
        far.close()  # so that its end is heard when the process has died

    def end(self) -> int:
        """Wait for the process to end, kill it if need be, and return its exit code."""
        self.line.close()
        self.process.join(DEADLINE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join(DEADLINE)
        return self.process.exitcode or 0


def _serve(line: Connection, cores: int | None) -> None:
    """Do what comes over the line until it closes: the parent has ended, or has said so."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all; the parent says when to end
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    if cores is not None:
        from posegames.seeing.cores import keep_to

        keep_to(cores)
    clock = SystemClock()
    told = clock.now()

    def tell(words: str, share: float | None) -> None:
        nonlocal told
        if clock.now() - told >= BEAT:
            told = clock.now()
            line.send((words, share))

    try:
        while True:
            line.send(_Result(tried(line.recv(), tell)))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


@contextmanager
def _interrupts_wait() -> Iterator[None]:
    """Hold back Ctrl-C while a process starts: it inherits that, until it can ignore it."""
    if sys.platform == "win32":
        yield
    else:
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _death(code: int) -> PosegamesError:
    how = f"signal {-code}: {signal.strsignal(-code)}" if code < 0 else f"exit code {code}"
    return PosegamesError(
        "The process at work on it has ended by itself.",
        f"({how}; memory may have run out, or a library has failed on it.)",
        _LESS,
    )
