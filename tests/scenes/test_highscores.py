from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from posegames.engine.scene import Setup
from posegames.events import Event, Gesture, KeyPressed, PointerPressed
from posegames.memory.memory import Memory
from posegames.memory.records import Score
from posegames.preferences import Preferences
from posegames.scenes import SCENES
from posegames.scenes.highscores import Highscores
from posegames.testing import At, Played, ScriptedFeed, Shot, assert_picture, body, play

GOLDEN = Path(__file__).parents[1] / "golden"
TODAY = 1_000_000.0
NAMES = ("Fox", "Anna", "Owl", "Frog", "Tim", "Bee", "Crab", "Hare", "Maximilian", "Fox")


def memory(*, scenes: tuple[str, ...] = ("match", "tag")) -> Memory:
    kept = Memory()
    levels = {"match": "first_steps", "tag": "meadow"}
    for scene in scenes:
        for i, name in enumerate(NAMES):
            when = TODAY + 60 if i % 2 else 60.0
            kept.add(Score(scene=scene, level=levels[scene], name=name, points=9210 - 777 * i, when=when))
    return kept


def rehearse(*plan: At | Shot, kept: Memory | None = None, theme: str = "theatre") -> Played:
    scene = Highscores(SCENES, Setup(), today=TODAY)
    return play(
        scene, plan, feed=ScriptedFeed.of(body()), memory=kept or memory(), preferences=Preferences(theme=theme)
    )


@pytest.mark.parametrize("theme", ["theatre", "high-contrast"])
def test_what_it_looks_like(theme: str) -> None:
    played = rehearse(Shot(1.0, "it"), theme=theme)
    assert_picture(played.pictures["it"], GOLDEN / f"highscores-{theme}.png")


@pytest.mark.parametrize("theme", ["theatre", "high-contrast"])
def test_where_nobody_has_played(theme: str) -> None:
    played = rehearse(Shot(1.0, "it"), kept=Memory(), theme=theme)
    assert_picture(played.pictures["it"], GOLDEN / f"highscores-none-{theme}.png")


@pytest.mark.parametrize(
    "event", [Gesture(0.5, 1, "swipe_left", "pulse"), KeyPressed("page down"), PointerPressed(1139, 650)]
)
def test_pages_are_turned(event: Event) -> None:
    played = rehearse(Shot(0.4, "a"), At(0.5, event), Shot(1.2, "b"))
    title = (np.abs(played.pictures["a"].astype(int) - played.pictures["b"]).max(axis=2) > 60)[20:90]
    assert title.sum() > 1000


@pytest.mark.parametrize("event", [KeyPressed("escape"), PointerPressed(160, 650)])
def test_it_leads_back(event: Event) -> None:
    assert rehearse(At(0.5, event), Shot(0.8, "never")).stack.empty


def test_a_level_that_is_gone_and_a_scene_that_is_gone_hurt_nobody() -> None:
    kept = Memory()
    kept.add(Score(scene="match", level="no_such_level", name="Fox", points=1))
    kept.add(Score(scene="no_such_scene", name="Fox" * 40, points=1))
    kept.add(Score(scene="mirror", name="", points=10**12))
    played = rehearse(Shot(0.3, "a"), At(0.4, KeyPressed("page down")), Shot(0.8, "b"), kept=kept)
    assert isinstance(played.stack.top, Highscores)
