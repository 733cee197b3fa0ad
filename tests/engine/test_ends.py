"""What is drawn at the ends of limbs of bodies that have no hands and feet: 17 points."""

from __future__ import annotations

import pytest
from bodies import standing

from posegames.body.joints import Joint
from posegames.body.pose import Pose
from posegames.body.views import COCO_17
from posegames.engine.figures.body import Body
from posegames.engine.trails import Trails
from posegames.engine.view import View
from posegames.players.player import Player
from posegames.scenes.match.framing import Framing

VIEW = View((0.0, 0.0, 1280.0, 720.0), 16 / 9)


def seventeen(pose: Pose) -> Pose:
    return Pose(*COCO_17.lift(*COCO_17.of(pose)))


def test_a_body_without_toes_stands_on_its_ankles() -> None:
    body = Body.of(seventeen(standing()), VIEW)
    assert body.end(Joint.LEFT_FOOT_INDEX) == Joint.LEFT_ANKLE
    assert body.end(Joint.LEFT_INDEX) == Joint.LEFT_WRIST
    foot = body.foot
    assert foot is not None
    assert foot[1] == pytest.approx(body.points[Joint.LEFT_ANKLE][1])
    whole = Body.of(standing(), VIEW)
    assert whole.end(Joint.LEFT_FOOT_INDEX) == Joint.LEFT_FOOT_INDEX


def test_hands_without_fingers_leave_trails() -> None:
    trails = Trails()
    for number in range(10):
        moved = {"left_wrist": (0.5 + 0.1 * number, -0.5)}
        trails.update(seventeen(standing(moved=moved)), number / 30)
    ways = trails._ways
    assert len(ways[Joint.LEFT_INDEX]) == 10
    assert len(ways[Joint.RIGHT_INDEX]) == 1  # at rest


def test_the_match_shows_them_as_large_as_others() -> None:
    def scale(pose: Pose) -> float:
        framing = Framing()
        framing.update([Player(1, pose, pose, 0 * pose.xy, 0.2, 0.0, hidden=False)], 16 / 9, 1.0)
        return framing.view.scale

    assert scale(seventeen(standing())) == pytest.approx(scale(standing()), rel=0.03)
