from __future__ import annotations

import math

import numpy as np
import pytest

from posegames.body.pose import Pose
from posegames.engine.guidance import HIDE, SHOW, Advice, Guide, advise, brightness, height_share
from posegames.seeing.sighting import Frame, Sighting
from posegames.testing import body


def without_feet(pose: Pose) -> Pose:
    """Return `pose` as it is seen behind a table: nothing below the knees."""
    confidence = pose.confidence.copy()
    confidence[27:] = 0.0
    return Pose(pose.xy, confidence)


def face_only(pose: Pose) -> Pose:
    """Return `pose` as a laptop sees it: head and shoulders."""
    confidence = pose.confidence.copy()
    confidence[13:] = 0.0
    return Pose(pose.xy, confidence)


@pytest.mark.parametrize(
    ("poses", "light", "due"),
    [
        ([], math.nan, Advice.STEP_IN),
        ([], 20.0, Advice.LIGHT),  # first of all there must be light
        ([body()], 120.0, Advice.NONE),
        ([body()], math.nan, Advice.NONE),  # a tape has no light
        ([body()], 30.0, Advice.LIGHT),
        ([body(height=1.05, soles=1.02)], 120.0, Advice.BACK),
        ([body(height=0.30)], 120.0, Advice.CLOSER),
        ([body(0.5, height=0.75), body(1.2, height=0.30)], 120.0, Advice.NONE),  # a child, or one who waits
        ([without_feet(body())], 120.0, Advice.FEET),
        ([without_feet(body(height=1.3, soles=1.4))], 120.0, Advice.BACK),  # the feet are below the picture
        ([face_only(body(height=2.5, soles=2.7))], 120.0, Advice.BACK),
        ([body(), without_feet(body(1.3))], 120.0, Advice.FEET),
        ([body(sure=0.0)], 120.0, Advice.CLOSER),
    ],
)
def test_the_most_useful_advice(poses: list[Pose], light: float, due: Advice) -> None:
    assert advise(poses, light) is due


def test_advice_is_eight_words_at_most() -> None:
    assert all(len(advice.split()) <= 8 for advice in Advice)


@pytest.mark.parametrize(
    ("given", "pose", "light"),
    [
        (Advice.BACK, body(height=0.95, soles=0.97), 120.0),
        (Advice.CLOSER, body(height=0.48), 120.0),
        (Advice.FEET, body(sure=0.4), 120.0),
        (Advice.LIGHT, body(), 52.0),
    ],
)
def test_between_two_thresholds_what_was_said_stays(given: Advice, pose: Pose, light: float) -> None:
    assert advise([pose], light) is Advice.NONE
    assert advise([pose], light, given=given) is given


def told(guide: Guide, poses: list[Pose], seconds: float, start: float) -> list[Advice]:
    said = []
    for i in range(round(seconds * 60)):
        guide.update(poses, 120.0, start + i / 60)
        said.append(guide.given)
    return said


def test_it_comes_after_a_second_and_goes_after_a_moment() -> None:
    guide = Guide()
    far = told(guide, [body(height=0.3)], 2.0, 0.0)
    assert far.index(Advice.CLOSER) == pytest.approx(SHOW * 60, abs=1)
    assert guide.since == pytest.approx(SHOW, abs=0.02)
    fine = told(guide, [body()], 2.0, 2.0)
    assert fine.index(Advice.NONE) == pytest.approx(HIDE * 60, abs=1)


def test_it_does_not_flicker() -> None:
    guide = Guide()
    said = [told(guide, [body(height=0.3)] if i % 2 else [body()], 0.5, i / 2)[-1] for i in range(20)]
    assert set(said) == {Advice.NONE}
    told(guide, [], 3.0, 100.0)
    said = [told(guide, [] if i % 2 else [body()], 0.4, 103 + 0.4 * i)[-1] for i in range(20)]
    assert set(said) == {Advice.STEP_IN}


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
