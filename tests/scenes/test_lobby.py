from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from standing import Stand

from posegames.body.pose import Pose
from posegames.engine.scene import Cue
from posegames.events import Event, KeyPressed, PointerPressed
from posegames.preferences import Preferences
from posegames.scenes.flow import DESERTED
from posegames.scenes.lobby import COUNT, Lobby
from posegames.testing import HANDS_UP, At, Played, ScriptedFeed, Shot, assert_picture, body, play

GOLDEN = Path(__file__).parents[1] / "golden"
ONE_UP = {"right_elbow": (-0.17, 0.95), "right_wrist": (-0.18, 1.08), "right_index": (-0.18, 1.13)}


def both(time: float) -> Sequence[Pose]:
    """Fox joins, then Owl, then Fox is ready, then Owl; a child only looks on."""
    fox = ONE_UP if 0.3 < time < 1.3 else HANDS_UP if 2.5 < time < 4.0 else None
    owl = ONE_UP if 1.5 < time < 2.5 else HANDS_UP if 4.5 < time < 6.0 else None
    return body(0.6, moved=fox), body(1.2, height=0.6, moved=owl), body(1.55, height=0.5)


def rehearse(feed: ScriptedFeed, *plan: At | Shot, preferences: Preferences | None = None) -> Played:
    lobby = Lobby(lambda: Stand(name="menu"))
    return play(
        lobby, plan, hz=30, feed=feed, asks=True, start=lambda: Stand(name="start"), preferences=preferences
    )


def where(played: Played) -> str:
    return played.stack.top.name if isinstance(played.stack.top, Stand) else ""


def test_a_hand_joins_both_hands_are_ready_and_it_goes_on() -> None:
    played = rehearse(ScriptedFeed(both), Shot(9.5, "on"))
    assert where(played) == "menu"
    sounds = [cue for cue in played.cues if cue.sound in ("join", "success", "count")]
    assert sounds == [
        Cue("join", 1),
        Cue("join", 2),
        Cue("success", 1),
        Cue("success", 2),
        *[Cue("count")] * COUNT,
    ]


@pytest.mark.parametrize("theme", ["theatre", "high-contrast"])
@pytest.mark.parametrize(("time", "name"), [(0.2, "nobody"), (3.1, "ready"), (5.7, "count")])
def test_what_it_looks_like(time: float, name: str, theme: str) -> None:
    played = rehearse(ScriptedFeed(both), Shot(time, name), preferences=Preferences(theme=theme))
    assert_picture(played.pictures[name], GOLDEN / f"lobby-{name}-{theme}.png")


def test_it_waits_until_all_who_joined_are_ready() -> None:
    def one_waits(time: float) -> Sequence[Pose]:
        return (*both(time)[:1], body(1.2, height=0.6, moved=ONE_UP if 1.5 < time < 2.5 else None))

    played = rehearse(ScriptedFeed(one_waits), Shot(9.0, "it"))
    assert isinstance(played.stack.top, Lobby)
    assert played.stack.top.ready == {1}


def test_who_comes_while_it_counts_stops_it() -> None:
    def late(time: float) -> Sequence[Pose]:
        fox = HANDS_UP if 0.3 < time < 2 else None
        owl = ONE_UP if 2.6 < time < 3.6 else None
        return body(0.6, moved=fox), body(1.2, height=0.6, moved=owl)

    played = rehearse(ScriptedFeed(late), Shot(8.0, "it"))
    assert isinstance(played.stack.top, Lobby)
    assert Cue("count") in played.cues


def test_who_leaves_is_not_waited_for() -> None:
    def leaves(time: float) -> Sequence[Pose]:
        fox, owl, _ = both(time)
        return (fox,) if time > 4.2 else (fox, owl)

    played = rehearse(ScriptedFeed(leaves), Shot(14.0, "it"))
    assert where(played) == "menu"
    assert Cue("leave", 2) in played.cues


def test_who_only_looks_on_is_no_player() -> None:
    played = rehearse(ScriptedFeed.of(body()), Shot(6.0, "it"))
    assert isinstance(played.stack.top, Lobby)
    assert not played.cues


@pytest.mark.parametrize("event", [KeyPressed("return"), KeyPressed("space"), PointerPressed(640, 300)])
def test_any_key_and_click_goes_on_at_once(event: Event) -> None:
    assert where(rehearse(ScriptedFeed.of(), At(0.3, event), Shot(0.5, "it"))) == "menu"


def test_the_wheel_does_not() -> None:
    played = rehearse(ScriptedFeed.of(), At(0.3, PointerPressed(640, 300, button=4)), Shot(0.5, "it"))
    assert isinstance(played.stack.top, Lobby)


def test_one_hand_alone_can_start_it() -> None:
    """Whoever cannot raise both hands points at the button."""
    hand = (-0.33, 0.66)
    low = {"right_elbow": (-0.2, 0.66), "right_wrist": hand, "right_index": (-0.36, 0.7)}
    feed = ScriptedFeed(lambda time: [body(moved=ONE_UP if time < 1 else low if time > 1.5 else None)])
    assert where(rehearse(feed, Shot(4.5, "it"))) == "menu"


def test_where_nobody_is_it_begins_anew() -> None:
    played = rehearse(ScriptedFeed.of(), At(5.0, KeyPressed("f5")), Shot(5.2, "it"))
    assert where(played) == "menu"
    assert where(rehearse(ScriptedFeed.of(), Shot(DESERTED - 0.5, "it"))) == ""
    assert where(rehearse(ScriptedFeed.of(), Shot(DESERTED + 0.2, "it"))) == "start"
