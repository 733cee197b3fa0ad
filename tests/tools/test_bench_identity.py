"""The bench of identity: who takes part, what each does, and what comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from bodies import sighting, standing
from walkers import Walker, moments
from watchers import Resource

from posegames.body.pose import Pose
from posegames.errors import UsageError
from posegames.seeing.estimators.table import make_estimator
from posegames.seeing.sighting import Frame
from posegames.seeing.sources.stage import StageSource
from posegames.testing import FakeClock
from posegames.tools.bench.contenders import Boxes, Centroids, contenders, listed, overlap, tracked
from posegames.tools.bench.identity import LISTED, measure, sheet, simulated, staged
from posegames.tools.bench.table import Plan, find_bench
from posegames.tools.identity import Claim, total


def silent(_name: str, _share: float) -> None:
    pass


def people(said: list[Claim]) -> dict[float, int]:
    return {round(float(claim.place[0]), 1): claim.person for claim in said}


class Seer(Resource):
    """An estimator that sees what is there, lists it backwards, and follows nobody."""

    name = "seer"

    def estimate(self, frame: Frame) -> tuple[Pose, ...]:
        seen = [replace(pose, track=None) for pose in frame.truth if (pose.confidence > 0).sum() > 16]
        return tuple(reversed(seen))

    def forget(self) -> None:
        pass


def test_centroids_take_over_whoever_is_nearest() -> None:
    follow = Centroids()
    assert people(follow(sighting(0, standing(0.4), standing(1.4)))) == {0.4: 1, 1.4: 2}
    assert people(follow(sighting(0.1, standing(1.3), standing(0.5)))) == {0.5: 1, 1.3: 2}
    assert people(follow(sighting(0.2, standing(0.6)))) == {0.6: 1}
    assert people(follow(sighting(0.3, standing(1.0), standing(0.6)))) == {0.6: 1, 1.0: 2}
    assert people(follow(sighting(2.5, standing(1.0), standing(0.6)))) == {0.6: 1, 1.0: 2}
    follow(sighting(2.6))
    assert people(follow(sighting(5.0, standing(0.6)))) == {0.6: 1}  # forgotten after that sighting only
    follow(sighting(8.0))
    assert people(follow(sighting(8.1, standing(0.6)))) == {0.6: 3}


def test_boxes_go_on_as_they_went_and_need_three_sightings() -> None:
    follow = Boxes()
    walkers = Walker(0, ((0, 0.3), (2, 1.5))), Walker(1, ((0, 1.5), (2, 0.3)), torso=0.16)
    said = [follow(seen) for seen in moments(walkers, 30, 2)]
    assert said[1] == []
    assert {round(float(c.place[0]), 1): c.person for c in said[3]} == {0.4: 2, 1.5: 1}
    assert {round(float(c.place[0]), 1): c.person for c in said[-1]} == {0.3: 1, 1.5: 2}


def test_boxes_overlap() -> None:
    a = np.array([0.0, 0.0, 2.0, 2.0])
    assert overlap(a, a) == 1
    assert overlap(a, a + np.array([1.0, 0, 1, 0])) == pytest.approx(1 / 3)
    assert overlap(a, a + 3) == overlap(a, np.zeros(4)) == 0
    assert overlap(np.zeros(4), np.zeros(4)) == 0


def test_lists_and_tracks_are_taken_as_they_are() -> None:
    seen = sighting(0, standing(0.4, track=7), standing(1.4))
    assert people(listed(seen)) == {0.4: 1, 1.4: 2}
    assert people(tracked(seen)) == {0.4: 7}


def test_a_simulated_crowd_is_seen_alike_by_all() -> None:
    scores = simulated(1, rate=10)
    assert set(scores) == set(contenders(3))
    assert len({(score.frames, score.truths) for score in scores.values()}) == 1
    figures = {name: total([score]) for name, score in scores.items()}
    assert figures["posegames"]["switches"] == 0
    assert figures["nearest centroid"]["idf1"] < figures["posegames"]["idf1"]


@pytest.mark.parametrize(("play", "most"), [("swap", 2), ("bystander", 3)])
def test_on_the_stage_everybody_keeps_their_number(play: str, most: int) -> None:
    with StageSource(play, size=(320, 180), rate=10, actors=most) as stage, Seer() as seer:
        scores = staged(stage, seer, seer, lambda _share: None)
    figures = scores["posegames"].figures()
    assert figures["frames"] >= 220
    assert figures["switches"] == figures["slot_switches"] == 0
    assert figures["idf1"] > 0.93
    assert scores[LISTED].figures()["switches"] > 0
    rows = sheet({"a play": {name: total([score, score]) for name, score in scores.items()}}).rows
    assert rows[0][:3] == ("a play (2)", "posegames", "0")
    assert len(rows) == len(scores)


@pytest.mark.model
def test_the_real_estimator_on_the_stage_switches_nobody(models: object) -> None:
    """They cross before everybody's eyes and change sides out of sight; the bench does it in full."""
    with StageSource("swap", size=(480, 270), rate=10, actors=2) as stage, make_estimator("blazepose") as seeing:
        figures = staged(stage, seeing, None, lambda _share: None)["posegames"].figures()
    assert figures["switches"] == figures["mistaken"] == 0
    assert figures["returns"] == 2
    assert figures["known_again"] == 1
    assert figures["held"] > 0.75


@pytest.mark.parametrize("source", ["camera", "squats.mp4", "stages"])
def test_a_source_without_truth_is_refused(source: str) -> None:
    with pytest.raises(UsageError, match="Nobody knows who is who"):
        measure(Plan(source=source), FakeClock(), silent)


def test_it_is_in_the_table() -> None:
    module: Callable[..., object] = find_bench("identity").load().measure
    assert module is measure
