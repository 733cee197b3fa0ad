"""Tapes."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from posegames.seeing.sources.tape import TapeHeader
from posegames.seeing.sources.tapewriter import TapeWriter
from posegames.tools.looks import Look
from posegames.tools.sinks.base import Origin


class TapeSink:
    """Sightings as the estimator gave them: a replay decides anew who is who."""

    def __init__(self, path: Path, origin: Origin) -> None:
        width, height = origin.size
        header = TapeHeader(
            aspect=width / height if width and height else 16 / 9,
            rate=origin.rate,
            source=origin.source,
            estimator=origin.estimator,
            size=origin.size,
        )
        self._writer = TapeWriter(path, header)

    def __enter__(self) -> Self:
        """Open it."""
        self._writer.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish it; after a failure what was written stays as a part."""
        self._writer.__exit__(kind, error, trace)

    def put(self, look: Look) -> None:
        """Write one sighting."""
        self._writer.write(look.sighting)
