from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from posegames.engine.canvas import Canvas
from posegames.engine.scene import Move, World
from posegames.events import Event, KeyPressed
from posegames.scenes.title import DARKENS, SHOWN, Title
from posegames.seeing.status import FeedStatus, Phase
from posegames.testing import At, Played, ScriptedFeed, Shot, assert_picture, play

GOLDEN = Path(__file__).parents[1] / "golden"


class Next:
    """The scene that follows."""

    def handle(self, event: Event, world: World) -> Move | None:
        return None

    def update(self, world: World, dt: float) -> Move | None:
        return None

    def draw(self, canvas: Canvas, world: World) -> None:
        canvas.fill((1, 2, 3))


def status(loads: float, progress: float | None = None) -> ScriptedFeed:
    """Return a feed that is loading for `loads` seconds."""

    def now(time: float) -> FeedStatus:
        phase: Phase = "loading" if time < loads else "seeing"
        return FeedStatus(phase=phase, message="fetching the eyes" if time < loads else "", progress=progress)

    return ScriptedFeed(lambda _time: (), status=now)


def rehearse(feed: ScriptedFeed, *plan: At | Shot) -> Played:
    return play(Title(Next), plan, feed=feed)


def test_within_a_second_a_stage_with_a_light_and_actors() -> None:
    played = rehearse(status(9.0, 0.62), Shot(0.0, "dark"), Shot(1.0, "title"))
    dark, lit = (played.pictures[name].astype(float).mean() for name in ("dark", "title"))
    assert lit > 1.15 * dark
    assert_picture(played.pictures["title"], GOLDEN / "title-loading.png")


def test_it_makes_way_when_the_eyes_are_open() -> None:
    played = rehearse(status(3.0), Shot(2.9, "title"), Shot(3.1, "going"), Shot(3.1 + DARKENS, "next"))
    assert isinstance(played.stack.top, Next)
    assert played.pictures["going"].mean() < played.pictures["title"].mean()
    assert played.pictures["next"][5, 5].tolist() == [3, 2, 1]


def test_it_is_no_flash_when_everything_is_there_at_once() -> None:
    early = rehearse(status(0.0), Shot(SHOWN, "title"))
    assert isinstance(early.stack.top, Title)
    late = rehearse(status(0.0), Shot(SHOWN + DARKENS + 0.1, "next"))
    assert isinstance(late.stack.top, Next)


@pytest.mark.parametrize(
    ("now", "name"),
    [
        (FeedStatus(phase="trouble", message="The camera is busy"), "trouble"),
        (FeedStatus(phase="ended"), "ended"),
        (FeedStatus(phase="waking"), "waking"),
    ],
)
def test_what_goes_on_is_said(now: FeedStatus, name: str) -> None:
    silent = ScriptedFeed(lambda _time: (), status=lambda _time: FeedStatus(phase="loading", message=" "))
    plain = rehearse(silent, Shot(2.0, "it")).pictures["it"]
    feed = ScriptedFeed(lambda _time: (), status=lambda _time: now)
    played = rehearse(feed, Shot(2.0, "it"))
    assert isinstance(played.stack.top, Title)  # there is nothing to play yet
    changed = np.abs(played.pictures["it"].astype(int) - plain).max(axis=2) > 40
    assert changed[600:].sum() > 1000
    assert not changed[:600].any()
    if name == "trouble":
        assert_picture(played.pictures["it"], GOLDEN / "title-trouble.png")


def test_escape_leaves() -> None:
    played = rehearse(status(9.0), At(1.0, KeyPressed("escape")), Shot(2.0, "never"))
    assert played.stack.empty
    assert not played.pictures
