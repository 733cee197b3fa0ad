"""The progress of those who play, as a picture: points over time, a panel for each scene and level."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from posegames.memory.records import Score
from posegames.tools.evaluation.plot import require_library

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PANELS, PLAYERS = 6, 6
"""How many there is room for: those of most games."""
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
MARKS = ("o", "s", "^", "D", "*", "X")
"""Of the players, in turn: told apart by the colour-blind (Okabe and Ito), and by their shape."""
TREND = 5
"""Games of which the line is the mean: one game says little."""
ROOM = 1800
"""Seconds there are at least before the first game and after the last."""
_INK, _FAINT, _GRID = "#22282f", "#6b7480", "#e4e7eb"
_DPI = 110

Local = Callable[[float], str]
"""Makes a local date, as ISO 8601 has it and without an offset, of Unix time."""


def draw(scores: Sequence[Score], path: Path, local: Local) -> str:
    """Write a PNG of `scores`, the oldest first, to `path`; return what there was no room for, in a sentence.

    Raises PosegamesError where matplotlib is not installed, OSError.
    """
    require_library()
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    games = _grouped(scores, lambda score: f"{score.scene} {score.level}".strip())
    players = _grouped(scores, lambda score: score.name)
    shown, names = [*games][:PANELS], [*players][:PLAYERS]
    columns = 1 if len(shown) == 1 else 2
    rows = math.ceil(len(shown) / columns)
    # No pyplot: it keeps every figure, and looks for a screen.
    layout = ConstrainedLayoutEngine(h_pad=0.12, w_pad=0.12)
    figure = Figure(figsize=(11, 1.2 + 3.4 * rows), dpi=_DPI, facecolor="white", layout=layout)
    FigureCanvasAgg(figure)
    span = _times(scores, local)
    margin = max(np.timedelta64(ROOM, "s"), (span.max() - span.min()) // 30)
    for place, title in enumerate(shown):
        axes = figure.add_subplot(rows, columns, place + 1)
        for number, name in enumerate(names):
            _line(axes, [score for score in games[title] if score.name == name], local, number)
        # The same time in every panel.
        axes.set_xlim(span.min() - margin, span.max() + margin)
        _dress(axes, _plain(title.replace("_", " ")))
    _legend(figure.axes[0], names)
    with warnings.catch_warnings():
        # Its font has no letters of some scripts, and no emojis; boxes stand for them.
        warnings.filterwarnings("ignore", message="Glyph")
        figure.savefig(path, format="png")
    left_out = (_left_out(games, shown, "scenes and levels"), _left_out(players, names, "players"))
    return " ".join(filter(None, left_out))


def _grouped(scores: Iterable[Score], key: Callable[[Score], str]) -> dict[str, list[Score]]:
    """Return scores by what they have in common, the most games first."""
    found: dict[str, list[Score]] = {}
    for score in scores:
        found.setdefault(key(score), []).append(score)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def _times(scores: Sequence[Score], local: Local) -> NDArray[np.datetime64]:
    return np.array([local(score.when) for score in scores], dtype="datetime64[s]")


def _line(axes: Axes, scores: Sequence[Score], local: Local, number: int) -> None:
    """Draw every game as a mark, and the mean of the last few as a line."""
    if not scores:
        return
    times = _times(scores, local)
    points = np.array([score.points for score in scores], dtype=float)
    means = [points[max(0, i + 1 - TREND) : i + 1].mean() for i in range(len(points))]
    axes.plot(times, means, color=COLOURS[number], linewidth=2.2, zorder=3)
    axes.plot(times, points, MARKS[number], color=COLOURS[number], markersize=6, alpha=0.55, zorder=2)


def _dress(axes: Axes, title: str) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
    from matplotlib.ticker import StrMethodFormatter

    axes.set_title(title, loc="left", fontsize=13, fontweight="bold", color=_INK)
    axes.set_ylabel("points", color=_FAINT)
    axes.set_ylim(bottom=min(0.0, axes.get_ylim()[0]))
    axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    locator = AutoDateLocator(minticks=3)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    axes.grid(axis="y", color=_GRID, zorder=0)
    axes.tick_params(colors=_FAINT, length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_GRID)


def _legend(axes: Axes, names: Sequence[str]) -> None:
    from matplotlib.lines import Line2D

    figure = axes.figure
    handles = [
        Line2D([], [], color=colour, marker=mark, linewidth=2.2, markersize=7)
        for _name, colour, mark in zip(names, COLOURS, MARKS, strict=False)
    ]
    labels = [_plain(name) for name in names]
    figure.legend(
        handles,
        labels,
        title=f"Every mark is a game, the line is the mean of the last {TREND}",
        loc="outside upper left",
        ncols=PLAYERS,
        frameon=False,
        fontsize=12,
        labelcolor=_INK,
    ).set_alignment("left")


def _plain(name: str) -> str:
    """Return a name as text: for matplotlib dollars enclose mathematics, and what begins with _ is hidden."""
    shown = name.replace("$", r"\$")
    return f" {shown}" if shown.startswith("_") else shown


def _left_out(all_: Mapping[str, object], shown: Sequence[str], what: str) -> str:
    more = len(all_) - len(shown)
    return f"There was no room for {more} more {what}." if more else ""
