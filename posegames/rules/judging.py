"""How well a body strikes a pose: limb by limb, and which one to move which way."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from posegames.body.joints import Joint
from posegames.body.measure import SHOULDERS
from posegames.body.pose import Floats, Pose
from posegames.language import msg, tr
from posegames.rules.limbs import (
    HIPS_LINE,
    INDEX,
    LIMBS,
    SHOULDERS_LINE,
    SIDES,
    Limb,
    confidences,
    vectors,
    wanted,
    weights,
)
from posegames.rules.piece import Target

CURVE = ((6.0, 100.0), (12.0, 80.0), (20.0, 50.0), (30.0, 20.0), (40.0, 0.0))
"""Score of a limb by how many degrees it is off; straight lines between."""
_DEGREES, _WORTH = (tuple(row[column] for row in CURVE) for column in (0, 1))
FORGIVEN, HOPELESS = 28.0, 55.0
"""Degrees up to which a limb costs only its own share, and from which it spoils the whole by `SPOILS`."""
SPOILS = 0.3
"""What one limb of weight 1 that points elsewhere leaves of the score of all the others."""
SHORT = 0.72
"""Share of its usual length below which a limb is taken to point out of the picture, towards us or away."""
BROAD = 1.25
"""Torso lengths in a shoulder's width, at most: a torso that seems shorter is bent towards us."""
TURNED = 0.48
"""Share of their usual width below which shoulders and hips are turned aside: about 60 degrees."""
_LEAST = np.array(
    [0.0 if limb.angle == "trunk" and limb.part != "side" else SHORT * limb.length for limb in LIMBS]
)
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
    """Degrees from where it should point, 0..180, towards us or away included; whatever the tolerance."""
    seen: bool


@dataclass(frozen=True, slots=True)
class Hint:
    """What to correct first."""

    limb: Limb
    words: str
    """At most four, by the player's own left and right; in the language spoken."""
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
    turned: bool = False
    """Whether the body is turned aside, so that nothing can be said: `enough` is False then."""


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
        self._sure = confidences(pose)
        self._lengths = np.hypot(self._now[:, 0], self._now[:, 1])
        self._least = _LEAST * self._size()
        self._errors = self._off()
        self._scores = np.interp(self._errors / target.tolerance, _DEGREES, _WORTH)
        self._seen = (self._sure >= SEEN) & (self._weight > 0)

    def judgement(self) -> Judgement:
        """Return what it comes to."""
        limbs = tuple(
            LimbScore(LIMBS[i], float(self._scores[i]), float(self._errors[i]), seen=True)
            if self._seen[i]
            else LimbScore(LIMBS[i], 0.0, 0.0, seen=False)
            for i in np.flatnonzero(self._weight)
        )
        turned = self._facing() < TURNED
        if turned or self._weight[self._seen].sum() < ENOUGH * self._weight.sum():
            return Judgement(0.0, limbs, None, enough=False, mirrored=False, turned=turned)
        return Judgement(self._score(), limbs, self._worst(), enough=True, mirrored=False)

    def _trunk(self) -> Floats | None:
        """Return the trunk from the hips up, in frame heights; None where it is not seen."""
        seen = self._sure[list(SIDES)].min() >= SEEN
        return (self._now[SIDES[0]] + self._now[SIDES[1]]) / 2 if seen else None

    def _size(self) -> float:
        """Return how long this torso would be upright, in frame heights; 0 where neither end of it is seen."""
        trunk, wide = self._trunk(), float(self._lengths[SHOULDERS_LINE])
        if trunk is not None:
            return max(math.hypot(*trunk), wide / BROAD)
        return wide / LIMBS[SHOULDERS_LINE].length if self._sure[SHOULDERS_LINE] >= SEEN else 0.0

    def _facing(self) -> float:
        """Return how wide the trunk is, as a share of what is usual; negative for a back."""
        trunk = self._trunk()
        if trunk is None or not trunk.any():
            return 1.0
        across = np.array([-trunk[1], trunk[0]]) / float(trunk @ trunk)
        return max(float(self._now[i] @ across) / LIMBS[i].length for i in (SHOULDERS_LINE, HIPS_LINE))

    def _off(self) -> Floats:
        """Return the degrees between each limb and where it should point.

        Targets lie in the picture. A limb too short for what it is points out of it, by an angle its length tells
        whatever its direction says, and the less that says.
        """
        a, b = self._now, self._ways
        within = np.arctan2(np.abs(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]), (a * b).sum(axis=1))
        share = np.minimum(1, self._lengths / np.maximum(self._least, 1e-9))
        off: Floats = np.degrees(np.where(share < 1, np.arccos(np.cos(within) * share), within))
        return off

    def _score(self) -> float:
        """Return one score for all limbs: their mean, of which each that points elsewhere spoils a part.

        Measured on made-up poses, copies with errors of N(0, 10) degrees beside copies of other poses: the mean
        alone gives 89 at the median beside 63 at the 95th percentile, and up to 81 to somebody who stands still; a
        power mean (p = .2) 88, 24 and 46; this 89, 7 and 19. What lies beyond `FORGIVEN`, where hardly any limb of
        a copy is (1 %), multiplies; what lies within does not. A tolerance counts less here: easier is not another
        pose.
        """
        weight = self._weight * self._sure * self._seen
        mean = float((weight * self._scores).sum() / weight.sum())
        off = (self._errors / math.sqrt(self._target.tolerance) - FORGIVEN) / (HOPELESS - FORGIVEN)
        return mean * float(SPOILS ** (weight * np.minimum(np.maximum(off, 0), 1)).sum())

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
        i = list(SIDES) if trunk else [INDEX[limb.name]]
        is_ = self._now[i].sum(axis=0)
        should = _unit(self._ways[i].sum(axis=0))
        way = _unit(should * max(math.hypot(*is_), float(self._least[i].sum())) - is_)
        words = tr(_lean(_unit(is_), should, self._target) if trunk else _way(limb, way))
        words = words.format(limb=tr(limb.words))
        return Hint(limb, words, SHOULDERS if trunk else limb.end, (float(way[0]), float(way[1])))


def _way(limb: Limb, way: Floats) -> str:
    """Return where a limb's end must go, in words to be translated."""
    x, y = way if limb.name.startswith("left") else (-way[0], way[1])
    arm = limb.name.endswith("arm")
    if limb.angle == "trunk" or abs(y) > (0.4 if arm else 1.0) * abs(x):
        return msg("{limb} higher") if y < 0 else msg("{limb} lower")
    return msg("{limb} out") if x > 0 else msg("{limb} in")


def _lean(is_: Floats, should: Floats, target: Target) -> str:
    """Return what a trunk must do, in words to be translated."""
    if abs(target.angles["trunk"]) < 5:
        return msg("stand up straight")
    if is_[0] * should[0] > 0 and abs(is_[0]) > abs(should[0]):
        return msg("lean less")
    return msg("lean left") if should[0] > 0 else msg("lean right")


def _unit(vector: Floats) -> Floats:
    length = math.hypot(*vector)
    return vector / length if length > 1e-9 else np.array([0.0, -1.0])
