"""How bodies are drawn: a style a row. `engine.figure` draws with the one the theme names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from posegames.engine.canvas import Canvas
from posegames.engine.figures.body import Body, Paint
from posegames.engine.figures.paper import draw_paper
from posegames.engine.figures.pieces import draw_puppet, draw_robot
from posegames.engine.figures.wire import draw_lines, draw_neon, draw_stick
from posegames.language import msg

Figures = Sequence[tuple[Body, Paint]]
"""Bodies, and what each is painted with; from the one behind to the one in front."""


@dataclass(frozen=True, slots=True)
class Style:
    """One way to draw bodies."""

    title: str
    """What players read (to be translated)."""
    draw: Callable[[Canvas, Figures], None]
    over: bool = True
    """Whether it is drawn over a camera's picture, too; else there are plain bones and joints."""


def _singly(draw: Callable[[Canvas, Body, Paint], None]) -> Callable[[Canvas, Figures], None]:
    """Return what draws each figure by itself."""

    def all_of(canvas: Canvas, figures: Figures) -> None:
        for body, paint in figures:
            draw(canvas, body, paint)

    return all_of


STYLES: Mapping[str, Style] = MappingProxyType(
    {
        "paper": Style(msg("Paper figure"), draw_paper, over=False),
        "lines": Style(msg("Lines"), _singly(draw_lines)),
        "neon": Style(msg("Neon"), _singly(draw_neon)),
        "robot": Style(msg("Robot"), _singly(draw_robot)),
        "puppet": Style(msg("Puppet"), _singly(draw_puppet)),
        "stick": Style(msg("Stick figure"), _singly(draw_stick)),
    }
)
"""By their names; the first is the usual one."""


def find_style(name: str) -> Style:
    """Return the style of that name; the first for one there is none of (a setting of another version)."""
    return STYLES.get(name, STYLES["paper"])
