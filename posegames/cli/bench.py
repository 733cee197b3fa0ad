"""`posegames bench`: how well and how fast it works here, beside others, in one run."""

from __future__ import annotations

from pathlib import Path

import click

from posegames.tools.bench.table import BENCHES, Figures, Plan, find_bench

_LISTED = "\n".join(f"  {name:<10} {row.blurb}" for name, row in BENCHES.items())
EXAMPLES = f"""\b
Benches (the first is the default):
{_LISTED}

\b
Examples:
  posegames bench tracking
  posegames bench tracking --source squats.mp4 --rounds 3
  POSEGAMES_MEDIAPIPE_METRICS=accept posegames bench tracking --json figures.json --report figures.md
"""


@click.command(epilog=EXAMPLES)
@click.argument("what", metavar="[NAME]...", nargs=-1)
@click.option("--source", help="Measure on this video, picture folder or play alone.  [default: the bench's own]")
@click.option(
    "--rounds", default=5, show_default=True, type=click.IntRange(1, 100), help="Turns of each contender."
)
@click.option("--seed", default=0, show_default=True, help="Seed of everything drawn by lot.")
@click.option("--json", "out", type=click.Path(path_type=Path, dir_okay=False), help="Write the figures here.")
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), help="Write the tables here (Markdown)."
)
def bench(
    *, what: tuple[str, ...], source: str | None, rounds: int, seed: int, out: Path | None, report: Path | None
) -> None:
    """Measure posegames on this machine, beside what else there is.

    Contenders take turns in one run, and the ratio between them counts: times alone say more about what else the
    machine was doing. MediaPipe takes part if POSEGAMES_MEDIAPIPE_METRICS=accept says that it may report its use.
    """
    import json

    import rich

    from posegames.cli.progress import telling
    from posegames.cli.sheets import show
    from posegames.files import write_whole
    from posegames.timing import SystemClock
    from posegames.tools.formats import refuse_unwritable
    from posegames.tools.stats import machine

    names = tuple(dict.fromkeys(what)) or tuple(BENCHES)[:1]
    benches = {name: find_bench(name) for name in names}
    for path in filter(None, (out, report)):
        refuse_unwritable(path)
    plan = Plan(source=source, rounds=rounds, seed=seed)
    figures: Figures = {"machine": machine()}
    pages = [", ".join(f"{what}: {value}" for what, value in figures["machine"].items()) + "\n"]
    for name, row in benches.items():
        measuring = row.load()
        with telling() as tell:
            figures[name] = measuring.measure(plan, SystemClock(), tell)
        sheet = measuring.sheet(figures[name])
        rich.print(f"[bold]{name}[/]: {row.blurb}")
        show(sheet)
        pages.append(f"## {name}: {row.blurb}\n\n{sheet.markdown()}")
    if out is not None:
        write_whole(out, [(json.dumps(figures, indent=2) + "\n").encode()])
    if report is not None:
        write_whole(report, ["\n".join(pages).encode()])
