"""The window with its first picture: there at once, while the rest of the program is still being loaded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from posegames.engine.theme import HEIGHT, WIDTH
from posegames.engine.widgets import progress
from posegames.engine.window import Window, open_window
from posegames.settings import Settings
from posegames.timing import Clock


@dataclass(frozen=True, slots=True)
class Curtain:
    """A window that shows something."""

    window: Window
    clock: Clock
    raised: float
    """When its first picture was to be seen."""


@contextmanager
def raise_curtain(settings: Settings, clock: Clock) -> Iterator[Curtain]:
    """Open the window, show the stage as the title begins with it, and close it in the end. Raises WindowError."""
    with open_window(settings) as window:
        window.canvas.backdrop()
        progress(window.canvas, (WIDTH / 2, HEIGHT - 16.0), 420, None, 0.0)
        window.show()
        yield Curtain(window, clock, clock.now())
