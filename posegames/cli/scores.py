"""`posegames scores`: what players have achieved."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.table import Table

    from posegames.memory.memory import Memory
    from posegames.memory.records import Score

EXAMPLES = """\b
Examples:
  posegames scores
  posegames scores match --level first_steps --since week
  posegames scores --player Fox --plot fox.png
  posegames scores --summary
"""
FILE = click.Path(path_type=Path, dir_okay=False)


def _midnight(days: int) -> float:
    """Return Unix time of the midnight with which today began, or so many days before."""
    today = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return (today - timedelta(days=days)).timestamp()


SINCE: Mapping[str, Callable[[], float]] = MappingProxyType(
    {"today": lambda: _midnight(0), "week": lambda: _midnight(6), "all": lambda: 0.0}
)
"""From which Unix time on."""


@click.command(epilog=EXAMPLES)
@click.argument("scene", required=False)
@click.option("--level", help="Of this level.")
@click.option("--player", help="Of the player who is called so.")
@click.option("--since", type=click.Choice([*SINCE]), default="all", show_default=True, help="Not before.")
@click.option("--most", default=10, show_default=True, type=click.IntRange(1), help="Rows of the table.")
@click.option("--summary", is_flag=True, help="Show how each player gets on instead.")
@click.option("--csv", "table", type=FILE, help="Write all of them to this file (CSV).")
@click.option("--plot", type=FILE, help="Draw the progress over time here (PNG).")
@click.option("--json", "as_json", is_flag=True, help="Print all of them as JSON.")
def scores(
    *,
    scene: str | None,
    level: str | None,
    player: str | None,
    since: str,
    most: int,
    summary: bool,
    table: Path | None,
    plot: Path | None,
    as_json: bool,
) -> None:
    """Show the best scores, of SCENE or of all scenes.

    Points of one scene say nothing about those of another. `posegames forget` deletes all of it.
    """
    import json

    from rich.console import Console

    from posegames.memory.memory import Memory
    from posegames.memory.place import database

    if summary and (scene or level):
        raise click.UsageError("--summary is of all scenes: leave SCENE and --level out.")
    _refuse(table, plot)
    path, asked = database(), _Asked(scene, level, player, SINCE[since]())
    # Asking makes no file.
    with Memory(path if path.exists() else None, clock=time.time) as memory:
        if memory.notice:
            click.echo(memory.notice, err=True)
        _write(asked.history(memory), table, plot)
        records, tables = _summaries(memory, asked) if summary else _ranked(memory, asked, most)
        if as_json:
            click.echo(json.dumps(records, indent=2))
            return
        for place, shown in enumerate(tables):
            Console().print(*([""] if place else []), shown, sep="\n")
        if not tables:
            click.echo(_nothing(memory, path), err=True)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which scores; None is any."""

    scene: str | None
    level: str | None
    player: str | None
    since: float
    """Unix time."""

    def history(self, memory: Memory) -> list[Score]:
        return memory.history(self.scene, self.level, name=self.player, since=self.since)

    def best(self, memory: Memory) -> list[Score]:
        return memory.best(self.scene, self.level, name=self.player, since=self.since, most=-1)


def _refuse(table: Path | None, plot: Path | None) -> None:
    """Say what cannot be written before anything is: raise PosegamesError."""
    from posegames.tools.evaluation.plot import require_library
    from posegames.tools.formats import refuse_unwritable

    for path in filter(None, (table, plot)):
        refuse_unwritable(path)
    if plot is not None:
        require_library()


def _write(history: list[Score], table: Path | None, plot: Path | None) -> None:
    from posegames.files import replacing, write_whole
    from posegames.tools.scoreplot import draw
    from posegames.tools.scores import as_csv

    if table is not None:
        write_whole(table, [as_csv(history, _date).encode()])
    if plot is None:
        return
    if not history:
        click.echo(f"There is nothing to draw: {plot} is not written.", err=True)
        return
    with replacing(plot) as part:
        left_out = draw(history, part, lambda when: _local(when).replace(tzinfo=None).isoformat())
    if left_out:
        click.echo(left_out, err=True)


def _nothing(memory: Memory, path: Path) -> str:
    """Return what there is instead of what was asked for."""
    played = sorted({score.scene for score in memory.history()})
    if not played:
        return f"There are no scores yet. They would be in {path}."
    names = ", ".join(memory.names(10))
    return f"There are no such scores. There are some of: {', '.join(played)}. Lately there were: {names}."


def _ranked(memory: Memory, asked: _Asked, most: int) -> tuple[list[Any], list[Table]]:
    """Return all scores as records, the best first, and the first of them as a table; none of nothing."""
    from posegames.tools.scores import record

    ranked = asked.best(memory)
    table = _blank(("", "player", "points", "stars", "scene", "level", "time", "when"), right=(0, 2, 3, 6))
    for place, score in enumerate(ranked[:most], start=1):
        stars = "" if score.stars is None else f"{score.stars:g}"
        words = (f"{place}", score.name, f"{score.points:,}", stars, score.scene, score.level)
        _row(table, *words, _length(score.seconds), _short(score.when))
    return [record(score, _date) for score in ranked], [table] if ranked else []


def _summaries(memory: Memory, asked: _Asked) -> tuple[list[Any], list[Table]]:
    """Return how players get on as records, and as tables: of all, of their scenes, of what they repeated."""
    from posegames.tools.scores import record_of

    players = _blank(("player", "games", "time", "first", "last"), right=(1, 2))
    scenes = _blank(("player", "scene", "games", "best", "mean", "time"), right=(2, 3, 4, 5))
    repeated = _blank(("player", "gesture", "times"), right=(2,))
    records = []
    for name in [asked.player] if asked.player else memory.names(-1):
        one = memory.summary(name, since=asked.since)
        if not one.games and not one.repetitions:
            continue
        records.append(record_of(one, _date))
        dates = (_short(one.first), _short(one.last)) if one.games else ("", "")
        _row(players, one.name, f"{one.games}", _length(one.seconds), *dates)
        for played in one.scenes:
            figures = (f"{played.games}", f"{played.best:,}", f"{played.mean:,.0f}", _length(played.seconds))
            _row(scenes, one.name, played.scene, *figures)
        for gesture, number in one.repetitions.items():
            _row(repeated, one.name, gesture, f"{number:,}")
    return records, [table for table in (players, scenes, repeated) if table.row_count]


def _blank(headings: tuple[str, ...], *, right: tuple[int, ...]) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for place, heading in enumerate(headings):
        table.add_column(heading, overflow="fold", justify="right" if place in right else "left")
    return table


def _row(table: Table, *words: str) -> None:
    from rich.text import Text

    # What players call themselves is text, not markup.
    table.add_row(*(Text(word) for word in words))


def _length(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _local(when: float) -> datetime:
    return datetime.fromtimestamp(when).astimezone()


def _short(when: float) -> str:
    return f"{_local(when):%Y-%m-%d %H:%M}"


def _date(when: float) -> str:
    return _local(when).isoformat(timespec="seconds")
