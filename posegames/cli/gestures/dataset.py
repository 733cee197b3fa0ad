"""`posegames gestures dataset` and `compare`: pictures of poses as a table, and what classifiers make of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from posegames.gestures.taught.compare import Score
    from posegames.tools.sheet import Sheet

FILE = click.Path(path_type=Path, dir_okay=False)
METHODS = ("knn", "svm", "tree")
SHOWN = 20
"""Pictures passed over that are named one by one."""


@click.command(epilog="Example: posegames gestures dataset yoga/ --out poses.csv")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--out", type=FILE, required=True, help="Write it to this file (CSV).")
@click.option("--estimator", default="blazepose", show_default=True, help="Which finds the bodies.")
def dataset(*, folder: Path, out: Path, estimator: str) -> None:
    """Find the bodies in the pictures of FOLDER and write them as a table.

    FOLDER has a folder for each pose, called like it. Of each picture the largest body counts; pictures without
    one are named and passed over. A row has x1,y1,z1,v1 to x33,y33,z33,v33 (x, y and z in heights of the picture,
    v how well the joint is seen), class and file.
    """
    from posegames.cli.options import ask_consent
    from posegames.cli.progress import telling
    from posegames.gestures.taught.dataset import write_dataset
    from posegames.gestures.taught.pictures import gather
    from posegames.seeing.estimators.table import find_estimator, make_estimator
    from posegames.tools.formats import refuse_unwritable

    find_estimator(estimator)
    refuse_unwritable(out)
    ask_consent(estimator)
    with telling() as tell, make_estimator(estimator, players=3, progress=tell) as opened:
        gathered = gather(folder, opened, tell)
    write_dataset(out, gathered.rows)
    for name, why in gathered.passed_over[:SHOWN]:
        click.echo(f"{name} is passed over: {why}.", err=True)
    if (more := len(gathered.passed_over) - SHOWN) > 0:
        click.echo(f"So are {more} more.", err=True)
    classes = len({row.label for row in gathered.rows})
    click.echo(f"{out}: {len(gathered.rows)} bodies of {classes} classes.")


@click.command(
    epilog="""\b
Examples:
  posegames gestures compare poses.csv
  posegames gestures compare poses.csv --learn 5 --method knn --json figures.json
"""
)
@click.argument("table", metavar="POSES.CSV", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--method", "methods", multiple=True, type=click.Choice(METHODS), help="Which.  [default: all]")
@click.option(
    "--learn",
    type=click.IntRange(1, 1000),
    help="Learn so many of each class, try the rest; else a fifth is tried.",
)
@click.option("--times", default=10, show_default=True, type=click.IntRange(1, 1000), help="With other parts.")
@click.option("--seed", default=0, show_default=True, help="Of chance.")
@click.option("--one-sided", is_flag=True, help="The mirror image of a pose is another one.")
@click.option("--json", "out", type=FILE, help="Write the figures here.")
def compare(
    *,
    table: Path,
    methods: tuple[str, ...],
    learn: int | None,
    times: int,
    seed: int,
    one_sided: bool,
    out: Path | None,
) -> None:
    """Compare classifiers on the data set POSES.CSV: kNN, an SVM, a decision tree.

    What is tried was not learnt, and (nearly) the same pictures are on one side. 'right' is the share whose
    likeliest pose is the right one; 'taken' and 'mistaken' what a game would take for it, and for another one: it
    also takes none for none. SVM and tree need scikit-learn: pip install "posegames[learn]".
    """
    import json

    import rich

    from posegames.cli.progress import telling
    from posegames.cli.sheets import show
    from posegames.files import write_whole
    from posegames.gestures.taught.classifiers import METHODS as ALL
    from posegames.gestures.taught.compare import compare as work
    from posegames.gestures.taught.compare import grouped, splits
    from posegames.gestures.taught.dataset import read_dataset
    from posegames.gestures.taught.features import Shape
    from posegames.timing import SystemClock
    from posegames.tools.formats import refuse_unwritable

    if out is not None:
        refuse_unwritable(out)
    rows = read_dataset(table)
    shapes = [Shape.of_pose(row.pose) for row in rows]
    examples = grouped([row.label for row in rows], shapes, either_side=not one_sided)
    parts = list(splits(examples, learn=learn, count=times, seed=seed))
    chosen = [name for name in ALL if not methods or name in methods]
    with telling() as tell:
        scores = work(examples, chosen, parts, clock=SystemClock(), tell=tell, either_side=not one_sided)
    if out is not None:
        figures = _figures(
            scores, pictures=len(examples), groups=len({one.group for one in examples}), learn=learn
        )
        write_whole(out, [(json.dumps(figures, indent=2) + "\n").encode()])
    show(_sheet(scores))
    for score in scores:
        rich.print(f"\n[bold]{score.method}[/]: what was shown, and how often it was told for what")
        show(_confusion(score))


def _sheet(scores: list[Score]) -> Sheet:
    from posegames.tools.sheet import Sheet

    headings = ("method", "right", "worst split", "taken", "mistaken", "learns in ms", "tells in ms")
    rows = [
        (
            score.method,
            *(f"{value:.3f}" for value in (score.mean, min(score.accuracy), score.recognised, score.mistaken)),
            f"{score.learning * 1e3:.1f}",
            f"{score.telling * 1e3:.2f}",
        )
        for score in scores
    ]
    return Sheet(headings, rows)


def _confusion(score: Score) -> Sheet:
    from posegames.tools.sheet import Sheet

    labels = sorted({label for pair in score.confusion for label in pair})
    # Classes are numbered: their names beside each other are too wide for a terminal.
    rows = [
        (
            f"{place} {label}",
            f"{score.of(label):.3f}",
            *(str(score.confusion.get((label, other), 0)) for other in labels),
        )
        for place, label in enumerate(labels, start=1)
    ]
    return Sheet(("class", "right", *(str(place) for place in range(1, len(labels) + 1))), rows)


def _figures(scores: list[Score], *, pictures: int, groups: int, learn: int | None) -> dict[str, Any]:
    return {
        "pictures": pictures,
        "groups": groups,
        "learnt_of_each": learn,
        "methods": {
            score.method: {
                "accuracy": score.mean,
                "accuracy_of_splits": list(score.accuracy),
                "recognised": score.recognised,
                "mistaken": score.mistaken,
                "classes": {label: score.of(label) for label in sorted({true for true, _ in score.confusion})},
                "confusion": [
                    {"shown": true, "told": told, "count": count}
                    for (true, told), count in sorted(score.confusion.items())
                ],
                "learning_s": score.learning,
                "telling_s": score.telling,
            }
            for score in scores
        },
    }
