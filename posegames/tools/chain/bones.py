"""The step that keeps limbs as long as they are: a joint too far out is drawn in along its limb."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from posegames.body.joints import MIRROR, Joint
from posegames.body.pose import Floats, Pose
from posegames.tools.chain.people import SEEN, moments, posed
from posegames.tools.looks import Look

J = Joint
LOOSE = 1.1
"""How many times its length a limb may look: found joints are not exact, and what is held towards the camera is
nearer to it than the trunk."""
OFTEN = 0.95
"""The share of sightings in which a limb looked shorter than what is taken for its length. In a picture it is
mostly foreshortened, and now and then found too long."""
ENOUGH = 30
"""Sightings after which a length is believed; until then a limb may look as long as anybody's."""
POSSIBLE = 1.5
"""How many times as long as usual a limb may be: what is found longer is wrong, however often."""
BINS, BIN = 75, 0.02
"""What is remembered of each limb: how often it was how long, in torso lengths."""
REMEMBERED = 32
"""People whose lengths are remembered; of more, who was last seen first is forgotten."""

# From the trunk outwards: child, parent, and the usual length in torso lengths, which nobody's limb is held to be
# shorter than, for it may not have been seen at its full length yet. Segments as shares of the height by Drillis
# and Contini (in Winter, Biomechanics and Motor Control): trunk .288 (from the shoulder's height, .818, to the
# hip's, .530), upper arm .186, forearm .146, thigh .245, shank .246; half a hand and three quarters of a foot.
_CHAINS = (
    ((J.LEFT_ELBOW, J.LEFT_SHOULDER, 0.65), (J.LEFT_KNEE, J.LEFT_HIP, 0.85)),
    ((J.LEFT_WRIST, J.LEFT_ELBOW, 0.51), (J.LEFT_ANKLE, J.LEFT_KNEE, 0.85)),
    ((J.LEFT_PINKY, J.LEFT_WRIST, 0.25), (J.LEFT_INDEX, J.LEFT_WRIST, 0.25), (J.LEFT_THUMB, J.LEFT_WRIST, 0.2),
     (J.LEFT_HEEL, J.LEFT_ANKLE, 0.2), (J.LEFT_FOOT_INDEX, J.LEFT_ANKLE, 0.4)),
)  # fmt: skip
_ROWS = [
    (level, limb, turn[child], turn[parent], length)
    for turn in (range(len(Joint)), MIRROR)
    for limb, (level, child, parent, length) in enumerate(
        (level, *bone) for level, bones in enumerate(_CHAINS) for bone in bones
    )
]
_LEVEL, _LIMB, _CHILD, _PARENT = (np.array([row[i] for row in _ROWS]) for i in range(4))
_USUAL = np.array([row[4] for row in _ROWS])
LIMBS = int(_LIMB.max()) + 1
"""Left and right are alike."""


class Lengths:
    """One person's limbs, as they were seen so far."""

    def __init__(self) -> None:
        self._seen = np.zeros((LIMBS, BINS), dtype=np.int64)

    def learn(self, lengths: Floats, sure: NDArray[np.bool_]) -> None:
        """Take how long (bones,) every limb looks, in torso lengths, where it is `sure`."""
        sure = sure & (lengths <= POSSIBLE * _USUAL)
        bins = np.clip(lengths / BIN, 0, BINS - 1).astype(int)
        np.add.at(self._seen, (_LIMB[sure], bins[sure]), 1)

    @property
    def longest(self) -> Floats:
        """(bones,) how long every limb may look, in torso lengths."""
        counts = self._seen.sum(axis=1)
        reached = np.cumsum(self._seen, axis=1) >= OFTEN * counts[:, None]
        own = LOOSE * np.maximum(_USUAL, (reached.argmax(axis=1) + 1)[_LIMB] * BIN)
        longest: Floats = np.where(counts[_LIMB] >= ENOUGH, own, POSSIBLE * _USUAL)
        return longest

    def held(self, pose: Pose, torso: float) -> Pose:
        """Return `pose` with limbs no longer than they may look; what was drawn in is as much less sure."""
        longest = self.longest * torso
        if not (_lengths(pose.xy) > longest).any():
            return pose
        xy, confidence = pose.xy.copy(), pose.confidence.copy()
        for level in range(len(_CHAINS)):  # a hand hangs from where the elbow has come to
            rows = np.flatnonzero(level == _LEVEL)
            length = _lengths(xy)[rows]
            child, parent = _CHILD[rows], _PARENT[rows]
            share = np.minimum(longest[rows] / np.maximum(length, 1e-9), 1)
            share = np.where(pose.confidence[child] * pose.confidence[parent] > 0, share, 1)
            xy[child] = np.where(
                (share < 1)[:, None], xy[parent] + (xy[child] - xy[parent]) * share[:, None], xy[child]
            )
            confidence[child] *= share
        return replace(pose, xy=xy, confidence=confidence)


def bones(looks: Iterable[Look]) -> Iterator[Look]:
    """Yield looks with limbs held to the length that the player's own have, near or far.

    What it learns from has no memory of its own: one histogram a limb and person.
    """
    known: OrderedDict[int, Lengths] = OrderedDict()
    for moment in moments(looks):
        poses: dict[int, Pose] = {}
        for number, stop in moment.stops.items():
            lengths = known.setdefault(stop.person, Lengths())
            known.move_to_end(stop.person)
            sure = stop.pose.confidence >= SEEN
            lengths.learn(_lengths(stop.pose.xy) / stop.torso, sure[_CHILD] & sure[_PARENT])
            poses[number] = lengths.held(stop.pose, stop.torso)
        while len(known) > REMEMBERED:
            known.popitem(last=False)
        yield posed(moment.look, poses)


def _lengths(xy: Floats) -> Floats:
    """Return (bones,) lengths in frame heights."""
    lengths: Floats = np.hypot(*(xy[_CHILD] - xy[_PARENT]).T)
    return lengths
