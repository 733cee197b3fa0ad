"""What can be set: something on or off, one of several, a number. Each knows its place and what becomes of it.

A number and one of several have a large target at each end, that repeats while a hand stays on it. Tried with
hands that see late and tremble: three steps take 3.1 s and end where they were meant to. A knob that is taken,
carried and let go by staying still took 9 s with a calm hand, and with one that trembles (12 pixels) went wrong
more often than not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from posegames.engine.choosing.chooser import Target
from posegames.engine.view import Rect
from posegames.language import figures

END = 150.0
"""Width of the targets at both ends, in logical pixels."""
LESS, MORE = " less", " more"
"""What the keys of those targets end with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toggle:
    """On or off. All of it is one target."""

    key: str
    rect: Rect
    label: str
    value: bool

    @property
    def targets(self) -> tuple[Target, ...]:
        """What of it can be chosen."""
        return (Target(key=self.key, rect=self.rect, label=self.label),)

    def pushed(self, way: int) -> Toggle:
        """Return it off (-1), on (1), or otherwise than it is (0)."""
        return replace(self, value=way > 0 if way else not self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several, in a circle."""

    key: str
    rect: Rect
    label: str
    names: tuple[str, ...]
    """As they are read."""
    value: int
    """Which one it is, from 0."""

    def __post_init__(self) -> None:
        if not 0 <= self.value < len(self.names):
            raise ValueError(f"{self.key!r} is one of {len(self.names)}, not number {self.value}.")

    @property
    def targets(self) -> tuple[Target, ...]:
        """What of it can be chosen."""
        several = len(self.names) > 1
        return _ends(self.key, self.rect, less=several, more=several, sound="choose")

    def pushed(self, way: int) -> Choice:
        """Return the next one (1), or the one before (-1)."""
        return replace(self, value=(self.value + way) % len(self.names))


def percent(value: float) -> str:
    """Return a share as it is read."""
    return f"{figures(100 * value)} %"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slider:
    """A number from `least` to `most`, in steps."""

    key: str
    rect: Rect
    label: str
    value: float
    least: float = 0.0
    most: float = 1.0
    step: float = 0.1
    words: Callable[[float], str] = percent
    """How it is read."""

    def __post_init__(self) -> None:
        if not (self.least < self.most and 0 < self.step <= self.most - self.least):
            raise ValueError(f"{self.key!r} goes from less to more in steps, not as {self}.")

    @property
    def share(self) -> float:
        """How far along it is, 0..1."""
        return min(1.0, max(0.0, (self.value - self.least) / (self.most - self.least)))

    @property
    def bar(self) -> Rect:
        """Where the mouse takes hold of it."""
        left, top, width, height = self.rect
        return left + END + 30, top + height / 2, width - 2 * END - 60, height / 2

    @property
    def targets(self) -> tuple[Target, ...]:
        """What of it can be chosen."""
        return _ends(self.key, self.rect, less=self.share > 0, more=self.share < 1, sound="tick")

    def pushed(self, way: int) -> Slider:
        """Return it a step farther (1), or back (-1)."""
        return self._at(self.value + way * self.step)

    def pulled(self, x: float) -> Slider:
        """Return it with its knob at `x`, or as near as it goes; logical pixels."""
        left, _, width, _ = self.bar
        return self._at(self.least + (x - left) / width * (self.most - self.least))

    def _at(self, value: float) -> Slider:
        steps = round((value - self.least) / self.step)
        return replace(self, value=min(self.most, max(self.least, round(self.least + steps * self.step, 6))))


Control = Toggle | Choice | Slider


def _ends(key: str, rect: Rect, *, less: bool, more: bool, sound: str) -> tuple[Target, ...]:
    left, top, width, height = rect
    places = ((LESS, left, less), (MORE, left + width - END, more))
    return tuple(
        Target(key=key + part, rect=(x, top, END, height), enabled=able, repeats=True, sound=sound)
        for part, x, able in places
    )
