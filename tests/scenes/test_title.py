from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pygame
import pytest

from posegames.body.pose import Pose
from posegames.engine.canvas import Canvas
from posegames.engine.scene import Move, World
from posegames.events import Event, KeyPressed, PointerPressed
from posegames.memory.memory import Memory
from posegames.memory.records import Score
from posegames.preferences import Preferences
from posegames.scenes.menu.acts import RATE, Reel
from posegames.scenes.title import DARKENS, FOUND, NOTICED, SHOWN, Title
from posegames.seeing.status import FeedStatus, Phase
from posegames.testing import At, Played, ScriptedFeed, Shot, assert_picture, body, play

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


TODAY = 1000.0


def remembered() -> Memory:
    memory = Memory()
    for name, points, when in (("Fox", 9210, TODAY + 5), ("Anna", 8450, TODAY + 9), ("Owl", 99_999, TODAY - 9)):
        memory.add(Score(scene="match", level="first_steps", name=name, points=points, when=when))
    return memory


def attract(script: Callable[[float], Sequence[Pose]], *plan: At | Shot, theme: str = "theatre") -> Played:
    title = Title(Next, attracts=True, today=TODAY)
    return play(
        title,
        plan,
        feed=ScriptedFeed(script),
        asks=True,
        memory=remembered(),
        preferences=Preferences(theme=theme),
    )


@pytest.mark.parametrize("theme", ["theatre", "high-contrast"])
@pytest.mark.parametrize(("time", "name"), [(3.0, "dance"), (19.0, "poses"), (33.0, "field")])
def test_the_actors_play_until_somebody_comes(time: float, name: str, theme: str) -> None:
    played = attract(lambda _time: (), Shot(time, name), theme=theme)
    assert isinstance(played.stack.top, Title)
    assert_picture(played.pictures[name], GOLDEN / f"title-{name}-{theme}.png")


@pytest.mark.parametrize("theme", ["theatre", "high-contrast"])
def test_the_light_finds_whoever_steps_in(theme: str) -> None:
    played = attract(lambda time: (body(0.7),) if time > 1 else (), Shot(2.2, "found"), theme=theme)
    assert_picture(played.pictures["found"], GOLDEN / f"title-found-{theme}.png")


def test_then_it_makes_way() -> None:
    played = attract(
        lambda time: (body(0.7),) if time > 1 else (), Shot(1.0 + NOTICED + FOUND + DARKENS + 0.1, "it")
    )
    assert played.way == ["Title", "Next"]


def test_who_only_walks_by_is_followed_by_the_light_and_forgotten() -> None:
    played = attract(lambda time: (body(0.7),) if 1 < time < 2.5 else (), Shot(9.0, "it"))
    assert played.way == ["Title"]


@pytest.mark.parametrize("event", [KeyPressed("x"), PointerPressed(3, 3)])
def test_a_key_or_a_click_goes_on_at_once(event: Event) -> None:
    played = play(Title(Next, attracts=True), [At(0.3, event), Shot(0.3 + DARKENS + 0.1, "it")], feed=status(9.0))
    assert played.way == ["Title", "Next"]


class Counted:
    """An act of which it is known how often it was drawn."""

    drawn = 0

    def update(self, dt: float) -> None: ...

    def draw(self, canvas: Canvas, lit: float) -> None:
        self.drawn += 1
        canvas.fill((9, 8, 7))


def test_an_act_is_drawn_in_every_second_picture_and_shown_in_all() -> None:
    act = Counted()
    reel, canvas = Reel(act), Canvas(pygame.Surface((64, 36), depth=32))
    for _ in range(60):
        canvas.fill((0, 0, 0))
        reel.update(1 / 60)
        reel.draw(canvas, 1.0)
        assert (canvas.pixels()[..., :3] == (7, 8, 9)).all()
    assert act.drawn in (RATE, RATE + 1)
