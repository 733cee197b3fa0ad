"""What each hand does: its strokes, its waving, and both of them meeting.

Lengths in torso lengths, from the middle of the shoulders: who bends, hops or sits moves no hand. Everything is counted in
seconds, and a hand at rest costs next to nothing: only what moved is looked back at.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from itertools import islice

from posegames.body.joints import Joint
from posegames.gestures.posture import LEFT, RIGHT, Posture, Side

KEPT = 0.6
"""Seconds of each hand's way that are kept: no stroke takes longer."""
STEP = 0.03
"""Seconds between two spots a speed is taken of: at 60 sightings a second, one step is mostly noise."""
MOVED = 0.4
"""Torso lengths a hand has gone in `KEPT` seconds before it is asked whether it was a stroke."""
FAST = 2.0
"""Torso lengths a second: the least a stroke reaches."""
EDGE, SLOWED = 0.15, 0.5
"""Shares of a stroke's greatest speed: it began where it was slower than EDGE, it is done when it is slower than
SLOWED."""
STALE = 0.2
"""Seconds after its greatest speed a stroke is news."""
RETURN, MATCH = 0.6, 1.25
"""So many seconds after a stroke, one the other way is the hand coming back, unless it is longer by so much."""
SWAY = 0.09
"""Torso lengths a waving hand goes to and fro, at least (noise of .4 % of a body's height is .013)."""
FLICK = 0.07, 0.55
"""Seconds from one turn of a waving hand to the next: .9 to 7 hertz."""
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
    seconds: float
    low: float
    """Height of the lower end, from the shoulders."""
    high: float
    """Height of the higher end."""


class Hand:
    """One hand, and what is kept of its way."""

    def __init__(self, side: Side, tip: Joint) -> None:
        self.side, self.tip = side, tip
        self.way: deque[Spot] = deque()
        """The last `KEPT` seconds, the newest last."""
        self.stroke: Stroke | None = None
        """The latest."""
        self.turns: deque[float] = deque()
        """When the raised hand turned from one side to the other, in the last `WAVED` seconds."""
        self._swing = 0
        self._end = 0.0
        """How far it has gone to the side it swings to."""

    def see(self, posture: Posture) -> None:
        """Take a sighting."""
        (middle, top), side, way = posture.shoulders, self.side, self.way
        shoulder, elbow, wrist = side.arm
        if way and posture.time - way[-1].time > KEPT:
            way.clear()
        way.append(
            Spot(
                posture.time,
                posture.x[wrist] - middle,
                posture.y[wrist] - top,
                posture.y[elbow] - posture.y[shoulder],
                posture.apart(shoulder, wrist),
                posture.angle(*side.arm),
                posture.seen(side.arm),
            )
        )
        while way[0].time < posture.time - KEPT - 1e-6:
            way.popleft()
        self._look_back()
        self._swings(posture)

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
        return next((spot for spot in self.way if spot.time >= time - 1e-6), self.way[-1])

    def went(self, seconds: float) -> float:
        """Return how far it is from where it was `seconds` ago."""
        now = self.way[-1]
        then = self.at(now.time - seconds)
        return math.hypot(now.x - then.x, now.y - then.y)

    def _look_back(self) -> None:
        now = self.way[-1]
        if not now.seen or (self.stroke is not None and now.time - self.stroke.time < STALE):
            return
        for upright in (False, True):
            found = self._stroke(upright=upright)
            if found is not None and not self._returns(found):
                self.stroke = found
                return

    def _stroke(self, *, upright: bool) -> Stroke | None:
        """Return the stroke along one axis that ends now, if there is one."""
        now = later = self.way[-1]
        here = now.y if upright else now.x
        fastest = at = slow = 0.0
        way = 0
        first = True
        begin = now
        for spot in islice(reversed(self.way), 1, None):
            dt = later.time - spot.time
            if not spot.seen:
                break
            if dt < STEP - 1e-6:
                continue
            speed = ((later.y - spot.y) if upright else (later.x - spot.x)) / dt
            if first:
                slow, first = speed, False
            if fastest < FAST and now.time - later.time > STALE:
                return None
            if abs(speed) > fastest and (way == 0 or speed * way > 0 or fastest < FAST):
                fastest, way, at = abs(speed), (1 if speed > 0 else -1), later.time
            if fastest >= FAST and speed * way < EDGE * fastest:
                break
            later = begin = spot
        if fastest < FAST or slow * way > SLOWED * fastest or now.time - at > STALE:
            return None
        length = way * (here - (begin.y if upright else begin.x))
        if length < MOVED:
            return None
        across = abs((now.x - begin.x) if upright else (now.y - begin.y))
        low, high = sorted((now.y, begin.y))
        return Stroke(now.time, upright, way, length, across, now.time - begin.time, low, high)

    def _returns(self, stroke: Stroke) -> bool:
        before = self.stroke
        if before is None or stroke.time - before.time > RETURN:
            return False
        opposite = before.upright == stroke.upright and before.way != stroke.way
        return opposite and stroke.length < MATCH * before.length

    def _swings(self, posture: Posture) -> None:
        """Look whether the hand turned, while the forearm points up."""
        time, turns, now = posture.time, self.turns, self.way[-1]
        while turns and turns[0] < time - WAVED - 1e-6:
            turns.popleft()
        elbow = self.side.elbow
        if not now.seen or now.y < -0.3 or posture.y[self.side.wrist] < posture.y[elbow] + 0.2:
            self._swing = 0
            turns.clear()
            return
        tip = self.tip if posture.sure[self.tip] >= 0.5 else self.side.wrist
        place = posture.x[tip] - posture.x[elbow]
        if self._swing == 0:
            self._swing, self._end = 1, place
        elif self._swing * (place - self._end) > 0:
            self._end = place
        elif abs(place - self._end) >= SWAY:
            self._swing, self._end = -self._swing, place
            if turns and not FLICK[0] <= time - turns[-1] <= FLICK[1]:
                turns.clear()
            turns.append(time)


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
