"""A feed whose source and estimator run in a process of their own: they never hold the display's lock."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from types import TracebackType
from typing import Self

from posegames.errors import EstimatorError
from posegames.language import msg
from posegames.seeing._native import child_environment
from posegames.seeing.background import LOWER
from posegames.seeing.child import Delivery, Hello, Recipe
from posegames.seeing.commons import Borrower, Handle, common_memory
from posegames.seeing.sighting import Frame, Sighting
from posegames.seeing.slot import NewestSlot
from posegames.seeing.status import FeedStatus
from posegames.timing import Clock

DEADLINE = 2.0
"""Seconds the process may take to end when the feed is closed; then it is killed."""
SILENCE = 5.0
"""Seconds without a report, after which the player is told. Starting takes 0.3, under load a few."""
SAME_CLOCK = 60.0
"""Seconds. Both processes read one clock on Linux, macOS and Windows; no report of it comes so late that it seems
another, and two clocks that began apart rarely agree so well."""

_BOOT = (
    "import pickle, sys; orders = sys.stdin.buffer; sys.path[:] = pickle.load(orders); "
    "from posegames.seeing.child import main; main(orders)"
)
"""What the process runs. Not multiprocessing: that imports the user's own program anew, and calls for a guard
in it; and its shared memory has names, which somebody must remove."""

_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""For Windows, which would open a console."""


class ProcessFeed:
    """A feed (see `Feed`) in front of a watcher in a process of its own."""

    def __init__(self, recipe: Recipe, clock: Clock) -> None:
        """Start nothing yet. `recipe` makes the watcher, over there."""
        self._recipe, self._clock = recipe, clock
        self._sightings: NewestSlot[Sighting] = NewestSlot()
        self._status = FeedStatus(phase="loading", message="loading")
        self._error: BaseException | None = None
        self._offset = 0.0
        """Seconds by which the clock over there is behind."""
        self._heard = 0.0
        self._listener = threading.Thread(target=self._listen, name="posegames reports", daemon=True)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start the process, and a thread that hears its reports. Raises EstimatorError."""
        try:
            with common_memory() as handle:
                self._borrower = Borrower(handle, self._give_back)
                self._process = _start(handle)
        except OSError as error:
            raise EstimatorError(
                "The process that sees cannot be started.",
                f"({error.strerror or error}.)",
                "Close other programs, and try again.",
            ) from error
        self._heard = self._clock.now()
        self._order(pickle.dumps(sys.path) + pickle.dumps((self._recipe, handle)))
        self._listener.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process, and kill it if it takes longer than `DEADLINE`."""
        if self._process is None or self._process.stdin is None:
            return
        self._process.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=DEADLINE)
        self._process.kill()  # does nothing to one that has ended
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=DEADLINE)
        self._listener.join(timeout=DEADLINE)

    @property
    def abandoned(self) -> list[str]:
        """What cannot even be killed, asked after closing: a process inside a driver that hangs."""
        return ["seeing process"] if self._process and self._process.poll() is None else []

    def poll(self, now: float) -> Sighting | None:  # noqa: ARG002 - the process knows the time; tapes need it
        """Return the newest sighting since the last call, or None. Raises what the process died of."""
        if self._error is not None:
            raise self._error
        return self._sightings.take()

    def status(self, now: float) -> FeedStatus:
        """Return how it was doing 50 ms ago; trouble, if nothing was heard since long."""
        if self._error is None and now - self._heard > SILENCE:
            return replace(
                self._status, phase="trouble", message=msg("the eyes do not answer: waiting"), progress=None
            )
        return self._status

    def _listen(self) -> None:
        """Hear reports until they end; if no error was the last, that is one."""
        process = self._process
        if process is None or process.stdout is None:
            return
        with process.stdout, open(process.stdout.fileno(), "rb", closefd=False) as reports:
            try:
                while True:
                    self._hear(pickle.load(reports))  # noqa: S301 - from our own process
            except (EOFError, OSError, pickle.UnpicklingError):
                pass  # it has ended, perhaps in the middle of a report
            finally:
                self._error = self._error or _death(process)

    def _hear(self, report: object) -> None:
        self._heard = self._clock.now()
        match report:
            case Delivery(sighting, truth, loan):
                time = sighting.time + self._offset
                frame = Frame(self._borrower.borrow(loan), time, sighting.number, truth)
                self._sightings.put(replace(sighting, time=time, frame=frame, arrived=self._heard))
            case FeedStatus():
                self._status = report
            case Hello(now):
                if abs(self._heard - now) > SAME_CLOCK:
                    self._offset = self._heard - now
            case BaseException():
                self._error = report

    def _give_back(self, place: int) -> None:
        self._order(bytes([place]))

    def _order(self, order: bytes) -> None:
        """Send an order, unless the process is gone: that is noticed elsewhere."""
        if self._process and self._process.stdin:
            with suppress(OSError, ValueError):
                self._process.stdin.write(order)


def _start(handle: Handle) -> subprocess.Popen[bytes]:
    """Start the process, unbuffered: an order may come in the middle of another. Raises OSError."""
    with _signals_wait():
        return subprocess.Popen(  # noqa: S603 - every word of the command stands above
            [sys.executable, "-P", "-c", _BOOT],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=child_environment(),
            pass_fds=(handle,) if isinstance(handle, int) else (),
            creationflags=_NO_WINDOW | LOWER,
        )


@contextmanager
def _signals_wait() -> Iterator[None]:
    """Hold back Ctrl-C while the process starts: it inherits that, until it can ignore it."""
    if sys.platform == "win32":  # without a console it hears of none
        yield
    else:
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _death(process: subprocess.Popen[bytes]) -> EstimatorError:
    """Return the error that says how the process ended."""
    try:
        code = process.wait(timeout=DEADLINE)
    except subprocess.TimeoutExpired:
        how = "it has closed its end"
    else:
        how = f"signal {-code}: {signal.strsignal(-code)}" if code < 0 else f"exit code {code}"
    return EstimatorError(
        "Seeing has stopped: its process has ended by itself.",
        f"({how}; memory may have run out, or a library has failed.)",
        "Start again; posegames doctor looks for the cause.",
    )
