"""The HUD: rendered a few times a second, and blitted in between."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from posegames.engine.canvas import Canvas
from posegames.engine.hud import bodies, machine
from posegames.engine.hud.gauges import Gauges
from posegames.engine.hud.sheet import WIDTH, column, sheet
from posegames.language import tr

REFRESH = 0.25
"""Seconds between two renderings: faster than that nobody reads, and text is what costs."""
EDGE = 12
"""Pixels between the HUD and the edge of the screen."""

Render = Callable[[Canvas, Gauges, float, Canvas | None], Canvas]
"""Is told the screen, the figures, the time, and the sheet it made before; returns a sheet."""


def _small(canvas: Canvas, gauges: Gauges, _now: float, before: Canvas | None) -> Canvas:
    status, delay = gauges.status, gauges.to_screen.spread(recent=True)
    words = (
        tr("{rate:.0f} FPS").format(rate=gauges.display_rate),
        tr("tracking {rate:.0f}/s").format(rate=status.tracking_rate),
        tr("inference {time:.0f} ms").format(time=status.inference * 1000),
        tr("latency {time:.0f} ms").format(time=delay["p50"]),
        machine.effort(status),
    )
    line = "   ".join(filter(None, words))
    size = canvas.theme.type.help
    page = sheet((canvas.letters.width(line, size) + 32, 44), canvas, before)
    page.text(line, (16, 22), size=size, anchor="midleft")
    return page


def _machine(canvas: Canvas, gauges: Gauges, _now: float, before: Canvas | None) -> Canvas:
    return column(canvas, (machine.figures(gauges), machine.frame(gauges)), before)


def _bodies(canvas: Canvas, gauges: Gauges, now: float, before: Canvas | None) -> Canvas:
    quality, latest = bodies.quality(gauges.players, now), bodies.latest(gauges.latest, now)
    return column(canvas, (quality, machine.delays(gauges), latest), before)


LEVELS: Mapping[str, tuple[tuple[Render, bool], ...]] = MappingProxyType(
    {"off": (), "small": ((_small, False),), "full": ((_machine, False), (_bodies, True))}
)
"""What each level shows, and whether it stands at the right edge."""


class Hud:
    """Sheets in the upper corners."""

    def __init__(self, level: str = "off") -> None:
        self.level = level
        self._sheets: list[Canvas] = []
        self._rendered: list[float] = []

    def cycle(self) -> None:
        """Go on to the next level."""
        levels = [*LEVELS]
        self.level = levels[(levels.index(self.level) + 1) % len(levels)]
        self._sheets = []

    def draw(self, canvas: Canvas, gauges: Gauges, now: float) -> None:
        """Draw it over everything else."""
        renders = LEVELS[self.level]
        if len(self._sheets) != len(renders):
            self._sheets = [render(canvas, gauges, now, None) for render, _ in renders]
            # The next time in turns: no frame has to render all of it.
            self._rendered = [now - REFRESH * i / len(renders) for i in range(len(renders))]
        for i, (render, right) in enumerate(renders):
            if not 0 <= now - self._rendered[i] < REFRESH:
                self._sheets[i], self._rendered[i] = render(canvas, gauges, now, self._sheets[i]), now
            left = canvas.size[0] - WIDTH - EDGE if right else EDGE
            canvas.surface.blit(self._sheets[i].surface, (left, EDGE))
