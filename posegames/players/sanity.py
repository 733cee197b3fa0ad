"""What a body can do: joints that flicker, leap or stretch a bone are held for a moment, and said to be doubtful.

It has a memory, which belongs to a body, so it comes after it is decided whose body it is. All bodies of a
sighting are judged at once: of small arrays each look costs more than what it looks at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from posegames.body.joints import COUNT, MIRROR, Joint
from posegames.body.measure import TORSO
from posegames.body.pose import Floats

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
_TORSO = np.array(TORSO)


@dataclass(frozen=True, slots=True, eq=False)
class Sanity:
    """What is believed of some bodies so far, a row of each array for each of them.

    Never later than the sighting it is told of: a joint is held only while it is impossible.
    """

    xy: Floats
    """(n, 33, 2) where each joint is held to be."""
    time: Floats
    """(n, 33) when each was last seen and believed."""
    seen: Mask
    """(n, 33)"""
    longest: Floats
    """(n, bones) of each bone, in torso lengths: as it was ever seen."""

    @classmethod
    def begin(cls, xy: Floats, confidence: Floats) -> Self:
        """Return what is known of bodies (n, 33, 2) seen for the first time: nothing that could be wrong."""
        never = np.full(confidence.shape, -np.inf)
        return cls(xy, never, confidence >= PLAIN, np.repeat(_GRANTED[None], len(xy), axis=0))

    def judged(self, xy: Floats, confidence: Floats, time: float, torso: Floats) -> tuple[Sanity, Floats, Floats]:
        """Take bodies as they were seen at `time`; return what is believed now, and their `xy` and `confidence`.

        `torso` (n,) is each one's torso length in frame heights.
        """
        seen = confidence >= np.where(self.seen, DROP, ENTER)
        # As the trunk goes, the whole body goes; the middle two of its four corners say where.
        corners = np.sort((xy - self.xy).take(_TORSO, axis=1), axis=1)
        expected = self.xy + corners[:, 1:3].sum(axis=1, keepdims=True) / 2
        gap = time - self.time
        tied = seen & (gap <= HELD)
        wrong = tied & (_squared(xy - expected) > ((SLACK + _SPEED * gap) * torso[:, None]) ** 2)
        lengths, most = _lengths(xy, torso[:, None]), STRETCH * self.longest
        longest = np.where(tied.take(_CHILD, axis=1) & seen.take(_PARENT, axis=1), most, np.inf)
        stretched = lengths > longest
        if wrong.any() or stretched.any():
            xy = xy.copy()
            for i in np.flatnonzero(wrong.any(axis=1) | stretched.any(axis=1)):
                held, amiss = _held(xy[i], expected[i], wrong[i], longest[i], torso[i])
                if amiss.sum() <= MOST * seen[i].sum():
                    xy[i], wrong[i] = held, amiss
                else:
                    wrong[i] = False
            lengths = _lengths(xy, torso[:, None])
        sure = seen & ~wrong
        believed = Sanity(
            xy,
            np.where(seen, np.where(sure, time, self.time), -np.inf),
            seen,
            np.maximum(self.longest, np.where(sure.take(_CHILD, axis=1) & sure.take(_PARENT, axis=1), lengths, 0)),
        )
        return believed, xy, np.where(sure, np.maximum(confidence, PLAIN), np.minimum(confidence, UNSURE))


def _held(xy: Floats, expected: Floats, wrong: Mask, longest: Floats, torso: float) -> tuple[Floats, Mask]:
    """Return where one body's joints are held to be, and which of them are not where they were seen.

    `longest` says of each bone, in torso lengths, how long it may look; inf where nothing hangs on it.
    """
    wrong, held = wrong.copy(), np.where(wrong[:, None], expected, xy)
    for level in range(len(_CHAINS)):  # a hand is not at fault where the elbow leapt away from it
        stretched = _CHILD[(level == _LEVEL) & (_lengths(held, torso) > longest)]
        wrong[stretched], held[stretched] = True, expected[stretched]
    return held, wrong


def _lengths(xy: Floats, torso: Floats | float) -> Floats:
    """Return how long each bone looks, in torso lengths; of one body, or of many."""
    child, parent = xy.take(_CHILD, axis=-2), xy.take(_PARENT, axis=-2)
    lengths: Floats = np.sqrt(_squared(child - parent)) / np.float32(torso)
    return lengths


def _squared(way: Floats) -> Floats:
    across, up = way[..., 0], way[..., 1]
    squared: Floats = across * across + up * up
    return squared
