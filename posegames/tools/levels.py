"""What `posegames levels` does: new files from a template, levels in words, the user's own shelf."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from posegames.engine.levels.level import Broken, Level, shown_path
from posegames.engine.levels.reading import SUFFIX, UnreadableError, load, name_of, parse
from posegames.engine.levels.shelf import Shelf, own_folder
from posegames.engine.levels.template import template
from posegames.errors import LevelError, UsageError, did_you_mean
from posegames.files import replacing


def create(path: Path, scene: str, title: str | None = None) -> None:
    """Write a new level of `scene` to `path`, that plays at once; its title is taken from the name if not given.

    Raises UsageError if something is there already, or the name or the title is none for a level; OSError.
    """
    _check_name(path)
    if title is None:
        title = name_of(path).replace("_", " ").replace("-", " ").strip()[:32].capitalize() or "My level"
    text = template(scene, title).encode()
    made = parse(text, path)
    if isinstance(made, Broken):
        raise UsageError("That is no title for a level:", "; ".join(map(str, made.faults)) + ".")
    try:
        with path.open("xb") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{shown_path(path)} is there already.", now="Choose another name.") from None
    except FileNotFoundError:
        raise UsageError(f"There is no folder {shown_path(path.parent)}.", now="Make it first.") from None


def add(paths: Sequence[Path], *, force: bool = False) -> list[Level]:
    """Copy level files to the user's own shelf: all of them, or none; return them as they are there.

    `force` puts them in the place of levels of the same name. Raises LevelError with every fault, UsageError for
    what is there already, and OSError.
    """
    checked = [_checked(path) for path in paths]
    if broken := [level for level, _ in checked if isinstance(level, Broken)]:
        faults = "".join(f"In {shown_path(one.path)}:\n{one.listed()}\n" for one in broken)
        raise LevelError("Nothing was added.", faults, "Mend that first.")
    mine = {(level.scene, level.name): level.path for level in Shelf().all() if level.home == "yours"}
    targets: dict[Path, tuple[Level, bytes]] = {}
    for level, data in checked:
        assert isinstance(level, Level)
        assert level.path is not None
        there = mine.get((level.scene, level.name))
        if there is not None and not force:
            raise UsageError(
                f"You have a level {level.name!r} already.",
                f"It is {shown_path(there)}.",
                "Use --force to replace it, or another file name.",
            )
        target = there or own_folder() / level.scene / level.path.name
        if target in targets:
            raise UsageError(f"Two of these files make a level {level.name!r}.", now="Rename one of them.")
        targets[target] = level, data
    with ExitStack() as whole:
        for target, (_, data) in targets.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            whole.enter_context(replacing(target)).write_bytes(data)
    return [level for level in Shelf().all() if level.path in targets and isinstance(level, Level)]


def own(name: str, scene: str | None = None) -> Level | Broken:
    """Return the user's own level called `name`. Raises UsageError if there is none, or one in several scenes."""
    levels = [level for level in Shelf().all() if scene is None or level.scene == scene]
    mine = [level for level in levels if level.home == "yours"]
    found = [level for level in mine if level.name == name]
    if len(found) > 1:
        scenes = " and ".join(level.scene for level in found)
        raise UsageError(f"There is a level {name!r} of {scenes}.", now="Say which by --scene.")
    if found:
        return found[0]
    if any(level.name == name for level in levels):
        raise UsageError(f"{name!r} comes with posegames, and stays.", "Only your own levels can be removed.")
    now = did_you_mean(name[:60], [level.name for level in mine]) if mine else "You have none of your own."
    raise UsageError(f"You have no level called {name[:60]!r}.", now=now)


def _check_name(path: Path) -> None:
    if path.suffix != SUFFIX or path.name.startswith("."):
        raise UsageError(
            f"{shown_path(path)} is no name for a level.",
            now=f"Take letters and figures, and {SUFFIX!r} at the end.",
        )


def _checked(path: Path) -> tuple[Level | Broken, bytes]:
    _check_name(path)
    if not path.exists():
        raise UsageError(f"There is no level file {shown_path(path)}.", now="Check how it is spelt.")
    try:
        data = load(path)
    except UnreadableError as error:
        raise LevelError("Nothing was added.", f"{shown_path(path)} {error}.") from error
    return parse(data, path), data
