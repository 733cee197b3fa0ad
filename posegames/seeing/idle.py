"""The idle state: where nobody was for a while and nothing stirs, the estimator is asked twice a second only.

Who comes in moves, and wakes it within a frame or two; what does not matter (a lamp, a cat) does so for seconds.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from posegames.seeing.sighting import Frame, Picture

AFTER = 5.0
"""Seconds without anybody, and without a stir, after which it rests."""
GLANCE = 0.5
"""Seconds between two frames shown to a resting estimator, for whoever came in without a stir."""
BLINK = 0.1
"""Seconds between two looks for a stir; one takes 0.2 ms."""
CELLS = (32, 18)
"""Columns and rows of the picture that are compared."""
SAMPLES = 320
"""Columns of pixels that are looked at, at least; a cell is the mean of some hundred, in which noise goes down."""
STIR = 16
"""Steps of 256 that a cell must have changed by since the last glance. In an empty real room the most that any
does is 2 to 6, while a camera gets used to the light 10 to 30; somebody who comes in changes some by 150."""


class Idle:
    """Says when to look. Told the frames' own time, in seconds."""

    def __init__(self) -> None:
        self.resting = False
        self._alive: float | None = None
        self._looked = self._blinked = 0.0
        self._before: NDArray[np.int16] | None = None

    def due(self, frame: Frame) -> bool:
        """Whether the estimator should see `frame`."""
        now = frame.time
        self._alive = now if self._alive is None else self._alive
        if not self.resting:
            return True
        if now - self._blinked >= BLINK:
            self._blinked = now
            if _stirred(_cells(frame.picture), self._before):
                self.resting, self._alive = False, now
        return not self.resting or now - self._looked >= GLANCE

    def saw(self, frame: Frame, people: int) -> None:
        """Take how many people the estimator found in `frame`."""
        now = self._looked = frame.time
        if people or self._alive is None:
            self.resting, self._alive = False, now
        elif now - self._alive >= AFTER:
            self.resting = True
        if self.resting:
            self._before = _cells(frame.picture)


def _cells(picture: Picture) -> NDArray[np.int16]:
    step = max(1, picture.shape[1] // SAMPLES)
    return cv2.resize(picture[::step, ::step], CELLS, interpolation=cv2.INTER_AREA).astype(np.int16)


def _stirred(cells: NDArray[np.int16], before: NDArray[np.int16] | None) -> bool:
    return before is not None and bool((np.abs(cells - before) > STIR).any())
