"""The shelf: which levels there are, from every folder that holds some."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from posegames.engine.levels.level import Broken, Home, Level, shown_path
from posegames.errors import LevelError, UsageError, did_you_mean
from posegames.language import tr
from posegames.resources import own_dir, shipped

SCENES = ("match", "tag")
"""The scenes that play levels; each has a folder of this name."""

_Stamp = tuple[int, ...]


def own_folder() -> Path:
    """Return the folder of the user's own levels (not created here); in it lies one for each scene."""
    return own_dir() / "levels"


class Shelf:
    """The levels of every scene, read when asked for: a file just saved is played as it is now."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` (of `--levels`) comes on top of the shipped levels and of the user's own.

        It holds level files, or folders of them named like their scenes. Raises UsageError if it is not there.
        """
        if folder is not None and not folder.is_dir():
            raise UsageError(
                f"There is no folder {shown_path(folder)} to take levels from.", now="Check how it is spelt."
            )
        self._folder = folder
        self._read: dict[Path, tuple[_Stamp, Level | Broken]] = {}

    def all(self) -> tuple[Level | Broken, ...]:
        """Return every level, scene by scene, in the order of the list; those with a fault among them.

        Of two with the same scene and name, the later takes the place of the earlier: the user's own before what
        is shipped, those of `--levels` before both.
        """
        found: dict[tuple[str, str], Level | Broken] = {}
        for path, home, scene in self._files():
            if level := self._level(path, home, scene):
                key = (level.scene, level.name)
                earlier = found.get(key)
                found[key] = replace(level, hides=earlier.home) if earlier else level
        order = {scene: place for place, scene in enumerate(SCENES)}
        return tuple(sorted(found.values(), key=lambda level: order.get(level.scene, len(order))))

    def of(self, scene: str) -> tuple[Level | Broken, ...]:
        """Return the levels of `scene` in the order of the list; those with a fault among them.

        A broken file that does not tell its scene is shown in every scene's list.
        """
        return tuple(level for level in self.all() if level.scene in (scene, ""))

    def first(self, scene: str) -> Level:
        """Return the level a scene begins with. Raises LevelError if it has none that can be played."""
        for level in self.of(scene):
            if isinstance(level, Level):
                return level
        raise LevelError(
            tr("There is no level of {scene!r} that can be played.").format(scene=scene),
            now=tr("Run 'posegames levels check', or install posegames again."),
        )

    def after(self, level: Level) -> Level | None:
        """Return the level that comes after `level` in the list, passing over broken ones; None after the last."""
        after = False
        for other in self.of(level.scene):
            if after and isinstance(other, Level):
                return other
            after = after or other.name == level.name
        return None

    def find(self, scene: str, name: str) -> Level:
        """Return the level called `name`, or the one in the file of that path.

        Raises UsageError for no such level (nearest spelling), LevelError for a broken one or another scene's.
        """
        level = self.look_up(name, scene)
        if isinstance(level, Broken):
            raise level.error()
        if level.scene != scene:
            raise LevelError(
                f"{level.name!r} is a level of {level.scene!r}, not of {scene!r}.",
                now=f"Run 'posegames play {level.scene} --level {name}'.",
            )
        return level

    def look_up(self, name: str, scene: str | None = None) -> Level | Broken:
        """Return the level called `name`, of `scene` if one has it there; or the one in the file of that path.

        Raises UsageError for no such level (nearest spelling).
        """
        if name.endswith(".toml") or os.sep in name or "/" in name:
            return self._in_file(Path(name))
        levels = self.all()
        named = [level for level in levels if level.name == name]
        if named:
            return next((level for level in named if level.scene == scene), named[0])
        names = [level.name for level in levels if scene is None or level.scene in (scene, "")]
        of = "" if scene is None else f" of {scene!r}"
        raise UsageError(f"There is no level{of} called {name[:60]!r}.", now=did_you_mean(name[:60], names))

    def _in_file(self, path: Path) -> Level | Broken:
        from posegames.engine.levels.reading import read

        if not os.path.lexists(path):
            raise UsageError(f"There is no level file {shown_path(path)}.", now="Check how it is spelt.")
        return read(path, "folder")

    def _files(self) -> Iterator[tuple[Path, Home, str]]:
        """Yield the files that may hold a level, with their home and the scene their folder is named after."""
        homes: list[tuple[Path, Home]] = [(shipped("levels"), "shipped"), (own_folder(), "yours")]
        if self._folder is not None:
            homes.append((self._folder, "folder"))
        for folder, home in homes:
            for scene in ("", *SCENES) if home == "folder" else SCENES:
                yield from ((path, home, scene) for path in _level_files(folder / scene))

    def _level(self, path: Path, home: Home, scene: str) -> Level | Broken | None:
        """Return what is in `path`, read again only if it has changed; None if it has gone meanwhile."""
        from posegames.engine.levels.reading import read

        try:
            about = path.stat()
        except OSError:
            return None
        stamp = (about.st_ino, about.st_size, about.st_mtime_ns)
        known = self._read.get(path)
        if known is None or known[0] != stamp:
            known = self._read[path] = (stamp, read(path, home, scene))
        return known[1]


def _level_files(folder: Path) -> list[Path]:
    """Return the level files in `folder`, sorted by name: what is hidden, no file or gone is passed over."""
    try:
        paths = sorted(folder.iterdir())
    except OSError:
        return []
    return [path for path in paths if path.suffix == ".toml" and path.name[0] != "." and path.is_file()]
