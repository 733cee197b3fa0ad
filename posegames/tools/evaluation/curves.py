"""Curves of robustness: what is left of the clean figures as pictures get worse, a panel for each way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from posegames.tools.evaluation.robustness import KINDS, RELATIVE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Figures = Mapping[str, Mapping[str, Any]]

COLUMNS = 3
ROWS = -(-len(KINDS) // COLUMNS)
STYLES = ("--", "-")
"""Of AP and of PCK."""
TITLES = {
    "noise": "Noise, of white", "blur": "Blur, of the height", "darkness": "Light taken away",
    "occlusion": "Boxes on everybody", "scale": "Size of everything", "crowding": "People more",
}  # fmt: skip


def there(figures: Figures) -> bool:
    """Whether there is anything to draw."""
    return any(row.get("robustness") for row in figures.values())


def draw(panels: Sequence[Axes], figures: Figures, colours: Sequence[str]) -> list[str]:
    """Draw on one panel for each kind; return their titles."""
    for axes, kind in zip(panels, KINDS, strict=True):
        most = 100.0
        names = [
            "clean",
            *(kind.words(level).removeprefix("people: ").removeprefix("boxes: ") for level in kind.levels),
        ]
        for row, colour in zip(figures.values(), colours, strict=True):
            levels = row.get("robustness", {}).get(kind.name, {})
            for key, style in zip(RELATIVE, STYLES, strict=True):
                shares = [levels.get(kind.words(level), {}).get(f"{key} of clean") for level in kind.levels]
                points = [(0, 100.0)] + [(i, share) for i, share in enumerate(shares, 1) if share is not None]
                if len(points) > 1:
                    x, y = zip(*points, strict=True)
                    most = max(most, *y)
                    axes.plot(
                        x, y, color=colour, linestyle=style, linewidth=2.2, marker="o", markersize=4, zorder=3
                    )
        axes.set_xticks(range(len(names)), names)
        axes.set_xlim(-0.2, len(names) - 0.8)
        axes.set_ylim(0, 1.08 * most)
    return [TITLES[kind.name] for kind in KINDS]
