from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from bodies import sighting, standing

from posegames.events import BodyEvent, Gesture, PlayerJoined, PlayerLeft
from posegames.players.roster import Roster
from posegames.seeing.status import FeedStatus
from posegames.tools.stats import Stats, write_stats


def test_figures_are_counted_from_the_first_sighting_on(tmp_path: Path) -> None:
    stats, roster = Stats(), Roster()
    stats.laps.lap("wait", 8.5)
    stats.laps.lap("draw", 9.0)
    stats.show(9.0, "title")  # not counted
    stats.laps.lap("wait", 10.0)
    for i in range(61):
        now = 10 + i / 60
        seen = sighting(now - 0.05, standing()) if i % 2 == 0 else None
        events: list[BodyEvent] = []
        if i == 20:
            events = [
                PlayerJoined(now, 1),
                Gesture(now, 1, "lean", "value"),
                Gesture(now - 0.08, 1, "hands_up", "on"),
            ]
        if i == 40:
            events = [Gesture(now, 1, "hands_up", "off"), PlayerLeft(now, 1)]
        stats.take(seen, events, roster.update(seen, now), now)
        stats.laps.lap("wait", now)
        stats.laps.lap("update", now + 0.001)
        stats.laps.lap("draw", now + 0.004)
        stats.laps.lap("show", now + 0.004)
        stats.show(now + 0.004, "mirror")
    report = stats.report(FeedStatus(source="tape", estimator="eyes", dropped=3), "mirror", 11.0)
    assert report["display"]["fps"] == pytest.approx(61)
    assert report["display"]["frame_ms"]["p50"] == pytest.approx(16.667, abs=0.01)
    assert report["display"]["work_ms"]["max"] == pytest.approx(4)
    parts = report["display"]["parts_ms"]
    assert [parts[part]["p50"] for part in ("update", "draw", "show")] == pytest.approx([1, 3, 0], abs=1e-3)
    assert report["first_shown"] == {"title": 9.0, "mirror": 10.004, "sighting": 10.004}
    hands_up = Gesture(10 + 20 / 60 - 0.08, 1, "hands_up", "on")
    assert list(stats.latest) == [PlayerJoined(10 + 20 / 60, 1), hands_up, PlayerLeft(10 + 40 / 60, 1)]
    assert report["tracking"] | {"inference_ms": None} == {
        "fps": 31,
        "inference_ms": None,
        "sightings": 31,
        "dropped": 3,
    }
    assert report["latency_ms"]["capture_to_screen"]["p50"] == pytest.approx(54, abs=0.1)
    assert report["latency_ms"]["capture_to_event"]["p50"] == pytest.approx(80, abs=0.1)
    assert report["players"] == {"max": 1, "joined": 1, "left": 1}
    assert report["events"] == {"hands_up": 1}
    assert (report["scene"], report["source"], report["estimator"]) == ("mirror", "tape", "eyes")

    path = tmp_path / "stats.json"
    write_stats(path, report)
    assert json.loads(path.read_text()) == report
    assert list(tmp_path.iterdir()) == [path]


def test_a_picture_that_nobody_looked_at_counts_as_no_inference() -> None:
    stats, roster = Stats(), Roster()
    for i in range(10):
        seen = replace(sighting(float(i)), cost=0.02 if i == 5 else 0.0)
        stats.take(seen, [], roster.update(seen, float(i)), float(i))
    assert stats.report(FeedStatus(), "mirror", 10.0)["tracking"]["inference_ms"]["p50"] == pytest.approx(20)


def test_a_run_without_a_sighting_has_figures_too(tmp_path: Path) -> None:
    report = Stats().report(FeedStatus(), "mirror", 5.0)
    assert report["display"]["fps"] == 0
    write_stats(tmp_path / "s.json", report)
