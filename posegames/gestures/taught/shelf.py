"""The shelf of taught gestures: a folder of the user's own, one file each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from posegames.errors import GestureError, UsageError, did_you_mean
from posegames.files import write_whole
from posegames.gestures.taught.gesture import SUFFIX, Taught, check_name, read
from posegames.gestures.taught.live import TaughtRow
from posegames.resources import own_dir

MOST = 40
"""Gestures that are loaded; more would cost too much whenever somebody moves."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A file of the shelf that cannot be used."""

    name: str
    error: GestureError


class GestureShelf:
    """The user's own gestures, read when asked for."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` stands for the user's own, which need not be there."""
        self._folder = own_dir() / "gestures" if folder is None else folder

    def path(self, name: str) -> Path:
        """Return the file a gesture is kept in. Raises UsageError for what is no name."""
        check_name(name)
        return self._folder / f"{name}{SUFFIX}"

    def all(self) -> tuple[Taught | Broken, ...]:
        """Return what is there, by name; broken files among them. Nothing is raised: no file stops a game."""
        found: list[Taught | Broken] = []
        for path in self._files():
            name = path.name.removesuffix(SUFFIX)
            try:
                taught = read(path)
            except GestureError as error:
                found.append(Broken(name, error))
                continue
            if taught.name != name:
                why = f"The file says its name is {taught.name!r}."
                found.append(Broken(name, GestureError(f"The gesture in {path.name!r} cannot be used.", why)))
                continue
            found.append(taught)
        return tuple(found)

    def taught(self) -> tuple[Taught, ...]:
        """Return the gestures that can be used, by name."""
        return tuple(taught for taught in self.all() if isinstance(taught, Taught))[:MOST]

    def rows(self, tell: Callable[[str], None] = lambda _line: None) -> tuple[TaughtRow, ...]:
        """Return a row for each gesture that can be used; `tell` hears of each that cannot.

        To be put after others: `Recogniser((*GESTURES, *shelf.rows()))`.
        """
        found = self.all()
        for one in found:
            if isinstance(one, Broken):
                tell(str(one.error))
        usable = [one for one in found if isinstance(one, Taught)]
        for one in usable[MOST:]:
            tell(f"The gesture {one.name!r} is not used: {MOST} are the most there can be.")
        return tuple(TaughtRow.of(one) for one in usable[:MOST])

    def find(self, name: str) -> Taught:
        """Return the gesture called `name`. Raises UsageError if there is none, GestureError if it is broken."""
        return read(self.there(name))

    def add(self, taught: Taught, *, replace: bool = False) -> Path:
        """Keep a gesture, and return its file. Raises UsageError if there is one of that name, and OSError."""
        path = self.path(taught.name)
        if path.exists() and not replace:
            raise UsageError(
                f"You have a gesture {taught.name!r} already.", now="Use --force to replace it, or another name."
            )
        write_whole(path, [taught.to_bytes()])
        return path

    def remove(self, name: str) -> None:
        """Remove the gesture called `name`, broken or not. Raises UsageError if there is none, and OSError."""
        self.there(name).unlink()

    def export(self, name: str, file: Path) -> None:
        """Write the gesture called `name` to `file`, to be imported. Raises as `find` does, and OSError."""
        write_whole(file, [self.find(name).to_bytes()])

    def bring(self, file: Path, *, replace: bool = False) -> Taught:
        """Import what `export` wrote. Raises GestureError for anything else, and as `add` does."""
        taught = read(file)
        self.add(taught, replace=replace)
        return taught

    def there(self, name: str) -> Path:
        """Return the file of a gesture of that name, broken or not. Raises UsageError if there is none."""
        names = [path.name.removesuffix(SUFFIX) for path in self._files()]
        if name not in names:
            now = (
                did_you_mean(name[:60], names) if names else "You have taught none yet: posegames gestures teach."
            )
            raise UsageError(f"You have no gesture called {name[:60]!r}.", now=now)
        return self._folder / f"{name}{SUFFIX}"

    def _files(self) -> list[Path]:
        try:
            paths = sorted(self._folder.iterdir())
        except OSError:
            return []
        return [path for path in paths if path.suffix == SUFFIX and path.name[0] != "." and path.is_file()]
