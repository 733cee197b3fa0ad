"""A confusion as a picture: what happened down, what was told across."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from posegames.tools.evaluation.plot import require_library

_INK, _FAINT = "#22282f", "#6b7480"
_DPI = 110
_CELL = 0.42
"""Inches of a square."""


def draw(confusion: Mapping[str, Any], path: Path, *, title: str) -> None:
    """Write a PNG of `squared` counts to `path`. Raises PosegamesError where matplotlib is not installed, OSError.

    Colours are shares of what happened: a full square on the diagonal is a gesture that was always told.
    """
    require_library()
    import numpy as np
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    names, counts = confusion["names"], np.array(confusion["counts"], dtype=float)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    side = 2.6 + _CELL * len(names)
    figure = Figure(figsize=(side, side), dpi=_DPI, facecolor="white", layout=ConstrainedLayoutEngine())
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for row, column in np.argwhere(counts):
        ink = "white" if shares[row, column] > 0.55 else _INK
        axes.text(column, row, f"{counts[row, column]:.0f}", ha="center", va="center", fontsize=8, color=ink)
    words = [name.replace("_", " ") for name in names]
    axes.set_xticks(range(len(names)), words, rotation=90, color=_INK)
    axes.set_yticks(range(len(names)), words, color=_INK)
    axes.set_xlabel("told as", color=_FAINT)
    axes.set_ylabel("what happens", color=_FAINT)
    axes.set_title(title, loc="left", fontweight="bold", color=_INK)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_color("#e4e7eb")
    figure.savefig(path, format="png")
