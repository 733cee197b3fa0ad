"""How long commands show that they are not asleep: on stderr, and only where somebody looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

Tell = Callable[[str, float | None], None]
"""Takes a few words, and how far it is: 0..1, or None where that is not known."""


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
