"""What each hand does: its strokes, its waving, and both of them meeting.

Lengths in torso lengths, from the middle of the shoulders: who bends, hops or sits moves no hand. Everything is
counted in seconds, and a hand at rest costs next to nothing: only what moved is looked back at.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from posegames.body.joints import Joint
from posegames.gestures.posture import LEFT, RIGHT, SEEN, Posture, Side, bits_of

KEPT = 0.6
"""Seconds of each hand's way that are kept: no stroke takes longer."""
STEP = 0.03
"""Seconds between two spots a speed is taken of: at 60 sightings a second, one step is mostly noise."""
GAP = 0.15
"""Seconds a hand may be out of sight in a stroke."""
MOVED = 0.4
"""Torso lengths a stroke is long, at least."""
FAST = 2.0
"""Torso lengths a second: the least a stroke reaches."""
EDGE, SLOWED = 0.15, 0.5
"""Shares of a stroke's greatest speed: it began where it was slower than EDGE, it is done when it is slower than
SLOWED."""
STALE = 0.2
"""Seconds after its greatest speed a stroke is news."""
SETTLE, CREEP, SLACK = 0.06, 0.03, 0.1
"""A stroke is over when its hand has not got CREEP torso lengths farther for SETTLE seconds, or was slower than
SLACK of its mean speed: told any earlier, an arm that drops looks like a swipe down that ends at the belly."""
RETURN, MATCH = 0.8, 1.25
"""So many seconds after a stroke, one the other way is the hand coming back, unless it is longer by so much."""
LEAST = 0.5
"""Torso lengths a swipe is long, at least, when it slows down: by then four fifths of it are done."""
LOW, HIGH = -0.9, 0.95
"""Heights from the shoulders between which a hand swipes. A hanging one is below (-1.0 and less), one stretched up
above: so no arm that is raised or dropped is a swipe."""
CHEST, HEAD = -0.55, 0.7
"""Heights between which a swipe across begins: below, the hand is still on its way up, or drops; above, it is held
up."""
MIDDLE = 0.35
"""A swipe across comes so near to the middle of the shoulders, or crosses it: a hand waves beside the head."""
SLANT = 0.65
"""How far a swipe comes off its way, as a share of it: 33 degrees."""
SWAY = 0.08, 0.07
"""Torso lengths a waving hand goes to and fro, at least: six times noise of .4 % of a body's height. Less without
its tip: many wave with the hand alone (of 20 wavers .08 tells 10, .07 12, .06 13 and three false ones more)."""
UPRIGHT = 0.6
"""How much higher than aside a waving hand is from its elbow, at least: within 60 degrees of upright."""
FLICK = 0.07, 0.55
"""Seconds from one turn of a waving hand to the next: .9 to 7 hertz."""
HOIST = 0.16
"""Torso lengths a waving hand goes up or down in .15 seconds, at most: one that comes up, or drops, turns too."""
FINGERS = 1.31
"""From the elbow to the index, in forearms (6,759 arms as BlazePose sees them: 1.25 to 1.38)."""
STIR = 0.08
"""Torso lengths a hand goes in a tenth of a second that is not at rest."""
WAVED = 1.5
"""Seconds in which turns are counted."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a hand was."""

    time: float
    x: float
    """Of the wrist, to the player's own right."""
    y: float
    """Of the wrist, up."""
    elbow: float
    """Height of the elbow above its own shoulder."""
    reach: float
    """From the shoulder to the wrist, as it looks."""
    angle: float
    """Of the elbow, 0..180 degrees."""
    seen: bool


@dataclass(frozen=True, slots=True)
class Stroke:
    """A hand that went one way, and slows down."""

    time: float
    """When that was noticed."""
    upright: bool
    """Whether it went up or down, not across."""
    way: int
    """-1 to the own left, or down; 1 to the own right, or up."""
    length: float
    across: float
    """How far it came off that way."""
    begin: Spot
    end: Spot

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self.end.time - self.begin.time

    @property
    def swipes(self) -> bool:
        """Whether it was between the hips and the head, and straight; if across, before the body."""
        start, end = self.begin, self.end
        low, high = (LOW, HIGH) if self.upright else (CHEST, HEAD)
        fits = min(start.y - low, end.y - low, high - start.y, HIGH - end.y) >= 0
        fits = fits and (self.upright or (min(start.x, end.x) <= MIDDLE and max(start.x, end.x) >= -MIDDLE))
        return fits and self.length >= LEAST and self.across <= SLANT * self.length

    @classmethod
    def between(cls, begin: Spot, end: Spot, upright: bool, way: int) -> Stroke:
        """Return the stroke from `begin` to `end`, noticed there."""
        x, y = end.x - begin.x, end.y - begin.y
        length, across = (way * y, abs(x)) if upright else (way * x, abs(y))
        return cls(end.time, upright, way, length, across, begin, end)


class Hand:
    """One hand, and what is kept of its way."""

    def __init__(self, side: Side, tip: Joint) -> None:
        self.side, self.tip = side, tip
        self._arm, self._needs = side.arm, bits_of(side.arm)
        self.way: deque[Spot] = deque()
        """The last `KEPT` seconds, the newest last."""
        self.stroke: Stroke | None = None
        """The latest that is over, if it swiped."""
        self._stroking: Stroke | None = None
        """One that slows down."""
        self.turns: deque[float] = deque()
        """When the raised hand turned from one side to the other, in the last `WAVED` seconds."""
        self.stirred = -math.inf
        """When it last moved."""
        self._swing = 0
        self._end = 0.0
        """How far it has gone to the side it swings to."""

    def see(self, posture: Posture) -> None:
        """Take a sighting."""
        (middle, top), way = posture.shoulders, self.way
        shoulder, elbow, wrist = self._arm
        if way and posture.time - way[-1].time > KEPT:
            way.clear()
        way.append(
            Spot(
                posture.time,
                posture.x[wrist] - middle,
                posture.y[wrist] - top,
                posture.y[elbow] - posture.y[shoulder],
                posture.apart(shoulder, wrist),
                posture.angle(shoulder, elbow, wrist),
                posture.bits & self._needs == self._needs,
            )
        )
        while way[0].time < posture.time - KEPT - 1e-6:
            way.popleft()
        if way[-1].seen and self.went(0.1) > STIR:
            self.stirred = posture.time
        self._look_back()
        self._swings(posture, middle)

    def fresh(self, seconds: float = 0.0) -> Stroke | None:
        """Return a stroke that was noticed now, or up to `seconds` ago."""
        stroke = self.stroke
        return stroke if stroke is not None and self.way[-1].time - stroke.time <= seconds else None

    def lately(self, seconds: float) -> list[Spot]:
        """Return where it was in the last `seconds`, the newest last."""
        earliest = self.way[-1].time - seconds - 1e-6
        return [spot for spot in self.way if spot.time >= earliest]

    def at(self, time: float) -> Spot:
        """Return where it was at `time`, or first after it."""
        found = self.way[-1]
        for spot in reversed(self.way):
            if spot.time < time - 1e-6:
                break
            found = spot
        return found

    def went(self, seconds: float) -> float:
        """Return how far it is from where it was `seconds` ago."""
        now = self.way[-1]
        then = self.at(now.time - seconds)
        return math.hypot(now.x - then.x, now.y - then.y)

    def roamed(self, since: float, until: float) -> float:
        """Return how far from where it was at `until` it has been since, and before that back to `since`."""
        then = self.at(until)
        return max(math.hypot(spot.x - then.x, spot.y - then.y) for spot in self.way if spot.time >= since)

    def _look_back(self) -> None:
        now, stroke = self.way[-1], self._stroking
        if not now.seen:
            return
        if stroke is not None:
            farther = Stroke.between(stroke.begin, now, stroke.upright, stroke.way)
            if farther.length > stroke.length + max(CREEP, SLACK * SETTLE * stroke.length / stroke.seconds):
                self._stroking = farther
            elif now.time - stroke.end.time >= SETTLE - 1e-6:
                self._stroking = None
                if stroke.swipes and not self._returns(stroke):
                    self.stroke = replace(stroke, time=now.time)
        elif now.time - self.stirred > STALE:
            return  # a hand at rest, as nearly always
        elif self.stroke is None or now.time - self.stroke.time >= STALE:
            self._stroking = self._stroke(upright=False) or self._stroke(upright=True)

    def _steps(self, *, upright: bool) -> Iterator[tuple[float, Spot, Spot]]:
        """Yield the speed along one axis, and from where to where, back in time, as long as the hand was seen.

        A fast one blurs: a gap is bridged.
        """
        later = self.way[-1]
        for spot in islice(reversed(self.way), 1, None):
            dt = later.time - spot.time
            if dt > GAP:
                return
            if spot.seen and dt >= STEP - 1e-6:
                yield ((later.y - spot.y) if upright else (later.x - spot.x)) / dt, spot, later
                later = spot

    def _stroke(self, *, upright: bool) -> Stroke | None:
        """Return the stroke along one axis that ends now, if there is one."""
        now = begin = self.way[-1]
        fastest, at, way = 0.0, now.time, 0
        slow: float | None = None
        for speed, spot, later in self._steps(upright=upright):
            slow = speed if slow is None else slow
            if fastest < FAST and now.time - later.time > STALE:
                return None
            if fastest >= FAST and speed * way < EDGE * fastest:
                break
            if abs(speed) > fastest:
                fastest, way, at = abs(speed), (1 if speed > 0 else -1), later.time
            begin = spot
        if slow is None or fastest < FAST or slow * way > SLOWED * fastest or now.time - at > STALE:
            return None
        found = Stroke.between(begin, now, upright, way)
        return found if found.length >= max(MOVED, found.across) else None

    def _returns(self, stroke: Stroke) -> bool:
        before = self.stroke
        if before is None or stroke.time - before.time > RETURN:
            return False
        opposite = before.upright == stroke.upright and before.way != stroke.way
        return opposite and stroke.length < MATCH * before.length

    def _swings(self, posture: Posture, middle: float) -> None:
        """Look whether the hand turned, while the forearm points up."""
        time, turns, now = posture.time, self.turns, self.way[-1]
        while turns and turns[0] < time - WAVED - 1e-6:
            turns.popleft()
        if turns and time - turns[-1] > FLICK[1]:
            turns.clear()
        _, elbow, wrist = self._arm
        if not now.seen or now.y < -0.3 or posture.y[wrist] < posture.y[elbow] + 0.2:
            self._swing = 0
            turns.clear()
            return
        aside, up = self._forearm(posture)
        place = posture.x[elbow] + aside - middle
        if self._swing == 0:
            self._swing, self._end = 1, place
        elif self._swing * (place - self._end) > 0:
            self._end = place
        elif abs(place - self._end) >= SWAY[posture.sure[self.tip] < SEEN]:
            self._swing, self._end = -self._swing, place
            if turns and time - turns[-1] < FLICK[0]:
                turns.clear()
            if up >= UPRIGHT * abs(aside) and abs(now.y - self.at(time - 0.15).y) <= HOIST:
                turns.append(time)

    def _forearm(self, posture: Posture) -> tuple[float, float]:
        """Return how far the tip of the hand is from the elbow, across and up."""
        (_, elbow, wrist), tip = self._arm, self.tip
        # Skeletons of 17 points have no hands: as if the forearm went on.
        end, longer = (tip, 1.0) if posture.sure[tip] >= SEEN else (wrist, FINGERS)
        return longer * (posture.x[end] - posture.x[elbow]), longer * (posture.y[end] - posture.y[elbow])


class Hands:
    """Both hands of a player."""

    def __init__(self) -> None:
        self.left, self.right = Hand(LEFT, Joint.LEFT_INDEX), Hand(RIGHT, Joint.RIGHT_INDEX)

    def see(self, posture: Posture) -> None:
        """Take the newest sighting."""
        self.left.see(posture)
        self.right.see(posture)

    def of(self, side: Side) -> tuple[Hand, Hand]:
        """Return the hand of a side, and the other one."""
        return (self.left, self.right) if side is LEFT else (self.right, self.left)
