"""The feed: where sightings come from, as the display sees it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from posegames.seeing.estimators.table import check_estimator
from posegames.seeing.processfeed import ProcessFeed
from posegames.seeing.sighting import Sighting
from posegames.seeing.sources.opening import is_tape
from posegames.seeing.status import FeedStatus
from posegames.seeing.tapefeed import TapeFeed
from posegames.seeing.watcher import make_watcher, source_of
from posegames.settings import Settings
from posegames.timing import Clock


class Feed(Protocol):
    """Where sightings come from: a process that watches a camera, or a tape."""

    def __enter__(self) -> Self:
        """Start."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop; returns within seconds, whatever the source does."""

    def poll(self, now: float) -> Sighting | None:
        """Return the newest sighting, or None if there is none since the last call. Raises what went wrong."""

    def status(self, now: float) -> FeedStatus:
        """Return how it is doing."""

    @property
    def abandoned(self) -> list[str]:
        """Names of what was stuck when it was closed, and left behind."""


def open_feed(settings: Settings, clock: Clock) -> Feed:
    """Return the feed that the settings ask for (it starts at `with`).

    Raises UsageError for words it does not know, SourceError for a file that is not there.
    """
    if settings.source is not None and is_tape(settings.source):
        return TapeFeed(Path(settings.source))
    check_estimator(settings.estimator, settings.model, settings.estimator_options)
    source_of(settings, clock)  # wrong words are said here and now, not by the other process
    return ProcessFeed(partial(make_watcher, settings), clock)
