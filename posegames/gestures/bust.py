"""Where head and shoulders usually are: all there is of somebody at a desk, or too near to be seen whole."""

from __future__ import annotations

import math
from collections import deque

from posegames.body.joints import Joint
from posegames.body.measure import SHOULDERS
from posegames.gestures.posture import Posture

HOME = 18.0
"""Seconds (time constant) in which what is usual follows a player who sits elsewhere."""
CALM, CALM_FOR, RESTLESS = 0.12, 0.3, 3.0
"""What is usual is where the shoulders first moved less than CALM torso lengths in CALM_FOR seconds; at the latest
after RESTLESS seconds."""
FAR, FAR_FOR = 2.5, 2.0
"""Somebody who stays FAR torso lengths away for FAR_FOR seconds has moved house."""
AWAY = 0.35
"""Seconds without sight of them that begin it anew, if nothing was settled."""


class Bust:
    """One player's. Frame heights; x to the player's own right, y up."""

    def __init__(self) -> None:
        self.settled = False
        self.x = self.y = 0.0
        """The middle of the shoulders."""
        self.breadth = self.head = 1.0
        """From shoulder to shoulder, from ear to ear."""
        self.slope = 0.0
        """Degrees the line of the shoulders falls to the own right."""
        self._window: deque[tuple[float, float, float]] = deque()
        """Times and places, while nothing is settled."""
        self._restless = self._far = math.inf

    def see(self, posture: Posture, dt: float) -> None:
        """Take the newest sighting, `dt` seconds after the one before."""
        if not posture.seen(SHOULDERS):
            return
        if not self.settled:
            self._take(posture, 1.0)
            self._settle(posture)
            return
        x, y = place(posture)
        away = math.hypot(x - self.x, y - self.y) / posture.torso >= FAR
        self._far = min(self._far, posture.time) if away else math.inf
        if posture.time - self._far >= FAR_FOR:
            self.settled, self._restless, self._far = False, math.inf, math.inf
            self._window.clear()
            return
        self._take(posture, 1 - math.exp(-dt / HOME))

    def _take(self, posture: Posture, part: float) -> None:
        x, y = place(posture)
        self.x += (x - self.x) * part
        self.y += (y - self.y) * part
        self.breadth += (max(abs(posture.breadth), 0.1) * posture.torso - self.breadth) * part
        self.head += (head(posture) * posture.torso - self.head) * part
        self.slope += (slope(posture) - self.slope) * part

    def _settle(self, posture: Posture) -> None:
        """Look whether they are calm."""
        self._restless = min(self._restless, posture.time)
        window = self._window
        if window and posture.time - window[-1][0] > AWAY:
            window.clear()
        window.append((posture.time, *place(posture)))
        while window[0][0] < posture.time - CALM_FOR - 1e-6:
            window.popleft()
        _, xs, ys = zip(*window, strict=True)
        calm = max(max(xs) - min(xs), max(ys) - min(ys)) < CALM * posture.torso
        long = posture.time - window[0][0] >= 0.7 * CALM_FOR
        self.settled = (calm and long) or posture.time - self._restless >= RESTLESS


def place(posture: Posture) -> tuple[float, float]:
    """Return where the middle of the shoulders is in the picture: frame heights, to the own right and up.

    The hips cancel out: it does not matter whether they are seen.
    """
    x, y = posture.shoulders
    return posture.hips[0] + x * posture.torso, posture.hips[1] + y * posture.torso


def head(posture: Posture) -> float:
    """Return the distance of the ears across, in torso lengths."""
    return max(abs(posture.x[Joint.RIGHT_EAR] - posture.x[Joint.LEFT_EAR]), 0.02)


def slope(posture: Posture) -> float:
    """Return how many degrees the line of the shoulders falls to the own right; 0 where the back is seen."""
    left, right = SHOULDERS
    if posture.breadth < 0.2:
        return 0.0
    return math.degrees(math.atan2(posture.y[left] - posture.y[right], posture.breadth))
