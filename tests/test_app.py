"""The loop's small parts; the whole of it is played in `test_play`."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from posegames.app import DEMO_FILM, DEMO_SECONDS, _demo, _once, _served, opening
from posegames.engine.hud.hud import Hud
from posegames.engine.stack import SceneStack
from posegames.events import KeyPressed
from posegames.scenes.title import Title
from posegames.settings import Settings
from posegames.tools.bench.screens import Bare


class Letters(Bare):
    typing = True


def test_a_key_of_the_program_is_a_letter_where_letters_are_typed() -> None:
    theatre = cast("Any", SimpleNamespace(hud=Hud()))
    assert _served(KeyPressed("h"), theatre, SceneStack(Bare()))
    assert theatre.hud.level == "small"
    assert not _served(KeyPressed("h"), theatre, SceneStack(Letters()))
    assert not _served(KeyPressed("m"), theatre, SceneStack(Letters()))
    assert not _served(KeyPressed("x"), theatre, SceneStack(Bare()))
    assert theatre.hud.level == "small"


def test_a_sentence_is_said_once() -> None:
    said: list[str] = []
    say = _once(said.append)
    for sentence in ("", "No camera answered.", "", "No camera answered.", "The disk is full."):
        say(sentence)
    assert said == ["No camera answered.", "The disk is full."]


def test_what_is_played_without_a_screen_is_filmed_and_said() -> None:
    said: list[str] = []
    usual = _demo(Settings(), said.append)
    assert (usual.source, usual.seconds, usual.record) == ("stage", DEMO_SECONDS, DEMO_FILM)
    assert "20 seconds of stage off-screen, filmed as posegames-demo.mp4" in said[0]
    own = Settings(source="me.mp4", seconds=3.0, record=Path("me_too.mp4"))
    assert _demo(own, said.append) == own


def test_everything_begins_with_the_title() -> None:
    for scene in (None, "mirror"):
        assert isinstance(opening(Settings(scene=scene)).top, Title)
