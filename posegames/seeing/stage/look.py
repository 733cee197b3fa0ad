"""What the actors look like: one row an actor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Colour = tuple[int, int, int]
"""Red, green, blue, 0..255; pictures hold them the other way round (see `brush`)."""

Hair = Literal["short", "bob", "bun", "curls", "tail", "crop"]
Emblem = Literal["circle", "square", "triangle", "diamond", "star", "cross"]


@dataclass(frozen=True, slots=True)
class Look:
    """Colours and clothes of an actor."""

    shirt: Colour
    """The colour of the player's slot."""
    emblem: Emblem
    """The shape of the player's slot, on the chest."""
    skin: Colour
    hair_colour: Colour
    hair: Hair
    trousers: Colour
    shoes: Colour
    sleeves: float
    """How far down the arm they reach, 0..2: 1 is the elbow, 2 the wrist."""
    legs: float
    """The same for the trousers: 1 is the knee, 2 the ankle."""
    glasses: bool = False
    beard: bool = False
    band: bool = False
    """A ribbon round the head, in the colour of the shirt."""


LOOKS: tuple[Look, ...] = (
    Look((0xE6, 0x9F, 0x00), "circle", (0xF0, 0xC3, 0xA2), (0x5A, 0x36, 0x22), "short", (0x2F, 0x4A, 0x78),
         (0xD8, 0x4C, 0x3E), 0.62, 2.0),
    Look((0x56, 0xB4, 0xE9), "square", (0xA8, 0x6C, 0x48), (0x22, 0x18, 0x18), "bun", (0x3B, 0x3A, 0x4E),
         (0xF0, 0xE6, 0xD2), 1.95, 2.0),
    Look((0x2F, 0xBF, 0x8F), "triangle", (0xE3, 0xAC, 0x84), (0x2C, 0x24, 0x22), "crop", (0x6B, 0x53, 0x3F),
         (0x2E, 0x34, 0x42), 0.66, 1.05, beard=True),
    Look((0xF0, 0xE4, 0x42), "diamond", (0x74, 0x47, 0x30), (0x1C, 0x15, 0x14), "curls", (0x35, 0x58, 0x5E),
         (0xE8, 0x69, 0x3B), 0.58, 2.0),
    Look((0xE8, 0x69, 0x3B), "star", (0xF6, 0xD3, 0xB8), (0xB5, 0x5A, 0x28), "tail", (0x3D, 0x46, 0x5C),
         (0xF4, 0xF1, 0xE6), 0.60, 1.0, band=True),
    Look((0xCC, 0x79, 0xA7), "cross", (0xC9, 0x91, 0x67), (0x8A, 0x88, 0x90), "bob", (0x4A, 0x3A, 0x5C),
         (0x3A, 0x8F, 0x8A), 1.9, 2.0, glasses=True),
)  # fmt: skip
"""Of actor 1, 2, ..."""
