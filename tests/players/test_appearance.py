from __future__ import annotations

import numpy as np
import pytest
from bodies import standing

from posegames.body.pose import Pose
from posegames.players.appearance import OTHER, Appearance, appearance, appearances, unlike
from posegames.seeing.sighting import Picture

RED, BLUE, BLACK, WHITE, GREY = (40, 40, 200), (200, 90, 40), (25, 25, 28), (225, 228, 230), (120, 120, 120)


def clothed(colour: tuple[int, int, int], light: float = 1.0, noise: float = 8.0) -> Picture:
    """Return a grey room, and before it clothes of one colour, a little grained."""
    picture = np.full((180, 320, 3), 125.0)
    picture[30:, :220] = colour
    grain = np.random.default_rng(1).normal(0, noise, picture.shape)
    return np.clip(picture * light + grain, 0, 255).astype(np.uint8)


def look(picture: Picture, pose: Pose | None = None) -> Appearance:
    seen = appearance(picture, pose or standing())
    assert seen is not None
    return seen


@pytest.mark.parametrize("colour", [RED, BLUE, BLACK, WHITE, GREY])
@pytest.mark.parametrize("light", [0.7, 1.0, 1.3])
def test_the_same_clothes_are_known_again_in_another_light(colour: tuple[int, int, int], light: float) -> None:
    assert unlike(look(clothed(colour)), look(clothed(colour, light))) < OTHER


def test_other_clothes_are_others() -> None:
    looks = [look(clothed(colour)) for colour in (RED, BLUE, BLACK, WHITE)]
    for i, one in enumerate(looks):
        assert [unlike(one, other) > OTHER for other in looks] == [j != i for j in range(len(looks))]


def test_trousers_count_where_they_are_seen() -> None:
    picture = clothed(RED)
    other = picture.copy()
    other[100:] = BLUE  # from the hips down
    whole, upper = look(picture), look(picture, without(standing(), 25, 26))
    assert 0.1 < unlike(whole, look(other)) < 0.5
    assert not upper[1].any()
    assert unlike(upper, look(other)) < 0.1  # only the shirts can be compared


def without(pose: Pose, *joints: int) -> Pose:
    confidence = pose.confidence.copy()
    confidence[list(joints)] = 0
    return Pose(pose.xy, confidence)


def test_who_is_looked_at_with_others_looks_the_same() -> None:
    picture = clothed(RED)
    picture[90:, 150:] = BLUE
    poses = [standing(0.3), without(standing(0.9), 23), without(standing(0.7), 26), standing(1.7), standing(30.0)]
    together = appearances(picture, poses)
    assert [one is None for one in together] == [False, True, False, False, True]
    for one, pose in zip(together, poses, strict=True):
        np.testing.assert_array_equal(one, appearance(picture, pose))
    assert appearances(picture, []) == []


def test_nothing_is_said_of_clothes_that_are_not_seen() -> None:
    assert appearance(clothed(RED), without(standing(), 11)) is None
    assert appearance(clothed(RED), standing(x=30.0)) is None
    assert appearance(np.zeros((1, 1, 3), dtype=np.uint8), standing(x=-1e6)) is None


def test_a_body_half_out_of_the_picture_shows_what_is_left() -> None:
    half = look(clothed(RED), standing(x=0.02))
    assert unlike(half, look(clothed(RED))) < 0.1
    np.testing.assert_allclose(half.sum(axis=1), 1, atol=1e-5)
