from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from standing import Stand

from posegames.body.pose import Pose
from posegames.events import Event, KeyPressed, PointerPressed
from posegames.preferences import Preferences
from posegames.scenes import SCENES
from posegames.scenes.tutorial import LENGTH, Tutorial
from posegames.seeing.stage.script import load_play
from posegames.testing import At, Played, ScriptedFeed, Shot, assert_picture, body, play

GOLDEN = Path(__file__).parents[1] / "golden"
TAUGHT = [entry for entry in SCENES.values() if entry.lesson]


def rehearse(
    *plan: At | Shot, name: str = "match", feed: ScriptedFeed | None = None, preferences: Preferences | None = None
) -> Played:
    return play(Tutorial(SCENES[name], Stand(name="game")), plan, feed=feed, preferences=preferences)


@pytest.mark.parametrize("theme", ["theatre", "high-contrast"])
@pytest.mark.parametrize("name", ["match", "tag"])
def test_what_it_looks_like(name: str, theme: str) -> None:
    played = rehearse(Shot(2.2, "it"), name=name, preferences=Preferences(theme=theme))
    assert_picture(played.pictures["it"], GOLDEN / f"tutorial-{name}-{theme}.png")


def test_every_scene_of_ours_is_taught_in_few_words() -> None:
    assert [entry.name for entry in TAUGHT] == ["mirror", "match", "tag"]
    for entry in TAUGHT:
        assert entry.lesson
        assert all(0 < len(line.split()) <= 8 for line in entry.lesson.lines)
        assert load_play(entry.lesson.play).seconds == LENGTH


def test_it_ends_by_itself_and_the_scene_begins() -> None:
    played = rehearse(Shot(LENGTH - 0.2, "still"), Shot(LENGTH + 0.2, "over"))
    assert played.way == ["Tutorial", "Stand"]
    assert [cue.sound for cue in played.cues] == ["hover", "hover"]  # two more lines


@pytest.mark.parametrize("event", [KeyPressed("return"), KeyPressed("x"), PointerPressed(300, 300)])
def test_a_key_or_a_click_skips_it(event: Event) -> None:
    assert rehearse(At(0.5, event), Shot(0.7, "it")).way == ["Tutorial", "Stand"]


def test_a_hand_skips_it() -> None:
    def points(time: float) -> Sequence[Pose]:
        low = {"right_elbow": (-0.2, 0.66), "right_wrist": (-0.33, 0.66), "right_index": (-0.36, 0.7)}
        return [body(moved=low if time > 0.8 else None)]

    assert rehearse(Shot(4.0, "it"), feed=ScriptedFeed(points)).way == ["Tutorial", "Stand"]


def test_escape_goes_back() -> None:
    assert rehearse(At(0.5, KeyPressed("escape")), Shot(0.7, "it")).stack.empty


def test_a_scene_without_a_lesson_has_none() -> None:
    with pytest.raises(ValueError, match="no lesson"):
        Tutorial(replace(SCENES["tag"], lesson=None), Stand())
