from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from standing import Stand

from posegames.body.pose import Pose
from posegames.engine.scene import Move, Replace, World
from posegames.errors import PosegamesError
from posegames.events import Event, KeyPressed, PointerPressed
from posegames.scenes.ending.sheet import COUNTED, Row
from posegames.scenes.results import Results
from posegames.testing import At, Played, ScriptedFeed, Shot, assert_picture, body, play

GOLDEN = Path(__file__).parents[1] / "golden"
FOX = Row(1, 9210, 4.0, ("Best: left arm", "To practise: right knee"))
OWL = Row(2, 10450, 5.0, ("Best: legs", "To practise: trunk"))


def results(*rows: Row, title: str = "First steps", last: bool = False) -> Results:
    onward = None if last else lambda: Stand(name="next")
    return Results(rows, title=title, again=lambda: Stand(name="again"), onward=onward)


def rehearse(scene: Results, *plan: At | Shot, feed: ScriptedFeed | None = None) -> Played:
    return play(scene, plan, feed=feed or ScriptedFeed.of(), home=lambda: Stand(name="menu"))


def top(played: Played) -> str:
    assert isinstance(played.stack.top, Stand)
    return played.stack.top.name


def hand(across: float, time: float, *, moves: float = 99.0) -> Sequence[Pose]:
    """Somebody whose right hand is low, `across` of a body height to the outside, and a little inwards later."""
    x = -0.115 - across + (0.03 if time > moves else 0.0)
    up = {"right_elbow": (-0.15, 0.66), "right_wrist": (x, 0.67), "right_index": (x, 0.73)}
    return [body(moved=up)]


def test_one_player() -> None:
    played = rehearse(results(FOX), Shot(1.6, "one"))
    assert_picture(played.pictures["one"], GOLDEN / "results-one.png")


def test_two_players_the_better_first_with_all_their_stars() -> None:
    played = rehearse(results(FOX, OWL), Shot(3.6, "two"))
    assert [cue.step for cue in played.cues if cue.sound == "star"] == [0, 1, 2, 3, 4]
    assert_picture(played.pictures["two"], GOLDEN / "results-two.png")


def test_six_with_bots_and_no_stars() -> None:
    rows = [Row(number, 90 - 11 * number, lines=("3 tags",), bot=number > 2) for number in range(1, 7)]
    played = rehearse(results(*rows, title="Meadow", last=True), Shot(3.0, "six"))
    assert not played.cues
    assert_picture(played.pictures["six"], GOLDEN / "results-six.png")


def test_points_count_up_and_stars_come_one_by_one() -> None:
    played = rehearse(results(FOX), *(Shot(t, str(t)) for t in (0.4, 0.8, COUNTED + 0.1, 3.4, 3.6)))
    number = {name: picture[130:250, 850:1220].astype(int) for name, picture in played.pictures.items()}
    assert (np.abs(number["0.4"] - number["0.8"]).max(axis=2) > 60).any()
    assert not (np.abs(number["3.4"] - number["3.6"]).max(axis=2) > 60).any()
    gold = [
        (np.abs(played.pictures[name][300:380, 480:950].astype(int) - (0x4B, 0xB8, 0xF2)).max(axis=2) < 12).sum()
        for name in ("0.8", str(COUNTED + 0.1), "3.4")
    ]
    assert gold[0] == 0
    assert 0 < gold[1] < 0.5 * gold[2]


@pytest.mark.parametrize(
    ("event", "where"),
    [
        (KeyPressed("return"), "again"), (KeyPressed("escape"), "menu"), (PointerPressed(170, 650), "again"),
        (PointerPressed(470, 650), "next"), (PointerPressed(760, 650), "menu"),
    ],
)  # fmt: skip
def test_again_next_and_the_menu(event: Event, where: str) -> None:
    played = rehearse(results(FOX), At(0.5, event), Shot(1.0, "it"))
    assert top(played) == where
    assert len(played.stack.scenes) == 1


def test_after_the_last_level_there_is_no_next() -> None:
    played = rehearse(results(FOX, last=True), At(0.5, PointerPressed(470, 650)), Shot(1.0, "it"))
    assert isinstance(played.stack.top, Results)


@pytest.mark.parametrize(("across", "left"), [(-0.06, 36), (-0.01, 328), (0.05, 620)])
def test_again_is_where_the_hand_already_is(across: float, left: int) -> None:
    """Whoever's hand is there when a game ends chooses `again` by little more than staying."""

    class Ended(Stand):
        """A game that has just ended."""

        def update(self, world: World, dt: float) -> Move | None:
            return Replace(results(FOX)) if world.now > 1.5 else None

    feed = ScriptedFeed(lambda time: hand(across, time, moves=2.6))
    played = play(Ended(name="game"), [Shot(2.2, "it"), Shot(4.5, "end")], feed=feed)
    assert top(played) == "again"
    lit = (np.abs(played.pictures["it"][597:700].astype(int) - (0xDC, 0xF4, 0xFF)).max(axis=2) < 12).nonzero()[1]
    assert left - 12 <= lit.min() <= lit.max() <= left + 292


def test_a_still_hand_chooses_nothing_by_accident() -> None:
    feed = ScriptedFeed(lambda time: hand(0.03, time))

    class Late(Stand):
        """A game that ends when a hand is up."""

        def update(self, world: World, dt: float) -> Move | None:
            return Replace(results(FOX)) if world.now > 1.5 else None

    played = play(Late(name="game"), [Shot(8.0, "it")], feed=feed)
    assert isinstance(played.stack.top, Results)


def test_what_cannot_be_made_is_said() -> None:
    def gone() -> Stand:
        raise PosegamesError("The level is gone.", now="Choose another one.")

    scene = Results([FOX], title="x", again=gone)
    played = rehearse(scene, Shot(3.5, "a"), At(3.6, KeyPressed("return")), Shot(4.2, "b"))
    assert played.stack.top is scene
    assert (np.abs(played.pictures["a"].astype(int) - played.pictures["b"]).max(axis=2) > 60).sum() > 2000


@pytest.mark.parametrize(
    "rows",
    [
        (), (Row(1, 0, math.nan),), (Row(1, 10**15, 99.0),), (Row(9, -5, -1.0, ("x" * 500,) * 9),),
        tuple(Row(number, 1) for number in range(1, 14)),
    ],
)  # fmt: skip
def test_odd_rows_are_shown_as_well_as_they_can_be(rows: tuple[Row, ...]) -> None:
    played = rehearse(results(*rows), Shot(3.0, "it"))
    assert isinstance(played.stack.top, Results)
    assert played.pictures["it"].any()
