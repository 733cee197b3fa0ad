"""What labelled points are called, and which of our joints they are. Tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from posegames.body.joints import BONES, SIGMAS, Joint
from posegames.body.pose import Floats
from posegames.body.views import BLAZEPOSE_33, COCO_17, View

LIMBS: tuple[tuple[str, Joint, Joint], ...] = tuple(
    (name, *bone)
    for name, bone in zip(
        (
            "shoulders", "left_side", "right_side", "hips",
            "left_upper_arm", "left_forearm", "right_upper_arm", "right_forearm",
            "left_thigh", "left_shin", "right_thigh", "right_shin",
        ),
        BONES[:12],
        strict=True,
    )
)  # fmt: skip
"""The twelve limbs between the joints that every skeleton has, each from its near end to its far end."""

CROWN = ("head_top", "top_head", "headtop", "head")
"""What files call the top of the head. (Halpe and CrowdPose say "head" and "top_head", PoseTrack "head_top".)"""
NECK = ("upper_neck", "head_bottom", "neck")
"""What files call its lower end."""

_OTHERS: dict[str, tuple[Joint, ...]] = {
    "thorax": (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER),
    "pelvis": (Joint.LEFT_HIP, Joint.RIGHT_HIP),
    "mid_hip": (Joint.LEFT_HIP, Joint.RIGHT_HIP),
    "left_big_toe": (Joint.LEFT_FOOT_INDEX,),
    "right_big_toe": (Joint.RIGHT_FOOT_INDEX,),
}
SOURCES = MappingProxyType({joint.name.lower(): (joint,) for joint in Joint} | _OTHERS)
"""The joints that a point of a file is, or is the middle of."""

UNNAMED = MappingProxyType({len(view.points): view for view in (COCO_17, BLAZEPOSE_33)})
"""The skeletons that a file means which does not name its points, by their number."""

_CORE = frozenset(COCO_17.sources)


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """The points of a file or of the stage, as far as posegames knows them."""

    view: View
    core: NDArray[np.bool_]
    """(K,) those that every estimator knows: COCO's 17 or the part of them that is there. Totals count these."""
    sigmas: Floats
    """(K,) falloffs of OKS; 0 for points that are no joint."""
    limbs: tuple[tuple[str, int, int], ...]
    """Name, and which points are the near and the far end."""
    head: tuple[int, int] | None
    """Which points are the lower end and the top of the head, if both are there."""

    @classmethod
    def of(cls, view: View) -> Points:
        """Return what is known of the points of `view`."""
        place = {source: i for i, source in enumerate(view.sources)}
        head = [next((i for i, name in enumerate(view.points) if name in names), None) for names in (NECK, CROWN)]
        return cls(
            view,
            np.array([source in _CORE for source in view.sources]),
            np.array([SIGMAS[source[0]] if source else 0.0 for source in view.sources]),
            tuple(
                (name, place[near,], place[far,])
                for name, near, far in LIMBS
                if (near,) in place and (far,) in place
            ),
            None if head[0] is None or head[1] is None else (head[0], head[1]),
        )

    def at(self, joint: Joint) -> int | None:
        """Return which point is `joint`; None if none is."""
        return next((i for i, source in enumerate(self.view.sources) if source == (joint,)), None)

    def taken(self, values: Floats) -> Floats:
        """Return `values` (33, D) of the joints as those of the points (K, D); NaN where a point is no joint."""
        there = [i for i, source in enumerate(self.view.sources) if source]
        sources = [source for source in self.view.sources if source]
        taken = np.full((len(self.view.sources), values.shape[1]), np.nan)
        # One joint or the middle of two: the first and the last of its sources.
        taken[there] = (values[[source[0] for source in sources]] + values[[source[-1] for source in sources]]) / 2
        return taken


def named(names: Sequence[str]) -> View:
    """Return the skeleton whose points have these names; what none of our joints is has no source."""
    plain = tuple(_plain(name) for name in names)
    return View(f"{len(plain)} points", plain, tuple(SOURCES.get(name) for name in plain))


def _plain(name: str) -> str:
    words = name.strip().lower().replace("-", "_").replace(" ", "_")
    for short, long in (("l_", "left_"), ("r_", "right_")):
        if words.startswith(short):
            return long + words.removeprefix(short)
    return words
