"""The beat of the program: fixed steps, paced by sleeping."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from posegames.timing import Clock

_CLOSE = 1e-6
"""Seconds: a sleep that ends this little too soon has ended in time (and rounding cannot loop for ever)."""


@dataclass(frozen=True, slots=True)
class Step:
    """One fixed step of the world."""

    now: float
    """Seconds of the run's clock, on the grid of steps."""
    dt: float
    """Always 1 / hz."""
    last: bool
    """The last step before the screen is drawn."""


class Phase:
    """When in its period the beat falls: just after what it waits for comes.

    A sighting that comes at any moment waits for half a beat, on average. Where sightings come as regularly as a
    camera's, the beat is moved, so slowly that nobody sees it, to where they wait least.
    """

    MOST = 0.0003
    """Seconds by which one beat may be moved: 2 % of it."""
    MARGIN = 0.0005
    """Seconds that it is to come later than what it waits for."""
    WORTH = 0.001
    """Seconds that must be gained: where arrivals have no rhythm, the beat keeps its own."""
    SPAN = 24
    """Arrivals that are reckoned with."""

    def __init__(self) -> None:
        self._arrivals: deque[float] = deque(maxlen=self.SPAN)

    def arrived(self, time: float) -> None:
        """Take note that something came at `time`."""
        self._arrivals.append(time)

    def nudge(self, beat: float, period: float) -> float:
        """Return by how many seconds to move the beats, one of which falls at `beat`."""
        if len(self._arrivals) < self.SPAN:
            return 0.0
        waits = (beat - np.array(self._arrivals)) % period
        # Best is to come right after one of them; which, says how long all would wait then.
        shifts = self.MARGIN - waits
        costs = ((waits[None] + shifts[:, None]) % period).mean(axis=1)
        best = int(costs.argmin())
        if waits.mean() - costs[best] < self.WORTH:
            return 0.0
        shift = (float(shifts[best]) + period / 2) % period - period / 2
        return max(-self.MOST, min(self.MOST, shift))


def steps(clock: Clock, *, hz: float = 60.0, most: int = 5, phase: Phase | None = None) -> Iterator[Step]:
    """Yield fixed steps for ever, `hz` a second, sleeping in between; `phase` may move them a little.

    Deadlines are absolute, so the rate does not drift with the length of a frame. After a frame that took
    too long at most `most` steps are made up for; what is older is dropped, so a stall never becomes a burst.
    """
    if hz <= 0 or most < 1:
        raise ValueError(f"steps needs hz > 0 and most >= 1, got {hz} and {most}.")
    start, dt, done = clock.now(), 1 / hz, 0
    while True:
        while (early := start + done * dt - clock.now()) > _CLOSE:
            clock.sleep(early)
        due = 1 + int((clock.now() - start + _CLOSE) / dt) - done
        done += max(0, due - most)
        for left in range(min(due, most) - 1, -1, -1):
            yield Step(now=start + done * dt, dt=dt, last=left == 0)
            done += 1
        if phase is not None:
            start += phase.nudge(start + done * dt, dt)


class Evenness:
    """Shows pictures at an even distance: each as long after its beat as the longest work lately took.

    Work differs from frame to frame (a new camera picture costs more than an old one); shown as soon as they
    are ready, pictures would come in jerks. It costs the few milliseconds between the usual and the longest work.
    """

    MOST = 0.0155
    """Seconds, a little less than a beat; beyond it one picture is late, rather than all of them.

    Measured beside three tracked actors: p99 of the distance 21.6-22.6 ms, where 12 ms gave 23.1-24.8.
    """
    FORGET = 0.99
    """A frame's share of the longest work that is remembered in the next: half is forgotten in a second."""

    def __init__(self) -> None:
        self._longest = 0.0

    def wait(self, clock: Clock, beat: float) -> None:
        """Wait for the moment to show the picture of the step at `beat`, which is ready now."""
        taken = clock.now() - beat
        self._longest = min(self.MOST, max(taken, self._longest * self.FORGET))
        clock.sleep(self._longest - taken)
