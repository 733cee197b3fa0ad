"""A player's name, by hand: letters all around the screen, names that are known in the middle.

The letters stand along the edges, as on a wheel: a hand that goes too far is still on its letter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from posegames.engine.canvas import Canvas
from posegames.engine.choosing.cards import button, card, draw_card, fitting, ink, still
from posegames.engine.choosing.chooser import BACK, Chooser, Target
from posegames.engine.scene import Cue, Move, Replace, Scene, World
from posegames.engine.shapes import draw_shape
from posegames.engine.theme import HEIGHT, WIDTH, mix, spoken_name
from posegames.engine.view import Rect
from posegames.engine.widgets import pill
from posegames.events import Event, KeyPressed
from posegames.language import tr

LONGEST = 10
"""Letters a name may have."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PICKS = 3
"""Names that are offered at once."""

_ACROSS, _DOWN = 8, 5
"""Letters along an edge of the wheel: from A at the upper left, clockwise."""
_WIDE, _HIGH = WIDTH / _ACROSS, 110.0
_SIDE = (HEIGHT - 2 * _HIGH) / _DOWN
_INSET = 4.0
"""Logical pixels around what is drawn of a letter."""
_LINE = (240.0, 168.0, 800.0, 130.0)
"""Where the name is."""
_ERASE, _DONE = (240.0, 460.0, 250.0, 110.0), (640.0, 460.0, 400.0, 110.0)
_PICK_TOP, _PICK_WIDE, _PICK_HIGH = 320.0, 256.0, 110.0


class Naming:
    """Lets the player in a slot choose a name; then goes on. Escape leaves the one they have."""

    typing = True
    """Letter keys are letters here, also those that mean something to the program."""

    def __init__(self, number: int, then: Callable[[str | None], Scene]) -> None:
        """Ask the player in slot `number` (from 1); `then` makes what comes next, told the name, if any."""
        self._number, self._then = number, then
        self._chooser = Chooser()
        self._name = ""
        self._picks: tuple[str, ...] = ()
        self._known: Sequence[str] | None = None
        """Names that can be picked; None until the world has been asked."""
        self._by_keys = False
        """Whether arrows spoke last: Return then takes what is in focus."""

    @property
    def name(self) -> str:
        """What has been written so far."""
        return self._name

    def handle(self, event: Event, world: World) -> Move | None:
        """Take letters, keys and mouse; Return is done."""
        self._ask(world)
        match event:
            case KeyPressed("up" | "down" | "left" | "right" | "tab"):
                self._by_keys = True
            case KeyPressed("backspace" | "delete"):
                self._write(self._name[:-1], world)
                return None
            case KeyPressed("return" | "enter") if not self._by_keys:
                world.cue(Cue("choose"))
                return self._take(self._name, world)
            case KeyPressed("space") if not self._by_keys:
                self._write(f"{self._name} ".lstrip(), world)
                return None
            case KeyPressed(key) if len(key) == 1 and key.isalnum():
                self._by_keys = False
                self._write(self._name + key, world)
                return None
        return self._go(self._chooser.handle(event, world), world)

    def update(self, world: World, dt: float) -> Move | None:
        """Follow the hand."""
        self._ask(world)
        return self._go(self._chooser.update(world, dt), world)

    def draw(self, canvas: Canvas, world: World) -> None:
        """Show the wheel, the name and what can be picked."""
        canvas.backdrop()
        for target in self._chooser.targets:
            rect, lift = self._chooser.rect(target.key), self._chooser.lift(target.key)
            if target.key in LETTERS:
                _letter(canvas, target, rect, lift)
            else:
                icon = target.key if target.key in ("erase", "done") else ""
                button(canvas, rect, target.label, icon, lift=lift, enabled=target.enabled)
        self._line(canvas, world)
        if world.pointer is None:
            pill(canvas, tr("Raise a hand, or type"), (WIDTH / 2, 138), size=canvas.theme.type.help)
        self._chooser.draw(canvas, world)

    def _ask(self, world: World) -> None:
        """Ask the world, once, which names are known."""
        if self._known is None:
            animal = world.theme.look(self._number).name
            names = world.memory.names() if world.memory else []
            self._known = [*dict.fromkeys([*map(spoken_name, names), animal])]
            self._pick()
            self._chooser.show(self._targets())

    def _write(self, name: str, world: World) -> None:
        """Write another name."""
        shown = name[:LONGEST].title()
        world.cue(Cue("tick", step=len(shown)) if shown != self._name else Cue("miss"))
        self._name = shown
        self._pick()
        self._chooser.keep(self._targets())

    def _pick(self) -> None:
        """Offer the names that begin like what is written."""
        begun = self._name.casefold()
        fits = [name for name in self._known or () if name.casefold().startswith(begun) and name != self._name]
        self._picks = tuple(fits[:PICKS])

    def _targets(self) -> list[Target]:
        full, some = len(self._name) >= LONGEST, bool(self._name)
        letters = [
            Target(key=letter, rect=_place(i), label=letter, enabled=not full, sound="hover")
            for i, letter in enumerate(LETTERS)
        ]
        start = WIDTH / 2 - (len(self._picks) * (_PICK_WIDE + 16) - 16) / 2
        picks = [
            Target(
                key=f"pick {name}",
                rect=(start + i * (_PICK_WIDE + 16), _PICK_TOP, _PICK_WIDE, _PICK_HIGH),
                label=name,
            )
            for i, name in enumerate(self._picks)
        ]
        erase = Target(key="erase", rect=_ERASE, label=tr("Erase"), enabled=some, sound="back")
        done = Target(key="done", rect=_DONE, label=tr("Done"), enabled=some)
        return [*letters, *picks, erase, done]

    def _go(self, key: str | None, world: World) -> Move | None:
        match key:
            case None:
                return None
            case "done":
                return self._take(self._name, world)
            case "erase":
                self._write(self._name[:-1], world)
                return None
        if key == BACK:
            return Replace(self._then(None))
        # A name that is picked is only written: a hand that just came up may rest on one while it is read.
        self._write(self._name + key if key in LETTERS else key.removeprefix("pick "), world)
        return None

    def _take(self, name: str, world: World) -> Move:
        """Take a name, remember it, and go on; without one everything stays as it is."""
        if name := name.strip():
            world.rename(self._number, name)
            if world.memory:
                world.memory.greet(name)
            world.cue(Cue("cheer", self._number))
        return Replace(self._then(name or None))

    def _line(self, canvas: Canvas, world: World) -> None:
        """Show the name as far as it is written, in the player's colour; or what is to be done."""
        theme, look = canvas.theme, canvas.theme.look(self._number)
        left, top, width, height = _LINE
        card(canvas, _LINE, faint=True)
        y = top + height / 2
        draw_shape(canvas, look.shape, (left + 70, y), 34, look.colour)
        if not self._name:
            words = tr("Your name")
            size = fitting(canvas, words, width - 190, theme.type.title)
            canvas.text(words, (left + 130, y), size=size, colour=mix(theme.muted, theme.stage, 0.2),
                        anchor="midleft")  # fmt: skip
            return
        size = fitting(canvas, self._name, width - 190, 96)
        written = canvas.text(self._name, (left + 130, y), size=size, colour=look.colour, anchor="midleft")
        if len(self._name) < LONGEST:
            canvas.rectangle((written.right + 8, y - 36, 5, 72), theme.light, radius=2)


def _letter(canvas: Canvas, target: Target, rect: Rect, lift: float) -> None:
    """Draw a letter of the wheel; those beside each other touch, so what is drawn is smaller."""
    left, top, width, height = rect

    def draw(on: Canvas, at: Rect) -> None:
        draw_card(on, at, lift=lift, faint=not target.enabled)
        colour = ink(on.theme, lift=lift, enabled=target.enabled)
        middle = (at[0] + at[2] / 2, at[1] + at[3] / 2)
        on.text(target.label, middle, size=on.theme.type.title, colour=colour)

    inside = (left + _INSET, top + _INSET, width - 2 * _INSET, height - 2 * _INSET)
    still(canvas, ("letter", target.label, lift, target.enabled), inside, draw, moves=0 < lift < 1)


def _place(number: int) -> Rect:
    """Return where letter `number` (0 is A) stands: along the top, down, back along the bottom, and up."""
    if number < _ACROSS:
        return number * _WIDE, 0.0, _WIDE, _HIGH
    number -= _ACROSS
    if number < _DOWN:
        return WIDTH - _WIDE, _HIGH + number * _SIDE, _WIDE, _SIDE
    number -= _DOWN
    if number < _ACROSS:
        return WIDTH - (number + 1) * _WIDE, HEIGHT - _HIGH, _WIDE, _HIGH
    number -= _ACROSS
    return 0.0, HEIGHT - _HIGH - (number + 1) * _SIDE, _WIDE, _SIDE
