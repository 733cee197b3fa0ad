"""`posegames bench`: how fast it is here, beside others, in one run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from posegames.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from rich.table import Table

EXAMPLES = """\b
Examples:
  posegames bench tracking
  posegames bench tracking --source squats.mp4 --rounds 3
  POSEGAMES_MEDIAPIPE_METRICS=accept posegames bench tracking --json tracking.json
"""
NAMES = ("tracking",)


@click.command(epilog=EXAMPLES)
@click.argument("what", metavar="[tracking]", default="tracking")
@click.option("--source", help="Measure on this video, picture folder or play alone.  [default: the stage]")
@click.option(
    "--rounds", default=5, show_default=True, type=click.IntRange(1, 100), help="Turns of each contender."
)
@click.option("--json", "out", type=click.Path(path_type=Path, dir_okay=False), help="Write the figures here.")
def bench(*, what: str, source: str | None, rounds: int, out: Path | None) -> None:
    """Measure posegames on this machine, beside what else there is.

    Contenders take turns in one run, and the ratio between them counts: times alone say more about what else the
    machine was doing. MediaPipe takes part if POSEGAMES_MEDIAPIPE_METRICS=accept says that it may report its use.
    """
    import json

    from rich.console import Console

    from posegames.cli.progress import telling
    from posegames.files import replacing
    from posegames.timing import SystemClock
    from posegames.tools.bench.tracking import CASES, Case, tracking
    from posegames.tools.formats import refuse_unwritable
    from posegames.tools.stats import machine

    if what not in NAMES:
        raise UsageError(f"There is no bench {what!r}.", now=did_you_mean(what, list(NAMES)))
    if out is not None:
        refuse_unwritable(out)
    cases = CASES if source is None else (Case(source, 1),)
    figures: dict[str, Any] = {}
    with telling() as tell:
        for case, measured in tracking(cases, SystemClock(), rounds=rounds, progress=tell):
            figures[case.source] = measured
    Console().print(_table(figures))
    if out is not None:
        with replacing(out) as part:
            part.write_text(json.dumps({"tracking": figures, "machine": machine()}, indent=2) + "\n")


def _table(figures: dict[str, Any]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("source", "contender", "people", "ms a frame", "ours / theirs"):
        table.add_column(heading, overflow="fold")
    for source, measured in figures.items():
        for name, row in measured["contenders"].items():
            ratio = next((f"{r:.2f}" for pair, r in measured["ratio"].items() if pair.endswith(f"/ {name}")), "")
            table.add_row(source, name, f"{row['people']:.1f}", f"{row['ms']:.1f}", ratio)
    return table
