"""What the bench says of jitter and lag, on bodies whose jitter and lag are known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from posegames.body.joints import COUNT, Joint
from posegames.body.measure import torso_length
from posegames.body.pose import Pose
from posegames.errors import PosegamesError
from posegames.testing import FakeClock, body
from posegames.tools.bench import calm
from posegames.tools.bench.calm import frozen, measure, own, reaching, sheet
from posegames.tools.bench.table import BENCHES, Plan
from posegames.tools.bench.trembling import Seen, late, trembling

HAND = Joint.RIGHT_WRIST


def silent(_name: str, _share: float) -> None:
    pass


def series(see: Callable[[int, Pose], Pose], truth: Callable[[float], Pose], frames: int) -> list[Seen]:
    return [Seen(i / 30, see(i, truth(i / 30)), truth(i / 30)) for i in range(frames)]


def test_jitter_is_that_of_the_noise_and_true_motion_is_none() -> None:
    lots = np.random.default_rng(1)
    sigma = 0.001

    def noisy(_i: int, pose: Pose) -> Pose:
        return replace(pose, xy=pose.xy + lots.normal(0, sigma, (COUNT, 2)))

    found = trembling(series(noisy, lambda t: body(0.9 + 0.05 * np.sin(t)), 240))
    # Two axes, and the difference of two pictures: twice sigma.
    assert found["jitter"] == pytest.approx(2 * sigma / torso_length(body()) * 100, rel=0.06)
    assert found["std"] == pytest.approx(2**0.5 * sigma / torso_length(body()) * 100, rel=0.06)
    assert found["leaps"] == 0


def test_a_leap_is_counted_and_is_no_jitter() -> None:
    def leaping(i: int, pose: Pose) -> Pose:
        xy = pose.xy.copy()
        xy[HAND] += 0.3 * (i == 120)
        return replace(pose, xy=xy)

    found = trembling(series(leaping, lambda _t: body(), 240))
    assert found["jitter"] == 0
    assert found["leaps"] == pytest.approx(2 / (179 / 30 / 60), abs=0.1)  # there and back


def test_joints_that_are_not_seen_do_not_count_and_nobody_gives_no_figure() -> None:
    lots = np.random.default_rng(1)

    def wild(_i: int, pose: Pose) -> Pose:
        sure, xy = pose.confidence.copy(), pose.xy.copy()
        sure[HAND], xy[HAND] = 0.3, lots.uniform(0, 1, 2)
        return replace(pose, xy=xy, confidence=sure)

    assert trembling(series(wild, lambda _t: body(), 240))["jitter"] == 0
    assert np.isnan(trembling([])["jitter"])


def reaching_hand(time: float) -> Pose:
    share = np.clip((time - 1) / 0.3, 0, 1)
    return body(moved={"right_wrist": (-0.155 - 0.2 * share, 0.49 + 0.5 * share * share)})


@pytest.mark.parametrize("delay", [0.0, 0.012, 0.08])
def test_lag_is_the_delay_whatever_the_gain_and_the_place(delay: float) -> None:
    times = np.arange(0, 3, 1 / 30)
    ways = np.stack([reaching_hand(t).xy[HAND] for t in times])

    def behind(i: int, _pose: Pose) -> Pose:
        # As a true hand sampled between two pictures, seen a little short and beside its place.
        pose = reaching_hand(times[i])
        xy = pose.xy.copy()
        xy[HAND] = [0.9 * np.interp(times[i] - delay, times, ways[:, k]) + 0.1 for k in (0, 1)]
        return replace(pose, xy=xy)

    found = late(series(behind, reaching_hand, len(times)), [(0.9, 1.8, HAND)])
    assert found["lag_ms"] == pytest.approx(1000 * delay, abs=1)
    assert found["reaches"] == 1


def test_a_hand_that_is_lost_is_not_timed() -> None:
    gone = series(lambda _i, pose: pose, reaching_hand, 90)
    assert late([s for s in gone if not 1.0 < s.time < 1.3], [(0.9, 1.8, HAND)])["reaches"] == 0
    still = series(lambda _i, _pose: body(), reaching_hand, 90)
    assert np.isnan(late(still, [(0.9, 1.8, HAND)])["lag_ms"])


def test_what_is_looked_at_is_the_same_for_everybody_and_each_time() -> None:
    cases = {case.name: case for case in own(FakeClock(), seed=2)}
    assert list(cases) == [f"{what} {p}p" for what in ("still", "breathing", "reaching") for p in (480, 720)]
    once, again = (next(cases["still 480p"].frames()).picture for _ in range(2))
    np.testing.assert_array_equal(once, again)
    reaches = reaching((640, 480), 0).reaches
    assert len(reaches) == 11
    assert {hand for _, _, hand in reaches} == {Joint.LEFT_WRIST, Joint.RIGHT_WRIST}


def test_a_still_picture_differs_by_its_noise_alone() -> None:
    frames = frozen("stage:still?actors=1&size=160x120", FakeClock(), seed=1).frames()
    first, second = next(frames).picture.astype(int), next(frames).picture.astype(int)
    assert 0 < np.abs(first - second).mean() < 8


def test_a_source_without_pictures_is_said() -> None:
    with pytest.raises(PosegamesError):
        next(frozen("no-such-thing.mp4", FakeClock(), 0).frames())


def test_the_middle_of_the_seeds_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    jitters = iter((0.1, 0.5, 0.2))

    def one(_case: object, _progress: object) -> dict[str, object]:
        ours = {"jitter": next(jitters)}
        return {"contenders": {"ours": ours}, "against": {"ours": {"jitter": 10 * ours["jitter"]}}}

    monkeypatch.setattr(calm, "_case", one)
    (found,) = measure(Plan(source="stage:still", rounds=3), FakeClock(), silent).values()
    assert found["contenders"] == {"ours": {"jitter": 0.2}}
    assert found["against"] == {"ours": {"jitter": 2.0}}
    assert (found["seeds"], len(found["rounds"])) == (3, 3)


@pytest.mark.model
def test_presets_are_calmer_than_none_on_a_real_tracker(models: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSEGAMES_MEDIAPIPE_METRICS", "refuse")
    monkeypatch.setattr(calm, "STILL", 66)
    figures = measure(Plan(source="stage:still?actors=1&size=480x360", rounds=1), FakeClock(), silent)
    (found,) = figures.values()
    rows = found["contenders"]
    assert list(rows) == ["not smoothed", "ours, calm", "ours, balanced", "ours, fast", "drawn, balanced"]
    assert found["against"] == {}
    assert 0 < rows["ours, calm"]["jitter"] <= rows["ours, balanced"]["jitter"] < rows["ours, fast"]["jitter"]
    assert rows["ours, balanced"]["jitter"] <= rows["drawn, balanced"]["jitter"] < rows["not smoothed"]["jitter"]
    assert rows["ours, balanced"]["jitter"] < 0.3 * rows["not smoothed"]["jitter"]
    table = sheet(figures).markdown()
    assert "ours, balanced" in table
    assert "calm" in BENCHES
