"""`posegames track`: poses and gestures from a video, a folder of pictures or a tape to files."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from posegames.cli.options import adjusted, ask_consent, tuned
from posegames.cli.options import seconds as length
from posegames.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from posegames.cli.progress import Tell
    from posegames.gestures.tuning.profiles import Tuning
    from posegames.settings import Sensitivity
    from posegames.tools.formats import Origin, Sink
    from posegames.tools.track import Tracked

EXAMPLES = """\b
Examples:
  posegames track squats.mp4 --out squats.csv
  posegames track squats.mp4 --events squats.jsonl
  posegames track desk.mp4 --profile upper-body --events desk.jsonl
  posegames track squats.mp4 --reps squats.csv
  posegames track holiday-photos/ --out poses.json
  posegames track 'stage:dance?actors=4' --seconds 24 --out dance.tape.gz
  posegames track dance.tape.gz --out dance.csv
"""


@click.command(epilog=EXAMPLES)
@click.argument("source")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Poses to write: .tape or .tape.gz, .csv (a row a player and frame), .json (COCO keypoint results).",
)
@click.option("--events", type=click.Path(path_type=Path), help="Gestures to write: JSON Lines, one an event.")
@click.option(
    "--reps",
    type=click.Path(path_type=Path),
    help="Repetitions to write: CSV, a row each, with depth, symmetry and what was not right.",
)
@click.option("--taught", is_flag=True, help="Tell of the gestures you taught as well.")
@tuned
@click.option("--estimator", help="What finds the bodies.  [default: blazepose]")
@adjusted
@click.option("--players", default=4, show_default=True, type=click.IntRange(1, 6), help="Most people at once.")
@click.option("--model", type=click.Path(path_type=Path), help="A model file of your own, or a folder of them.")
@click.option("--seconds", type=length, metavar="SECONDS", help="Stop after this much of SOURCE.")
@click.pass_context
def track(
    ctx: click.Context,
    *,
    source: str,
    out: Path | None,
    events: Path | None,
    reps: Path | None,
    taught: bool,
    profile: str,
    sensitivity: Sensitivity,
    estimator: str | None,
    estimator_options: tuple[str, ...],
    players: int,
    model: Path | None,
    seconds: float | None,
) -> None:
    """Find the people in every frame of SOURCE, and write their poses, what they do, or how well.

    SOURCE is a video, a picture or a folder of pictures, stage:PLAY, or a tape to be written in another form.
    Coordinates are frame heights (0 to 1 from top to bottom), in COCO files pixels. Events count seconds from
    the first frame; pictures have no time, so each stands for a second in which nobody moves. The names given
    to --out, --events and --reps never stand for half a file; Ctrl-C ends early and keeps what there is.
    """
    from posegames.cli import INTERRUPTED
    from posegames.cli.progress import telling
    from posegames.gestures.tuning.profiles import Tuning, find_profile
    from posegames.seeing.sources.opening import is_tape
    from posegames.timing import SystemClock
    from posegames.tools import track as work
    from posegames.tools.reps import RepsSink

    tuning = Tuning(profile=find_profile(profile), sensitivity=sensitivity)
    makes = _makes(out, events, reps, taught=taught, tuning=tuning)
    ask_consent(estimator)
    if is_tape(source) and (estimator or model or estimator_options):
        raise UsageError(f"{source} is a tape.", "Its bodies are found already: no estimator looks again.")
    with ExitStack() as stack:
        with telling() as tell:
            reel = stack.enter_context(
                work.open_reel(
                    source,
                    SystemClock(),
                    estimator=estimator or "blazepose",
                    players=players,
                    model=model,
                    options=estimator_options,
                    seconds=seconds,
                    progress=tell,
                )
            )
        sinks = [stack.enter_context(make(path, reel.origin)) for make, path in makes]
        with telling() as tell:
            tracked = work.track(reel.looks, sinks, progress=_shown(tell, reel.length))
    if note := reel.note():
        click.echo(note, err=True)
    click.echo(_summary(tracked, [path for _, path in makes]), err=True)
    for sink in sinks:
        if isinstance(sink, RepsSink):
            click.echo(sink.summary, err=True)
    if tracked.interrupted:
        ctx.exit(INTERRUPTED)


def _makes(
    out: Path | None, events: Path | None, reps: Path | None, *, taught: bool, tuning: Tuning
) -> list[tuple[Callable[[Path, Origin], Sink], Path]]:
    """Return what writes which file. Raises UsageError for none, for two of one name, and for what cannot be."""
    from functools import partial

    from posegames.gestures.taught.shelf import GestureShelf
    from posegames.tools.formats import EventsSink, format_of, refuse_unwritable
    from posegames.tools.reps import RepsSink

    wanted = [path for path in (out, events, reps) if path is not None]
    if not wanted:
        raise UsageError("There is nothing to write.", now="Give --out, --events or --reps FILE, or several.")
    if len({path.resolve() for path in wanted}) < len(wanted):
        raise UsageError(f"{wanted[-1]} cannot hold two things.", now="Give every file a name of its own.")
    makes: list[tuple[Callable[[Path, Origin], Sink], Path]] = []
    if out is not None:
        makes.append((format_of(out), out))
    if taught and events is None:
        raise UsageError("--taught says which events to write.", now="Give --events FILE as well.")
    table = GestureShelf().rows() if taught else ()
    happenings, repetitions = partial(EventsSink, taught=table, tuning=tuning), partial(RepsSink, tuning=tuning)
    for make, path in ((happenings, events), (repetitions, reps)):
        if path is not None:
            refuse_unwritable(path)
            makes.append((make, path))
    return makes


def _shown(tell: Tell, length: int | None) -> Callable[[Tracked], None]:
    def show(so_far: Tracked) -> None:
        frames = f"{so_far.frames}/{length}" if length else f"{so_far.frames}"
        share = min(so_far.frames / length, 1.0) if length else None
        tell(f"frame {frames}, {so_far.seconds:.1f} s, players: {so_far.players}", share)

    return show


def _summary(tracked: Tracked, written: list[Path]) -> str:
    early = "Stopped early. " if tracked.interrupted else ""
    names = " and ".join(map(str, written))
    return f"{early}Wrote {names}. Frames: {tracked.frames}, players: {tracked.players}, poses: {tracked.poses}."
