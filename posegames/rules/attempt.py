"""One player's go at one pose: from the first look at it until it is locked, or over."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Literal

from posegames.body.pose import Pose
from posegames.rules.judging import FINE, Comparison, Hint, Judgement, LimbScore
from posegames.rules.limbs import Stance
from posegames.rules.piece import Target

Rating = Literal["perfect", "good", "ok"]
RATINGS: Mapping[Rating, float] = MappingProxyType({"perfect": 85.0, "good": 65.0, "ok": 45.0})
"""Least score of each, best first."""
FILLING = 60.0
"""Score above which the bar fills; at 100 it does so in the target's `hold`."""
DRAIN = 0.5
"""Of the bar, a second, while the pose is lost: slower than it fills, or a flicker would cost it all."""
WINDOW = 0.3
"""Seconds a score must be kept up to count: passing through a pose is not striking it."""
HELP, TWICE, MOST_HELP = 12.0, 8.0, 3.0
"""Seconds of trying after which a pose becomes easier, and more of them to be twice as easy; how easy at most."""
SETTLE = 0.1
"""Seconds in which shown scores follow."""
SAY = 0.6
"""Seconds a hint stays before another limb's may take its place."""
STAY = 8.0
"""Points by which the other side must be better to be taken instead."""


class Attempt:
    """A go at `target`; with `either` on whichever side."""

    def __init__(self, target: Target, *, either: bool = False) -> None:
        self._target, self._mirrored, self._either = target, target.mirrored, either
        self.judgement: Judgement | None = None
        """How the pose is struck now, lightly smoothed; None while the player is not seen."""
        self.bar = 0.0
        """How far the hold is, 0..1."""
        self.tried = 0.0
        """Seconds it has been asked of them."""
        self.best = 0.0
        """The best score kept up for `WINDOW` seconds, without help."""
        self.limbs: tuple[LimbScore, ...] = ()
        """How the limbs did then."""
        self.mirrored = False
        self._true: Judgement | None = None
        self._eased: Judgement | None = None
        self._hint: Hint | None = None
        self._said = 0.0
        self._lately: deque[tuple[float, float]] = deque()

    @property
    def target(self) -> Target:
        """The pose, on the side the player took."""
        return self._mirrored if self.mirrored else self._target

    @property
    def help(self) -> float:
        """How many times easier it has become."""
        return min(MOST_HELP, 1.0 + max(0.0, self.tried - HELP) / TWICE)

    @property
    def rating(self) -> Rating | None:
        """What the best moment is worth."""
        return next((rating for rating, least in RATINGS.items() if self.best >= least), None)

    @property
    def advice(self) -> str:
        """What to correct first, in words; empty if nothing, or nothing is seen."""
        return self._hint.words if self._hint else ""

    def look(self, pose: Pose) -> None:
        """Judge a new picture of the player."""
        stance = Stance.of(pose)
        self._true = self._eased = self._judge(stance, easier=1.0)
        if self.help > 1:
            self._eased = self._judge(stance, easier=self.help)
        self.mirrored = self._eased.mirrored

    def lose(self) -> None:
        """Forget how they stood: the player is not seen now."""
        self.judgement = self._true = self._eased = None
        self._lately.clear()

    def run(self, dt: float, *, asked: bool = True) -> None:
        """Go on by `dt` seconds: the bar fills, or slowly drains, while the pose is `asked` for."""
        if self._true is None or self._eased is None or not self._eased.enough:
            self.judgement = self._eased
            self._lately.clear()
            return
        self._show(self._eased, dt)
        if not asked:
            return
        self._hint = self.judgement.worst if self.judgement else None
        self.tried += dt
        self._keep(self._true, dt)
        filling = max(0.0, self._eased.score - FILLING) / (100 - FILLING) / max(self._target.hold, WINDOW)
        self.bar = min(1.0, max(0.0, self.bar + dt * (filling or -DRAIN)))

    def _judge(self, stance: Stance, *, easier: float) -> Judgement:
        """Judge them on the side they took, or on the other one where that is clearly better."""
        mine = self._compared(stance, mirrored=self.mirrored, easier=easier)
        if self._either:
            other = self._compared(stance, mirrored=not self.mirrored, easier=easier)
            if other.score > mine.score + STAY:
                return other.judgement(mirrored=not self.mirrored)
        return mine.judgement(mirrored=self.mirrored)

    def _compared(self, stance: Stance, *, mirrored: bool, easier: float) -> Comparison:
        return Comparison(stance, self._mirrored if mirrored else self._target, easier=easier)

    def _show(self, now: Judgement, dt: float) -> None:
        """Let the shown judgement follow `now`."""
        shown = self.judgement
        if shown is None or not shown.enough or shown.mirrored != now.mirrored:
            self.judgement, self._said = now, 0.0
            return
        share = dt / (SETTLE + dt)
        limbs = tuple(
            LimbScore(new.limb, old.score + (new.score - old.score) * share, new.error, new.seen)
            for old, new in zip(shown.limbs, now.limbs, strict=True)
        )
        self._said += dt
        worst = now.worst
        if shown.worst and (worst is None or worst.limb is not shown.worst.limb):
            still = any(limb.limb is shown.worst.limb and limb.score < FINE for limb in limbs)
            if still and self._said < SAY:
                worst = shown.worst
            else:
                self._said = 0.0
        score = shown.score + (now.score - shown.score) * share
        self.judgement = replace(now, score=score, limbs=limbs, worst=worst)

    def _keep(self, now: Judgement, dt: float) -> None:
        """Remember the best mean over `WINDOW` seconds."""
        self._lately.append((dt, now.score))
        span = sum(dt for dt, _ in self._lately)
        while span - self._lately[0][0] >= WINDOW - 1e-6:
            span -= self._lately.popleft()[0]
        if span >= WINDOW - 1e-6:
            mean = sum(dt * score for dt, score in self._lately) / span
            if mean > self.best or not self.limbs:
                self.best, self.limbs = mean, now.limbs
