"""Signs of life, in pictures of the stage and with its own word on where bodies are: no net takes part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
import pytest

from posegames.body.pose import Pose
from posegames.seeing.liveness import EAGER, SELDOM, Liveness
from posegames.seeing.sighting import Frame, Picture
from posegames.seeing.sources.stage import StageSource
from posegames.seeing.stage.script import parse_play

HZ = 10
STILL = parse_play("seconds 6\nactors 1-2\nplace 1 x=0.35\nplace 2 x=0.7")


def stage(actors: int = 1, **lens: Any) -> StageSource:
    return StageSource(STILL, actors=actors, size=(640, 360), rate=HZ, seed=1, **lens)


def lives(
    shown: Iterator[Picture], pose: Pose, others: tuple[Pose, ...] = (), *, near: bool = False
) -> float | None:
    """Return after how many seconds the body shows life; None if it never does."""
    life = Liveness()
    for i, picture in enumerate(shown):
        life.watch(picture, pose, i / HZ, others, near=near)
        if life.alive:
            return i / HZ
    return None


def moved(picture: Picture, x: float, y: float, degrees: float = 0.0) -> Picture:
    """Return what a camera sees that has been pushed."""
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turn[:, 2] += np.array([x, y])
    return np.asarray(cv2.warpAffine(picture, turn, (width, height), borderMode=cv2.BORDER_REFLECT), np.uint8)


def photograph(frame: Frame, seconds: float, *, noise: float, shake: float = 0.0) -> Iterator[Picture]:
    """Yield one picture as a camera gives it again and again, held by a hand that shakes by so many pixels."""
    lots = np.random.default_rng(7)
    grain = lots.normal(0, noise, (424, 704, 3)).astype(np.float32)
    for i in range(round(seconds * HZ)):
        t = i / HZ
        y, x = lots.integers(0, 64, 2)
        push = shake * np.sin(2 * np.pi * np.array([0.5 * t + 0.2, 1.7 * t, 0.6 * t]))
        seen = moved(frame.picture, float(push[0]), float(push[1]), float(push[2]) / 8)
        lit = seen * (1 + 0.02 * np.sin(2 * np.pi * 0.9 * t)) + grain[y : y + 360, x : x + 640]
        coded = cv2.imencode(".jpg", np.clip(lit, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 85])[1]
        yield np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), np.uint8)


@pytest.mark.parametrize("lens", [{}, {"noise": 0.02}, {"noise": 0.02, "dark": 0.4, "clutter": 6}])
def test_whoever_stands_still_is_seen_to_live_before_long(lens: dict[str, Any]) -> None:
    source = stage(**lens)
    frames = [source.frame(i) for i in range(3 * HZ)]
    after = lives((frame.picture for frame in frames), frames[0].truth[0])
    assert after is not None
    assert after <= 2.0


@pytest.mark.parametrize(("noise", "shake"), [(0, 0), (3, 0), (8, 0), (3, 2), (3, 8)])
def test_a_picture_of_somebody_never_lives(noise: float, shake: float) -> None:
    frame = stage(actors=2).frame(0)
    shown = list(photograph(frame, 3, noise=noise, shake=shake))
    for pose in frame.truth:
        assert lives(iter(shown), pose) is None


def test_a_lamp_is_no_life() -> None:
    frame = stage().frame(0)
    lit = [frame.picture] * 6 + [np.clip(frame.picture * 0.6, 0, 255).astype(np.uint8)] * 12
    assert lives(iter(lit), frame.truth[0]) is None


def test_nor_is_somebody_else_beside_it() -> None:
    source = stage(actors=2)
    first = source.frame(0)
    living, pictured = first.truth

    def beside() -> Iterator[Picture]:
        for i in range(3 * HZ):
            picture = source.frame(i).picture.copy()
            half = picture.shape[1] // 2  # actor 2, on the right, is but a picture
            picture[:, half:] = first.picture[:, half:]
            yield picture

    assert lives(beside(), pictured, (living,)) is None
    assert lives(beside(), living, (pictured,)) is not None


def test_nor_is_whoever_passes_before_it() -> None:
    frame = stage().frame(0)
    (pose,) = frame.truth
    place = round(float(pose.xy[0, 0]) * 360)

    def passing() -> Iterator[Picture]:
        lots = np.random.default_rng(2)
        cloth = lots.integers(0, 256, (360, 90, 3), dtype=np.uint8)
        for i in range(3 * HZ):
            picture = frame.picture.copy()
            left = place - 200 + 10 * i
            if left >= 0 and left + 90 <= 640:
                picture[:, left : left + 90] = cloth
            yield picture

    assert lives(passing(), pose, near=True) is None


def test_without_anything_to_see_nobody_lives_and_nothing_breaks() -> None:
    (pose,) = stage().frame(0).truth
    assert lives(iter([np.zeros((360, 640, 3), np.uint8)] * 20), pose) is None
    assert lives(iter([np.zeros((2, 2, 3), np.uint8)] * 20), pose) is None


def test_a_poster_is_looked_at_seldom_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[float] = []
    frame = stage().frame(0)
    life = Liveness()
    track: Any = cv2.calcOpticalFlowPyrLK

    def counted(*args: Any, **named: Any) -> Any:
        looked.append(time)
        return track(*args, **named)

    monkeypatch.setattr(cv2, "calcOpticalFlowPyrLK", counted)
    for i in range(10 * HZ):
        time = i / HZ
        life.watch(frame.picture, frame.truth[0], time, (), near=False)
    late = [t for t in looked if t > EAGER + SELDOM]
    assert len(looked) - len(late) > 20
    assert min(np.diff(late)) >= SELDOM - 1e-6
