"""The way through the program, from the title back to the menu: by hand alone, by keys alone, by mouse alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from posegames.body.pose import Pose
from posegames.engine.levels.level import Broken, Level
from posegames.engine.levels.shelf import Shelf
from posegames.engine.scene import Setup
from posegames.events import Event, KeyPressed, PointerPressed
from posegames.memory.memory import Memory
from posegames.rules.arena import Arena
from posegames.rules.piece import Piece, Target
from posegames.scenes import SCENES
from posegames.scenes.flow import Flow
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import load_play, parse_play
from posegames.testing import At, Played, ScriptedFeed, Shot, body, play

THERE = ("Title", "Lobby", "Menu", "Levels", "Tutorial")
BACK = ("Results", "Naming", "Results", "Menu")
SPREAD = {f"{side}_{part}": 90.0 for side in ("left", "right") for part in ("upper_arm", "forearm")}
RAISED = dict.fromkeys(SPREAD, 168.0)
TWO = Piece(targets=(Target(name="T-pose", angles=SPREAD), Target(name="Hands up", angles=RAISED)))

# Forearms point: where on the screen is said beside each.
BY_HAND = """
seconds 60
actors 1
 5.0  1  raise right                                       # joins
 7.4  1  hands up                                          # is ready
12.0  1  pose right_upper=2 right_fore=172 seconds=3       # the card in the middle: match
15.2  1  pose right_upper=-6 right_fore=-160 seconds=3     # the first level
18.4  1  pose right_upper=5 right_fore=100 seconds=3       # skip
24.0  1  pose both_upper=90 both_fore=90 seconds=4
28.4  1  arms crossed seconds=2.2
31.0  1  pose right_upper=2 right_fore=172 seconds=3       # go on
36.4  1  pose both_upper=168 both_fore=168 seconds=4
44.4  1  pose right_upper=5 right_fore=100 seconds=3       # your name
47.8  1  pose right_upper=15 right_fore=80 seconds=3       # the letter in the corner
51.2  1  pose right_upper=-20 right_fore=110 seconds=3     # done
54.6  1  pose right_upper=-30 right_fore=90 seconds=3      # menu
"""


class Only(Shelf):
    """A shelf with one short level of each scene."""

    def all(self) -> tuple[Level | Broken, ...]:
        arena = Arena(seconds=2, rounds=1)
        return (
            Level(scene="match", name="two", title="Two poses", content=TWO),
            Level(scene="tag", name="field", title="A field", content=arena),
        )


def walk(feed: ScriptedFeed, *plan: At | Shot, asks: bool = False) -> tuple[Played, Memory]:
    flow, memory = Flow(SCENES, Setup(shelf=Only())), Memory()
    played = play(flow.title(), plan, feed=feed, hz=30, home=flow.menu, start=flow.title, asks=asks, memory=memory)
    return played, memory


def way(game: str) -> list[str]:
    return [*THERE, game, "Pause", game, *BACK]


def test_by_hand_alone() -> None:
    stage = Choreography(parse_play(BY_HAND), actors=1)

    def seen(time: float) -> Sequence[Pose]:
        return stage.at(time) if time > 2 else ()

    played, memory = walk(ScriptedFeed(seen), Shot(58.0, "end"), asks=True)
    assert played.way == way("Match")
    (score,) = memory.best()
    assert (score.scene, score.level, len(score.name)) == ("match", "two", 1)
    assert score.points > 1500
    assert memory.names()[0] == score.name


def keyed(start: float, *names: str, apart: float = 0.4) -> list[At | Shot]:
    return [At(start + apart * i, KeyPressed(name)) for i, name in enumerate(names)]


def test_by_keys_alone() -> None:
    """Somebody stands there, and does nothing but press keys."""
    plan = [
        *keyed(1.0, "return"),  # title
        *keyed(2.0, "return"),  # lobby
        *keyed(3.0, "right", "right", "right", "return"),  # the third card: tag
        *keyed(5.0, "right", "return"),  # its level
        *keyed(6.5, "return"),  # tutorial
        *keyed(9.0, "right", "escape"),
        *keyed(11.0, "return"),  # go on
        *keyed(20.5, "right", "right", "right", "right", "return"),  # your name
        *keyed(23.0, "a", "n", "n", "a", "return"),
        *keyed(25.6, "escape"),
    ]
    played, memory = walk(ScriptedFeed.of(body()), *plan, Shot(26.2, "end"))
    assert played.way == way("Tag")
    assert [score.name for score in memory.best("tag", "field")] == ["Anna"]


def clicked(start: float, *places: tuple[float, float], button: int = 1) -> list[At | Shot]:
    events: list[Event] = [PointerPressed(x, y, button=button) for x, y in places]
    return [At(start + 0.5 * i, event) for i, event in enumerate(events)]


def test_by_mouse_alone() -> None:
    plan = [
        *clicked(1.0, (640, 360)),  # title
        *clicked(2.0, (640, 360)),  # lobby
        *clicked(3.0, (1050, 280)),  # tag
        *clicked(5.0, (240, 200)),  # its level
        *clicked(6.5, (640, 360)),  # tutorial
        *clicked(9.5, (640, 360), button=3),
        *clicked(11.0, (640, 330)),  # go on
        *clicked(20.5, (1164, 648)),  # your name
        *clicked(22.0, (80, 50), (240, 50), (840, 515)),  # A, B, done
        *clicked(24.5, (760, 648)),  # menu
    ]
    played, memory = walk(ScriptedFeed.of(body()), *plan, Shot(26.2, "end"))
    assert played.way == way("Tag")
    assert [score.name for score in memory.best("tag", "field")] == ["Ab"]


def test_without_anybody_it_begins_anew() -> None:
    """Whoever is there leaves in the menu: after a while the actors play again."""
    feed = ScriptedFeed(lambda time: (body(),) if 1 < time < 8 else ())
    played, _ = walk(feed, At(5.0, KeyPressed("return")), Shot(36.0, "end"))
    assert played.way == ["Title", "Lobby", "Menu", "Title"]


@pytest.mark.parametrize("key", ["escape"])
def test_the_way_can_be_left_anywhere(key: str) -> None:
    for scene in (Flow(SCENES, Setup()).title(), Flow(SCENES, Setup()).lobby(), Flow(SCENES, Setup()).menu()):
        assert play(scene, [At(0.2, KeyPressed(key)), Shot(0.5, "never")]).stack.empty


def test_the_stage_shows_the_way_to_whoever_has_no_camera() -> None:
    """What `posegames play --source stage` does, by the actor's true joints, whenever the eyes open."""
    stage = Choreography(load_play("menu"), actors=1)
    for late in (1.0, 5.5):
        flow = Flow(SCENES, Setup(shelf=Only()))

        def seen(time: float, late: float = late) -> Sequence[Pose]:
            return stage.at(late + time)

        feed = ScriptedFeed(seen)
        played = play(flow.title(), [Shot(34.0 - late, "it")], feed=feed, hz=30, home=flow.menu, asks=True)
        assert played.way == [*THERE, "Match"], late
