"""A player: a slot, and the body in it."""

from __future__ import annotations

from dataclasses import dataclass

from posegames.body.pose import Floats, Pose


@dataclass(frozen=True, slots=True, eq=False)
class Player:
    """Somebody who plays, as of now. The number is the slot, from 1; colour and shape follow from it."""

    number: int
    pose: Pose
    """Smoothed, as of the newest sighting: what gestures and scores are decided on.

    From .5 confidence a joint is seen; it stays so while it flickers (see `posegames.players.sanity`).
    """
    shown: Pose
    """The same moved forward to now: only for drawing."""
    velocity: Floats
    """(33, 2) frame heights a second."""
    torso: float
    """Torso length in frame heights, a slow measure that survives bending: the unit of game lengths."""
    seen: float
    """Capture time of the newest sighting of this player."""
    hidden: bool = False
    """Not in the newest sighting, but expected back: drawn faint, not punished."""
    person: int = 0
    """Who it is, from 1: somebody new in an old slot has a new number, and none is used again within a run."""
    certain: bool = True
    """Whether it is clear who this is; two in equal shirts who came out of a tangle are not."""
    aspect: float = 16 / 9
    """Width over height of the picture they were seen in."""
    raw: Pose | None = None
    """`pose` before it was smoothed; None where nobody smoothed it."""
