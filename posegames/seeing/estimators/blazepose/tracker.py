"""Several people at once: each is followed by their own region, newcomers are looked for now and then.

The recipe, its constants and the measurements behind it are MediaPipe's and our own trial's; what is different
from MediaPipe's graph: the detector stays off the per-frame path, identity comes with the region, duplicates are
judged by keypoint similarity and not by boxes, and people are spread over the cores.
"""

from __future__ import annotations

import math
import os
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Self

import numpy as np

from posegames.body.likeness import oks
from posegames.body.pose import Pose
from posegames.body.smooth import REGION, OneEuro
from posegames.seeing.background import step_back
from posegames.seeing.estimators.blazepose.detector import Detection, Detector
from posegames.seeing.estimators.blazepose.landmarks import Landmarker, Landmarks
from posegames.seeing.estimators.blazepose.region import Region
from posegames.seeing.estimators.sanitise import sanitise
from posegames.seeing.sighting import Frame, Picture

LEAST_FLAG = 0.5
"""Below it the landmark net sees nobody in the region (MediaPipe min_pose_presence_confidence)."""
GRACE = 0.25
"""Seconds a lost person's region is still looked into."""
LOOK_AROUND = 0.25
"""Seconds between two detector runs while everybody known is seen and there is room for more."""
LOOK_OUT = 0.1
"""Seconds between two detector runs while somebody is missing, or nobody is there."""
SAME_BODY = 0.6
"""Two sets of landmarks with a higher keypoint similarity are one body."""
BODY_SIZE = 0.5
"""A body's size for keypoint similarity, as a share of its region's side."""


@dataclass(slots=True)
class Track:
    """Somebody being followed."""

    number: int
    region: Region
    """Where to look next."""
    seen: float
    """Time of the last frame with this person."""
    pose: Pose
    steady: OneEuro = field(default_factory=lambda: OneEuro(REGION))

    @property
    def size(self) -> float:
        """Pixels; the body's size for keypoint similarity."""
        return self.region.side * BODY_SIZE

    def follow(self, landmarks: Landmarks, pose: Pose, time: float) -> None:
        """Take what was seen in the region, and move the region along."""
        anchors = self.steady(landmarks.anchors, time, landmarks.region.side)
        self.region = replace(landmarks, anchors=anchors).region
        self.pose = replace(pose, track=self.number)
        self.seen = time


class BlazePose:
    """The default estimator (see `Estimator`): up to `most` people, tracked from frame to frame."""

    name = "blazepose"

    def __init__(self, detector: Path, landmarks: Path, *, most: int = 4, workers: int | None = None) -> None:
        """Use these two files; `workers` landmark nets run side by side (default: one a core, up to four)."""
        self._files = detector, landmarks
        self._most = most
        self._workers = workers or max(1, min(4, os.cpu_count() or 1))
        self._tracks: list[Track] = []
        self._count = 0
        self._looked = -math.inf

    def __enter__(self) -> Self:
        """Load the nets. Raises ModelError, EstimatorError."""
        detector, landmarks = self._files
        self._detector = Detector(detector)
        self._idle: SimpleQueue[Landmarker] = SimpleQueue()
        for _ in range(self._workers):
            self._idle.put(Landmarker(landmarks))
        self._pool = ThreadPoolExecutor(self._workers, thread_name_prefix="blazepose", initializer=step_back)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the workers."""
        self._pool.shutdown()

    def forget(self) -> None:
        """Let go of everybody; their numbers are not used again."""
        self._tracks = []
        self._looked = -math.inf

    def estimate(self, frame: Frame) -> tuple[Pose, ...]:
        """Return the people in `frame`, longest known first, each with its track number."""
        looking = self._look(frame)
        found = self._examine(frame.picture, [track.region for track in self._tracks])
        height, width = frame.picture.shape[:2]
        for track, landmarks in zip(self._tracks, found, strict=True):
            if pose := _believed(landmarks, width, height):
                track.follow(landmarks, pose, frame.time)
        self._tracks = self._without_doubles(
            [t for t in self._tracks if frame.time - t.seen < GRACE and t.region.usable(width, height)], frame
        )
        if looking:
            self._welcome(looking.result(), frame)
        return tuple(track.pose for track in self._tracks if track.seen == frame.time)

    def _look(self, frame: Frame) -> Future[list[Detection]] | None:
        """Start the detector, if it is time, beside the landmark nets."""
        lost = not self._tracks or any(track.seen < self._looked for track in self._tracks)
        due = frame.time - self._looked >= (LOOK_OUT if lost else LOOK_AROUND)
        if not due or (len(self._tracks) >= self._most and not lost):
            return None
        self._looked = frame.time
        return self._pool.submit(self._detector, frame.picture)

    def _examine(self, picture: Picture, regions: list[Region]) -> list[Landmarks]:
        """Run the landmark net on every region, spread over the workers."""

        def one(region: Region) -> Landmarks:
            net = self._idle.get()
            try:
                return net(picture, region)
            finally:
                self._idle.put(net)

        if len(regions) < 2:
            return [one(region) for region in regions]
        return list(self._pool.map(one, regions))

    def _without_doubles(self, tracks: list[Track], frame: Frame) -> list[Track]:
        """Where two tracks came to follow one body, keep the older."""
        kept: list[Track] = []
        for track in tracks:  # oldest first
            if not any(
                other.seen == frame.time and self._alike(track.pose, track.size, other, frame)
                for other in kept
                if track.seen == frame.time
            ):
                kept.append(track)
        return kept

    def _welcome(self, detections: list[Detection], frame: Frame) -> None:
        """Start following whoever the detector saw and nobody follows yet; take up again whoever was lost."""
        height, width = frame.picture.shape[:2]
        strangers = [
            d.region for d in detections if d.region.usable(width, height) and not self._known(d.region, frame)
        ]
        for region, landmarks in zip(strangers, self._examine(frame.picture, strangers), strict=True):
            pose = _believed(landmarks, width, height)
            size = region.side * BODY_SIZE
            if pose is None or any(
                track.seen == frame.time and self._alike(pose, size, track, frame) for track in self._tracks
            ):
                continue
            track = self._lost_at(region, frame)
            if track is None:
                if len(self._tracks) >= self._most:
                    continue
                self._count += 1
                track = Track(self._count, region, frame.time, pose)
                self._tracks.append(track)
            track.steady = OneEuro(REGION)
            track.follow(landmarks, pose, frame.time)

    def _known(self, region: Region, frame: Frame) -> bool:
        """Whether somebody seen in this frame plainly has this region: no need to look into it again."""
        return any(
            track.seen == frame.time
            and math.dist((track.region.x, track.region.y), (region.x, region.y)) < 0.1 * region.side
            and 0.65 < track.region.side / region.side < 1.4
            for track in self._tracks
        )

    def _lost_at(self, region: Region, frame: Frame) -> Track | None:
        """Return the track lost nearest to `region`, if near enough to be the same person."""
        lost = [track for track in self._tracks if track.seen < frame.time]
        distances = [math.dist((t.region.x, t.region.y), (region.x, region.y)) / region.side for t in lost]
        if not lost or min(distances) > 0.3:
            return None
        return lost[int(np.argmin(distances))]

    def _alike(self, pose: Pose, size: float, track: Track, frame: Frame) -> bool:
        height = frame.picture.shape[0]
        return oks(pose, track.pose, math.sqrt(size * track.size) / height) > SAME_BODY


def _believed(landmarks: Landmarks, width: int, height: int) -> Pose | None:
    return sanitise(landmarks.raw, width, height) if landmarks.flag >= LEAST_FLAG else None
