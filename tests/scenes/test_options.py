from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from reaching import Reaching

from posegames.engine.choosing.controls import END
from posegames.engine.scene import Cue, World
from posegames.engine.theme import Theme
from posegames.events import Event, Gesture, KeyPressed, PointerPressed
from posegames.language import LANGUAGES, speak
from posegames.memory.memory import Memory
from posegames.preferences import Preferences
from posegames.scenes.options.rows import PAGES, Pick, changed
from posegames.scenes.options.scene import Options
from posegames.testing import At, Played, ScriptedFeed, Shot, assert_picture, body, play

GOLDEN = Path(__file__).parents[1] / "golden"
RIGHT = 760 - END / 2
"""Where the right ends are."""
NOTHING = (0.0, 0.0, 100.0, 100.0)


def rehearse(*plan: At | Shot, preferences: Preferences | None = None, feed: ScriptedFeed | None = None) -> Played:
    return play(Options(), plan, feed=feed or ScriptedFeed.of(body()), preferences=preferences)


def left_set(*events: Event, preferences: Preferences | None = None, every: float = 0.1) -> Preferences:
    """Return what is set after `events`, and kept."""
    with Memory() as memory:
        if preferences:
            memory.keep("preferences", preferences.as_data())
        plan = [At(0.2 + every * i, event) for i, event in enumerate(events)]
        play(Options(), [*plan, Shot(0.5 + every * len(plan), "it")], memory=memory)
        return Preferences.of(memory.recall("preferences") or {})


def keys(*names: str) -> Sequence[KeyPressed]:
    return [KeyPressed(name) for name in names]


@pytest.mark.parametrize("palette", ["theatre", "high-contrast"])
def test_looks(palette: str) -> None:
    feed = ScriptedFeed(Reaching((690.0, 400.0), since=0.3))
    plan: list[At | Shot] = [At(0.1, KeyPressed("tab")), Shot(1.0, "it")]
    played = rehearse(*plan, feed=feed, preferences=Preferences(theme=palette, still=True))
    assert_picture(played.pictures["it"], GOLDEN / f"options-looks-{palette}.png")


@pytest.mark.parametrize("palette", ["theatre", "high-contrast"])
def test_sound(palette: str) -> None:
    plan: list[At | Shot] = [*(At(0.2, key) for key in keys("page down", "tab", "down", "right")), Shot(1.0, "it")]
    played = rehearse(*plan, preferences=Preferences(theme=palette, still=True))
    assert_picture(played.pictures["it"], GOLDEN / f"options-sound-{palette}.png")


def test_everything_that_can_be_set_has_a_row_and_goes_both_ways() -> None:
    rows = [row for page in PAGES for row in page.rows]
    assert sorted(row.field for row in rows) == sorted(field.name for field in fields(Preferences))
    for row in rows:
        seen: set[Any] = set()
        preferences = Preferences()
        for _ in range(12):
            control = row.control(preferences, NOTHING)
            preferences = changed(preferences, row, control.pushed(1))
            seen.add(getattr(preferences, row.field))
        assert Preferences.of(preferences.as_data()) == preferences  # it can be kept
        if isinstance(row, Pick):
            assert seen == set(row.titles)


def test_keys_alone_set_everything() -> None:
    looks = keys("tab", "right", "down", "right", "down", "left", "down", "return")
    sound = keys("page down", "tab", "left", "down", "right", "down", "right", "right")
    playing = keys("page down", "tab", "right", "right", "down", "left", "down", "right")
    helping = keys("page down", "tab", "left", "down", "left", "down", "right")
    wanted = left_set(*looks, *sound, *playing, *helping)
    assert wanted == Preferences(
        theme=wanted.theme, figure="lines", background="chalkboard", still=True, effects=0.7, music=0.6,
        language="de", profile="seated", sensitivity="high", dwell=1.0, tutorials=False, guidance=False,
        camera=True,
    )  # fmt: skip
    assert wanted.theme != "theatre"


def test_the_mouse_sets_and_turns_pages() -> None:
    clicks = [PointerPressed(RIGHT, 160), PointerPressed(300, 520), PointerPressed(685, 650),
              PointerPressed(400, 184), PointerPressed(685, 650), PointerPressed(RIGHT, 400)]  # fmt: skip
    wanted = left_set(*clicks)
    assert wanted.theme != "theatre"
    assert wanted.still
    assert wanted.effects == 0.5
    assert wanted.dwell == 1.0


def test_a_hand_sets_and_a_swipe_turns_the_page() -> None:
    hand = Reaching((720.0, 560.0), since=0.3)
    options = Options()

    def script(time: float) -> Sequence[Any]:
        poses = hand(time)
        if hand.there and time > 0.8 and hand.place[1] > 500:
            hand.go((RIGHT, 280.0))
        return poses

    with Memory() as memory:
        plan: list[At | Shot] = [
            At(2.65, Gesture(2.6, 1, "swipe_left", "pulse")), At(2.7, PointerPressed(RIGHT, 160)), Shot(3.0, "x"),
        ]  # fmt: skip
        play(options, plan, feed=ScriptedFeed(script), memory=memory)
        kept = Preferences.of(memory.recall("preferences") or {})
    assert kept.figure == "lines"
    assert kept.effects == 0.9  # the first row of the next page


def test_two_changes_in_one_step_are_both_kept() -> None:
    wanted = left_set(*keys("tab", "right", "down", "right"), every=0.0)
    assert wanted.theme != "theatre"
    assert wanted.figure == "lines"


def test_what_is_set_counts_at_once() -> None:
    seen: list[tuple[Theme, float]] = []

    class Watching(Options):
        def update(self, world: World, dt: float) -> Any:
            seen.append((world.theme, world.preferences.effects))
            return super().update(world, dt)

    looks = (At(0.2, key) for key in keys("tab", "down", "right"))
    sound = (At(0.4, key) for key in keys("page down", "tab", "right"))
    plan: list[At | Shot] = [*looks, *sound, Shot(0.8, "it")]
    played = play(Watching(), plan)
    assert seen[0][0].figure == "paper"
    assert seen[15][0].figure == "lines"
    assert seen[-1][1] == 0.9
    assert Cue("success", 1) in played.cues  # how loud it is now


def test_another_language_is_read_at_once() -> None:
    pictures = []
    try:
        for language in ("en", "de"):
            plan: list[At | Shot] = [At(0.1, KeyPressed("page down")), Shot(0.6, "it")]
            pictures.append(rehearse(*plan, preferences=Preferences(language=language)).pictures["it"])
    finally:
        speak("en")
    assert set(LANGUAGES) >= {"en", "de"}
    assert (pictures[0] != pictures[1]).any()


@pytest.mark.parametrize("event", [KeyPressed("escape"), PointerPressed(165, 650)])
def test_it_leads_back(event: Event) -> None:
    assert rehearse(At(0.2, event), Shot(0.5, "never")).stack.empty


def test_nothing_it_does_not_know_stops_it() -> None:
    strange = Preferences(theme="of tomorrow", figure="x", background="y", profile="z", dwell=0.77, effects=1.7)
    wanted = left_set(*keys("tab", "down", "right", "page down", "page down"), preferences=strange)
    assert wanted.figure == "lines"
    assert (wanted.theme, wanted.dwell) == ("of tomorrow", 0.77)
