"""How controls look: what they are called above what they are set to, and at both ends what changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from posegames.engine.canvas import Canvas
from posegames.engine.choosing.cards import ICONS, RADIUS, draw_card, fitting, ink, paper, wrapped
from posegames.engine.choosing.chooser import RISE
from posegames.engine.choosing.controls import END, LESS, Choice, Control, Slider, Toggle
from posegames.engine.choosing.extent import grown
from posegames.engine.theme import mix
from posegames.engine.view import Rect

SWITCH = (116.0, 60.0)
"""Size of a toggle's switch, in logical pixels."""
_ROOM = 24.0
"""Logical pixels around a control that what comes forward may take, and its shadow."""


def draw_control(
    canvas: Canvas, control: Control, lifts: Mapping[str, float], *, focus: bool, shift: float = 0.0
) -> None:
    """Draw any control; `lifts` says how far each of its targets has come forward, 0..1.

    While nothing moves it is kept.
    """
    if any(0 < lift < 1 for lift in lifts.values()):
        _control(canvas, control, lifts, focus=focus, shift=shift)
        return
    left, top, width, height = control.rect
    placed = replace(control, rect=(_ROOM, _ROOM, width, height))
    canvas.sheet(
        (placed, *lifts.values(), focus),
        (left + shift - _ROOM, top - _ROOM, width + 2 * _ROOM, height + 2 * _ROOM),
        lambda sheet: _control(sheet, placed, lifts, focus=focus),
    )


def _control(
    canvas: Canvas, control: Control, lifts: Mapping[str, float], *, focus: bool, shift: float = 0.0
) -> None:
    left, top, width, height = control.rect
    rect = (left + shift, top, width, height)
    match control:
        case Toggle():
            toggle(canvas, control, rect, lift=lifts[control.key])
        case Choice():
            _middle(canvas, control.label, control.names[control.value], rect, focus=focus)
            _ends(canvas, control, lifts, ("before", "after"), shift)
        case Slider():
            slider(canvas, control, rect, focus=focus)
            _ends(canvas, control, lifts, ("minus", "plus"), shift)


def toggle(canvas: Canvas, control: Toggle, rect: Rect, *, lift: float = 0.0) -> None:
    """Draw a label and a switch, at `rect`: its knob is on the right, and it has a tick, where it is on."""
    theme = canvas.theme
    rect = grown(rect, 1 + RISE / 3 * lift)
    draw_card(canvas, rect, lift=lift)
    left, top, width, height = rect
    y, (wide, high) = top + height / 2, SWITCH
    size = fitting(canvas, control.label, width - wide - 110, theme.type.choice)
    colour = mix(theme.text, theme.light, lift)
    lines = wrapped(canvas, control.label, width - wide - 100, size=size)
    for i, line in enumerate(lines):
        place = (left + 36, y + 1.15 * size * (i - (len(lines) - 1) / 2))
        canvas.text(line, place, size=size, colour=colour, anchor="midleft")
    x = left + width - 36 - wide
    groove = theme.good if control.value else mix(theme.boards, theme.muted, 0.35)
    canvas.rectangle((x, y - high / 2, wide, high), groove, radius=round(high / 2))
    at = x + (wide - high / 2 if control.value else high / 2)
    canvas.disc((at, y), high / 2 - 6, theme.stage if control.value else theme.text)
    if control.value:
        ICONS["done"](canvas, (at, y + 1), 15, theme.good)


def slider(canvas: Canvas, control: Slider, rect: Rect, *, focus: bool) -> None:
    """Draw what a number is called, how it is read, and a bar with a knob, at `rect`."""
    theme = canvas.theme
    shift = rect[0] - control.rect[0]
    _middle(canvas, control.label, "", rect, focus=focus)
    left, top, width, height = control.bar
    left, y = left + shift, top + 0.44 * height
    told = control.words(control.value)
    canvas.text(told, (left + width, rect[1] + 0.3 * rect[3]), size=theme.type.choice, anchor="midright")
    room = width - canvas.letters.width(told, theme.type.choice) - 16
    size = fitting(canvas, control.label, room, theme.type.help)
    for line in wrapped(canvas, control.label, room, size=size, most=1):
        canvas.text(line, (left, rect[1] + 0.3 * rect[3]), size=size, colour=_faint(canvas), anchor="midleft")
    at = left + control.share * width
    canvas.capsule((left, y), (left + width, y), mix(theme.boards, theme.muted, 0.45), 14)
    if control.share > 0:
        canvas.capsule((left, y), (at, y), theme.warn, 14)
    canvas.disc((at, y), 20, theme.light if focus else theme.text)
    canvas.disc((at, y), 9, theme.warn)


def _middle(canvas: Canvas, label: str, value: str, rect: Rect, *, focus: bool) -> None:
    """Draw what is between the ends: the label above the value."""
    theme = canvas.theme
    left, top, width, height = rect
    canvas.rectangle(rect, paper(theme), radius=RADIUS, alpha=0.92)
    rim = mix(theme.muted, theme.light, 0.6) if focus else mix(theme.boards, theme.muted, 0.3)
    canvas.rectangle(rect, rim, radius=RADIUS, width=3)
    if not value:
        return
    room, x = width - 2 * END - 24, left + width / 2
    size = fitting(canvas, label, room, theme.type.help)
    for line in wrapped(canvas, label, room, size=size, most=1):
        canvas.text(line, (x, top + 0.28 * height), size=size, colour=_faint(canvas))
    size = fitting(canvas, value, room, theme.type.choice)
    for line in wrapped(canvas, value, room, size=size, most=1):
        canvas.text(line, (x, top + 0.68 * height), size=size, colour=theme.light if focus else theme.text)


def _faint(canvas: Canvas) -> tuple[int, int, int]:
    return mix(canvas.theme.muted, canvas.theme.text, 0.35)


def _ends(
    canvas: Canvas, control: Choice | Slider, lifts: Mapping[str, float], icons: tuple[str, str], shift: float
) -> None:
    """Draw the targets at both ends."""
    for target in control.targets:
        left, top, width, height = target.rect
        lift = lifts[target.key]
        rect = grown((left + shift, top, width, height), 1 + RISE * lift)
        draw_card(canvas, rect, lift=lift, faint=not target.enabled)
        icon = icons[0] if target.key.endswith(LESS) else icons[1]
        place = (rect[0] + rect[2] / 2, rect[1] + rect[3] / 2)
        ICONS[icon](canvas, place, 26, ink(canvas.theme, lift=lift, enabled=target.enabled))
