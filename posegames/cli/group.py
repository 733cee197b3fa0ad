"""Groups of commands known by a table, each imported when it is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

from posegames.errors import UsageError, did_you_mean


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command is, and what `posegames --help` says of it."""

    place: str
    """module:attribute"""
    help: str


class LazyGroup(click.Group):
    """A group whose help names commands that are not imported yet."""

    def __init__(self, *args: Any, table: Mapping[str, Entry], **more: Any) -> None:
        super().__init__(*args, **more)
        self._table = table

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the table's order."""
        return list(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import and return a command; None if there is no such name."""
        if cmd_name not in self._table:
            return None
        module, attribute = self._table[cmd_name].place.split(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return name, command and its arguments; an unknown name gets the nearest spelling."""
        if not (ctx.resilient_parsing or args[0].startswith("-") or args[0] in self._table):
            word = args[0]
            raise UsageError(f"There is no command {word!r}.", did_you_mean(word, list(self._table)))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the table into the help, without importing what it names."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in self._table.items()])
