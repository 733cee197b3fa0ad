"""The watcher: source -> capture thread -> newest frame -> tracking thread -> whoever wants the sightings.

A thread's death is a message: `error` keeps what it died of. Closing stops both threads within a deadline, also
while a source stalls or a net runs.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from types import TracebackType
from typing import Self

from posegames.metrics import Rate
from posegames.seeing.estimators.base import Estimator
from posegames.seeing.estimators.routes import Progress
from posegames.seeing.estimators.table import make_estimator
from posegames.seeing.lookout import Lookout
from posegames.seeing.sighting import Frame, Sighting
from posegames.seeing.slot import NewestSlot
from posegames.seeing.sources.base import Source
from posegames.seeing.sources.opening import open_source
from posegames.seeing.status import FeedStatus, Phase
from posegames.settings import Effort, Settings
from posegames.timing import Clock

DEADLINE = 1.7
"""Seconds in which both threads must end when the watcher is closed; then they are left behind (they are
daemons, and their process ends)."""
LATE = 0.05
"""Seconds a recording may fall behind its own pace before it goes on from there, on a machine too slow for it."""
BEAT = 0.05
"""Seconds a waiting thread sleeps before it looks whether it should stop."""

Tell = Callable[[str], None]
"""Told what the player should hear once."""


class _ClosedError(Exception):
    """The watcher was closed while it loaded."""


class Watcher:
    """A capture and a tracking thread; frames of recorded sources are shown at their own pace."""

    def __init__(
        self,
        make_source: Callable[[Tell], AbstractContextManager[Source]],
        make_estimator: Callable[[Progress, Tell], Estimator],
        clock: Clock,
        deliver: Callable[[Sighting], None],
        effort: Effort = "auto",
    ) -> None:
        """Open nothing yet; both makers run in their threads, where they may take their time.

        `deliver` is told every sighting, by the tracking thread.
        """
        self._effort = effort
        self._make_source, self._make_estimator, self._clock = make_source, make_estimator, clock
        self._deliver = deliver
        self._notice = ""
        self._frames: NewestSlot[Frame] = NewestSlot()
        self._stop = threading.Event()
        self._ready = threading.Event()
        self._source: Source | None = None
        self._source_name = self._estimator_name = ""
        self._loading: tuple[str, float | None] = ("loading", None)
        self.error: BaseException | None = None
        """What a thread died of."""
        self._captured = self._estimated = 0
        self._capture_rate = Rate()
        self._lookout: Lookout | None = None
        self._ended = False
        self._threads = [
            threading.Thread(target=self._guard, args=(work,), name=f"posegames {name}", daemon=True)
            for name, work in (("capture", self._capture), ("tracking", self._track))
        ]

    def __enter__(self) -> Self:
        """Start both threads."""
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop both threads, within `DEADLINE`."""
        self._stop.set()
        end = self._clock.now() + DEADLINE
        for thread in self._threads:
            thread.join(timeout=max(0.0, end - self._clock.now()))

    @property
    def stuck(self) -> list[str]:
        """Names of threads that are still alive, asked after closing."""
        return [thread.name for thread in self._threads if thread.is_alive()]

    def status(self, now: float) -> FeedStatus:
        """Return how it is doing."""
        trouble = self._source.trouble if self._source else ""
        phase, message, progress = self._phase(trouble)
        lookout = self._lookout
        status = FeedStatus(
            phase=phase,
            message=message,
            progress=progress,
            notice=self._notice,
            source=self._source_name,
            estimator=self._estimator_name,
            capture_rate=self._capture_rate.value(now),
            frames=self._captured,
            sightings=self._estimated,
            dropped=self._frames.dropped,
        )
        if lookout is None:
            return status
        return replace(
            status,
            tracking_rate=lookout.rate.value(now),
            inference=lookout.inference,
            idle=lookout.idle,
            effort=lookout.effort,
            cost=lookout.cost,
            budget=lookout.budget,
        )

    def _phase(self, trouble: str) -> tuple[Phase, str, float | None]:
        if not self._ready.is_set():
            message, share = self._loading
            return "loading", message, share
        if self._ended:
            return "ended", trouble, None
        if trouble:
            return "trouble", trouble, None
        if not self._estimated:
            return "waking", "waking the eyes", None
        return "seeing", "", None

    def _guard(self, work: Callable[[], None]) -> None:
        """Run a thread's work; what ends it early is kept."""
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - a thread's death is a message: `error`
            self.error = self.error or error
            self._stop.set()

    def _hear(self, notice: str) -> None:
        self._notice = " ".join(filter(None, (self._notice, notice)))

    def _capture(self) -> None:
        with self._make_source(self._hear) as source:
            self._source = source
            start: float | None = None
            while not (self._stop.is_set() or source.ended):
                if not source.live and not self._ready.wait(BEAT):
                    continue  # nothing of a recording is lost while the model loads
                frame = source.read()
                self._source_name = source.name
                if frame is None:
                    self._stop.wait(BEAT)
                    continue
                if not source.live:
                    now = self._clock.now()
                    if start is None or now - (start + frame.time) > LATE:
                        start = now - frame.time  # begin, or go on from here: what is lost is not caught up
                    frame = replace(frame, time=start + frame.time)
                    if self._stop.wait(max(0.0, frame.time - now)):
                        return
                self._captured += 1
                self._capture_rate.tick(frame.time)
                self._frames.put(frame)
        self._ended = not self._stop.is_set()

    def _track(self) -> None:
        def progress(message: str, share: float | None) -> None:
            if self._stop.is_set():
                raise _ClosedError  # whatever is being fetched, nobody waits for it any more
            self._loading = (message, share)

        with self._make_estimator(progress, self._hear) as estimator:
            self._estimator_name = estimator.name
            self._lookout = lookout = Lookout(estimator, self._clock, self._effort)
            self._ready.set()
            while not self._stop.is_set():
                frame = self._frames.take(timeout=BEAT)
                if frame is None:
                    continue
                sighting = lookout.see(frame, rate=self._capture_rate.value(frame.time))
                self._estimated += 1
                self._deliver(sighting)


SPECTATORS = 1
"""Bodies an estimator follows beyond the players, so that bystanders are seen as what they are."""


def source_of(
    settings: Settings, clock: Clock, tell: Tell = lambda _notice: None
) -> AbstractContextManager[Source]:
    """Return the source that the settings ask for, not yet opened. Raises UsageError, SourceError."""
    return open_source(
        settings.source,
        clock,
        players=settings.players,
        seed=settings.seed,
        stage=settings.stage,
        tell=tell,
    )


def make_watcher(settings: Settings, clock: Clock, deliver: Callable[[Sighting], None]) -> Watcher:
    """Return the watcher that the settings ask for."""
    return Watcher(
        lambda tell: source_of(settings, clock, tell),
        lambda progress, tell: make_estimator(
            settings.estimator,
            players=settings.players + SPECTATORS,
            model=settings.model,
            options=settings.estimator_options,
            progress=progress,
            tell=tell,
        ),
        clock,
        deliver,
        settings.effort,
    )
