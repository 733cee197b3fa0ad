"""`posegames levels`: what there is to play, and levels of your own."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import click

from posegames.engine.levels.level import Broken, Level, shown_path
from posegames.engine.levels.shelf import SCENES, Shelf
from posegames.errors import UsageError, did_you_mean

EXAMPLES = """\b
Examples:
  posegames levels list
  posegames levels new my_moves.toml
  posegames levels check my_moves.toml
  posegames play match --level my_moves.toml
"""

FOLDER = click.option(
    "--levels", "folder", type=click.Path(path_type=Path), help="A folder of levels, on top of all others."
)
SCENE = click.option("--scene", type=click.Choice(SCENES), help="Whose level, if two scenes have one.")
FILES = click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))


@click.group(epilog=EXAMPLES)
def levels() -> None:
    """List, show, make and check levels, and keep your own.

    A level is a text file: poses for match, a field for tag. Besides those that come with posegames there are
    your own ('levels add'), and those of a folder that --levels names.
    """


@levels.command("list", epilog="Example: posegames levels list match --json")
@click.argument("scene", required=False)
@FOLDER
@click.option("--json", "as_json", is_flag=True, help="Print a list of records as JSON.")
def list_(*, scene: str | None, folder: Path | None, as_json: bool) -> None:
    """List the levels of SCENE, or of every scene; broken ones with what is wrong."""
    import json

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from posegames.tools.levelwords import origin, summary

    if scene is not None and scene not in SCENES:
        raise UsageError(f"There are no levels of {scene!r}.", now=did_you_mean(scene, list(SCENES)))
    shelf = Shelf(folder)
    found = shelf.all() if scene is None else shelf.of(scene)
    if as_json:
        click.echo(json.dumps([_record(level) for level in found], indent=2))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("scene", "level", "title", "what it is", "from"):
        table.add_column(heading, overflow="fold")
    for level in found:
        # What a file says of itself is text, not markup.
        if isinstance(level, Level):
            title, what = Text(level.title), Text(summary(level))
        else:
            title, what = Text("?"), Text(f"cannot be played: {level.faults[0]}", style="red")
        table.add_row(Text(level.scene or "?"), Text(level.name), title, what, Text(origin(level)))
    Console().print(table)


@levels.command(epilog="Example: posegames levels show first_steps")
@click.argument("name")
@SCENE
@FOLDER
def show(*, name: str, scene: str | None, folder: Path | None) -> None:
    """Show everything about the level called NAME, or in the file of that path."""
    from posegames.tools.levelwords import described

    level = Shelf(folder).look_up(name, scene)
    if isinstance(level, Broken):
        raise level.error()
    for line in described(level):
        click.echo(line)


@levels.command(epilog="Example: posegames levels new my_field.toml --scene tag --title 'My field'")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--scene", default="match", show_default=True, type=click.Choice(SCENES), help="Whose.")
@click.option("--title", help="What it is called on the screen; else like the file.")
def new(*, file: Path, scene: str, title: str | None) -> None:
    """Write a new level to FILE: it plays at once, and says line by line how to change it."""
    from posegames.tools.levels import create

    create(file, scene, title)
    name = shlex.quote(shown_path(file))
    click.echo(f"{name} is written. What comes next:")
    for command in (
        f"{_editor()} {name}",
        f"posegames levels check {name}",
        f"posegames play {scene} --level {name}",
    ):
        click.echo(f"  {command}")


@levels.command(epilog="Example: posegames levels check my_moves.toml")
@click.argument("files", metavar="[FILE]...", nargs=-1)
@FOLDER
@click.pass_context
def check(ctx: click.Context, *, files: tuple[str, ...], folder: Path | None) -> None:
    """Check the levels in FILE (or called so); without one, all there are.

    Every fault is told, with where it is and what is allowed. Ends with 1 if there is one.
    """
    from posegames.tools.levelwords import summary

    shelf = Shelf(folder)
    found = [shelf.look_up(file) for file in files] if files else shelf.all()
    for level in found:
        name = shown_path(level.path) if level.path else level.name
        if isinstance(level, Broken):
            click.secho(f"{name}: cannot be played", fg="red")
            click.echo(level.listed())
        else:
            click.secho(f"{name}: good", fg="green", nl=False)
            click.echo(f" ({level.title}, {level.scene}: {summary(level)})")
    ctx.exit(1 if any(isinstance(level, Broken) for level in found) else 0)


@levels.command(epilog="Example: posegames levels add my_moves.toml")
@FILES
@click.option("--force", is_flag=True, help="Replace levels of yours that have the same name.")
def add(*, files: tuple[Path, ...], force: bool) -> None:
    """Check the levels in FILE and put copies with your own, where every game finds them.

    All are added, or none.
    """
    from posegames.tools.levels import add as add_files
    from posegames.tools.levelwords import origin

    for level in add_files(files, force=force):
        assert level.path is not None
        click.echo(f"{level.name}: added to {level.scene} ({origin(level)}), {shown_path(level.path)}")


@levels.command(epilog="Example: posegames levels remove my_moves")
@click.argument("name")
@SCENE
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def remove(ctx: click.Context, *, name: str, scene: str | None, yes: bool) -> None:
    """Remove your own level called NAME. Those that come with posegames stay."""
    from posegames.tools.levels import own

    level = own(name, scene)
    assert level.path is not None
    if not (yes or click.confirm(f"Remove {shown_path(level.path)}?", default=False)):
        click.echo("Nothing was removed.")
        ctx.exit(1)
    level.path.unlink()
    click.echo(f"{level.name}: removed")


@levels.command(epilog="Example: posegames levels schema --out level.schema.json")
@click.option("--out", type=click.Path(path_type=Path), help="Write it to this file instead.")
def schema(*, out: Path | None) -> None:
    """Print the JSON Schema of level files, for editors that complete and check keys by one."""
    import json

    from posegames.engine.levels.schema import schema as of_levels
    from posegames.files import write_whole

    text = json.dumps(of_levels(), indent=2) + "\n"
    if out is None:
        click.echo(text, nl=False)
    else:
        write_whole(out, [text.encode()])


def _editor() -> str:
    """Return the command people edit texts with here."""
    usual = {"win32": "notepad", "darwin": "open -e"}.get(sys.platform, "nano")
    return os.environ.get("VISUAL") or os.environ.get("EDITOR") or usual


def _record(level: Level | Broken) -> dict[str, object]:
    from posegames.tools.levelwords import summary

    record: dict[str, object] = {
        "scene": level.scene,
        "name": level.name,
        "home": level.home,
        "hides": level.hides,
        "path": shown_path(level.path) if level.path else None,
    }
    if isinstance(level, Level):
        return record | {"title": level.title, "about": level.about, "what": summary(level), "faults": []}
    return record | {"faults": [{"where": fault.where, "what": fault.what} for fault in level.faults]}
