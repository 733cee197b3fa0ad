"""A process of its own for one estimator: what it takes to load, to look, and in memory, nobody else's counted."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from posegames.errors import EstimatorError, PosegamesError
from posegames.seeing.estimators.base import Estimator
from posegames.seeing.sighting import Frame
from posegames.seeing.sources.stage import parse_stage
from posegames.timing import SystemClock

Make = Callable[[], Estimator]
"""Makes an estimator that is not yet open. It must pickle: a `partial` of a function of a module."""
GOODBYE = 5.0
"""Seconds a process has to end; then it is ended."""


@dataclass(frozen=True, slots=True)
class Work:
    """A turn: pictures to be looked at in order, again from the first when they are through."""

    play: str
    """Of the stage. The process keeps the pictures of the last one."""
    begin: float
    """Seconds of the play before it."""
    pictures: int
    one_core: bool
    """Whether everything has to run on a single core."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a turn took."""

    seconds: tuple[float, ...]
    """Of each picture."""
    found: float
    """Bodies in a picture, on average: who finds fewer is faster, and no better."""


class Examinee:
    """The process, from outside. Opened by `with`; ends with it."""

    def __init__(self, make: Make | None) -> None:
        """Take the estimator's recipe; without one the process does all the same, and looks at nothing."""
        self._make = make
        self.load = 0.0
        """Seconds from the order to the first picture's answer, with libraries and files in the system's cache."""

    def __enter__(self) -> Self:
        """Start it, and wait until the estimator has answered once. Raises what loading it raises."""
        context = multiprocessing.get_context("spawn")
        self._line, end = context.Pipe()
        self._process = context.Process(target=_examined, args=(end, self._make), daemon=True)
        self._process.start()
        end.close()
        try:
            self.load = float(self._ask("load"))
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        with suppress(OSError):
            self._line.send(None)
        self._process.join(GOODBYE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._line.close()

    def work(self, order: Work) -> Done:
        """Let it have a turn."""
        done: Done = self._ask(order)
        return done

    def peak(self) -> float | None:
        """Return the most memory it ever had, in MB (10^6 bytes); None where the system does not say."""
        peak: float | None = self._ask("peak")
        return peak

    def _ask(self, order: object) -> Any:
        try:
            self._line.send(order)
            answer = self._line.recv()
        except (EOFError, OSError) as error:
            raise EstimatorError(
                "The process of an estimator ended.", f"({type(error).__name__}: {error})"
            ) from error
        if isinstance(answer, BaseException):
            raise answer
        return answer


def _examined(line: Connection, make: Make | None) -> None:
    """Answer orders until there are no more: the whole life of the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who asks
    with ExitStack() as stack, suppress(EOFError, OSError):
        desk = _Desk(stack, make)
        while (order := line.recv()) is not None:
            try:
                line.send(desk.do(order))
            except PosegamesError as error:
                line.send(error)
            except Exception as error:  # noqa: BLE001 - a process's death is a message, too
                line.send(EstimatorError("An estimator failed.", f"({type(error).__name__}: {error})"))


class _Desk:
    """The work in the process."""

    def __init__(self, stack: ExitStack, make: Make | None) -> None:
        self._stack, self._make = stack, make
        self._estimator: Estimator | None = None
        self._clock = SystemClock()
        self._shown: tuple[tuple[str, float, int], Sequence[Frame]] | None = None
        self._count = 0
        self._cores = _cores()
        self._fresh = False
        """Whether the pictures are others than before."""

    def do(self, order: object) -> object:
        if order == "load":
            return self._load()
        if order == "peak":
            return peak()
        assert isinstance(order, Work)
        return self._turn(order)

    def _load(self) -> float:
        (frame, *_) = self._frames(Work("stage:dance?actors=1&size=640x480", 4.0, 1, one_core=False))
        began = self._clock.now()
        if self._make is not None:
            self._estimator = self._stack.enter_context(self._make())
            self._estimator.estimate(frame)
        return self._clock.now() - began

    def _turn(self, order: Work) -> Done:
        frames = self._frames(order)
        spread_over(self._cores[:1] if order.one_core else self._cores)
        seconds, found = [], 0
        for place in range(order.pictures):
            self._count += 1
            # There and back, so that nobody jumps; the time goes on.
            round_, at = divmod(self._count, len(frames))
            frame = replace(frames[-1 - at if round_ % 2 else at], time=self._count / 30, number=self._count)
            if place == 0 and self._estimator is not None and self._fresh:
                self._estimator.forget()
            began = self._clock.now()
            if self._estimator is not None:
                found += len(self._estimator.estimate(frame))
            seconds.append(self._clock.now() - began)
        self._fresh = False
        return Done(tuple(seconds), found / max(1, order.pictures))

    def _frames(self, order: Work) -> Sequence[Frame]:
        what = order.play, order.begin, order.pictures
        if self._shown is None or self._shown[0] != what:
            with parse_stage(order.play) as stage:
                first = round(order.begin * stage.rate)
                self._shown = what, [stage.frame(first + number) for number in range(order.pictures)]
            self._fresh = True
        return self._shown[1]


def _cores() -> list[int]:
    """Return the cores this process may use; none where the system does not tell."""
    return sorted(os.sched_getaffinity(0)) if sys.platform == "linux" else []


def confinable() -> bool:
    """Whether a process can be kept on one core here."""
    return bool(_cores())


def spread_over(cores: Sequence[int]) -> None:
    """Let every thread of this process run on these cores only; where that cannot be had nothing happens."""
    if sys.platform == "linux" and cores:
        for thread in Path("/proc/self/task").iterdir():
            with suppress(OSError):  # it has just ended
                os.sched_setaffinity(int(thread.name), cores)


def peak() -> float | None:
    """Return the most memory this process ever had, in MB (10^6 bytes); None where the system does not say."""
    with suppress(OSError, ValueError):
        # Not getrusage: on Linux it begins with what the parent had.
        for line in Path("/proc/self/status").read_text("utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e6
    if sys.platform == "darwin":
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return None
