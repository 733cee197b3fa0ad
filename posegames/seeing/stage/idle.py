"""What bodies do when they do nothing: breathe, shift their weight, look about, blink."""

from __future__ import annotations

import numpy as np

from posegames.body.pose import Floats
from posegames.seeing.stage.stance import INDEX

_SWAYS: tuple[tuple[str, float, float], ...] = (
    # which number, how much to both sides, how often a second
    ("hip_side", 0.008, 0.17), ("lean", 0.9, 0.17), ("tilt", 1.8, 0.13), ("turn", 6.0, 0.11),
    ("hip_drop", 0.002, 0.27), ("left_upper", 1.4, 0.27), ("right_upper", 1.4, 0.27),
    ("left_fore", 2.0, 0.21), ("right_fore", 2.0, 0.19), ("left_fore_front", 4.0, 0.16),
    ("right_fore_front", 4.0, 0.18), ("bend", 0.7, 0.27),
)  # fmt: skip
_BLINK = 0.13
"""Seconds the eyes are closed."""
_EVERY = 3.4
"""Seconds between two blinks, about."""


class Idle:
    """Small motion that never ends, fitted to a play's length so that its loop does not jump."""

    def __init__(self, actors: int, seconds: float, seed: int) -> None:
        lots = np.random.default_rng([seed, 1])
        self._places = [INDEX[name] for name, _, _ in _SWAYS]
        self._sizes = np.array([size for _, size, _ in _SWAYS])
        tempo = np.array([hertz for _, _, hertz in _SWAYS]) * lots.uniform(0.85, 1.2, (actors, 1))
        self._turns = np.maximum(1, np.round(tempo * seconds)) / seconds
        self._starts = lots.uniform(0, 1, (actors, len(_SWAYS)))
        self._period = seconds / max(1, round(seconds / _EVERY))
        self._blinks = lots.uniform(0, self._period, actors)

    def sway(self, stances: Floats, time: float) -> None:
        """Add the motion at `time` to `stances` (actors, channels)."""
        stances[:, self._places] += self._sizes * np.sin(2 * np.pi * (self._turns * time + self._starts))

    def blinks(self, time: float) -> list[bool]:
        """Return for each actor whether the eyes are closed."""
        closed: list[bool] = ((time + self._blinks) % self._period < _BLINK).tolist()
        return closed
