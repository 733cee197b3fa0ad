"""OpenPose's two skeletons: which channel of a net is which part, and which two are the field of which limb."""

from __future__ import annotations

from dataclasses import dataclass

from posegames.body.views import OPENPOSE_18, OPENPOSE_25, View


@dataclass(frozen=True, slots=True)
class Skeleton:
    """What a net tells of a body: a heat map for each part and one for the background, then a field a limb."""

    view: View
    limbs: tuple[tuple[int, int], ...]
    """From part to part, in the order of the fields; each has two channels, x and y."""
    counted: int
    """So many parts, the first, count for whether somebody is there: feet do not, as false ones are frequent."""

    @property
    def heat_maps(self) -> int:
        """Channels of heat maps, with the background."""
        return len(self.view.points) + 1

    @property
    def fields(self) -> int:
        """Channels of part affinity fields."""
        return 2 * len(self.limbs)


def _skeleton(view: View, limbs: tuple[tuple[str, str], ...], counted: int) -> Skeleton:
    part = view.points.index
    return Skeleton(view, tuple((part(start), part(end)) for start, end in limbs), counted)


_ARMS_AND_HEAD = (
    ("neck", "right_shoulder"),
    ("right_shoulder", "right_elbow"),
    ("right_elbow", "right_wrist"),
    ("right_shoulder", "right_ear"),
    ("neck", "left_shoulder"),
    ("left_shoulder", "left_elbow"),
    ("left_elbow", "left_wrist"),
    ("left_shoulder", "left_ear"),
    ("neck", "nose"),
    ("nose", "right_eye"),
    ("nose", "left_eye"),
    ("right_eye", "right_ear"),
    ("left_eye", "left_ear"),
)

COCO_18 = _skeleton(
    OPENPOSE_18,
    (
        ("neck", "right_hip"),
        ("right_hip", "right_knee"),
        ("right_knee", "right_ankle"),
        ("neck", "left_hip"),
        ("left_hip", "left_knee"),
        ("left_knee", "left_ankle"),
        *_ARMS_AND_HEAD,
    ),
    counted=18,
)
"""The COCO model (POSE_BODY_PART_PAIRS by POSE_MAP_INDEX in OpenPose's poseParameters.cpp): 19 + 38 channels."""

BODY_25 = _skeleton(
    OPENPOSE_25,
    (
        ("neck", "mid_hip"),
        ("right_hip", "right_knee"),
        ("right_knee", "right_ankle"),
        ("mid_hip", "right_hip"),
        ("mid_hip", "left_hip"),
        ("left_hip", "left_knee"),
        ("left_knee", "left_ankle"),
        *_ARMS_AND_HEAD,
        ("left_ankle", "left_big_toe"),
        ("left_big_toe", "left_small_toe"),
        ("left_ankle", "left_heel"),
        ("right_ankle", "right_big_toe"),
        ("right_big_toe", "right_small_toe"),
        ("right_ankle", "right_heel"),
    ),
    counted=19,
)
"""The BODY_25 model: 26 + 52 channels."""

SKELETONS = (COCO_18, BODY_25)
