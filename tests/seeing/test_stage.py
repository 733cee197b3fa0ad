from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from posegames.body.joints import Joint
from posegames.errors import SourceError, UsageError
from posegames.seeing.estimators.blazepose import BlazePose
from posegames.seeing.estimators.store import ModelStore
from posegames.seeing.estimators.stripped import stripped
from posegames.seeing.sources.stage import StageSource, parse_stage
from posegames.seeing.stage.figure import NECK, PELVIS
from posegames.seeing.stage.look import LOOKS
from posegames.seeing.stage.script import parse_play

J = Joint
SMALL = (320, 240)
MAIN = [J.NOSE, *range(J.LEFT_SHOULDER, J.LEFT_WRIST + 2), *range(J.LEFT_HIP, J.LEFT_ANKLE + 2)]


def test_frames_come_in_order_with_media_time_and_truth() -> None:
    with StageSource("dance", actors=2, size=SMALL, rate=10) as stage:
        frames = [stage.read() for _ in range(3)]
        assert [(f.number, f.time) for f in frames if f] == [(0, 0.0), (1, 0.1), (2, 0.2)]
        for frame in frames:
            assert frame is not None
            assert frame.picture.shape == (240, 320, 3)
            assert frame.picture.dtype == np.uint8
            assert [pose.track for pose in frame.truth] == [1, 2]
        assert (stage.name, stage.size, stage.rate, stage.length) == ("stage:dance", SMALL, 10.0, None)
        assert not stage.live
        assert not stage.ended
        assert stage.trouble == ""


def test_a_frame_is_the_same_whenever_it_is_painted() -> None:
    options = {"actors": 3, "size": SMALL, "noise": 0.05, "seed": 3}
    one, two = parse_like(options), parse_like(options)
    for number in (40, 7, 300):
        two.frame(number - 1)
        np.testing.assert_array_equal(one.frame(number).picture, two.frame(number).picture)
    later = one.frame(40).picture
    assert (later != one.frame(41).picture).any()
    assert (later != parse_like({**options, "seed": 4}).frame(40).picture).any()


def parse_like(options: dict[str, object]) -> StageSource:
    words = "&".join(
        f"{key}={'x'.join(map(str, value)) if isinstance(value, tuple) else value}"
        for key, value in options.items()
    )
    return parse_stage(f"stage:dance?{words}")


def test_a_picture_belongs_to_whoever_got_it() -> None:
    stage = StageSource("still", actors=1, size=SMALL)
    first = stage.frame(0).picture
    kept = first.copy()
    stage.frame(1).picture[:] = 0
    np.testing.assert_array_equal(first, kept)
    np.testing.assert_array_equal(stage.frame(0).picture, kept)


def test_bodies_are_painted_where_the_truth_says() -> None:
    empty = StageSource(parse_play("actors 1\nseconds 5\n4 1 enter seconds=1"), size=(640, 480), actors=1).frame(0)
    assert empty.truth == ()
    stage = StageSource("gestures", size=(640, 480))
    for time in (2.5, 9.3, 13.0, 16.3, 22.4, 25.2, 36.0, 65.5, 73.7, 84.9, 92.0):
        frame = stage.frame(int(time * 30))
        apart = np.abs(frame.picture.astype(int) - empty.picture).sum(axis=2)
        x, y = np.rint(frame.truth[0].xy[MAIN] * 480).astype(int).T
        assert (apart[y, x] > 30).all(), time


def test_actors_wear_the_colours_of_the_players() -> None:
    stage = StageSource("still", actors=6)
    frame = stage.frame(0)
    for pose, look in zip(frame.truth, LOOKS, strict=True):
        # beside the emblem, on the shirt
        shoulder, hip = pose.xy[J.RIGHT_SHOULDER], pose.xy[J.RIGHT_HIP]
        x, y = np.rint((0.45 * shoulder + 0.55 * hip + np.array([0.006, 0])) * 720).astype(int)
        blue, green, red = frame.picture[y, x].astype(float)
        np.testing.assert_allclose(np.array([red, green, blue]), look.shirt, atol=60)


def test_the_emblem_turns_with_the_chest() -> None:
    stage = StageSource(
        parse_play("actors 1\nplace 1 x=0.2\n0 1 walk to=0.8 seconds=4\n5 1 walk to=0.2 seconds=4")
    )
    for time, ahead in ((2.0, 1), (7.0, -1)):
        (actor,), picture = stage.choreography.actors(time), stage.frame(int(time * 30)).picture
        x, y = np.rint((0.67 * actor.picture[NECK] + 0.33 * actor.picture[PELVIS]) * 720).astype(int)
        row = picture[y, x - 60 : x + 61].min(axis=1).astype(int)  # the badge is the palest thing on the shirt
        assert (int(row.argmax()) - 60) * ahead > 5


def test_a_play_without_a_loop_ends() -> None:
    with StageSource(parse_play("seconds 0.5\n0 1 squat seconds=0.4"), actors=1, size=SMALL, rate=10) as stage:
        assert stage.length == 5
        assert len(list(iter(stage.read, None))) == 5
        assert stage.ended
        assert stage.read() is None


def test_the_lens_spoils_by_measure() -> None:
    def picture(words: str) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
        return parse_stage(f"stage:still?actors=1&size=320x240&{words}").frame(30).picture.astype(np.int64)

    plain = picture("")
    assert picture("dark=0.5").mean() < 0.8 * plain.mean()
    assert picture("dark=1").max() == 0
    edges = np.abs(np.diff(plain, axis=1)).mean()
    assert np.abs(np.diff(picture("blur=3"), axis=1)).mean() < 0.6 * edges
    noise = picture("noise=0.05") - plain
    assert noise.std() == pytest.approx(0.05 * 255, rel=0.1)
    assert abs(noise.mean()) < 1
    assert (picture("clutter=6") != plain).mean() > 0.02


def test_clutter_hides_nobody() -> None:
    plain = StageSource("still", actors=1, size=SMALL).frame(0)
    for seed in range(4):
        cluttered = StageSource("still", actors=1, size=SMALL, clutter=24, seed=seed).frame(0)
        x, y = np.rint(cluttered.truth[0].xy[MAIN] * 240).astype(int).T
        np.testing.assert_allclose(cluttered.picture[y, x].mean(), plain.picture[y, x].mean(), atol=12)


@pytest.mark.parametrize("size", [(64, 64), (64, 320), (320, 64), (480, 640), (1, 1)])
def test_any_size_that_is_a_stage_can_be_painted(size: tuple[int, int]) -> None:
    if size == (1, 1):
        with pytest.raises(UsageError, match="size=1x1"):
            StageSource("dance", size=size)
        return
    stage = StageSource("parade", actors=6, size=size, blur=2, noise=0.1, dark=0.3, clutter=5)
    for number in (0, 20, 200, 420):
        assert stage.frame(number).picture.shape == (size[1], size[0], 3)


def test_words_become_a_stage() -> None:
    stage = parse_stage("stage:crossing?size=640x480&rate=15&seed=7", actors=5)
    assert (stage.name, stage.size, stage.rate) == ("stage:crossing", (640, 480), 15.0)
    assert stage.choreography.cast == 2  # the play's own number, whatever is wished
    assert parse_stage("stage", actors=5).choreography.cast == 5
    assert parse_stage("stage:?actors=4", actors=5).name == "stage:dance"
    assert parse_stage("stage?actors=2", play="still").name == "stage:still"
    assert parse_stage("stage:dance", play="still").name == "stage:dance"
    assert parse_stage("stage:dance?actors=4", actors=5).choreography.cast == 4


def test_a_path_becomes_a_stage(tmp_path: Path) -> None:
    path = tmp_path / "my play.play"
    path.write_text("0 1 squat", encoding="utf-8")
    assert parse_stage(f"stage:{path}?actors=1").choreography.cues[0].move == "squat"


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("stage:dance?actor=3", "Did you mean 'actors'"),
        ("stage:dance?actors=7", "actors=7 makes no sense"),
        ("stage:dance?actors=0", "actors=0 makes no sense"),
        ("stage:dance?actors=x", "actors=x makes no sense"),
        ("stage:crossing?actors=5", "too many for crossing"),
        ("stage:crossing?actors=1", "too few for crossing"),
        ("stage:dance?size=640", "size=640 makes no stage"),
        ("stage:dance?size=99999x99999", "makes no stage"),
        ("stage:dance?rate=0", "rate=0"),
        ("stage:dance?rate=nan", "rate=nan"),
        ("stage:dance?noise=-1", "noise=-1"),
        ("stage:dance?blur=inf", "blur=inf"),
        ("stage:dance?dark=2", "dark=2"),
        ("stage:dance?clutter=1e3", "clutter=1e3"),
        ("stage:dance?seed=-1", "seed=-1"),
        ("stage:dance?&&=", "'' is unknown"),
    ],
)
def test_words_that_make_no_sense_are_refused(spec: str, said: str) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        parse_stage(spec)


def test_an_unknown_play_is_guessed() -> None:
    with pytest.raises(SourceError, match="Did you mean 'gestures'"):
        parse_stage("stage:gesture")


def test_frames_begin_with_nought() -> None:
    with pytest.raises(ValueError, match="no frame -1"):
        StageSource("still", size=SMALL).frame(-1)


@pytest.fixture(scope="module")
def blazepose(models: ModelStore) -> Iterator[BlazePose]:
    landmarks = stripped(models.path("pose_landmark_full"), folder=models.folder)
    with BlazePose(models.path("pose_detection"), landmarks, most=6) as estimator:
        yield estimator


@pytest.mark.model
@pytest.mark.parametrize(
    ("spec", "numbers"),
    [
        ("stage:dance?actors=3", range(0, 480, 8)),
        ("stage:dance?actors=4&size=640x480&clutter=3", range(0, 320, 8)),
        ("stage:gestures?size=640x480", range(0, 3060, 60)),
    ],
)
def test_actors_are_found_as_surely_as_people(blazepose: BlazePose, spec: str, numbers: range) -> None:
    stage = parse_stage(spec)
    # From torso to ankle, standing.
    tall = 0.75 * stage.choreography.view.size
    found, told, misses = 0, 0, []
    blazepose.forget()
    for number in numbers:
        frame = stage.frame(number)
        poses = blazepose.estimate(frame)
        for truth in frame.truth:
            told += 1
            apart = [np.hypot(*(pose.xy[MAIN] - truth.xy[MAIN]).T).mean() / tall for pose in poses]
            found += min(apart, default=1.0) < 0.15
            misses.append(min(apart, default=1.0))
    assert found >= 0.99 * told
    assert np.mean(misses) < 0.03
