"""The latency bench: a webcam that keeps its pictures, the tutorials' loop, our way. No speed is asserted here."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from watchers import Resource

from posegames.body.pose import Pose
from posegames.engine.window import open_window
from posegames.events import Gesture
from posegames.gestures.recogniser import Recogniser
from posegames.players.roster import Roster
from posegames.seeing.sighting import Frame, Sighting
from posegames.seeing.sources.stage import StageSource
from posegames.seeing.stage.script import parse_play
from posegames.settings import Settings
from posegames.testing import HANDS_UP, FakeClock, body
from posegames.timing import SystemClock
from posegames.tools.bench import playing, tutorial
from posegames.tools.bench.latency import OURS, PLAY, SECONDS, report, sheet
from posegames.tools.bench.turns import Seen, Turn, hands_above_nose, onsets_of
from posegames.tools.bench.webcam import BUFFERS, RATE, Webcam, shoot

UP, DOWN = body(moved=HANDS_UP), body()


def grey(number: int, size: tuple[int, int] = (32, 24)) -> Frame:
    return Frame(np.full((size[1], size[0], 3), 10 * number, dtype=np.uint8), number / 30, number)


@pytest.fixture
def film(tmp_path: Path) -> Path:
    shoot(tmp_path, [grey(number) for number in range(20)])
    return tmp_path


def test_who_reads_at_once_gets_every_picture_when_it_comes(film: Path) -> None:
    clock = FakeClock(100.0)
    with Webcam(film, clock) as camera:
        for number in range(50):
            frame = camera.read()
            assert frame.number == number
            assert frame.time == pytest.approx(100 + number / RATE)
            assert clock.now() == pytest.approx(frame.time)
            assert abs(float(frame.picture.mean()) - 10 * (number % 20)) < 3
    assert camera.lost == 0


def test_who_reads_too_seldom_gets_old_pictures_and_misses_some(film: Path) -> None:
    clock, ages, numbers = FakeClock(), [], []
    with Webcam(film, clock) as camera:
        for _ in range(60):
            frame = camera.read()
            ages.append(clock.now() - frame.time)
            numbers.append(frame.number)
            clock.sleep(0.050)
    assert ages[0] == 0
    # Four wait, and every 50 ms one of them is taken.
    assert all((BUFFERS - 1) / RATE <= age <= BUFFERS * 0.050 + 1e-6 for age in ages[20:])
    assert camera.lost > 10
    assert all(a < b for a, b in pairwise(numbers))


class Thinker(Resource):
    """An estimator that needs its time, and sees hands go up in every twentieth picture for five."""

    name = "thinker"

    def __init__(self, clock: FakeClock, cost: float) -> None:
        self._clock, self._cost = clock, cost
        self.forgot = 0

    def estimate(self, frame: Frame) -> tuple[Pose, ...]:
        self._clock.sleep(self._cost)
        return (UP if frame.number % 20 >= 15 else DOWN,)

    def forget(self) -> None:
        self.forgot += 1


@pytest.mark.parametrize(("cost", "queued"), [(0.010, 0.0), (0.060, 0.060 + (BUFFERS - 1.5) / RATE)])
def test_a_tutorial_that_is_too_slow_for_its_camera_lags_behind(film: Path, cost: float, queued: float) -> None:
    clock = FakeClock()
    estimator = Thinker(clock, cost)
    with open_window(Settings(headless=True)) as window:
        turn = tutorial.follow(estimator, film, window, clock, 4.0)
        drawn = window.pixels()[..., :3]
    assert estimator.forgot == 1
    assert drawn.max() > 200  # the skeleton: the film itself is darker
    assert turn.seconds >= 4.0
    assert turn.shows == len(turn.seen) == pytest.approx(4.0 * min(RATE, 1 / cost), abs=3)
    # On this clock only estimating takes time.
    assert np.median(turn.to_event) == pytest.approx(np.median(turn.to_screen))
    least = queued or cost
    assert least - 1e-6 <= np.median(turn.to_event) <= least + (BUFFERS * cost if queued else 1e-6)
    late = turn.from_motion(tutorial.RULE, [15], 20)
    assert len(late) == len(turn.raised[tutorial.RULE]) >= 4
    assert min(late) >= min(turn.to_event) - 1e-6


def test_the_time_from_the_motion_counts_the_pictures_it_was_not_seen_in() -> None:
    turn = Turn(seen=[Seen(40, 10 + 40 / RATE, 0.0, 0.0)])
    # The film is 30 pictures long; hands go up in the 28th: in numbers 28, 58, 88 ...
    turn.raise_("late", 10 + 31 / RATE, 10 + 31 / RATE + 0.02)
    turn.raise_("late", 10 + 57 / RATE, 10 + 57 / RATE + 0.02)  # seen a picture early
    turn.raise_("late", 10 + 41 / RATE, 10 + 41 / RATE + 0.02)
    found = turn.from_motion("late", [28], 30)
    assert found == pytest.approx([0.02 + 3 / RATE, 0.02 - 1 / RATE, 0.02 + 13 / RATE])
    assert turn.from_motion("never", [28], 30) == []


def test_hands_are_up_in_the_bench_s_own_play() -> None:
    stage = StageSource(parse_play(PLAY), actors=2, size=(640, 480))
    truth = [stage.choreography.at(i / 30) for i in range(int(SECONDS * 30))]
    assert len(onsets_of(truth)) == 4
    assert [hands_above_nose(pose) for pose in (UP, DOWN)] == [True, False]


def test_our_table_has_the_tutorials_rule_too_and_tells_it_at_once() -> None:
    stage = StageSource(parse_play(PLAY), actors=1, size=(640, 480))
    truth = [stage.choreography.at(1.5 + i / 30) for i in range(60)]
    roster, recogniser, first = Roster(), Recogniser(playing.RULES), dict[str, float]()
    for i, poses in enumerate(truth):
        players = roster.update(Sighting(i / 30, i, poses, 4 / 3), i / 30)
        for event in recogniser.update(players, i / 30):
            if isinstance(event, Gesture) and event.phase == "on":
                first.setdefault(event.gesture, event.t)
    (onset,) = onsets_of(truth)
    assert first[tutorial.RULE] == pytest.approx(onset / 30, abs=1.5 / 30)
    assert first["hands_up"] >= first[tutorial.RULE] + 0.1 - 1e-6
    assert set(playing.WATCHED) <= first.keys()


def test_turns_are_compared_with_their_neighbours() -> None:
    def turn(event: float, screen: float) -> Turn:
        seen = [Seen(i, i / 30, i / 30 + event, i / 30 + screen, {"read": event}) for i in range(30)]
        return Turn(seen=seen, shows=60, seconds=1.0)

    def turns(*late: float) -> Sequence[Turn]:
        return [turn(seconds, 2 * seconds) for seconds in late]

    figures = report({OURS: list(turns(0.02, 0.06)), "theirs": list(turns(0.04, 0.12))}, [], 240)
    assert figures["ratio"] == {f"{OURS} / theirs": {"capture_to_event": 0.5, "capture_to_screen": 0.5}}
    ours = figures["contenders"][OURS]
    assert ours["capture_to_screen"]["p50"] == pytest.approx(80, abs=40.1)
    assert (ours["sightings_a_second"], ours["pictures_a_second"]) == (30.0, 60.0)
    assert ours["way"]["read"]["p95"] == pytest.approx(60, abs=0.1)
    page = sheet({"one there": figures}).markdown()
    assert "| one there | theirs |" in page
    assert "0.50" in page


@pytest.mark.model
def test_our_way_is_stamped_from_the_driver_to_the_screen(models: object, tmp_path: Path) -> None:
    stage = StageSource(parse_play(PLAY), actors=1, size=(320, 240))
    with stage:
        shoot(tmp_path, [stage.frame(i) for i in range(30)])
    with open_window(Settings(headless=True)) as window:
        for seconds in (0.5, 4.0, 32.0):  # as long as a busy machine needs until there is something to see
            turn = playing.play(tmp_path, 1, window, SystemClock(), seconds)
            if turn.seen:
                break
    assert turn.seconds >= seconds
    assert turn.shows > 0
    assert turn.seen
    for seen in turn.seen:
        assert sum(seen.way.values()) == pytest.approx(seen.shown - seen.captured, abs=1e-6)
        assert all(seconds >= 0 for seconds in seen.way.values()), seen.way
        assert seen.captured < seen.in_hand < seen.shown
    numbers = [seen.number for seen in turn.seen]
    assert numbers == sorted(set(numbers))
