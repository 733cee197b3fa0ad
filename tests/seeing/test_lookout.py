"""The lookout and the idle state: on scripted pictures, and with the real nets on an empty stage."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from ai_edge_litert import schema_py_generated as schema
from bodies import standing
from watchers import Resource

from posegames.body.pose import Pose
from posegames.errors import ModelError
from posegames.resources import CACHE_VARIABLE
from posegames.seeing.estimators.base import Adjustable, Effort, Estimator
from posegames.seeing.estimators.blazepose import BlazePose
from posegames.seeing.estimators.store import ModelStore
from posegames.seeing.estimators.stripped import stripped
from posegames.seeing.estimators.table import make_estimator
from posegames.seeing.estimators.tflite import pack, unpack
from posegames.seeing.governor import budget
from posegames.seeing.idle import AFTER, GLANCE
from posegames.seeing.lookout import Lookout
from posegames.seeing.sighting import Frame, Picture, Sighting
from posegames.seeing.sources.stage import StageSource
from posegames.settings import Effort as Wanted
from posegames.testing import FakeClock

RATE = 30.0
EFFORTS = (Effort("full", 1.0), Effort("lean", 0.8), Effort("light", 0.4))


@dataclass
class Plain(Resource):
    """An estimator that sees somebody where the picture's first pixel is white, and takes its time."""

    clock: FakeClock
    cost: float = 0.01
    name: str = "plain"
    asked: list[float] = field(default_factory=list)

    def estimate(self, frame: Frame) -> tuple[Pose, ...]:
        self.asked.append(frame.time)
        self.clock.sleep(self.cost)
        return (standing(),) if frame.picture[0, 0, 0] == 255 else ()

    def forget(self) -> None:
        raise AssertionError("nobody asks for it")


@dataclass
class Several(Plain):
    """One that knows several ways."""

    efforts: Sequence[Effort] = EFFORTS
    told: list[str] = field(default_factory=list)

    def adjust(self, effort: Effort) -> None:
        self.told.append(effort.name)
        self.cost = 0.05 * effort.work


def room(time: float, *, somebody: bool = False, noise: float = 3.0) -> Picture:
    """Return a noisy picture of an empty room, or of one where somebody stands in a corner."""
    lots = np.random.default_rng(round(time * 1000))
    picture = np.clip(lots.normal(90, noise, (90, 160, 3)), 0, 254).astype(np.uint8)
    if somebody:
        picture[50:, :20] = 160
        picture[0, 0] = 255
    return picture


def watch(lookout: Lookout, clock: FakeClock, pictures: Sequence[Picture], start: float = 0.0) -> list[Sighting]:
    """Show pictures at 30 a second."""
    seen = []
    for number, picture in enumerate(pictures):
        time = start + number / RATE
        clock.sleep(max(0.0, time - clock.now()))
        seen.append(lookout.see(Frame(picture, time, number), rate=RATE))
    return seen


def test_where_nobody_is_it_rests_after_a_while_and_glances() -> None:
    clock = FakeClock()
    plain = Plain(clock)
    lookout = Lookout(plain, clock)
    seen = watch(lookout, clock, [room(i / RATE) for i in range(int((AFTER + 3) * RATE))])
    assert len(seen) == int((AFTER + 3) * RATE)  # each picture is handed on: the mirror goes on living
    assert all(sighting.frame is not None and sighting.poses == () for sighting in seen)
    busy = [time for time in plain.asked if time <= AFTER]
    assert len(busy) == pytest.approx(AFTER * RATE, abs=2)
    glances = [time for time in plain.asked if time > AFTER]
    assert [b - a for a, b in pairwise(glances)] == pytest.approx([GLANCE] * (len(glances) - 1), abs=1.1 / RATE)
    assert len(glances) >= 5
    assert lookout.idle
    assert [sighting.cost > 0 for sighting in seen].count(True) == len(plain.asked)


def test_a_stir_wakes_it_at_once_and_somebody_keeps_it_awake() -> None:
    clock = FakeClock()
    plain = Plain(clock)
    lookout = Lookout(plain, clock)
    states = []
    watch(lookout, clock, [room(i / RATE) for i in range(int((AFTER + 2) * RATE))])
    states.append(lookout.idle)
    begin = AFTER + 2
    seen = watch(lookout, clock, [room(i, somebody=True) for i in range(int((AFTER + 3) * RATE))], begin)
    first = next(sighting.time for sighting in seen if sighting.poses)
    assert first - begin <= 0.1 + 1.1 / RATE
    assert all(sighting.poses for sighting in seen if sighting.time >= first)
    states.append(lookout.idle)
    gone = begin + AFTER + 3
    watch(lookout, clock, [room(gone + i / RATE) for i in range(int((AFTER + 1) * RATE))], gone)
    states.append(lookout.idle)
    assert states == [True, False, True]


def test_a_stir_of_nobody_lets_it_rest_again() -> None:
    clock = FakeClock()
    lookout = Lookout(Plain(clock), clock)
    idle = []
    for i in range(int(16 * RATE)):
        lamp = np.uint8(40 if i / RATE > 7 else 0)
        lookout.see(Frame(room(i / RATE) // 2 + lamp, i / RATE, i), rate=RATE)
        idle.append(lookout.idle)
    assert idle[int(6.9 * RATE)]
    assert not any(idle[int(7.2 * RATE) : int(11.8 * RATE)])
    assert idle[int(12.8 * RATE)]


@pytest.mark.parametrize("noise", [0.0, 6.0, 20.0])
def test_noise_is_no_stir(noise: float) -> None:
    clock = FakeClock()
    lookout = Lookout(Plain(clock), clock)
    lots = np.random.default_rng(4)
    large = [
        np.clip(90 + noise * lots.standard_normal((360, 640, 3), np.float32), 0, 254).astype(np.uint8)
        for _ in range(5)
    ]
    watch(lookout, clock, [large[i % len(large)] for i in range(int((AFTER + 2) * RATE))])
    assert lookout.idle


def test_one_that_knows_one_way_is_left_alone() -> None:
    clock = FakeClock()
    plain = Plain(clock, cost=0.2)
    assert not isinstance(plain, Adjustable)
    lookout = Lookout(plain, clock)
    watch(lookout, clock, [room(i, somebody=True) for i in range(60)])
    assert (lookout.effort, lookout.budget, lookout.cost) == ("", 0.0, 0.0)
    assert lookout.inference == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("wanted", "told"), [("auto", ["full", "lean", "light"]), ("high", ["full"]), ("low", ["light"])]
)
def test_it_is_governed_unless_it_is_pinned(wanted: Wanted, told: list[str]) -> None:
    clock = FakeClock()
    several = Several(clock)
    lookout = Lookout(several, clock, wanted)
    watch(lookout, clock, [room(i, somebody=True) for i in range(120)])
    assert several.told == told
    assert lookout.effort == told[-1]
    assert lookout.budget == budget(RATE)
    assert lookout.cost == pytest.approx(0.05 * {"full": 1.0, "light": 0.4}[told[-1]])


EMPTY_THEN_SOMEBODY = """
title    An empty room
seconds  11
actors   1
place 1  x=0.5 depth=0.1
0.0  1  leave  to=right  seconds=1.0
8.5  1  return from=left seconds=2.0
"""


@pytest.mark.model
@pytest.mark.parametrize("clutter", [0, 8])
def test_an_empty_stage_lets_the_real_one_rest_and_who_returns_is_seen_as_soon(
    models: ModelStore, tmp_path: Path, clutter: int
) -> None:
    play = tmp_path / "empty.play"
    play.write_text(EMPTY_THEN_SOMEBODY)
    with StageSource(str(play), actors=1, size=(640, 480), rate=10, noise=0.02, clutter=clutter, seed=1) as stage:
        frames = [frame for _ in range(int(stage.length or 0)) if (frame := stage.read())]

    def first_seen(seen: Sequence[Sighting]) -> float:
        return next(sighting.time for sighting in seen if sighting.time > 8.5 and sighting.poses)

    clock = FakeClock()
    with make_estimator("blazepose") as estimator:
        awake = [Sighting(f.time, f.number, estimator.estimate(f), f.aspect) for f in frames if f.time > 7]
        estimator.forget()
        lookout = Lookout(estimator, clock)
        resting, seen = [], []
        for frame in frames:
            seen.append(lookout.see(frame, rate=10))
            resting.append((frame.time, lookout.idle))
    assert all(idle for time, idle in resting if 7 <= time <= 8.5)
    empty = [sighting for sighting in seen if 2 <= sighting.time <= 8.5]
    assert not any(sighting.poses for sighting in empty)  # nor does any piece of furniture join
    assert first_seen(seen) - first_seen(awake) <= 0.3
    assert not resting[-1][1]


def doubled(content: bytes) -> bytes:
    """Return the landmark net that says people are twice as large, in metres; all else is the same."""
    net = unpack(content, schema)
    (graph,) = net.subgraphs
    made = {index: operator for operator in graph.operators for index in operator.outputs}
    world = next(index for index in graph.outputs if list(graph.tensors[index].shape) == [1, 117])
    last = made[made[world].inputs[0]]  # a convolution: its weights and its bias stand in halves of 16 bits
    for index in last.inputs[1:]:
        buffer = net.buffers[graph.tensors[made[index].inputs[0]].buffer]
        buffer.data = (np.asarray(buffer.data, np.uint8).view(np.float16) * 2).view(np.uint8)
    return pack(net)


@pytest.mark.model
def test_another_net_comes_in_the_background_and_tracking_goes_on(
    models: ModelStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The full net with other weights stands in for the lite one, which was never at hand."""
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    for name in ("pose_detection", "pose_landmark_full"):
        shutil.copy(models.path(name), tmp_path)
    full = (tmp_path / "pose_landmark_full.tflite").read_bytes()
    (tmp_path / "pose_landmark_lite.tflite").write_bytes(doubled(full))
    told: list[str] = []
    estimator = make_estimator("blazepose", players=2, model=tmp_path, tell=told.append)
    assert isinstance(estimator, Adjustable)
    assert [effort.name for effort in estimator.efforts] == ["full", "lean", "light"]
    assert "it is used because you chose it" in told[0]
    sizes: list[float] = []
    with StageSource("still", actors=2, size=(640, 480), rate=15) as stage, estimator as opened:
        for number in range(200):
            if number == 15:
                estimator.adjust(estimator.efforts[-1])
            frame = stage.frame(number % 5)
            poses = opened.estimate(Frame(frame.picture, number / 15, number))
            assert [pose.track for pose in poses] == [1, 2]
            assert poses[0].world is not None
            sizes.append(float(np.ptp(poses[0].world[:, 1])))
            if number > 15 and sizes[-1] > 1.5 * sizes[14]:
                break
    assert sizes[-1] == pytest.approx(2 * sizes[14], rel=0.05)
    assert max(sizes[:15]) < 1.1 * sizes[14]


@pytest.mark.model
def test_a_net_that_proves_to_be_none_is_said_when_it_is_wanted(models: ModelStore, tmp_path: Path) -> None:
    broken = tmp_path / "broken.tflite"
    broken.write_bytes(b"no net")
    landmarks = stripped(models.path("pose_landmark_full"), folder=models.folder)
    eyes = BlazePose(models.path("pose_detection"), landmarks, others={"lite": broken})
    with StageSource("still", actors=1, size=(640, 480)) as stage, eyes as estimator:
        frame = stage.read()
        assert frame is not None
        estimator.estimate(frame)
        estimator.adjust(estimator.efforts[-1])

        def go_on() -> None:
            for _ in range(100):
                estimator.estimate(frame)

        with pytest.raises(ModelError, match="broken"):
            go_on()


def test_estimators_are_what_the_protocol_says() -> None:
    estimator: Estimator = Plain(FakeClock())
    assert not isinstance(estimator, Adjustable)
    assert isinstance(Several(FakeClock()), Adjustable)
