"""The lookout: shows an estimator no more frames than are worth it, lets it work no harder than there is time."""

from __future__ import annotations

from posegames.metrics import Rate
from posegames.seeing.estimators.base import Adjustable, Estimator
from posegames.seeing.governor import Governor, budget
from posegames.seeing.idle import Idle
from posegames.seeing.sighting import Frame, Sighting
from posegames.settings import Effort
from posegames.timing import Clock


class Lookout:
    """Makes sightings of frames, with an estimator that is open."""

    def __init__(self, estimator: Estimator, clock: Clock, effort: Effort = "auto") -> None:
        """Leave the estimator's effort to a governor, or pin it to its highest or lowest."""
        self._estimator, self._clock = estimator, clock
        self._idle = Idle()
        self._adjustable = estimator if isinstance(estimator, Adjustable) else None
        self._governor: Governor | None = None
        self.effort = ""
        """What the estimator does now, in one word; empty if it knows one way only."""
        self.budget = 0.0
        """Seconds a frame may take; 0 where nothing depends on it."""
        self.inference = 0.0
        """Seconds the newest estimation took."""
        self.rate = Rate()
        """Estimations a second."""
        if self._adjustable:
            efforts = self._adjustable.efforts
            pinned = {"auto": efforts, "high": efforts[:1], "low": efforts[-1:]}
            self._governor = Governor(pinned[effort])
            self._adjust()

    @property
    def idle(self) -> bool:
        """Whether the estimator rests."""
        return self._idle.resting

    @property
    def cost(self) -> float:
        """Seconds a frame with people took, the median of the last second that had any."""
        return self._governor.cost if self._governor else 0.0

    def see(self, frame: Frame, *, rate: float) -> Sighting:
        """Return who is in `frame`; frames come `rate` times a second.

        While the estimator rests, nobody, without asking it; `cost` is then 0.
        """
        if not self._idle.due(frame):
            return Sighting(frame.time, frame.number, (), frame.aspect, frame)
        began = self._clock.now()
        poses = self._estimator.estimate(frame)
        now = self._clock.now()
        self.inference = now - began
        self.rate.tick(now)
        self._idle.saw(frame, len(poses))
        if self._governor:
            self.budget = budget(rate)
            self._governor.take(now, self.inference, people=len(poses), budget=self.budget)
            self._adjust()
        return Sighting(frame.time, frame.number, poses, frame.aspect, frame, cost=self.inference)

    def _adjust(self) -> None:
        if self._adjustable and self._governor and self._governor.effort.name != self.effort:
            self._adjustable.adjust(self._governor.effort)
            self.effort = self._governor.effort.name
