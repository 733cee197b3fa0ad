from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pygame
import pytest

from posegames.engine.canvas import Canvas
from posegames.engine.hud import REFRESH, Gauges, Hud, rows
from posegames.metrics import Durations
from posegames.seeing.status import FeedStatus
from posegames.testing import assert_picture

GOLDEN = Path(__file__).parents[1] / "golden"
STATUS = FeedStatus(
    source="camera 0", estimator="blazepose", capture_rate=29.97, tracking_rate=28.4, inference=0.0123,
    frames=1200, sightings=1140, dropped=60, effort="lean", cost=0.0234, budget=0.0267,
)  # fmt: skip


def gauges() -> Gauges:
    work, to_screen = Durations(), Durations()
    for i in range(200):
        work.add(0.003 + 0.001 * (i % 3))
        to_screen.add(0.07 + 0.02 * float(np.sin(i / 9)) + (0.09 if i % 37 == 0 else 0))
    return Gauges(display_rate=59.94, work=work, to_screen=to_screen, players=3, status=STATUS)


@pytest.fixture
def canvas() -> Canvas:
    return Canvas(pygame.Surface((1280, 720), depth=32))


def test_it_goes_from_off_to_small_to_full_and_off_again(canvas: Canvas) -> None:
    hud = Hud()
    covered = []
    for _ in range(4):
        canvas.fill((0, 0, 0))
        hud.draw(canvas, gauges(), 0.0)
        covered.append(int(canvas.pixels()[..., :3].any(axis=2).sum()))
        hud.cycle()
    assert covered[0] == covered[3] == 0
    assert 0 < covered[1] < covered[2]


@pytest.mark.parametrize("level", ["small", "full"])
def test_it_looks_as_it_did(canvas: Canvas, level: str) -> None:
    Hud(level).draw(canvas, gauges(), 0.0)
    assert_picture(canvas.pixels()[:400, :880, :3], GOLDEN / f"hud-{level}.png")


def test_text_is_rendered_a_few_times_a_second_only(canvas: Canvas) -> None:
    hud, seen = Hud("full"), []
    for measured, now in ((gauges(), 0.0), (Gauges(), REFRESH * 0.9), (Gauges(), REFRESH * 1.1)):
        canvas.fill((0, 0, 0))
        hud.draw(canvas, measured, now)
        seen.append(canvas.pixels())
    assert (seen[1] == seen[0]).all()
    assert (seen[2] != seen[0]).any()


def test_what_it_says() -> None:
    said = dict(rows(gauges()))
    assert said["display"] == "59.9 FPS"
    assert said["own work"] == "4.0 / 5.0 ms"
    assert said["tracking"] == "28.4 /s"
    assert said["inference"] == "12.3 ms"
    assert (said["effort"], said["cost of budget"]) == ("lean", "23 of 27 ms")
    assert said["dropped"] == "60 of 1200"
    assert said["capture to screen"] == "72 / 90 ms"
    assert (said["players"], said["source"], said["estimator"]) == ("3", "camera 0", "blazepose")
    unknown = dict(rows(Gauges()))
    assert [unknown[what] for what in ("source", "effort", "cost of budget")] == ["-", "-", "-"]
    assert dict(rows(Gauges(status=replace(STATUS, idle=True))))["effort"] == "idle"


def test_the_small_one_says_in_a_word_how_hard_the_eyes_work(canvas: Canvas) -> None:
    pictures = []
    for status in (STATUS, replace(STATUS, idle=True), replace(STATUS, effort="")):
        canvas.fill((0, 0, 0))
        Hud("small").draw(canvas, replace(gauges(), status=status), 0.0)
        pictures.append(canvas.pixels()[..., :3].any(axis=2).any(axis=0).sum())
    assert pictures[0] > pictures[1] > pictures[2]  # "lean" is wider than "idle", and that than nothing


def test_a_source_with_an_endless_name_is_shortened(canvas: Canvas) -> None:
    named = Gauges(status=FeedStatus(source="a/very/long/path/" * 20 + "\0\ud800.mp4"))
    Hud("full").draw(canvas, named, 0.0)
    canvas.surface.fill((0, 0, 0), (0, 0, 384, 720))
    assert not canvas.pixels()[..., :3].any()  # nothing stands over the panel's right edge
