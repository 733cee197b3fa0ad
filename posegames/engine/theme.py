"""How everything looks and moves: colours, sizes and curves as data. Scenes name them; they mix none."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from posegames.language import msg, tr

Colour = tuple[int, int, int]

WIDTH, HEIGHT = 1280, 720
"""The logical screen; every length below is in its pixels."""

ARRIVE, LEAVE, BREATH = 0.180, 0.120, 4.0
"""Seconds in which things come and go, and of a breath."""


@dataclass(frozen=True, slots=True)
class Look:
    """What belongs to a slot: never colour alone, always with a shape and a name."""

    colour: Colour
    shape: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """Letter heights in logical pixels, legible at three metres except `small`."""

    score: int = 120
    title: int = 64
    choice: int = 40
    help: int = 28
    small: int = 18
    """Only for the full HUD, which is read from near."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """Distances in logical pixels."""

    near: int = 12
    """Between things of one kind: cards in a row."""
    edge: int = 20
    """Kept free along the screen's edges."""
    part: int = 36
    """Between things of two kinds: a figure and the words about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """How things move: seconds, and the curve they follow."""

    arrive: float = ARRIVE
    leave: float = LEAVE
    breath: float = BREATH
    sharp: int = 3
    """Power of the curve by which things arrive: 1 is steady, 3 is fast at first, then gentle."""

    def ease(self, share: float) -> float:
        """Return the place (0..1) of something that arrives, `share` (0..1) of its time gone."""
        return 1 - (1 - min(1.0, max(0.0, share))) ** self.sharp


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One set of looks.

    What moves asks `slide`, `grow`, `sway` and `shake` where it is: they know whether anything may move at all.
    """

    name: str
    stage: Colour
    boards: Colour
    light: Colour
    text: Colour
    muted: Colour
    good: Colour
    warn: Colour
    bad: Colour
    players: tuple[Look, ...]
    bots: tuple[str, ...]
    """What whoever keeps a slot warm is called: a bot wears a player's colour, but no player's name."""
    figure: str = "paper"
    """How bodies are drawn: a name of `posegames.engine.figures.STYLES`."""
    background: str = "stage"
    """What is behind them: a name of `posegames.engine.backdrops.BACKDROPS`."""
    type: Type = Type()
    space: Space = Space()
    motion: Motion = Motion()
    radius: int = 16
    """Of corners."""
    stroke: int = 6
    limb: float = 18.0
    """Width of a paper figure's limbs at full size."""
    glow: float = 1.0
    """Strength of lights, 0..1."""
    still: bool = False
    """Reduced motion: nothing slides, sways or shakes; things fade."""

    def slide(self, share: float, distance: float) -> float:
        """Return how far from its place something is that began `distance` away, `share` (0..1) of its time gone.

        Its transparency is to follow `motion.ease(share)`: that is all there is of it where nothing slides.
        """
        return 0.0 if self.still else distance * (1 - self.motion.ease(share))

    def grow(self, share: float, start: float = 0.0) -> float:
        """Return the size of something that began at `start` times its own, `share` (0..1) of its time gone."""
        return 1.0 if self.still else start + (1 - start) * self.motion.ease(share)

    def sway(self, now: float, period: float = BREATH) -> float:
        """Return a slow wave between 0 and 1, for places and sizes; half way where nothing may move."""
        return 0.5 if self.still else breathe(now, period)

    def shake(self, now: float) -> float:
        """Return a fast wave between -1 and 1, eleven a second."""
        return 0.0 if self.still else math.sin(70 * now)

    def look(self, number: int, *, bot: bool = False) -> Look:
        """Return the looks of slot `number` (from 1), or of the bot in it; beyond the table it starts again."""
        look = self.players[(number - 1) % len(self.players)]
        return replace(look, name=self.bots[(number - 1) % len(self.bots)]) if bot else look

    def named(self, names: Mapping[int, str]) -> Theme:
        """Return the same looks with `names` by slot (from 1) for those players; others keep their animal's.

        Animals are called as in the language spoken.
        """
        players = (replace(look, name=names.get(i + 1) or tr(look.name)) for i, look in enumerate(self.players))
        return replace(self, players=tuple(players))


# Okabe and Ito's palette, moved until no two are nearer than 20 to any eyes (`engine.palette`); as
# they were, sky blue and green came as near as 10 to those who see no blue.
_PLAYERS = (
    Look((0xE6, 0x9F, 0x00), "circle", msg("Fox")),
    Look((0x5A, 0xA2, 0xDC), "square", msg("Owl")),
    Look((0x35, 0xD9, 0xA8), "triangle", msg("Frog")),
    Look((0xFB, 0xEE, 0x50), "diamond", msg("Bee")),
    Look((0xE8, 0x69, 0x3B), "star", msg("Crab")),
    Look((0xC0, 0x78, 0xA0), "cross", msg("Hare")),
)

THEATRE = Theme(
    name="theatre",
    stage=(0x12, 0x14, 0x1F),
    boards=(0x1C, 0x20, 0x30),
    light=(0xFF, 0xF4, 0xDC),
    text=(0xF5, 0xF1, 0xE8),
    muted=(0x8A, 0x90, 0xA6),
    good=(0x74, 0xD8, 0x98),
    warn=(0xF5, 0xB9, 0x4D),
    bad=(0xEB, 0x62, 0x54),
    players=_PLAYERS,
    bots=("Bolt", "Cog", "Chip", "Nut", "Zap", "Dot"),
)
"""A dark warm stage, and a light that follows whoever moves."""

HIGH_CONTRAST = replace(
    THEATRE,
    name="high-contrast",
    stage=(0, 0, 0),
    boards=(0, 0, 0),
    light=(255, 255, 255),
    text=(255, 255, 255),
    muted=(200, 200, 200),
    stroke=9,
    limb=24.0,
    glow=0.0,
)
"""Black, white, the same six colours, thicker, no lights."""

THEMES = {theme.name: theme for theme in (THEATRE, HIGH_CONTRAST)}


ANIMALS = frozenset(look.name for look in _PLAYERS)
"""What players are called who have chosen no name; as it is kept with their scores."""


def spoken_name(name: str) -> str:
    """Return what somebody is called on the screen whose score is kept under `name`: animals are translated."""
    return tr(name) if name in ANIMALS else name


def find_theme(name: str) -> Theme:
    """Return the theme of that name; the first for one there is none of (a setting of another version)."""
    return THEMES.get(name, THEATRE)


_USUAL = Motion()


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """Return the colour `share` (0..1) of the way from `a` to `b`."""
    t = min(1.0, max(0.0, share))
    return (round(a[0] + (b[0] - a[0]) * t), round(a[1] + (b[1] - a[1]) * t), round(a[2] + (b[2] - a[2]) * t))


def ease_out(share: float) -> float:
    """Return the place (0..1) of something that arrives, `share` (0..1) of its time gone: fast, then gently."""
    return _USUAL.ease(share)


def breathe(now: float, period: float = BREATH) -> float:
    """Return a slow wave between 0 and 1: how idle things show that they live; for brightness, not for places."""
    return 0.5 - 0.5 * math.cos(2 * math.pi * now / period)
