"""The window: a logical screen of 1280x720, whatever the real one is; what happens to it comes out as events."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import pygame
from numpy.typing import NDArray

from posegames.engine.canvas import Canvas
from posegames.engine.letterbox import Letterbox
from posegames.engine.theme import HEIGHT, THEATRE, WIDTH, Theme
from posegames.errors import WindowError
from posegames.events import (
    FocusChanged,
    KeyPressed,
    KeyReleased,
    PointerMoved,
    PointerPressed,
    PointerReleased,
    WindowClosed,
    WindowEvent,
)
from posegames.seeing.quiet import native_log_silenced
from posegames.settings import Settings

TITLE = "posegames"
PLAIN_VARIABLE = "POSEGAMES_PLAIN_WINDOW"
"""Environment variable: 1 scales without SDL's renderer, where a graphics driver misbehaves."""
SCREENLESS = ("dummy", "offscreen")
"""SDL's drivers that show nothing. It takes `offscreen` by itself, silently, where no display answers."""

_DRIVER = "SDL_VIDEODRIVER"
_ENVIRONMENT = {
    # pygame asks SDL for a hint of this odd name before it scales by whole numbers only, which would frame
    # the picture in black on every screen that is not a multiple of 1280x720.
    "SDL_HINT_RENDER_SCALE_QUALITY": "1",
    "SDL_RENDER_SCALE_QUALITY": "linear",
    # Exhibitions run full-screen on a second monitor, and must stay when somebody uses the first.
    "SDL_VIDEO_MINIMIZE_ON_FOCUS_LOSS": "0",
    "SDL_WINDOWS_DPI_AWARENESS": "permonitorv2",
}


class Window:
    """An open window. Made by `open_window`."""

    def __init__(self, *, theme: Theme) -> None:
        self.offscreen: bool = pygame.display.get_driver() in SCREENLESS
        """Nobody can see it."""
        self.fullscreen = False
        self.size = (WIDTH, HEIGHT)
        """Logical pixels, (width, height)."""
        self._letterbox: Letterbox | None = None
        self.canvas = Canvas(self._open(), theme=theme)

    def _open(self) -> pygame.Surface:
        """Open it in the best way there is; return what is drawn on. Raises pygame.error."""
        if self.offscreen:
            # Plain: SCALED needs a renderer that `dummy` lacks, and that `offscreen` does not survive twice.
            return pygame.display.set_mode(self.size)
        if os.environ.get(PLAIN_VARIABLE) != "1":
            # SCALED: SDL's renderer scales, letterboxes, and gives mouse events in logical pixels.
            with suppress(pygame.error):
                return pygame.display.set_mode(self.size, pygame.SCALED | pygame.RESIZABLE)
        pygame.display.set_mode(self.size, pygame.RESIZABLE)
        self._letterbox = Letterbox(self.size)
        return self._letterbox.canvas

    def events(self) -> list[WindowEvent]:
        """Return what has happened since the last call, oldest first."""
        return [event for raw in pygame.event.get() if (event := self._event(raw))]

    def _event(self, raw: pygame.event.Event) -> WindowEvent | None:
        match raw.type:
            case pygame.QUIT:
                return WindowClosed()
            case pygame.KEYDOWN | pygame.KEYUP:
                name = pygame.key.name(raw.key).lower()
                happened = KeyPressed if raw.type == pygame.KEYDOWN else KeyReleased
                return happened(name) if name else None
            case pygame.MOUSEMOTION:
                return PointerMoved(*self._logical(raw.pos))
            case pygame.MOUSEBUTTONDOWN | pygame.MOUSEBUTTONUP:
                pressed = PointerPressed if raw.type == pygame.MOUSEBUTTONDOWN else PointerReleased
                return pressed(*self._logical(raw.pos), button=raw.button)
            case pygame.WINDOWFOCUSGAINED | pygame.WINDOWFOCUSLOST:
                return FocusChanged(focused=raw.type == pygame.WINDOWFOCUSGAINED)
        return None

    def _logical(self, place: tuple[int, int]) -> tuple[float, float]:
        if self._letterbox:
            return self._letterbox.logical(place, pygame.display.get_window_size())
        return float(place[0]), float(place[1])

    @property
    def cramped(self) -> bool:
        """Whether the desktop is smaller than the logical screen: a window would stand over its edges."""
        if self.offscreen:
            return False
        width, height = pygame.display.get_desktop_sizes()[0]
        return width < self.size[0] or height < self.size[1]

    def toggle_fullscreen(self) -> None:
        """Fill the screen, or stop filling it. Off-screen nothing happens."""
        if not self.offscreen:
            pygame.display.toggle_fullscreen()
            self.fullscreen = not self.fullscreen

    def close(self) -> None:
        """Let go of SDL's renderer: pygame 2.6.1 keeps it over quit(), and crashes at the next window."""
        if not (self.offscreen or self._letterbox):
            with suppress(pygame.error):
                pygame.display.set_mode((1, 1), pygame.HIDDEN)

    def show(self) -> None:
        """Put on the screen what was drawn on the canvas."""
        if self._letterbox:
            self._letterbox.show(pygame.display.get_surface())
        pygame.display.flip()

    def pixels(self) -> NDArray[np.uint8]:
        """Return a copy of what was drawn, (720, 1280, 4), bytes in the order blue, green, red, unused."""
        return self.canvas.pixels()

    def save(self, path: Path) -> None:
        """Write what was drawn to a picture file; the ending says which kind. Raises pygame.error, OSError."""
        pygame.image.save(self.canvas.surface, path)


@contextmanager
def open_window(settings: Settings, *, theme: Theme = THEATRE) -> Iterator[Window]:
    """Open the window, and close it in the end.

    `settings.headless` never needs a display. Without a display SDL opens a window nobody can see: look at
    `Window.offscreen`. Raises WindowError.
    """
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    asked = os.environ.get(_DRIVER)
    if settings.headless:
        os.environ[_DRIVER] = "dummy"
    try:
        with native_log_silenced():  # where there is no desktop its libraries complain on the terminal
            pygame.display.init()
        pygame.display.set_caption(TITLE)
        window = Window(theme=theme)
    except pygame.error as error:
        pygame.quit()
        raise WindowError(
            "There is no screen to open a window on.",
            f"({error})",
            "Start posegames in a desktop session, or say --headless to play without a screen.",
        ) from error
    finally:
        if settings.headless:
            os.environ.pop(_DRIVER)
            if asked is not None:
                os.environ[_DRIVER] = asked
    try:
        if settings.fullscreen or window.cramped:
            window.toggle_fullscreen()
        yield window
    finally:
        window.close()
        pygame.quit()
