"""What is chosen: cards and buttons, icons, and lines of text that fit into them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import partial
from types import MappingProxyType

from posegames.engine.canvas import Canvas, Point
from posegames.engine.dials import dial
from posegames.engine.shapes import draw_shape
from posegames.engine.theme import Colour, Theme, mix
from posegames.engine.view import Rect

RADIUS = 22
"""Of a card's corners."""

Icon = Callable[[Canvas, Point, float, Colour], None]
"""Draws itself around a point, within a radius."""


def paper(theme: Theme) -> Colour:
    """Return the colour of a card."""
    return mix(theme.boards, theme.text, 0.05)


def still(
    canvas: Canvas, key: Hashable, rect: Rect, draw: Callable[[Canvas, Rect], None], *, moves: bool = False
) -> None:
    """Let `draw` draw a card at `rect` and what is on it; unless it moves it is kept for `key`."""
    left, top, width, height = rect
    if moves:
        draw(canvas, rect)
        return
    over = top % 1  # so that all is rounded to the pixels it has where it moves
    whole = (left, top - over, width + 2, height + 12)  # with its shadow
    canvas.sheet((key, over), whole, lambda sheet: draw(sheet, (0.0, over, width, height)))


def card(canvas: Canvas, rect: Rect, *, lift: float = 0.0, faint: bool = False) -> None:
    """Draw an empty card, `lift` (0..1) off the table."""
    draw = partial(draw_card, lift=lift, faint=faint)
    still(canvas, ("card", lift, faint), rect, draw, moves=0 < lift < 1)


def draw_card(canvas: Canvas, rect: Rect, *, lift: float = 0.0, faint: bool = False) -> None:
    """Draw what `card` shows, without keeping it: for what is kept as a whole."""
    theme = canvas.theme
    left, top, width, height = rect
    shadow = mix(theme.stage, (0, 0, 0), 0.5)
    canvas.rectangle((left + 2, top + 4 + 8 * lift, width, height), shadow, radius=RADIUS)
    canvas.rectangle(rect, paper(theme), radius=RADIUS)
    rim = mix(mix(theme.boards, theme.muted, 0.3 if faint else 0.7), theme.light, lift)
    canvas.rectangle(rect, rim, radius=RADIUS, width=round(3 + 4 * lift))


def ink(theme: Theme, *, lift: float = 0.0, enabled: bool = True) -> Colour:
    """Return the colour of what is written on a card `lift` (0..1) off the table."""
    return (
        mix(mix(theme.muted, theme.text, 0.5), theme.light, lift)
        if enabled
        else mix(theme.muted, paper(theme), 0.6)
    )


def button(
    canvas: Canvas, rect: Rect, label: str, icon: str = "", *, lift: float = 0.0, enabled: bool = True
) -> None:
    """Draw a button: an icon above a word, one of them alone, or beside each other where it is wide."""
    draw = partial(_button, label=label, icon=icon, lift=lift, enabled=enabled)
    still(canvas, ("button", label, icon, lift, enabled), rect, draw, moves=0 < lift < 1)


def _button(canvas: Canvas, rect: Rect, *, label: str, icon: str, lift: float, enabled: bool) -> None:
    draw_card(canvas, rect, lift=lift, faint=not enabled)
    theme = canvas.theme
    left, top, width, height = rect
    x, y = left + width / 2, top + height / 2
    colour = ink(theme, lift=lift, enabled=enabled)
    if not icon:
        canvas.text(label, (x, y), size=fitting(canvas, label, width - 32, theme.type.choice), colour=colour)
    elif not label:
        ICONS[icon](canvas, (x, y), min(30.0, 0.3 * height), colour)
    elif width >= 2.2 * height:
        size = fitting(canvas, label, width - 120, theme.type.choice)
        wide = canvas.letters.width(label, size)
        ICONS[icon](canvas, (x - wide / 2 - 14, y), 24, colour)
        canvas.text(label, (x + 28, y), size=size, colour=colour)
    else:
        ICONS[icon](canvas, (x, top + 0.34 * height), min(46.0, 0.21 * height), colour)
        size = fitting(canvas, label, width - 24, theme.type.choice if height > 150 else theme.type.help)
        canvas.text(label, (x, top + 0.77 * height), size=size, colour=colour)


def fitting(canvas: Canvas, text: str, width: float, size: int, least: int = 28) -> int:
    """Return the largest letters up to `size` in which a line is at most `width` wide; at least `least`."""
    wide = canvas.letters.width(text, size)
    return size if wide <= width else max(least, int(size * width / wide))


def wrapped(canvas: Canvas, text: str, width: float, *, size: int, most: int = 2) -> list[str]:
    """Return `text` in at most so many lines of `width` pixels; what does not fit ends in dots."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and canvas.letters.width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines[most - 1 :] = [f"{lines[most - 1]} ..."]
    return [_cut(canvas, line, width, size) for line in lines]


def brief(canvas: Canvas, text: str, width: float, *, size: int, most: int = 1) -> list[str]:
    """Return `text` in at most so many lines, rather without its last clauses than cut within one."""
    ends = [i for i, letter in enumerate(text) if letter in ".,:;!?" and text[i + 1 : i + 2] in ("", " ")]
    for end in (len(text), *reversed(ends)):
        lines = wrapped(canvas, text[:end] + text[end : end + 1].strip(",:;"), width, size=size, most=most)
        if lines and not lines[-1].endswith(" ..."):
            return lines
    return wrapped(canvas, text, width, size=size, most=most)


def _cut(canvas: Canvas, line: str, width: float, size: int) -> str:
    """Shorten a line from its end until it fits."""
    if canvas.letters.width(line, size) <= width:
        return line
    kept = line.removesuffix(" ...")
    while kept and canvas.letters.width(f"{kept} ...", size) > width:
        kept = kept[:-1].rstrip()
    return f"{kept} ..."


def _shape(name: str) -> Icon:
    return lambda canvas, centre, radius, colour: draw_shape(canvas, name, centre, radius, colour)


def _go_on(canvas: Canvas, centre: Point, radius: float, colour: Colour) -> None:
    x, y = centre
    canvas.polygon(
        [(x - 0.6 * radius, y - 0.95 * radius), (x + radius, y), (x - 0.6 * radius, y + 0.95 * radius)], colour
    )


def _again(canvas: Canvas, centre: Point, radius: float, colour: Colour) -> None:
    x, y = centre
    dial(canvas, centre, 0.8 * radius, 0.8, colour, width=0.3 * radius)
    tip = [
        (x - 1.3 * radius, y - 0.25 * radius),
        (x - 0.2 * radius, y - 0.25 * radius),
        (x - 0.75 * radius, y - 1.0 * radius),
    ]
    canvas.polygon(tip, colour)


def _menu(canvas: Canvas, centre: Point, radius: float, colour: Colour) -> None:
    side, apart = 0.75 * radius, 0.2 * radius
    for dx in (-side - apart / 2, apart / 2):
        for dy in (-side - apart / 2, apart / 2):
            canvas.rectangle((centre[0] + dx, centre[1] + dy, side, side), colour, radius=4)


def _speaker(canvas: Canvas, centre: Point, radius: float, colour: Colour) -> None:
    x, y, r = *centre, radius
    points = [(-0.95, -0.35), (-0.5, -0.35), (0.0, -0.85), (0.0, 0.85), (-0.5, 0.35), (-0.95, 0.35)]
    canvas.polygon([(x + px * r, y + py * r) for px, py in points], colour)


def _sound(canvas: Canvas, centre: Point, radius: float, colour: Colour) -> None:
    _speaker(canvas, centre, radius, colour)
    x, y = centre
    for far in (0.45, 0.85):
        bow = [(x + radius * (0.1 + far * c), y + radius * far * s) for c, s in ((0.6, -0.8), (1, 0), (0.6, 0.8))]
        canvas.strokes([bow], colour, 0.18 * radius)


def _muted(canvas: Canvas, centre: Point, radius: float, colour: Colour) -> None:
    _speaker(canvas, centre, radius, colour)
    x, y, r = *centre, radius
    cross = [
        [(x + 0.35 * r, y - 0.3 * r), (x + 0.95 * r, y + 0.3 * r)],
        [(x + 0.95 * r, y - 0.3 * r), (x + 0.35 * r, y + 0.3 * r)],
    ]
    canvas.strokes(cross, colour, 0.2 * r)


def _fill(canvas: Canvas, centre: Point, radius: float, colour: Colour) -> None:
    x, y, far, near = *centre, 0.85 * radius, 0.3 * radius
    corners = [
        [(x + sx * near, y + sy * far), (x + sx * far, y + sy * far), (x + sx * far, y + sy * near)]
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    canvas.strokes(corners, colour, 0.22 * radius)


def _quit(canvas: Canvas, centre: Point, radius: float, colour: Colour) -> None:
    x, y, far = *centre, 0.7 * radius
    canvas.strokes(
        [[(x - far, y - far), (x + far, y + far)], [(x + far, y - far), (x - far, y + far)]], colour, 0.28 * radius
    )


def _chevron(way: int) -> Icon:
    def draw(canvas: Canvas, centre: Point, radius: float, colour: Colour) -> None:
        x, y, near, far = *centre, 0.4 * radius * way, 0.9 * radius
        canvas.strokes([[(x - near, y - far), (x + near, y), (x - near, y + far)]], colour, 0.34 * radius)

    return draw


def _plus(canvas: Canvas, centre: Point, radius: float, colour: Colour) -> None:
    x, y, far = *centre, 0.85 * radius
    canvas.strokes([[(x - far, y), (x + far, y)], [(x, y - far), (x, y + far)]], colour, 0.3 * radius)


def _minus(canvas: Canvas, centre: Point, radius: float, colour: Colour) -> None:
    x, y, far = *centre, 0.85 * radius
    canvas.strokes([[(x - far, y), (x + far, y)]], colour, 0.3 * radius)


def _erase(canvas: Canvas, centre: Point, radius: float, colour: Colour) -> None:
    x, y, r = *centre, radius
    tag = [(-1.25, 0.0), (-0.55, -0.75), (1.05, -0.75), (1.05, 0.75), (-0.55, 0.75), (-1.25, 0.0)]
    cross = [[(-0.1, -0.3), (0.5, 0.3)], [(0.5, -0.3), (-0.1, 0.3)]]
    lines = [[(x + px * r, y + py * r) for px, py in line] for line in (tag, *cross)]
    canvas.strokes(lines, colour, 0.2 * r)


def _setup(canvas: Canvas, centre: Point, radius: float, colour: Colour) -> None:
    """Draw three sliders."""
    x, y = centre
    for row, knob in ((-0.7, 0.4), (0.0, -0.45), (0.7, 0.15)):
        high = y + row * radius
        canvas.strokes([[(x - 0.95 * radius, high), (x + 0.95 * radius, high)]], colour, 0.16 * radius)
        canvas.disc((x + knob * radius, high), 0.28 * radius, colour)


def _scores(canvas: Canvas, centre: Point, radius: float, colour: Colour) -> None:
    """Draw a rostrum."""
    x, y, wide = *centre, 0.62 * radius
    for place, high in ((-1, 0.9), (0, 1.6), (1, 0.6)):
        left = x + (place - 0.5) * wide * 1.08
        canvas.rectangle((left, y + 0.8 * radius - high * radius, wide, high * radius), colour, radius=4)


def _photo(canvas: Canvas, centre: Point, radius: float, colour: Colour) -> None:
    x, y, r = *centre, radius
    canvas.rectangle((x - r, y - 0.5 * r, 2 * r, 1.3 * r), colour, radius=6, width=max(2, round(0.2 * r)))
    canvas.rectangle((x - 0.4 * r, y - 0.8 * r, 0.8 * r, 0.35 * r), colour, radius=3)
    canvas.ring((x, y + 0.15 * r), 0.36 * r, colour, width=0.18 * r)


ICONS: Mapping[str, Icon] = MappingProxyType(
    {
        "go on": _go_on, "again": _again, "menu": _menu, "sound": _sound, "muted": _muted, "fill": _fill,
        "quit": _quit, "next": _shape("right"), "back": _shape("left"),
        "before": _chevron(-1), "after": _chevron(1), "plus": _plus, "minus": _minus,
        "erase": _erase, "done": _shape("tick"), "setup": _setup, "scores": _scores, "credits": _shape("star"),
        "photo": _photo,
    }
)  # fmt: skip
"""By name."""
