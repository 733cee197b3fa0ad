"""The figures of an exam as a picture: bars and curves, the estimators side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from posegames.errors import PosegamesError, UsageError
from posegames.tools.evaluation import curves
from posegames.tools.evaluation.accuracy import PCK_SHARE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.container import BarContainer
    from matplotlib.figure import Figure

Figures = Mapping[str, Mapping[str, Any]]

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
"""Of the estimators, in turn: told apart by the colour-blind, too (Okabe and Ito)."""
_INK, _FAINT, _GRID = "#22282f", "#6b7480", "#e4e7eb"
_DPI = 110
_STYLES: tuple[Literal["-", "--"], ...] = ("-", "--")
"""Of the curves of one estimator."""
TOTALS = ("AP", "AR", "PCK@0.2", "PCKh@0.5", "MPJPE", "PA-MPJPE")
"""What stands beside an estimator's name."""


DRAWN = ("accuracy", "robustness")
"""Parts that have something to draw."""


def require_library(parts: Sequence[str] = DRAWN) -> None:
    """Raise PosegamesError where matplotlib is not installed, UsageError if none of the `parts` is drawn."""
    if not set(parts) & set(DRAWN):
        raise UsageError(
            "There is nothing to draw.", now=f"A plot shows {' and '.join(DRAWN)}: ask for one of them."
        )
    try:
        import matplotlib.figure  # noqa: F401 - whether it is there is the question
    except ImportError as error:
        raise PosegamesError(
            "Drawing a plot needs the package matplotlib.", f"({error})", "pip install 'posegames[evaluate]'"
        ) from error


def draw(figures: Figures, path: Path, *, title: str) -> None:
    """Write a PNG to `path`. Raises PosegamesError where matplotlib is not installed, OSError."""
    require_library()
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    exact = {name: row for name, row in figures.items() if "AP" in row}
    high = 3 * bool(exact) + curves.ROWS * curves.there(figures)
    # No pyplot: it keeps every figure, and looks for a screen.
    layout = ConstrainedLayoutEngine(h_pad=0.14, w_pad=0.12)
    figure = Figure(figsize=(15, 4.5 * high), dpi=_DPI, facecolor="white", layout=layout)
    FigureCanvasAgg(figure)
    grid = figure.add_gridspec(high, 3)
    if exact:
        _accuracy([[figure.add_subplot(grid[row, part]) for row in range(3)] for part in (slice(2), 2)], exact)
    if curves.there(figures):
        first = high - curves.ROWS
        panels = [figure.add_subplot(grid[first + place // 3, place % 3]) for place in range(3 * curves.ROWS)]
        titles = curves.draw(panels, figures, _colours(figures))
        for axes, words in zip(panels, titles, strict=True):
            _dress(axes, words, "% of clean: PCK@0.2 (- -: AP)")
    _head(figure, figures, title)
    figure.savefig(path, format="png")


def _accuracy(panels: Sequence[Sequence[Axes]], figures: Figures) -> None:
    """Draw on three wide panels and on three narrow ones."""
    wide, narrow = panels
    _by_name(wide[0], figures, "PCK@0.2 by joint", f"PCK@{PCK_SHARE} by joint", "% of labelled points")
    wide[0].set_ylim(0, 100)
    _by_name(wide[1], figures, "limbs", "Direction of limbs, of people found", "mean error, degrees")
    if any("MPJPE by joint" in row for row in figures.values()):
        _by_name(wide[2], figures, "MPJPE by joint", "Error in space (MPJPE), of people found", "mean, mm")
    else:
        _sizes(wide[2], figures)
    _curve(narrow[0], figures)
    _precision(narrow[1], figures)
    _bodies(narrow[2], figures)


def _head(figure: Figure, figures: Figures, title: str) -> None:
    from matplotlib.patches import Patch

    patches = [
        Patch(color=colour, label=f"{name}  {_totals(row)}")
        for (name, row), colour in zip(figures.items(), _colours(figures), strict=True)
    ]
    legend = figure.legend(
        handles=patches,
        title=title,
        loc="outside upper left",
        frameon=False,
        fontsize=12,
        labelcolor=_INK,
    )
    legend.set_alignment("left")
    legend.get_title().set(fontsize=16, fontweight="bold", color=_INK)


def _totals(row: Mapping[str, Any]) -> str:
    """Return the figures that people ask for first."""
    units = {name: " mm" for name in TOTALS if name.endswith("MPJPE")}
    return ",  ".join(
        f"{name} {row[name]:.1f}{units.get(name, '')}" for name in TOTALS if row.get(name) is not None
    )


def _colours(figures: Figures) -> list[str]:
    return [COLOURS[place % len(COLOURS)] for place in range(len(figures))]


def _by_name(axes: Axes, figures: Figures, key: str, title: str, unit: str) -> None:
    """Draw bars in groups, a group a name: joints or limbs."""
    names = list(dict.fromkeys(name for row in figures.values() for name in row.get(key, {})))
    values = {
        estimator: [_height(row.get(key, {}).get(name)) for name in names] for estimator, row in figures.items()
    }
    _bars(axes, names, values, figures)
    _dress(axes, title, unit)


def _height(value: Any) -> float:
    """Return how high a bar is; 0 for a value that is not there."""
    return float((value["degrees"] if isinstance(value, Mapping) else value) or 0.0)


def _bars(
    axes: Axes, names: Sequence[str], values: Mapping[str, Sequence[float]], figures: Figures
) -> list[BarContainer]:
    wide = 0.8 / len(values)
    bars = []
    for place, (row, colour) in enumerate(zip(values.values(), _colours(figures), strict=True)):
        left = [i - 0.4 + wide * (place + 0.5) for i in range(len(names))]
        bars.append(axes.bar(left, row, wide * 0.92, color=colour, zorder=2))
    words = [name.replace("_", " ") for name in names]
    slant = max(map(len, words), default=0) * len(words) > 100 and not any("\n" in word for word in words)
    axes.set_xticks(range(len(names)), words)
    if slant:
        axes.tick_params(axis="x", labelrotation=40)
        for label in axes.get_xticklabels():
            label.set(ha="right", rotation_mode="anchor")
    axes.set_xlim(-0.6, len(names) - 0.4)
    return bars


def _curve(axes: Axes, figures: Figures) -> None:
    for row, colour in zip(figures.values(), _colours(figures), strict=True):
        axes.plot(
            row["PCK"]["threshold"], row["PCK"]["share"], color=colour, linewidth=2.2, zorder=3, clip_on=False
        )
    axes.axvline(PCK_SHARE, color=_FAINT, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    axes.set_xlim(0, 0.5)
    axes.set_ylim(0, 100)
    _dress(axes, "PCK over the threshold", "% of labelled points")
    axes.set_xlabel("distance, in diagonals of the torso", color=_FAINT)


def _precision(axes: Axes, figures: Figures) -> None:
    from matplotlib.lines import Line2D

    for row, colour in zip(figures.values(), _colours(figures), strict=True):
        for curve, style in zip(row["precision"].values(), _STYLES, strict=True):
            reached = [value for value in curve if value > 0]  # beyond it nobody was found
            axes.plot(range(len(reached)), reached, color=colour, linewidth=2.2, linestyle=style, zorder=3)
    # What the styles mean, in ink: the colours say who it is.
    thresholds = next(iter(figures.values()))["precision"]
    lines = [
        Line2D([], [], color=_INK, linestyle=style, label=f"OKS {oks}")
        for oks, style in zip(thresholds, _STYLES, strict=True)
    ]
    axes.legend(handles=lines, frameon=False, loc="best", labelcolor=_INK)
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 104)
    _dress(axes, "Precision over recall", "precision, %")
    axes.set_xlabel("recall, %", color=_FAINT)


def _sizes(axes: Axes, figures: Figures) -> None:
    """Draw who was found, by how high they are in the picture."""
    sizes = [size for size, row in next(iter(figures.values()))["sizes"].items() if row["people"]]
    counts = [next(iter(figures.values()))["sizes"][size]["people"] for size in sizes]
    values = {
        name: [100 * (1 - row["sizes"][size]["missed"] / row["sizes"][size]["people"]) for size in sizes]
        for name, row in figures.items()
    }
    names = [f"{size}\n({count} people)" for size, count in zip(sizes, counts, strict=True)]
    _bars(axes, names, values, figures)
    axes.set_ylim(0, 100)
    _dress(axes, "People found, by their height in the picture", "% of people")


def _bodies(axes: Axes, figures: Figures) -> None:
    """Draw how many were found, missed and invented."""
    kinds = ("matched", "missed", "misplaced", "doubled", "invented")
    values = {name: [row[kind] for kind in kinds] for name, row in figures.items()}
    for bars in _bars(axes, kinds, values, figures):
        axes.bar_label(bars, fontsize=9, color=_FAINT, padding=2)
    axes.margins(y=0.12)
    _dress(axes, f"Bodies ({next(iter(figures.values()))['people']} people)", "bodies")


def _dress(axes: Axes, title: str, unit: str) -> None:
    axes.set_title(title, loc="left", fontsize=12, fontweight="bold", color=_INK, pad=9)
    axes.set_ylabel(unit, color=_FAINT)
    axes.grid(axis="y", color=_GRID, linewidth=1, zorder=0)
    axes.set_axisbelow(True)
    axes.tick_params(colors=_INK, length=0, labelsize=9.5)
    for side, spine in axes.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(_FAINT)
