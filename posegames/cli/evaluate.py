"""`posegames evaluate`: estimators against pictures labelled by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.table import Table

EXAMPLES = """\b
Examples:
  posegames evaluate person_keypoints.json pictures/
  posegames evaluate person_keypoints.json pictures/ --estimator blazepose --estimator mediapipe --json f.json
"""
ROWS = ("people", "found", "matched", "AP", "AP50", "AP75", "AR", "PCK@0.2")


@click.command(epilog=EXAMPLES)
@click.argument("keypoints", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("images", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--estimator", "estimators", multiple=True, help="Which; several are compared.  [default: blazepose]"
)
@click.option(
    "--players", default=6, show_default=True, type=click.IntRange(1, 6), help="Most people in a picture."
)
@click.option("--json", "out", type=click.Path(path_type=Path, dir_okay=False), help="Write the figures here.")
def evaluate(
    *, keypoints: Path, images: Path, estimators: tuple[str, ...], players: int, out: Path | None
) -> None:
    """Compare what estimators find in IMAGES with the people labelled in KEYPOINTS (a COCO keypoint file).

    AP and AR are COCO's, over object keypoint similarities of .50 to .95, in per cent. PCK@0.2 is the share of
    labelled points found nearer than a fifth of the torso's diagonal; points of people not found count as missed.
    """
    import json

    from rich.console import Console

    from posegames.cli.options import ask_consent
    from posegames.cli.progress import telling
    from posegames.files import replacing
    from posegames.seeing.estimators.table import find_estimator, make_estimator
    from posegames.tools.evaluate import evaluate as work
    from posegames.tools.formats import refuse_unwritable
    from posegames.tools.truth import read_truth

    names = tuple(dict.fromkeys(estimators)) or ("blazepose",)
    for name in names:
        find_estimator(name)
        ask_consent(name)
    if out is not None:
        refuse_unwritable(out)
    truth = read_truth(keypoints)
    figures: dict[str, Any] = {}
    for name in names:
        with telling() as tell, make_estimator(name, players=players, progress=tell) as estimator:
            figures[name] = work(truth, images, estimator, progress=tell)
    Console().print(_table(figures))
    if out is not None:
        with replacing(out) as part:
            part.write_text(json.dumps(figures, indent=2) + "\n")


def _table(figures: dict[str, Any]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("estimator", *ROWS):
        table.add_column(heading, justify="left" if heading == "estimator" else "right")
    for name, row in figures.items():
        table.add_row(name, *(str(row[key]) for key in ROWS))
    return table
