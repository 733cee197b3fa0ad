from __future__ import annotations

import re
from importlib.metadata import metadata, requires
from pathlib import Path

import pytest

from posegames.events import Event, Gesture, KeyPressed, PointerPressed
from posegames.preferences import Preferences
from posegames.scenes.credits import PAGES, Credits
from posegames.testing import At, Played, ScriptedFeed, Shot, assert_picture, body, play

GOLDEN = Path(__file__).parents[1] / "golden"


def rehearse(*plan: At | Shot, preferences: Preferences | None = None) -> Played:
    return play(Credits(), plan, feed=ScriptedFeed.of(body()), preferences=preferences)


@pytest.mark.parametrize("palette", ["theatre", "high-contrast"])
def test_what_it_is_and_whose_work_is_in_it(palette: str) -> None:
    onward = At(1.1, Gesture(1.1, 1, "swipe_left", "pulse"))
    played = rehearse(Shot(1.0, "first"), onward, Shot(1.6, "next"), preferences=Preferences(theme=palette))
    pictures = played.pictures
    assert (pictures["first"] != pictures["next"]).any()
    assert_picture(pictures["next" if palette == "theatre" else "first"], GOLDEN / f"credits-{palette}.png")


@pytest.mark.parametrize("event", [KeyPressed("escape"), PointerPressed(165, 650)])
def test_it_leads_back(event: Event) -> None:
    assert rehearse(At(0.2, event), Shot(0.5, "never")).stack.empty


def test_everything_it_needs_is_named() -> None:
    named = " ".join(what for page in PAGES for what, about in page.lines if about).lower()
    called = {"ai-edge-litert": "litert", "opencv-contrib-python": "opencv", "pygame-ce": "pygame"}
    needed = [line for line in requires("posegames") or () if "extra ==" not in line]
    for line in needed:
        name = re.split(r"[^\w-]", line)[0].lower()
        assert called.get(name, name) in named
    assert metadata("posegames")["License-Expression"] == "MIT"
