"""A body whose right hand points where it is asked to, and a way for the hand to go."""

from __future__ import annotations

import math
from collections.abc import Sequence

from posegames.body.pose import Pose
from posegames.engine.canvas import Point
from posegames.gestures.pointing.cursors import FULL
from posegames.gestures.pointing.hand import ARM
from posegames.testing import body

TORSO = 0.28
"""In body heights, as `body` is built."""
UPPER, FORE = 0.52 * ARM * TORSO, 0.48 * ARM * TORSO
SHOULDER = (-0.115, 0.81)
"""The right one: sideways, above the soles."""


def reaching(x: float, y: float, *, at: float = 0.89) -> Pose:
    """Return somebody who points at a place on the screen, in logical pixels."""
    out = FULL.inwards + x / 1280 * (FULL.outwards - FULL.inwards)
    down = FULL.above + y / 720 * (FULL.below - FULL.above)
    reach = ARM * TORSO
    wrist = (SHOULDER[0] - out * reach, SHOULDER[1] - down * reach)
    elbow = _elbow(SHOULDER, wrist)
    return body(
        at,
        moved={"right_elbow": elbow, "right_wrist": wrist, "right_index": (wrist[0], wrist[1] + 0.06)},
    )


def _elbow(shoulder: tuple[float, float], wrist: tuple[float, float]) -> tuple[float, float]:
    """Return where the elbow is, outside and below, of an arm that keeps its length."""
    across, up = wrist[0] - shoulder[0], wrist[1] - shoulder[1]
    apart = min(max(math.hypot(across, up), abs(UPPER - FORE) + 1e-3), UPPER + FORE - 1e-3)
    along = (UPPER**2 - FORE**2 + apart**2) / (2 * apart)
    aside = math.sqrt(max(0.0, UPPER**2 - along**2))
    way = (across / apart, up / apart)
    both = [
        (shoulder[0] + along * way[0] - s * aside * way[1], shoulder[1] + along * way[1] + s * aside * way[0])
        for s in (-1, 1)
    ]
    return min(both, key=lambda place: place[1])


class Reaching:
    """A script in which the hand goes where it is told, on the straight way and smoothly (least jerk)."""

    def __init__(self, start: Point, *, since: float = 0.6) -> None:
        """The hand hangs until `since`, then it is at `start`."""
        self._since = since
        self._from = self._to = start
        self._left = 0.0
        self.time = 0.0
        """Seconds of the last picture."""

    @property
    def there(self) -> bool:
        """Whether it has arrived."""
        return self.time >= self._left + seconds(math.dist(self._from, self._to))

    def go(self, goal: Point, *, after: float = 0.0) -> None:
        """Leave for `goal`, so many seconds from now."""
        self._from, self._to, self._left = self.place, goal, self.time + after

    @property
    def place(self) -> Point:
        """Where the hand points."""
        share = (self.time - self._left) / seconds(math.dist(self._from, self._to))
        share = min(1.0, max(0.0, share))
        share = 10 * share**3 - 15 * share**4 + 6 * share**5
        (ax, ay), (bx, by) = self._from, self._to
        return ax + (bx - ax) * share, ay + (by - ay) * share

    def __call__(self, time: float) -> Sequence[Pose]:
        """Return the body at a time."""
        self.time = time
        return (body() if time < self._since else reaching(*self.place),)


def seconds(distance: float) -> float:
    """Return how long a hand takes for so many logical pixels, to a target 150 wide: Fitts, 0.2 s a bit."""
    return 0.3 + 0.2 * math.log2(1 + distance / 150)
