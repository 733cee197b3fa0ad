from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from standing import Stand

from posegames.body.pose import Pose
from posegames.engine.levels.level import Broken, Fault, Level
from posegames.engine.levels.shelf import Shelf
from posegames.engine.scene import Setup
from posegames.errors import LevelError
from posegames.events import Event, KeyPressed, PointerPressed
from posegames.rules.arena import Arena, Box, Circle
from posegames.rules.piece import Piece, Target
from posegames.scenes import SceneEntry
from posegames.scenes.levels import PAGE, Faults, Levels
from posegames.testing import At, Played, ScriptedFeed, Shot, assert_picture, body, play

GOLDEN = Path(__file__).parents[1] / "golden"
ARMS = {"left_upper_arm": 90.0, "left_forearm": 175.0, "right_upper_arm": 60.0, "right_forearm": 20.0}
POSES = Piece(targets=tuple(Target(name=str(i), angles={**ARMS, "trunk": 6.0 * i}) for i in range(5)))
FIELD = Arena(obstacles=(Circle(4, 4, 1.2), Box(9, 2, 2, 1), Box(9, 6, 1, 2)))
FAULTS = (
    Fault("pose 3, left_upper_arm", "is 'up', and must be a number of degrees from -180 to 180."),
    Fault("", "The file has no title."),
)


def refuse(_setup: Setup) -> Stand:
    raise LevelError("The level cannot be played.", "Its file is gone.", "Choose another one.")


MATCH = SceneEntry(name="match", title="Match", blurb="Strike the pose.", make=Stand, levels=True)


def level(name: str, content: Piece | Arena = POSES, about: str = "Easy poses, and slow.") -> Level:
    return Level(scene="match", name=name, title=name.replace("_", " ").capitalize(), content=content, about=about)


def broken(name: str, *faults: Fault) -> Broken:
    return Broken(scene="match", name=name, path=Path(f"levels/match/{name}.toml"), faults=faults)


class Fixed(Shelf):
    """A shelf with what a test puts on it."""

    def __init__(self, *levels: Level | Broken) -> None:
        super().__init__()
        self.levels = levels

    def of(self, scene: str) -> tuple[Level | Broken, ...]:
        return tuple(level for level in self.levels if level.scene == scene)


def rehearse(
    *plan: At | Shot, shelf: Shelf, entry: SceneEntry = MATCH, feed: ScriptedFeed | None = None
) -> Played:
    scene = Levels(entry, Setup(shelf=shelf, seed=3))
    return play(scene, plan, feed=feed or ScriptedFeed.of())


SOME = Fixed(
    level("first_steps"),
    level("court", FIELD, "As if this were tag"),
    broken("my_own", FAULTS[0]),
    level(
        "a_level_with_a_very_long_name_that_does_not_fit", about="And with words about it that do not fit either"
    ),
)


def choosing(time: float) -> Sequence[Pose]:
    hand = (-0.115, 0.80)
    up = {"right_elbow": (-0.15, 0.66), "right_wrist": hand, "right_index": (hand[0], 0.86)}
    return [body(moved=up if time > 0.8 else None)]


def test_levels_are_cards_with_what_is_in_them() -> None:
    played = rehearse(Shot(1.5, "levels"), shelf=SOME, feed=ScriptedFeed(choosing))
    assert_picture(played.pictures["levels"], GOLDEN / "levels.png")


def test_a_hand_chooses_a_level_and_it_is_played() -> None:
    played = rehearse(Shot(3.0, "it"), shelf=SOME, feed=ScriptedFeed(choosing))
    assert isinstance(played.stack.top, Stand)
    assert played.stack.top.setup == Setup(level=SOME.levels[1], shelf=SOME, seed=3)  # type: ignore[arg-type]


def test_keys_and_mouse_choose_too() -> None:
    right, enter = KeyPressed("right"), KeyPressed("return")
    played = rehearse(At(0.1, right), At(0.2, right), At(0.3, enter), Shot(0.5, "it"), shelf=SOME)
    assert isinstance(played.stack.top, Stand)
    assert played.stack.top.setup.level is SOME.levels[1]
    played = rehearse(At(0.1, PointerPressed(240, 210)), Shot(0.5, "it"), shelf=SOME)
    assert isinstance(played.stack.top, Stand)
    assert played.stack.top.setup.level is SOME.levels[0]


@pytest.mark.parametrize("event", [KeyPressed("escape"), PointerPressed(160, 650)])
def test_back(event: Event) -> None:
    assert rehearse(At(0.1, event), Shot(0.5, "never"), shelf=SOME).stack.empty


def test_a_broken_level_says_what_is_wrong_and_leads_back() -> None:
    click = At(0.1, PointerPressed(1040, 210))
    played = rehearse(click, Shot(0.8, "it"), shelf=Fixed(level("a"), level("b"), broken("my_own", *FAULTS)))
    assert isinstance(played.stack.top, Faults)
    assert_picture(played.pictures["it"], GOLDEN / "levels-faults.png")
    for back in (KeyPressed("escape"), KeyPressed("return"), PointerPressed(640, 650)):
        focus = At(0.3, KeyPressed("left"))
        played = rehearse(click, focus, At(0.5, back), Shot(0.8, "it"), shelf=SOME)
        assert isinstance(played.stack.top, Levels)


def test_a_hundred_faults_are_counted() -> None:
    many = [
        Fault(f"pose {i}, trunk", f"is {i}0000, and must be a number from -60 to 60. " * 3) for i in range(100)
    ]
    shelf = Fixed(broken("ruin", *many))
    played = rehearse(At(0.1, PointerPressed(240, 210)), Shot(0.8, "it"), shelf=shelf)
    assert isinstance(played.stack.top, Faults)
    ink = (played.pictures["it"][580:592, 100:1180].astype(int).max(axis=2) > 170).sum()
    assert ink == 0  # nothing stands over the panel's edge


def test_more_than_fit_are_on_another_page() -> None:
    shelf = Fixed(*(level(f"level_{i}") for i in range(PAGE + 1)))
    more = PointerPressed(1120, 650)
    played = rehearse(At(0.1, more), At(0.3, PointerPressed(240, 210)), Shot(0.5, "it"), shelf=shelf)
    assert isinstance(played.stack.top, Stand)
    assert played.stack.top.setup.level is shelf.levels[PAGE]
    played = rehearse(
        At(0.1, more), At(0.2, more), At(0.3, PointerPressed(240, 210)), Shot(0.5, "it"), shelf=shelf
    )
    assert isinstance(played.stack.top, Stand)
    assert played.stack.top.setup.level is shelf.levels[0]


def test_an_empty_shelf_says_so() -> None:
    played = rehearse(Shot(0.5, "it"), shelf=Fixed())
    assert (played.pictures["it"][340:380, 500:780].astype(int).max(axis=2) > 120).sum() > 300


def test_a_level_that_cannot_be_played_after_all_is_said() -> None:
    entry = SceneEntry(name="match", title="Match", blurb="", make=refuse, levels=True)
    plan: list[At | Shot] = [Shot(0.3, "a"), At(0.4, PointerPressed(240, 210)), Shot(1.0, "b")]
    played = rehearse(*plan, shelf=SOME, entry=entry)
    assert isinstance(played.stack.top, Levels)
    assert (np.abs(played.pictures["a"].astype(int) - played.pictures["b"]).max(axis=2) > 60).sum() > 3000


def test_the_shipped_levels_are_shown() -> None:
    scene = Levels(MATCH, Setup())
    played = play(scene, [Shot(0.3, "it"), At(0.4, PointerPressed(240, 210)), Shot(0.6, "end")])
    assert isinstance(played.stack.top, Stand)
    assert played.stack.top.setup.level == Shelf().first("match")
