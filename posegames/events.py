"""Everything that can happen, as small frozen records; each says who sends it and when.

Times are monotonic seconds of the run's clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Phase = Literal["pulse", "on", "off", "value"]
"""How a gesture reaches a game: once (pulse), held (on, off), or as a number (value)."""
BodySide = Literal["", "left", "right"]
"""A player's own; none where both work together."""


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """The window sends it when a key goes down. `key` is the lower-case name: 'h', 'escape', 'return', 'left'."""

    key: str


@dataclass(frozen=True, slots=True)
class KeyReleased:
    """The window sends it when a key comes up again: for what lasts as long as a key is held."""

    key: str


@dataclass(frozen=True, slots=True)
class PointerMoved:
    """The window sends it when the mouse moves. `x`, `y` in the window's logical pixels (1280x720)."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class PointerPressed:
    """The window sends it when a mouse button goes down. `x`, `y` in logical pixels."""

    x: float
    y: float
    button: int = 1


@dataclass(frozen=True, slots=True)
class PointerReleased:
    """The window sends it when a mouse button comes up again. `x`, `y` in logical pixels."""

    x: float
    y: float
    button: int = 1


@dataclass(frozen=True, slots=True)
class WindowClosed:
    """The window sends it when it is closed, and on SIGTERM."""


@dataclass(frozen=True, slots=True)
class FocusChanged:
    """The window sends it when it loses or regains the keyboard."""

    focused: bool


@dataclass(frozen=True, slots=True)
class PlayerJoined:
    """The recogniser sends it when somebody takes a slot; `player` is the slot number, from 1."""

    t: float
    player: int


@dataclass(frozen=True, slots=True)
class PlayerLeft:
    """The recogniser sends it when a slot is freed, seconds after its player was last seen."""

    t: float
    player: int


@dataclass(frozen=True, slots=True)
class Gesture:
    """The recogniser sends it when a player's motion crosses a row of the gesture table.

    `t` is the capture time of the picture that decided it.
    """

    t: float
    player: int
    gesture: str
    phase: Phase
    value: float = 1.0


@dataclass(frozen=True, slots=True)
class Repetition:
    """A coach sends it when a repetition of an exercise is over: one that counts, or one that was not enough."""

    t: float
    player: int
    exercise: str
    """The gesture that is repeated: 'squat', 'jumping_jack'."""
    number: int
    """How many have counted so far, this one included if it does."""
    counts: bool
    depth: float
    """How far it went: 1 is the whole way, as the exercise is meant (a squat: thighs level); less may count."""
    symmetry: float
    """How alike both sides were, 0 to 1."""
    faults: tuple[str, ...] = ()
    """What was not right about it: 'knees in', 'not deep enough', 'arms not up'."""
    seconds: float = 0.0
    """How long it took."""
    side: BodySide = ""
    """Which side worked, in exercises done with one."""


WindowEvent = (
    KeyPressed | KeyReleased | PointerMoved | PointerPressed | PointerReleased | WindowClosed | FocusChanged
)
BodyEvent = PlayerJoined | PlayerLeft | Gesture | Repetition
Event = WindowEvent | BodyEvent
