from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest

from posegames.body.pose import Pose
from posegames.engine.guidance import (
    HIDE,
    LATER,
    LOOK,
    PATIENCE,
    PRAISED,
    SHOW,
    Advice,
    Guide,
    advise,
    brightness,
    height_share,
)
from posegames.engine.scene import World
from posegames.players.player import Player
from posegames.preferences import Preferences
from posegames.seeing.sighting import Frame, Sighting
from posegames.testing import body


def without(pose: Pose, first: int, last: int = 33) -> Pose:
    """Return `pose` with the joints from `first` up to `last` unseen: 27 are the feet, 13 the elbows."""
    confidence = pose.confidence.copy()
    confidence[first:last] = 0.0
    return Pose(pose.xy, confidence)


def without_feet(pose: Pose) -> Pose:
    return without(pose, 27)


def turned(pose: Pose, degrees: float) -> Pose:
    """Return `pose` as a camera sees it that leans by so much."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    middle = np.array([0.89, 0.5])
    return Pose((pose.xy - middle) @ np.array([[c, s], [-s, c]]) + middle, pose.confidence)


LEFT, RIGHT = body(0.6, height=0.7), body(1.2, height=0.7)


@pytest.mark.parametrize(
    ("poses", "light", "due", "whom"),
    [
        ([], math.nan, Advice.STEP_IN, None),
        ([], 20.0, Advice.LIGHT, None),  # first of all there must be light
        ([body()], 120.0, Advice.NONE, None),
        ([body()], math.nan, Advice.NONE, None),  # a tape has no light
        ([body()], 30.0, Advice.LIGHT, None),
        ([body(height=1.05, soles=1.02)], 120.0, Advice.BACK, 0),
        ([body(height=0.30)], 120.0, Advice.CLOSER, 0),
        ([body(0.5, height=0.75), body(1.2, height=0.30)], 120.0, Advice.NONE, None),  # a child, or one who waits
        ([without_feet(body())], 120.0, Advice.FEET, 0),
        ([without_feet(body(height=1.3, soles=1.4))], 120.0, Advice.BACK, 0),  # the feet are below the picture
        ([without(body(height=2.5, soles=2.7), 13)], 120.0, Advice.BACK, 0),
        ([body(), without_feet(body(1.3))], 120.0, Advice.FEET, 1),
        ([body(sure=0.0)], 120.0, Advice.CLOSER, 0),
        ([without_feet(body(height=0.8, soles=1.2))], 120.0, Advice.TILT_DOWN, 0),  # with much room above
        ([without(body(height=0.7, soles=0.64), 0, 11)], 120.0, Advice.TILT_UP, 0),  # no head, much floor
        ([LEFT, body(0.03)], 120.0, Advice.LEFT, 1),
        ([LEFT, body(1.76)], 120.0, Advice.RIGHT, 1),
        ([LEFT, RIGHT], 120.0, Advice.NONE, None),
        ([turned(LEFT, 10), turned(RIGHT, 10)], 120.0, Advice.STRAIGHTEN, None),
        ([turned(LEFT, -10), turned(RIGHT, -12)], 120.0, Advice.STRAIGHTEN, None),
        ([turned(LEFT, 10), turned(RIGHT, -10)], 120.0, Advice.NONE, None),  # they lean, not the camera
        ([turned(LEFT, 10), RIGHT], 120.0, Advice.NONE, None),
        ([turned(LEFT, 10)], 120.0, Advice.NONE, None),  # one alone may well lean
    ],
)
def test_the_most_useful_advice(poses: list[Pose], light: float, due: Advice, whom: int | None) -> None:
    assert advise(poses, light) == (due, whom)


@pytest.mark.parametrize(
    ("stranger", "due"),
    [
        (body(1.2), Advice.ASIDE),
        (body(1.2, height=0.3), Advice.NONE),  # who sits behind is in nobody's way
        (body(0.03), Advice.LEFT),  # who comes to play is not seen well enough to join
    ],
)
def test_those_who_do_not_play(stranger: Pose, due: Advice) -> None:
    assert advise([LEFT], 120.0, strangers=[stranger]).advice is due


def test_the_edges_are_those_of_the_picture() -> None:
    assert advise([body(1.3)], aspect=4 / 3).advice is Advice.RIGHT
    assert advise([body(1.3)], aspect=16 / 9).advice is Advice.NONE


def test_advice_is_five_words_at_most() -> None:
    assert all(len(advice.split()) <= 5 for advice in Advice)


@pytest.mark.parametrize(
    ("given", "poses", "light"),
    [
        (Advice.BACK, [body(height=0.95, soles=0.97)], 120.0),
        (Advice.CLOSER, [body(height=0.48)], 120.0),
        (Advice.FEET, [body(sure=0.4)], 120.0),
        (Advice.LIGHT, [body()], 52.0),
        (Advice.LEFT, [body(0.085)], 120.0),
        (Advice.RIGHT, [body(1.69)], 120.0),
        (Advice.STRAIGHTEN, [turned(LEFT, 5.5), turned(RIGHT, 5.5)], 120.0),
    ],
)
def test_between_two_thresholds_what_was_said_stays(given: Advice, poses: list[Pose], light: float) -> None:
    assert advise(poses, light).advice is Advice.NONE
    assert advise(poses, light, given=given).advice is given


class Told:
    """A guide that is shown poses thirty times a second."""

    def __init__(self, wanted: Preferences | None = None) -> None:
        self.guide = Guide()
        self._wanted, self._steps = wanted or Preferences(), 0

    def __call__(
        self, poses: Sequence[Pose], seconds: float, *, hidden: bool = False, light: int = 120
    ) -> list[Advice]:
        said, picture = [], np.full((90, 160, 3), light, dtype=np.uint8)
        for _ in range(round(seconds * 60)):
            number = self._steps // 2
            self._steps += 1
            players = tuple(
                Player(i, pose, pose, np.zeros((33, 2)), 0.2, 0.0, hidden=hidden)
                for i, pose in enumerate(poses, start=1)
            )
            sighting = Sighting(number / 30, number, (), 16 / 9, frame=Frame(picture, number / 30, number))
            world = World(now=self._steps / 60, players=players, sighting=sighting, preferences=self._wanted)
            self.guide.update(world, 1 / 60)
            said.append(self.guide.given)
        return said


def test_it_comes_after_a_second_and_goes_after_a_moment() -> None:
    told = Told()
    far = told([body(height=0.3)], 2.0)
    assert far.index(Advice.CLOSER) == pytest.approx(SHOW * 60, abs=3)
    assert told.guide.shown == pytest.approx(2.0 - SHOW, abs=0.05)
    assert told.guide.whom == 1
    fine = told([body()], 2.0)
    assert HIDE * 60 - 3 <= fine.index(Advice.NONE) <= (HIDE + LOOK) * 60 + 3
    assert told.guide.whom == 0


def test_it_does_not_flicker() -> None:
    told = Told()
    assert {told([body(height=0.3)] if i % 2 else [body()], 0.5)[-1] for i in range(20)} == {Advice.NONE}
    told([], 3.0)
    assert {told([] if i % 2 else [body()], 0.4)[-1] for i in range(20)} == {Advice.STEP_IN}


def test_players_who_lean_for_a_moment_do_not_tilt_the_camera() -> None:
    askew = [turned(LEFT, 10), turned(RIGHT, 10)]
    told = Told()
    assert set(told(askew, 2.5) + told([LEFT, RIGHT], 1.0)) == {Advice.NONE}
    assert told(askew, 4.0).index(Advice.STRAIGHTEN) == pytest.approx(LATER[Advice.STRAIGHTEN] * 60, abs=3)


def test_where_a_room_is_too_small_the_upper_body_is_enough() -> None:
    """Feet are asked for a while, then never again until they have been there."""
    told, behind_a_table = Told(), [without_feet(body())]
    asked = told(behind_a_table, SHOW + PATIENCE + 0.2)
    assert asked[-20] is Advice.FEET
    assert asked[-1] is Advice.UPPER_BODY
    assert told(behind_a_table, PRAISED + HIDE + 0.2)[-1] is Advice.NONE
    assert set(told(behind_a_table, 30.0)) == {Advice.NONE}
    assert set(told(behind_a_table, 1.0, hidden=True)[:30]) == {Advice.NONE}
    assert set(told(behind_a_table, 10.0)) <= {Advice.NONE, Advice.STEP_IN}
    told([body()], 1.0)
    assert told(behind_a_table, 2.0)[-1] is Advice.FEET


def test_who_is_too_near_is_let_be_too() -> None:
    told, close = Told(), [without_feet(body(height=1.3, soles=1.4))]
    told(close, SHOW + PATIENCE + PRAISED + 2)
    assert set(told(close, 20.0)) == {Advice.NONE}
    assert told([without_feet(body(0.03))], 2.0)[-1] is Advice.LEFT  # all else is said as before


@pytest.mark.parametrize("profile", ["seated", "upper-body"])
def test_nobody_is_asked_for_feet_who_plays_without_them(profile: str) -> None:
    told = Told(Preferences(profile=profile))
    assert set(told([without_feet(body())], 15.0)) == {Advice.NONE}


def test_it_can_be_switched_off() -> None:
    told = Told(Preferences(guidance=False))
    assert set(told([], 3.0) + told([body(height=0.2)], 3.0)) == {Advice.NONE}


def test_light_is_seen_in_the_picture() -> None:
    told = Told()
    assert told([body()], 2.0, light=30)[-1] is Advice.LIGHT
    assert told([body()], 2.0, light=90)[-1] is Advice.NONE


def test_how_bright_a_picture_is() -> None:
    half = np.zeros((480, 640, 3), dtype=np.uint8)
    half[:, 320:] = 200
    assert brightness(Sighting(0, 0, (), 4 / 3, frame=Frame(half, 0, 0))) == pytest.approx(100, abs=5)
    assert math.isnan(brightness(None))
    assert math.isnan(brightness(Sighting(0, 0, (), 4 / 3)))


def test_how_much_of_the_height_a_body_fills() -> None:
    assert height_share(body(height=0.8)) == pytest.approx(0.8 * 0.92, abs=0.02)
    assert height_share(without_feet(body(height=0.8))) == pytest.approx(0.8, abs=0.08)
    assert height_share(body(sure=0.0)) == 0.0
