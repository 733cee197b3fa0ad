"""How well a body strikes a pose: limb by limb, and which one to move which way."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from posegames.body.joints import Joint
from posegames.body.measure import SHOULDERS
from posegames.body.pose import Floats, Pose
from posegames.rules.limbs import INDEX, LIMBS, Limb, confidences, vectors, wanted, weights
from posegames.rules.piece import Target

CURVE = ((6.0, 100.0), (12.0, 80.0), (20.0, 50.0), (30.0, 20.0), (40.0, 0.0))
"""Score of a limb by how many degrees it is off; straight lines between."""
_DEGREES, _WORTH = (tuple(row[column] for row in CURVE) for column in (0, 1))
FORGIVEN, HOPELESS = 25.0, 60.0
"""Degrees up to which a limb costs only its own share, and from which it spoils the whole by `SPOILS`."""
SPOILS = 0.3
"""What one limb of weight 1 that points elsewhere leaves of the score of all the others."""
SEEN = 0.3
"""Confidence from which a limb counts as seen."""
ENOUGH = 0.6
"""Share of the judged weight that must be seen."""
FINE = 80.0
"""Score from which a limb needs no hint."""
BENT = 20.0
"""Degrees a limb must be off to be named before the one that hangs on it."""


@dataclass(frozen=True, slots=True)
class LimbScore:
    """How one limb does."""

    limb: Limb
    score: float
    """0..100."""
    error: float
    """Degrees from where it should point, 0..180, whatever the tolerance."""
    seen: bool


@dataclass(frozen=True, slots=True)
class Hint:
    """What to correct first."""

    limb: Limb
    words: str
    """At most four, by the player's own left and right."""
    at: tuple[Joint, ...]
    """What must move: the middle of these joints."""
    way: tuple[float, float]
    """Where to: a unit vector (x, y) in frame coordinates."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a pose is worth."""

    score: float
    """0..100."""
    limbs: tuple[LimbScore, ...]
    """Those the target fixes."""
    worst: Hint | None
    """None where nothing is far off, or too little is seen."""
    enough: bool
    """Whether enough of the body is seen to say anything; else the score is 0."""
    mirrored: bool
    """Whether the target was taken the other way round."""


def judge(pose: Pose, target: Target, *, either: bool = False) -> Judgement:
    """Return how well `pose` strikes `target`; with `either` its mirror image counts if that is nearer."""
    straight = _Comparison(pose, target).judgement()
    if not either:
        return straight
    other = _Comparison(pose, target.mirrored).judgement()
    return replace(other, mirrored=True) if other.score > straight.score else straight


class _Comparison:
    """A body beside a target, limb by limb; arrays (12,) or (12, 2)."""

    def __init__(self, pose: Pose, target: Target) -> None:
        self._target = target
        self._now = vectors(pose)
        self._ways = wanted(target, self._now)
        self._weight = weights(target)
        self._errors = _between(self._now, self._ways)
        self._scores = np.interp(self._errors / target.tolerance, _DEGREES, _WORTH)
        self._sure = confidences(pose)
        self._seen = (self._sure >= SEEN) & (self._weight > 0)

    def judgement(self) -> Judgement:
        """Return what it comes to."""
        limbs = tuple(
            LimbScore(LIMBS[i], float(self._scores[i]), float(self._errors[i]), seen=True)
            if self._seen[i]
            else LimbScore(LIMBS[i], 0.0, 0.0, seen=False)
            for i in np.flatnonzero(self._weight)
        )
        if self._weight[self._seen].sum() < ENOUGH * self._weight.sum():
            return Judgement(0.0, limbs, None, enough=False, mirrored=False)
        return Judgement(self._score(), limbs, self._worst(), enough=True, mirrored=False)

    def _score(self) -> float:
        """Return one score for all limbs."""
        weight = self._weight * self._sure * self._seen
        mean = float((weight * self._scores).sum() / weight.sum())
        off = np.clip((self._errors / self._target.tolerance - FORGIVEN) / (HOPELESS - FORGIVEN), 0, 1)
        return mean * float(SPOILS ** (weight * off).sum())

    def _worst(self) -> Hint | None:
        """Return what to say about the limb that costs most; None if all are fine."""
        weight = self._weight * self._seen
        cost = weight * np.minimum(self._errors, HOPELESS) * (self._scores < FINE)
        i = int(cost.argmax())
        if cost[i] <= 0:
            return None
        parent = INDEX.get(LIMBS[i].parent)
        if parent is not None and weight[parent] > 0 and self._errors[parent] >= BENT * self._target.tolerance:
            i = parent
        return self._hint(LIMBS[i])

    def _hint(self, limb: Limb) -> Hint:
        """Return where `limb` must go; the sides of the trunk are one."""
        trunk = limb.name.endswith("_side")
        which = [INDEX["left_side"], INDEX["right_side"]] if trunk else [INDEX[limb.name]]
        is_, should = (_unit(limbs[which].sum(axis=0)) for limbs in (self._now, self._ways))
        way = _unit(should - is_)
        words = _lean(is_, should, self._target) if trunk else f"{limb.words} {_word(limb, way)}"
        return Hint(limb, words, SHOULDERS if trunk else limb.end, (float(way[0]), float(way[1])))


def _between(a: Floats, b: Floats) -> Floats:
    """Return the angles (K,) between vectors (K, 2), 0..180 degrees."""
    turned = np.arctan2(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0], (a * b).sum(axis=1))
    degrees: Floats = np.degrees(np.abs(turned))
    return degrees


def _word(limb: Limb, way: Floats) -> str:
    """Return where a limb's end must go, in a word."""
    x, y = way if limb.name.startswith("left") else (-way[0], way[1])
    arm = limb.name.endswith("arm")
    if limb.angle == "trunk" or abs(y) > (0.4 if arm else 1.0) * abs(x):
        return "higher" if y < 0 else "lower"
    return "out" if x > 0 else "in"


def _lean(is_: Floats, should: Floats, target: Target) -> str:
    """Return what a trunk must do."""
    if abs(target.angles["trunk"]) < 5:
        return "stand up straight"
    if is_[0] * should[0] > 0 and abs(is_[0]) > abs(should[0]):
        return "lean less"
    return "lean to the left" if should[0] > 0 else "lean to the right"


def _unit(vector: Floats) -> Floats:
    length = math.hypot(*vector)
    return vector / length if length > 1e-9 else np.array([0.0, -1.0])
