"""A live source's sightings, as play gets them: the newest frame each time, and what was dropped is counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from posegames.errors import PosegamesError, SourceError
from posegames.seeing.estimators.routes import Progress
from posegames.seeing.feed import Feed
from posegames.seeing.sighting import Sighting
from posegames.seeing.status import FeedStatus
from posegames.timing import Clock

BEAT = 0.005
"""Seconds between looking for a new sighting: a fraction of what the fastest camera takes for a frame."""
GRACE = 0.5
"""Seconds the last frame may still be on its way through the estimator."""


class LiveReel:
    """The sightings of a started feed, with times from the first one on. Ctrl-C ends them, as the end does."""

    def __init__(self, feed: Feed, clock: Clock, *, seconds: float | None = None) -> None:
        """Stop after `seconds`, whatever comes; None goes on until the source ends or Ctrl-C."""
        self._feed, self._clock, self._seconds = feed, clock, seconds
        self.dropped = 0
        """Frames between the first and the newest that were never looked at, or not in time."""
        self.trouble = ""
        """What was wrong when it ended."""
        self.status = FeedStatus(phase="loading")
        """The newest of the feed."""
        self.interrupted = False
        """Whether Ctrl-C came before the `seconds` were over."""

    def first(self, progress: Progress) -> Sighting:
        """Wait for the first sighting; `progress` hears for what.

        Raises SourceError if none comes, and what the feed died of.
        """
        while True:
            now = self._clock.now()
            status = self.status = self._feed.status(now)
            sighting = self._feed.poll(now)
            if sighting is not None:
                return sighting
            if status.phase == "ended":
                raise SourceError("No picture came.", status.message, "Try: posegames doctor")
            progress(status.message or status.phase, status.progress)
            self._clock.sleep(BEAT)

    def sightings(self, first: Sighting) -> Iterator[tuple[Sighting, tuple[int, int]]]:
        """Yield the sightings from `first` on, with width and height of the frame."""
        begin, given, last, newest = self._clock.now(), 0, -1.0, first
        sighting: Sighting | None = first
        try:
            while True:
                now = self._clock.now()
                if sighting is not None and (time := sighting.time - first.time) > last:
                    if self._seconds is not None and time >= self._seconds:
                        return
                    last, given, newest = time, given + 1, sighting
                    self.dropped = newest.number - first.number + 1 - given
                    yield replace(sighting, time=time), frame_size(sighting)
                else:
                    if self._over(now - begin):
                        self.dropped = max(self.dropped, self.status.frames - first.number - given)
                        return
                    self._clock.sleep(BEAT)
                status = self.status = self._feed.status(now)
                sighting = self._feed.poll(now)
                self.trouble = status.message if status.phase in ("trouble", "ended") else ""
                if sighting is None and status.phase == "ended":
                    return
        except KeyboardInterrupt:  # the usual way to end it: what waits downstream is written, too
            self.interrupted = self._seconds is not None
        except PosegamesError as error:  # what there was until then is not lost
            self.trouble = str(error)

    def _over(self, elapsed: float) -> bool:
        return self._seconds is not None and elapsed >= self._seconds + GRACE


def frame_size(sighting: Sighting) -> tuple[int, int]:
    """Return width and height of the frame; (0, 0) where there is none."""
    if sighting.frame is None:
        return 0, 0
    height, width = sighting.frame.picture.shape[:2]
    return width, height
