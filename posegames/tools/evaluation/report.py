"""The figures of an exam as a page of Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from posegames.errors import PosegamesError
from posegames.tools.evaluation import papers as quoted
from posegames.tools.evaluation.comparing import explained
from posegames.tools.evaluation.sheets import EXPLAINED, notes, sheets
from posegames.tools.evaluation.staged import is_stage

Figures = Mapping[str, Mapping[str, Any]]


def title(figures: Figures, what: str) -> str:
    """Return what was compared, and how much of it; of a file its name, for where it lies is nobody's business."""
    first = next(iter(figures.values()))
    name = what if is_stage(what) else PurePath(what).name
    if "people" not in first:
        return name
    return f"{name}: {first['people']} people in {first['pictures']} pictures"


def markdown(
    figures: Figures, what: str, *, absent: Mapping[str, PosegamesError] | None = None, papers: bool = False
) -> str:
    """Return all tables, what the words in them mean, and at last which estimators are absent and why.

    With `papers` the papers' own figures stand beside these.
    """
    pages = sheets(figures) | ({"The papers' figures": quoted.sheet(figures)} if papers else {})
    tables = (f"## {heading}\n\n{sheet.markdown()}" for heading, sheet in pages.items())
    words = [EXPLAINED] if any("AP" in row for row in figures.values()) else []
    words += [*explained(figures), *notes(figures), *gone(absent or {})]
    return "\n".join((f"# {title(figures, what)}\n", *tables, "## What it means\n", *words)) + "\n"


def gone(absent: Mapping[str, PosegamesError]) -> list[str]:
    """Return a paragraph for each estimator that was not examined: why, and what to do."""
    return [f"{name} is not here. {error}" for name, error in absent.items()]
