"""The process that sees: it runs a watcher, and reports to the process that started it."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import BinaryIO

from posegames.body.pose import Pose
from posegames.errors import EstimatorError, PosegamesError
from posegames.seeing.background import step_back_whole
from posegames.seeing.commons import Lender, Loan
from posegames.seeing.sighting import Sighting
from posegames.seeing.watcher import BEAT, Watcher
from posegames.timing import Clock, SystemClock

Recipe = Callable[[Clock, Callable[[Sighting], None]], Watcher]
"""Makes the watcher, given a clock and where sightings go. It must pickle: a function of a module, a `partial`."""


@dataclass(frozen=True, slots=True)
class Hello:
    """The first report: what the clock says here."""

    now: float


@dataclass(frozen=True, slots=True)
class Delivery:
    """A sighting without its frame, and what is needed to give it one."""

    sighting: Sighting
    truth: tuple[Pose, ...]
    loan: Loan


def main(orders: BinaryIO) -> None:
    """Run the watcher whose recipe begins the `orders`, until they end; then end this process.

    `orders` is the bytes of a pickled (recipe, handle of the common memory), then one byte for each place of the
    memory that is given back. Reports go to standard output: pickles of `Hello`, `Delivery`, `FeedStatus`, and at
    last an exception, if there was one.
    """
    _heed_only_the_parent()
    reports = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not come between the reports
    clock, reporter = SystemClock(), _Reporter(reports)
    with suppress(OSError):  # nobody listens any more
        reporter.say(Hello(clock.now()))
        try:
            recipe, handle = pickle.load(orders)  # noqa: S301 - from the process that started this one
            reporter.watch(recipe, clock, Lender(handle), orders)
        except Exception as error:  # noqa: BLE001 - a process's death is a message, too
            reporter.say(portable(error))
    sys.stderr.flush()
    os._exit(0)  # a stuck thread, or a library's own end, holds up nobody


class _Reporter:
    """What several threads say to the parent, one after another."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def say(self, report: object) -> None:
        """Send anything that pickles. Raises OSError where nobody listens any more."""
        data = pickle.dumps(report, protocol=pickle.HIGHEST_PROTOCOL)
        with self._lock:
            self._stream.write(data)
            self._stream.flush()

    def watch(self, recipe: Recipe, clock: Clock, lender: Lender, orders: BinaryIO) -> None:
        """Run the watcher until the orders end, or it dies: then its error is the last report."""
        over = threading.Event()

        def obey() -> None:
            with suppress(OSError):
                while place := orders.read(1):
                    lender.take_back(place[0])
            over.set()

        def deliver(sighting: Sighting) -> None:
            # Without a free place the parent has stood still: what it would get is old when it looks again.
            if sighting.frame and (loan := lender.lend(sighting.frame.picture)):
                self.say(watcher.status(clock.now()))
                self.say(Delivery(replace(sighting, frame=None), sighting.frame.truth, loan))

        threading.Thread(target=obey, name="posegames orders", daemon=True).start()
        watcher = recipe(clock, deliver)
        loading = True
        with watcher:
            while watcher.error is None and not over.wait(BEAT):
                status = watcher.status(clock.now())
                if loading and status.phase != "loading":
                    # Not before: beside busy programs it loaded three times as long, and the title waits for it.
                    loading = False
                    step_back_whole()
                self.say(status)
            if watcher.error is not None:
                self.say(portable(watcher.error))


def portable(error: BaseException) -> BaseException:
    """Return `error` such that it can be raised in another process, its traceback in a note."""
    note = "Raised in the process that sees:\n" + "".join(traceback.format_exception(error))
    if not isinstance(error, PosegamesError):
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301 - made in this line
        except Exception:  # noqa: BLE001 - an exception may do anything while it is made anew
            error = EstimatorError("Seeing has stopped by a fault of its own.", f"({error!r})")
    error.add_note(note)
    return error


def _heed_only_the_parent() -> None:
    """Ignore what a terminal or a system sends to all processes: the parent says when to end."""
    heeded = {signal.SIGINT, signal.SIGTERM}
    for number in heeded:
        signal.signal(number, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, heeded)
