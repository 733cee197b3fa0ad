"""What is done in a folder of results: a small file in it, so that work that was stopped goes on."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from itertools import chain, count
from pathlib import Path
from typing import Any

from posegames.errors import UsageError
from posegames.files import write_whole
from posegames.seeing.sources.endings import PICTURES
from posegames.tools.batch.lock import HeldError, locked

NAME = "posegames-track.json"
SCRATCH = ".posegames-track.parts"
"""A folder in the folder of results: what is not whole yet."""
LOCK = ".posegames-track.lock"
VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What became of a source."""

    name: str
    """Of its results, without ending."""
    options: str
    """With what it was made: see `digest`."""
    source: str
    """The source as it was: see `stamp`."""
    files: Mapping[str, str] = field(default_factory=dict)
    """The results, paths below the folder, and their stamps."""
    figures: Mapping[str, int] = field(default_factory=dict)
    """Frames, players, poses, dropped."""
    note: str = ""
    """What was odd about the source."""


class Journal:
    """The journal of a folder, while it is open."""

    def __init__(self, folder: Path, entries: dict[str, Entry]) -> None:
        self.folder = folder
        self.entries = entries
        self._taken = {_folded(file): key for key, entry in entries.items() for file in entry.files}

    @property
    def scratch(self) -> Path:
        """Where results grow."""
        return self.folder / SCRATCH

    @property
    def results(self) -> set[Path]:
        """All files that were made here, and the scratch."""
        made = {self.folder / name for entry in self.entries.values() for name in entry.files}
        return {Path(os.path.realpath(path)) for path in (*made, self.scratch)}

    def finished(self, key: str, *, options: str, source: str) -> Entry | None:
        """Return the entry of a source whose results are whole, of it as it is now, and made with `options`."""
        entry = self.entries.get(key)
        if entry is None or (entry.options, entry.source) != (options, source) or not entry.files:
            return None
        whole = all(stamp(self.folder / name) == mark for name, mark in entry.files.items())
        return entry if whole else None

    def name(self, key: str, wish: str, endings: Sequence[str], *, avoid: Collection[Path]) -> str:
        """Return a name for the results of a source, and keep it: the one it had, else `wish`, `wish-2`, ...

        No two sources get results of one name (also not where large and small letters are the same), and none
        takes a file of `avoid` (resolved paths).
        """
        had = self.entries[key].name if key in self.entries else wish
        for name in chain((had,), (f"{wish}-{number}" for number in count(2))):
            files = [name + ending for ending in endings]
            ours = all(self._taken.get(_folded(file), key) == key for file in files)
            if ours and not any(Path(os.path.realpath(self.folder / file)) in avoid for file in files):
                self._taken |= {_folded(file): key for file in files}
                return name
        raise AssertionError("there are numbers without end")

    def publish(self, key: str, entry: Entry, parts: Mapping[str, Path]) -> Entry:
        """Give finished `parts` their names (paths below the folder), and write that down. Raises OSError."""
        for name, part in parts.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            part.replace(path)
        files = {name: stamp(self.folder / name) for name in parts}
        self.entries[key] = entry = replace(entry, files=files)
        self._taken |= {_folded(file): key for file in files}
        self.save()
        return entry

    def save(self) -> None:
        """Write what is known. Raises OSError."""
        kept = {key: asdict(entry) for key, entry in self.entries.items()}
        text = json.dumps({"posegames_track": VERSION, "sources": kept}, indent=1, allow_nan=False)
        write_whole(self.folder / NAME, [text.encode(), b"\n"])


@contextmanager
def open_journal(folder: Path) -> Iterator[Journal]:
    """Open the journal of `folder`, which is made if need be; what an earlier run left half done is removed.

    Raises UsageError where another process is at work in it, or it is no folder; OSError.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is no folder.", now="Name a folder for the results; it need not be there.")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with locked(folder / LOCK):
            journal = Journal(folder, _read(folder / NAME))
            shutil.rmtree(journal.scratch, ignore_errors=True)
            try:
                yield journal
            finally:
                shutil.rmtree(journal.scratch, ignore_errors=True)
    except HeldError as error:
        what = f"Another posegames track is at work in {folder}."
        raise UsageError(what, now="Wait for it, or name another folder.") from error


def stamp(path: Path) -> str:
    """Return what changes when a file does, or any picture of a folder; "" for what is not there."""
    try:
        found = path.stat()
        if not path.is_dir():
            return f"{found.st_size} {found.st_mtime_ns}"
        files = sorted(file for file in path.iterdir() if file.suffix.lower() in PICTURES)
        marks = [f"{os.fsencode(file.name).hex()} {stamp(file)}" for file in files]
    except OSError:
        return ""
    return digest(marks)


def digest(value: object) -> str:
    """Return 16 digits that stand for any value JSON can hold."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def _read(path: Path) -> dict[str, Entry]:
    """Return the entries; none where there is no journal, or none that can be read: then all is done again."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        if value["posegames_track"] != VERSION:
            return {}
        return {str(key): _entry(row) for key, row in value["sources"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def _entry(row: Any) -> Entry:
    entry = Entry(**row)
    texts = (entry.name, entry.options, entry.source, entry.note, *entry.files, *entry.files.values())
    if not all(isinstance(text, str) for text in texts) or not all(
        isinstance(n, int) for n in entry.figures.values()
    ):
        raise ValueError("it is no entry")
    if any(Path(name).is_absolute() or ".." in Path(name).parts for name in (entry.name, *entry.files)):
        raise ValueError("it leads out of the folder")
    return entry


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
