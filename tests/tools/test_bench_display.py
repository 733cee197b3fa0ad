"""What screens cost, and how long a start takes: what is measured, and how it is told. No speed is asserted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from posegames.engine.scene import Move, Replace, Scene, Setup, World
from posegames.engine.window import open_window
from posegames.errors import PosegamesError
from posegames.events import Event, PlayerJoined
from posegames.scenes import SCENES
from posegames.settings import Settings
from posegames.testing import FakeClock, ScriptedFeed, body
from posegames.tools.bench import display, startup
from posegames.tools.bench.screens import SCREENS, Bare, Screen
from posegames.tools.bench.table import Plan

FOUR = tuple(body(0.3 + 0.4 * i, track=i + 1) for i in range(4))


class Feed(ScriptedFeed):
    """A scripted feed that leaves nothing behind."""

    @property
    def abandoned(self) -> list[str]:
        return []


def on_stage(play: Callable[[display.Stage], object]) -> None:
    with open_window(Settings(headless=True)) as window, Feed(lambda _time: FOUR) as feed:
        stage = display.Stage(window, feed, FakeClock())
        stage.arrive()
        play(stage)


def test_every_scene_and_every_screen_can_be_shown_to_four() -> None:
    assert set(SCENES) <= set(SCREENS)

    def play(stage: display.Stage) -> None:
        for name, screen in SCREENS.items():
            turn = stage.play(name, screen, seconds=0.1, warm=0.05)
            figures = turn.figures()
            assert figures["players"] == 4, name
            assert figures["pictures_a_second"] == pytest.approx(60, rel=0.01), name
            assert figures["sightings_a_second"] == pytest.approx(30, rel=0.5), name
            assert turn.processor.total > 0

    on_stage(play)


class Leaving(Bare):
    """A screen that is left in its third step."""

    def __init__(self) -> None:
        self.steps = 0
        self.told: list[Event] = []

    def handle(self, event: Event, world: World) -> Move | None:
        self.told.append(event)
        return None

    def update(self, world: World, dt: float) -> Move | None:
        self.steps += 1
        return Replace(Bare()) if self.steps == 3 else None


def test_a_screen_that_is_left_is_made_anew_and_told_who_is_here() -> None:
    made: list[Leaving] = []

    def make(_setup: Setup, _world: World) -> Scene:
        made.append(Leaving())
        return made[-1]

    on_stage(lambda stage: [stage.play("a", Screen(make), seconds=0.2, warm=0.0) for _ in range(2)])
    assert len(made) > 5
    assert [len([event for event in one.told if isinstance(event, PlayerJoined)]) for one in made[:3]] == [4, 4, 4]


def test_who_never_comes_is_said() -> None:
    with (
        open_window(Settings(headless=True)) as window,
        Feed.of() as feed,
        pytest.raises(PosegamesError, match="0 of 4 people"),
    ):
        display.Stage(window, feed, FakeClock()).arrive()


def turn(work: float, frame: float, processor: float) -> display.Turn:
    made = display.Turn(opening=0.05)
    for _ in range(100):
        made.add(work / 1000, processor / 1000, 4, frame / 1000)
    return made


def test_the_bars_are_those_of_the_median_round() -> None:
    slow = turn(20, 60, 4)  # a busy moment of the machine
    figures = display.report({
        "empty stage": [turn(2, 16.6, 1), turn(2, 16.6, 1), slow],
        "menu": [turn(5, 16.6, 5), slow, turn(5, 16.6, 5)],
        "match": [turn(7, 16.6, 7), turn(7, 22, 7), turn(7, 22, 7)],
    })  # fmt: skip
    assert all(figures["menu"]["kept"].values())
    assert figures["match"]["kept"] == {"work": False, "processor": False, "frame": False, "rate": False}
    assert (figures["menu"]["ratio"], figures["match"]["ratio"]) == (5.0, 7.0)
    sheet = display.sheet({"shown": "off-screen", "screens": figures})
    assert [row[-1] for row in sheet.rows] == ["yes", "yes", "not: work, processor, frame, rate"]


def test_a_start_is_timed_to_its_first_picture_and_to_the_scene() -> None:
    first = {"title": 100.8, "sighting": 102.5, "mirror": 103.25}
    assert startup.until(first, 100.0) == pytest.approx({"window": 0.8, "playing": 3.25})
    with pytest.raises(PosegamesError, match=r"title, sighting"):
        startup.until({"title": 100.8, "sighting": 102.5}, 100.0)


def test_starts_take_turns_and_the_first_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, ran = FakeClock(), list[str]()

    def run(command: list[str], folder: str) -> None:
        ran.append("play" if "play" in command else command[-1])
        clock.sleep(0.2 + (5 if len(ran) <= 4 else 0))
        if "play" in command:
            now = clock.now()
            moments = {"title": now - 0.1, "sighting": now, "mirror": now + 1}
            Path(command[command.index("--stats") + 1]).write_text(json.dumps({"first_shown": moments}))

    monkeypatch.setattr(startup, "_run", run)
    figures = startup.measure(Plan(rounds=2), clock, lambda _name, _share: None)
    assert len(ran) == 12
    assert figures["help"] == {
        "seconds": 0.2, "most": 0.2, "rounds": [0.2, 0.2], "bar": 0.25, "kept": True, "ratio": 1.0,
    }  # fmt: skip
    assert (figures["window"]["seconds"], figures["window"]["ratio"]) == (0.1, 0.5)
    assert (figures["playing"]["seconds"], figures["playing"]["kept"]) == (1.2, True)
    assert [row[0] for row in startup.sheet(figures).rows] == ["python", "help", "libraries", "window", "playing"]


def test_a_start_that_fails_is_said(tmp_path: Path) -> None:
    with pytest.raises(PosegamesError, match="There is no scene 'nonsense'"):
        startup._run([*startup._POSEGAMES, "play", "nonsense"], str(tmp_path))
