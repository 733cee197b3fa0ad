"""What went wrong, said on the screen: it comes, stays long enough to be read, and goes."""

from __future__ import annotations

import math

from posegames.engine.canvas import Canvas, Point
from posegames.engine.choosing.cards import wrapped
from posegames.engine.theme import ARRIVE, LEAVE, ease_out
from posegames.errors import PosegamesError
from posegames.language import tr

SHOWN = 8.0
"""Seconds it stays."""
WIDE = 1000.0
"""Logical pixels a line may be wide."""


class Notice:
    """Says an error: what it is, why, and what to do now."""

    def __init__(self) -> None:
        self._said: tuple[str, str, str] = ("", "", "")
        self._age = math.inf

    @property
    def shown(self) -> bool:
        """Whether there is something to be read."""
        return self._age < SHOWN

    def say(self, error: PosegamesError) -> None:
        """Show `error` from now on."""
        self._said, self._age = (tr(error.what), tr(error.why), tr(error.now)), 0.0

    def update(self, dt: float) -> None:
        """Go on by `dt` seconds."""
        self._age += dt

    def draw(self, canvas: Canvas, middle: Point) -> None:
        """Show it on a dark panel around `middle`."""
        if not self.shown:
            return
        theme, size = canvas.theme, canvas.theme.type.help
        colours = (theme.warn, theme.muted, theme.text)
        lines = [
            (line, colour)
            for sentence, colour in zip(self._said, colours, strict=True)
            for line in wrapped(canvas, sentence, WIDE, size=size)
        ]
        gone = min(self._age / ARRIVE, (SHOWN - self._age) / LEAVE)
        share = ease_out(gone)
        wide = max((canvas.letters.width(line, size) for line, _ in lines), default=0) + 64
        high = 40 * len(lines) + 28
        top = middle[1] - high / 2 + theme.slide(gone, 14)
        panel = (middle[0] - wide / 2, top, wide, high)
        canvas.rectangle(panel, theme.stage, radius=theme.radius, alpha=0.94 * share)
        canvas.rectangle(panel, theme.warn, radius=theme.radius, alpha=share, width=3)
        for i, (line, colour) in enumerate(lines):
            canvas.text(line, (middle[0], top + 34 + 40 * i), size=size, colour=colour, alpha=share)
