"""What a sink is, and what those that write one file have in common."""

from __future__ import annotations

import io
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from posegames.files import replacing
from posegames.tools.looks import Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where the looks come from."""

    source: str
    estimator: str
    rate: float = 0.0
    size: tuple[int, int] = (0, 0)
    named: bool = False
    """Whether every frame is a picture file of its own."""
    path: Path | None = field(default=None, compare=False)
    """The file or folder it is, if it is one."""


class Sink(Protocol):
    """Takes looks, in order. The file has its name only when the `with` block has ended well."""

    def __enter__(self) -> Self:
        """Open it. Raises OSError."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish it, or drop it if the block failed."""

    def put(self, look: Look) -> None:
        """Write what one frame gave."""


class FileSink:
    """A file that is finished or not there."""

    def __init__(self, path: Path, origin: Origin) -> None:
        self._path, self._origin = path, origin
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Open it. Raises OSError."""
        with ExitStack() as stack:
            self._open(stack.enter_context(replacing(self._path)), stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish it, or drop it if the block failed."""
        if kind is None:
            with self._stack:
                self._finish()
        else:
            self._stack.__exit__(kind, error, trace)

    def _open(self, part: Path, stack: ExitStack) -> None:
        """Open `part`, which gets the name in the end; what is closed before goes on the stack."""

    def _finish(self) -> None:
        """Write what comes after the last look."""


class TextSink(FileSink):
    """A text file that is finished or not there."""

    _file: io.TextIOBase

    def _open(self, part: Path, stack: ExitStack) -> None:
        self._file = stack.enter_context(part.open("w", encoding="utf-8", newline=""))
        self._begin()

    def _begin(self) -> None:
        """Write what comes before the first look."""
