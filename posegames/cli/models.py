"""`posegames models`: the model files, which are fetched once and verified every time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from posegames.seeing.estimators.store import Checked, ModelStore

EXAMPLES = """\b
Examples:
  posegames models list
  posegames models fetch
  posegames models check --json
"""

COLOURS = {"good": "green", "own": "yellow", "missing": "yellow", "damaged": "red"}

WORDS = {"good": "good", "own": "your own", "missing": "not fetched", "damaged": "damaged"}


@click.group(epilog=EXAMPLES)
def models() -> None:
    """List, fetch and check the model files.

    They are no part of posegames: each is fetched when it is first needed, or by 'models fetch', and its
    sha256 is checked every time before it is used. POSEGAMES_MODELS names a folder of your own to use
    instead, POSEGAMES_OFFLINE=1 forbids the network.
    """


@models.command("list", epilog="Example: posegames models list")
@click.option("--json", "as_json", is_flag=True, help="Print a list of records as JSON.")
def list_(*, as_json: bool) -> None:
    """List the models there are, and which of them are here."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from posegames.seeing.estimators.models import MODELS
    from posegames.seeing.estimators.store import MODELS_VARIABLE, ModelStore

    store = ModelStore()
    found = store.check(MODELS)
    if as_json:
        _print_json(store, found)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("model", "licence", "size", "state", "from"):
        table.add_column(heading, justify="right" if heading == "size" else "left", overflow="fold")
    for one in found:
        state = Text(WORDS[one.state], style=COLOURS[one.state])
        own = one.path.parent != store.folder
        origin = MODELS_VARIABLE if own else " or ".join(store.origins(one.model.name))
        table.add_row(one.model.name, one.model.licence, _megabytes(one), state, origin)
    Console().print(table)
    click.echo(f"They are kept in {store.folder}")


@models.command(epilog="Example: posegames models fetch pose_landmark_lite")
@click.argument("names", metavar="[NAME]...", nargs=-1)
def fetch(*, names: tuple[str, ...]) -> None:
    """Fetch the models called NAME; without a name, the two that playing needs.

    What is there and good is not fetched again; what is damaged is.
    """
    from posegames.cli.progress import telling
    from posegames.seeing.estimators.models import NEEDED, find_model
    from posegames.seeing.estimators.store import ModelStore

    store = ModelStore()
    # All names are looked at before the first file is fetched.
    for model in [find_model(name) for name in names or NEEDED]:
        with telling() as tell:
            path = store.fetch(model.name, tell)
        click.echo(f"{model.name}: good, in {path}")


@models.command(epilog="Example: posegames models check")
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print a list of records as JSON.")
@click.pass_context
def check(ctx: click.Context, *, names: tuple[str, ...], as_json: bool) -> None:
    """Check that the models called NAME are here and undamaged.

    Without a name, the two that playing needs and all others that are here. Ends with 1 if one is missing or
    damaged.
    """
    from posegames.seeing.estimators.models import MODELS, NEEDED
    from posegames.seeing.estimators.store import ModelStore

    store = ModelStore()
    found = store.check(names or MODELS)
    if not names:
        found = [one for one in found if one.model.name in NEEDED or one.state != "missing"]
    wrong = [one for one in found if one.state in ("missing", "damaged")]
    if as_json:
        _print_json(store, found)
    else:
        for one in found:
            click.secho(f"{one.model.name}: {WORDS[one.state]}", fg=COLOURS[one.state], nl=False)
            click.echo(f" ({one.problem})" if one.state in ("own", "damaged") else "", nl=False)
            click.echo(f", {one.path}" if one.state != "missing" else "")
        if wrong:
            wanted = " ".join(one.model.name for one in wrong)
            click.echo(f"Run 'posegames models fetch {wanted}', or copy good files into {store.folder}.")
    ctx.exit(1 if wrong else 0)


def _megabytes(one: Checked) -> str:
    size = one.model.size
    if one.state in ("good", "own"):
        size = one.path.stat().st_size
    return f"{size / 1e6:.1f} MB" if size else "unknown"


def _print_json(store: ModelStore, found: list[Checked]) -> None:
    import json

    records = [
        {
            "name": one.model.name,
            "file": one.model.file,
            "what": one.model.what,
            "licence": one.model.licence,
            "size": one.model.size,
            "sha256": one.model.sha256,
            "state": one.state,
            "problem": one.problem,
            "path": str(one.path),
            "from": store.origins(one.model.name),
        }
        for one in found
    ]
    click.echo(json.dumps(records, indent=2))
