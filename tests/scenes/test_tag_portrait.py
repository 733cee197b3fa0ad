from __future__ import annotations

import numpy as np
import pytest

from posegames.body.pose import Pose
from posegames.engine.sprites import pixels
from posegames.engine.theme import THEATRE
from posegames.players.player import Player
from posegames.scenes.tag.portrait import Portrait
from posegames.seeing.sighting import Frame, Picture, Sighting
from posegames.testing import body

LOOK = THEATRE.look(1)


def player(pose: Pose, time: float = 0.0, *, hidden: bool = False) -> Player:
    still = np.zeros((33, 2), dtype=np.float32)
    return Player(number=1, pose=pose, shown=pose, velocity=still, torso=0.21, seen=time, hidden=hidden)


def sighting(picture: Picture | None, number: int = 0, time: float = 0.0) -> Sighting:
    frame = None if picture is None else Frame(picture, time, number)
    return Sighting(time, number, (), 16 / 9, frame=frame)


def room() -> Picture:
    """Return a picture that is red on its left and blue on its right side."""
    picture = np.zeros((360, 640, 3), dtype=np.uint8)
    picture[:, :320, 2] = 200
    picture[:, 320:, 0] = 200
    return picture


def shot(portrait: Portrait) -> Picture:
    picture: Picture = pixels(portrait.surface)[..., :3].copy()
    return picture


def test_it_shows_the_part_of_the_picture_where_somebody_stands_as_in_a_mirror() -> None:
    portrait = Portrait((88, 114), THEATRE)
    portrait.show(player(body(0.89)), LOOK, sighting(room()), 16 / 9)
    seen = shot(portrait)
    assert seen[5, 5].tolist() == [200, 0, 0]  # the camera's right is on the left
    assert seen[5, -5].tolist() == [0, 0, 200]
    orange = (np.abs(seen.astype(int) - LOOK.colour[::-1]).max(axis=2) < 40).nonzero()
    assert len(orange[0]) > 100  # the skeleton
    assert orange[1].mean() == pytest.approx(44, abs=4)


def test_without_a_picture_it_shows_the_paper_figure() -> None:
    portrait = Portrait((88, 114), THEATRE)
    portrait.show(player(body(0.3)), LOOK, None, 16 / 9)
    seen = shot(portrait)
    assert seen[3, 3].tolist() == list(THEATRE.boards[::-1])
    assert ((np.abs(seen.astype(int) - LOOK.colour[::-1]).max(axis=2) < 12).sum()) > 200


def test_it_follows_slowly_and_loses_nobody() -> None:
    """A step is seen as a step; whoever walks to the other side of the room is still in the window."""
    places = []
    for x in (0.89, 1.0, 1.6):
        portrait = Portrait((88, 114), THEATRE)
        portrait.show(player(body(0.89)), LOOK, None, 16 / 9)
        portrait.show(player(body(x), 0.1), LOOK, None, 16 / 9)
        seen = np.abs(shot(portrait).astype(int) - THEATRE.boards[::-1]).max(axis=2) > 30
        places.append(float(seen.nonzero()[1].mean()))
    middle, stepped, gone = places
    assert middle == pytest.approx(44, abs=2)
    assert stepped < middle - 5
    assert 20 < gone < stepped


@pytest.mark.parametrize(
    "pose", [body(-30.0), body(0.9, height=0.001), body(0.9, height=40.0), body(0.9, sure=0.0)], ids=range(4)
)
def test_bodies_that_are_hardly_there_do_no_harm(pose: Pose) -> None:
    portrait = Portrait((88, 114), THEATRE)
    for picture in (room(), None):
        portrait.show(player(pose), LOOK, sighting(picture, 0 if picture is None else 1), 16 / 9)
    assert shot(portrait).shape == (114, 88, 3)


def test_the_same_sighting_is_not_drawn_twice() -> None:
    portrait = Portrait((88, 114), THEATRE)
    portrait.show(player(body(0.89)), LOOK, sighting(room()), 16 / 9)
    portrait.surface.fill((1, 2, 3))
    portrait.show(player(body(0.89)), LOOK, sighting(room()), 16 / 9)
    assert shot(portrait)[50, 50].tolist() == [3, 2, 1]
    portrait.show(player(body(0.89), 0.1), LOOK, sighting(room(), 1, 0.1), 16 / 9)
    assert shot(portrait)[50, 50].tolist() != [3, 2, 1]
