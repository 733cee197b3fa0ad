"""`posegames record`: a live run to a tape."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from posegames.cli.options import adjusted, ask_consent
from posegames.cli.options import seconds as length
from posegames.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from posegames.cli.progress import Tell
    from posegames.seeing.status import FeedStatus
    from posegames.tools.record import Recorded

EXAMPLES = """\b
Examples:
  posegames record me.tape
  posegames record me.tape.gz --seconds 30 --source camera:1
  posegames play --source me.tape
"""


@click.command(epilog=EXAMPLES)
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--source", help="camera, camera:1, a video, http://..., stage:PLAY.  [default: camera, else stage]")
@click.option("--seconds", type=length, metavar="SECONDS", help="Stop after this long.  [default: Ctrl-C]")
@click.option("--players", default=4, show_default=True, type=click.IntRange(1, 6), help="Most players at once.")
@click.option("--estimator", default="blazepose", show_default=True, help="What finds the bodies.")
@adjusted
def record(
    *,
    out: Path,
    source: str | None,
    seconds: float | None,
    players: int,
    estimator: str,
    estimator_options: tuple[str, ...],
) -> None:
    """Record the bodies in front of the camera to the tape OUT (.tape, or .tape.gz for a smaller one).

    A tape holds joints, never pictures. It replays as any source does, and always the same. Ctrl-C ends it.
    """
    from posegames.cli.progress import telling
    from posegames.seeing.feed import open_feed
    from posegames.seeing.sources.opening import is_tape
    from posegames.settings import Settings
    from posegames.timing import SystemClock
    from posegames.tools import record as work
    from posegames.tools.formats import refuse_unwritable

    if not is_tape(out.name):
        raise UsageError(f"{out} is no name for a tape.", now="End it in .tape or .tape.gz.")
    refuse_unwritable(out)
    clock = SystemClock()
    ask_consent(estimator)
    settings = Settings(source=source, players=players, estimator=estimator, estimator_options=estimator_options)
    with open_feed(settings, clock) as feed, telling() as tell:
        recorded = work.record(
            feed,
            out,
            clock,
            seconds=seconds,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            progress=_shown(tell, seconds),
        )
        notice = feed.status(clock.now()).notice
    if notice:
        click.echo(notice, err=True)
    click.echo(_summary(recorded, out), err=True)


def _shown(tell: Tell, seconds: float | None) -> Callable[[Recorded, FeedStatus], None]:
    def show(so_far: Recorded, status: FeedStatus) -> None:
        if not so_far.sightings:
            tell(status.message or status.phase, status.progress)
            return
        trouble = f", {status.message}" if status.message else ""
        words = f"{so_far.seconds:.1f} s, people: {so_far.people}, {status.tracking_rate:.0f} a second{trouble}"
        share = None if seconds is None else min(so_far.seconds / seconds, 1.0)
        tell(f"recording {words} (Ctrl-C ends it)", share)

    return show


def _summary(recorded: Recorded, out: Path) -> str:
    size = out.stat().st_size / 1000
    return (
        f"Wrote {out}. Seconds: {recorded.seconds:.1f}, sightings: {recorded.sightings}, "
        f"people: {recorded.most}, size: {size:.0f} kB.\nPlay it: posegames play --source {out}"
    )
