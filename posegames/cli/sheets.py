"""Sheets of figures on the terminal."""

from __future__ import annotations

from posegames.tools.sheet import Sheet


def show(sheet: Sheet) -> None:
    """Print a sheet: words to the left, figures to the right."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for place, heading in enumerate(sheet.headings):
        table.add_column(heading, overflow="fold", justify="right" if place else "left")
    for row in sheet.rows:
        table.add_row(*row)
    Console().print(table)
