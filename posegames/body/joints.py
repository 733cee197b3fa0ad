"""The one skeleton inside posegames, BlazePose-33. Tables only; `views` has other skeletons.

LEFT and RIGHT are the person's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType


class Joint(IntEnum):
    """The 33 BlazePose keypoints, in the model's order."""

    NOSE = 0
    LEFT_EYE_INNER = 1
    LEFT_EYE = 2
    LEFT_EYE_OUTER = 3
    RIGHT_EYE_INNER = 4
    RIGHT_EYE = 5
    RIGHT_EYE_OUTER = 6
    LEFT_EAR = 7
    RIGHT_EAR = 8
    MOUTH_LEFT = 9
    MOUTH_RIGHT = 10
    LEFT_SHOULDER = 11
    RIGHT_SHOULDER = 12
    LEFT_ELBOW = 13
    RIGHT_ELBOW = 14
    LEFT_WRIST = 15
    RIGHT_WRIST = 16
    LEFT_PINKY = 17
    RIGHT_PINKY = 18
    LEFT_INDEX = 19
    RIGHT_INDEX = 20
    LEFT_THUMB = 21
    RIGHT_THUMB = 22
    LEFT_HIP = 23
    RIGHT_HIP = 24
    LEFT_KNEE = 25
    RIGHT_KNEE = 26
    LEFT_ANKLE = 27
    RIGHT_ANKLE = 28
    LEFT_HEEL = 29
    RIGHT_HEEL = 30
    LEFT_FOOT_INDEX = 31
    RIGHT_FOOT_INDEX = 32


COUNT = len(Joint)
"""Joints in a pose."""


def _swapped(name: str) -> str:
    return name.replace("LEFT", "?").replace("RIGHT", "LEFT").replace("?", "RIGHT")


MIRROR: tuple[int, ...] = tuple(int(Joint[_swapped(joint.name)]) for joint in Joint)
"""For each joint the one on the body's other side (itself in the middle)."""

BONES: tuple[tuple[Joint, Joint], ...] = (
    (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER),
    (Joint.LEFT_SHOULDER, Joint.LEFT_HIP),
    (Joint.RIGHT_SHOULDER, Joint.RIGHT_HIP),
    (Joint.LEFT_HIP, Joint.RIGHT_HIP),
    (Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW),
    (Joint.LEFT_ELBOW, Joint.LEFT_WRIST),
    (Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW),
    (Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST),
    (Joint.LEFT_HIP, Joint.LEFT_KNEE),
    (Joint.LEFT_KNEE, Joint.LEFT_ANKLE),
    (Joint.RIGHT_HIP, Joint.RIGHT_KNEE),
    (Joint.RIGHT_KNEE, Joint.RIGHT_ANKLE),
    (Joint.LEFT_ANKLE, Joint.LEFT_FOOT_INDEX),
    (Joint.RIGHT_ANKLE, Joint.RIGHT_FOOT_INDEX),
)
"""What a skeleton drawing connects."""

STAND_INS: Mapping[int, Joint] = MappingProxyType(
    {
        Joint.LEFT_INDEX: Joint.LEFT_WRIST,
        Joint.RIGHT_INDEX: Joint.RIGHT_WRIST,
        Joint.LEFT_FOOT_INDEX: Joint.LEFT_ANKLE,
        Joint.RIGHT_FOOT_INDEX: Joint.RIGHT_ANKLE,
    }
)
"""What is nearest to the ends of limbs where a skeleton, as COCO's, has no hands and feet."""

SIGMAS: tuple[float, ...] = (
    # COCO's per-keypoint falloffs (mmpose configs/_base_/datasets/coco.py) on their joints; eyes and mouth as
    # the eye, hands .062 and feet .089 as mmpose's whole-body set has them.
    .026, .025, .025, .025, .025, .025, .025, .035, .035, .025, .025,  # head
    .079, .079, .072, .072, .062, .062, .062, .062, .062, .062, .062, .062,  # arms and hands
    .107, .107, .087, .087, .089, .089, .089, .089, .089, .089,  # legs and feet
)  # fmt: skip
"""OKS falloff of each joint, as a share of the square root of the body's area."""
