"""`posegames forget`: nothing is remembered any more."""

from __future__ import annotations

from pathlib import Path

import click

EXAMPLES = """\b
Examples:
  posegames forget
  posegames forget --all --yes
"""


@click.command(epilog=EXAMPLES)
@click.option("--all", "everything", is_flag=True, help="The levels and gestures you made, too.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def forget(ctx: click.Context, *, everything: bool, yes: bool) -> None:
    """Delete all that was remembered: scores, names, statistics, settings, calibrations.

    Copies of it go, too: those made before an update, and damaged ones. What you made stays, unless --all is
    given: levels, and gestures you taught, which hold your motions.
    """
    from posegames.memory.place import database, traces

    path = database()
    remembered, made = traces(path), _made(path.parent)
    doomed = [*remembered, *(made if everything else [])]
    if not doomed:
        click.echo(f"Nothing is remembered in {path.parent}.")
    else:
        click.echo(f"In {path.parent}:")
        for file in doomed:
            click.echo(f"  {file.relative_to(path.parent)} ({file.lstat().st_size:,} bytes)")
        if not (yes or click.confirm("Delete this for good?", default=False)):
            click.echo("Nothing was deleted.")
            ctx.exit(1)
        for file in doomed:
            file.unlink(missing_ok=True)
        click.echo(f"Deleted: {len(doomed)} {'file' if len(doomed) == 1 else 'files'}.")
    if made and not everything:
        click.echo(f"Levels and gestures of yours stay: {len(made)}. To delete them too: posegames forget --all")


def _made(own: Path) -> list[Path]:
    """Return the files of the user's own levels and gestures."""
    from posegames.gestures.taught.gesture import SUFFIX

    patterns = (f"gestures/*{SUFFIX}", "levels/*.toml", "levels/*/*.toml")
    return sorted(file for pattern in patterns for file in own.glob(pattern))
