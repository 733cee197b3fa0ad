"""Every game on every estimator: COCO's 17 points, and OpenPose's 18, have no hands, no feet and no mouth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from bodies import standing
from copies import copy, made_up

from posegames.body.pose import Pose
from posegames.body.views import COCO_17, OPENPOSE_18, View
from posegames.events import Gesture, PlayerJoined
from posegames.gestures.pointing.pointer import HandPointer
from posegames.gestures.recogniser import Recogniser
from posegames.players.roster import Roster
from posegames.rules.judging import judge as judgement
from posegames.seeing.sighting import Sighting
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import load_play
from posegames.tools.gesturetest.bodies import ASPECT, Trajectory
from posegames.tools.gesturetest.matching import anything, judge, told
from posegames.tools.gesturetest.staged import labels

RATE = 15.0


def lifted(pose: Pose, view: View) -> Pose:
    """Return `pose` as an estimator of these points tells of it: no depth, no identity."""
    return Pose(*view.lift(*view.of(pose)))


@pytest.fixture(scope="module")
def stage() -> Choreography:
    return Choreography(load_play("gestures"), actors=1)


@pytest.fixture(scope="module")
def truth(stage: Choreography) -> tuple[list[float], list[Pose]]:
    """The whole play, shaken by .4 % of the body's height."""
    times = np.arange(0, stage.play.seconds, 1 / RATE)
    return times.tolist(), Trajectory.of(stage, times).seen(3.2, noise=0.004, seed=1)


def test_every_gesture_of_the_stage_is_told_and_no_other(
    stage: Choreography, truth: tuple[list[float], list[Pose]]
) -> None:
    roster, recogniser, events = Roster(1), Recogniser(), list[Gesture]()
    joined = 0
    for number, (time, pose) in enumerate(zip(*truth, strict=True)):
        sighting = Sighting(time, number, (lifted(pose, COCO_17),), ASPECT)
        news = recogniser.update(roster.update(sighting, time), time)
        joined += sum(isinstance(event, PlayerJoined) for event in news)
        events += told(news)
    verdict = judge(labels(stage.cues), events, anything)
    assert [(event.gesture, round(event.t, 2)) for event in verdict.false] == []
    assert [label.gesture for label in verdict.missed] == []
    assert len(verdict.hits) > 25
    assert joined == 1


def test_openpose_tells_the_same_joints_as_coco(truth: tuple[list[float], list[Pose]]) -> None:
    for pose in truth[1][::100]:
        coco, openpose = lifted(pose, COCO_17), lifted(pose, OPENPOSE_18)
        np.testing.assert_array_equal(coco.xy, openpose.xy)
        np.testing.assert_array_equal(coco.confidence, openpose.confidence)


@pytest.mark.parametrize(("way", "sign"), [("left", -1), ("right", 1)])
def test_tag_is_steered_as_with_all_joints(way: str, sign: int) -> None:
    """Steps and leans: what is told of them is the same number."""

    def values(view: View | None) -> list[tuple[str, float]]:
        roster, recogniser, told_ = Roster(1), Recogniser(), list[tuple[str, float]]()
        for number in range(60):
            time = number / 30
            pose = standing(0.9 - sign * 0.3 * min(max(time - 1, 0), 1))
            pose = pose if view is None else lifted(pose, view)
            news = recogniser.update(roster.update(Sighting(time, number, (pose,), ASPECT), time), time)
            told_ += [(e.gesture, e.value) for e in news if isinstance(e, Gesture)]
        return told_

    whole, seventeen = values(None), values(COCO_17)
    assert (f"step_{way}", 1.0) in seventeen
    assert [value for name, value in seventeen if name == "step"]
    assert [name for name, _ in seventeen] == [name for name, _ in whole]
    np.testing.assert_allclose([value for _, value in seventeen], [value for _, value in whole], atol=1e-6)


def test_poses_are_judged_as_with_all_joints() -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        wanted = made_up(rng)
        pose = copy(wanted, rng, 15.0)
        assert judgement(lifted(pose, COCO_17), wanted) == judgement(pose, wanted)


def test_a_hand_points_where_it_points_with_all_joints() -> None:
    pose = standing(moved={"right_elbow": (-0.42, -0.45), "right_wrist": (-0.7, -0.8)})

    def pointed(pose: Pose) -> tuple[float, float]:
        roster, pointer, found = Roster(1), HandPointer(), None
        for number in range(45):
            time = number / 30
            found = pointer.update(roster.update(Sighting(time, number, (pose,), ASPECT), time), time)
        assert found is not None
        assert found.sure
        return found.x, found.y

    assert pointed(lifted(pose, COCO_17)) == pytest.approx(pointed(pose), abs=1e-6)


def test_a_hand_above_the_head_joins() -> None:
    up = standing(moved={"right_elbow": (-0.45, -1.4), "right_wrist": (-0.4, -1.9)})
    roster = Roster(1, asks=True)
    for number in range(60):
        pose = lifted(up if number > 15 else standing(), COCO_17)
        players = roster.update(Sighting(number / 30, number, (replace(pose, track=1),), ASPECT), number / 30)
        assert number > 15 or not players
    assert len(players) == 1
