"""What a level is, once it is read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from posegames.rules.arena import Arena
from posegames.rules.piece import Piece

Home = Literal["shipped", "yours", "folder"]
"""Where a level lives: with posegames, in the user's data folder, in the folder `--levels` names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level that can be played."""

    scene: str
    """The scene that plays it."""
    name: str
    """As `--level` takes it: the file's name without ending."""
    title: str
    content: Piece | Arena
    about: str = ""
    """A line about it."""
    path: Path | None = None
    home: Home = "shipped"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a level file."""

    where: str
    """As in the file: `pose 3, left_arm`; empty for the whole file."""
    what: str
    """What is wrong, with the value that is there and what may be there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A level file that cannot be played; it is shown with what is wrong, and stops nothing."""

    scene: str
    name: str
    path: Path
    faults: tuple[Fault, ...]
    home: Home = "yours"
