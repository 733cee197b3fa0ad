"""A list of any length, some of it at a time: pages turned by a swipe, by buttons, by keys and by the wheel."""

from __future__ import annotations

from posegames.engine.canvas import Canvas, Point
from posegames.engine.choosing.cards import button
from posegames.engine.choosing.chooser import Chooser, Target
from posegames.engine.scene import Cue, World
from posegames.engine.theme import ARRIVE, Theme, ease_out, mix
from posegames.engine.view import Rect
from posegames.events import Event, Gesture, KeyPressed, PointerPressed

LESS, MORE = "page less", "page more"
"""Keys of the buttons that turn a page."""
SLIDE = 90.0
"""Logical pixels from which a page comes in."""
DOTS = 9
"""Pages up to which each has a dot; of more the numbers are told."""

_KEYS = {"page up": -1, "page down": 1}
_SWIPES = {"swipe_left": 1, "swipe_right": -1}
"""A hand that wipes to the left pulls the next page in from the right."""
_WHEEL = {4: -1, 5: 1}
"""Mouse buttons."""


class Pages:
    """Knows which part of a list is shown.

    A scene lays out `targets` with its own, asks `handle` and `choose` whether a page was turned, and then lays
    out what is `shown` anew.
    """

    def __init__(self, count: int, most: int, *, more: Rect, less: Rect | None = None) -> None:
        """Show `count` items, `most` at a time; buttons at `more` and `less`: with one only, they go round."""
        if most < 1:
            raise ValueError(f"A page shows one or more, not {most}.")
        self._count, self._most = max(0, count), most
        self._less, self._more = less, more
        self.number = 0
        """Of the page shown, from 0."""
        self._way, self._age = 0, 0.0
        """Where the page came from, and seconds since."""

    @property
    def total(self) -> int:
        """How many there are, at least one."""
        return max(1, -(-self._count // self._most))

    @property
    def shown(self) -> range:
        """The items on this page, from 0."""
        return range(self.number * self._most, min(self._count, (self.number + 1) * self._most))

    @property
    def targets(self) -> tuple[Target, ...]:
        """The buttons that turn pages; none where there is one page only."""
        if self.total == 1:
            return ()
        more = Target(key=MORE, rect=self._more, enabled=self._leads(1))
        if self._less is None:
            return (more,)
        return (Target(key=LESS, rect=self._less, enabled=self._leads(-1)), more)

    def handle(self, event: Event, world: World) -> bool:
        """Take a swipe of anybody's hand, page keys and the wheel; whether another page is shown now."""
        way = 0
        match event:
            case Gesture(gesture=name, phase="pulse"):
                way = _SWIPES.get(name, 0)
            case KeyPressed(key):
                way = _KEYS.get(key, 0)
            case PointerPressed(button=wheel):
                way = _WHEEL.get(wheel, 0)
        if not self._turn(way):
            return False
        world.cue(Cue("hover"))
        return True

    def choose(self, key: str | None) -> bool:
        """Take the key of what was chosen; whether another page is shown now."""
        return self._turn({MORE: 1, LESS: -1}.get(key or "", 0))

    def update(self, dt: float) -> None:
        """Go on by `dt` seconds."""
        self._age += dt

    def shift(self, theme: Theme) -> float:
        """Return how far to the right of its place the page still is, in logical pixels."""
        return 0.0 if theme.still else self._way * SLIDE * (1 - ease_out(self._age / ARRIVE))

    def draw(self, canvas: Canvas, chooser: Chooser, middle: Point) -> None:
        """Draw the buttons, and around `middle` which page of how many it is."""
        for target in chooser.targets:
            if target.key in (LESS, MORE):
                icon = "back" if target.key == LESS else "next"
                rect, lift = chooser.rect(target.key), chooser.lift(target.key)
                button(canvas, rect, "", icon, lift=lift, enabled=target.enabled)
        if self.total == 1:
            return
        theme = canvas.theme
        if self.total > DOTS:
            canvas.text(f"{self.number + 1} / {self.total}", middle, size=theme.type.help)
            return
        for page in range(self.total):
            here = page == self.number
            place = (middle[0] + 30 * (page - (self.total - 1) / 2), middle[1])
            canvas.disc(place, 9 if here else 6, theme.light if here else mix(theme.boards, theme.muted, 0.7))

    def _leads(self, way: int) -> bool:
        return self._less is None or 0 <= self.number + way < self.total

    def _turn(self, way: int) -> bool:
        if not way or self.total == 1 or not self._leads(way):
            return False
        self.number, self._way, self._age = (self.number + way) % self.total, way, 0.0
        return True
