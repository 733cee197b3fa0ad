from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import TracebackType
from typing import Self

import numpy as np
import pytest
from bodies import standing

from posegames.body.pose import Pose
from posegames.players.player import Player
from posegames.seeing.sighting import Frame
from posegames.seeing.sources.stage import StageSource
from posegames.tools.crowd import Witness, crowd
from posegames.tools.identity import Score, crowded, staged, total


def held(actor: Pose, person: int, *, slot: int = 0, certain: bool = True) -> Player:
    """Return the player that `actor` is held to be."""
    still = np.zeros((33, 2), dtype=np.float32)
    return Player(
        number=slot or person,
        pose=actor,
        shown=actor,
        velocity=still,
        torso=0.2,
        seen=0.0,
        person=person,
        certain=certain,
    )


A, B = standing(0.4, track=1), standing(1.4, track=2)


def test_a_run_without_faults_has_none() -> None:
    score = Score()
    for i in range(50):
        score.add([A, B], [held(A, 1), held(B, 2)], i / 10)
    figures = score.figures()
    assert (figures["switches"], figures["slot_switches"], figures["idf1"], figures["held"]) == (0, 0, 1, 1)


def test_two_who_are_exchanged_are_two_switches() -> None:
    score = Score()
    for i in range(50):
        one, two = (1, 2) if i < 25 else (2, 1)
        score.add([A, B], [held(A, one), held(B, two)], i / 10)
    figures = score.figures()
    assert (figures["switches"], figures["slot_switches"], figures["idf1"]) == (2, 2, 0.5)


def test_who_is_somebody_else_after_a_meeting_was_mistaken() -> None:
    score = Score()
    near = standing(0.5, track=2)
    for i in range(50):
        if i < 20 or i >= 30:
            people = (1, 2) if i < 20 else (2, 1)
            score.add([A, B], [held(A, people[0]), held(B, people[1], certain=i < 20)], i / 10)
        else:  # near each other, whoever is held to be who says nothing
            score.add([A, near], [held(A, 2), held(near, 1)], i / 10)
    figures = score.figures()
    assert (figures["meetings"], figures["mistaken"], figures["admitted"], figures["switches"]) == (2, 2, 1, 2)


def test_coming_back_is_timed_to_the_moment_of_being_known() -> None:
    score = Score()
    for i in range(100):
        time = i / 10
        away, lost = 3 <= time < 5, 5 <= time < 5.75
        score.add([] if away else [A], [] if away or lost else [held(A, 4)], time)
    figures = score.figures()
    assert (figures["returns"], figures["known_again_s"]) == (1, 0.8)
    assert figures["held"] == pytest.approx(72 / 80)


def test_nobody_there_and_nobody_seen_is_no_fault() -> None:
    score = Score()
    score.add([], [], 0)
    score.add([], [held(A, 1)], 1)
    assert score.figures()["idf1"] == 0
    assert total([])["idf1"] == 1


def test_a_crowd_keeps_its_numbers_in_clothes_of_their_own() -> None:
    """As many runs as there is time for; the full measure is a hundred."""
    figures = crowded(3, seed=3, rate=15)
    assert figures["meetings"] >= 10
    assert figures["switches"] == 0
    assert figures["idf1"] > 0.95


def test_without_clothes_to_go_by_most_meetings_end_well() -> None:
    figures = crowded(3, seed=3, rate=15, colours=False)
    assert figures["mistaken"] <= 0.2 * figures["meetings"]  # three runs; over sixty it was 9 %


def test_a_witness_always_sees_the_same_and_makes_its_faults() -> None:
    play = crowd(5, actors=3, seconds=12)
    again = [[*Witness(play, actors=3, seed=5, rate=15).moments()] for _ in range(2)]
    for (one, truth), (two, _) in zip(*again, strict=True):
        assert [p.track for p in one.poses] == [p.track for p in two.poses]
        assert one.frame is not None
        assert two.frame is not None
        np.testing.assert_array_equal(one.frame.picture, two.frame.picture)
        assert len(truth) <= 3
    tracks = {pose.track for sighting, _ in again[0] for pose in sighting.poses}
    assert len(tracks) > 3  # lost and found again
    assert any(len(sighting.poses) < len(truth) for sighting, truth in again[0])
    bare = Witness(play, actors=3, seed=5, rate=15, colours=False, hints=False)
    for sighting, _ in bare.moments():
        assert sighting.frame is None
        assert {pose.track for pose in sighting.poses} <= {None}


class Seer:
    """An estimator that sees what is there, and follows nobody."""

    name = "seer"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def estimate(self, frame: Frame) -> tuple[Pose, ...]:
        return tuple(replace(pose, track=None) for pose in frame.truth if (pose.confidence > 0).sum() > 16)

    def forget(self) -> None:
        pass


@pytest.mark.parametrize(("play", "most"), [("swap", 2), ("bystander", 3)])
def test_on_the_stage_everybody_keeps_their_number(play: str, most: int) -> None:
    with StageSource(play, size=(320, 180), rate=10, actors=most) as stage, Seer() as seer:
        figures = staged(stage, seer, players=most, seconds=22)
    assert figures["frames"] == 220
    assert figures["switches"] == figures["slot_switches"] == 0
    assert figures["idf1"] > 0.93


def test_the_length_of_a_crowd_s_play_is_kept() -> None:
    plays: Sequence[float] = [crowd(seed, actors=2 + seed % 3).seconds for seed in range(5)]
    assert plays == [20.0] * 5
