"""How well a body strikes a pose: limb by limb, and which one to move which way."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from posegames.body.joints import Joint
from posegames.body.measure import SHOULDERS
from posegames.body.pose import Pose
from posegames.language import msg, tr
from posegames.rules.limbs import (
    HIPS_LINE,
    INDEX,
    LIMBS,
    SHOULDERS_LINE,
    SIDES,
    Aim,
    Limb,
    Stance,
    Vector,
)
from posegames.rules.piece import Target

CURVE = ((6.0, 100.0), (12.0, 80.0), (20.0, 50.0), (30.0, 20.0), (40.0, 0.0))
"""Score of a limb by how many degrees it is off; straight lines between."""
_PIECES = tuple(pairwise(CURVE))
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
_LEAST = tuple(0.0 if limb.angle == "trunk" and limb.part != "side" else SHORT * limb.length for limb in LIMBS)
_PARENTS = tuple(INDEX.get(limb.parent) for limb in LIMBS)
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
    way: Vector
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
    stance = Stance.of(pose)
    straight = Comparison(stance, target)
    if either:
        other = Comparison(stance, target.mirrored)
        if other.score > straight.score:
            return other.judgement(mirrored=True)
    return straight.judgement()


class Comparison:
    """A body beside a target, limb by limb: lists of twelve."""

    def __init__(self, stance: Stance, target: Target, *, easier: float = 1.0) -> None:
        """`easier`: how many times more than the target's own tolerance is tolerated."""
        self._stance, self._target = stance, target
        self._tolerance = target.tolerance * easier
        aim = Aim.of(target)
        self._weight, self._ways = aim.weights, aim.on(stance)
        size = self._size()
        self._least = [least * size for least in _LEAST]
        self._errors = self._off()
        self._scores = [_worth(error / self._tolerance) for error in self._errors]
        self._seen = [sure >= SEEN and weight > 0 for sure, weight in zip(stance.sure, self._weight, strict=True)]
        self._turned = self._facing() < TURNED
        shown = sum([weight for weight, seen in zip(self._weight, self._seen, strict=True) if seen])
        self._enough = not self._turned and shown >= ENOUGH * sum(self._weight)
        self.score = self._score() if self._enough else 0.0
        """0..100; 0 where too little is seen to say anything."""

    def judgement(self, *, mirrored: bool = False) -> Judgement:
        """Return what it comes to; `mirrored`: the target was taken the other way round."""
        limbs = tuple(
            [
                LimbScore(LIMBS[i], self._scores[i], self._errors[i], True)
                if self._seen[i]
                else LimbScore(LIMBS[i], 0.0, 0.0, False)
                for i, weight in enumerate(self._weight)
                if weight
            ]
        )
        worst = self._worst() if self._enough else None
        return Judgement(self.score, limbs, worst, enough=self._enough, mirrored=mirrored, turned=self._turned)

    def _size(self) -> float:
        """Return how long this torso would be upright, in frame heights; 0 where neither end of it is seen."""
        stance, wide = self._stance, self._stance.lengths[SHOULDERS_LINE]
        if stance.sure[SIDES[0]] >= SEEN:
            return max(math.hypot(*stance.trunk), wide / BROAD)
        return wide / LIMBS[SHOULDERS_LINE].length if stance.sure[SHOULDERS_LINE] >= SEEN else 0.0

    def _facing(self) -> float:
        """Return how wide the trunk is, as a share of what is usual; negative for a back."""
        stance, (up_x, up_y) = self._stance, self._stance.trunk
        if stance.sure[SIDES[0]] < SEEN or not (up_x or up_y):
            return 1.0
        square = up_x * up_x + up_y * up_y
        wide = [(*stance.vectors[i], LIMBS[i].length) for i in (SHOULDERS_LINE, HIPS_LINE)]
        return max([(y * up_x - x * up_y) / square / usual for x, y, usual in wide])

    def _off(self) -> list[float]:
        """Return the degrees between each limb and where it should point; 0 for those that are free.

        Targets lie in the picture. A limb too short for what it is points out of it, by an angle its length tells
        whatever its direction says, and the less that says.
        """
        off, stance = [0.0] * len(LIMBS), self._stance
        for i, weight in enumerate(self._weight):
            if weight:
                (ax, ay), (bx, by), least = stance.vectors[i], self._ways[i], self._least[i]
                error = math.atan2(abs(ax * by - ay * bx), ax * bx + ay * by)
                share = stance.lengths[i] / max(least, 1e-9)
                off[i] = math.degrees(math.acos(math.cos(error) * share) if share < 1 else error)
        return off

    def _score(self) -> float:
        """Return one score for all limbs: their mean, of which each that points elsewhere spoils a part.

        Measured on made-up poses, copies with errors of N(0, 10) degrees beside copies of other poses: the mean
        alone gives 89 at the median beside 63 at the 95th percentile, and up to 81 to somebody who stands still; a
        power mean (p = .2) 88, 24 and 46; this 89, 7 and 19. What lies beyond `FORGIVEN`, where hardly any limb of
        a copy is (1 %), multiplies; what lies within does not. A tolerance counts less here: easier is not another
        pose.
        """
        whole = worth = spoilt = 0.0
        easier = math.sqrt(self._tolerance)
        for i, sure in enumerate(self._stance.sure):
            if self._seen[i]:
                weight = self._weight[i] * sure
                whole += weight
                worth += weight * self._scores[i]
                off = (self._errors[i] / easier - FORGIVEN) / (HOPELESS - FORGIVEN)
                spoilt += weight * min(max(off, 0.0), 1.0)
        return float(worth / whole * SPOILS**spoilt)

    def _worst(self) -> Hint | None:
        """Return what to say about the limb that costs most; None if all are fine."""
        most, worst = 0.0, -1
        for i, weight in enumerate(self._weight):
            if self._seen[i] and self._scores[i] < FINE:
                cost = weight * min(self._errors[i], HOPELESS)
                if cost > most:
                    most, worst = cost, i
        if worst < 0:
            return None
        parent = _PARENTS[worst]
        if parent is not None and self._seen[parent] and self._errors[parent] >= BENT * self._tolerance:
            worst = parent
        return self._hint(LIMBS[worst])

    def _hint(self, limb: Limb) -> Hint:
        """Return where `limb` must go; the sides of the trunk are one."""
        trunk = limb.name.endswith("_side")
        parts = SIDES if trunk else (INDEX[limb.name],)
        now, ways = ([of[i] for i in parts] for of in (self._stance.vectors, self._ways))
        is_ = sum([x for x, _ in now]), sum([y for _, y in now])
        should = _unit(sum([x for x, _ in ways]), sum([y for _, y in ways]))
        far = max(math.hypot(*is_), sum([self._least[i] for i in parts]))
        way = _unit(should[0] * far - is_[0], should[1] * far - is_[1])
        words = tr(_lean(_unit(*is_), should, self._target) if trunk else _way(limb, way))
        return Hint(limb, words.format(limb=tr(limb.words)), SHOULDERS if trunk else limb.end, way)


def _worth(degrees: float) -> float:
    """Return the score of a limb that is so far off."""
    if degrees <= CURVE[0][0]:
        return CURVE[0][1]
    for (near, high), (far, low) in _PIECES:
        if degrees < far:
            return high + (low - high) * (degrees - near) / (far - near)
    return CURVE[-1][1]


def _way(limb: Limb, way: Vector) -> str:
    """Return where a limb's end must go, in words to be translated."""
    x, y = way if limb.name.startswith("left") else (-way[0], way[1])
    arm = limb.name.endswith("arm")
    if limb.angle == "trunk" or abs(y) > (0.4 if arm else 1.0) * abs(x):
        return msg("{limb} higher") if y < 0 else msg("{limb} lower")
    return msg("{limb} out") if x > 0 else msg("{limb} in")


def _lean(is_: Vector, should: Vector, target: Target) -> str:
    """Return what a trunk must do, in words to be translated."""
    if abs(target.angles["trunk"]) < 5:
        return msg("stand up straight")
    if is_[0] * should[0] > 0 and abs(is_[0]) > abs(should[0]):
        return msg("lean less")
    return msg("lean left") if should[0] > 0 else msg("lean right")


def _unit(x: float, y: float) -> Vector:
    length = math.hypot(x, y)
    return (x / length, y / length) if length > 1e-9 else (0.0, -1.0)
