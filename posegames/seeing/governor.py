"""The governor: how hard the eyes may work for a frame, so that they keep up with the camera.

It is told what each frame cost and never looks at a clock. Down it goes when a second was too dear, up when there
has been room for long; an ascent that had to be taken back makes it wait twice as long for the next.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from statistics import median

from posegames.seeing.estimators.base import Effort

SHARE = 0.8
"""Of the time between two frames that one may cost at the median: some cost more, and all are handed on, too."""
SHORTEST, LONGEST = 1 / 30, 1 / 15
"""Seconds between two frames that are reckoned with. A faster camera is not worth seeing less for; what a slower
one would allow is seen on the screen, as lag."""
SECOND = 1.0
"""Seconds over which costs are compared with the budget."""
FEWEST = 4
"""Frames that must have been seen in them, or it takes longer."""
SILENCE = 3.0
"""Seconds without a frame, after which what was before counts no more."""
ROOM = 0.7
"""Share of the budget that the next harder way may take, as far as can be told: it settles on one side."""
DWELL, LONGEST_DWELL = 5.0, 120.0
"""Seconds for which there must be room before it goes up: at first, and after ascents that were taken back."""


def budget(rate: float) -> float:
    """Return the seconds a frame may cost, with a camera that gives `rate` frames a second (0: not known)."""
    return SHARE * min(LONGEST, max(SHORTEST, 1 / rate if rate > 0 else SHORTEST))


class Governor:
    """Chooses among `efforts` (see `Adjustable`), beginning with the usual one."""

    def __init__(self, efforts: Sequence[Effort]) -> None:
        self._efforts = tuple(efforts)
        self._at = next((i for i, effort in enumerate(efforts) if effort.work <= 1), len(efforts) - 1)
        self._costs: deque[tuple[float, float]] = deque()
        self.cost = 0.0
        """Seconds: the median of the last second's frames."""
        self._begun = self._roomy = 0.0
        self._dwell = DWELL
        self._ascent: tuple[float, int] | None = None
        """When it last went up, with how many people in sight; None once that is settled."""

    @property
    def effort(self) -> Effort:
        """What is to be done now."""
        return self._efforts[self._at]

    def take(self, now: float, cost: float, *, people: int, budget: float) -> Effort:
        """Take what the frame at `now` cost, and may have cost; return what is to be done from here on.

        A frame without people says nothing of what they cost.
        """
        if people:
            self._note(now, cost)
            if now - self._begun >= SECOND and len(self._costs) >= FEWEST:
                self._weigh(now, people, budget)
        return self.effort

    def _note(self, now: float, cost: float) -> None:
        if not self._costs or now - cost - self._costs[-1][0] > SILENCE:
            self._restart(now)
        self._costs.append((now, cost))
        while len(self._costs) > FEWEST and now - self._costs[0][0] > SECOND:
            self._costs.popleft()
        self.cost = median(cost for _, cost in self._costs)

    def _restart(self, now: float) -> None:
        self._costs.clear()
        self._begun = self._roomy = now

    def _weigh(self, now: float, people: int, budget: float) -> None:
        harder = self._efforts[max(0, self._at - 1)]
        if harder == self.effort or self.cost * harder.work / self.effort.work > ROOM * budget:
            self._roomy = now
        if self._ascent and now - self._ascent[0] > 2 * self._dwell:
            self._ascent, self._dwell = None, DWELL  # it was no mistake
        if self.cost > budget and self._at < len(self._efforts) - 1:
            if self._ascent and people <= self._ascent[1]:
                self._dwell = min(LONGEST_DWELL, 2 * self._dwell)
            self._ascent = None
            self._at += 1
            self._restart(now)
        elif now - self._roomy >= self._dwell:
            self._at -= 1
            self._ascent = now, people
            self._restart(now)
