"""`posegames gestures`: list, test and teach gestures."""

from __future__ import annotations

import click

from posegames.cli.group import Entry, LazyGroup

HERE = "posegames.cli.gestures"
COMMANDS: dict[str, Entry] = {
    "list": Entry(f"{HERE}.list:list_", "List the gestures there are, posegames' own and those you taught."),
    "test": Entry(f"{HERE}.test:test", "Compare the gestures told of recordings with those that happen in them."),
    "dataset": Entry(f"{HERE}.dataset:dataset", "Write the bodies in pictures of poses as a table."),
    "compare": Entry(f"{HERE}.dataset:compare", "Compare classifiers of poses on such a table."),
    "teach": Entry(f"{HERE}.teach:teach", "Make a gesture of a few repetitions that somebody shows."),
    "remove": Entry(f"{HERE}.teach:remove", "Remove a gesture of yours."),
    "export": Entry(f"{HERE}.teach:export", "Write a gesture of yours to a file."),
    "import": Entry(f"{HERE}.teach:import_", "Keep the gesture in a file as one of yours."),
}

EXAMPLES = """\b
Examples:
  posegames gestures list
"""


@click.group(cls=LazyGroup, table=COMMANDS, epilog=EXAMPLES)
def gestures() -> None:
    """List the gestures there are, test them on recordings, and teach new ones by showing them."""
