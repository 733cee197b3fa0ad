"""The paper of the HUD: a dark sheet, lines of two columns, bars; and columns of blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pygame

from posegames.engine.canvas import Canvas
from posegames.engine.theme import Colour

WIDTH, LINE, PAD = 288, 22, 12
"""Of a column and its lines, in logical pixels."""
INSIDE = WIDTH - 2 * PAD
_GAP = 8
"""Between two blocks."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together."""

    high: int
    """Pixels."""
    draw: Callable[[Canvas, int], None]
    """Draws it on a sheet, its upper edge at the height that is given."""


def sheet(size: tuple[int, int], canvas: Canvas, before: Canvas | None = None) -> Canvas:
    """Return an empty sheet in the looks of `canvas`: the one `before` if it is like it, for its sprites."""
    theme = canvas.theme
    if before is None or before.size != size or before.theme is not theme:
        before = Canvas(pygame.Surface(size, pygame.SRCALPHA), theme=theme, letters=canvas.letters)
    before.surface.fill((0, 0, 0, 0))
    pygame.draw.rect(before.surface, (*theme.stage, 216), before.surface.get_rect(), border_radius=theme.radius)
    return before


def column(canvas: Canvas, blocks: Sequence[Block], before: Canvas | None = None) -> Canvas:
    """Return a sheet with the blocks that have something to show, below each other; `before` as in `sheet`."""
    shown = [block for block in blocks if block.high]
    high = 2 * PAD + sum(block.high for block in shown) + _GAP * max(0, len(shown) - 1)
    page, top = sheet((WIDTH, high), canvas, before), PAD
    for block in shown:
        block.draw(page, top)
        top += block.high + _GAP
    return page


def line(
    page: Canvas, top: int, what: str, value: str = "", *, colour: Colour | None = None, left: int = PAD
) -> None:
    """Write what, in `colour`, and how much; what is too long is shortened."""
    theme, size, middle = page.theme, page.theme.type.small, top + LINE // 2
    value = cut(page, value, 0.64 * INSIDE) if value else ""
    ends = page.letters.width(value, size) + 8 if value else 0
    what = cut(page, what, WIDTH - PAD - left - ends)
    page.text(what, (left, middle), size=size, colour=colour or theme.muted, anchor="midleft")
    if value:
        page.text(value, (WIDTH - PAD, middle), size=size, anchor="midright")


def cut(page: Canvas, text: str, width: float) -> str:
    """Shorten a text from its end until it fits."""
    while len(text) > 1 and page.letters.width(text, page.theme.type.small) > width:
        text = text[:-2].rstrip(". ") + "."
    return text


def bar(page: Canvas, place: tuple[int, int], width: int, shares: tuple[float, float], colour: Colour) -> None:
    """Draw a bar in its bed: as long as the first of `shares` (0..1), and thinner as long as the second."""
    x, y = place
    pygame.draw.rect(page.surface, page.theme.boards, (x, y + 6, width, LINE - 12))
    for share, inset in zip(shares, (6, 9), strict=True):
        long = round(width * min(1.0, max(0.0, share)))
        if long:
            pygame.draw.rect(page.surface, colour, (x, y + inset, long, LINE - 2 * inset))
