"""`posegames scenes`: what there is to play."""

from __future__ import annotations

import click

EXAMPLES = """\b
Examples:
  posegames scenes
  posegames play mirror
"""


@click.command(epilog=EXAMPLES)
@click.option("--json", "as_json", is_flag=True, help="Print name, title, blurb and trouble of each as JSON.")
def scenes(*, as_json: bool) -> None:
    """List the scenes there are to play: posegames' own, and those of installed plug-ins."""
    import json

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from posegames.scenes import SCENES

    entries = SCENES.values()
    if as_json:
        fields = ("name", "title", "blurb", "broken")
        click.echo(json.dumps([{field: getattr(entry, field) for field in fields} for entry in entries], indent=2))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("name", "title", "what it is"):
        table.add_column(heading, overflow="fold")
    for entry in entries:
        what = Text(f"cannot be played: {entry.broken}", style="red") if entry.broken else Text(entry.blurb)
        # What a plug-in says of itself is text, not markup.
        table.add_row(Text(entry.name), Text(entry.title), what)
    Console().print(table)
