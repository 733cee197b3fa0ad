"""The levels of a scene: cards with a drawing of what is in them, and what is wrong with broken ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from posegames.engine.canvas import Canvas
from posegames.engine.choosing.audience import draw_audience
from posegames.engine.choosing.cards import ICONS, brief, button, card, fitting, wrapped
from posegames.engine.choosing.chooser import BACK, Chooser, Target
from posegames.engine.choosing.notice import Notice
from posegames.engine.choosing.pages import Pages
from posegames.engine.choosing.prints import Prints
from posegames.engine.levels.level import Broken, Level
from posegames.engine.levels.shelf import Shelf
from posegames.engine.scene import Home, Move, Pop, Push, Setup, World
from posegames.engine.theme import HEIGHT, WIDTH, mix
from posegames.engine.view import Rect
from posegames.errors import PosegamesError
from posegames.events import Event
from posegames.language import msg, tr, trn
from posegames.rules.arena import HIGH, Arena, Box
from posegames.rules.arena import WIDE as ACROSS
from posegames.rules.piece import Piece
from posegames.scenes import SceneEntry
from posegames.scenes.flow import Desertion, Flow
from posegames.scenes.match.posecards import draw_pose
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
_BACK = Target(key=BACK, rect=(36, 596, 250, 104), label=msg("Back"))
_MORE: Rect = (994, 596, 250, 104)


class Levels:
    """Lets a level of a scene be chosen."""

    def __init__(self, entry: SceneEntry, setup: Setup, flow: Flow | None = None) -> None:
        """Show what the shelf of `setup` has for the scene `entry`; `flow` leads to it."""
        self._entry, self._setup = entry, setup
        self._flow, self._desertion = flow or Flow({}, setup), Desertion()
        self._levels = (setup.shelf or Shelf()).of(entry.name)
        self._chooser, self._notice = Chooser(), Notice()
        self._prints, self._pages = Prints(), Pages(len(self._levels), PAGE, more=_MORE)
        self._turn()

    def _turn(self) -> None:
        """Show the cards of the page."""
        shown = self._pages.shown
        cards = [Target(key=f"level {i}", rect=rect) for i, rect in zip(shown, _places(len(shown)), strict=True)]
        self._chooser.show([*cards, _BACK, *self._pages.targets])

    def handle(self, event: Event, world: World) -> Move | None:
        """Take keys, mouse and swipes; Escape goes back."""
        self._desertion.handle(event)
        if self._pages.handle(event, world):
            self._turn()
        return self._go(self._chooser.handle(event, world), world)

    def update(self, world: World, dt: float) -> Move | None:
        """Follow the hand."""
        world.music("menu")
        self._notice.update(dt)
        self._pages.update(dt)
        if self._desertion.update(world, dt):
            return Home(deserted=True)
        return self._go(self._chooser.update(world, dt), world)

    def draw(self, canvas: Canvas, world: World) -> None:
        """Show a page of the list."""
        theme, chooser = canvas.theme, self._chooser
        canvas.backdrop()
        title = tr(self._entry.title)
        canvas.text(title, (WIDTH / 2, 50), size=fitting(canvas, title, 900, theme.type.title), colour=theme.light)
        if not self._levels:
            canvas.text(tr("No levels yet"), (WIDTH / 2, HEIGHT / 2), size=theme.type.choice, colour=theme.muted)
        draw_audience(canvas, world, _ROOM)
        shift = self._pages.shift(theme)
        for target in chooser.targets:
            rect, lift = chooser.rect(target.key), chooser.lift(target.key)
            if (number := _number(target.key)) is not None:
                self._card(canvas, number, (rect[0] + shift, *rect[1:]), lift)
            elif target.key == BACK:
                button(canvas, rect, tr(target.label), "back", lift=lift)
        self._pages.draw(canvas, chooser, (1119.0, 580.0))
        self._notice.draw(canvas, (WIDTH / 2, HEIGHT / 2 - 60))
        chooser.draw(canvas, world)

    def _go(self, key: str | None, world: World) -> Move | None:
        if key == BACK:
            return Pop()
        if self._pages.choose(key):
            self._turn()
        elif key is not None and (number := _number(key)) is not None:
            level = self._levels[number]
            if isinstance(level, Broken):
                return Push(Faults(level))
            move = self._flow.begin(self._entry, replace(self._setup, level=level), world)
            if not isinstance(move, PosegamesError):
                return move
            self._notice.say(move)
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
        title = tr("{level} cannot be played").format(level=level.name)
        canvas.text(title, (WIDTH / 2, 60), size=fitting(canvas, title, 1000, theme.type.title), colour=theme.warn)
        canvas.rectangle((90, 110, 1100, 466), theme.stage, radius=theme.radius, alpha=0.9)
        lines = _told(canvas, level)
        for i, (line, named) in enumerate(lines):
            colour = theme.warn if named else theme.text
            canvas.text(line, (126 if named else 156, 142 + 40 * i), colour=colour, anchor="midleft")
        for target in self._chooser.targets:
            lift = self._chooser.lift(target.key)
            button(canvas, self._chooser.rect(target.key), tr(target.label), "back", lift=lift)
        self._chooser.draw(canvas, world)


def _told(canvas: Canvas, level: Broken, most: int = 11) -> Sequence[tuple[str, bool]]:
    """Return the lines that say the faults, and whether each is a place in the file."""
    size = canvas.theme.type.help
    lines = [(line, True) for line in wrapped(canvas, level.path.name, 1030, size=size, most=1)]
    for number, fault in enumerate(level.faults):
        told = [(fault.where or tr("the whole file"), True)]
        told += [(line, False) for line in wrapped(canvas, fault.what, 1000, size=size, most=3)]
        left = len(level.faults) - number
        if len(lines) + len(told) > most - (left > 1):
            return [*lines, (tr("and {faults} more").format(faults=_faults(left)), True)]
        lines += told
    return lines


def _faults(count: int) -> str:
    return trn("{count} fault", "{count} faults", count).format(count=count)


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
        title, about = level.told(level.title), level.told(level.about)
        colours = (theme.text, theme.muted)
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
