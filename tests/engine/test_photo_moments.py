from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pygame
import pytest
from PIL import Image

from posegames.body.joints import Joint
from posegames.body.measure import FEET, torso_length
from posegames.body.pose import Pose
from posegames.engine.people import People
from posegames.engine.photo.moments import LONGEST, RATE, best_poses, expression, highlight
from posegames.engine.photo.paper import SIZE, Shot, develop, pixels_of
from posegames.engine.photo.reel import Reel
from posegames.engine.scene import Moment
from posegames.engine.text import Typesetter
from posegames.engine.theme import THEATRE
from posegames.players.player import Player
from posegames.seeing.estimators.store import ModelStore
from posegames.seeing.keepsake import gif
from posegames.seeing.sighting import Frame
from posegames.seeing.sources.tape import Tape, TapeHeader
from posegames.seeing.sources.tapewriter import TapeWriter
from posegames.testing import HANDS_UP, body
from posegames.timing import SystemClock
from posegames.tools.track import open_reel


def player(pose: Pose, number: int = 1, *, speed: float = 0.0, hidden: bool = False) -> Player:
    velocity = np.zeros((33, 2), dtype=np.float32)
    velocity[Joint.LEFT_WRIST] = speed
    return Player(number, pose, pose, velocity, torso=0.2, seen=0.0, hidden=hidden)


def lasting(seconds: float, rate: float = 30.0, *, fast: tuple[float, float] = (0, 0)) -> list[Moment]:
    """Return somebody who stands, and waves between the seconds `fast`."""
    return [
        Moment(i / rate, (player(body(), speed=1.0 if fast[0] <= i / rate < fast[1] else 0.0),))
        for i in range(round(seconds * rate) + 1)
    ]


def test_arms_up_say_more_than_hanging_ones_and_motion_a_little() -> None:
    hanging, up = expression(player(body())), expression(player(body(moved=HANDS_UP)))
    assert up > 1.15 * hanging
    assert hanging < expression(player(body(), speed=2.0)) < up


def test_the_far_and_the_near_say_the_same() -> None:
    near, far = body(moved=HANDS_UP), body(height=0.375, moved=HANDS_UP)
    assert expression(player(near)) == pytest.approx(2 * expression(player(far)), rel=0.02)  # of one torso length


def test_who_is_not_seen_says_nothing() -> None:
    assert expression(player(body(moved=HANDS_UP), hidden=True)) == 0
    assert expression(player(body(sure=0.2, moved=HANDS_UP))) == 0


def test_poses_are_the_best_and_not_three_of_one_moment() -> None:
    moments = [
        Moment(i / 30, (player(body(moved=HANDS_UP if 30 <= i < 60 else None)), player(body(moved=HANDS_UP), 2)))
        for i in range(120)
    ]
    best = best_poses(moments, 1)
    assert len(best) == 3
    times = [next(m.time for m in moments if p in m.players) for p in best]
    assert 1 <= times[0] < 2
    assert min(abs(a - b) for a in times for b in times if a != b) >= 0.7
    assert best_poses(moments, 3) == []
    assert best_poses([], 1) == []


def test_a_highlight_is_the_liveliest_part_at_even_steps() -> None:
    moments = lasting(10, fast=(3.0, 8.9))
    chosen = highlight(moments)
    assert len(chosen) == LONGEST * RATE + 1
    assert 2.8 <= chosen[0].time <= 3.01
    apart = np.diff([moment.time for moment in chosen])
    assert np.abs(apart - 1 / RATE).max() < 1 / 30 + 1e-6


@pytest.mark.parametrize(("seconds", "rate"), [(2.0, 30), (2.0, 15), (2.0, 7), (0.0, 30)])
def test_what_is_short_is_shown_whole_however_often_it_was_seen(seconds: float, rate: float) -> None:
    assert len(highlight(lasting(seconds, rate))) == seconds * RATE + 1
    assert highlight([]) == []


def test_a_stage_with_nobody_on_it_is_no_highlight() -> None:
    empty = [Moment(i / 30, ()) for i in range(60)]
    assert highlight(empty) == []
    assert highlight([Moment(i / 30, (player(body(), hidden=True),)) for i in range(60)]) == []
    later = [Moment(moment.time + 2, moment.players) for moment in lasting(1.0)]
    assert [moment.time >= 2 for moment in highlight(empty + later)] == [True] * 13


@pytest.fixture
def letters() -> Typesetter:
    pygame.font.init()
    return Typesetter()


def test_a_print_has_the_whole_body_on_it_near_or_far(letters: Typesetter) -> None:
    for pose in (body(height=0.3, soles=0.6), body(0.2, height=0.9, moved=HANDS_UP)):
        print_ = pixels_of(develop(Shot(number=1, pose=pose, aspect=16 / 9), THEATRE, letters)).astype(int)
        assert print_.shape == (SIZE[1], SIZE[0], 3)
        rows, columns = np.nonzero(print_[50:810, :, 2] - print_[50:810, :, 0] > 120)  # orange, light and dark
        assert 20 < rows.min() < 200
        assert 650 < rows.max() < 750
        assert columns.mean() == pytest.approx(SIZE[0] / 2, abs=12)


def test_a_camera_picture_is_cut_around_the_body_and_mirrored(letters: Typesetter) -> None:
    picture = np.full((360, 640, 3), 90, dtype=np.uint8)
    picture[:, 420:460] = (0, 0, 250)  # a red pole just beside the body, at larger x: to its left
    shot = Shot(number=1, pose=body(1.0), aspect=16 / 9, frame=Frame(picture, 0.0, 0))
    print_ = pixels_of(develop(shot, THEATRE, letters)).astype(int)
    red = np.nonzero(np.abs(print_[100] - (0, 0, 250)).max(axis=1) < 20)[0]
    pole = ((440 - 360) / 360) * 780  # in pixels of the print, from the body
    assert np.mean(red) == pytest.approx(SIZE[0] / 2 - pole, abs=25)


def test_a_film_takes_a_step_a_frame(letters: Typesetter) -> None:
    reel = Reel(lasting(1.0)[::10], THEATRE, letters)
    shares = [reel.share]
    while not reel.done:
        reel.step()
        shares.append(reel.share)
    assert shares == pytest.approx([0, 0.25, 0.5, 0.75, 1.0])
    reel.step()
    assert [frame.shape for frame in reel.frames] == [(360, 640, 3)] * 4


@pytest.mark.model
@pytest.mark.footage
def test_the_tape_of_somebody_real_becomes_a_film_of_its_length(
    models: ModelStore, footage: Path, tmp_path: Path, letters: Typesetter
) -> None:
    seconds = 1.75
    clip, path = footage / "clips" / "jj_portrait_01.mp4", tmp_path / "it.tape"
    with open_reel(
        str(clip), SystemClock(), players=1, model=models.folder, seconds=seconds, progress=lambda _w, _s: None
    ) as watched:
        sightings = [look.sighting for look in watched.looks]
    with TapeWriter(path, TapeHeader(aspect=sightings[0].aspect)) as writer:
        for sighting in sightings:
            writer.write(sighting)
    people, moments = People(1), list[Moment]()
    for sighting in Tape(path):
        people.see(sighting, sighting.time)
        moments.append(Moment(sighting.time, people.players))
    chosen = highlight(moments)
    reel = Reel(chosen, THEATRE, letters)
    while not reel.done:
        reel.step()
    with Image.open(io.BytesIO(gif(reel.frames, 1 / RATE)(lambda _share: None))) as film:
        total, widths = 0.0, []
        for i in range(getattr(film, "n_frames", 0)):
            film.seek(i)
            total += film.info["duration"] / 1000
            shown = np.asarray(film.convert("RGB")).astype(int)
            columns = np.nonzero((np.abs(shown - (0xE6, 0x9F, 0x00)).max(axis=2) < 30).any(axis=0))[0]
            widths.append(np.ptp(columns) if columns.size else 0)
    there = [moment.time for moment in moments if moment.players]
    assert total == pytest.approx(there[-1] - there[0], abs=1.5 / RATE)
    assert max(widths) > 1.5 * np.median([width for width in widths if width])  # a jumping jack spreads its arms
    best = best_poses(moments, 1, 1)[0].pose
    hands = best.xy[[Joint.LEFT_WRIST, Joint.RIGHT_WRIST], 1]
    assert hands.max() < best.xy[[Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER], 1].min()  # raised, both
    assert np.ptp(best.xy[list(FEET), 0]) > torso_length(best) / 2  # and the legs apart
