from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from lessons import wave

from posegames.body.pose import Floats
from posegames.gestures.taught.dtw import BAND, Templates, weights_of
from posegames.gestures.taught.motion import LIMBS, STEPS, Clip


def plain(one: Clip, other: Clip, weights: Floats) -> float:
    """Dynamic time warping as the book has it: cell by cell."""
    reach = round(BAND * STEPS)
    way = np.full((STEPS + 1, STEPS + 1), np.inf)
    way[0, 0] = 0
    for i in range(1, STEPS + 1):
        for j in range(max(1, i - reach), min(STEPS, i + reach) + 1):
            both = weights * one.seen[i - 1] * other.seen[j - 1]
            cost = float((((one.limbs[i - 1] - other.limbs[j - 1]) ** 2).sum(axis=1) * both).sum() / both.sum())
            way[i, j] = min(way[i - 1, j] + cost, way[i, j - 1] + cost, way[i - 1, j - 1] + 2 * cost)
    return float(np.sqrt(way[STEPS, STEPS] / (2 * STEPS)))


def templates(*clips: Clip) -> Templates:
    return Templates.of(clips, *weights_of(clips[:1]))


def test_it_is_what_the_book_says() -> None:
    rng = np.random.default_rng(3)
    clips = []
    for _ in range(4):
        seen = (rng.random((STEPS, LIMBS)) > 0.05).astype(float)
        clips.append(Clip(rng.normal(size=(STEPS, LIMBS, 2)), seen, 1.0))
    weights, size = weights_of(clips)
    expected = [plain(clips[0], other, weights) / size for other in clips]
    assert Templates.of(clips, weights, size).apart(clips[0]) == pytest.approx(expected, abs=1e-6)
    assert expected[0] == 0
    assert min(expected[1:]) > 0.5


def test_rhythm_is_forgiven_and_another_move_is_not() -> None:
    known = templates(wave())
    assert known.apart(wave())[0] == pytest.approx(0, abs=1e-6)
    assert known.apart(wave(1.4))[0] < 0.1
    assert known.apart(wave(0.7))[0] < 0.15
    assert known.apart(wave(limb=1))[0] > 1
    assert known.apart(wave(size=0))[0] > 0.8  # standing still is about 1 away
    assert known.apart(wave(late=0.6))[0] > 0.5  # later than the band allows


def test_what_is_not_seen_counts_for_nothing_until_too_much_is_missing() -> None:
    known = templates(wave())
    clip = wave()
    seen = clip.seen.copy()
    seen[:, 5] = 0
    limbs = clip.limbs.copy()
    limbs[:, 5] = 9
    assert known.apart(replace(clip, limbs=limbs, seen=seen))[0] == pytest.approx(0, abs=1e-6)
    assert known.apart(replace(clip, seen=np.zeros_like(seen)))[0] == pytest.approx(1)


def test_a_limb_that_moves_counts_more_than_one_that_hangs() -> None:
    weights, size = weights_of([wave(), wave(1.2)])
    assert weights.argmax() == 0
    assert weights[0] > 3 * weights[1]
    assert size > 0.15
