"""`posegames track` for many sources: what is shown meanwhile, and what is said at the end."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from posegames.cli.progress import Board, counting, telling
from posegames.errors import SourceError, UsageError

if TYPE_CHECKING:
    from posegames.tools.batch.finding import Item, Passed
    from posegames.tools.batch.jobs import Order
    from posegames.tools.batch.run import Row

FIGURES = ("frames", "players", "poses")
WIDE = 200
"""Columns of the table where it is not shown on a terminal."""
MOST_ALONE = 10
"""Lines about files that were left alone; the rest are counted."""


def track_all(words: Sequence[str], into: Path, order: Order, *, jobs: int | None, again: bool) -> int:
    """Track all that `words` mean into the folder, and return the exit code.

    0: all was tracked. 1: something failed, or only a part of it could be. 130: interrupted.
    """
    from posegames.cli import INTERRUPTED
    from posegames.tools.batch.finding import Item, find
    from posegames.tools.batch.journal import open_journal
    from posegames.tools.batch.run import run

    rows: list[Row] = []
    interrupted = False
    with open_journal(into) as journal:
        here = Path(os.path.realpath(into))
        named = here in {Path(os.path.realpath(word)) for word in words}
        found = list(find(words, leave=journal.results if named else {*journal.results, here}))
        items = [one for one in found if isinstance(one, Item)]
        _check(found, items, words, order)
        with counting("frames") as board:
            try:
                with closing(run(found, journal, order, jobs=jobs, again=again, watch=board.watch)) as told:
                    for row in told:
                        rows.append(row)
                        _tell(board, row, rows, len(items))
            except KeyboardInterrupt:
                interrupted = True
    _conclude(rows, into, left=len(items) - sum(row.state != "passed over" for row in rows))
    if interrupted:
        click.echo("Stopped. The same command goes on from here.", err=True)
        return INTERRUPTED
    return int(any(row.bad for row in rows))


def _check(found: Iterable[Item | Passed], items: Sequence[Item], words: Sequence[str], order: Order) -> None:
    """Raise what would go wrong with every source, before the work; fetch models, once for all."""
    from posegames.seeing.estimators.table import make_estimator
    from posegames.seeing.sources.opening import is_tape
    from posegames.tools.batch.finding import Passed, shown

    if not items:
        reasons = "; ".join(f"{shown(one.path)}: {one.why}" for one in found if isinstance(one, Passed))
        raise SourceError(
            f"There is nothing to track in {shown(' '.join(words))}.", f"({reasons[:500]}.)" if reasons else ""
        )
    if order.seconds is None and (live := next((item for item in items if item.live), None)):
        what = f"{live.label} is live, and has no end that could be waited for."
        raise UsageError(what, now="Say how much of it: --seconds 60")
    if not all(is_tape(item.spec) for item in items):
        with telling() as tell:
            make_estimator(
                order.estimator or "blazepose",
                players=order.players,
                model=order.model,
                options=order.options,
                progress=tell,
            )


def _tell(board: Board, row: Row, rows: Sequence[Row], count: int) -> None:
    if row.state == "passed over":
        alone = sum(not one.bad for one in rows)
        if row.bad or alone <= MOST_ALONE:
            board.line(f"Passed over {row.source}: {row.why}")
        return
    number = sum(one.state != "passed over" for one in rows)
    figures = ", ".join(f"{name}: {value}" for name, value in row.figures.items() if value or name == "frames")
    words = (f"[{number}/{count}] {row.source}: {row.state}.", figures and f"{figures}.", row.why)
    board.line(" ".join(filter(None, words)))


def _conclude(rows: Sequence[Row], into: Path, *, left: int) -> None:
    """Print the table of all, and how many of each kind."""
    from collections import Counter

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("source", "state", *FIGURES, "results"):
        table.add_column(heading, overflow="fold", justify="right" if heading in FIGURES else "left")
    for row in rows:
        if row.state != "passed over" or row.bad:
            figures = (str(row.figures.get(name, "")) for name in FIGURES)
            last = "; ".join(filter(None, (", ".join(row.files), row.short)))
            table.add_row(*map(Text, (row.source, row.state, *figures, last)))  # Text: names may look like markup
    console = Console()
    if not console.is_terminal:
        console.width = WIDE
    console.print(table)
    counts = Counter(row.state for row in rows)
    words = ", ".join(f"{count} {state}" for state, count in counts.items())
    alone = sum(row.state == "passed over" and not row.bad for row in rows)
    more = f" ({alone - MOST_ALONE} more are no pictures, videos or tapes.)" if alone > MOST_ALONE else ""
    still = f", {left} still to do" if left else ""
    click.echo(f"Results in {into}: {words or 'nothing'}{still}.{more}", err=True)
