"""What the pause looks like; what it does is tried with `Pausing`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from standing import Stand

from posegames.body.pose import Pose
from posegames.engine.canvas import Canvas
from posegames.engine.scene import Move, Push, Setup, World
from posegames.events import KeyPressed
from posegames.preferences import Preferences
from posegames.scenes.mirror import Mirror
from posegames.scenes.pause import Pause
from posegames.testing import HANDS_UP, At, ScriptedFeed, Shot, assert_picture, body, play

GOLDEN = Path(__file__).parents[1] / "golden"


def two(time: float) -> Sequence[Pose]:
    hand = (-0.30, 0.72)
    up = {"right_elbow": (-0.18, 0.66), "right_wrist": hand, "right_index": (hand[0] - 0.02, 0.78)}
    return body(0.6, moved=up if time > 0.8 else None), body(1.2, height=0.6, moved=HANDS_UP)


def test_the_game_stands_still_in_the_dark() -> None:
    mirror = Mirror(Setup())
    frozen: list[float] = []

    def draw(canvas: Canvas, world: World) -> None:
        frozen.append(world.now)
        mirror.draw(canvas, world)

    pause = Pause(draw, lambda: Mirror(Setup()), World(now=0.0))
    played = play(pause, [Shot(0.5, "a"), Shot(1.7, "pause")], feed=ScriptedFeed(two))
    assert frozen == [0.0]  # it is drawn once
    assert_picture(played.pictures["pause"], GOLDEN / "pause.png")


def test_it_counts_over_the_game() -> None:
    mirror = Mirror(Setup())
    pause = Pause(mirror.draw, lambda: Mirror(Setup()), World(now=0.0))
    plan: list[At | Shot] = [At(1.0, KeyPressed("return")), Shot(1.3, "count")]
    played = play(pause, plan, feed=ScriptedFeed(two))
    assert_picture(played.pictures["count"], GOLDEN / "pause-count.png")


class Left(Stand):
    """A game that waits for the first player after a while."""

    def update(self, world: World, dt: float) -> Move | None:
        mirror = Mirror(Setup())
        return Push(Pause(mirror.draw, Stand, world, missing=(1,))) if world.now > 1.5 else None


@pytest.mark.parametrize("theme", ["theatre", "high-contrast"])
def test_it_says_who_is_missing(theme: str) -> None:
    feed = ScriptedFeed(lambda time: (*((body(1.2, height=0.6),) if time < 1 else ()), body(0.6)))
    played = play(Left(), [Shot(2.0, "it")], feed=feed, preferences=Preferences(theme=theme))
    assert_picture(played.pictures["it"], GOLDEN / f"pause-missing-{theme}.png")
