"""What a body can do: joints that flicker, leap or stretch a bone are held for a moment, and said to be doubtful.

It has a memory, so there is one for each body, after it is decided whose body it is.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from posegames.body.joints import COUNT, MIRROR, Joint
from posegames.body.measure import TORSO
from posegames.body.pose import Floats, Pose

J = Joint
Mask = NDArray[np.bool_]
ENTER, DROP = 0.65, 0.35
"""Confidence from which an unseen joint is seen, and below which a seen one is not (BlazePose's flicker by .1 to
.2 from frame to frame where a joint is half hidden)."""
PLAIN, UNSURE = 0.5, 0.45
"""What is told of them: at least PLAIN of a joint that is seen, at most UNSURE of one that is not. Everybody else
asks for .5, once."""
HELD = 0.1
"""Seconds a joint is held at most. What goes on longer is so, however strange."""
SLACK = 0.15
"""Torso lengths a joint may always be off."""
STRETCH = 1.5
"""How many times longer than it ever was a bone may look. A limb that turns away only looks shorter; one that
comes nearer looks larger, by less than this."""
MOST = 1 / 3
"""Share of the seen joints beyond which it is not they that are wrong: somebody else, or another camera."""

# Torso lengths a second, against the trunk. Untrained adults and children in 579 recordings of 58 moves (punches,
# kicks, throws) sustain at most, in 9,999 of 10,000 frames: head 5, shoulders 7, elbows 10, wrists 15, hands 17,
# knees 9, ankles 12, feet 12. Half as much again is granted, and more to feet: nobody there kicks in earnest.
_SPEEDS = {J.LEFT_ELBOW: 15.0, J.LEFT_WRIST: 22.0, J.LEFT_PINKY: 26.0, J.LEFT_INDEX: 26.0, J.LEFT_THUMB: 26.0,
           J.LEFT_KNEE: 14.0, J.LEFT_ANKLE: 22.0, J.LEFT_HEEL: 24.0, J.LEFT_FOOT_INDEX: 26.0}  # fmt: skip
_TRUNK_SPEED = 10.0
# From the trunk outwards: child, parent, and the length of the bone in torso lengths that anybody is granted.
_CHAINS = (
    ((J.LEFT_ELBOW, J.LEFT_SHOULDER, 0.65), (J.LEFT_KNEE, J.LEFT_HIP, 0.95)),
    ((J.LEFT_WRIST, J.LEFT_ELBOW, 0.6), (J.LEFT_ANKLE, J.LEFT_KNEE, 0.95)),
    ((J.LEFT_PINKY, J.LEFT_WRIST, 0.3), (J.LEFT_INDEX, J.LEFT_WRIST, 0.3), (J.LEFT_THUMB, J.LEFT_WRIST, 0.25),
     (J.LEFT_HEEL, J.LEFT_ANKLE, 0.25), (J.LEFT_FOOT_INDEX, J.LEFT_ANKLE, 0.5)),
)  # fmt: skip
_ROWS = [
    (level, turn[child], turn[parent], length)
    for level, bones in enumerate(_CHAINS)
    for child, parent, length in bones
    for turn in (range(COUNT), MIRROR)
]
_LEVEL, _CHILD, _PARENT = (np.array([row[i] for row in _ROWS]) for i in range(3))
_GRANTED = np.array([row[3] for row in _ROWS])
_SPEED = np.full(COUNT, _TRUNK_SPEED)
for _joint, _most in _SPEEDS.items():
    _SPEED[[_joint, MIRROR[_joint]]] = _most
_TORSO = list(TORSO)


class Sanity:
    """One body's. Never later than the sighting it is told of: a joint is held only while it is impossible."""

    def __init__(self) -> None:
        self._xy: Floats | None = None
        """Where each joint is held to be."""
        self._time = np.full(COUNT, -np.inf)
        """When each was last seen and believed."""
        self._seen = np.zeros(COUNT, dtype=bool)
        self._longest = _GRANTED.copy()
        """Of each bone, in torso lengths: as it was ever seen."""
        self.held = 0
        """Joints held by now, counted anew for every sighting."""

    def __call__(self, pose: Pose, time: float, torso: float) -> Pose:
        """Return `pose` as far as it can be; `torso` is the body's torso length in frame heights."""
        least = PLAIN if self._xy is None else np.where(self._seen, DROP, ENTER)
        seen = pose.confidence >= least
        xy, sure = pose.xy, seen
        if self._xy is not None:
            xy, wrong = self._judged(pose.xy, self._xy, seen, time - self._time, torso)
            sure = seen & ~wrong
        lengths = _lengths(xy, torso)
        np.maximum(self._longest, np.where(sure[_CHILD] & sure[_PARENT], lengths, 0), out=self._longest)
        self._time[sure] = time
        self._time[~seen] = -np.inf
        self._xy, self._seen, self.held = xy, seen, int(seen.sum() - sure.sum())
        confidence = np.where(sure, np.maximum(pose.confidence, PLAIN), np.minimum(pose.confidence, UNSURE))
        return replace(pose, xy=xy, confidence=confidence)

    def _judged(self, xy: Floats, before: Floats, seen: Mask, gap: Floats, torso: float) -> tuple[Floats, Mask]:
        """Return where the joints are held to be, and which of them are not where they were seen."""
        # As the trunk goes, the whole body goes; the middle two of its four corners say where.
        expected = before + np.sort(xy[_TORSO] - before[_TORSO], axis=0)[1:3].mean(axis=0)
        tied = seen & (gap <= HELD)
        away = ((xy - expected) ** 2).sum(axis=1)
        wrong = tied & (away > ((SLACK + _SPEED * gap) * torso) ** 2)
        longest, hung = STRETCH * self._longest, tied[_CHILD] & seen[_PARENT]
        if not (wrong.any() or (hung & (_lengths(xy, torso) > longest)).any()):
            return xy, wrong
        held = np.where(wrong[:, None], expected, xy)
        for level in range(len(_CHAINS)):  # a hand is not at fault where the elbow leapt away from it
            stretched = _CHILD[hung & (level == _LEVEL) & (_lengths(held, torso) > longest)]
            wrong[stretched], held[stretched] = True, expected[stretched]
        if wrong.sum() > MOST * seen.sum():
            return xy, np.zeros_like(wrong)
        return held, wrong


def _lengths(xy: Floats, torso: float) -> Floats:
    """Return how long each bone looks, in torso lengths."""
    lengths: Floats = np.sqrt(((xy[_CHILD] - xy[_PARENT]) ** 2).sum(axis=1)) / torso
    return lengths
