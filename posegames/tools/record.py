"""A live run, kept as a tape."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from posegames.errors import PosegamesError, SourceError
from posegames.seeing.feed import Feed
from posegames.seeing.sighting import Sighting
from posegames.seeing.sources.tape import TapeHeader
from posegames.seeing.sources.tapewriter import TapeWriter
from posegames.seeing.status import FeedStatus
from posegames.timing import Clock

BEAT = 0.005
"""Seconds between looking for a new sighting: a fraction of what the fastest camera takes for a frame."""
GRACE = 0.5
"""Seconds the last frame of an ended source may still be on its way through the estimator."""
SILENCE = 3.0
"""Seconds of silence that end a recording of which a length was asked; one without goes on until Ctrl-C."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is on the tape so far."""

    sightings: int = 0
    seconds: float = 0.0
    people: int = 0
    """In the newest sighting."""
    most: int = 0
    """At once."""
    written: int = 0
    """Bytes, before gzip."""


def record(
    feed: Feed,
    out: Path,
    clock: Clock,
    *,
    seconds: float | None = None,
    created: str = "",
    progress: Callable[[Recorded, FeedStatus], None] = lambda _so_far, _status: None,
) -> Recorded:
    """Write the sightings of a started feed to the tape `out`, for `seconds`, until its end, or until Ctrl-C.

    Should the feed die, what there was until then is kept and its error raised. Raises SourceError if there was
    nothing to record, OSError if the tape cannot be written.
    """
    so_far = Recorded()
    failure: PosegamesError | None = None
    with ExitStack() as stack:
        reel = _Recording(out, created, stack)
        quiet = clock.now()
        try:
            while True:
                # The status first: what comes between the two calls is not the end yet.
                now = clock.now()
                status = feed.status(now)
                sighting = feed.poll(now)
                if sighting is not None:
                    quiet = now
                    if seconds is not None and reel.time(sighting) >= seconds:
                        break
                    so_far = reel.add(sighting, status, so_far)
                elif _is_over(status, now - quiet, bounded=seconds is not None and reel.started):
                    break
                progress(so_far, status)
                clock.sleep(BEAT)
        except KeyboardInterrupt:
            pass  # the usual way to end a recording
        except PosegamesError as error:
            failure = error
    if failure is not None:
        raise failure
    if not so_far.sightings:
        raise SourceError("Nothing was recorded: no picture came.", now="Try: posegames doctor")
    return so_far


def _is_over(status: FeedStatus, silence: float, *, bounded: bool) -> bool:
    return (status.phase == "ended" and silence >= GRACE) or (bounded and silence >= SILENCE)


class _Recording:
    """A tape that is begun by the first sighting, and counts time from it."""

    def __init__(self, out: Path, created: str, stack: ExitStack) -> None:
        self._out, self._created, self._stack = out, created, stack
        self._writer: TapeWriter | None = None
        self._start = self._last = -math.inf

    @property
    def started(self) -> bool:
        return self._writer is not None

    def time(self, sighting: Sighting) -> float:
        return sighting.time - self._start if self.started else 0.0

    def add(self, sighting: Sighting, status: FeedStatus, so_far: Recorded) -> Recorded:
        if self._writer is None:
            self._start = sighting.time
            height, width = sighting.frame.picture.shape[:2] if sighting.frame else (0, 0)
            header = TapeHeader(
                aspect=sighting.aspect,
                source=status.source,
                estimator=status.estimator,
                created=self._created,
                size=(width, height),
            )
            self._writer = self._stack.enter_context(TapeWriter(self._out, header))
        time = self.time(sighting)
        if time <= self._last:
            return so_far
        self._writer.write(replace(sighting, time=time))
        self._last = time
        people = len(sighting.poses)
        return Recorded(so_far.sightings + 1, time, people, max(people, so_far.most), self._writer.written)
