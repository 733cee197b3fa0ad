"""Poses from pictures to files: every frame of one source, in order, the same each time."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from posegames.errors import UsageError
from posegames.players.roster import Roster
from posegames.seeing.estimators.routes import Progress
from posegames.seeing.estimators.table import check_estimator, make_estimator
from posegames.seeing.feed import open_feed
from posegames.seeing.sources.base import Source
from posegames.seeing.sources.opening import is_tape, open_source
from posegames.seeing.sources.tape import read_tape
from posegames.settings import Settings
from posegames.timing import Clock
from posegames.tools.formats import Origin, Sink
from posegames.tools.live import LiveReel, frame_size
from posegames.tools.looks import Look, replay, watch, who_is_who


@dataclass(frozen=True, slots=True)
class Tracked:
    """What became of a source."""

    frames: int = 0
    seconds: float = 0.0
    """Of the medium."""
    players: int = 0
    """Different numbers there were."""
    poses: int = 0
    interrupted: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Reel:
    """A source, opened and ready to be looked at."""

    origin: Origin
    looks: Iterator[Look]
    length: int | None
    """Number of looks to come; None where that is not known."""
    note: Callable[[], str]
    """What was odd about the source, asked at the end; empty when all is well."""
    dropped: Callable[[], int] = int
    """Frames of a live source that nobody looked at, asked at the end."""
    interrupted: Callable[[], bool] = bool
    """Whether Ctrl-C ended a live source before its time; without a time it is the usual end."""


@contextmanager
def open_reel(
    spec: str,
    clock: Clock,
    *,
    estimator: str = "blazepose",
    players: int = 4,
    model: Path | None = None,
    options: Sequence[str] = (),
    seconds: float | None = None,
    pictures: bool = False,
    live: bool = False,
    progress: Progress,
) -> Iterator[Reel]:
    """Open what `spec` names: a tape, which needs no estimator, or a source of pictures that waits.

    Only the first `seconds` of it are looked at; `progress` hears of models being fetched. `live` says that a live
    source will do, too: it loses frames, and until `seconds` or Ctrl-C it goes on. Raises UsageError for one where
    that will not do, and what sources and estimators raise. Looks bring their pictures if `pictures`.
    """
    # Whoever is in a recording is wanted, from the first frame on; that a poster plays does no harm there.
    roster = Roster(most=players, living=False)
    if is_tape(spec):
        tape = read_tape(Path(spec))
        head = tape.header
        origin = Origin(source=head.source, estimator=head.estimator, rate=head.rate, size=head.size)
        yield Reel(origin, replay(tape, roster, seconds=seconds), None, lambda: tape.note)
        return
    check_estimator(estimator, model, options)
    opening = open_source(spec, clock, players=players)
    with ExitStack() as stack:
        if getattr(opening, "live", False):
            if not live:
                what = f"{getattr(opening, 'name', spec)} is live: it does not wait to be tracked frame by frame."
                raise UsageError(what, now="Record it: posegames record OUT.tape")
            settings = Settings(
                source=spec, players=players, estimator=estimator, model=model, estimator_options=tuple(options)
            )
            feed = stack.enter_context(open_feed(settings, clock))
            yield _live(LiveReel(feed, clock, seconds=seconds), roster, progress, pictures=pictures)
            return
        source = stack.enter_context(opening)
        finder = stack.enter_context(
            make_estimator(estimator, players=players, model=model, options=options, progress=progress)
        )
        named = hasattr(source, "names")
        origin = Origin(
            source=source.name,
            estimator=finder.name,
            rate=source.rate,
            size=source.size,
            named=named,
            path=Path(spec),
        )
        length = source.length
        if seconds is not None and source.rate:
            length = min(length or sys.maxsize, math.ceil(seconds * source.rate))
        # Its threads must have ended before what they use is closed.
        looks = stack.enter_context(closing(watch(source, finder, roster, seconds=seconds, pictures=pictures)))
        yield Reel(origin, looks, length, lambda: _trouble(source))


def _live(reel: LiveReel, roster: Roster, progress: Progress, *, pictures: bool) -> Reel:
    first = reel.first(progress)
    origin = Origin(source=reel.status.source, estimator=reel.status.estimator, size=frame_size(first))
    looks = who_is_who(reel.sightings(first), roster, pictures=pictures)
    return Reel(origin, looks, None, lambda: reel.trouble, lambda: reel.dropped, lambda: reel.interrupted)


def _trouble(source: Source) -> str:
    skipped: Sequence[tuple[Path, str]] = getattr(source, "skipped", ())
    if skipped:
        return "\n".join(f"Passed over {path}: {why}." for path, why in skipped)
    return f"{source.name}: {source.trouble}." if source.trouble else ""


def track(
    looks: Iterable[Look],
    sinks: Sequence[Sink],
    *,
    progress: Callable[[Tracked], None] = lambda _so_far: None,
) -> Tracked:
    """Put every look into every sink (all opened), and return what there was; `progress` hears it growing.

    Ctrl-C ends it early, and loses nothing of what is done.
    """
    so_far, numbers = Tracked(), set[int]()
    try:
        for look in looks:
            for sink in sinks:
                sink.put(look)
            numbers |= {number for number, _ in look.bodies}
            so_far = Tracked(
                frames=so_far.frames + 1,
                seconds=look.sighting.time,
                players=len(numbers),
                poses=so_far.poses + len(look.bodies),
            )
            progress(so_far)
    except KeyboardInterrupt:
        return replace(so_far, interrupted=True)
    return so_far
