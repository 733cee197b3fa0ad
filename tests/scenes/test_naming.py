from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import pytest
from reaching import Reaching
from standing import Stand

from posegames.body.pose import Pose
from posegames.engine.choosing.extent import centre
from posegames.engine.scene import Cue, Setup, World
from posegames.events import Event, KeyPressed, PointerPressed
from posegames.memory.memory import Memory
from posegames.preferences import Preferences
from posegames.scenes.naming import _DONE, LETTERS, LONGEST, Naming, _place
from posegames.testing import At, Played, ScriptedFeed, Shot, assert_picture, body, play

GOLDEN = Path(__file__).parents[1] / "golden"
BLINK = 0.25
"""Seconds from a letter being there to the hand leaving for the next."""


def naming(number: int = 1) -> Naming:
    return Naming(number, lambda _name: Stand(Setup()))


def keys(*names: str) -> list[At | Shot]:
    return [At(0.5 + 0.05 * i, KeyPressed(name)) for i, name in enumerate(names)]


def rehearse(
    *plan: At | Shot, scene: Naming | None = None, memory: Memory | None = None, feed: ScriptedFeed | None = None
) -> Played:
    return play(scene or naming(), plan, hz=30, feed=feed or ScriptedFeed.of(body()), memory=memory)


class Writing(Reaching):
    """A hand that writes a name: it sees each letter come, and leaves for the next."""

    def __init__(self, scene: Naming, name: str) -> None:
        super().__init__((560.0, 590.0))
        self._scene, self._goals = scene, [*(centre(_place(LETTERS.index(c))) for c in name), centre(_DONE)]
        self._seen: str | None = None

    def __call__(self, time: float) -> Sequence[Pose]:
        poses = super().__call__(time)
        if time < 1.0:
            return poses
        if self._scene.name != self._seen and self._goals:
            after = BLINK if self._seen else 0.0
            self._seen, goal = self._scene.name, self._goals.pop(0)
            if math.dist(goal, self.place) < 80:  # the same again: a little way is enough
                goal = (goal[0] + 80, goal[1] + 30)
            self.go(goal, after=after)
        return poses


@pytest.mark.parametrize("palette", ["theatre", "high-contrast"])
def test_a_name_is_being_written(palette: str) -> None:
    with Memory() as memory:
        for name in ("Lea", "Maximilian", "Anna", "Anton"):
            memory.greet(name)
        plan: list[At | Shot] = [*keys("a", "n"), Shot(1.0, "it")]
        feed = ScriptedFeed(Reaching((1000.0, 420.0), since=0.3))
        played = play(naming(2), plan, feed=feed, memory=memory, preferences=Preferences(theme=palette))
    assert_picture(played.pictures["it"], GOLDEN / f"naming-{palette}.png")


def test_anna_is_written_by_hand_within_ten_seconds() -> None:
    """From a hand that is up and rests below the middle; by the real roster and the real pointer."""
    scene = naming()
    with Memory() as memory:
        played = play(scene, [Shot(11.0, "it")], feed=ScriptedFeed(Writing(scene, "ANNA")), memory=memory)
        assert memory.names() == ["Anna"]
    assert isinstance(played.stack.top, Stand)
    assert [cue.sound for cue in played.cues].count("miss") == 0


def test_every_letter_has_a_place_of_its_own() -> None:
    places = {centre(_place(i)) for i in range(len(LETTERS))}
    assert len(places) == 26
    for half in (LETTERS[:9], LETTERS[9:18], LETTERS[18:]):
        scene = naming()
        clicks = [At(0.2, PointerPressed(*centre(_place(LETTERS.index(letter))))) for letter in half]
        rehearse(*clicks, Shot(0.3, "it"), scene=scene)
        assert scene.name.upper() == half


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (("m", "a", "x", "return"), "Max"), (("a", "backspace", "ä", "space", "b", "enter"), "Ä B"),
        (("space", "m", "h", "1", "return"), "Mh1"), ((*"maximilianus", "return"), "Maximilian"),
        (("f11", "left shift", "x", "return"), "X"),
    ],
)  # fmt: skip
def test_keys_type(typed: Sequence[str], name: str) -> None:
    with Memory() as memory:
        played = rehearse(*keys(*typed), Shot(2.0, "it"), memory=memory)
        assert memory.names() == [name]
    assert len(name) <= LONGEST
    assert isinstance(played.stack.top, Stand)
    assert Cue("cheer", 1) in played.cues


def test_the_name_is_theirs_from_now_on() -> None:
    called: list[str] = []

    class After(Stand):
        def update(self, world: World, dt: float) -> None:
            called.append(world.theme.look(1).name)

    scene = Naming(1, lambda _name: After(Setup()))
    rehearse(*keys("a", "d", "a", "return"), Shot(2.0, "it"), scene=scene)
    assert set(called[1:]) == {"Ada"}  # from the next step on


@pytest.mark.parametrize("leaving", [("a", "escape"), ("return",), ("a", "backspace", "return")])
def test_the_old_name_may_stay(leaving: Sequence[str]) -> None:
    with Memory() as memory:
        played = rehearse(*keys(*leaving), Shot(2.0, "it"), memory=memory)
        assert memory.names() == []
    assert isinstance(played.stack.top, Stand)


def test_a_known_name_is_picked_and_can_be_left_again() -> None:
    scene = naming()
    with Memory() as memory:
        memory.greet("Zoe")
        memory.greet("Ada")
        erase, done = PointerPressed(360, 515), PointerPressed(*centre(_DONE))
        plan: list[At | Shot] = [
            At(0.3, PointerPressed(*centre(_place(25)))), At(0.6, PointerPressed(640, 375)), Shot(0.9, "it"),
        ]  # fmt: skip
        rehearse(*plan, scene=scene, memory=memory)
        assert scene.name == "Zoe"  # the only one that begins with Z
        again = naming()
        rehearse(At(0.3, PointerPressed(368, 375)), At(0.6, erase), Shot(0.9, "it"), scene=again, memory=memory)
        assert again.name == "Ad"
        played = rehearse(At(0.3, PointerPressed(368, 375)), At(0.6, done), Shot(0.9, "it"), memory=memory)
        assert memory.names()[0] == "Ada"
    assert isinstance(played.stack.top, Stand)


def test_arrows_go_round_the_wheel_and_return_takes_what_is_in_focus() -> None:
    scene = naming()
    rehearse(*keys("tab", "right", "return", "b", "return", "down"), Shot(2.0, "it"), scene=scene)
    assert scene.name == "Bb"
    full = naming()
    steps: Sequence[Event] = [PointerPressed(*centre(_place(0)))] * (LONGEST + 3)
    rehearse(*(At(0.3 + 0.05 * i, step) for i, step in enumerate(steps)), Shot(2.0, "it"), scene=full)
    assert len(full.name) == LONGEST
