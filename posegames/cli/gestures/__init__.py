"""`posegames gestures`: list, test and teach gestures."""

from __future__ import annotations

import click

from posegames.cli.group import Entry, LazyGroup

HERE = "posegames.cli.gestures"
COMMANDS: dict[str, Entry] = {
    "list": Entry(f"{HERE}.list:list_", "List the gestures there are, posegames' own and those you taught."),
}

EXAMPLES = """\b
Examples:
  posegames gestures list
"""


@click.group(cls=LazyGroup, table=COMMANDS, epilog=EXAMPLES)
def gestures() -> None:
    """List the gestures there are, test them on recordings, and teach new ones by showing them."""
