"""A taught gesture, and the file it is kept in: one JSON object, read as if a stranger had written it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from posegames.errors import GestureError, PosegamesError, UsageError
from posegames.gestures.table import GESTURES
from posegames.gestures.taught.movedata import move_data, move_from
from posegames.gestures.taught.moves import MoveModel
from posegames.gestures.taught.poses import PoseModel

Kind = Literal["pose", "move"]
SUFFIX = ".json"
VERSION = 1
"""Of the file."""
MOST_BYTES = 8_000_000
"""A larger file is no gesture."""
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
TAKEN = frozenset({"player_joined", "player_left"})
"""Names that events have besides those of gestures."""


@dataclass(frozen=True, slots=True, eq=False)
class Taught:
    """A gesture somebody taught."""

    name: str
    model: MoveModel | PoseModel
    made: str = ""
    """When, as ISO 8601."""
    report: Mapping[str, Any] = field(default_factory=dict)
    """How well it went: see `teaching.Report`; plain data."""

    @property
    def kind(self) -> Kind:
        """Whether it is held or done."""
        return "move" if isinstance(self.model, MoveModel) else "pose"

    @property
    def blurb(self) -> str:
        """A few words for players."""
        return f"a {self.kind} of your own"

    def to_bytes(self) -> bytes:
        """Return the file."""
        model = move_data(self.model) if isinstance(self.model, MoveModel) else self.model.to_data()
        head = {
            "posegames": "gesture",
            "version": VERSION,
            "name": self.name,
            "kind": self.kind,
            "made": self.made,
        }
        return json.dumps({**head, "report": dict(self.report), "model": model}, allow_nan=False).encode()


def check_name(name: str) -> None:
    """Raise UsageError for what no taught gesture can be called."""
    if not NAME.fullmatch(name):
        raise UsageError(
            f"{name[:60]!r} is no name for a gesture.",
            "Names are small letters, figures and underscores, at most 40 of them, and begin with a letter.",
            "Try something like my_move.",
        )
    if name in TAKEN or any(row.name == name for row in GESTURES):
        raise UsageError(
            f"There is a gesture {name!r} already.", "It comes with posegames.", "Choose another name: my_" + name
        )


def read(path: Path) -> Taught:
    """Return the gesture in a file. Raises GestureError if there is none that can be used."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise _broken(path, f"The system says: {why}.") from error
    try:
        return _parsed(content)
    except _NewerError as error:
        raise _broken(path, _sentence(error), "Install a newer posegames.") from error
    except ValueError as error:
        raise _broken(path, _sentence(error)) from error
    except PosegamesError as error:  # a name that is taken, a library that is not there
        raise _broken(path, f"{error.what} {error.why}".strip(), error.now) from error


class _NewerError(ValueError):
    """The file is of a version that comes later than this program."""


def _parsed(content: bytes) -> Taught:
    if len(content) > MOST_BYTES:
        raise ValueError(f"it has more than {MOST_BYTES:,} bytes")
    try:
        data = json.loads(content.decode("utf-8"), parse_constant=_refuse)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise ValueError("it is not JSON, or only a part of it") from error
    match data:
        case {"posegames": "gesture", "version": int(version)} if version > VERSION:
            raise _NewerError(f"it was made by a newer posegames (version {version}, and {VERSION} is known here)")
        case {"posegames": "gesture", "version": 1, "name": str(name), "kind": str(kind), "model": model}:
            pass
        case _:
            raise ValueError("it is no gesture of posegames")
    check_name(name)
    readers: dict[str, Any] = {"move": move_from, "pose": PoseModel.from_data}
    if kind not in readers:
        raise ValueError(f"there is no kind {kind[:20]!r}")
    made, report = data.get("made", ""), data.get("report", {})
    taught = Taught(
        name,
        readers[kind](model),
        made[:40] if isinstance(made, str) else "",
        report if isinstance(report, dict) else {},
    )
    if isinstance(taught.model, PoseModel) and taught.model.labels != (name,):
        raise ValueError("its model is of something else")
    return taught


def _refuse(word: str) -> float:
    raise ValueError(f"{word} is no number")


def _sentence(error: ValueError) -> str:
    words = str(error)[:200]
    return f"{words[:1].upper()}{words[1:]}."


def _broken(path: Path, why: str, now: str = "Teach it again, or get the file again.") -> GestureError:
    return GestureError(f"The gesture in {path.name[:80]!r} cannot be used.", why, now)
