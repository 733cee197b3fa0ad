"""`posegames doctor`: whether this machine is fit to play."""

from __future__ import annotations

import click

EXAMPLES = """\b
Examples:
  posegames doctor
  posegames doctor --no-cameras --json
"""

COLOURS = {"ok": "green", "warn": "yellow", "bad": "red"}


@click.command(epilog=EXAMPLES)
@click.option("--cameras/--no-cameras", default=True, show_default=True, help="Open each camera for a moment.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of findings as JSON.")
@click.pass_context
def doctor(ctx: click.Context, *, cameras: bool, as_json: bool) -> None:
    """Check this machine: libraries, model files, screen, sound, cameras, room on the disk.

    Ends with 1 if something is bad; a missing screen, camera or loudspeaker is only worth a warning.
    """
    import json
    from dataclasses import asdict

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from posegames.timing import SystemClock
    from posegames.tools.doctor import examine, healthy

    findings = []
    with Console(stderr=True).status("looking") as status:
        for finding in examine(cameras=SystemClock() if cameras else None):
            findings.append(finding)
            status.update(f"looking: {finding.name} {finding.state}")
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        table = Table(box=None, pad_edge=False, header_style="bold")
        for heading in ("check", "", "found", "what to do"):
            table.add_column(heading, overflow="fold")
        for finding in findings:
            state = Text(finding.state, style=COLOURS[finding.state])
            table.add_row(finding.name, state, Text(finding.detail), Text(finding.advice))
        Console().print(table)
    ctx.exit(0 if healthy(findings) else 1)
