"""PoseNet's parameters under the names of its publisher and of the papers. A table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Architecture = Literal["MobileNetV1", "ResNet50"]
Decoding = Literal["multi-person", "single-person"]
Stride = Literal[8, 16, 32]
STRIDES: tuple[int, ...] = get_args(Stride)


@dataclass(frozen=True, slots=True)
class PoseNetOptions:
    """How PoseNet is run. Names and defaults are those of tfjs-models/posenet, and of the papers that quote it.

    Where a default would contradict the file or the number of players asked for, these win. Raises ValueError for
    a value out of range.
    """

    architecture: Architecture = "MobileNetV1"
    """What the file was made of: the two take their pixels in different numbers."""
    decoding: Decoding = "multi-person"
    """Whether several people may be there, or the surest place of each part is one body's."""
    image_scale_factor: float = 0.5
    """0.2..1: by how much a picture is made smaller, for files that take any size; others have their own."""
    flip_horizontal: bool = False
    """Whether places are given mirrored (x alone, as its publisher does it; sides keep their names)."""
    output_stride: Stride = 16
    """Pixels between two cells of the heat maps. A file has its own; 8 or 32 asks that this be it."""
    max_pose_detections: int = 5
    """Most people. The default makes way for the number of players asked for."""
    pose_confidence_threshold: float = 0.5
    """Least score of the part that a pose is begun from (`scoreThreshold` in its publisher's code)."""
    nms_radius: float = 20.0
    """Pixels of the input within which the same part of two poses is one and the same."""
    min_pose_confidence: float = 0.15
    """Least score of a pose, the mean over its parts (from its publisher's demo of several people)."""
    min_part_confidence: float = 0.1
    """A part with less has not been seen (from the same demo)."""
    logits: bool = True
    """Whether heat maps come raw, as in all its publisher's files; others may hold the sigmoid already."""

    def __post_init__(self) -> None:
        if not 0.2 <= self.image_scale_factor <= 1:
            raise ValueError("image_scale_factor must lie in 0.2..1.")
        if self.output_stride not in STRIDES:
            raise ValueError(f"output_stride must be one of {', '.join(map(str, STRIDES))}.")
        if not 1 <= self.max_pose_detections <= 100:
            raise ValueError("max_pose_detections must lie in 1..100.")
        if not 0 < self.nms_radius <= 1e4:
            raise ValueError("nms_radius must be more than 0, and at most 10000.")
        for name in ("pose_confidence_threshold", "min_pose_confidence", "min_part_confidence"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} must lie in 0..1.")
