"""`posegames models`: the model files, which are fetched once and verified every time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from posegames.seeing.estimators.families import Family
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

    Those of the papers' other models (posenet, movenet, openpose, yolo) you bring yourself, by --model FILE or
    POSEGAMES_MODELS; 'models list' tells where they are to be had, and under which licence.

    They are no part of posegames: each is fetched when it is first needed, or by 'models fetch', and its
    sha256 is checked every time before it is used. POSEGAMES_MODELS names a folder of your own to use
    instead, POSEGAMES_OFFLINE=1 forbids the network.
    """


@models.command("list", epilog="Example: posegames models list")
@click.option("--json", "as_json", is_flag=True, help="Print a list of records as JSON.")
def list_(*, as_json: bool) -> None:
    """List the models there are, and which of them are here; then those whose files are your own to bring."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from posegames.seeing.estimators.models import MODELS
    from posegames.seeing.estimators.store import MODELS_VARIABLE, ModelStore

    store = ModelStore()
    found = store.check(MODELS)
    if as_json:
        _print_json(store, found, brought=_brought())
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
    click.echo(f"They are kept in {store.folder}\n")
    click.echo(f"Yours to bring, by --model FILE or in the folder that {MODELS_VARIABLE} names:")
    for family, path in _brought():
        click.echo(f"{family.name} ({family.what}). Licence: {family.licence}.")
        click.echo(f"  {path}" if path else f"  {family.file}, from {family.origin}")


@models.command(epilog="Example: posegames models fetch pose_landmark_lite")
@click.argument("names", metavar="[NAME]...", nargs=-1)
def fetch(*, names: tuple[str, ...]) -> None:
    """Fetch the models called NAME; without a name, the two that playing needs.

    What is there and good is not fetched again; what is damaged is.
    """
    from posegames.cli.progress import telling
    from posegames.seeing.estimators.models import NEEDED, find_model
    from posegames.seeing.estimators.store import ModelStore

    _refuse_families(names)
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

    _refuse_families(names)
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


def _brought() -> list[tuple[Family, Path | None]]:
    """Return the families whose files users bring, and the file that is used without --model, if there is one."""
    from posegames.errors import ModelError
    from posegames.seeing.estimators.families import FAMILIES, file_of

    found: list[tuple[Family, Path | None]] = []
    for family in FAMILIES.values():
        try:
            found.append((family, file_of(family, None)))
        except ModelError:
            found.append((family, None))
    return found


def _refuse_families(names: Iterable[str]) -> None:
    """Raise UsageError for names of estimators whose files users bring."""
    from posegames.errors import UsageError
    from posegames.seeing.estimators.families import FAMILIES

    for family in (FAMILIES[name] for name in names if name in FAMILIES):
        raise UsageError(
            f"posegames has no model file of {family.name}: you bring it.", family.terms, f"See {family.origin}"
        )


def _print_json(
    store: ModelStore, found: list[Checked], brought: Iterable[tuple[Family, Path | None]] = ()
) -> None:
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
    ] + [
        {
            "name": family.name,
            "file": family.file,
            "what": family.what,
            "licence": family.licence,
            "size": path.stat().st_size if path else None,
            "sha256": None,
            "state": "own" if path else "missing",
            "problem": "",
            "path": str(path) if path else None,
            "from": [family.origin],
        }
        for family, path in brought
    ]
    click.echo(json.dumps(records, indent=2))
