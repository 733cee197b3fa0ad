"""`posegames evaluate`: estimators against people whose joints are known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from posegames.cli.options import adjusted, seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from posegames.tools.evaluation.points import Points
    from posegames.tools.evaluation.truth import Scene

EXAMPLES = """\b
Examples:
  posegames evaluate stage
  posegames evaluate stage:crossing --plot crossing.png
  posegames evaluate stage --post clean,identity,temporal,bones,fill
  posegames evaluate person_keypoints.json pictures/ --report report.md --json figures.json
  posegames evaluate person_keypoints.json pictures/ --estimator blazepose --estimator mediapipe --plot both.png

\b
Keypoint files are COCO's. Their points may be others than COCO's 17: those that are called as joints are called
(left_knee) are compared, and the top of a head and a neck, or a head box, give PCKh.
"""
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(epilog=EXAMPLES)
@click.argument("what", metavar="KEYPOINTS|stage[:PLAY]")
@click.argument("images", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--estimator", "estimators", multiple=True, help="Which; several are compared.  [default: blazepose]"
)
@click.option("--model", type=click.Path(path_type=Path), help="A model file of your own, or a folder of them.")
@adjusted
@click.option(
    "--players", default=6, show_default=True, type=click.IntRange(1, 6), help="Most people in a picture."
)
@click.option("--seconds", "length", default=4.0, show_default=True, type=seconds, help="Of each play.")
@click.option(
    "--post",
    metavar="STEPS",
    help="Measure post-processing instead, step by step: clean,identity,smooth,temporal,bones,fill.",
)
@click.option("--json", "out", type=FILE, help="Write the figures here.")
@click.option("--report", type=FILE, help="Write the tables here, and what they mean (Markdown).")
@click.option("--plot", type=FILE, help="Draw the figures here (PNG).")
def evaluate(
    *,
    what: str,
    images: Path | None,
    estimators: tuple[str, ...],
    model: Path | None,
    estimator_options: tuple[str, ...],
    players: int,
    post: str | None,
    length: float,
    out: Path | None,
    report: Path | None,
    plot: Path | None,
) -> None:
    """Compare what estimators find with where people are.

    With a file of KEYPOINTS (COCO's) it is people in the pictures of IMAGES, labelled by hand: AP and AR, PCK,
    PCKh where heads are labelled, the error of every limb, who was missed. On the stage every joint is known, in
    space, too: `stage` is ten pieces of its plays, `stage:PLAY` is one play, and MPJPE is the error in space.
    """
    if post is not None:
        from posegames.cli.refining import refine

        refine(
            post,
            what,
            images,
            names=estimators,
            model=model,
            options=estimator_options,
            players=players,
            seconds=length,
            out=out,
            report=report,
            plot=plot,
        )
        return
    import json
    from contextlib import ExitStack

    import rich

    from posegames.cli.options import ask_consent
    from posegames.cli.progress import telling
    from posegames.cli.sheets import show
    from posegames.files import replacing, write_whole
    from posegames.seeing.estimators.table import check_estimator, find_estimator, make_estimator
    from posegames.tools.evaluation import plot as drawing
    from posegames.tools.evaluation.precision import require_library
    from posegames.tools.evaluation.report import markdown, title
    from posegames.tools.evaluation.run import evaluate as work
    from posegames.tools.evaluation.sheets import notes, sheets
    from posegames.tools.formats import refuse_unwritable

    names = tuple(dict.fromkeys(estimators)) or ("blazepose",)
    # Beside others, those that have none go without.
    options = {name: estimator_options if len(names) == 1 or find_estimator(name).family else () for name in names}
    for name in names:
        ask_consent(name)
        check_estimator(name, model, options[name])
    for path in filter(None, (out, report, plot)):
        refuse_unwritable(path)
    # What is missing is said before the work, not after it.
    require_library()
    if plot is not None:
        drawing.require_library()
    scenes, points = _exam(what, images, length)
    with ExitStack() as stack:
        tell = stack.enter_context(telling())
        opened = {
            name: stack.enter_context(
                make_estimator(name, players=players, model=model, options=options[name], progress=tell)
            )
            for name in names
        }
        figures = work(scenes, points, opened, progress=tell)
    if out is not None:
        write_whole(out, [(json.dumps(figures, indent=2) + "\n").encode()])
    if report is not None:
        write_whole(report, [markdown(figures, what).encode()])
    if plot is not None:
        with replacing(plot) as part:
            drawing.draw(figures, part, title=title(figures, what))
    for heading, sheet in sheets(figures).items():
        rich.print(f"\n[bold]{heading}[/]")
        show(sheet)
    for note in notes(figures):
        click.echo(f"\n{note}")


def _exam(what: str, images: Path | None, length: float) -> tuple[Iterator[Scene], Points]:
    """Return the pictures, and which points of people are known in them. Raises UsageError and SourceError."""
    from posegames.errors import UsageError
    from posegames.tools.evaluation import staged
    from posegames.tools.evaluation.truth import read_labels

    if staged.is_stage(what):
        if images is not None:
            raise UsageError(f"{what} needs no pictures.", now=f"Say: posegames evaluate {what}")
        return staged.scenes(staged.cases(what), seconds=length), staged.STAGE
    if not Path(what).is_file():
        raise UsageError(
            f"There is no file {what!r}.", now="Name a file of COCO keypoints, or the stage: stage, stage:dance."
        )
    if images is None:
        raise UsageError(
            f"The pictures that {what} labels are not named.", now=f"Say: posegames evaluate {what} FOLDER"
        )
    labels = read_labels(Path(what))
    return labels.scenes(images), labels.points
