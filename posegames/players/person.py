"""A person: what is remembered of somebody, so that they are known again."""

from __future__ import annotations

import math

import numpy as np

from posegames.body.joints import Joint
from posegames.body.pose import Floats
from posegames.body.smooth import low_pass
from posegames.players.appearance import OTHER, Appearance, unlike
from posegames.players.prediction import coast
from posegames.players.trail import PLAIN, TRUST, Body, Trail

COLOUR = 6.0
"""What a whole difference of colours costs."""
UNKNOWN = 0.9
"""What colours cost where one of the two has not been seen: as much as the same clothes, not at their best."""
STRANGE = 0.25
"""Somebody whose slot was freed is known again by colours that differ less; there is no other sign."""
SIZES = 0.04
"""How much (as a logarithm) one body's torso differs from one moment to another; and more with every second."""
PLACES = 0.4, 0.8
"""How far, in torso lengths, somebody may be from where they are expected: at once, and more a second."""
REACH, SPEED = 1.5, 3.0
"""How far from where they are expected somebody is looked for whose colours are not known, in torso lengths: at
once, and more a second."""
HERE = 1.0
"""Torso lengths from where somebody is expected, within which they need not show their clothes to be known."""
BLIND = 1.0
"""Seconds after which people are told apart without colours, where none are to be seen."""
PACES = 1.0, 1.5
"""How much, in torso lengths a second, somebody may walk otherwise than before: at once, and more a second."""
STARTED = 0.15
"""Seconds after which it shows how a body walks."""
MOTION = 4.0
"""The most that place and pace together cost."""
FORGET = 1.5
"""Seconds in which a place loses most of its meaning for somebody whose colours are known."""
KEEP = 2.5
"""What it is worth to leave a trail to whom it has belonged to, if nothing stood in the way."""
HOLD = 0.3
"""What it is always worth: nobody changes over for nothing."""
CHANGED = 1.5
"""Seconds in other colours after which somebody who has been plainly there has taken off a jacket."""
WELL = 3
"""Looks after which colours are trusted to tell two people apart."""
ASKED, ABOVE = 0.4, 0.15
"""Who holds a hand so many torso lengths above the nose for so many seconds asks to play."""
LEARN = 0.2
"""Hz; how fast the memory of colours follows what is seen: the light changes, jackets are taken off."""

_NOSE_AND_WRISTS = np.array([Joint.NOSE, Joint.LEFT_WRIST, Joint.RIGHT_WRIST])


class Person:
    """Somebody who was here. Nothing is learnt while it is in doubt who is who."""

    def __init__(self, number: int, trail: Trail) -> None:
        self.number = number
        """From 1, never given again within a run."""
        self.born = trail.born
        self.trail: Trail | None = trail
        """The body that is theirs; None while they are not seen."""
        self.asked = False
        """Whether they have ever raised a hand to play."""
        self._raised = math.inf
        self.show(trail)
        self.slot: int | None = None
        self.old_slot: int | None = None
        self.doubtful = -math.inf
        """Until when it is not certain that this is them."""
        self._place, self._walk, self._size, self._time = trail.place, trail.walk, trail.torso, trail.seen
        self._look = self._latest_look = trail.look
        self._looked, self._other = trail.seen, math.inf

    def show(self, trail: Trail) -> None:
        """Take the body that is theirs, for now."""
        self.body = trail.body
        self.latest = trail.place, trail.walk, trail.seen
        if not self.asked:
            self._raised = min(self._raised, trail.seen) if raises(self.body) else math.inf
            self.asked = trail.seen - self._raised >= ASKED - 1e-6

    def learn(self, trail: Trail) -> None:
        """Remember somebody who is surely this person."""
        if trail.look is not None and trail.look is not self._latest_look:
            self._latest_look = trail.look
            self._recall(trail.look, trail.seen)
        self._place, self._walk, self._time = trail.place, trail.walk, trail.seen
        if trail.length is not None:
            self._size = trail.length

    def _recall(self, look: Appearance, time: float) -> None:
        """Let what is remembered of the colours follow those seen now; quite other ones have to stay a while."""
        if self._look is None or unlike(self._look, look) <= OTHER:
            old = look if self._look is None else self._look
            self._look = old + (look - old) * low_pass(LEARN, max(time - self._looked, 1e-3))
            self._other = math.inf
        else:
            self._other = min(self._other, time)
            if time - self._other > CHANGED:
                self._look = look
        self._looked = time

    def expected(self, time: float) -> Floats:
        """Return where their torso should be by `time`, from when it was last certain where they were."""
        return self._place + self._walk * np.float32(coast(time - self._time))

    def about(self, time: float) -> Floats:
        """Return where their torso should be by `time`, from when they were last seen."""
        place, walk, seen = self.latest
        return place + walk * np.float32(coast(time - seen))

    def strangeness(self, trail: Trail, time: float) -> float:
        """Return how unlike this person a body is; inf if it cannot be them."""
        gap = time - self._time
        kept = trail is self.trail
        moved = float(np.hypot(*(trail.place - self.expected(time)))) / self._size
        colour = None if self._look is None or trail.look is None else unlike(self._look, trail.look)
        if kept:
            # After a tangle other colours are somebody else's; otherwise they may be another light, or no jacket.
            possible = colour is None or colour <= OTHER or trail.faith >= TRUST
        else:
            possible = self._possible(trail, time, moved, colour)
        if not possible:
            return math.inf
        cost = UNKNOWN if colour is None else COLOUR * colour
        if trail.length is not None:
            spread = SIZES + 0.15 * max(0.0, gap - 0.5)
            cost += min(0.5 * (math.log(trail.length / self._size) / spread) ** 2, 3.0)
        motion = _unlikely(moved, PLACES, gap, 4.0)
        if time - trail.born >= STARTED:
            motion += _unlikely(float(np.hypot(*(trail.walk - self._walk))) / self._size, PACES, gap, 2.0)
        motion = min(motion, MOTION)
        if colour is not None:
            away = time - self.latest[2]
            motion *= math.exp(-max(0.0, away - FORGET) / FORGET)
        return cost + motion - kept * (HOLD + KEEP * trail.faith)

    def resembles(self, other: Person) -> bool:
        """Whether colours do not tell the two apart."""
        return self._look is None or other._look is None or unlike(self._look, other._look) <= OTHER

    def _possible(self, trail: Trail, time: float, moved: float, colour: float | None) -> bool:
        if colour is not None:
            alike = trail.looks > 0 and colour <= (OTHER if self.slot is not None else STRANGE)
            if not alike or trail.looks >= WELL:
                return alike
        if colour is None and self._look is not None and time - max(trail.born, trail.asked) < BLIND:
            # They will be known by their clothes as soon as these are seen, unless they were here just now.
            return self.slot is not None and moved <= HERE and time - self.latest[2] <= BLIND
        return self.slot is not None and moved <= REACH + SPEED * (time - self._time)


def raises(body: Body) -> bool:
    """Whether a hand is held above the head."""
    nose, *wrists = body.pose.xy[:, 1].take(_NOSE_AND_WRISTS).tolist()
    plain, *sure = body.pose.confidence.take(_NOSE_AND_WRISTS).tolist()
    above = nose - ABOVE * body.torso
    return plain >= PLAIN and any(
        share >= PLAIN and wrist < above for share, wrist in zip(sure, wrists, strict=True)
    )


def _unlikely(off: float, spread: tuple[float, float], gap: float, most: float) -> float:
    """Return what it costs to be so far `off`, `gap` seconds after."""
    at_once, more = spread
    return min(0.5 * (off / (at_once + more * gap)) ** 2, most)
