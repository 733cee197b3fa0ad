"""The figures that are served, as prometheus-client has them: made when asked for, of what is counted anyway."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler
from itertools import accumulate
from types import MappingProxyType

from prometheus_client import CollectorRegistry, MetricsHandler, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from posegames import __version__
from posegames.engine.hud.bodies import confidence
from posegames.engine.hud.gauges import Gauges
from posegames.metrics import BOUNDS, Durations
from posegames.tools.stats import Stats

HISTOGRAMS: Mapping[str, tuple[str, Callable[[Stats], Durations]]] = MappingProxyType(
    {
        "posegames_frame_seconds": ("From one picture on the screen to the next", lambda stats: stats.frame),
        "posegames_work_seconds": ("The main thread's own work in a frame", lambda stats: stats.work),
        "posegames_inference_seconds": ("What the estimator took for a picture", lambda stats: stats.inference),
        "posegames_capture_to_event_seconds": ("From capture to the gesture", lambda stats: stats.to_event),
        "posegames_capture_to_screen_seconds": ("From capture to the screen", lambda stats: stats.to_screen),
    }
)
COUNTERS: Mapping[str, tuple[str, Callable[[Stats, Gauges], float]]] = MappingProxyType(
    {
        "posegames_pictures": ("Pictures shown", lambda stats, _: stats.frames),
        "posegames_sightings": ("Pictures of the source that were looked at", lambda stats, _: stats.sightings),
        "posegames_captured": ("Pictures of the source", lambda _, gauges: gauges.status.frames),
        "posegames_dropped": (
            "Pictures of the source nobody looked at, because a newer one was there",
            lambda _, gauges: gauges.status.dropped,
        ),
        "posegames_joined": ("Players who joined", lambda stats, _: stats.joined),
        "posegames_left": ("Players who left", lambda stats, _: stats.left),
    }
)
GAUGES: Mapping[str, tuple[str, Callable[[Gauges], float]]] = MappingProxyType(
    {
        "posegames_display_rate": ("Pictures a second on the screen", lambda gauges: gauges.display_rate),
        "posegames_capture_rate": ("Pictures a second from the source", lambda gauges: gauges.status.capture_rate),
        "posegames_tracking_rate": ("Sightings a second", lambda gauges: gauges.status.tracking_rate),
        "posegames_tracking_cost_seconds": (
            "What a picture with people takes the estimator, the median of the last second",
            lambda gauges: gauges.status.cost,
        ),
        "posegames_tracking_budget_seconds": (
            "What it may take; 0 where nothing depends on it",
            lambda gauges: gauges.status.budget,
        ),
        "posegames_idle": ("Whether the eyes rest, because nobody is there", lambda gauges: gauges.status.idle),
        "posegames_players": ("Players", lambda gauges: len(gauges.players)),
    }
)


class Figures(Collector):
    """All figures of a run."""

    def __init__(self, stats: Stats, gauges: Callable[[], Gauges]) -> None:
        """`stats` goes on counting in another thread; `gauges` returns the newest."""
        self._stats, self._gauges = stats, gauges

    def describe(self) -> Iterator[Metric]:
        """Name nothing beforehand."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """Tell the figures as they are now."""
        stats, gauges = self._stats, self._gauges()
        for name, (blurb, durations) in HISTOGRAMS.items():
            yield _histogram(name, blurb, "", {"": durations(stats)})
        yield _histogram("posegames_frame_part_seconds", "A part of a frame", "part", stats.laps.parts)
        for name, (blurb, count) in COUNTERS.items():
            yield CounterMetricFamily(name, blurb, value=count(stats, gauges))
        for name, (blurb, value) in GAUGES.items():
            yield GaugeMetricFamily(name, blurb, value=float(value(gauges)))
        events = CounterMetricFamily("posegames_gestures", "Gestures seen", labels=["gesture"])
        for gesture, seen in tuple(stats.events.items()):
            events.add_metric([gesture], seen)
        yield events
        yield from self._of_players(gauges)
        status = gauges.status
        yield _said("posegames_scene", "What is on the screen", scene=gauges.scene)
        yield _said("posegames_phase", "How the source is doing", phase=status.phase)
        yield _said("posegames_effort", "How hard the estimator works", effort=status.effort)
        yield _said("posegames_build", "What is running", version=__version__, estimator=status.estimator)

    @staticmethod
    def _of_players(gauges: Gauges) -> Iterator[Metric]:
        """Tell how well each is seen, by slot."""
        sure = GaugeMetricFamily("posegames_player_confidence", "Mean confidence of all joints", labels=["player"])
        hidden = GaugeMetricFamily("posegames_player_hidden", "Not seen now, but expected back", labels=["player"])
        certain = GaugeMetricFamily("posegames_player_certain", "Whether it is clear who it is", labels=["player"])
        for player in gauges.players:
            slot = [str(player.number)]
            sure.add_metric(slot, confidence(player))
            hidden.add_metric(slot, player.hidden)
            certain.add_metric(slot, player.certain)
        yield from (sure, hidden, certain)


def _histogram(name: str, blurb: str, label: str, by: Mapping[str, Durations]) -> Metric:
    """Return durations by the value of `label`; an empty label is none."""
    family = HistogramMetricFamily(name, blurb, labels=[label] if label else [])
    for value, durations in by.items():
        # Copied at once: they go on being counted.
        counts, total = tuple(durations.counts), durations.total
        bounds = [*(f"{bound:g}" for bound in BOUNDS), "+Inf"]
        family.add_metric([value] if label else [], [*zip(bounds, accumulate(counts), strict=True)], total)
    return family


def _said(name: str, blurb: str, **labels: str) -> Metric:
    """Return words, as labels of a 1."""
    family = GaugeMetricFamily(name, blurb, labels=[*labels])
    family.add_metric([*labels.values()], 1)
    return family


def handler(stats: Stats, gauges: Callable[[], Gauges], *, timeout: float) -> type[BaseHTTPRequestHandler]:
    """Return what answers requests, from a registry of its own; a request may take `timeout` seconds to come."""
    registry = CollectorRegistry()
    registry.register(Figures(stats, gauges))
    ProcessCollector(registry=registry)  # memory, processor, files; says nothing where there is no /proc
    return type("Handler", (MetricsHandler,), {"registry": registry, "timeout": timeout})
