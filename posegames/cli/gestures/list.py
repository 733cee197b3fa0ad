"""`posegames gestures list`: what bodies can say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

EXAMPLES = """\b
Examples:
  posegames gestures list
  posegames gestures list --json
  posegames gestures list --pictures gestures
"""


@click.command("list", epilog=EXAMPLES)
@click.option("--json", "as_json", is_flag=True, help="Print a list of records as JSON.")
@click.option(
    "--pictures",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Draw each gesture as a PNG file here.",
)
def list_(*, as_json: bool, pictures: Path | None) -> None:
    """List the gestures there are, posegames' own and those you taught: what each is, and how it is done.

    A pulse happens once, a held gesture is on and off, an analogue one is a number from -1 to 1.
    """
    import json

    if pictures is not None:
        _draw(pictures)
    records = _records()
    if as_json:
        click.echo(json.dumps(records, indent=2))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("name", "kind", "what it is", "how to do it"):
        table.add_column(heading, overflow="fold", no_wrap=heading in ("name", "kind"))
    for record in records:
        table.add_row(*(record[key] for key in ("name", "kind", "blurb", "how")))
    Console().print(table)


def _records() -> list[dict[str, Any]]:
    """Return a record a gesture; a file of the user's that cannot be used says why."""
    from posegames.gestures.howto import HOW
    from posegames.gestures.table import GESTURES
    from posegames.gestures.taught.shelf import Broken, GestureShelf

    known = [
        {"name": row.name, "kind": kind_of(row), "blurb": row.blurb, "how": HOW[row.name], "taught": False}
        for row in GESTURES
    ]
    for own in GestureShelf().all():
        if isinstance(own, Broken):
            record = {"kind": "broken", "blurb": own.error.what, "how": f"{own.error.why} {own.error.now}"}
        else:
            kind = "pulse" if own.kind == "move" else "held"
            record = {"kind": kind, "blurb": own.blurb, "how": "As you showed it."}
        known.append({"name": own.name, **record, "taught": True})
    return known


def kind_of(row: object) -> str:
    """Return what the events of a row are: pulse, held or analogue."""
    from posegames.gestures.tuning.either import Either

    return type(row.ways[0] if isinstance(row, Either) else row).__name__.lower()


def _draw(folder: Path) -> None:
    from posegames.engine.gesturepictures import save_pictures
    from posegames.errors import UsageError

    try:
        files = save_pictures(folder)
    except OSError as error:
        raise UsageError(f"The folder {folder} cannot be written to.", f"({error.strerror})") from error
    click.echo(f"{len(files)} pictures are in {folder}.", err=True)
