"""Watchers for tests of the process that sees; that process imports this module, too."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Self

import numpy as np
from bodies import standing

from posegames.body.pose import Pose
from posegames.errors import SourceError
from posegames.seeing.sighting import Frame, Sighting
from posegames.seeing.watcher import Watcher
from posegames.timing import Clock

Act = Callable[[int], None]
Deliver = Callable[[Sighting], None]


def nothing(_count: int) -> None:
    """Let it pass."""


class Resource:
    """Opens and closes, and that is all: the beginning of a fake source, of a fake estimator."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass


@dataclass
class Numbered(Resource):
    """A source whose picture is full of its number, as is its truth's track."""

    act: Act
    size: tuple[int, int] = (640, 360)
    name: str = "numbered"
    live: bool = True
    rate: float = 200.0
    length: int | None = None
    trouble: str = ""
    ended: bool = False
    given: int = 0

    def read(self) -> Frame | None:
        self.act(self.given)
        time.sleep(1 / self.rate)
        width, height = self.size
        picture = np.full((height, width, 3), self.given % 251, dtype=np.uint8)
        truth = standing(track=self.given)
        self.given += 1
        return Frame(picture, time.monotonic(), self.given - 1, (truth,))


@dataclass
class Eyes(Resource):
    """An estimator that always sees one person."""

    act: Act
    name: str = "eyes"
    pose: Pose = field(default_factory=standing)
    seen: int = 0

    def estimate(self, _frame: Frame) -> tuple[Pose, ...]:
        self.act(self.seen)
        self.seen += 1
        return (self.pose,)

    def forget(self) -> None:
        raise AssertionError("a watcher never forgets")


def numbered(
    clock: Clock,
    deliver: Deliver,
    *,
    reading: Act = nothing,
    estimating: Act = nothing,
    size: tuple[int, int] = (640, 360),
) -> Watcher:
    """Watch numbered pictures."""
    return Watcher(lambda _tell: Numbered(reading, size), lambda _p, _tell: Eyes(estimating), clock, deliver)


def told(clock: Clock, deliver: Deliver) -> Watcher:
    """Watch after something was told, and while something loads."""

    def source(tell: Callable[[str], None]) -> Numbered:
        tell("The stage plays instead.")
        return Numbered(nothing)

    def eyes(progress: Callable[[str, float | None], None], _tell: object) -> Eyes:
        for share in range(10):
            progress("fetching", share / 10)
            time.sleep(0.05)
        return Eyes(nothing)

    return Watcher(source, eyes, clock, deliver)


def weighed(clock: Clock, deliver: Deliver) -> Watcher:
    """Watch numbered pictures whose number is how nice the process is: while it loads, and then as it is."""
    loading: list[int] = []

    def eyes(_progress: object, _tell: object) -> Eyes:
        time.sleep(0.2)
        loading.append(os.getpriority(os.PRIO_PROCESS, 0))
        return Eyes(nothing)

    class Weights(Numbered):
        def read(self) -> Frame | None:
            frame = super().read()
            weights = (*loading, os.getpriority(os.PRIO_PROCESS, 0))
            return frame and replace(frame, truth=tuple(standing(track=weight) for weight in weights))

    return Watcher(lambda _tell: Weights(nothing), eyes, clock, deliver)


def broken(_clock: Clock, _deliver: Deliver) -> Watcher:
    """Fail before there is a watcher."""
    raise SourceError("It is broken.", "It was made so.", "Make another.")


class UntransportableError(Exception):
    """An exception that can be pickled, and not made anew."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one} and {two}")


def fail(count: int) -> None:
    """Fail as a camera does."""
    if count >= 2:
        raise SourceError("It broke.", "It was old.", "Buy another.")


def stumble(count: int) -> None:
    """Fail as a bug does."""
    if count >= 2:
        raise ZeroDivisionError("a bug")


def fail_oddly(count: int) -> None:
    """Fail with an error that does not travel."""
    if count >= 2:
        raise UntransportableError("this", "that")


def die(count: int) -> None:
    """End the process as a crash in a library would."""
    if count >= 2:
        os.kill(os.getpid(), signal.SIGKILL)


def leave(count: int) -> None:
    """End the process as a library that calls exit() would."""
    if count >= 2:
        os._exit(3)


def hang(count: int) -> None:
    """Never return."""
    if count >= 2:
        threading.Event().wait()


def stop(count: int) -> None:
    """Stop the whole process: it is deaf to its parent, too."""
    if count >= 2:
        os.kill(os.getpid(), signal.SIGSTOP)


def chatter(_count: int) -> None:
    """Print, as libraries do: on both streams."""
    sys.stdout.write("noise")
    os.write(1, b"more noise")


def without_pygame(_count: int) -> None:
    """Fail if the process has loaded what only the display needs."""
    heavy = {"pygame", "pydantic", "rich", "click"} & sys.modules.keys()
    if heavy:
        raise AssertionError(f"loaded in vain: {heavy}")
