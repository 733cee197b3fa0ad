from __future__ import annotations

import os
import platform
import subprocess

import numpy as np
import pygame
import pytest

from posegames.engine.letterbox import Letterbox, fit
from posegames.engine.window import PLAIN_VARIABLE, Window, open_window
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
from posegames.settings import Settings

HEADLESS = Settings(headless=True)


def post(kind: int, **values: object) -> None:
    pygame.event.post(pygame.event.Event(kind, values))


def test_headless_needs_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SDL_VIDEODRIVER", "nonsense")
    with open_window(HEADLESS) as window:
        assert window.offscreen
        assert window.size == window.canvas.size == (1280, 720)
        window.canvas.fill((10, 20, 30))
        window.toggle_fullscreen()
        window.show()
        pixels = window.pixels()
        assert pixels.shape == (720, 1280, 4)
        assert pixels[300, 700, :3].tolist() == [30, 20, 10]
        window.canvas.fill((0, 0, 0))
        assert pixels[300, 700, 0] == 30  # it is a copy
    assert not pygame.display.get_init()
    assert os.environ["SDL_VIDEODRIVER"] == "nonsense"


def test_without_a_display_sdl_shows_nothing_and_we_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"):
        monkeypatch.delenv(name, raising=False)
    if platform.system() != "Linux":
        pytest.skip("every other system has a display")
    for _ in range(2):
        with open_window(Settings()) as window:
            assert window.offscreen
            window.show()


def test_a_driver_that_is_none_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "nonsense")
    with pytest.raises(WindowError, match=r"no screen .* --headless"), open_window(Settings()):
        pass
    assert not pygame.display.get_init()


def test_what_happens_to_it_comes_out_as_events() -> None:
    with open_window(HEADLESS) as window:
        window.events()
        post(pygame.KEYDOWN, key=pygame.K_h)
        post(pygame.KEYDOWN, key=pygame.K_ESCAPE)
        post(pygame.KEYDOWN, key=pygame.K_KP_ENTER)
        post(pygame.KEYUP, key=pygame.K_h)
        post(pygame.KEYDOWN, key=0)
        post(pygame.KEYUP, key=0)
        post(pygame.MOUSEMOTION, pos=(12, 34), rel=(0, 0), buttons=(0, 0, 0))
        post(pygame.MOUSEBUTTONDOWN, pos=(56, 78), button=3)
        post(pygame.MOUSEBUTTONUP, pos=(57, 78), button=3)
        post(pygame.WINDOWFOCUSLOST)
        post(pygame.WINDOWFOCUSGAINED)
        post(pygame.QUIT)
        assert window.events() == [
            KeyPressed("h"),
            KeyPressed("escape"),
            KeyPressed("enter"),
            KeyReleased("h"),
            PointerMoved(12.0, 34.0),
            PointerPressed(56.0, 78.0, button=3),
            PointerReleased(57.0, 78.0, button=3),
            FocusChanged(focused=False),
            FocusChanged(focused=True),
            WindowClosed(),
        ]
        assert window.events() == []


@pytest.mark.parametrize(
    ("window", "place"),
    [
        ((1280, 720), (0, 0, 1280, 720)),
        ((1920, 1080), (0, 0, 1920, 1080)),
        ((900, 900), (0, 197, 900, 506)),
        ((3000, 720), (860, 0, 1280, 720)),
        ((1, 1), (0, 0, 1, 1)),
    ],
)
def test_the_largest_place_of_the_same_shape(window: tuple[int, int], place: tuple[int, int, int, int]) -> None:
    assert fit((1280, 720), window) == place


def test_a_letterbox_scales_and_frames_what_was_drawn() -> None:
    box = Letterbox((1280, 720))
    box.canvas.fill((0, 200, 0))
    screen = pygame.Surface((900, 900), depth=32)
    screen.fill((9, 9, 9))
    box.show(screen)
    assert [tuple(screen.get_at((450, y)))[:3] for y in (196, 197, 702, 703)] == [
        (0, 0, 0),
        (0, 200, 0),
        (0, 200, 0),
        (0, 0, 0),
    ]
    assert box.logical((450, 450), (900, 900)) == pytest.approx((640, 360), abs=1)
    assert box.logical((0, 197), (900, 900)) == pytest.approx((0, 0), abs=1)


def xdotool(*words: object) -> None:
    subprocess.run(["xdotool", *map(str, words)], check=True, timeout=60)


def collect(window: Window, wanted: type[WindowEvent], *, tries: int = 3000) -> WindowEvent:
    """Return the last event of the kind `wanted`, as soon as one comes."""
    for _ in range(tries):
        if found := [event for event in window.events() if isinstance(event, wanted)]:
            return found[-1]
        pygame.time.wait(10)
    raise AssertionError(f"no {wanted.__name__} came")


def pointed(window: Window, x: int, y: int) -> tuple[float, float]:
    """Point at a pixel of the real window; return where that is on the logical screen."""
    handle = pygame.display.get_wm_info()["window"]
    xdotool("mousemove", "--window", handle, x + 3, y)
    xdotool("mousemove", "--window", handle, x, y)
    pygame.time.wait(30)
    moved = collect(window, PointerMoved)
    assert isinstance(moved, PointerMoved)
    return moved.x, moved.y


@pytest.mark.window
@pytest.mark.parametrize("plain", ["0", "1"], ids=["renderer", "letterbox"])
@pytest.mark.parametrize(
    ("size", "corner"),
    [((1280, 720), (0, 0)), ((1920, 1080), (0, 0)), ((900, 900), (0, 197)), ((1000, 500), (55, 0))],
)
def test_a_real_window_fits_its_screen_into_any_shape(
    screen: str,
    monkeypatch: pytest.MonkeyPatch,
    plain: str,
    size: tuple[int, int],
    corner: tuple[int, int],
) -> None:
    monkeypatch.setenv("DISPLAY", screen)
    monkeypatch.setenv("SDL_VIDEODRIVER", "x11")
    monkeypatch.setenv(PLAIN_VARIABLE, plain)
    with open_window(Settings()) as window:
        assert not window.offscreen
        assert (window._letterbox is not None) == (plain == "1")
        xdotool("windowsize", "--sync", pygame.display.get_wm_info()["window"], *size)
        for _ in range(5):
            window.events()
            window.canvas.fill((90, 90, 90))
            window.show()
            pygame.time.wait(20)
        assert pygame.display.get_window_size() == size
        assert window.canvas.size == (1280, 720)
        assert pointed(window, size[0] // 2, size[1] // 2) == pytest.approx((640, 360), abs=3)
        assert pointed(window, corner[0] + 4, corner[1] + 4) == pytest.approx((4, 4), abs=8)


@pytest.mark.window
def test_a_real_window_hears_keys_and_fills_the_screen(screen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", screen)
    monkeypatch.setenv("SDL_VIDEODRIVER", "x11")
    with open_window(Settings(fullscreen=True)) as window:
        window.show()
        filled = window.fullscreen
        xdotool("windowfocus", "--sync", pygame.display.get_wm_info()["window"])
        xdotool("key", "h")
        assert collect(window, KeyPressed) == KeyPressed("h")
        window.toggle_fullscreen()
        assert (filled, window.fullscreen) == (True, False)
        window.canvas.fill((0, 0, 200))
        window.show()
        assert np.all(window.pixels()[..., 0] == 200)
