"""The levels of a scene: cards with a drawing of what is in them, and what is wrong with broken ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from posegames.engine.canvas import Canvas
from posegames.engine.choosing.audience import draw_audience
from posegames.engine.choosing.cards import ICONS, brief, button, card, fitting, wrapped
from posegames.engine.choosing.chooser import BACK, Chooser, Target
from posegames.engine.choosing.notice import Notice
from posegames.engine.choosing.prints import Prints
from posegames.engine.levels.level import Broken, Level
from posegames.engine.levels.shelf import Shelf
from posegames.engine.scene import Move, Pop, Push, Setup, World
from posegames.engine.theme import HEIGHT, WIDTH, mix
from posegames.engine.view import Rect
from posegames.errors import PosegamesError
from posegames.events import Event
from posegames.rules.arena import HIGH, Arena, Box
from posegames.rules.arena import WIDE as ACROSS
from posegames.rules.piece import Piece
from posegames.scenes import SceneEntry
from posegames.scenes.match.posecards import draw_pose
from posegames.scenes.menu.opening import opened
from posegames.scenes.tag.field import ground

PAGE = 6
"""Levels shown at once."""
INSIDE = (356, 200)
"""Size of what is on a card, in logical pixels."""
POSES = 4
"""Poses drawn of a piece."""

_WIDE, _HIGH, _GAP, _TOP = 380.0, 224.0, 20.0, 98.0
_ROOM = (420.0, 572.0, 440.0, 140.0)
"""Where everybody is shown."""
_BACK = Target(key=BACK, rect=(36, 596, 250, 104), label="Back")
_MORE = Target(key="more", rect=(994, 596, 250, 104), label="More")


class Levels:
    """Lets a level of a scene be chosen."""

    def __init__(self, entry: SceneEntry, setup: Setup) -> None:
        """Show what the shelf of `setup` has for the scene `entry`."""
        self._entry, self._setup = entry, setup
        self._levels = (setup.shelf or Shelf()).of(entry.name)
        self._chooser, self._notice = Chooser(), Notice()
        self._prints, self._page = Prints(), 0
        self._turn(0)

    def _turn(self, page: int) -> None:
        """Show another page."""
        pages = max(1, -(-len(self._levels) // PAGE))
        self._page = page % pages
        shown = range(self._page * PAGE, min(len(self._levels), (self._page + 1) * PAGE))
        cards = [Target(key=f"level {i}", rect=rect) for i, rect in zip(shown, _places(len(shown)), strict=True)]
        self._chooser.show([*cards, _BACK, *([_MORE] if pages > 1 else [])])

    def handle(self, event: Event, world: World) -> Move | None:
        """Take keys and mouse; Escape goes back."""
        return self._go(self._chooser.handle(event, world))

    def update(self, world: World, dt: float) -> Move | None:
        """Follow the hand."""
        self._notice.update(dt)
        return self._go(self._chooser.update(world, dt))

    def draw(self, canvas: Canvas, world: World) -> None:
        """Show a page of the list."""
        theme, chooser = canvas.theme, self._chooser
        canvas.backdrop()
        title = self._entry.title
        canvas.text(title, (WIDTH / 2, 50), size=fitting(canvas, title, 900, theme.type.title), colour=theme.light)
        if not self._levels:
            canvas.text("No levels yet", (WIDTH / 2, HEIGHT / 2), size=theme.type.choice, colour=theme.muted)
        draw_audience(canvas, world, _ROOM)
        for target in chooser.targets:
            rect, lift = chooser.rect(target.key), chooser.lift(target.key)
            if (number := _number(target.key)) is None:
                button(canvas, rect, target.label, "next" if target.key == "more" else "back", lift=lift)
            else:
                self._card(canvas, number, rect, lift)
        self._notice.draw(canvas, (WIDTH / 2, HEIGHT / 2 - 60))
        chooser.draw(canvas, world)

    def _go(self, key: str | None) -> Move | None:
        if key == BACK:
            return Pop()
        if key == "more":
            self._turn(self._page + 1)
        elif key is not None and (number := _number(key)) is not None:
            level = self._levels[number]
            if isinstance(level, Broken):
                return Push(Faults(level))
            scene = opened(lambda: self._entry.make(replace(self._setup, level=level)))
            if not isinstance(scene, PosegamesError):
                return Push(scene)
            self._notice.say(scene)
        return None

    def _card(self, canvas: Canvas, number: int, rect: Rect, lift: float) -> None:
        level = self._levels[number]
        card(canvas, rect, lift=lift, faint=isinstance(level, Broken))
        corner = (rect[0] + (rect[2] - INSIDE[0]) / 2, rect[1] + (rect[3] - INSIDE[1]) / 2)
        self._prints.show(canvas, str(number), INSIDE, corner, lambda small: _inside(small, level, number))


class Faults:
    """Says what is wrong with a level, as its file puts it."""

    def __init__(self, level: Broken) -> None:
        self._level = level
        self._chooser = Chooser((replace(_BACK, rect=(470, 596, 340, 104)),))

    def handle(self, event: Event, world: World) -> Move | None:
        """Take keys and mouse; Escape goes back."""
        return Pop() if self._chooser.handle(event, world) else None

    def update(self, world: World, dt: float) -> Move | None:
        """Follow the hand."""
        return Pop() if self._chooser.update(world, dt) else None

    def draw(self, canvas: Canvas, world: World) -> None:
        """Show the file, and its faults as far as they fit."""
        theme, level = canvas.theme, self._level
        canvas.backdrop()
        title = f"{level.name} cannot be played"
        canvas.text(title, (WIDTH / 2, 60), size=fitting(canvas, title, 1000, theme.type.title), colour=theme.warn)
        canvas.rectangle((90, 110, 1100, 466), theme.stage, radius=theme.radius, alpha=0.9)
        lines = _told(canvas, level)
        for i, (line, named) in enumerate(lines):
            colour = theme.warn if named else theme.text
            canvas.text(line, (126 if named else 156, 142 + 40 * i), colour=colour, anchor="midleft")
        for target in self._chooser.targets:
            lift = self._chooser.lift(target.key)
            button(canvas, self._chooser.rect(target.key), target.label, "back", lift=lift)
        self._chooser.draw(canvas, world)


def _told(canvas: Canvas, level: Broken, most: int = 11) -> Sequence[tuple[str, bool]]:
    """Return the lines that say the faults, and whether each is a place in the file."""
    size = canvas.theme.type.help
    lines = [(line, True) for line in wrapped(canvas, level.path.name, 1030, size=size, most=1)]
    for number, fault in enumerate(level.faults):
        told = [(fault.where or "the whole file", True)]
        told += [(line, False) for line in wrapped(canvas, fault.what, 1000, size=size, most=3)]
        left = len(level.faults) - number
        if len(lines) + len(told) > most - (left > 1):
            return [*lines, (f"and {_faults(left)} more", True)]
        lines += told
    return lines


def _faults(count: int) -> str:
    return "1 fault" if count == 1 else f"{count} faults"


def _number(key: str) -> int | None:
    return int(key.removeprefix("level ")) if key.startswith("level ") else None


def _places(count: int) -> list[Rect]:
    return [
        (WIDTH / 2 + (i % 3 - 1.5) * (_WIDE + _GAP) + _GAP / 2, _TOP + i // 3 * (_HIGH + _GAP), _WIDE, _HIGH)
        for i in range(count)
    ]


def _inside(canvas: Canvas, level: Level | Broken, number: int) -> None:
    """Draw what is on a card: a drawing, the title, a few words."""
    theme, (width, height) = canvas.theme, canvas.size
    drawing, middle = (0.0, 0.0, float(width), height - 88.0), width / 2
    if isinstance(level, Broken):
        ICONS["quit"](canvas, (middle, drawing[3] / 2), 34, mix(theme.muted, theme.stage, 0.4))
        title, about, colours = level.name, _faults(len(level.faults)), (theme.muted, theme.warn)
    else:
        if isinstance(level.content, Piece):
            _poses(canvas, level.content, drawing, number)
        else:
            _plan(canvas, level.content, drawing)
        title, about, colours = level.title, level.about, (theme.text, theme.muted)
    size = fitting(canvas, title, width - 8, theme.type.choice)
    for line in wrapped(canvas, title, width - 8, size=size, most=1):
        canvas.text(line, (middle, height - 62), size=size, colour=colours[0])
    for line in brief(canvas, about, width - 8, size=theme.type.help):
        canvas.text(line, (middle, height - 20), colour=colours[1])


def _poses(canvas: Canvas, piece: Piece, rect: Rect, number: int) -> None:
    """Draw the first poses of a piece, one beside the other."""
    left, top, width, height = rect
    shown, each = piece.targets[:POSES], width / POSES
    left += (width - each * len(shown)) / 2
    for i, target in enumerate(shown):
        draw_pose(canvas, target, (left + i * each, top, each, height), canvas.theme.look(number + 1).colour)


def _plan(canvas: Canvas, arena: Arena, rect: Rect) -> None:
    """Draw an arena from above."""
    left, top, width, height = rect
    cloth, scale = ground(arena), height / HIGH
    left += (width - ACROSS * scale) / 2
    canvas.rectangle((left, top, ACROSS * scale, HIGH * scale), cloth.bright, radius=10)
    canvas.rectangle((left + 5, top + 5, ACROSS * scale - 10, HIGH * scale - 10), cloth.chalk, radius=7, width=2)
    for obstacle in arena.obstacles:
        at = (left + obstacle.x * scale, top + obstacle.y * scale)
        if isinstance(obstacle, Box):
            canvas.rectangle((*at, obstacle.width * scale, obstacle.height * scale), _CRATE, radius=4)
        else:
            canvas.disc(at, obstacle.radius * scale, _BUSH)


_CRATE, _BUSH = (0xC8, 0x93, 0x5A), (0x9F, 0xC8, 0x5E)
"""As on the field itself."""
