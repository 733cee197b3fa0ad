"""Figures over a real socket; and that the dashboard asks for what is served."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from bodies import sighting, standing
from prometheus_client.parser import text_string_to_metric_families

from posegames.bridges.prometheus import Monitor
from posegames.engine.hud.gauges import Gauges
from posegames.errors import PosegamesError
from posegames.events import Gesture, PlayerJoined
from posegames.players.player import Player
from posegames.players.roster import Roster
from posegames.seeing.status import FeedStatus
from posegames.tools.stats import Stats

DOCS = Path(__file__).parents[2] / "docs"
PATIENCE = 60.0


def ask(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=PATIENCE) as answer:
        text: str = answer.read().decode()
    return text


def samples(text: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """By name and labels."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def played() -> tuple[Stats, Gauges]:
    """Two seconds of a game with one player, who joins, and raises both hands twice."""
    stats, roster = Stats(), Roster()
    players: tuple[Player, ...] = ()
    for i in range(121):
        now = 10 + i / 60
        stats.laps.lap("wait", now)
        seen = sighting(now - 0.05, standing()) if i % 2 == 0 else None
        players = roster.update(seen, now)
        events = [PlayerJoined(now, 1)] if i == 20 else []
        hands = [Gesture(now - 0.03, 1, "hands_up", "on")] if i in (60, 100) else []
        stats.take(seen, [*events, *hands], players, now)
        stats.laps.lap("draw", now + 0.0045)
        stats.laps.lap("show", now + 0.005)
        stats.show(now + 0.005, "mirror")
    status = FeedStatus(
        source="secret.mp4", estimator="blazepose", tracking_rate=29.5, frames=80, dropped=3, effort="lean"
    )
    return stats, Gauges(display_rate=60.0, players=players, status=status, scene="mirror")


@pytest.fixture(scope="module")
def served() -> str:
    """What somebody who asks is told."""
    stats, gauges = played()
    with Monitor(0, stats) as monitor:
        monitor.take(gauges)
        return ask(monitor.port)


def test_what_is_told_is_what_was_counted(served: str) -> None:
    told = samples(served)
    for name, value in {
        "posegames_display_rate": 60.0,
        "posegames_tracking_rate": 29.5,
        "posegames_dropped_total": 3,
        "posegames_captured_total": 80,
        "posegames_sightings_total": 61,
        "posegames_players": 1,
        "posegames_joined_total": 1,
        "posegames_pictures_total": 121,
    }.items():
        assert told[name, ()] == value, name
    assert told["posegames_gestures_total", (("gesture", "hands_up"),)] == 2
    assert told["posegames_scene", (("scene", "mirror"),)] == 1
    assert 0.5 < told["posegames_player_confidence", (("player", "1"),)] <= 1
    if sys.platform == "linux":
        assert told["process_resident_memory_bytes", ()] > 10e6


def test_durations_are_told_as_histograms(served: str) -> None:
    told = samples(served)
    assert told["posegames_work_seconds_count", ()] == 121
    assert told["posegames_work_seconds_sum", ()] == pytest.approx(121 * 0.0045)
    below = [told["posegames_work_seconds_bucket", (("le", bound),)] for bound in ("0.004", "0.005", "+Inf")]
    assert below == [0, 121, 121]
    draw = (("part", "draw"),)
    assert told["posegames_frame_part_seconds_sum", draw] == pytest.approx(121 * 0.0045)
    assert told["posegames_capture_to_event_seconds_bucket", (("le", "0.034"),)] == 2


def test_nobody_is_told_what_is_watched(served: str) -> None:
    assert "secret" not in served


def asked_for(dashboard: dict[str, Any]) -> set[str]:
    """Names of the metrics in all expressions of all panels."""
    panels = [*dashboard["panels"], *(inner for panel in dashboard["panels"] for inner in panel.get("panels", []))]
    words = " ".join(target["expr"] for panel in panels for target in panel.get("targets", []))
    return set(re.findall(r"\b(?:posegames|process)_\w+", words))


def test_the_dashboard_asks_for_what_is_served(served: str) -> None:
    names = asked_for(json.loads((DOCS / "grafana.json").read_text("utf-8")))
    assert len(names) > 15
    assert names - {name for name, _ in samples(served)} == set()


def test_the_dashboard_is_one(served: str) -> None:
    board = json.loads((DOCS / "grafana.json").read_text("utf-8"))
    assert board["id"] is None  # Grafana gives one
    assert board["schemaVersion"] == 39  # Grafana 10.3 to 11; later ones bring it up to date
    (source,) = board["templating"]["list"]
    assert (source["type"], source["query"]) == ("datasource", "prometheus")
    panels = board["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    taken = set[tuple[int, int]]()
    for panel in panels:
        assert panel["type"] in ("row", "stat", "timeseries", "state-timeline")
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        cells = {(place["x"] + i, place["y"] + j) for i in range(place["w"]) for j in range(place["h"])}
        assert not cells & taken, panel["title"]
        taken |= cells
        if panel["type"] != "row":
            assert {target["datasource"]["uid"] for target in panel["targets"]} == {f"${{{source['name']}}}"}
            assert len({target["refId"] for target in panel["targets"]}) == len(panel["targets"])
            for target in panel["targets"]:
                assert target["expr"].count("(") == target["expr"].count(")")


def test_the_page_names_every_metric(served: str) -> None:
    page = (DOCS / "monitoring.md").read_text("utf-8")
    families = {family.name for family in text_string_to_metric_families(served)}
    ours = {name for name in families if name.startswith("posegames_")}
    assert {name for name in ours if f"`{name}" not in page} == set()


def test_it_listens_to_this_computer_only_and_stops(served: str) -> None:
    with Monitor(0, Stats()) as monitor:
        assert monitor._server is not None
        assert monitor._server.server_address[0] == "127.0.0.1"
        port = monitor.port
        assert "posegames_players 0.0" in ask(port)  # before the first picture
    with pytest.raises(urllib.error.URLError):
        ask(port)
    assert not [thread for thread in threading.enumerate() if thread.name == "posegames metrics"]


def test_somebody_who_never_says_what_they_want_stops_nobody() -> None:
    with Monitor(0, Stats()) as monitor, socket.create_connection(("127.0.0.1", monitor.port)):
        assert "posegames_players" in ask(monitor.port)


def test_a_port_that_is_taken_is_said() -> None:
    with (
        Monitor(0, Stats()) as first,
        pytest.raises(PosegamesError, match="name another port"),
        Monitor(first.port, Stats()),
    ):
        pass


def test_a_missing_package_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    monkeypatch.delitem(sys.modules, "posegames.bridges.figures", raising=False)
    with pytest.raises(PosegamesError, match=r"posegames\[metrics\]"), Monitor(0, Stats()):
        pass


@pytest.mark.model
def test_a_run_is_watched_while_it_plays(models: object, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["mirror", "--source", "stage:dance?size=320x240", "--headless", "--metrics", f"{port}"]
    process = subprocess.Popen(
        [sys.executable, "-m", "posegames", "play", *words],
        cwd=tmp_path,
        env=os.environ | {"SDL_AUDIODRIVER": "dummy"},
        stderr=subprocess.PIPE,
        text=True,
    )
    told: dict[tuple[str, tuple[tuple[str, str], ...]], float] = {}
    end = time.monotonic() + PATIENCE
    try:
        while not told.get(("posegames_players", ())) or ("posegames_scene", (("scene", "mirror"),)) not in told:
            assert time.monotonic() < end, told
            assert process.poll() is None, "it has ended by itself"
            time.sleep(0.1)
            try:
                told = samples(ask(port))
            except OSError:
                continue  # it has not begun to listen
        process.terminate()
        _, said = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
        process.wait()
    assert (process.returncode, said) == (0, "")
    assert told["posegames_inference_seconds_count", ()] > 0
    assert told["posegames_display_rate", ()] > 0
    with pytest.raises(urllib.error.URLError):
        ask(port)
