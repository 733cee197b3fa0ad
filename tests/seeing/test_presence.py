"""Nobody there means nobody there, and whoever is there is found: the real nets and the roster, on the stage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from posegames.body.measure import SHOULDERS, TORSO, torso_length
from posegames.body.pose import Pose
from posegames.players.player import Player
from posegames.players.roster import Roster
from posegames.seeing.estimators.blazepose import BlazePose
from posegames.seeing.estimators.store import ModelStore
from posegames.seeing.estimators.stripped import stripped
from posegames.seeing.sighting import Frame, Picture, Sighting
from posegames.seeing.sources.stage import StageSource
from posegames.seeing.sources.video import VideoSource
from posegames.seeing.stage.script import parse_play

pytestmark = pytest.mark.model
HZ = 10
EMPTY = "seconds 8\nactors 1\n7 1 enter seconds=1"


@pytest.fixture(scope="module")
def blazepose(models: ModelStore) -> Iterator[BlazePose]:
    landmarks = stripped(models.path("pose_landmark_full"), folder=models.folder)
    with BlazePose(models.path("pose_detection"), landmarks, most=6) as estimator:
        yield estimator


def stage(play: str, *, actors: int = 1, size: tuple[int, int] = (640, 360), posters: int = 0) -> StageSource:
    return StageSource(parse_play(play), actors=actors, size=size, rate=HZ, posters=posters, noise=0.01)


def watched(blazepose: BlazePose, source: StageSource, seconds: float) -> list[tuple[Frame, Roster, list[Player]]]:
    """Return what there is to see and who plays, frame by frame."""
    blazepose.forget()
    roster, story = Roster(), []
    for number in range(round(seconds * HZ)):
        frame = source.frame(number)
        sighting = Sighting(frame.time, number, blazepose.estimate(frame), frame.aspect, frame)
        story.append((frame, roster, [p for p in roster.update(sighting, frame.time) if not p.hidden]))
    return story


def right(player: Player, actor: Pose) -> bool:
    return bool(np.hypot(*(player.pose.middle(TORSO) - actor.middle(TORSO))) < 0.5 * torso_length(actor))


def test_posters_are_spectators_for_ever(blazepose: BlazePose) -> None:
    story = watched(blazepose, stage(EMPTY, posters=3), 3)
    assert not any(players for _, _, players in story)
    _, roster, _ = story[-1]
    assert len(roster.spectators) == 3  # perfect bodies, seen all the time


def test_furniture_and_coats_are_nobody(blazepose: BlazePose) -> None:
    for seed in (3, 8):
        source = StageSource(parse_play(EMPTY), actors=1, size=(640, 360), rate=HZ, clutter=14, seed=seed)
        assert not any(players for _, _, players in watched(blazepose, source, 1.5))


def test_somebody_beside_posters_joins_and_they_do_not(blazepose: BlazePose) -> None:
    story = watched(blazepose, stage("seconds 5\nactors 1\nplace 1 x=0.35", posters=3), 2.5)
    assert all(len(players) <= 1 for _, _, players in story)
    first = next(frame.time for frame, _, players in story if players)
    assert first <= 2.0
    assert all(right(player, frame.truth[0]) for frame, _, players in story for player in players)


def test_a_poster_inherits_nobody(blazepose: BlazePose) -> None:
    play = "seconds 8\nactors 1\nplace 1 x=0.3\n0.8 1 walk to=0.75 seconds=3\n4.3 1 leave to=right seconds=1.5"
    story = watched(blazepose, stage(play, posters=1), 8)
    assert {player.person for _, _, players in story for player in players} == {1}
    assert all(right(player, frame.truth[0]) for frame, _, players in story for player in players if frame.truth)
    gone = [(frame, roster, players) for frame, roster, players in story if frame.time > 6.2]
    assert not any(players for _, _, players in gone)
    assert any(roster.spectators for _, roster, _ in gone)  # the poster is still there to see


Shown = Callable[[int], tuple[Picture, list[tuple[float, float, float]]]]
"""Frame number to a picture, and the middle of the shoulders (x, y) and the torso of each in it, in pixels."""


def whole(play: str, actors: int, size: tuple[int, int], part: tuple[float, float, float, float]) -> Shown:
    """Show a part of the stage: left, top, right, bottom in shares."""
    source = stage(play, actors=actors, size=size)

    def shown(number: int) -> tuple[Picture, list[tuple[float, float, float]]]:
        frame, (wide, high) = source.frame(number), size
        left, top, end, bottom = (round(v * s) for v, s in zip(part, (wide, high, wide, high), strict=True))
        middles = [
            (*(pose.middle(SHOULDERS) * high - (left, top)), torso_length(pose) * high) for pose in frame.truth
        ]
        return np.ascontiguousarray(frame.picture[top:bottom, left:end]), middles

    return shown


def far(tall: int, x: int, y: int) -> Shown:
    """Show an actor `tall` pixels high on a little stage in a wide room of 1280x720."""
    room = stage(EMPTY, size=(1280, 720))
    source = stage("seconds 4\nactors 1\n0 1 dance seconds=4")
    scale = tall / (source.choreography.view.size * 360)

    def shown(number: int) -> tuple[Picture, list[tuple[float, float, float]]]:
        frame, picture = source.frame(number), room.frame(0).picture
        small = cv2.resize(frame.picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        picture[y : y + small.shape[0], x : x + small.shape[1]] = small
        unit = 360 * scale
        return picture, [
            (*(pose.middle(SHOULDERS) * unit + (x, y)), torso_length(pose) * unit) for pose in frame.truth
        ]

    return shown


ONE = "seconds 4\nactors 1"
PAIR = "seconds 4\nactors 2\nplace 1 x=0.45\nplace 2 x=0.55"
SEATED = "seconds 4\nactors 1\n0 1 sit seconds=4"


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param(far(90, 100, 300), id="far, left"),
        pytest.param(far(90, 1000, 100), id="far, right"),
        pytest.param(whole("seconds 4\nactors 6", 6, (1280, 720), (0, 0, 1, 1)), id="six"),
        pytest.param(whole(PAIR, 2, (640, 360), (0, 0, 1, 1)), id="a quarter of a body apart"),
        pytest.param(whole(ONE, 1, (1280, 720), (0.2, 0.1, 0.8, 0.6)), id="behind a desk"),
        pytest.param(whole(ONE, 1, (1280, 720), (0.3, 0.1, 0.7, 0.45)), id="head and chest"),
        pytest.param(whole(ONE, 1, (1280, 720), (0.5, 0, 1, 1)), id="half of them beyond the side"),
        pytest.param(whole(SEATED, 1, (640, 360), (0, 0, 1, 1)), id="seated"),
    ],
)
def test_everybody_is_found_and_nobody_else(blazepose: BlazePose, shown: Shown) -> None:
    blazepose.forget()
    for number in range(5):
        picture, middles = shown(number + 8)
        poses = blazepose.estimate(Frame(picture, number / HZ, number))
        found = [pose.middle(SHOULDERS) * picture.shape[0] for pose in poses]
        if number < 3:
            continue  # it may take a moment until two close together are told apart
        assert len(found) == len(middles)
        for x, y, torso in middles:
            assert min(np.hypot(*(place - (x, y))) for place in found) < 0.5 * torso


@pytest.mark.footage
def test_whoever_comes_into_a_real_room_plays_and_the_empty_room_does_not(
    models: ModelStore, blazepose: BlazePose, footage: Path
) -> None:
    blazepose.forget()
    roster, empty, seen = Roster(), 0, set[int]()
    with VideoSource(footage / "clips" / "enter_leave_01a.mp4") as video:
        while (frame := video.read()) is not None and frame.time < 24.5:
            if frame.number % 2:
                continue
            sighting = Sighting(frame.time, frame.number, blazepose.estimate(frame), frame.aspect, frame)
            here = {player.person for player in roster.update(sighting, frame.time) if not player.hidden}
            seen |= here
            empty += bool(here) and (frame.time < 5.8 or 20.0 < frame.time < 22.5)
    assert empty == 0  # of 41
    assert len(seen) >= 2  # of two visits
