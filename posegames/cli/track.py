"""`posegames track`: poses and gestures from videos, pictures, streams and tapes to files."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from posegames.cli.options import adjusted, ask_consent, tuned
from posegames.cli.options import seconds as length
from posegames.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from posegames.cli.progress import Tell
    from posegames.settings import Sensitivity
    from posegames.tools.batch.jobs import Order
    from posegames.tools.formats import Make
    from posegames.tools.track import Tracked

EXAMPLES = """\b
Examples:
  posegames track squats.mp4 --out squats.csv
  posegames track squats.mp4 --events squats.jsonl
  posegames track desk.mp4 --profile upper-body --events desk.jsonl
  posegames track squats.mp4 --reps squats.csv
  posegames track holiday-photos/ --out poses.json
  posegames track squats.mp4 --out drawn.mp4
  posegames track 'stage:dance?actors=4' --seconds 24 --out dance.tape.gz
  posegames track dance.tape.gz --out dance.csv
  posegames track http://192.168.1.20:8080/video --seconds 60 --out hall.tape.gz
  posegames track squats.mp4 --post clean,identity,temporal,fill --out smooth.csv
  posegames track clips/ more.mp4 --into results --format csv,json --jobs 2

\b
Several sources, folders and patterns such as 'day*/*.mp4' go --into a folder:
  the pictures of a folder are one source, each video and tape one of its own,
  and so on in the folders in it; results lie in folders of the same names;
  stopped and started again, it goes on: what is whole, and made of the same
  source with the same options, is not done again (posegames-track.json there);
  a source that fails is named with its reason, and passed over.

\b
Exit code: 0 all was tracked; 1 something failed, or of several sources one
could be tracked in part only; 2 wrong use; 130 interrupted.
"""

FORMS = "What to write there: csv, json, npz, tape, tape.gz, events, reps, mp4, pictures.  [default: csv]"


@click.command(epilog=EXAMPLES)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Poses to write: .tape or .tape.gz, .csv (a row a player and frame), .json (COCO keypoint results), "
    ".npz; or drawn on the pictures: .mp4 (without sound), .png, .jpg, a folder.",
)
@click.option("--events", type=click.Path(path_type=Path), help="Gestures to write: JSON Lines, one an event.")
@click.option(
    "--reps",
    type=click.Path(path_type=Path),
    help="Repetitions to write: CSV, a row each, with depth, symmetry and what was not right.",
)
@click.option("--into", type=click.Path(path_type=Path), help="A folder to write to: results of many sources.")
@click.option("--format", "forms", metavar="FORMAT,...", help=FORMS)
@click.option("--jobs", type=click.IntRange(1, 64), help="Sources tracked at once.  [default: one a core]")
@click.option("--again", is_flag=True, help="Track also what is done already.")
@click.option(
    "--post", metavar="STEPS", help="What is done to poses: clean, identity, smooth, temporal, bones, fill."
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
    sources: tuple[str, ...],
    out: Path | None,
    events: Path | None,
    reps: Path | None,
    into: Path | None,
    forms: str | None,
    jobs: int | None,
    again: bool,
    post: str | None,
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

    SOURCE is a video, a picture or a folder of pictures, stage:PLAY, or a tape to be written in another form; of a
    camera or a stream (http://..., rtsp://...) the newest frame each time, until --seconds or Ctrl-C.
    Coordinates are frame heights (0 to 1 from top to bottom), in COCO files pixels. Events count seconds from
    the first frame; pictures have no time, so each stands for a second in which nobody moves. The names given
    to --out, --events and --reps never stand for half a file; Ctrl-C ends early and keeps what there is.
    """
    from posegames.tools.batch.jobs import Order

    order = Order(
        forms=tuple(dict.fromkeys((forms or "csv").split(","))),
        estimator=estimator,
        players=players,
        model=model,
        options=estimator_options,
        seconds=seconds,
        post=post,
        profile=profile,
        sensitivity=sensitivity,
        taught=taught,
    )
    if post is not None:
        from posegames.tools.chain import find_chain

        find_chain(post)
    if into is None:
        _refuse(forms=forms, jobs=jobs, again=again or None)
        ctx.exit(_track_one(_only(sources), order, out, events, reps))
    if out or events or reps:
        raise UsageError("--out, --events and --reps are for one source.", now="Say --format csv,events,reps.")
    from posegames.cli.batch import track_all
    from posegames.tools.batch.jobs import ending_of

    for form in order.forms:
        ending_of(form)
    if taught and "events" not in order.forms:
        raise UsageError("--taught says which events to write.", now="Say --format events as well.")
    ask_consent(estimator)
    ctx.exit(track_all(sources, into, order, jobs=jobs, again=again))


def _refuse(**options: object) -> None:
    """Raise UsageError for options that ask for a folder."""
    for name, value in options.items():
        if value is not None:
            word = "--format" if name == "forms" else f"--{name}"
            raise UsageError(f"{word} is for several sources.", now="Say where their results go: --into FOLDER")


def _only(sources: Sequence[str]) -> str:
    """Return the one source. Raises UsageError for several."""
    if len(sources) > 1:
        what = f"There are {len(sources)} sources."
        raise UsageError(what, now="Say where their results go, and which: --into FOLDER --format csv")
    return sources[0]


def _track_one(source: str, order: Order, out: Path | None, events: Path | None, reps: Path | None) -> int:
    """Track one source to files by these names, and return the exit code."""
    from posegames.cli import INTERRUPTED
    from posegames.cli.progress import telling
    from posegames.seeing.sources.opening import is_tape
    from posegames.timing import SystemClock
    from posegames.tools import track as work
    from posegames.tools.formats import PICTURED, ending_of
    from posegames.tools.reps import RepsSink

    makes = _makes(order, out, events, reps)
    if is_tape(source) and (order.estimator or order.model or order.options):
        raise UsageError(f"{source} is a tape.", "Its bodies are found already: no estimator looks again.")
    ask_consent(order.estimator)
    with ExitStack() as stack:
        with telling() as tell:
            pictures = out is not None and ending_of(out) in PICTURED
            reel = stack.enter_context(order.open(source, SystemClock(), pictures=pictures, progress=tell))
        sinks = [stack.enter_context(make(path, reel.origin)) for make, path in makes]
        with telling() as tell:
            tracked = work.track(order.refined(reel.looks), sinks, progress=_shown(tell, reel.length))
    if note := reel.note():
        click.echo(note, err=True)
    click.echo(_summary(tracked, [path for _, path in makes], reel.dropped()), err=True)
    for sink in sinks:
        if isinstance(sink, RepsSink):
            click.echo(sink.summary, err=True)
    return INTERRUPTED if tracked.interrupted or reel.interrupted() else 0


def _makes(order: Order, out: Path | None, events: Path | None, reps: Path | None) -> list[tuple[Make, Path]]:
    """Return what writes which file. Raises UsageError for none, for two of one name, and for what cannot be."""
    from posegames.tools.formats import format_of, refuse_unwritable

    wanted = [path for path in (out, events, reps) if path is not None]
    if not wanted:
        raise UsageError("There is nothing to write.", now="Give --out, --events or --reps FILE, or several.")
    if len({path.resolve() for path in wanted}) < len(wanted):
        raise UsageError(f"{wanted[-1]} cannot hold two things.", now="Give every file a name of its own.")
    makes: list[tuple[Make, Path]] = []
    if out is not None:
        makes.append((format_of(out), out))
    if order.taught and events is None:
        raise UsageError("--taught says which events to write.", now="Give --events FILE as well.")
    for form, path in (("events", events), ("reps", reps)):
        if path is not None:
            refuse_unwritable(path)
            makes.append((order.make(form), path))
    return makes


def _shown(tell: Tell, length: int | None) -> Callable[[Tracked], None]:
    def show(so_far: Tracked) -> None:
        frames = f"{so_far.frames}/{length}" if length else f"{so_far.frames}"
        share = min(so_far.frames / length, 1.0) if length else None
        tell(f"frame {frames}, {so_far.seconds:.1f} s, players: {so_far.players}", share)

    return show


def _summary(tracked: Tracked, written: list[Path], dropped: int) -> str:
    early = "Stopped early. " if tracked.interrupted else ""
    names = " and ".join(map(str, written))
    frames = f"{tracked.frames} ({dropped} dropped: it is live)" if dropped else f"{tracked.frames}"
    return f"{early}Wrote {names}. Frames: {frames}, players: {tracked.players}, poses: {tracked.poses}."
