"""`posegames gestures test`: what the recogniser tells of recordings whose gestures are known."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from posegames.cli.options import adjusted, seconds

EXAMPLES = """\b
Examples:
  posegames gestures test clips/
  posegames gestures test clips/ --json figures.json --report figures.md --picture confusion.png --jobs 2
  posegames gestures test stage:gestures?actors=1
  posegames gestures test stage --matrix --jobs 2
  posegames gestures test clips/ --at-least 0.95

\b
DATA is one of
  a folder with labels.json: clips, and what happens in them when
  a folder with trials.json and skeletons.npz: recordings of a Kinect v1, each of one action
  a folder of such folders
  stage[:PLAY]: the built-in virtual actors, whose script is the label
"""
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("test", epilog=EXAMPLES)
@click.argument("data")
@click.option("--json", "out", type=FILE, help="Write the figures here.")
@click.option("--report", type=FILE, help="Write the tables here, and what they mean (Markdown).")
@click.option("--picture", type=FILE, help="Draw what is taken for what here (PNG).")
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes at work.")
@click.option("--estimator", help="What finds the bodies.  [default: blazepose]")
@adjusted
@click.option("--model", type=click.Path(path_type=Path), help="A model file of your own, or a folder of them.")
@click.option(
    "--tapes",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Read CLIP.tape or CLIP.tape.gz from here instead of looking again.  [default: beside the clips]",
)
@click.option("--fresh", is_flag=True, help="Look at the clips even where there are tapes of them.")
@click.option("--seconds", "length", type=seconds, metavar="SECONDS", help="Only so much of each clip or play.")
@click.option("--matrix", is_flag=True, help="The stage's truth by bodies of all sizes, near and far, shaken.")
@click.option("--at-least", type=click.FloatRange(0, 1), metavar="F1", help="Fail if any F1 of all is less.")
@click.pass_context
def test(
    ctx: click.Context,
    *,
    data: str,
    out: Path | None,
    report: Path | None,
    picture: Path | None,
    jobs: int,
    estimator: str | None,
    estimator_options: tuple[str, ...],
    model: Path | None,
    tapes: Path | None,
    fresh: bool,
    length: float | None,
    matrix: bool,
    at_least: float | None,
) -> None:
    """Compare the gestures told of recordings with those that happen in them.

    Precision, recall, F1 and latency of every gesture, counts of every clip and person, false events a minute, and
    what is taken for what. The same data give the same figures. A clip that cannot be looked at is named, and
    passed over.
    """
    import rich

    from posegames.cli.options import ask_consent
    from posegames.cli.progress import telling
    from posegames.cli.sheets import show
    from posegames.errors import UsageError
    from posegames.tools.evaluation.plot import require_library
    from posegames.tools.formats import refuse_unwritable
    from posegames.tools.gesturetest.clips import Eyes
    from posegames.tools.gesturetest.run import measure, measure_matrix
    from posegames.tools.gesturetest.sheets import notes, sheets

    if matrix and data != "stage":
        raise UsageError("The matrix is the stage's.", now="Say: posegames gestures test stage --matrix")
    for path in filter(None, (out, report, picture)):
        refuse_unwritable(path)
    if picture is not None:  # what is missing is said before the work, not after it
        require_library()
    ask_consent(estimator)
    # Who chooses an estimator, or how it works, wants it to look.
    again = fresh or estimator is not None or model is not None or bool(estimator_options)
    eyes = Eyes(
        estimator=estimator or "blazepose",
        model=model,
        options=estimator_options,
        seconds=length,
        tapes=tapes,
        fresh=again,
    )
    with telling() as tell:
        if matrix:
            figures = measure_matrix(workers=jobs, progress=tell)
        else:
            figures = measure(data, eyes, workers=jobs, progress=tell)
    what = data if data.startswith("stage") else Path(data).resolve().name
    _write(figures, what, out=out, report=report, picture=picture)
    for heading, sheet in sheets(figures).items():
        rich.print(f"\n[bold]{heading}[/]")
        show(sheet)
    click.echo()
    for note in notes(figures):
        click.echo(note)
    if at_least is not None and not _reached(figures, at_least):
        ctx.exit(1)


def _write(
    figures: Mapping[str, Any], what: str, *, out: Path | None, report: Path | None, picture: Path | None
) -> None:
    import json

    from posegames.files import replacing, write_whole
    from posegames.tools.gesturetest.picture import draw
    from posegames.tools.gesturetest.sheets import markdown

    if out is not None:
        write_whole(out, [(json.dumps(figures, indent=2, allow_nan=False) + "\n").encode()])
    if report is not None:
        write_whole(report, [markdown(figures, what).encode()])
    if picture is not None:
        with replacing(picture) as part:
            draw(figures["confusion"], part, title=f"Gestures told in {what}")


def _reached(figures: Mapping[str, Any], at_least: float) -> bool:
    """Whether every F1 of all is `at_least` so high, and nothing was passed over, for that was not seen."""
    parts = [figures, figures["trials"]] if "trials" in figures else [figures]
    scores = [part["overall"]["f1"] for part in parts]
    return not figures["broken"] and all(score >= at_least for score in scores if score is not None)
