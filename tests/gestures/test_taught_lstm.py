from __future__ import annotations

import numpy as np
import pytest
from lessons import wave

from posegames.gestures.taught.augment import varied
from posegames.gestures.taught.lstm import HIDDEN, INPUTS, SHAPES, Net, _fresh, loss
from posegames.gestures.taught.motion import STEPS


def test_the_slopes_are_those_of_the_loss() -> None:
    """Each array's slope, in a direction drawn by lot, beside the difference of two losses."""
    rng = np.random.default_rng(1)
    arrays = _fresh(rng)
    inputs, wanted = rng.normal(size=(5, 7, INPUTS)), np.array([1.0, 0, 1, 0, 1])
    _, slopes = loss(arrays, inputs, wanted)
    for name, shape in SHAPES.items():
        way = rng.normal(size=shape)
        ahead, behind = ({**arrays, name: arrays[name] + step * way} for step in (1e-5, -1e-5))
        slope = (loss(ahead, inputs, wanted)[0] - loss(behind, inputs, wanted)[0]) / 2e-5
        assert float((slopes[name] * way).sum()) == pytest.approx(slope, rel=1e-4, abs=1e-8), name


def test_it_learns_from_a_few_examples_and_always_the_same() -> None:
    moves, others = [wave(), wave(1.2), wave(0.9)], [wave(limb=1), wave(size=0), wave(limb=3)]
    net = Net.train(moves, others, rounds=40)
    assert net.probability(wave(1.1, size=0.9)) > 0.8
    assert net.probability(wave(1.1, limb=1)) < 0.2
    assert net.probability(wave(size=0.0)) < 0.2
    one, other = (Net.train(moves, others, rounds=2) for _ in range(2))
    assert all(np.array_equal(one.arrays[name], other.arrays[name]) for name in SHAPES)
    assert net.arrays["memory"].shape == (HIDDEN, 4 * HIDDEN)


def test_variations_are_like_the_example_and_not_alike() -> None:
    made = varied([wave()], 20, np.random.default_rng(0))
    off = [float(np.abs(clip.limbs - wave().limbs).mean()) for clip in made]
    assert min(off) > 0.02
    assert max(off) < 0.35
    assert len({round(value, 9) for value in off}) == 20
    seen = np.array([clip.seen for clip in made])
    assert 0.95 < seen.mean() < 1  # now and then a limb is not seen for a while
    assert all(clip.limbs.shape[0] == STEPS for clip in made)
