"""Somebody being followed from frame to frame."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from posegames.body.likeness import oks
from posegames.body.measure import torso_length
from posegames.body.pose import Pose
from posegames.body.smooth import REGION, OneEuro
from posegames.seeing.estimators.blazepose.landmarks import Landmarks
from posegames.seeing.estimators.blazepose.presence import LEAST_FLAG, believed
from posegames.seeing.estimators.blazepose.region import Region
from posegames.seeing.liveness import EAGER, Liveness
from posegames.seeing.sighting import Frame

BODY_SIZE = 0.5
"""A body's size for keypoint similarity, as a share of its region's side."""
SHRUNK, GROWN = 0.6, 1.8
"""A region's side, against that of the frame before, at which it is no longer of the same person."""
FAINT_FLAG, FAINT = 0.02, 0.7
"""In a crowd the net's flag means little: for so many seconds a lower one is enough if the body stays the same.

Three dancers who hide each other: the middle one's flag falls below .5 in every tenth frame, joints in place.
"""
STEADY = 0.5
"""Keypoint similarity to the frame before that makes a faint body the same."""
SMALL, PROOF = 0.06, 1.0
"""A torso, in frame heights, so short that furniture may have one; seconds until such a body is believed."""


@dataclass(slots=True)
class Track:
    """One person."""

    number: int
    region: Region
    """Where to look next."""
    born: float
    seen: float
    """Time of the last frame with this person."""
    sure: float
    """Time of the last frame in which the net was sure of it."""
    pose: Pose
    steady: OneEuro = field(default_factory=lambda: OneEuro(REGION))
    life: Liveness = field(default_factory=Liveness)

    @property
    def size(self) -> float:
        """Pixels; the body's size for keypoint similarity."""
        return self.region.side * BODY_SIZE

    @property
    def proven(self) -> bool:
        """Whether it has been there long enough, for its size, to be somebody."""
        return self.seen - self.born >= PROOF or torso_length(self.pose) >= SMALL

    @property
    def lifeless(self) -> bool:
        """Whether it has been looked at for long without a sign of life: a poster's place is free for people."""
        return not self.life.alive and self.seen - self.born >= EAGER

    def take(self, landmarks: Landmarks, frame: Frame, *, crowded: bool) -> None:
        """Follow what was found in the region, if it is the same person."""
        if not SHRUNK < landmarks.region.side / self.region.side < GROWN:
            return
        pose = believed(landmarks, frame, least=FAINT_FLAG if crowded else LEAST_FLAG, known=True)
        if pose is None:
            return
        if landmarks.flag >= LEAST_FLAG:
            self.sure = frame.time
        elif frame.time - self.sure > FAINT or self.likeness(pose, self.size, frame) < STEADY:
            return
        self.follow(landmarks, pose, frame.time)

    def follow(self, landmarks: Landmarks, pose: Pose, time: float) -> None:
        """Take what was seen in the region, and move the region along."""
        anchors = self.steady(landmarks.anchors, time, landmarks.region.side)
        self.region = replace(landmarks, anchors=anchors).region
        self.pose = replace(pose, track=self.number, alive=self.life.alive)
        self.seen = time

    def likeness(self, pose: Pose, size: float, frame: Frame) -> float:
        """Return the keypoint similarity to a body `size` pixels large, 0..1."""
        return oks(pose, self.pose, (size * self.size) ** 0.5 / frame.picture.shape[0])
