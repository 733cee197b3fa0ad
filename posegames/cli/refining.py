"""`posegames evaluate --post`: what the steps of post-processing are worth, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from posegames.tools.evaluation.refined import Take

STEPS = """\b
Steps of --post, in this order; "Bodies" are what files of poses hold:
  clean     Bodies: joints that leap, stretch a limb or flicker are held for a moment.
  identity  Bodies become players: who is who, by place and clothes.
  smooth    Players: One Euro filter, never looks ahead; =calm, =balanced or =fast.
  temporal  Players: outliers out, then a filter over time that comes no later. Offline.
  bones     Players: limbs grow no longer than the player's own, learnt on the way.
  fill      Players: what is missed for up to half a second is put between, confidence .4. Offline.
  none      Stands alone: bodies as the estimator found them.
What is done without --post is clean,identity,smooth. Offline steps look ahead; gestures are told of players only.
"""
"""For the help of every command that takes --post: nothing heavy is imported for it."""


def refine(
    words: str,
    what: str | None,
    images: Path | None,
    *,
    names: Sequence[str],
    model: Path | None,
    options: Sequence[str],
    players: int,
    seconds: float | None,
    out: Path | None,
    report: Path | None,
    plot: Path | None,
    alone: bool,
) -> None:
    """Measure the chain called `words` step by step, show the tables and write what was asked for.

    `alone` says that nothing else was to be measured.

    Raises UsageError for words that mean nothing, and what estimators and sources raise.
    """
    import json
    from contextlib import ExitStack

    import rich

    from posegames.cli.options import ask_consent
    from posegames.cli.progress import telling
    from posegames.cli.sheets import show
    from posegames.errors import UsageError
    from posegames.files import write_whole
    from posegames.seeing.estimators.table import check_estimator, make_estimator
    from posegames.tools.chain.table import DEFAULT, find_chain
    from posegames.tools.evaluation.refined import EXPLAINED, refined, sheets
    from posegames.tools.formats import refuse_unwritable

    chain = find_chain(words)
    if not chain.names:
        raise UsageError("--post names no steps.", now=f"Say --post {DEFAULT}")
    if not alone:
        raise UsageError("Steps are measured by themselves.", now="Leave out --parts, --quick and --papers.")
    if plot is not None:
        raise UsageError("Steps are told in tables, not drawn.", now="Leave out --plot; --json holds the figures.")
    names = tuple(dict.fromkeys(names)) or ("blazepose",)
    for name in names:
        ask_consent(name)
        check_estimator(name, model, options)
    for path in filter(None, (out, report)):
        refuse_unwritable(path)
    takes = _takes(what, images, seconds)
    with ExitStack() as stack:
        tell = stack.enter_context(telling())
        opened = {
            name: stack.enter_context(
                make_estimator(name, players=players, model=model, options=options, progress=tell)
            )
            for name in names
        }
        told = refined(takes, chain, opened, players=players, progress=tell)
    tables = sheets(told)
    if out is not None:
        write_whole(out, [(json.dumps(told, indent=2) + "\n").encode()])
    if report is not None:
        parts = [f"## {title}\n\n{table.markdown()}" for title, table in tables.items()]
        write_whole(report, ["\n".join([f"# {what}: {words}\n", *parts, EXPLAINED]).encode()])
    for title, table in tables.items():
        rich.print(f"\n[bold]{title}[/]")
        show(table)
    click.echo(f"\n{EXPLAINED}", nl=False)


def _takes(what: str | None, images: Path | None, seconds: float | None) -> list[Take]:
    from posegames.errors import UsageError
    from posegames.tools.evaluation.refined import USUAL, label_take, stage_takes
    from posegames.tools.evaluation.staged import is_stage
    from posegames.tools.evaluation.truth import read_labels

    if what is not None and is_stage(what):
        if images is not None:
            raise UsageError(f"{what} needs no pictures.", now=f"Say: posegames evaluate {what}")
        return stage_takes(what, seconds=USUAL if seconds is None else seconds)
    if what is None or images is None or not Path(what).is_file():
        now = (
            "Say: posegames evaluate stage --post ..., or a file of COCO keypoints and the folder of its pictures."
        )
        raise UsageError("There is nothing to evaluate the steps on.", now=now)
    return [label_take(read_labels(Path(what)), images)]
