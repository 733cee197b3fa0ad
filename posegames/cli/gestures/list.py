"""`posegames gestures list`: what bodies can say."""

from __future__ import annotations

import click


@click.command("list", epilog="Example: posegames gestures list --json")
@click.option("--json", "as_json", is_flag=True, help="Print a list of records as JSON.")
def list_(*, as_json: bool) -> None:
    """List the gestures there are."""
    import json

    from rich.console import Console
    from rich.table import Table

    from posegames.gestures.table import GESTURES

    if as_json:
        click.echo(json.dumps([{"name": row.name, "blurb": row.blurb} for row in GESTURES], indent=2))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("name", "what it is"):
        table.add_column(heading, overflow="fold")
    for row in GESTURES:
        table.add_row(row.name, row.blurb)
    Console().print(table)
