"""How the machine does: rates, where a frame's time goes, how late the picture is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pygame

from posegames.engine.canvas import Canvas
from posegames.engine.hud.gauges import Gauges
from posegames.engine.hud.sheet import INSIDE, LINE, PAD, Block, bar, cut, line
from posegames.language import msg, tr
from posegames.metrics import Laps
from posegames.seeing.status import FeedStatus

LATE = 0.12
"""Seconds from capture to screen at which slow moves, too, begin to feel late: the line in the graph."""
BEAT, WORK = 1 / 60, 0.006
"""Seconds of a frame, and those of it that the main thread's own work may take: a bar's length, and the mark."""
PARTS: Mapping[str, str] = MappingProxyType(
    {
        "people": msg("people"),
        "update": msg("update"),
        "draw": msg("draw"),
        "hud": msg("this panel"),
        "wait": msg("waiting"),
        "show": msg("show"),
    }
)
"""What the parts of a frame are called."""

_GRAPH = 56
_LABEL, _VALUE = 92, 44
"""Pixels for the words and the numbers beside a bar."""


def effort(status: FeedStatus) -> str:
    """Return how hard the eyes work, in one word; empty where it is always the same."""
    return tr("idle") if status.idle else status.effort


def rows(gauges: Gauges) -> list[tuple[str, str]]:
    """Return the figures: what, and how much."""
    status = gauges.status
    budget = tr("{cost:.0f} of {budget:.0f} ms").format(cost=status.cost * 1000, budget=status.budget * 1000)
    dropped = tr("{dropped} of {frames}").format(dropped=status.dropped, frames=status.frames)
    return [
        (tr("display"), tr("{rate:.1f} FPS").format(rate=gauges.display_rate)),
        (tr("camera, tracking"), f"{status.capture_rate:.1f}, {status.tracking_rate:.1f} /s"),
        (tr("inference"), f"{status.inference * 1000:.1f} ms"),
        (tr("effort"), "  ".join(filter(None, (effort(status), budget if status.budget else ""))) or "-"),
        (tr("dropped"), dropped if status.frames else str(status.dropped)),
        (tr("source"), status.source or "-"),
        (tr("estimator"), status.estimator or "-"),
    ]


def figures(gauges: Gauges) -> Block:
    """Return the figures as a block."""
    lines = rows(gauges)

    def draw(page: Canvas, top: int) -> None:
        for i, (what, value) in enumerate(lines):
            line(page, top + LINE * i, what, value)

    return Block(len(lines) * LINE, draw)


def frame(gauges: Gauges) -> Block:
    """Return where a frame's time goes: bars to its median, thinner ones to 95 %; all the way is a beat."""

    def draw(page: Canvas, top: int) -> None:
        theme, left, width = page.theme, PAD + _LABEL, INSIDE - _LABEL - _VALUE
        line(page, top, tr("a frame, 95 %"), f"{BEAT * 1000:.1f} ms")
        work = gauges.work.spread(recent=True)
        own = theme.good if work["p95"] <= WORK * 1000 else theme.warn
        lines = [(tr("own work"), own, work)]
        for part, what in PARTS.items():
            colour = own if part in Laps.WORK else theme.muted
            lines.append((tr(what), colour, gauges.laps.parts[part].spread(recent=True)))
        for i, (what, colour, spread) in enumerate(lines, start=1):
            y = top + LINE * i
            line(page, y, cut(page, what, _LABEL - 4), f"{spread['p95']:.1f}")
            bar(page, (left, y), width, (spread["p50"] / 1000 / BEAT, spread["p95"] / 1000 / BEAT), colour)
        mark = left + round(width * WORK / BEAT)
        pygame.draw.line(page.surface, theme.light, (mark, top + LINE + 2), (mark, top + 2 * LINE - 3), 2)

    return Block((2 + len(PARTS)) * LINE, draw)


def delays(gauges: Gauges) -> Block:
    """Return how late pictures are: the figures, and a graph with a line where it begins to feel late."""

    def draw(page: Canvas, top: int) -> None:
        spread = gauges.to_screen.spread(recent=True)
        line(page, top, tr("capture to screen"), f"{spread['p50']:.0f} / {spread['p95']:.0f} ms")
        _graph(page, list(gauges.to_screen.recent), top + LINE)

    return Block(LINE + _GRAPH, draw)


def _graph(page: Canvas, late: list[float], top: int) -> None:
    """Draw delays (seconds, oldest first) as bars."""
    theme, high = page.theme, _GRAPH - 4
    ceiling = max(2 * LATE, *late, 0.0) if late else 2 * LATE
    step = INSIDE / 120
    for i, delay in enumerate(reversed(late[-120:])):
        tall = max(1.0, high * min(1.0, delay / ceiling))
        left = PAD + INSIDE - (i + 1) * step
        colour = theme.good if delay <= LATE else theme.warn
        pygame.draw.rect(page.surface, colour, (round(left), round(top + high - tall), 2, round(tall)))
    level = round(top + high - high * LATE / ceiling)
    pygame.draw.line(page.surface, theme.muted, (PAD, level), (PAD + INSIDE, level))
