"""How it runs, for who wants to know: off, one line, or all of it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pygame

from posegames.engine.canvas import Canvas
from posegames.metrics import Durations
from posegames.seeing.status import FeedStatus

LEVELS = ("off", "small", "full")
REFRESH = 0.25
"""Seconds between two renderings: faster than that nobody reads, and text is what costs."""
LATE = 0.12
"""Seconds from capture to screen at which slow moves, too, begin to feel late: the line in the graph."""

_WIDTH, _LINE, _PAD, _GRAPH = 372, 24, 14, 72


@dataclass(frozen=True, slots=True)
class Gauges:
    """What the HUD shows, as the app measures it."""

    display_rate: float = 0.0
    """Pictures a second on the screen."""
    work: Durations = field(default_factory=Durations)
    """The main thread's own work in a frame."""
    to_screen: Durations = field(default_factory=Durations)
    """From capture to the screen."""
    players: int = 0
    status: FeedStatus = field(default_factory=FeedStatus)


class Hud:
    """A panel in the corner, rendered a few times a second and blitted in between."""

    def __init__(self, level: str = "off") -> None:
        self.level = level
        self._panel: pygame.Surface | None = None
        self._rendered = 0.0

    def cycle(self) -> None:
        """Go on to the next level."""
        self.level = LEVELS[(LEVELS.index(self.level) + 1) % len(LEVELS)]
        self._panel = None

    def draw(self, canvas: Canvas, gauges: Gauges, now: float) -> None:
        """Draw it in the upper left corner."""
        if self.level == "off":
            return
        if self._panel is None or not 0 <= now - self._rendered < REFRESH:
            self._panel = _small(gauges, canvas) if self.level == "small" else _full(gauges, canvas)
            self._rendered = now
        canvas.surface.blit(self._panel, (12, 12))


def _sheet(size: tuple[int, int], canvas: Canvas) -> Canvas:
    surface = pygame.Surface(size, pygame.SRCALPHA)
    theme = canvas.theme
    pygame.draw.rect(surface, (*theme.stage, 216), surface.get_rect(), border_radius=theme.radius)
    return Canvas(surface, theme=theme, letters=canvas.letters)


def _small(gauges: Gauges, canvas: Canvas) -> pygame.Surface:
    status, delay = gauges.status, gauges.to_screen.spread(recent=True)
    words = (
        f"{gauges.display_rate:.0f} FPS",
        f"tracking {status.tracking_rate:.0f}/s",
        f"inference {status.inference * 1000:.0f} ms",
        f"latency {delay['p50']:.0f} ms",
        _effort(status),
    )
    line = "   ".join(filter(None, words))
    size = canvas.theme.type.help
    sheet = _sheet((canvas.letters.width(line, size) + 32, 44), canvas)
    sheet.text(line, (16, 22), size=size, anchor="midleft")
    return sheet.surface


def _effort(status: FeedStatus) -> str:
    """How hard the eyes work, in one word; empty where it is always the same."""
    return "idle" if status.idle else status.effort


def rows(gauges: Gauges) -> list[tuple[str, str]]:
    """Return the lines of the full HUD: what, and how much."""
    status = gauges.status
    delay, work = gauges.to_screen.spread(recent=True), gauges.work.spread(recent=True)
    lost = f" of {status.frames}" if status.frames else ""
    return [
        ("display", f"{gauges.display_rate:.1f} FPS"),
        ("own work", f"{work['p50']:.1f} / {work['p95']:.1f} ms"),
        ("camera", f"{status.capture_rate:.1f} /s"),
        ("tracking", f"{status.tracking_rate:.1f} /s"),
        ("inference", f"{status.inference * 1000:.1f} ms"),
        ("effort", _effort(status) or "-"),
        ("cost of budget", f"{status.cost * 1000:.0f} of {status.budget * 1000:.0f} ms" if status.budget else "-"),
        ("dropped", f"{status.dropped}{lost}"),
        ("players", str(gauges.players)),
        ("source", status.source or "-"),
        ("estimator", status.estimator or "-"),
        ("capture to screen", f"{delay['p50']:.0f} / {delay['p95']:.0f} ms"),
    ]


def _full(gauges: Gauges, canvas: Canvas) -> pygame.Surface:
    lines, theme = rows(gauges), canvas.theme
    sheet = _sheet((_WIDTH, 2 * _PAD + len(lines) * _LINE + _GRAPH), canvas)
    size = theme.type.small
    for i, (what, value) in enumerate(lines):
        middle = _PAD + _LINE * i + _LINE // 2
        sheet.text(what, (_PAD, middle), size=size, colour=theme.muted, anchor="midleft")
        sheet.text(_shortened(sheet, value, size), (_WIDTH - _PAD, middle), size=size, anchor="midright")
    _graph(sheet, list(gauges.to_screen.recent), _PAD + _LINE * len(lines) + 4)
    return sheet.surface


def _shortened(sheet: Canvas, value: str, size: int) -> str:
    while sheet.letters.width(value, size) > _WIDTH * 0.62:
        value = value[:-2].rstrip(".") + "."
    return value


def _graph(sheet: Canvas, delays: list[float], top: int) -> None:
    """Draw the delays (seconds, oldest first) as bars; the line is where it begins to feel late."""
    theme, width, high = sheet.theme, _WIDTH - 2 * _PAD, _GRAPH - 4
    ceiling = max(2 * LATE, *delays, 0.0) if delays else 2 * LATE
    bar = width / 120
    for i, delay in enumerate(reversed(delays[-120:])):
        tall = max(1.0, high * min(1.0, delay / ceiling))
        left = _PAD + width - (i + 1) * bar
        colour = theme.good if delay <= LATE else theme.warn
        pygame.draw.rect(sheet.surface, colour, (round(left), round(top + high - tall), 2, round(tall)))
    line = round(top + high - high * LATE / ceiling)
    pygame.draw.line(sheet.surface, theme.muted, (_PAD, line), (_PAD + width, line))
