"""How long commands show that they are not asleep: on stderr, and only where somebody looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

Tell = Callable[[str, float | None], None]
"""Takes a few words, and how far it is: 0..1, or None where that is not known."""

STEP = 0.1
"""Share of the work after which a line is written where nobody looks: ten lines, however long it takes."""


@contextmanager
def telling() -> Iterator[Tell]:
    """Yield what shows a few words and a share as a bar, or as a spinner where there is no share."""
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)

        def tell(words: str, share: float | None) -> None:
            total = None if share is None else 1.0
            progress.update(task, description=words, total=total, completed=share or 0.0)

        yield tell


@dataclass(frozen=True, slots=True)
class Board:
    """Where a long work with many parts is shown."""

    line: Callable[[str], None]
    """Writes a line that stays."""
    watch: Callable[[float, float, str], None]
    """Takes how much is done, of how much (0: not known yet), and a few words on what is at work."""


@contextmanager
def counting(unit: str) -> Iterator[Board]:
    """Yield a board that counts `unit`: on a terminal a bar that is drawn anew, else a plain line now and then."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _plain(unit)
        return
    columns = (
        SpinnerColumn(),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[count]}"),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None, count="")

        def watch(done: float, whole: float, words: str) -> None:
            count = f"{done / whole:.0%}  {done:.0f}/{whole:.0f} {unit}" if whole else ""
            progress.update(task, description=words, total=whole or None, completed=min(done, whole), count=count)

        # Text: names may look like markup.
        yield Board(lambda words: console.print(Text(words), soft_wrap=True), watch)


def _plain(unit: str) -> Board:
    told = 0

    def watch(done: float, whole: float, _words: str) -> None:
        nonlocal told
        steps = int(done / whole / STEP) if whole else 0
        if steps > told:
            told = steps
            click.echo(f"{steps * STEP:.0%}: {done:.0f} of {whole:.0f} {unit}", err=True)

    return Board(lambda words: click.echo(words, err=True), watch)
