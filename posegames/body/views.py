"""Other skeletons as views of the one inside posegames, there and back. Tables only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posegames.body.joints import COUNT, Joint
from posegames.body.pose import Floats, Pose

J = Joint


@dataclass(frozen=True, slots=True)
class View:
    """Another skeleton, as a table: each point is one joint of ours or the middle of two; None has no source."""

    name: str
    points: tuple[str, ...]
    sources: tuple[tuple[Joint, ...] | None, ...]

    def of(self, pose: Pose) -> tuple[Floats, Floats]:
        """Return the places (K, 2) and confidence (K,) of the points of `pose`; NaN and 0 where one has no source.

        A point between two joints is as sure as the less sure of them.
        """
        there = [i for i, source in enumerate(self.sources) if source]
        # One joint or the middle of two: the first and the last of its sources.
        ends = [[source[end] for source in self.sources if source] for end in (0, -1)]
        xy = np.full((len(self.points), 2), np.nan, dtype=np.float32)
        confidence = np.zeros(len(self.points), dtype=np.float32)
        xy[there] = (pose.xy[ends[0]] + pose.xy[ends[1]]) / 2
        confidence[there] = np.minimum(pose.confidence[ends[0]], pose.confidence[ends[1]])
        return xy, confidence

    def lift(self, xy: Floats, confidence: Floats) -> tuple[Floats, Floats]:
        """Return points (..., K, 2) with their confidence (..., K) as our joints (..., 33, 2) and (..., 33).

        Numbers are taken as they come, in whatever unit. A joint that is no point of this skeleton has
        confidence 0 and stands at 0, 0; a point between two joints of ours says nothing of either.
        """
        there = {source[0]: i for i, source in enumerate(self.sources) if source and len(source) == 1}
        joints, points = list(there), list(there.values())
        lifted = np.zeros((*xy.shape[:-2], COUNT, 2), dtype=np.float32)
        sure = np.zeros((*confidence.shape[:-1], COUNT), dtype=np.float32)
        lifted[..., joints, :] = xy[..., points, :]
        sure[..., joints] = confidence[..., points]
        return lifted, sure


def _view(name: str, rows: tuple[Joint | tuple[str, tuple[Joint, ...] | None], ...]) -> View:
    """Return the view of these points: joints under their own name, or a name and its source."""
    named = [(row.name.lower(), (row,)) if isinstance(row, Joint) else row for row in rows]
    return View(name, tuple(name for name, _ in named), tuple(source for _, source in named))


_NECK = ("neck", (J.LEFT_SHOULDER, J.RIGHT_SHOULDER))
_MID_HIP = ("mid_hip", (J.LEFT_HIP, J.RIGHT_HIP))

BLAZEPOSE_33 = _view("blazepose-33", tuple(Joint))
"""Our own skeleton as a view of itself."""

COCO_17 = _view(
    "coco-17",
    (
        J.NOSE, J.LEFT_EYE, J.RIGHT_EYE, J.LEFT_EAR, J.RIGHT_EAR,
        J.LEFT_SHOULDER, J.RIGHT_SHOULDER, J.LEFT_ELBOW, J.RIGHT_ELBOW, J.LEFT_WRIST, J.RIGHT_WRIST,
        J.LEFT_HIP, J.RIGHT_HIP, J.LEFT_KNEE, J.RIGHT_KNEE, J.LEFT_ANKLE, J.RIGHT_ANKLE,
    ),
)  # fmt: skip
"""COCO's 17 keypoints in COCO's order (PoseNet, MoveNet and YOLO-pose have the same)."""

OPENPOSE_18 = _view(
    "openpose-18",
    (
        J.NOSE, _NECK,
        J.RIGHT_SHOULDER, J.RIGHT_ELBOW, J.RIGHT_WRIST, J.LEFT_SHOULDER, J.LEFT_ELBOW, J.LEFT_WRIST,
        J.RIGHT_HIP, J.RIGHT_KNEE, J.RIGHT_ANKLE, J.LEFT_HIP, J.LEFT_KNEE, J.LEFT_ANKLE,
        J.RIGHT_EYE, J.LEFT_EYE, J.RIGHT_EAR, J.LEFT_EAR,
    ),
)  # fmt: skip
"""OpenPose's COCO model: COCO's joints and a neck (POSE_COCO_BODY_PARTS in its poseParameters.cpp)."""

OPENPOSE_25 = _view(
    "openpose-25",
    (
        J.NOSE, _NECK,
        J.RIGHT_SHOULDER, J.RIGHT_ELBOW, J.RIGHT_WRIST, J.LEFT_SHOULDER, J.LEFT_ELBOW, J.LEFT_WRIST,
        _MID_HIP, J.RIGHT_HIP, J.RIGHT_KNEE, J.RIGHT_ANKLE, J.LEFT_HIP, J.LEFT_KNEE, J.LEFT_ANKLE,
        J.RIGHT_EYE, J.LEFT_EYE, J.RIGHT_EAR, J.LEFT_EAR,
        ("left_big_toe", (J.LEFT_FOOT_INDEX,)), ("left_small_toe", None), J.LEFT_HEEL,
        ("right_big_toe", (J.RIGHT_FOOT_INDEX,)), ("right_small_toe", None), J.RIGHT_HEEL,
    ),
)  # fmt: skip
"""OpenPose's BODY_25 (POSE_BODY_25_BODY_PARTS); its small toes are no joint of ours."""
