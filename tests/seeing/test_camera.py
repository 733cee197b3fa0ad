from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from itertools import repeat

import cv2
import numpy as np
import pytest

from posegames.errors import SourceError, UsageError
from posegames.seeing.sighting import Frame, Picture
from posegames.seeing.sources import camera
from posegames.seeing.sources.camera import COVERED, FROZEN, LOST, CameraSource, list_cameras
from posegames.seeing.sources.capture import Capture, picture_of
from posegames.seeing.sources.stillness import Stillness

INTERVAL = 1 / 30
SILENCE = None
"""In a script: a read that fails after waiting a second, as V4L2 does."""
DEAD = False
"""In a script: a read that fails at once, as an unplugged camera does."""

Script = Iterator[Picture | bool | None]


class Clock:
    """Time that passes only by sleeping and by cameras that take their time."""

    def __init__(self) -> None:
        self.time = 100.0

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += max(0.0, seconds)


class Device:
    """A capture object that follows a script, at the real thing's place."""

    def __init__(self, clock: Clock, script: Script) -> None:
        self.asked: list[tuple[int, float]] = []
        self.released = False
        self._clock, self._script = clock, script

    def read(self) -> tuple[bool, Picture | None]:
        assert not self.released
        step = next(self._script)
        if isinstance(step, np.ndarray):
            self._clock.sleep(INTERVAL)
            return True, step
        self._clock.sleep(1.0 if step is SILENCE else 0.0)
        return False, None

    def get(self, prop: int, /) -> float:
        return 30.0 if prop == cv2.CAP_PROP_FPS else 0.0

    def set(self, prop: int, value: float, /) -> bool:
        self.asked.append((prop, value))
        return True

    def release(self) -> None:
        self.released = True


class Bench:
    """Cameras that are handed out one after another; None is one that does not open."""

    def __init__(self, *scripts: Script | None) -> None:
        self.clock = Clock()
        self.opened: list[tuple[float, int]] = []
        self.devices: list[Device] = []
        self._scripts = iter(scripts)

    def open(self, _index: int, backend: int) -> Capture | None:
        self.opened.append((round(self.clock.time, 1), backend))
        script = next(self._scripts, None)
        if script is None:
            return None
        self.devices.append(Device(self.clock, script))
        return self.devices[-1]

    def source(self) -> CameraSource:
        return CameraSource(0, clock=self.clock, open_capture=self.open)


@pytest.fixture(autouse=True)
def linux(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the same backends on every machine."""
    monkeypatch.setattr(sys, "platform", "linux")


def noisy(seed: int = 0) -> Script:
    """Give pictures as a living camera does: a scene, and noise."""
    random = np.random.default_rng(seed)
    scene = random.integers(30, 200, (48, 64, 3))
    while True:
        yield (scene + random.integers(-2, 3, scene.shape)).astype(np.uint8)


def first(count: int, script: Script) -> Script:
    for _ in range(count):
        yield next(script)


def then(*scripts: Script) -> Script:
    for script in scripts:
        yield from script


def frozen() -> Script:
    return repeat(next(noisy()))


def read_for(source: CameraSource, clock: Clock, seconds: float) -> tuple[list[Frame], list[str], float]:
    """Read so long; return the frames, the troubles met in order, and the longest single read."""
    end, longest = clock.time + seconds, 0.0
    frames: list[Frame] = []
    troubles: list[str] = []
    idle = 0
    while clock.time < end:
        before = clock.time
        frame = source.read()
        longest = max(longest, clock.time - before)
        idle = idle + 1 if clock.time == before and frame is None else 0
        assert idle < 3, "it would spin"
        if frame is not None:
            frames.append(frame)
        if not troubles or troubles[-1] != source.trouble:
            troubles.append(source.trouble)
    return frames, troubles, longest


def test_a_living_camera_gives_numbered_frames_in_clock_time() -> None:
    bench = Bench(noisy())
    with bench.source() as source:
        assert (source.name, source.live, source.size, source.rate) == ("camera 0", True, (64, 48), 30)
        frames, troubles, longest = read_for(source, bench.clock, 5)
    assert [frame.number for frame in frames] == list(range(len(frames)))
    np.testing.assert_allclose(np.diff([frame.time for frame in frames]), INTERVAL)
    assert troubles == [""]
    assert longest < 0.1
    assert bench.devices[0].released
    assert source.read() is None


def test_it_asks_for_mjpg_then_size_then_rate() -> None:
    bench = Bench(noisy())
    with CameraSource(0, clock=bench.clock, size=(640, 480), rate=60, open_capture=bench.open):
        asked = bench.devices[0].asked
    assert asked[:4] == [
        (cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG")),
        (cv2.CAP_PROP_FRAME_WIDTH, 640),
        (cv2.CAP_PROP_FRAME_HEIGHT, 480),
        (cv2.CAP_PROP_FPS, 60),
    ]


@pytest.mark.parametrize(
    ("platform", "backends"),
    [
        ("linux", [cv2.CAP_V4L2, cv2.CAP_ANY]),
        ("darwin", [cv2.CAP_AVFOUNDATION, cv2.CAP_ANY]),
        ("win32", [cv2.CAP_MSMF, cv2.CAP_DSHOW, cv2.CAP_ANY]),
        ("freebsd14", [cv2.CAP_ANY]),
    ],
)
def test_one_that_does_not_open_is_an_error_with_a_way_out(
    monkeypatch: pytest.MonkeyPatch, platform: str, backends: list[int]
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    bench = Bench()
    with pytest.raises(SourceError, match=r"Camera 0 does not answer\..*does not open.*--source stage"):
        bench.source().__enter__()
    assert [backend for _, backend in bench.opened] == backends


def test_one_that_opens_and_stays_silent_is_tried_plainly_and_given_up() -> None:
    bench = Bench(repeat(SILENCE), repeat(DEAD))
    with pytest.raises(SourceError, match="it opens, but no picture comes"):
        bench.source().__enter__()
    assert all(device.released for device in bench.devices)
    assert bench.clock.time < 100 + 15
    plain = [prop for prop, _ in bench.devices[1].asked]
    assert cv2.CAP_PROP_FOURCC not in plain


def test_one_that_wakes_up_slowly_is_waited_for() -> None:
    bench = Bench(then(first(2, repeat(SILENCE)), first(5, repeat(DEAD)), noisy()))
    with bench.source() as source:
        assert source.read() is not None
    assert len(bench.opened) == 1


def test_a_few_failed_reads_are_no_trouble() -> None:
    bench = Bench(then(first(30, noisy()), first(5, repeat(DEAD)), noisy(1)))
    with bench.source() as source:
        frames, troubles, _ = read_for(source, bench.clock, 3)
    assert troubles == [""]
    assert len(frames) > 60
    assert len(bench.opened) == 1


@pytest.mark.parametrize("end", [DEAD, SILENCE], ids=["unplugged", "silent"])
def test_a_lost_camera_is_found_again_with_growing_pauses(end: bool | None) -> None:
    bench = Bench(then(first(30, noisy()), repeat(end)), None, None, None, None, None, noisy(1))
    with bench.source() as source:
        frames, troubles, longest = read_for(source, bench.clock, 60)
        assert source.trouble == ""
    assert troubles == ["", LOST, ""]
    assert longest <= 1.5
    gaps = np.diff([time for time, _ in bench.opened])
    np.testing.assert_allclose(gaps[1:], [2, 4, 8, 8, 8], atol=0.15)
    assert frames[-1].number == len(frames) - 1
    assert all(device.released for device in bench.devices)


def test_after_a_recovery_the_pauses_start_small_again() -> None:
    scripts = [then(first(30, noisy(seed)), repeat(DEAD)) for seed in range(4)]
    bench = Bench(*scripts)
    with bench.source() as source:
        read_for(source, bench.clock, 12)
    gaps = np.diff([time for time, _ in bench.opened[:4]])
    assert (gaps < 3.5).all(), "each loss is noticed in 1 s and mended in 1 s more"


def test_a_frozen_picture_is_noticed_and_opened_again() -> None:
    bench = Bench(then(first(30, noisy()), frozen()), noisy(1))
    with bench.source() as source:
        _, troubles, _ = read_for(source, bench.clock, 10)
    assert troubles == ["", FROZEN, ""]
    assert len(bench.opened) == 2
    assert bench.opened[1][0] - 100 == pytest.approx(1 + 2 + 1, abs=0.3)


def test_one_that_stays_frozen_is_not_opened_ever_faster() -> None:
    bench = Bench(*(frozen() for _ in range(9)))
    with bench.source() as source:
        frames, troubles, _ = read_for(source, bench.clock, 60)
    assert troubles == ["", FROZEN]
    assert 4 < len(bench.opened) < 9
    assert frames, "the picture it has is shown"


def test_a_covered_lens_is_told_apart_from_a_frozen_camera() -> None:
    black = np.full((48, 64, 3), 16, np.uint8)
    bench = Bench(then(first(30, noisy()), first(120, repeat(black)), noisy(1)))
    with bench.source() as source:
        _, troubles, _ = read_for(source, bench.clock, 8)
    assert troubles == ["", COVERED, ""]
    assert len(bench.opened) == 1


def test_duplicates_for_a_moment_are_no_freeze() -> None:
    doubled = (picture for picture in noisy() for _ in range(20))
    bench = Bench(doubled)
    with bench.source() as source:
        assert read_for(source, bench.clock, 5)[1] == [""]


@pytest.mark.parametrize(
    "odd",
    [
        np.zeros((0, 0, 3), np.uint8),
        np.zeros((4, 4, 3), np.float32),
        np.zeros((4, 4, 2), np.uint8),
        np.zeros(4, np.uint8),
        "no picture",
    ],
)
def test_what_is_no_picture_counts_as_none(odd: object) -> None:
    assert picture_of((True, odd)) is None


@pytest.mark.parametrize("shape", [(4, 6), (4, 6, 1), (4, 6, 3), (4, 6, 4)])
def test_grey_and_alpha_become_bgr(shape: tuple[int, ...]) -> None:
    picture = picture_of((True, np.full(shape, 7, np.uint8)))
    assert picture is not None
    assert picture.shape == (4, 6, 3)
    assert (picture == 7).all()


def test_stillness_sees_one_grey_level_in_one_sampled_pixel() -> None:
    still, picture = Stillness(), np.zeros((720, 1280, 3), np.uint8)
    assert still.seconds(picture, 0.0) == 0
    assert still.seconds(picture, 1.0) == 1
    picture = picture.copy()
    picture[0, 0, 0] += 1
    assert still.seconds(picture, 2.0) == 0


@pytest.mark.parametrize("index", [-1, 64, 10**12])
def test_numbers_no_camera_has_are_refused(index: int) -> None:
    with pytest.raises(UsageError, match="go from 0 to 63"):
        CameraSource(index, clock=Clock())


def test_a_real_camera_that_is_not_there() -> None:
    clock = Clock()
    assert camera.open_capture(63, cv2.CAP_V4L2) is None
    with pytest.raises(SourceError, match="Camera 63"):
        CameraSource(63, clock=clock).__enter__()


def test_the_list_has_those_that_give_pictures() -> None:
    clock = Clock()
    scripts: dict[int, Callable[[], Script]] = {1: noisy, 2: lambda: repeat(SILENCE), 4: frozen}

    def open_capture(index: int, backend: int) -> Capture | None:
        return Device(clock, scripts[index]()) if index in scripts and backend == cv2.CAP_V4L2 else None

    found = list_cameras(6, clock=clock, open_capture=open_capture)
    assert [(one.index, one.backend, one.size, one.rate) for one in found] == [
        (1, "V4L2", (64, 48), 30.0),
        (4, "V4L2", (64, 48), 30.0),
    ]
    assert found[0].picture.shape == (48, 64, 3)
