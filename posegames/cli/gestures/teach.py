"""`posegames gestures teach`, `remove`, `export`, `import`: gestures of your own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from posegames.cli.options import seconds as length

if TYPE_CHECKING:
    from posegames.gestures.taught.confusion import Looks

EXAMPLES = """\b
Examples:
  posegames gestures teach my_move
  posegames gestures teach my_move --source me.mp4 --reps 5
  posegames gestures teach my_pose --source me.tape --kind pose
"""
NAME = click.argument("name")


@click.command(epilog=EXAMPLES)
@NAME
@click.option("--source", help="camera, camera:1, a video, http://..., FILE.tape, stage:PLAY.  [default: camera]")
@click.option(
    "--kind",
    type=click.Choice(["auto", "pose", "move"]),
    default="auto",
    show_default=True,
    help="Something held, or something done; auto: as it is shown.",
)
@click.option("--reps", type=click.IntRange(3, 10), help="How often it is shown.  [default: as often as is found]")
@click.option(
    "--method",
    type=click.Choice(["knn", "svm", "tree", "dtw", "lstm"]),
    help="How it is learnt: a pose by knn, svm or tree, a move by dtw or lstm.  [default: knn, dtw]",
)
@click.option("--either-side", is_flag=True, help="Let it be done with the other side as well.")
@click.option("--compare", is_flag=True, help="Say how well every method that fits would do.")
@click.option("--players", default=1, show_default=True, type=click.IntRange(1, 6), help="Most people at once.")
@click.option("--seconds", type=length, metavar="SECONDS", help="Look so long.")
@click.option("--force", is_flag=True, help="Keep it although something speaks against it, or one has its name.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def teach(
    ctx: click.Context,
    *,
    name: str,
    source: str | None,
    kind: Literal["auto", "pose", "move"],
    reps: int | None,
    method: str | None,
    either_side: bool,
    compare: bool,
    players: int,
    seconds: float | None,
    force: bool,
    as_json: bool,
) -> None:
    """Make a gesture called NAME of a few repetitions of a pose or a move.

    Stand still, do it, stand still, three times or more. From then on it is told of whoever plays. It is not kept
    where it cannot be told from another gesture, or its repetitions are not alike; the report says so.
    """
    import json
    from dataclasses import asdict
    from datetime import UTC, datetime
    from functools import partial

    from posegames.cli.progress import telling
    from posegames.errors import UsageError
    from posegames.gestures.taught import teaching
    from posegames.gestures.taught.gesture import check_name
    from posegames.gestures.taught.rivals import acts
    from posegames.gestures.taught.shelf import GestureShelf
    from posegames.tools import teaching as work

    check_name(name)
    shelf = GestureShelf()
    if shelf.path(name).exists() and not force:
        raise UsageError(
            f"You have a gesture {name!r} already.", now="Use --force to replace it, or another name."
        )
    looks = _looks(source, players=players, seconds=seconds, reps=reps)
    with telling() as tell:
        tell("learning", None)
        learn = partial(
            teaching.teach,
            name,
            looks,
            acts(),
            reps=reps,
            either_side=either_side,
            known=shelf.taught(),
            made=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        lesson = learn(kind=kind, method=method)
        others = teaching.compared(learn, lesson) if compare else ()
    if as_json:
        click.echo(json.dumps({**asdict(lesson.report), "compared": [asdict(one) for one in others]}, indent=2))
    else:
        for line in work.words(lesson, others):
            click.echo(line)
    if lesson.report.refused and not force:
        click.echo(f"{name} was not kept (--force keeps it).", err=True)
        ctx.exit(1)
    shelf.add(lesson.taught, replace=force)
    click.echo(f"{name} is kept. Try it: posegames play mirror, and press G", err=True)


def _looks(source: str | None, *, players: int, seconds: float | None, reps: int | None) -> Looks:
    from posegames.cli.progress import telling
    from posegames.timing import SystemClock
    from posegames.tools import teaching as work

    clock = SystemClock()
    if work.is_live(source):
        long = work.live_seconds(reps, seconds)
        return work.shown_live(source, clock, seconds=long, say=lambda line: click.echo(line, err=True))
    assert source is not None
    with telling() as tell:
        return work.recorded(source, clock, players=players, seconds=seconds, progress=tell)


@click.command(epilog="Example: posegames gestures remove my_move")
@NAME
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def remove(ctx: click.Context, *, name: str, yes: bool) -> None:
    """Remove the gesture of yours that is called NAME. Those that come with posegames stay."""
    from posegames.gestures.taught.shelf import GestureShelf

    shelf = GestureShelf()
    shelf.there(name)
    if not (yes or click.confirm(f"Remove {name}?", default=False)):
        click.echo("Nothing was removed.")
        ctx.exit(1)
    shelf.remove(name)
    click.echo(f"{name}: removed")


@click.command(epilog="Example: posegames gestures export my_move my_move.json")
@NAME
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def export(*, name: str, file: Path) -> None:
    """Write the gesture of yours that is called NAME to FILE, for 'posegames gestures import' elsewhere."""
    from posegames.gestures.taught.shelf import GestureShelf

    GestureShelf().export(name, file)
    click.echo(f"{name}: written to {file}")


@click.command("import", epilog="Example: posegames gestures import my_move.json")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace one of yours that has the same name.")
def import_(*, file: Path, force: bool) -> None:
    """Keep the gesture in FILE, which 'posegames gestures export' wrote, as one of yours."""
    from posegames.gestures.taught.shelf import GestureShelf

    taught = GestureShelf().bring(file, replace=force)
    click.echo(f"{taught.name}: a {taught.kind}, kept as one of yours")
