"""What can be set of OpenPose, under the names of its own poseParameters.cpp, with its defaults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

STRIDE = 8
"""Input pixels a cell of the maps of every published net (POSE_CCN_DECREASE_FACTOR)."""
LARGEST = 2048
"""Pixels an input side may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoseOptions:
    """The options of `OpenPose`. Raises ValueError, a sentence, for a value out of its range."""

    width: int = 368
    """Of the input, in pixels, a multiple of 8; only where the net takes any size."""
    height: int = 368
    preprocessing: Literal["auto", "openpose", "opencv", "tf-pose", "lightweight", "plain"] = "auto"
    """What is done to pixels before the net: see `ports.PREPROCESSING`; auto: by the net's own names."""
    order: Literal["heat-maps-first", "fields-first"] = "heat-maps-first"
    """In a net with one output for both."""
    people: Literal["auto", "several", "one"] = "auto"
    """several: parts are grouped by the fields; one: the best place of each part, as in OpenCV's sample; auto:
    several, if the net has fields."""
    nms_threshold: float = 0.05
    """A peak of a heat map is a part above this."""
    thr: float = 0.1
    """The same, for one person (the sample's own name and default)."""
    max_peaks: int = 127
    """Peaks of a part; the surest are kept (POSE_MAX_PEOPLE)."""
    samples: int = 10
    """Places on a limb where its field is looked at: as in the authors' Python (their C++: 5 to 25)."""
    connect_inter_threshold: float = 0.05
    """How far the field must point along the limb, 0..1, for a sample to count."""
    connect_inter_min_above_threshold: float = 0.95
    """More than this share of the samples must count."""
    connect_min_subset_cnt: int = 3
    """Parts a person has at least."""
    connect_min_subset_score: float = 0.4
    """What parts and limbs of a person must score at least, over the number of parts."""

    def __post_init__(self) -> None:
        for name in ("width", "height"):
            side = getattr(self, name)
            if not (STRIDE <= side <= LARGEST and side % STRIDE == 0):
                raise ValueError(f"{name} must be a multiple of {STRIDE} up to {LARGEST}, not {side}.")
        shares = ("nms_threshold", "thr", "connect_inter_threshold", "connect_inter_min_above_threshold")
        for name in shares:
            if not 0 <= (share := getattr(self, name)) <= 1:
                raise ValueError(f"{name} must lie in 0..1, not {share}.")
        for name, most in (("max_peaks", 127), ("samples", 100), ("connect_min_subset_cnt", 25)):
            if not 1 <= (count := getattr(self, name)) <= most:
                raise ValueError(f"{name} must lie in 1..{most}, not {count}.")
        if not self.connect_min_subset_score >= 0:
            raise ValueError(f"connect_min_subset_score must not be below 0, not {self.connect_min_subset_score}.")
