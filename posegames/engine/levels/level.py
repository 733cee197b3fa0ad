"""What a level is, once it is read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from posegames.errors import LevelError
from posegames.language import tr
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
    hides: Home | None = None
    """Where the level of the same name lives whose place it takes, if there is one."""

    def told(self, text: str) -> str:
        """Return a text of it as it is shown: translated if it ships with posegames, else as its author has it."""
        return tr(text) if self.home == "shipped" else text


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a level file."""

    where: str
    """As in the file: `pose 3, left_arm`; empty for the whole file."""
    what: str
    """What is wrong, with the value that is there and what may be there."""

    def __str__(self) -> str:
        """Return both in a line."""
        return f"{self.where}: {self.what}" if self.where else self.what


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A level file that cannot be played; it is shown with what is wrong, and stops nothing."""

    scene: str
    """Empty where the file does not tell."""
    name: str
    path: Path
    faults: tuple[Fault, ...]
    home: Home = "yours"
    hides: Home | None = None
    """As in `Level`."""

    def listed(self) -> str:
        """Return all that is wrong, a line each."""
        return "\n".join(f"  {fault}" for fault in self.faults)

    def error(self) -> LevelError:
        """Return the error that lists all that is wrong."""
        return LevelError(
            f"The level {self.name!r} cannot be played.",
            f"In {shown_path(self.path)}:\n{self.listed()}\n",
            "Mend that, and look again with 'posegames levels check'.",
        )


def shown_path(path: Path) -> str:
    """Return `path` fit for a terminal, whatever a file's name is made of."""
    return "".join(letter if letter.isprintable() else "?" for letter in str(path))
