from __future__ import annotations

import numpy as np

from posegames.engine.scene import Setup
from posegames.events import Gesture, KeyPressed, PlayerLeft
from posegames.scenes.confidence import FLASH, SHOWN, Confidences
from posegames.scenes.mirror import Mirror
from posegames.testing import At, ScriptedFeed, Shot, body, play


def test_bars_are_shown_in_the_mirror_when_wanted() -> None:
    mirror = Mirror(Setup())
    plan: list[At | Shot] = [
        At(0.5, KeyPressed("g")),
        Shot(0.6, "none"),
        At(0.7, Gesture(0.7, 1, "my_move", "value", 0.3)),
        Shot(0.8, "low"),
        At(0.9, Gesture(0.9, 1, "my_move", "value", 0.9)),
        Shot(1.0, "high"),
        At(1.1, KeyPressed("g")),
        Shot(1.2, "gone"),
    ]
    played = play(mirror, plan, feed=ScriptedFeed.of(body(0.9)))
    bar = {name: picture[126, 256:420].astype(int) for name, picture in played.pictures.items()}
    orange = {name: int((np.abs(row - (0x00, 0x9F, 0xE6)).max(axis=1) < 40).sum()) for name, row in bar.items()}
    assert orange["none"] == orange["gone"] == 0
    assert 35 <= orange["low"] <= 60  # of 150
    assert 115 <= orange["high"] <= 150


def test_only_taught_gestures_count_and_they_go_with_their_player() -> None:
    sure = Confidences()
    sure.take(Gesture(0, 1, "lean", "value", 0.7))
    sure.take(Gesture(0, 1, "squat", "pulse"))
    assert not sure.known
    sure.take(Gesture(0, 1, "my_move", "value", 0.7))
    sure.take(Gesture(0, 2, "my_move", "value", 0.2))
    sure.take(Gesture(0, 1, "my_move", "pulse", 0.7))
    assert [*sure.rows()] == [(1, "my_move", 0.7, 1.0), (2, "my_move", 0.2, 0.0)]
    sure.update(FLASH)
    assert [shine for *_, shine in sure.rows()] == [0, 0]
    sure.take(PlayerLeft(1, 1))
    assert [*sure.rows()] == [(2, "my_move", 0.2, 0.0)]
    for number in range(20):
        sure.take(Gesture(0, 1, f"my_move_{number:02}", "value", 0.5))
    assert [name for _, name, *_ in sure.rows()] == [f"my_move_{number:02}" for number in range(20 - SHOWN, 20)]
