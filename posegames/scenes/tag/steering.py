"""How bodies and keys steer the avatars of `tag`: a joystick each, made of lean, step and advance."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from posegames.engine.scene import World
from posegames.events import Event, Gesture, KeyPressed, KeyReleased, PlayerJoined, PlayerLeft
from posegames.rules.avatars import Steer

LEANING = 1.3
"""How much a lean counts beside a step: a small lean shall do."""
ADVANCING = 1.3
"""How much a step towards the screen counts: it is the shortest there is."""
NOTED = 0.7
"""Seconds a jump is shown after it was recognised."""

KEYS = {"left": (-1.0, 0.0), "right": (1.0, 0.0), "up": (0.0, -1.0), "down": (0.0, 1.0)}
"""Where the arrow keys run to."""
DASH_KEY, HIDE_KEYS = "space", frozenset({"s", "left shift", "right shift"})
FIRST = 1
"""Who is steered by keys where nobody stands before the camera."""


def _clamped(value: float) -> float:
    return max(-1.0, min(1.0, value))


@dataclass(slots=True)
class Stick:
    """What one body does."""

    lean: float = 0.0
    step: float = 0.0
    advance: float = 0.0
    duck: bool = False
    jumped: float = NOTED
    """Seconds since the last jump, as far as it is shown."""

    @property
    def steer(self) -> Steer:
        """The joystick it is. A player's own right is the right of the mirrored screen, and nearer is up."""
        return Steer(_clamped(self.step + LEANING * self.lean), _clamped(-ADVANCING * self.advance), self.duck)


@dataclass(slots=True)
class Steering:
    """Listens to bodies and keys."""

    sticks: dict[int, Stick] = field(default_factory=dict)
    """Of everybody who plays, by number."""
    away: frozenset[int] = frozenset()
    """Who plays and is not seen now."""
    _bodies: set[int] = field(default_factory=set)
    _held: set[str] = field(default_factory=set)
    _keyed: int | None = None
    """Whom the keys steer."""
    _dashes: set[int] = field(default_factory=set)

    def handle(self, event: Event) -> None:
        """Take what a body or a key did."""
        match event:
            case PlayerJoined(player=number):
                self._bodies.add(number)
                self.sticks.setdefault(number, Stick())
            case PlayerLeft(player=number):
                self._bodies.discard(number)
                if number != self._keyed:
                    self.sticks.pop(number, None)
            case Gesture(player=number) if number in self.sticks:
                self._gesture(self.sticks[number], event)
            case KeyPressed(key):
                self._press(key)
            case KeyReleased(key):
                self._held.discard(key)

    def update(self, world: World, dt: float) -> None:
        """See who is there, also of those who came before this game began."""
        here = {player.number: player for player in world.players}
        for number in here:
            self._bodies.add(number)
            self.sticks.setdefault(number, Stick())
        hidden = {number for number in self._bodies if number not in here or here[number].hidden}
        self.away = frozenset(hidden - ({self._keyed} if self._keyed else set()))
        for stick in self.sticks.values():
            stick.jumped = min(NOTED, stick.jumped + dt)

    def release(self) -> None:
        """Forget which keys are down: while another screen is on, nobody tells when they come up."""
        self._held.clear()
        self._dashes.clear()

    def steers(self) -> dict[int, Steer]:
        """Return everybody's joystick."""
        steers = {number: stick.steer for number, stick in self.sticks.items()}
        arrows = [KEYS[key] for key in self._held if key in KEYS]
        if self._keyed is not None and (arrows or self._held & HIDE_KEYS):
            x, y = sum(x for x, _ in arrows), sum(y for _, y in arrows)
            steers[self._keyed] = Steer(x, y, bool(self._held & HIDE_KEYS))
        return steers

    def dashes(self) -> frozenset[int]:
        """Return who has asked for a dash since the last call."""
        asked, self._dashes = frozenset(self._dashes), set()
        return asked

    def _gesture(self, stick: Stick, event: Gesture) -> None:
        match event.gesture, event.phase:
            case ("lean" | "step" | "advance") as name, "value" if math.isfinite(event.value):
                setattr(stick, name, event.value)
            case "duck", "on" | "off":
                stick.duck = event.phase == "on"
            case "jump", "pulse":
                stick.jumped = 0.0
                self._dashes.add(event.player)

    def _press(self, key: str) -> None:
        if key not in KEYS and key != DASH_KEY and key not in HIDE_KEYS:
            return
        if self._keyed is None or self._keyed not in self.sticks:
            if key not in KEYS:
                return
            self._keyed = min(self._bodies, default=FIRST)
            self.sticks.setdefault(self._keyed, Stick())
        self._held.add(key)
        if key == DASH_KEY:
            self._dashes.add(self._keyed)
            self.sticks[self._keyed].jumped = 0.0
