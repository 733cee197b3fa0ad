"""Which file is what, by its ending; light enough for the command line."""

from __future__ import annotations

PICTURES = frozenset({".bmp", ".jpeg", ".jpg", ".png", ".webp"})
"""Files that hold one picture."""
TAPES = (".tape", ".tape.gz")
"""Tapes: they hold sightings, not pictures, and are played by `TapeFeed`."""
