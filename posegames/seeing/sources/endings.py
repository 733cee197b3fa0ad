"""Which file is what, by its ending; light enough for the command line."""

from __future__ import annotations

import re

PICTURES = frozenset({".bmp", ".jpeg", ".jpg", ".png", ".webp"})
"""Files that hold one picture."""
VIDEOS = frozenset(
    (".3gp", ".avi", ".flv", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".mts", ".ogv", ".webm", ".wmv")
)
"""Files in a folder that are taken for videos; one that is named outright may end as it likes."""
TAPES = (".tape", ".tape.gz")
"""Tapes: they hold sightings, not pictures, and are played by `TapeFeed`."""


def natural(name: str) -> list[tuple[int, int, str]]:
    """Return a key that sorts numbers in names by value: a2 before a10."""
    parts = re.split(r"(\d+)", name)
    return [(0, int(part), part) if part.isdecimal() else (1, 0, part.casefold()) for part in parts if part]
