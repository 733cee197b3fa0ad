"""One player's part in a game of `match`: what they do now, and what they have earned."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from posegames.body.pose import Pose
from posegames.language import tr
from posegames.players.player import Player
from posegames.rules.attempt import RATINGS, Attempt, Rating
from posegames.rules.ghost import Footing, Proportions
from posegames.rules.judging import FINE, Judgement
from posegames.rules.limbs import LIMBS, Limb
from posegames.rules.piece import Target

STAR_POINTS: Mapping[Rating, float] = MappingProxyType({"perfect": 1.0, "good": 0.6, "ok": 0.15})
"""Share of a pose's star points that a rating gives (Dance Central: 100, 60, 15)."""
STARS = (0.06, 0.15, 0.26, 0.45, 0.68)
"""Shares of all star points at which a star comes (Dance Central)."""
GOLD = 0.90
"""Share at which the five stars are golden (Dance Central)."""
POINTS, QUICK = 1000, 200
"""Points for a perfect score, and on top of it for a quick one."""
AT_ONCE, LATE = 1.0, 6.0
"""Seconds, besides the hold, within which a lock is quick in full, and from which not at all."""
TOLD = 0.8
"""Least weight of a limb that results speak of: nobody practises the line of their hips."""
GROWS, LONGEST = 0.05, 10
"""How much more each pose in a row is worth than the one before; and how many may add to it."""


class Turn:
    """A player in the game. The game changes it; everybody else only reads."""

    def __init__(self, player: int, target: Target, *, either: bool, to_come: int) -> None:
        """`to_come` poses are possible for them, `target` included."""
        self.player = player
        self.here = False
        """Seen now, and enough of them to be judged; who is not is not waited for."""
        self.locked: Rating | None = None
        """What this pose was rated, once it is locked."""
        self.points = 0
        self.combo = 0
        """Poses in a row rated good or better; an ok neither adds nor ends it."""
        self.best_combo = 0
        self.ratings: dict[Rating, int] = dict.fromkeys(RATINGS, 0)
        """How often each was given."""
        self.missed = 0
        self.ghost: Pose | None = None
        """The target on the player's own body, where they stand, in frame coordinates; None until seen."""
        self.proportions = Proportions()
        self.attempt = Attempt(target, either=either)
        self.hidden = 0.0
        """Seconds for which they have not been seen well enough."""
        self._to_come = to_come
        self._seen: float | None = None
        self._footing = Footing()
        self._limbs: dict[Limb, list[float]] = {}

    @property
    def judgement(self) -> Judgement | None:
        """How the pose is struck now, lightly smoothed; None while they are not seen."""
        return self.attempt.judgement

    @property
    def bar(self) -> float:
        """How far the hold is, 0..1; full once locked."""
        return 1.0 if self.locked else self.attempt.bar

    @property
    def target(self) -> Target:
        """The pose asked for, on the side this player took."""
        return self.attempt.target

    @property
    def share(self) -> float:
        """Star points earned, as a share of those this game holds for them, 0..1."""
        possible = sum(self.ratings.values()) + self.missed + self._to_come
        return sum(STAR_POINTS[rating] * times for rating, times in self.ratings.items()) / max(1, possible)

    @property
    def stars(self) -> float:
        """Stars so far, 0..5; the part after the point is the way to the next one."""
        return float(np.interp(self.share, (0.0, *STARS), range(len(STARS) + 1)))

    @property
    def gold(self) -> bool:
        """Whether the five stars are golden."""
        return self.share >= GOLD

    @property
    def averages(self) -> Mapping[Limb, float]:
        """Mean score of each limb in the best moment of every pose, 0..100."""
        return {limb: sum(self._limbs[limb]) / len(self._limbs[limb]) for limb in LIMBS if limb in self._limbs}

    @property
    def best_limb(self) -> Limb | None:
        """The limb that did best; of equals the one that counts more."""
        means = self.averages
        return max(means, key=lambda limb: (round(means[limb]), limb.weight), default=None)

    @property
    def to_practise(self) -> Limb | None:
        """The limb that did worst; None if none did badly."""
        means = self.averages
        worst = min(means, key=means.__getitem__, default=None)
        return worst if worst and means[worst] < FINE else None

    def begin(self, target: Target, *, either: bool, to_come: int) -> None:
        """Ask for the next pose."""
        self.attempt = Attempt(target, either=either)
        self.locked = None
        self._to_come = to_come

    def see(self, player: Player | None, dt: float, grace: float, *, asked: bool) -> None:
        """Take the player as of now, None if they are gone, `dt` seconds later; `asked`: to strike the pose."""
        seen = player is not None and not player.hidden
        if player is not None and seen:
            if player.seen != self._seen or self.judgement is None:
                self._seen = player.seen
                self.proportions.update(player)
                self.attempt.look(player.pose)
                self.ghost = self._footing.place(self.target, self.proportions, player)
            self.attempt.run(dt, asked=asked and self.locked is None)
        fine = seen and self.judgement is not None and self.judgement.enough
        self.hidden = 0.0 if fine else self.hidden + dt
        self.here = player is not None and (fine or (self.here and self.hidden <= grace))
        if not (seen or self.here):
            self.attempt.lose()

    def lock(self, *, late: bool = False) -> int:
        """Rate this pose by its best moment, and return the points it gives; `late`, not held, it is only ok."""
        attempt = self.attempt
        rating = "ok" if late else attempt.rating or "ok"
        self.locked = rating
        self.ratings[rating] += 1
        self._to_come -= 1
        self._remember()
        if rating != "ok":
            self.combo += 1
            self.best_combo = max(self.best_combo, self.combo)
        spare = 1 - (attempt.tried - attempt.target.hold - AT_ONCE) / (LATE - AT_ONCE)
        quick = 0.0 if late else QUICK * min(1.0, max(0.0, spare))
        score = RATINGS["ok"] if late else max(attempt.best, RATINGS["ok"])
        worth = (POINTS + quick) * score / 100
        gained = round(worth * (1 + GROWS * min(max(0, self.combo - 1), LONGEST)))
        self.points += gained
        return gained

    def miss(self) -> str:
        """Take this pose as missed, and return what to do better, in at most five words."""
        worst = self.attempt.advice
        self.missed += 1
        self.combo = 0
        self._to_come -= 1
        self._remember()
        return tr("{advice} next time").format(advice=worst) if worst else tr("almost, next time")

    def skip(self) -> None:
        """Leave this pose out: they were not there for it."""
        self._to_come -= 1

    def _remember(self) -> None:
        for limb in self.attempt.limbs:
            if limb.seen and limb.limb.weight >= TOLD:
                self._limbs.setdefault(limb.limb, []).append(limb.score)
