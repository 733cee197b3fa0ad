"""Identity against the truth: what is counted, and that evaluators of tracking count the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from bodies import standing

from posegames.body.measure import TORSO
from posegames.body.pose import Pose
from posegames.tools.bench.contenders import contenders, ours
from posegames.tools.crowd import Witness, crowd
from posegames.tools.identity import NEAR, Claim, Score, Truth, total, watch


def held(actor: Pose, person: int, *, slot: int = 0, certain: bool = True) -> Claim:
    """Return the claim that `actor` is this person."""
    return Claim(actor.middle(TORSO), person, slot or person, certain)


def crowded(runs: int, *, seed: int, colours: bool = True) -> dict[str, float]:
    """Return the roster's figures of so many crowds, at 15 sightings a second."""
    scores = []
    for run in range(seed, seed + runs):
        actors = 2 + run % 3
        witness = Witness(crowd(run, actors=actors), actors=actors, rate=15, seed=run, colours=colours)
        scores.append(watch(witness.moments(), {"ours": ours(actors)})["ours"])
    return total(scores)


A, B = standing(0.4, track=1), standing(1.4, track=2)


def test_a_run_without_faults_has_none() -> None:
    score = Score()
    for i in range(50):
        score.add(Truth.of([A, B], i / 10), [held(A, 1), held(B, 2)])
    figures = score.figures()
    assert (figures["switches"], figures["slot_switches"], figures["idf1"], figures["held"]) == (0, 0, 1, 1)


def test_two_who_are_exchanged_are_two_switches() -> None:
    score = Score()
    for i in range(50):
        one, two = (1, 2) if i < 25 else (2, 1)
        score.add(Truth.of([A, B], i / 10), [held(A, one), held(B, two)])
    figures = score.figures()
    assert (figures["switches"], figures["slot_switches"], figures["idf1"]) == (2, 2, 0.5)


def test_who_is_somebody_else_after_a_meeting_was_mistaken() -> None:
    score = Score()
    near = standing(0.5, track=2)
    for i in range(50):
        if i < 20 or i >= 30:
            people = (1, 2) if i < 20 else (2, 1)
            score.add(Truth.of([A, B], i / 10), [held(A, people[0]), held(B, people[1], certain=i < 20)])
        else:  # near each other, whoever is held to be who says nothing
            score.add(Truth.of([A, near], i / 10), [held(A, 2), held(near, 1)])
    figures = score.figures()
    assert (figures["meetings"], figures["mistaken"], figures["admitted"], figures["switches"]) == (2, 2, 1, 2)


def test_coming_back_is_timed_to_the_moment_of_being_known() -> None:
    score = Score()
    for i in range(100):
        time = i / 10
        away, lost = 3 <= time < 5, 5 <= time < 5.75
        score.add(Truth.of([] if away else [A], time), [] if away or lost else [held(A, 4)])
    figures = score.figures()
    assert (figures["returns"], figures["known_again_s"]) == (1, 0.8)
    assert figures["held"] == pytest.approx(72 / 80)


def test_nobody_there_and_nobody_seen_is_no_fault() -> None:
    score = Score()
    score.add(Truth.of([], 0), [])
    score.add(Truth.of([], 1), [held(A, 1)])
    assert score.figures()["idf1"] == 0
    assert total([])["idf1"] == 1


def test_a_crowd_keeps_its_numbers_in_clothes_of_their_own() -> None:
    """As many runs as there is time for; the full measure is a hundred."""
    figures = crowded(3, seed=3)
    assert figures["meetings"] >= 10
    assert figures["switches"] == 0
    assert figures["idf1"] > 0.95


def test_without_clothes_to_go_by_most_meetings_end_well() -> None:
    figures = crowded(3, seed=3, colours=False)
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


def test_the_length_of_a_crowd_s_play_is_kept() -> None:
    plays: Sequence[float] = [crowd(seed, actors=2 + seed % 3).seconds for seed in range(5)]
    assert plays == [20.0] * 5


def test_who_comes_back_as_somebody_else_is_not_known_again() -> None:
    score = Score()
    for i in range(100):
        gone = 30 <= i < 50
        score.add(Truth.of([] if gone else [A], i / 10), [] if gone else [held(A, 1 if i < 30 else 2)])
    figures = score.figures()
    assert (figures["returns"], figures["known_again"], figures["known_again_s"]) == (1, 0, 0)
    assert figures["switches"] == 1


def test_while_bodies_are_one_upon_the_other_only_clear_mot_counts() -> None:
    score = Score()
    near = standing(0.45, track=2)
    for i in range(60):
        together, swapped = 20 <= i < 40, 25 <= i < 35
        other = near if together else B
        one, two = (2, 1) if swapped else (1, 2)
        truth = Truth.of([A, other], i / 10)
        score.add(truth, [held(A, one), held(other, two)])
    figures = score.figures()
    # Each of the two bodies may be either's there: what held before holds on, and nobody is another one.
    assert (figures["switches"], figures["clear_switches"], figures["mistaken"]) == (0, 0, 0)
    far = standing(0.4 + 0.15, track=2)  # within a torso length, and no more within half of one
    for i in range(60, 120):
        together, swapped = 80 <= i < 100, 85 <= i < 95
        other = far if together else B
        one, two = (2, 1) if swapped else (1, 2)
        score.add(Truth.of([A, other], i / 10), [held(A, one), held(other, two)])
    figures = score.figures()
    assert (figures["switches"], figures["clear_switches"], figures["mistaken"]) == (0, 4, 0)


def test_motmetrics_counts_the_same() -> None:
    """IDF1, switches, misses and inventions of every contender, given which body may be which actor's (`NEAR`).

    `switches` has no counterpart there: it leaves out whoever somebody is near.
    """
    import motmetrics

    followers = contenders(3)
    books = {name: motmetrics.MOTAccumulator(auto_id=True) for name in followers}
    scores = {name: Score() for name in followers}
    witness = Witness(crowd(4, actors=3, seconds=14), actors=3, rate=15, seed=4)
    for sighting, poses in witness.moments():
        truth = Truth.of(poses, sighting.time)
        for name, follow in followers.items():
            said = follow(sighting)
            scores[name].add(truth, said)
            off = np.full((len(truth.numbers), len(said)), np.nan)
            for row, (place, size) in enumerate(zip(truth.places, truth.sizes, strict=True)):
                for column, claim in enumerate(said):
                    apart = float(np.hypot(*(claim.place - place))) / size
                    off[row, column] = apart if apart <= NEAR else np.nan
            books[name].update(list(truth.numbers), [claim.person for claim in said], off)
    asked = ["idf1", "num_switches", "num_misses", "num_false_positives", "num_frames"]
    for name, score in scores.items():
        theirs = motmetrics.metrics.create().compute(books[name], metrics=asked).iloc[0]
        figures = score.figures()
        assert figures["idf1"] == pytest.approx(float(theirs["idf1"]), abs=5e-5)  # ours has four digits
        assert figures["clear_switches"] == int(theirs["num_switches"])
        assert score.truths - score.held == int(theirs["num_misses"])
        assert score.shown - score.held == int(theirs["num_false_positives"])
        assert figures["frames"] == int(theirs["num_frames"])
    assert scores["nearest centroid"].clear_switches > 0  # so there was something to count
