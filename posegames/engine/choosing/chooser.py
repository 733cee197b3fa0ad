"""Choosing: by a hand that stays, by keys, by the mouse; one focus for all three.

A scene lays out targets, hands on its events and steps, and is told which one was chosen. It draws them itself, at
`rect(key)` and as far lifted as `lift(key)` says, and lets the chooser draw the hand on top. What can be set is in
`panel`, lists of any length in `pages`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from posegames.engine.canvas import Canvas, Point
from posegames.engine.choosing.extent import ahead, away, beside, grown
from posegames.engine.choosing.hand import RING, draw_hand
from posegames.engine.scene import Cue, World
from posegames.engine.theme import ARRIVE, HEIGHT, LEAVE, WIDTH, ease_out
from posegames.engine.view import Rect
from posegames.events import Event, KeyPressed, PointerMoved, PointerPressed

DWELL, SHORTEST, LONGEST = 0.8, 0.3, 2.0
"""Seconds a hand stays to choose (.8 was the most accurate and the least tiring: Dube 2022), and how few and many
can be set. Where a chooser is given none, it is what players prefer."""
FINAL = 1.5
"""Seconds for what cannot be undone."""
SMALLEST = (150, 100)
"""Width and height below which a hand misses a target: free hands are precise to 3 cm, here 60-100 pixels."""
MAGNET = 60.0
"""Logical pixels around a target from which it draws the hand in."""
STICKY = 1.15
"""A target that has the hand is so many times as large: a trembling hand does not flicker between two."""
FRESH = 0.5
"""Seconds a new screen is only looked at; and the same one, after a choice."""
MOVED = 50.0
"""Logical pixels a hand must move before it can choose on a new screen, or again."""
PATIENCE = 0.5
"""Seconds a ring waits for a hand that is not tracked well, before it starts anew."""
REPEAT = 0.7
"""Seconds after which a target that repeats is chosen again, while the hand stays: a quarter to see what came of
it, a third to be gone. At .4 a hand goes past what it wants, time and again (tried with one that reacts so)."""
AWAY = 0.25
"""Seconds without an update after which the screen is new again: another scene has been on top."""
TICKS = 5
"""Steps of the scale a ring climbs."""
RISE = 0.05
"""Share by which a target in focus grows."""
BACK = "back"
"""The key chosen by Escape; a target may have it, too."""

_ARROWS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Something that can be chosen."""

    key: str
    rect: Rect
    label: str = ""
    dwell: float | None = None
    """Seconds a hand must stay at least; None is what the chooser asks of all."""
    enabled: bool = True
    """Whether it can be chosen now; else it only takes its place."""
    repeats: bool = False
    """Whether it is chosen again and again while the hand stays."""
    sound: str = "choose"
    """What is heard when it is chosen."""

    def __post_init__(self) -> None:
        left, top, width, height = self.rect
        if not (math.isfinite(left + top) and SMALLEST[0] <= width <= 4 * WIDTH and height <= 4 * HEIGHT):
            raise ValueError(f"Target {self.key!r} cannot be chosen by hand at {self.rect}.")
        if not height >= SMALLEST[1]:
            raise ValueError(f"Target {self.key!r} is {height:g} high; a hand needs {SMALLEST[1]}.")
        if self.dwell is not None:
            _checked(self.dwell)


class Chooser:
    """Knows the targets of a screen, which one is in focus, and how full the ring is."""

    def __init__(self, targets: Iterable[Target] = (), *, dwell: float | None = None) -> None:
        """`dwell` in seconds, 0.3 to 2.0; None is what players prefer."""
        self._dwell = None if dwell is None else _checked(dwell)
        self._usual = dwell or DWELL
        """Seconds a hand stays, in the world as it is."""
        self._targets: dict[str, Target] = {}
        self._lifts: dict[str, float] = {}
        self._now: float | None = None
        self._under: str | None = None
        """The key of the target that has the hand."""
        self.focus: str | None = None
        """The key of the target in focus."""
        self.show(targets)

    def show(self, targets: Iterable[Target], *, focus: str | None = None) -> None:
        """Lay out another set of targets, one of them perhaps in focus."""
        self._lay(targets)
        self.focus = focus if self._able(focus) else None
        self._hand: Point | None = None
        self._refresh()

    def keep(self, targets: Iterable[Target]) -> None:
        """Lay out the same screen otherwise: focus, hand and ring stay with what is still there and enabled."""
        self._lay(targets)
        self.focus = self.focus if self._able(self.focus) else None
        if not self._able(self._under):
            self._under, self._filled = None, 0.0

    def _lay(self, targets: Iterable[Target]) -> None:
        wanted = [*targets]
        self._targets = {target.key: target for target in wanted}
        if len(self._targets) < len(wanted):
            raise ValueError("Two targets have the same key.")
        self._lifts = {key: self._lifts.get(key, 0.0) for key in self._targets}

    def _able(self, key: str | None) -> bool:
        """Whether there is such a target, and it can be chosen."""
        return key in self._targets and self._targets[key].enabled

    def _refresh(self) -> None:
        """Begin as on a new screen."""
        self._age = 0.0
        self._under = None
        self._player: int | None = None
        self._rest()

    def _rest(self) -> None:
        """Let the hand choose nothing until it has moved."""
        self._armed, self._from = False, self._hand
        self._yields = False
        """Keys or mouse spoke last: the focus is theirs."""
        self._filled = self._unsure = 0.0

    @property
    def targets(self) -> tuple[Target, ...]:
        """All of them."""
        return tuple(self._targets.values())

    @property
    def share(self) -> float:
        """How full the ring of the target in focus is, 0..1."""
        target = self._targets.get(self._under or "")
        return min(1.0, max(0.0, self._filled / self._needed(target))) if target else 0.0

    def lift(self, key: str) -> float:
        """Return how far a target has come forward, 0..1."""
        return ease_out(self._lifts[key])

    def rect(self, key: str) -> Rect:
        """Return where a target is to be drawn: those in focus grow."""
        return grown(self._targets[key].rect, 1 + RISE * self.lift(key))

    def handle(self, event: Event, world: World) -> str | None:
        """Take keys and mouse; return the key of what was chosen: `BACK` for Escape."""
        match event:
            case KeyPressed("escape"):
                world.cue(Cue("back"))
                return BACK
            case KeyPressed("return" | "enter" | "space"):
                return self._choose(self.focus, world) if self.focus else None
            case KeyPressed(key) if key in _ARROWS:
                self._look(self._beside(_ARROWS[key]), world)
            case KeyPressed("tab"):
                self._look(self._next(), world)
            case PointerMoved(x, y):
                if under := self._at((x, y)):
                    self._look(under, world)
            case PointerPressed(x, y, button=1):
                return self._choose(under, world) if (under := self._at((x, y))) else None
        return None

    def update(self, world: World, dt: float) -> str | None:
        """Go on by `dt` seconds; return the key of what a hand has chosen."""
        if self._now is not None and world.now - self._now > AWAY:
            self._hand = None
            self._refresh()
        self._now = world.now
        self._usual = min(max(self._dwell or world.preferences.dwell, SHORTEST), LONGEST)
        self._age += dt
        for key, lift in self._lifts.items():
            step = dt / ARRIVE if key == self.focus else -dt / LEAVE
            self._lifts[key] = min(1.0, max(0.0, lift + step))
        return self._follow(world, dt)

    def draw(self, canvas: Canvas, world: World) -> None:
        """Show the hand that points, and its ring."""
        if self._hand is None or world.pointer is None:
            return
        x, y = self._hand
        if self._under:
            left, top, width, height = self._targets[self._under].rect
            x, y = min(max(x, left), left + width), min(max(y, top), top + height)
        x, y = min(max(x, RING), WIDTH - RING), min(max(y, RING), HEIGHT - RING)
        colour = canvas.theme.look(world.pointer.player).colour
        draw_hand(canvas, (x, y), colour, share=self.share, sure=world.pointer.sure)

    def _follow(self, world: World, dt: float) -> str | None:
        """Follow the hand that points."""
        pointer = world.pointer
        if pointer is None:
            self._hand = self._under = self._player = None
            self._armed, self._filled = True, 0.0
            return None
        self._hand = (pointer.x * WIDTH, pointer.y * HEIGHT)
        if pointer.player != self._player:
            self._player, self._filled = pointer.player, 0.0
        under = self._drawn_to(self._hand)
        self._from = self._from or self._hand
        if under is None or math.dist(self._from, self._hand) > MOVED:
            self._armed, self._yields = True, False
        if under != self._under:
            self._under, self._filled = under, 0.0
        if under is None or self._yields:
            return None
        if under != self.focus:
            self.focus = under
            world.cue(Cue("hover", pointer.player))
        if self._armed and self._age >= FRESH:
            return self._fill(self._targets[under], world, dt, sure=pointer.sure)
        return None

    def _fill(self, target: Target, world: World, dt: float, *, sure: bool) -> str | None:
        """Fill the ring of `target`; return its key when it is full."""
        if not sure:
            self._unsure += dt
            if self._unsure >= PATIENCE:
                self._filled = 0.0
            return None
        needed = self._needed(target)
        step = math.floor(TICKS * self._filled / needed)
        self._filled, self._unsure = self._filled + dt, 0.0
        if self._filled >= needed - 1e-6:
            if not target.repeats:
                return self._choose(target.key, world)
            self._filled = needed - REPEAT
            world.cue(Cue(target.sound))
            return target.key
        if math.floor(TICKS * self._filled / needed) > step >= 0:
            world.cue(Cue("dwell", step=step))
        return None

    def _needed(self, target: Target) -> float:
        return max(self._usual, target.dwell or 0.0)

    def _choose(self, key: str, world: World) -> str:
        world.cue(Cue(self._targets[key].sound))
        self.focus, self._age = key, 0.0
        self._rest()
        return key

    def _look(self, key: str | None, world: World) -> None:
        """Give the focus to what keys or mouse are at."""
        if key is not None and key != self.focus:
            self.focus = key
            world.cue(Cue("hover"))
        self._rest()
        self._yields = True

    def _at(self, place: Point) -> str | None:
        """Return the target at a place, if it can be chosen."""
        keys = (key for key, target in self._targets.items() if away(target.rect, place) == 0)
        return next((key for key in keys if self._able(key)), None)

    def _drawn_to(self, place: Point) -> str | None:
        """Return the target that has the hand, or draws it in."""
        has = self._targets.get(self._under or "")
        if has and away(grown(has.rect, STICKY), place) == 0:
            return has.key
        # One that cannot be chosen still keeps what comes to it from its neighbours.
        near = min(self._targets.values(), key=lambda target: away(target.rect, place), default=None)
        return near.key if near and near.enabled and away(near.rect, place) <= MAGNET else None

    def _next(self) -> str | None:
        """Return the target after the one in focus, in their order; after the last the first."""
        keys = [key for key in self._targets if self._able(key)]
        at = keys.index(self.focus) + 1 if self.focus in keys else 0
        return keys[at % len(keys)] if keys else None

    def _beside(self, way: tuple[int, int]) -> str | None:
        """Return the target an arrow leads to from the one in focus."""
        if self.focus is None:
            return self._next()
        here = self._targets[self.focus].rect
        others = {
            key: along + 3 * beside(here, target.rect, way)
            for key, target in self._targets.items()
            if target.enabled and (along := ahead(here, target.rect, way)) > 1
        }
        return min(others, key=others.__getitem__, default=None)


def _checked(dwell: float) -> float:
    if not SHORTEST <= dwell <= LONGEST:
        raise ValueError(f"A hand stays {SHORTEST} to {LONGEST} seconds to choose, not {dwell}.")
    return dwell
