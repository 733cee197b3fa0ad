"""The shelf: which levels there are, from every folder that holds some."""

from __future__ import annotations

from pathlib import Path

from posegames.engine.levels.level import Broken, Level


class Shelf:
    """The levels of every scene, read when asked for: a file just saved is played as it is now."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` (of `--levels`) comes on top of the shipped levels and of the user's own."""
        self._folder = folder

    def of(self, scene: str) -> tuple[Level | Broken, ...]:
        """Return the levels of `scene` in the order of the list; those with a fault among them."""
        raise NotImplementedError

    def first(self, scene: str) -> Level:
        """Return the level a scene begins with."""
        raise NotImplementedError

    def after(self, level: Level) -> Level | None:
        """Return the level that comes after `level` in the list, passing over broken ones; None after the last."""
        raise NotImplementedError

    def find(self, scene: str, name: str) -> Level:
        """Return the level called `name`, or the one in the file of that path.

        Raises UsageError for no such level (nearest spelling), LevelError for a broken one or another scene's.
        """
        raise NotImplementedError
