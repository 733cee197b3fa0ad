"""What `posegames gestures teach` does: somebody shows a gesture, on a recording or before the camera."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from posegames.gestures.taught.confusion import Looks
from posegames.gestures.taught.takes import FEWEST
from posegames.gestures.taught.teaching import Compared, Lesson
from posegames.players.roster import Roster
from posegames.seeing.estimators.routes import Progress
from posegames.seeing.feed import open_feed
from posegames.seeing.sources.tape import read_tape
from posegames.settings import Settings
from posegames.timing import Clock
from posegames.tools.looks import replay
from posegames.tools.record import record
from posegames.tools.track import open_reel

LIVE = ("camera", "http://", "https://", "rtsp://", "rtsps://")
"""What sources that do not wait begin with."""
COUNTDOWN = 3
"""Seconds to get into place."""
A_TIME = 4.0
"""Seconds a repetition before the camera may take, with the rest after it."""
SHOWN = 5
"""Repetitions that are asked for where nothing is said."""


def is_live(source: str | None) -> bool:
    """Whether a source has to be recorded while it happens; None is the camera."""
    return source is None or source.startswith(LIVE)


def recorded(source: str, clock: Clock, *, players: int, seconds: float | None, progress: Progress) -> Looks:
    """Return the players in a video, a tape, or a play of the stage. Raises what `open_reel` raises."""
    with open_reel(source, clock, players=players, seconds=seconds, progress=progress) as reel:
        looks = []
        for look in reel.looks:
            looks.append(look.players)
            progress(f"{look.sighting.time:.1f} s", len(looks) / reel.length if reel.length else None)
        return looks


def shown_live(
    source: str | None, clock: Clock, *, seconds: float, say: Callable[[str], None], estimator: str = "blazepose"
) -> Looks:
    """Return the players seen before the camera in `seconds`, after a countdown that `say` tells.

    Raises what a feed raises, and SourceError if no picture came.
    """
    settings = Settings(source=source, players=1, estimator=estimator)
    with tempfile.TemporaryDirectory() as folder, open_feed(settings, clock) as feed:
        say("Stand so that the camera sees all of you.")
        for number in range(COUNTDOWN, 0, -1):
            say(f"{number} ...")
            clock.sleep(1.0)
        feed.poll(clock.now())  # what was seen while waiting is not shown yet
        say(f"Go! {seconds:.0f} seconds: stand still, do it, stand still, again and again.")
        tape = Path(folder) / "shown.tape"
        record(feed, tape, clock, seconds=seconds)
        return [look.players for look in replay(read_tape(tape), Roster(most=1, living=False))]


def live_seconds(reps: int | None, seconds: float | None) -> float:
    """Return how long to look when somebody shows something before the camera."""
    return seconds or A_TIME * (reps or SHOWN) + 2


def words(lesson: Lesson, others: Sequence[Compared] = ()) -> Iterator[str]:
    """Yield what is to be said of a lesson, line by line."""
    report, taught = lesson.report, lesson.taught
    yield f"{taught.name}: a {report.kind}, shown {len(report.spans)} times, learnt by {report.method}."
    for number, ((start, end), sure) in enumerate(zip(report.spans, report.confidences, strict=True), start=1):
        verdict = "recognised" if sure >= 0.5 else "NOT recognised"
        yield f"  {number:2}  {start:6.2f} to {end:6.2f} s  {verdict} by the others ({sure:.0%} sure)"
    yield f"Leave one out: {report.recognised} of {len(report.confidences)} recognised."
    for row in others:
        does = f"{row.recognised} of {row.repetitions} recognised, fires at {row.mistaken} other gestures"
        yield f"  by {row.method:4}  {row.trouble or does}"
    yield from (f"Note: {warning}" for warning in report.warnings)
    if len(report.spans) < FEWEST + 1:
        yield "Note: more repetitions make it more dependable; five are good."
    if report.refused:
        yield f"Not to be kept: {report.refused}"
