"""A sheet of figures: made by what measures, shown on the terminal or written into a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of words; the first column says what, the others how much."""

    headings: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.headings) for row in self.rows):
            raise ValueError(f"Every row of a sheet has as many cells as it has headings: {self.headings}.")

    def markdown(self) -> str:
        """Return it as a table in Markdown."""
        rule = ("---",) + ("---:",) * (len(self.headings) - 1)
        lines = [self.headings, rule, *self.rows]
        return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)
