from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pygame
import pytest

from posegames.engine.canvas import Canvas
from posegames.engine.hud import bodies
from posegames.engine.hud.gauges import Gauges
from posegames.engine.hud.hud import REFRESH, Hud
from posegames.engine.hud.machine import PARTS, rows
from posegames.engine.theme import HIGH_CONTRAST, THEATRE
from posegames.events import Gesture, PlayerJoined, PlayerLeft, Repetition
from posegames.language import LANGUAGES, speak
from posegames.metrics import Durations, Laps
from posegames.players.player import Player
from posegames.seeing.status import FeedStatus
from posegames.testing import assert_picture, body

GOLDEN = Path(__file__).parents[1] / "golden"
STATUS = FeedStatus(
    source="camera 0", estimator="blazepose", capture_rate=29.97, tracking_rate=28.4, inference=0.0123,
    frames=1200, sightings=1140, dropped=60, effort="lean", cost=0.0234, budget=0.0267,
)  # fmt: skip
NOW = 50.0


def player(number: int, *, sure: float = 0.95, seen: float = NOW - 0.04) -> Player:
    pose = body(0.3 * number, sure=sure)
    return Player(number, pose, pose, velocity=np.zeros((33, 2), dtype=np.float32), torso=0.2, seen=seen)


PLAYERS = (
    player(1),
    player(2, sure=0.55),
    replace(player(3, seen=NOW - 1.4), hidden=True),
    replace(player(4), certain=False),
)
LATEST = (
    Gesture(1.0, 1, "forgotten", "on"),
    PlayerJoined(3.0, 1),
    PlayerJoined(4.2, 2),
    Gesture(31.0, 2, "side_leg_raise_right", "on"),
    PlayerLeft(40.0, 6),
    Repetition(41.0, 1, "jumping_jack", 12, counts=True, depth=1.0, symmetry=1.0),
    Gesture(44.0, 3, "hands_up", "on"),
    Gesture(49.2, 1, "punch_left", "pulse"),
    Gesture(49.9, 4, "jump", "pulse"),
)


def gauges() -> Gauges:
    work, to_screen, laps = Durations(), Durations(), Laps()
    now = 0.0
    laps.lap("wait", now)
    for i in range(200):
        work.add(0.003 + 0.001 * (i % 3))
        to_screen.add(0.07 + 0.02 * float(np.sin(i / 9)) + (0.09 if i % 37 == 0 else 0))
        costs = {"people": 0.8, "update": 0.3, "draw": 2.6 + (i % 3), "hud": 0.2, "wait": 10.5, "show": 1.3}
        for part, cost in costs.items():
            laps.lap(part, now := now + cost / 1000)
        laps.close()
    return Gauges(
        display_rate=59.94,
        work=work,
        laps=laps,
        to_screen=to_screen,
        players=PLAYERS,
        latest=LATEST,
        status=STATUS,
    )


@pytest.fixture
def canvas() -> Canvas:
    return Canvas(pygame.Surface((1280, 720), depth=32))


def test_it_goes_from_off_to_small_to_full_and_off_again(canvas: Canvas) -> None:
    hud = Hud()
    covered = []
    for _ in range(4):
        canvas.fill((0, 0, 0))
        hud.draw(canvas, gauges(), NOW)
        covered.append(int(canvas.pixels()[..., :3].any(axis=2).sum()))
        hud.cycle()
    assert covered[0] == covered[3] == 0
    assert 0 < covered[1] < covered[2]


@pytest.mark.parametrize(
    ("level", "look"), [("small", THEATRE), ("full", THEATRE), ("full", HIGH_CONTRAST)], ids=lambda x: str(x)[:4]
)
def test_it_looks_as_it_did(canvas: Canvas, level: str, look: object) -> None:
    theme = THEATRE if look is THEATRE else HIGH_CONTRAST
    canvas.wear(theme)
    canvas.fill((70, 80, 90))
    Hud(level).draw(canvas, gauges(), NOW)
    assert_picture(canvas.pixels()[..., :3], GOLDEN / f"hud-{level}{'' if theme is THEATRE else '-contrast'}.png")


def test_text_is_rendered_a_few_times_a_second_only_and_its_sheets_in_turns(canvas: Canvas) -> None:
    hud, seen = Hud("full"), []
    for measured, now in ((gauges(), 0.0), (Gauges(), REFRESH * 0.4), (Gauges(), REFRESH * 0.9), (Gauges(), 0.26)):
        canvas.fill((0, 0, 0))
        hud.draw(canvas, measured, now)
        seen.append(canvas.pixels())
    halves = (slice(640), slice(640, None))
    changed = [[bool((b[:, half] != a[:, half]).any()) for half in halves] for a, b in pairwise(seen)]
    assert changed == [[False, False], [False, True], [True, False]]


def test_the_left_player_is_covered_no_more_than_by_372_times_388_pixels(canvas: Canvas) -> None:
    canvas.fill((0, 0, 0))
    Hud("full").draw(canvas, gauges(), NOW)
    rows, columns = np.nonzero(canvas.pixels()[:, :640, :3].any(axis=2))
    assert columns.max() <= 12 + 288  # it was as wide as 372
    assert rows.max() < 12 + 388


def test_what_it_says() -> None:
    said = dict(rows(gauges()))
    assert said["display"] == "59.9 FPS"
    assert said["camera, tracking"] == "30.0, 28.4 /s"
    assert said["inference"] == "12.3 ms"
    assert said["effort"] == "lean  23 of 27 ms"
    assert said["dropped"] == "60 of 1200"
    assert (said["source"], said["estimator"]) == ("camera 0", "blazepose")
    unknown = dict(rows(Gauges()))
    assert [unknown[what] for what in ("source", "effort", "dropped")] == ["-", "-", "0"]
    assert dict(rows(Gauges(status=replace(STATUS, idle=True))))["effort"] == "idle  23 of 27 ms"
    assert set(PARTS) == set(Laps.PARTS)


def test_it_says_how_well_players_are_seen() -> None:
    assert [bodies.state(each, NOW) for each in PLAYERS] == ["0.0 s", "0.0 s", "hidden 1.4 s", "? 0.0 s"]
    assert bodies.confidence(PLAYERS[0]) > bodies.confidence(PLAYERS[1]) > 0.3


def test_it_says_what_happened_last() -> None:
    assert [bodies.said(event) for event in LATEST[2:7]] == [
        "joins", "side leg raise right", "leaves", "jumping jack 12", "hands up",
    ]  # fmt: skip
    assert (
        bodies.latest(LATEST, NOW).high == bodies.latest(LATEST[1:], NOW).high > bodies.latest((), NOW).high == 0
    )


def test_the_small_one_says_in_a_word_how_hard_the_eyes_work(canvas: Canvas) -> None:
    pictures = []
    for status in (STATUS, replace(STATUS, idle=True), replace(STATUS, effort="")):
        canvas.fill((0, 0, 0))
        Hud("small").draw(canvas, replace(gauges(), status=status), 0.0)
        pictures.append(canvas.pixels()[..., :3].any(axis=2).any(axis=0).sum())
    assert pictures[0] > pictures[1] > pictures[2]  # "lean" is wider than "idle", and that than nothing


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_too_long_is_shortened(canvas: Canvas, language: str) -> None:
    endless = "a/very/long/path/" * 20 + "\0\ud800.mp4"
    named = replace(
        gauges(),
        status=replace(STATUS, source=endless, effort=endless),
        latest=(Gesture(49.0, 1, endless, "on"),),
    )
    canvas.wear(THEATRE.named({1: endless, 3: endless}))
    speak(language)
    try:
        Hud("full").draw(canvas, named, NOW)
    finally:
        speak("en")
    canvas.surface.fill((0, 0, 0), (12, 12, 288, 708))
    canvas.surface.fill((0, 0, 0), (980, 12, 288, 708))
    assert not canvas.pixels()[..., :3].any()  # nothing stands over a sheet's edge
