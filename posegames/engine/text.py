"""Letters: rendered once, kept while they are needed."""

from __future__ import annotations

from functools import lru_cache

import pygame

from posegames.engine.theme import Colour
from posegames.resources import shipped

FONT = "Quicksand-Bold.ttf"
"""Rounded like the figures; SIL Open Font License, beside it. It has no arrows, ticks or hearts: draw those."""
KEPT = 256
"""Rendered texts kept; about 60 kB each at help size."""
LONGEST = 200
"""Characters of a text that are shown; longer ones end in dots."""


def clean(text: str) -> str:
    """Return `text` as the font can take it: no control characters, no lone surrogates, not endless."""
    if len(text) <= LONGEST and text.isprintable():  # nearly always, and asked for every text of every frame
        return text
    shown = "".join(c if c.isprintable() else " " for c in text[: LONGEST + 1])
    return shown if len(text) <= LONGEST else shown[:LONGEST] + "..."


class Typesetter:
    """Turns text into surfaces. Open while the window is."""

    def __init__(self) -> None:
        pygame.font.init()
        path = str(shipped("assets") / "fonts" / FONT)
        self._font = lru_cache(maxsize=32)(lambda size: pygame.font.Font(path, size))
        self._rendered = lru_cache(maxsize=KEPT)(self._render)
        self._measured = lru_cache(maxsize=4 * KEPT)(self._measure)

    def set(self, text: str, size: int, colour: Colour) -> pygame.Surface:
        """Return one line of text, letters `size` pixels high. Do not draw on it: it is shared."""
        return self._rendered(clean(text), max(6, min(400, size)), colour)

    def width(self, text: str, size: int) -> int:
        """Return how many pixels wide a line of text is."""
        return self._measured(text, max(6, min(400, size)))

    def _measure(self, text: str, size: int) -> int:
        width: int = self._font(size).size(clean(text))[0]
        return width

    def _render(self, text: str, size: int, colour: Colour) -> pygame.Surface:
        return self._font(size).render(text, True, colour)
