"""A small LSTM that says of a move whether it is the one that was shown: trained and run in numpy.

One layer, as the papers on pose sequences use them, only smaller: a handful of examples holds no more. Training
takes a second or two; a runtime for it (jax: 500 MB installed, torch: gigabytes) would take longer to load.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from posegames.body.pose import Floats
from posegames.gestures.taught.augment import varied
from posegames.gestures.taught.motion import LIMBS, STEPS, Clip

HIDDEN = 16
INPUTS = LIMBS * 2
ROUNDS, BATCH = 240, 48
"""Of training, and moves in each: half of them the move itself, half of them others."""
RATE = 0.02
"""Of learning (Adam, Kingma and Ba 2015, with its usual means), falling to a tenth."""
DECAY = 1e-3
"""Of the weights, a round (times `RATE`): few examples invite to learn them by heart."""

SHAPES = {
    "inputs": (INPUTS, 4 * HIDDEN),
    "memory": (HIDDEN, 4 * HIDDEN),
    "bias": (4 * HIDDEN,),
    "last": (HIDDEN,),
    "offset": (1,),
}
"""The arrays of a net. Gates in the order input, forget, output, new."""

Arrays = dict[str, Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Net:
    """A trained net: its arrays, by the names of `SHAPES`."""

    arrays: Arrays

    @classmethod
    def train(cls, moves: Sequence[Clip], others: Sequence[Clip], *, seed: int = 0, rounds: int = ROUNDS) -> Self:
        """Learn to tell `moves` from `others` (at least one of each). The same input gives the same net."""
        rng = np.random.default_rng(seed)
        arrays = _fresh(rng)
        means = {name: (np.zeros(shape), np.zeros(shape)) for name, shape in SHAPES.items()}
        pools = [_inputs(varied(clips, 6 * BATCH, rng)) for clips in (moves, others)]
        wanted = np.repeat([1.0, 0.0], BATCH // 2)
        for number in range(1, rounds + 1):
            picked = [pool[rng.integers(0, len(pool), BATCH // 2)] for pool in pools]
            _, slopes = loss(arrays, np.concatenate(picked), wanted)
            rate = RATE * 0.1 ** (number / rounds)
            for name, slope in slopes.items():
                first, second = means[name]
                first += 0.1 * (slope - first)
                second += 0.001 * (slope**2 - second)
                step = first / (1 - 0.9**number) / (np.sqrt(second / (1 - 0.999**number)) + 1e-8)
                arrays[name] -= rate * (step + DECAY * arrays[name])
        return cls(arrays)

    def probability(self, clip: Clip) -> float:
        """Return how likely `clip` is the move, 0..1."""
        return float(_sigmoid(_forward(self.arrays, _inputs([clip]))[0])[0])


def _fresh(rng: np.random.Generator) -> Arrays:
    arrays: Arrays = {name: rng.normal(0, 0.5 / np.sqrt(shape[0]), shape) for name, shape in SHAPES.items()}
    arrays["bias"][:] = 0
    arrays["bias"][HIDDEN : 2 * HIDDEN] = 1  # remember, at first (Jozefowicz et al. 2015)
    arrays["offset"][:] = 0
    return arrays


def _inputs(clips: Sequence[Clip]) -> Floats:
    """Return (N, STEPS, INPUTS); a limb that is not seen points nowhere."""
    return np.array([(clip.limbs * clip.seen[..., None]).reshape(STEPS, INPUTS) for clip in clips])


def _sigmoid(x: Floats) -> Floats:
    value: Floats = 0.5 * (1 + np.tanh(0.5 * x))
    return value


_Step = tuple[Floats, Floats, Floats, Floats, Floats]
"""State and output before a step, the gates, the new, the state after it: what the way back needs."""


def _forward(arrays: Arrays, inputs: Floats) -> tuple[Floats, Floats, list[_Step]]:
    """Return (N,) what the net says (0 is undecided), the last output (N, HIDDEN), and the steps."""
    output: Floats = np.zeros((len(inputs), HIDDEN))
    state = output
    brought, steps = inputs @ arrays["inputs"] + arrays["bias"], list[_Step]()
    for number in range(inputs.shape[1]):
        sums = brought[:, number] + output @ arrays["memory"]
        gates, new = _sigmoid(sums[:, : 3 * HIDDEN]), np.tanh(sums[:, 3 * HIDDEN :])
        let_in, keep, show = np.split(gates, 3, axis=1)
        after = keep * state + let_in * new
        steps.append((state, output, gates, new, after))
        state, output = after, show * np.tanh(after)
    return output @ arrays["last"] + arrays["offset"], output, steps


def loss(arrays: Arrays, inputs: Floats, wanted: Floats) -> tuple[float, Arrays]:
    """Return the mean binary cross-entropy of `inputs` (N, STEPS, INPUTS), and its slope by each of `arrays`."""
    said, output, steps = _forward(arrays, inputs)
    value = float(np.mean(np.logaddexp(0, said) - wanted * said))
    wrong = (_sigmoid(said) - wanted) / len(wanted)
    slopes = {name: np.zeros_like(array) for name, array in arrays.items()}
    slopes["last"], slopes["offset"] = output.T @ wrong, wrong.sum(keepdims=True)
    by_output, by_state = wrong[:, None] * arrays["last"], np.zeros_like(output)
    for number, (state, before, gates, new, after) in reversed(list(enumerate(steps))):
        let_in, keep, show = np.split(gates, 3, axis=1)
        bent = np.tanh(after)
        by_state = by_state + by_output * show * (1 - bent**2)
        by_gates = (
            np.concatenate([by_state * new, by_state * state, by_output * bent], axis=1) * gates * (1 - gates)
        )
        by_sums = np.concatenate([by_gates, by_state * let_in * (1 - new**2)], axis=1)
        slopes["inputs"] += inputs[:, number].T @ by_sums
        slopes["memory"] += before.T @ by_sums
        slopes["bias"] += by_sums.sum(axis=0)
        by_output, by_state = by_sums @ arrays["memory"].T, by_state * keep
    return value, slopes
