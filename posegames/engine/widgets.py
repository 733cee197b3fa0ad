"""Things that many screens show: a line on a pill, the tag of a player, a row of keys, a bar that fills."""

from __future__ import annotations

from collections.abc import Sequence

from posegames.engine.canvas import Canvas, Point
from posegames.engine.shapes import draw_shape
from posegames.engine.theme import HEIGHT, WIDTH, Colour, Look, breathe, ease_out, mix

EDGE = 20
"""Logical pixels kept free along the screen's edges."""


def pill(
    canvas: Canvas,
    text: str,
    centre: Point,
    *,
    size: int | None = None,
    colour: Colour | None = None,
    arrived: float = 1.0,
) -> None:
    """Write a line on a dark pill. `arrived` (0..1) is how far it has come: it rises and brightens."""
    theme = canvas.theme
    size = size or theme.type.choice
    share = ease_out(arrived)
    wide, high = canvas.letters.width(text, size) + 1.6 * size, 1.7 * size
    x, y = centre[0], centre[1] + theme.slide(arrived, 0.5 * size)
    canvas.rectangle(
        (x - wide / 2, y - high / 2, wide, high), theme.stage, radius=round(high / 2), alpha=0.85 * share
    )
    canvas.text(text, (x, y), size=size, colour=colour, alpha=share)


def tag(canvas: Canvas, look: Look, place: Point, *, faint: bool = False) -> None:
    """Write a player's name and shape on a pill around `place`, kept on the screen."""
    theme = canvas.theme
    size = theme.type.help
    wide, high = canvas.letters.width(look.name, size) + 74, 42
    x = min(max(place[0], wide / 2 + EDGE), WIDTH - wide / 2 - EDGE)
    y = min(max(place[1], high / 2 + EDGE), HEIGHT - high / 2 - EDGE)

    def draw(small: Canvas) -> None:
        dark, colour = 0.5 if faint else 0.85, theme.muted if faint else look.colour
        small.rectangle((0, 0, wide, high), theme.stage, radius=high // 2, alpha=dark)
        draw_shape(small, look.shape, (26, high / 2), 11, colour)
        small.text(look.name, (46, high / 2), size=size, colour=colour, anchor="midleft")

    canvas.sheet(("tag", look, size, faint), (x - wide / 2, y - high / 2, wide, high), draw)


def keys(canvas: Canvas, hints: Sequence[tuple[str, str]], middle: float, *, alpha: float = 1.0) -> None:
    """Show a row of keys and what they do along the lower edge, at height `middle`, as large as fits."""
    if alpha <= 0:
        return
    theme = canvas.theme
    for size in range(theme.type.help, theme.type.small, -1):
        gap = 34 if size == theme.type.help else 24
        widths = [(canvas.letters.width(key, size) + 22, canvas.letters.width(what, size)) for key, what in hints]
        total = sum(cap + 10 + words for cap, words in widths) + gap * (len(hints) - 1)
        if total <= WIDTH - 48 - 2 * EDGE:
            break
    x = (WIDTH - total) / 2
    canvas.rectangle((x - 24, middle - 28, total + 48, 56), theme.stage, radius=theme.radius, alpha=0.75 * alpha)
    for (key, what), (cap, words) in zip(hints, widths, strict=True):
        canvas.rectangle((x, middle - 19, cap, 38), theme.muted, radius=9, alpha=alpha, width=2)
        canvas.text(key, (x + cap / 2, middle), size=size, alpha=alpha)
        canvas.text(what, (x + cap + 10, middle), size=size, colour=theme.muted, anchor="midleft", alpha=alpha)
        x += cap + 10 + words + gap


def progress(canvas: Canvas, centre: Point, width: float, share: float | None, now: float) -> None:
    """Show a bar filled to `share` (0..1); with None a light wanders along it, or glows."""
    theme, high = canvas.theme, 14.0
    left, y = centre[0] - width / 2, centre[1]
    if share is None:
        turn = (now / 1.6) % 2
        at = left + width * (0.5 if theme.still else turn if turn < 1 else 2 - turn)
        start, end = max(left, at - 60), min(left + width, at + 60)
    else:
        start, end = left, left + width * min(1.0, max(0.0, share))
    colour = mix(theme.muted, theme.warn, breathe(now, 1.6)) if share is None and theme.still else theme.warn
    ground = mix(theme.boards, theme.muted, 0.35)
    canvas.inks([([[(left, y), (left + width, y)]], ground, high), ([[(start, y), (end, y)]], colour, high - 4)])
