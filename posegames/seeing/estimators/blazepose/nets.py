"""Both nets, opened: one detector, and as many landmark nets as may run side by side."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from posegames.seeing.estimators.blazepose.detector import Detection, Detector
from posegames.seeing.estimators.blazepose.landmarks import Landmarker, Landmarks
from posegames.seeing.estimators.blazepose.region import Region
from posegames.seeing.estimators.blazepose.search import fits
from posegames.seeing.sighting import Picture


class Nets:
    """Looks for people and into regions, on a small pool of threads. Close it in the end."""

    def __init__(self, detector: Path, landmarks: Path, workers: int) -> None:
        """Load the nets. Raises ModelError, EstimatorError."""
        self._detector = Detector(detector)
        self._workers, self._landmarks = workers, landmarks
        self._idle = _loaded(landmarks, workers)
        self._coming: Future[SimpleQueue[Landmarker]] | None = None
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
            self._coming = self._pool.submit(_loaded, landmarks, self._workers)

    def examine(self, picture: Picture, regions: Sequence[Region]) -> list[Landmarks]:
        """Return the joints in each region; several are spread over the workers.

        Raises ModelError if the net now to be used turned out to be none.
        """
        if self._coming and self._coming.done():
            self._idle, self._coming = self._coming.result(), None

        def one(region: Region) -> Landmarks:
            net = self._idle.get()
            try:
                return net(picture, region)
            finally:
                self._idle.put(net)

        if len(regions) < 2:
            return [one(region) for region in regions]
        return list(self._pool.map(one, regions))


def _loaded(landmarks: Path, count: int) -> SimpleQueue[Landmarker]:
    nets: SimpleQueue[Landmarker] = SimpleQueue()
    for _ in range(count):
        nets.put(Landmarker(landmarks))
    return nets
