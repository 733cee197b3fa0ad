"""How far long work is, told by its parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Tell = Callable[[str, float | None], None]
"""Takes a few words, and how far it is: 0..1, or None where that is not known."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of several equal parts: told how far it is, it tells how far the whole is."""

    tell: Tell
    number: int
    of: int

    def __call__(self, words: str, share: float) -> None:
        """Tell."""
        self.tell(words, (self.number + share) / self.of)
