"""`posegames evaluate`: estimators against people whose joints are known."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from posegames.cli.options import adjusted, seconds
from posegames.cli.refining import STEPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from posegames.tools.evaluation.exam import Amount, Exam
    from posegames.tools.evaluation.survey import Entries, Survey

EXAMPLES = """\b
Parts:
  accuracy    how near joints are to the truth: AP, AR, PCK, PCKh, limbs, space
  precision   how far joints spread under a camera's noise
  robustness  what noise, blur, darkness, boxes, distance and company leave of it
  speed       milliseconds a picture, loading, memory

\b
Examples:
  posegames evaluate stage
  posegames evaluate stage --estimators all --json figures.json --plot figures.png
  posegames evaluate stage --estimators all --quick
  posegames evaluate stage:crossing --plot crossing.png
  posegames evaluate stage --post clean,identity,temporal,bones,fill
  posegames evaluate person_keypoints.json pictures/ --report report.md --json figures.json
  posegames evaluate person_keypoints.json pictures/ --estimators blazepose,mediapipe --parts accuracy,precision
  posegames evaluate --papers

\b
Keypoint files are COCO's. Their points may be others than COCO's 17: those that are called as joints are called
(left_knee) are compared, and the top of a head and a neck, or a head box, give PCKh.
"""
FILE = click.Path(path_type=Path, dir_okay=False)


def _names(_context: click.Context, _option: click.Parameter, words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for word in words for name in word.split(",") if name.strip()))


@click.command(epilog=f"{EXAMPLES}\n{STEPS}")
@click.argument("what", metavar="KEYPOINTS|stage[:PLAY]", required=False)
@click.argument("images", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--estimator",
    "--estimators",
    "estimators",
    multiple=True,
    callback=_names,
    metavar="NAMES",
    help="Which; several are compared: a,b or all that can be had here.  [default: blazepose]",
)
@click.option("--model", type=click.Path(path_type=Path), help="A model file of your own, or a folder of them.")
@adjusted
@click.option(
    "--parts",
    metavar="NAMES",
    help="Which, or all.  [default: accuracy; with --estimators all, all]",
)
@click.option("--quick", is_flag=True, help="Less of everything: a minute, and rougher figures.")
@click.option(
    "--players", default=6, show_default=True, type=click.IntRange(1, 6), help="Most people in a picture."
)
@click.option(
    "--seconds", "length", type=seconds, metavar="SECONDS", help="Of each play, for accuracy.  [default: 4]"
)
@click.option("--seed", default=0, show_default=True, help="Seed of noise, boxes and company.")
@click.option(
    "--papers", is_flag=True, help="Quote the papers' figures, and what they leave unsaid, beside these."
)
@click.option(
    "--post",
    metavar="STEPS",
    help="Measure post-processing instead, step by step: clean,identity,smooth,temporal,bones,fill.",
)
@click.option("--json", "out", type=FILE, help="Write the figures here.")
@click.option("--report", type=FILE, help="Write the tables here, and what they mean (Markdown).")
@click.option("--plot", type=FILE, help="Draw the figures here (PNG).")
@click.pass_context
def evaluate(
    ctx: click.Context,
    *,
    what: str | None,
    images: Path | None,
    estimators: tuple[str, ...],
    model: Path | None,
    estimator_options: tuple[str, ...],
    parts: str | None,
    quick: bool,
    players: int,
    post: str | None,
    length: float | None,
    seed: int,
    papers: bool,
    out: Path | None,
    report: Path | None,
    plot: Path | None,
) -> None:
    """Compare what estimators find with where people are.

    With a file of KEYPOINTS (COCO's) it is people in the pictures of IMAGES, labelled by hand: AP and AR, PCK,
    PCKh where heads are labelled, the error of every limb, who was missed. On the stage every joint is known, in
    space, too: `stage` is ten pieces of its plays, `stage:PLAY` is one play, and MPJPE is the error in space.

    With --estimators all it is every estimator whose model is here, the same work for all; the others are listed
    with what to do. Ctrl-C ends early and keeps what is done.
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
            alone=not (parts or quick or papers),
        )
        return
    from posegames.cli import INTERRUPTED
    from posegames.cli.progress import telling
    from posegames.errors import UsageError
    from posegames.tools.evaluation import papers as quoted
    from posegames.tools.evaluation import plot as drawing
    from posegames.tools.evaluation.exam import FULL, QUICK
    from posegames.tools.evaluation.precision import require_library
    from posegames.tools.evaluation.survey import ALL, parts_of, survey
    from posegames.tools.formats import refuse_unwritable

    if what is None:
        if not papers:
            raise UsageError("Nothing is named to evaluate on.", now="Say: posegames evaluate stage")
        click.echo(quoted.words({}))
        return
    asked = parts_of(parts or (ALL if ALL in estimators else "accuracy"))
    entries = _entries(estimators or ("blazepose",), model, estimator_options)
    for path in filter(None, (out, report, plot)):
        refuse_unwritable(path)
    # What is missing is said before the work, not after it.
    require_library()
    if plot is not None:
        drawing.require_library(asked)
    amount = QUICK if quick else FULL
    if length is not None:
        amount = replace(amount, seconds=length)
    exam = _exam(what, images, amount)
    with telling() as tell:
        done = survey(exam, entries, asked, amount, players=players, model=model, seed=seed, progress=tell)
    _write(done, what, papers=papers, out=out, report=report, plot=plot)
    _print(done, papers=papers)
    if done.stopped:
        click.echo("\nStopped: these are the figures of what was done by then.", err=True)
        ctx.exit(INTERRUPTED)


def _write(
    done: Survey, what: str, *, papers: bool, out: Path | None, report: Path | None, plot: Path | None
) -> None:
    """Write what was asked for; without any figures only the JSON, which says who is absent."""
    import json

    from posegames.files import replacing, write_whole
    from posegames.tools.evaluation.plot import draw
    from posegames.tools.evaluation.report import markdown, title

    if out is not None:
        write_whole(out, [(json.dumps(done.listed(), indent=2) + "\n").encode()])
    if report is not None and done.measured:
        write_whole(report, [markdown(done.measured, what, absent=done.absent, papers=papers).encode()])
    if plot is not None and done.drawable:
        with replacing(plot) as part:
            draw(done.measured, part, title=title(done.measured, what))


def _print(done: Survey, *, papers: bool) -> None:
    """Show all tables, and what else there is to say."""
    import rich

    from posegames.cli.sheets import show
    from posegames.tools.evaluation.papers import words
    from posegames.tools.evaluation.report import gone
    from posegames.tools.evaluation.sheets import brief, notes

    for heading, sheet in brief(done.measured).items():
        rich.print(f"\n[bold]{heading}[/]")
        show(sheet)
    quoted = [words(done.measured)] if papers else []
    for note in (*notes(done.measured), *quoted, *gone(done.absent)):
        click.echo(f"\n{note}")


def _entries(names: tuple[str, ...], model: Path | None, words: tuple[str, ...]) -> Entries:
    """Return the estimators that are called so, with their options; of `all` also those that cannot be had."""
    from posegames.errors import UsageError
    from posegames.seeing.estimators.table import find_estimator
    from posegames.tools.evaluation.survey import ALL, Entries, available

    if ALL in names:
        if len(names) > 1 or words:
            raise UsageError(
                "All estimators are compared as they are.", now="Name no others, and no options of one."
            )
        here, absent = available(lambda name: _admit_if_here(name, model))
        return Entries(dict.fromkeys(here, ()), absent)
    # Beside others, those that have none go without.
    options = {name: words if len(names) == 1 or find_estimator(name).family else () for name in names}
    for name in names:
        _admit(name, model, options[name])
    return Entries(options, None)


def _admit(name: str, model: Path | None, options: Sequence[str]) -> None:
    """Ask what an estimator asks of its user, and check that it can work."""
    from posegames.cli.options import ask_consent
    from posegames.seeing.estimators.table import check_estimator

    ask_consent(name)
    check_estimator(name, model, options)


def _admit_if_here(name: str, model: Path | None) -> None:
    """Do the same, but ask nothing for the sake of an estimator whose file is not here."""
    from posegames.errors import EstimatorError
    from posegames.seeing.estimators.table import check_estimator

    with suppress(EstimatorError):  # its terms are not accepted: now they are asked
        check_estimator(name, model)
    _admit(name, model, ())


def _exam(what: str, images: Path | None, amount: Amount) -> Exam:
    """Return the pictures, and which points of people are known in them. Raises UsageError and SourceError."""
    from posegames.errors import UsageError
    from posegames.tools.evaluation import staged
    from posegames.tools.evaluation.exam import LabelledExam, StageExam
    from posegames.tools.evaluation.truth import read_labels

    if staged.is_stage(what):
        if images is not None:
            raise UsageError(f"{what} needs no pictures.", now=f"Say: posegames evaluate {what}")
        stage = StageExam(what)
        stage.scenes(amount)  # that its plays can be had is said before the work
        return stage
    if not Path(what).is_file():
        raise UsageError(
            f"There is no file {what!r}.", now="Name a file of COCO keypoints, or the stage: stage, stage:dance."
        )
    if images is None:
        raise UsageError(
            f"The pictures that {what} labels are not named.", now=f"Say: posegames evaluate {what} FOLDER"
        )
    labelled = LabelledExam(read_labels(Path(what)), images)
    labelled.labels.scenes(images)
    return labelled
