"""Both nets, opened: one detector, and as many landmark nets as may run side by side."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from queue import SimpleQueue

from posegames.seeing.estimators.blazepose.detector import Detection, Detector
from posegames.seeing.estimators.blazepose.landmarks import Landmarker, Landmarks
from posegames.seeing.estimators.blazepose.region import Region
from posegames.seeing.estimators.blazepose.search import fits
from posegames.seeing.sighting import Picture

TOGETHER = 2
"""Threads for the joints of one person who is left over when the others are spread: 10.4 ms instead of 14.4 on two
cores, for 13 % more work; so several people are quicker one a core."""


class _Landmarkers:
    """Landmark nets that run side by side."""

    def __init__(self, model: Path, count: int) -> None:
        self._idle: SimpleQueue[Landmarker] = SimpleQueue()
        for _ in range(count):
            self._idle.put(Landmarker(model))
        self.together = Landmarker(model, threads=min(TOGETHER, count))
        """For one person, while the others rest."""

    def __call__(self, picture: Picture, region: Region) -> Landmarks:
        """Return the joints in `region`, by a net that is idle."""
        net = self._idle.get()
        try:
            return net(picture, region)
        finally:
            self._idle.put(net)


class Nets:
    """Looks for people and into regions, on a small pool of threads. Close it in the end."""

    def __init__(self, detector: Path, landmarks: Path, workers: int) -> None:
        """Load the nets. Raises ModelError, EstimatorError."""
        self._detector = Detector(detector)
        self._workers, self._landmarks = workers, landmarks
        self._landmarkers = _Landmarkers(landmarks, workers)
        self._coming: Future[_Landmarkers] | None = None
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="blazepose")

    def close(self) -> None:
        """Stop the workers."""
        self._pool.shutdown()

    def look(self, picture: Picture, parts: Sequence[Region | None]) -> Future[list[Detection]]:
        """Begin to look at `parts` of a picture (None is all of it), one after another.

        The result has everybody once, as the first part shows them. One look at a time: there is one detector.
        """

        def work() -> list[Detection]:
            distinct: list[Detection] = []
            seen = [(part, found) for part in parts for found in self._detector(picture, part)]
            for square, detection in seen:
                if not fits(detection.region, square, min(picture.shape[:2])):
                    continue
                if not any(detection.region.like(other.region) for other in distinct):
                    distinct.append(detection)
            return distinct

        return self._pool.submit(work)

    def use(self, landmarks: Path) -> None:
        """Use another landmark net as soon as it is loaded, which happens in the background."""
        if landmarks != self._landmarks:
            self._landmarks = landmarks
            self._coming = self._pool.submit(_Landmarkers, landmarks, self._workers)

    def examine(self, picture: Picture, regions: Sequence[Region]) -> list[Landmarks]:
        """Return the joints in each region; several are spread over the workers.

        Raises ModelError if the net now to be used turned out to be none.
        """
        if self._coming and self._coming.done():
            self._landmarkers, self._coming = self._coming.result(), None
        nets = self._landmarkers
        over = len(regions) % self._workers == 1 or len(regions) == 1
        spread = regions[: len(regions) - over]
        found = list(self._pool.map(partial(nets, picture), spread))
        return [*found, nets.together(picture, regions[-1])] if over else found
