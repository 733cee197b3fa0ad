"""From the words of a command to the sources they mean, each with the name its results shall have.

A folder gives its pictures, together, as one source; every video and tape in it as one each; and then what its
folders give, all the way down. Hidden files and folders are left alone, as are files of other kinds.
"""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from posegames.errors import UsageError
from posegames.seeing.sources.endings import PICTURES, TAPES, VIDEOS, natural
from posegames.tools.batch.journal import digest

LONGEST = 180
"""Bytes of a name, which may get a number and an ending: systems take 255."""
_NO_NAME = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff<>:"/\\|?*]+')
"""What stands in no file's name on one system or another, or does harm where it is shown."""


@dataclass(frozen=True, slots=True)
class Item:
    """One source."""

    spec: str
    """As `--source` takes it."""
    wish: str
    """The name its results shall have, without ending: a path below the folder of results, with `/`."""

    @property
    def key(self) -> str:
        """What tells it from all others: where it really is."""
        if os.path.lexists(self.spec):
            return os.path.realpath(self.spec)
        # Not an address itself, which may hold a password.
        return f"{self.label} {digest(self.spec)}" if "://" in self.spec else self.spec

    @property
    def label(self) -> str:
        """How it is shown."""
        return shown(_stem(self.spec) if "://" in self.spec else self.spec)

    @property
    def live(self) -> bool:
        """Whether it goes on whether somebody looks or not."""
        return _is_remote(self.spec) and not self.spec.startswith("stage")


@dataclass(frozen=True, slots=True)
class Passed:
    """What was found and is no source."""

    path: Path
    why: str
    bad: bool = True
    """Whether it looks as if it should have been one."""


def find(words: Sequence[str], *, leave: Collection[Path] = ()) -> Iterator[Item | Passed]:
    """Yield what `words` mean, in natural order, nothing twice; `leave` are paths (resolved) to stay away from.

    A word that is no file here may be a pattern (`*`, `?`, `[a-z]`, `**`), for shells that leave that to us.
    Raises UsageError for a pattern that nothing fits.
    """
    seen = set[str]()
    for word in words:
        for found in _meant(word, set(leave)):
            key = str(found.path) if isinstance(found, Passed) else found.key
            if key not in seen:
                seen.add(key)
                yield found


def _meant(word: str, leave: set[Path]) -> Iterator[Item | Passed]:
    path = Path(word)
    if _is_dir(path):
        yield from _folder(path, PurePosixPath(), leave)
    elif os.path.lexists(word) or not glob.has_magic(word) or _is_remote(word):
        yield Item(word, plain(_stem(word)))
    else:
        fitting = sorted(glob.glob(word, recursive=True), key=natural)  # noqa: PTH207 - Path.glob takes no whole pattern
        if not fitting:
            raise UsageError(f"No file fits {word!r}.", now="Check the pattern, or name a folder.")
        for name in fitting:
            yield from _meant(name, leave)


def _is_remote(word: str) -> bool:
    """Whether it is a stage, a camera or an address: no file, and no pattern though it may hold `?`."""
    return bool(re.match(r"(stage|camera)(:|\?|$)|[a-z]+://", word)) and not os.path.lexists(word)


def _stem(word: str) -> str:
    if "://" in word:
        parts = urlsplit(word)  # without user, password and query
        return f"{(parts.hostname or 'stream')}{parts.path.rstrip('/')}"
    if _is_remote(word):
        return word
    name = Path(os.path.abspath(word)).name  # noqa: PTH100 - resolve() would follow links to other names
    tape = next((ending for ending in TAPES if name.endswith(ending)), None)
    return name.removesuffix(tape) if tape else Path(name).stem


def _folder(
    folder: Path, below: PurePosixPath, leave: set[Path], above: tuple[Path, ...] = ()
) -> Iterator[Item | Passed]:
    """Yield what a folder holds; `below` are the folders on the way to it, `above` the same as they really are."""
    real = _real(folder)
    if any(one.is_relative_to(real) for one in above):  # a link to the whole disk as well
        yield Passed(folder, "it is a link to a folder it lies in", bad=False)
        return
    if real in leave:
        return
    leave.add(real)  # two ways may lead to it, and two again to what is in it
    try:
        paths = sorted((p for p in folder.iterdir() if p.name[0] != "."), key=lambda path: natural(path.name))
    except OSError as error:
        yield Passed(folder, f"it cannot be listed: {error.strerror}")
        return
    kinds = [_is_dir(path) for path in paths]
    folders = [path for path, is_dir in zip(paths, kinds, strict=True) if is_dir]
    files = [path for path, is_dir in zip(paths, kinds, strict=True) if not is_dir and _real(path) not in leave]
    own = plain(Path(os.path.abspath(folder)).name)  # noqa: PTH100
    if any(path.suffix.lower() in PICTURES and _is_file(path) for path in files):
        yield Item(f"{folder}{os.sep}", str(below) if above else own)
    for path in files:
        yield from _file(path, below)
    for path in folders:
        yield from _folder(path, below / plain(path.name), leave, (*above, real))
    if not paths:
        yield Passed(folder, "it is a folder, and empty", bad=folder.suffix.lower() in VIDEOS | PICTURES)


def _file(path: Path, below: PurePosixPath) -> Iterator[Item | Passed]:
    kind = path.suffix.lower()
    if not (kind in VIDEOS | PICTURES or path.name.endswith(TAPES)):
        yield Passed(path, "it is no picture, video or tape by its name", bad=False)
    elif not _is_file(path):
        yield Passed(path, "it is a link that leads nowhere" if path.is_symlink() else "it is no regular file")
    elif kind not in PICTURES:
        # With a folder before it, even if that is `.`: a file here may be called stage:dance.
        yield Item(f"{path.parent}{os.sep}{path.name}", str(below / plain(_stem(str(path)))))


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))  # Path.resolve() refuses links in a circle


def _is_dir(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def plain(name: str) -> str:
    """Return `name` such that it does no harm as the name of a file, on any system; an empty one gets a name."""
    short = _NO_NAME.sub("_", name).strip(" .-_").encode()[:LONGEST].decode(errors="ignore")
    return short.rstrip(" .") or "source"


def shown(name: object) -> str:
    """Return a name such that it can be shown: on one line, without what a terminal would obey."""
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in str(name)
    )
