"""Writing a file so that its name never stands for half of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path, *, keep: bool = False) -> Iterator[Path]:
    """Yield `path` with `.part` added, to be written; when the block ends well it takes the name `path`.

    When the block fails, what stood at `path` before is untouched, and the part is removed; with `keep` it
    stays, for formats that can be read as far as they go. Raises OSError.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        yield part
        with part.open("rb+") as written:
            # A name must not reach the disk before its contents do.
            os.fsync(written.fileno())
    except BaseException:
        if not keep:
            part.unlink(missing_ok=True)
        raise
    part.replace(path)
