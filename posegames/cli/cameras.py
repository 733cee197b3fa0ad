"""`posegames cameras`: which cameras answer, and what each sees."""

from __future__ import annotations

from pathlib import Path

import click

EXAMPLES = """\b
Examples:
  posegames cameras
  posegames cameras --shots seen
  posegames play --source camera:1
"""


@click.command(epilog=EXAMPLES)
@click.option(
    "--shots",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Save a small picture of what each camera sees to this folder.",
)
@click.option("--json", "as_json", is_flag=True, help="Print a list of records as JSON.")
@click.option(
    "--most", type=click.IntRange(1, 64), default=6, show_default=True, help="Try so many camera numbers, from 0."
)
@click.pass_context
def cameras(ctx: click.Context, *, shots: Path | None, as_json: bool, most: int) -> None:
    """List the cameras that answer; each is opened for a moment, its light may go on.

    Ends with 1 if none answers.
    """
    import json

    from rich.console import Console
    from rich.table import Table

    from posegames.seeing.sources.camera import list_cameras
    from posegames.seeing.sources.images import write_small
    from posegames.timing import SystemClock

    with Console(stderr=True).status("looking for cameras"):
        found = list_cameras(most, clock=SystemClock())
    files = [shots / f"camera-{one.index}.png" if shots else None for one in found]
    for one, file in zip(found, files, strict=True):
        if file is not None:
            write_small(file, one.picture)
    if as_json:
        records = [
            {
                "source": f"camera:{one.index}",
                "index": one.index,
                "backend": one.backend,
                "width": one.size[0],
                "height": one.size[1],
                "rate": one.rate,
                "shot": str(file) if file else None,
            }
            for one, file in zip(found, files, strict=True)
        ]
        click.echo(json.dumps(records, indent=2))
    elif found:
        table = Table(box=None, pad_edge=False, header_style="bold")
        for heading in ("source", "picture", "a second", "through", *(["seen in"] if shots else [])):
            table.add_column(heading, overflow="fold")
        for one, file in zip(found, files, strict=True):
            rate = f"{one.rate:g}" if one.rate else "unknown"
            shot = [str(file)] if file else []
            table.add_row(f"camera:{one.index}", f"{one.size[0]} x {one.size[1]}", rate, one.backend, *shot)
        Console().print(table)
    if not found:
        click.echo(
            f"No camera answers (numbers 0 to {most - 1} were tried). Is one plugged in, allowed, and not in use "
            "by another program? Without one, play with: posegames play --source stage",
            err=True,
        )
        ctx.exit(1)
