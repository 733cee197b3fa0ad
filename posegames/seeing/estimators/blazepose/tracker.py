"""Several people at once: each is followed by their own region, newcomers are looked for now and then.

The recipe, its constants and the measurements behind it are MediaPipe's and our own trial's; what is different
from MediaPipe's graph: the detector stays off the per-frame path, identity comes with the region, duplicates are
judged by keypoint similarity and not by boxes, people close together are looked at more closely, and they are
spread over the cores.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from posegames.body.pose import Pose
from posegames.body.smooth import REGION, OneEuro
from posegames.seeing.cores import cores
from posegames.seeing.estimators.base import Effort
from posegames.seeing.estimators.blazepose.detector import Detection
from posegames.seeing.estimators.blazepose.landmarks import Landmarks
from posegames.seeing.estimators.blazepose.nets import Nets
from posegames.seeing.estimators.blazepose.presence import believed, one_body, within
from posegames.seeing.estimators.blazepose.region import Region
from posegames.seeing.estimators.blazepose.search import Search
from posegames.seeing.estimators.blazepose.track import BODY_SIZE, Track
from posegames.seeing.estimators.blazepose.ways import USUAL, WAYS
from posegames.seeing.liveness import Liveness
from posegames.seeing.sighting import Frame

GRACE = 0.25
"""Seconds a lost person's region is still looked into."""
SAME_BODY = 0.6
"""Two sets of landmarks with a higher keypoint similarity are one body."""
CROWDED = 0.45
"""People whose regions' middles are nearer than this, in sides, stand in each other's regions."""
CLOSE, LOOSE = 0.8, 1.13
"""Where others stand in a region the net draws a body between them. In a square of .8 of the side it sees one.

From there it asks for a region .88 times as large as from the whole: that is put right. Three dancers who hide
each other: all three are followed in 95 % of the frames instead of 66 %.
"""
BESIDE = 1.0
"""Torso lengths between the middles of two torsos, up to which one may hide the other."""
NEAR = 0.3
"""Somebody lost is taken up again by a body nearer than this, in sides of its region."""


_NONE: Mapping[str, Path] = MappingProxyType({})


class BlazePose:
    """The default estimator (see `Estimator`, `Adjustable`): up to `most` people, tracked from frame to frame."""

    name = "blazepose"

    def __init__(
        self,
        detector: Path,
        landmarks: Path,
        *,
        most: int = 4,
        workers: int | None = None,
        others: Mapping[str, Path] = _NONE,
    ) -> None:
        """Use these two files; `workers` landmark nets run side by side (default: one a core, up to four).

        `others` are landmark nets for other `WAYS` of working, by name.
        """
        self._detector = detector
        self._variants = {USUAL: landmarks, **others}
        self._ways = {way.name: way for way in WAYS if way.net in self._variants}
        self._way = self._ways[USUAL]
        self._most = most
        self._workers = workers or max(1, min(4, cores()))
        self._count = 0
        self.forget()

    def __enter__(self) -> Self:
        """Load the nets. Raises ModelError, EstimatorError."""
        self._nets = Nets(self._detector, self._variants[self._way.net], self._workers)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the workers."""
        self._nets.close()

    @property
    def efforts(self) -> Sequence[Effort]:
        """The ways of working for which the nets are here."""
        return tuple(self._ways.values())

    def adjust(self, effort: Effort) -> None:
        """Work so from the next frame on; another net comes when it is loaded, meanwhile the old one goes on."""
        self._way = self._ways[effort.name]
        self._nets.use(self._variants[self._way.net])

    def forget(self) -> None:
        """Let go of everybody; their numbers are not used again."""
        self._tracks: list[Track] = []
        self._search = Search()
        self._began: float | None = None

    def estimate(self, frame: Frame) -> tuple[Pose, ...]:
        """Return the people in `frame`, longest known first, each with its track number."""
        self._began = frame.time if self._began is None else self._began
        height, width = frame.picture.shape[:2]
        looking = None
        if self._search.due(frame.time, known=self._people, most=self._most, pause=self._way.pause):
            looking = self._nets.look(frame.picture, self._search.parts(width, height, frame.time))
        self._follow(frame)
        self._let_go(frame)
        if looking:
            self._welcome(looking.result(), frame)
        self._watch(frame)
        # A picture by itself has no later frame that could prove anything.
        return tuple(
            track.pose
            for track in self._tracks
            if track.seen == frame.time and (track.proven or track.born == self._began)
        )

    @property
    def _people(self) -> int:
        return sum(not track.lifeless for track in self._tracks)

    def _watch(self, frame: Frame) -> None:
        """Look for life in those who have shown none yet; what it finds shows in the next frame."""
        here = [track for track in self._tracks if track.seen == frame.time]
        for track in here:
            if not track.life.alive:
                others = [other.pose for other in here if other is not track]
                near = any(within(track.pose, other, BESIDE) for other in others)
                track.life.watch(frame.picture, track.pose, frame.time, others, near=near)

    def _follow(self, frame: Frame) -> None:
        """Look for everybody known where they were."""
        crowded = [self._crowded(track) for track in self._tracks]
        crops = [
            closer(track.region) if close else track.region
            for track, close in zip(self._tracks, crowded, strict=True)
        ]
        found = self._nets.examine(frame.picture, crops)
        for track, landmarks, close in zip(self._tracks, found, crowded, strict=True):
            track.take(landmarks.widened(LOOSE) if close else landmarks, frame, crowded=close)

    def _crowded(self, track: Track) -> bool:
        return any(other is not track and track.region.beside(other.region) < CROWDED for other in self._tracks)

    def _let_go(self, frame: Frame) -> None:
        """Drop who is gone and, where two tracks came to follow one body, the younger."""
        height, width = frame.picture.shape[:2]
        kept: list[Track] = []
        for track in self._tracks:  # oldest first
            here = track.seen == frame.time
            gone = frame.time - track.seen >= GRACE or not track.region.usable(width, height)
            double = here and self._is_known(track.pose, track.size, kept, frame)
            if not (gone or double):
                kept.append(track)
            if gone or double or not here:
                self._search.lose(track.region, frame.time)
        self._tracks = kept

    def _welcome(self, detections: Sequence[Detection], frame: Frame) -> None:
        """Start following whoever the detector saw and nobody follows yet; take up again whoever was lost."""
        height, width = frame.picture.shape[:2]
        regions = [d.region for d in detections if d.region.usable(width, height)]
        for look_closer in (False, True):
            # Nobody new in a region? Then, more closely: perhaps the net saw the neighbour.
            regions = [
                region
                for region in regions
                if not any(t.seen == frame.time and region.like(t.region) for t in self._tracks)
            ]
            crops = [closer(region) for region in regions] if look_closer else regions
            for region, landmarks in zip(regions, self._nets.examine(frame.picture, crops), strict=True):
                self._meet(region, landmarks.widened(LOOSE) if look_closer else landmarks, frame)

    def _meet(self, region: Region, landmarks: Landmarks, frame: Frame) -> None:
        """Follow whoever was found in `region`, if it is somebody nobody follows."""
        pose = believed(landmarks, frame)
        if pose is None or self._is_known(pose, region.side * BODY_SIZE, self._tracks, frame):
            return
        lost = [t for t in self._tracks if t.seen < frame.time and region.beside(t.region) <= NEAR]
        if lost:
            track = min(lost, key=lambda t: region.beside(t.region))
            track.steady, track.life = OneEuro(REGION), Liveness()  # it may be another one
        elif self._people < self._most:
            if len(self._tracks) >= self._most:
                self._tracks.remove(next(track for track in self._tracks if track.lifeless))
            self._count += 1
            track = Track(self._count, region, frame.time, frame.time, frame.time, pose)
            self._tracks.append(track)
        else:
            return
        track.sure = frame.time
        track.follow(landmarks, pose, frame.time)

    @staticmethod
    def _is_known(pose: Pose, size: float, tracks: Sequence[Track], frame: Frame) -> bool:
        """Whether `pose` is the body of a track seen in this frame, or a piece of it."""
        return any(
            track.likeness(pose, size, frame) > SAME_BODY or one_body(pose, track.pose)
            for track in tracks
            if track.seen == frame.time
        )


def closer(region: Region) -> Region:
    """Return the middle of `region`, in which neighbours hardly show."""
    return replace(region, side=region.side * CLOSE)
