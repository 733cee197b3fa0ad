"""The figures of an exam as a page of Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from posegames.tools.evaluation.sheets import EXPLAINED, notes, sheets
from posegames.tools.evaluation.staged import is_stage

Figures = Mapping[str, Mapping[str, Any]]


def title(figures: Figures, what: str) -> str:
    """Return what was compared, and how much of it; of a file its name, for where it lies is nobody's business."""
    first = next(iter(figures.values()))
    name = what if is_stage(what) else PurePath(what).name
    return f"{name}: {first['people']} people in {first['pictures']} pictures"


def markdown(figures: Figures, what: str) -> str:
    """Return all tables, and what the words in them mean."""
    tables = (f"## {heading}\n\n{sheet.markdown()}" for heading, sheet in sheets(figures).items())
    return (
        "\n".join((f"# {title(figures, what)}\n", *tables, "## What it means\n", EXPLAINED, *notes(figures)))
        + "\n"
    )
