"""More examples from few: a move done by other bodies, in another rhythm, seen less well."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from posegames.body.pose import Floats
from posegames.gestures.taught.motion import LIMBS, STEPS, Clip

TEMPO = (0.7, 1.4)
"""How much slower and faster parts of a move may be than in the example. How long the whole takes is left out of
what is compared."""
NOISE = 0.02
"""Of a joint, in torso lengths (standard deviation): 0.4 % of the picture's height for a middling torso. A limb is
half as long, and turns by twice that."""
DROPOUT = 0.05
"""Share of limbs that are not seen, for a quarter of the move each."""
TURNED = 0.12
"""Radians (standard deviation) a limb is off all the while: nobody does it quite like the example."""


def varied(clips: Sequence[Clip], count: int, rng: np.random.Generator) -> list[Clip]:
    """Return `count` variations of `clips`, each as often as the others."""
    return [_variation(clips[number % len(clips)], rng) for number in range(count)]


def _variation(clip: Clip, rng: np.random.Generator) -> Clip:
    at = _rhythm(rng)
    limbs = _read(clip.limbs, at)
    seen = clip.seen[np.rint(at).astype(int)].copy()
    limbs[:, :-1] = _turned(limbs[:, :-1], rng.normal(0, TURNED, size=LIMBS - 1))
    limbs += rng.normal(0, NOISE, size=limbs.shape) * np.array([*[2.0] * (LIMBS - 2), 1.0, 1.0])[:, None]
    for limb in np.flatnonzero(rng.random(LIMBS) < DROPOUT):
        start = rng.integers(0, STEPS)
        seen[start : start + STEPS // 4, limb] = 0
    return Clip(limbs, seen, clip.seconds)


def _rhythm(rng: np.random.Generator) -> Floats:
    """Return (STEPS,) which moments of the example come when, in moments."""
    slowest, fastest = np.log(TEMPO)
    knots = np.exp(rng.uniform(slowest, fastest, size=4))
    pace = np.interp(np.linspace(0, 3, STEPS - 1), np.arange(4), knots)
    passed = np.concatenate([[0], np.cumsum(pace)])
    at: Floats = passed / passed[-1] * (STEPS - 1)
    return at


def _read(values: Floats, at: Floats) -> Floats:
    """Return (STEPS, ...) what `values` are at these moments."""
    before = np.minimum(at.astype(int), STEPS - 2)
    part = (at - before)[:, None, None]
    read: Floats = values[before] * (1 - part) + values[before + 1] * part
    return read


def _turned(limbs: Floats, angles: Floats) -> Floats:
    cos, sin = np.cos(angles), np.sin(angles)
    x, y = limbs[..., 0], limbs[..., 1]
    return np.stack([x * cos - y * sin, x * sin + y * cos], axis=-1)
