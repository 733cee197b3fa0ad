"""The tools that scenes are tested with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from posegames.body.joints import MIRROR, Joint
from posegames.body.measure import SHOULDERS, torso_length
from posegames.engine.canvas import Canvas
from posegames.engine.scene import Cue, Move, Pop, World
from posegames.events import Event, KeyPressed
from posegames.testing import UPDATE_VARIABLE, At, FakeClock, ScriptedFeed, Shot, assert_picture, body, play


class Counter:
    """A scene that counts, as bright as it has counted far."""

    def __init__(self) -> None:
        self.count = 0

    def handle(self, event: Event, world: World) -> Move | None:
        if event == KeyPressed("escape"):
            return Pop()
        self.count += 1
        world.cue(Cue("tick"))
        return None

    def update(self, world: World, dt: float) -> Move | None:
        return None

    def draw(self, canvas: Canvas, world: World) -> None:
        canvas.fill((10 * self.count, 0, len(world.players)))


def test_a_fake_clock_moves_when_somebody_sleeps() -> None:
    clock = FakeClock(5.0)
    clock.sleep(0.5)
    clock.sleep(-3)
    assert clock.now() == 5.5


def test_things_happen_in_the_order_of_the_plan() -> None:
    first: list[At | Shot] = [Shot(0.5, "b"), At(0.2, KeyPressed("x")), Shot(0.1, "a")]
    plan = [*first, At(0.5, KeyPressed("y")), Shot(0.6, "c")]
    played = play(Counter(), plan)
    assert [played.pictures[name][0, 0, 2] for name in "abc"] == [0, 20, 20]
    assert played.cues == [Cue("tick"), Cue("tick")]
    assert played.events == []
    assert isinstance(played.stack.top, Counter)


def test_it_ends_with_the_last_scene() -> None:
    played = play(Counter(), [At(0.1, KeyPressed("escape")), Shot(99.0, "never")])
    assert played.stack.empty
    assert not played.pictures


def test_bodies_of_the_script_become_players() -> None:
    played = play(Counter(), [Shot(1.0, "it")], feed=ScriptedFeed.of(body(0.4), body(1.3)))
    assert played.pictures["it"][0, 0, 0] == 2
    assert len(played.events) == 2


def test_a_scripted_feed_is_polled_at_its_own_rate() -> None:
    seen: list[float] = []

    def script(time: float) -> tuple[()]:
        seen.append(time)
        return ()

    feed = ScriptedFeed(script)
    for i in range(61):
        feed.poll(100 + i / 60)
    assert len(seen) == 31
    assert seen == pytest.approx([i / 30 for i in range(31)])


def test_a_built_body_is_a_body() -> None:
    pose = body(0.9, height=0.8, soles=0.9)
    assert torso_length(pose) == pytest.approx(0.28 * 0.8, abs=0.01)
    left, right = (pose.xy[joint] for joint in SHOULDERS)
    assert left[0] > right[0]  # facing the camera, their left is at the larger x
    assert pose.xy[Joint.LEFT_HEEL][1] == pytest.approx(0.9, abs=0.03)
    assert np.allclose(pose.flipped(1.8).xy[pose.confidence > 0], pose.xy[pose.confidence > 0], atol=1e-5)
    assert len(MIRROR) == len(pose.xy)
    raised = body(moved={"left_wrist": (0.2, 1.1)})
    assert raised.xy[Joint.LEFT_WRIST][1] < raised.xy[Joint.NOSE][1]


def picture(level: int = 90) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    made = np.full((200, 300, 3), level, dtype=np.uint8)
    made[50:100, 60:200] = (10, 200, 240)
    return made


@pytest.fixture
def golden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a golden picture."""
    place = tmp_path / "golden" / "it.png"
    monkeypatch.setenv(UPDATE_VARIABLE, "1")
    with pytest.raises(pytest.skip.Exception, match="written anew"):
        assert_picture(picture(), place)
    monkeypatch.delenv(UPDATE_VARIABLE)
    return place


def test_the_same_picture_passes_and_so_does_a_hardly_different_one(golden: Path) -> None:
    assert_picture(picture(), golden)
    assert_picture(picture(91), golden)
    assert not (golden.parents[1] / "failed").exists()


def test_another_picture_fails_and_both_are_shown_side_by_side(golden: Path) -> None:
    moved = np.roll(picture(), 8, axis=1)
    with pytest.raises(AssertionError, match="far off"):
        assert_picture(moved, golden)
    assert (golden.parents[1] / "failed" / "it.png").is_file()
    with pytest.raises(AssertionError, match="on average"):
        assert_picture(picture(99), golden)
    spot = picture()
    spot[150:170, 20:40] = 255
    with pytest.raises(AssertionError, match="far off"):
        assert_picture(spot, golden)


def test_a_picture_of_another_size_fails(golden: Path) -> None:
    with pytest.raises(AssertionError, match=r"it.png is \(150, 100\)"):
        assert_picture(picture()[:100], golden)


def test_without_a_golden_picture_it_fails_and_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=UPDATE_VARIABLE):
        assert_picture(picture(), tmp_path / "none.png")
