"""The mirror's comparison: two presets on one player, what is told of them, and the one that is kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from posegames.body.pose import Pose
from posegames.engine.scene import Cue, Move, Setup, World
from posegames.events import KeyPressed
from posegames.scenes.comparing import LATENESS, PAIRS, TREMBLING, told
from posegames.scenes.mirror import Mirror
from posegames.testing import At, Played, ScriptedFeed, Shot, assert_picture, body, play

GOLDEN = Path(__file__).parents[1] / "golden"


def trembling_and_reaching(time: float) -> Sequence[Pose]:
    """Somebody who stands still for three seconds, as a tracker sees it, and then waves with wide fast strokes."""
    lots = np.random.default_rng(round(time * 30))
    swing = float(np.sin(2 * np.pi * 1.2 * (time - 3))) if time > 3 else -1.0
    arm = {"right_wrist": (-0.25, 0.75 + 0.25 * swing), "right_index": (-0.27, 0.8 + 0.25 * swing)}
    pose = body(0.9, moved=arm)
    return (Pose(pose.xy + lots.normal(0, 0.0004, pose.xy.shape), pose.confidence),)


def rehearse(*plan: At | Shot, feed: ScriptedFeed | None = None) -> tuple[Played, Mirror]:
    mirror = Mirror(Setup())
    return play(mirror, plan, hz=30, feed=feed or ScriptedFeed(trembling_and_reaching)), mirror


def test_each_press_shows_the_next_pair_and_the_last_none() -> None:
    for presses in range(len(PAIRS) + 1):
        plan = [At(0.5 + 0.1 * i, KeyPressed("a")) for i in range(presses)]
        _, mirror = rehearse(*plan, Shot(1.5, "it"))
        assert mirror.comparison.pair == (None, *PAIRS, None)[presses]


def test_escape_ends_it_and_then_the_mirror_and_other_keys_wait() -> None:
    keys = [At(0.5, KeyPressed("a")), At(0.6, KeyPressed("s")), At(0.7, KeyPressed("escape"))]
    played, mirror = rehearse(*keys, Shot(1, "it"))
    assert mirror.comparison.pair is None
    assert not mirror.private
    assert not played.stack.empty
    played, _ = rehearse(*keys, At(0.9, KeyPressed("escape")), Shot(1.5, "never"))
    assert played.stack.empty


def test_it_tells_what_trembles_and_what_is_late() -> None:
    _, still = rehearse(At(0.5, KeyPressed("a")), Shot(2.9, "it"))
    calm, fast = (twin.trembling for twin in still.comparison.twins)
    assert calm is not None
    assert fast is not None
    assert 0 < calm < 0.7 * fast < 1.5
    assert [twin.late for twin in still.comparison.twins] == [None, None]
    _, moved = rehearse(At(0.5, KeyPressed("a")), Shot(6.5, "it"))
    calm_late, fast_late = (twin.late for twin in moved.comparison.twins)
    assert calm_late is not None
    assert fast_late is not None
    assert 0 <= fast_late < 5
    assert fast_late + 5 < calm_late < 50


def test_what_is_told_of_lateness_is_true() -> None:
    """Shift what was seen by hand: a filter's delay, found from its output alone."""
    _, mirror = rehearse(At(0.5, KeyPressed("a")), Shot(6.5, "it"))
    for twin in mirror.comparison.twins:
        times, seen, drawn = np.array(twin.way).T
        delays = np.arange(0, 0.08, 0.001)
        misfit = [np.square(np.interp(times[5:] - d, times, seen) - drawn[5:]).sum() for d in delays]
        assert twin.late == pytest.approx(1000 * delays[int(np.argmin(misfit))], abs=6)


@pytest.mark.parametrize(("key", "kept"), [("left", "calm"), ("right", "fast")])
def test_the_one_that_is_liked_is_kept(key: str, kept: str) -> None:
    worlds: list[str] = []

    class Listening(Mirror):
        def update(self, world: World, dt: float) -> Move | None:
            worlds.append(world.smoothing)
            return super().update(world, dt)

    plan: list[At | Shot] = [At(0.5, KeyPressed("a")), At(1, KeyPressed(key)), Shot(1.5, "it")]
    played = play(Listening(Setup()), plan, feed=ScriptedFeed(trembling_and_reaching))
    assert (worlds[0], worlds[-1]) == ("balanced", kept)
    assert Cue("success") in played.cues
    first, last = (played.pictures["it"][40:70, x : x + 100] for x in (530, 1170))
    marked = [
        bool((np.abs(part.astype(int) - (0x8C, 0xD0, 0x6F)).max(axis=2) < 30).any()) for part in (first, last)
    ]
    assert marked == [kept == "calm", kept == "fast"]


def test_arrows_do_nothing_while_it_is_off() -> None:
    played, _ = rehearse(At(0.5, KeyPressed("left")), Shot(1, "it"))
    assert played.cues == [Cue("join", 1)]


def test_it_looks_as_it_should() -> None:
    played, _ = rehearse(At(0.5, KeyPressed("a")), At(0.6, KeyPressed("right")), Shot(6.5, "it"))
    assert_picture(played.pictures["it"], GOLDEN / "mirror-compare.png")


def test_with_nobody_there_it_asks_for_somebody() -> None:
    played, mirror = rehearse(At(0.5, KeyPressed("a")), Shot(1, "it"), feed=ScriptedFeed.of())
    assert mirror.comparison.pair
    assert played.pictures["it"][345:375, 500:780].max() > 200


def test_who_leaves_and_who_comes_instead_begins_anew() -> None:
    def other(time: float) -> Sequence[Pose]:
        return (body(0.4, height=0.5),) if time > 9 else (body(1.2),) if time < 3 else ()

    _, mirror = rehearse(At(0.5, KeyPressed("a")), Shot(11, "it"), feed=ScriptedFeed(other))
    assert all(twin.way[0][0] > 9 for twin in mirror.comparison.twins)


def test_figures_are_told_in_words() -> None:
    assert told(None, LATENESS, "ms", "move") == "move"
    assert told(12.4, LATENESS, "ms", "") == "nearly at once, 12 ms"
    assert told(-1, LATENESS, "ms", "") == "at once, 0 ms"
    assert told(99, TREMBLING, "mm", "") == "trembles, 99.0 mm"
