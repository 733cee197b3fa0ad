"""Whether what the landmark net drew into a region is a body: furniture, too, gets joints and a sure flag."""

from __future__ import annotations

import numpy as np

from posegames.body.joints import Joint
from posegames.body.measure import HIPS, SHOULDERS, TORSO, torso_length
from posegames.body.pose import Pose
from posegames.seeing.estimators.blazepose.landmarks import Landmarks
from posegames.seeing.estimators.sanitise import sanitise
from posegames.seeing.sighting import Frame

LEAST_FLAG = 0.5
"""Below it the landmark net sees nobody in the region (MediaPipe min_pose_presence_confidence)."""
LEAST_TORSO = 0.025
"""Frame heights; of somebody who is a tenth of the picture high. In an empty room ghosts had .01 at the median."""
SEEN = 0.3
"""Confidence from which a joint has a say."""
LONGEST: tuple[tuple[Joint, Joint, float], ...] = (
    (*SHOULDERS, 1.3),
    (*HIPS, 0.9),
    (Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW, 1.1),
    (Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW, 1.1),
    (Joint.LEFT_ELBOW, Joint.LEFT_WRIST, 1.1),
    (Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST, 1.1),
    (Joint.LEFT_HIP, Joint.LEFT_KNEE, 1.4),
    (Joint.RIGHT_HIP, Joint.RIGHT_KNEE, 1.4),
    (Joint.LEFT_KNEE, Joint.LEFT_ANKLE, 1.5),
    (Joint.RIGHT_KNEE, Joint.RIGHT_ANKLE, 1.5),
)
"""Bones, and how long they can be in torso lengths.

The longest of 94 people in photographs: 1.11, .61, .94, .84, 1.19, 1.41. Of ghosts the median: 2.3 to 4.
"""
BENT = 2.0
"""Times that, for somebody already known: whoever bows shows hardly any torso."""
SAME_PLACE = 0.35
"""Two torsos whose middles are nearer than this, in torso lengths, are one: nobody stands inside of another."""
WITHIN, SMALLER, CERTAIN = 0.8, 0.7, 0.9
"""A body within another's torso (in its lengths), and smaller, is a piece of it, unless the net is certain."""
TINY, AT_HAND = 0.4, 0.4
"""A body so much smaller than another, and so near one of its joints (in torso lengths), is a foot, a hand or the
face of it: looked at closely the net is quite certain of those, too."""

_FROM = [bone[0] for bone in LONGEST]
_TO = [bone[1] for bone in LONGEST]
_MOST = np.array([bone[2] for bone in LONGEST])


def believed(landmarks: Landmarks, frame: Frame, *, least: float = LEAST_FLAG, known: bool = False) -> Pose | None:
    """Return the body in `landmarks`, None if there is none; of somebody `known` more is believed."""
    if landmarks.flag < least:
        return None
    height, width = frame.picture.shape[:2]
    pose = sanitise(landmarks.raw, width, height)
    if pose is None or not plausible(pose, known=known):
        return None
    if not known:
        x, y = pose.middle(SHOULDERS)
        if not (0 <= x <= frame.aspect and 0 <= y <= 1):
            return None  # whoever comes in shows the shoulders first, or is in already
    return pose


def plausible(pose: Pose, *, known: bool = False) -> bool:
    """Whether the proportions of `pose` can be a person's; of somebody `known` more is believed."""
    torso = torso_length(pose)
    if torso < LEAST_TORSO * (0.4 if known else 1.0):
        return False
    lengths = np.hypot(*(pose.xy[_FROM] - pose.xy[_TO]).T) / torso
    sure = np.minimum(pose.confidence[_FROM], pose.confidence[_TO]) >= SEEN
    return not bool((sure & (lengths > _MOST * (BENT if known else 1.0))).any())


def one_body(pose: Pose, other: Pose) -> bool:
    """Whether `pose` is `other` seen a little differently, or a piece of it that the net took for a whole one."""
    torso, size = torso_length(other), torso_length(pose)
    if size < TINY * torso:
        apart = np.hypot(*(other.xy[other.confidence >= SEEN] - pose.middle(TORSO)).T)
        if apart.min(initial=np.inf) < AT_HAND * torso:
            return True
    if size < SMALLER * torso:
        return pose.score < CERTAIN and within(pose, other, WITHIN)
    return within(pose, other, SAME_PLACE)


def within(pose: Pose, other: Pose, torsos: float) -> bool:
    """Whether the middle of a torso is nearer to that of `other` than so many lengths of the other."""
    apart = float(np.hypot(*(pose.middle(TORSO) - other.middle(TORSO))))
    return apart < torsos * torso_length(other)
