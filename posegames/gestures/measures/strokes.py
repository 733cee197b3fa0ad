"""Measures of hands that move: swipes, punches, claps, waving. What each hand does is kept in `Memory.hands`."""

from __future__ import annotations

import math
from itertools import islice

from posegames.gestures.hands import Hand, Spot
from posegames.gestures.measures.scale import level
from posegames.gestures.memory import Memory
from posegames.gestures.posture import LEFT, RIGHT, Posture, Side

ALONE = 0.5
"""Share of a swipe the other hand may have gone in the same time: arms that swing together do not swipe."""
WITH = 0.4
"""Seconds in which the other hand may have done so: it may be a little ahead."""
HOPS, KICKED = 0.1, 0.3
"""How far up, in torso lengths, who hops is; and how far a foot that kicks, as a share of the leg."""
LANDED = 0.3
"""Seconds after a foot came down in which arms still swing back."""
STILL, QUIET = 0.5, 0.5
"""Seconds before the end of a swipe in which the hips have gone no farther than so many torso lengths."""
BLOW = 0.45
"""Seconds a punch takes at most, from the bent arm to the straight one (fast ones .15, slow ones .4)."""
THROWN = 0.25
"""Seconds in which the elbow comes up in a punch towards the camera: who just lifts a hand takes longer."""
RESTS = 0.5
"""Seconds the other hand must have been still while one waves: arms that swing together do not wave."""
DOWN = -0.3
"""Height from the shoulders below which it is not raised."""
MEET = 0.35
"""Seconds in which hands come together for a clap."""


def swipe(memory: Memory, *, upright: bool, way: int) -> float:
    """Return the length of a swipe that was just noticed, by either hand, in torso lengths; 0 if there is none."""
    hands = memory.hands
    if hands.left.fresh() is None and hands.right.fresh() is None:
        return 0.0
    return max(_swiped(memory, hands.of(side), upright, way) for side in (LEFT, RIGHT))


def swipe_left(_posture: Posture, memory: Memory) -> float:
    """Measure a swipe to the own left."""
    return swipe(memory, upright=False, way=-1)


def swipe_right(_posture: Posture, memory: Memory) -> float:
    """Measure a swipe to the own right."""
    return swipe(memory, upright=False, way=1)


def swipe_up(_posture: Posture, memory: Memory) -> float:
    """Measure a swipe up."""
    return swipe(memory, upright=True, way=1)


def swipe_down(_posture: Posture, memory: Memory) -> float:
    """Measure a swipe down."""
    return swipe(memory, upright=True, way=-1)


def _swiped(memory: Memory, hands: tuple[Hand, Hand], upright: bool, way: int) -> float:
    hand, other = hands
    stroke = hand.fresh()
    if stroke is None or len(hand.turns) > 2 or stroke.upright != upright or stroke.way != way:
        return 0.0
    since = min(stroke.begin.time, stroke.end.time - WITH)
    if other.roamed(since, stroke.end.time) >= ALONE * stroke.length or not _stands(memory):
        return 0.0
    return stroke.length


def _stands(memory: Memory) -> bool:
    """Whether both feet are on the floor, and the body has been quiet: arms fly in jumps and kicks."""
    now = memory.trail[-1]
    if memory.lift > HOPS or _lifted(memory) > 0:
        return False
    xs, ys = zip(*(posture.hips for posture in memory.lately(STILL)), strict=True)
    return math.hypot(max(xs) - min(xs), max(ys) - min(ys)) <= QUIET * now.torso


def _lifted(memory: Memory) -> float:
    """Return how high a foot is off the floor, or was when it just came down, as a share of the leg."""
    now = memory.trail[-1].time
    feet = (memory.feet.left, memory.feet.right)
    return max((foot.peak for foot in feet if foot.off or now - foot.fell < LANDED), default=0.0)


def punch(posture: Posture, memory: Memory, side: Side) -> float:
    """Return how surely an arm that was bent is thrown out at the height of the shoulders, 0 to 1.

    Seen from the side the elbow opens to 140 degrees and the fist goes away from the shoulder. Seen from the front
    the arm points at the camera and looks short: the elbow comes up to the shoulder, and the fist stays before it.
    Arms that open together are no punch, nor are
    those that fly up in a kick.
    """
    hand, other = memory.hands.of(side)
    now = hand.way[-1]
    if not -0.65 <= now.y <= 0.9 or (now.angle < 110 and now.elbow < -0.4):
        return 0.0
    opens = now.angle > 110 and abs(now.y) < 0.65
    points = now.elbow > -0.3 and now.reach < 1.2 and other.way[-1].elbow < now.elbow
    if not (opens or points):  # as nearly always, and to look back is dear
        return 0.0
    before = hand.lately(BLOW)
    sure = max(
        _opened(hand, now, before) if opens else 0.0, _pointed(posture, hand, other, before) if points else 0.0
    )
    if sure <= 0.0 or _lifted(memory) > KICKED:
        return 0.0
    return min(sure, level(_shared(hand, other), 0.9, 0.6))


def _shared(hand: Hand, other: Hand) -> float:
    """Return how much of a blow the other arm does as well: as a share of its way, its stretching, its lifting."""
    mine, theirs = hand.lately(BLOW), other.lately(BLOW)
    if not theirs[-1].seen:
        return 0.0
    (begin, now), (first, last) = (min(mine, key=_reach), mine[-1]), (min(theirs, key=_reach), theirs[-1])
    then = other.at(begin.time)
    x, y = now.x - begin.x, now.y - begin.y
    swung = (x * (last.x - then.x) + y * (last.y - then.y)) / max(x * x + y * y, 0.04)
    stretched = (last.reach - first.reach) / max(now.reach - begin.reach, 0.2)
    lifted = (last.elbow - min(map(_elbow, theirs))) / max(now.elbow - min(map(_elbow, mine)), 0.2)
    return max(swung, stretched, lifted)


def _reach(spot: Spot) -> float:
    return spot.reach


def _angle(spot: Spot) -> float:
    return spot.angle


def _elbow(spot: Spot) -> float:
    return spot.elbow


def _opened(hand: Hand, now: Spot, before: list[Spot]) -> float:
    folded = min(before, key=_angle)
    if folded.angle >= 120 or now.reach - folded.reach <= 0.12:
        return 0.0
    return min(
        level(now.angle, 110, 140),
        level(folded.angle, 120, 95),
        level(now.reach - folded.reach, 0.12, 0.28),
        level(now.reach - hand.at(now.time - 0.2).reach, 0.13, 0.19),
        level(abs(now.y), 0.65, 0.4),
        level(_swept(hand), 1.2, 1.0),
        level(folded.y, -0.8, -0.6),
        level(folded.y - now.y, 0.5, 0.3),
    )


def _pointed(posture: Posture, hand: Hand, other: Hand, before: list[Spot]) -> float:
    now, down = hand.way[-1], min(before, key=_elbow)
    thrown = min([spot.elbow for spot in before if spot.time >= now.time - THROWN - 1e-6])
    if now.elbow - thrown <= 0.25:
        return 0.0
    off = abs(posture.x[hand.side.wrist] - posture.x[hand.side.shoulder])
    latest = [spot for spot in before if spot.time >= now.time - 0.07]
    slows = (now.elbow - latest[0].elbow) / max(now.time - latest[0].time, 1e-3)
    fastest = (now.elbow - down.elbow) / max(now.time - down.time, 1e-3)
    return min(
        level(now.elbow, -0.3, -0.1),
        level(now.elbow - thrown, 0.25, 0.38),
        level(_swept(hand), 0.95, 0.8),
        level(other.way[-1].elbow - now.elbow, 0.0, -0.15),
        level(down.angle, 130, 100),
        level(down.y - down.elbow, -0.3, -0.15),
        level(min(before, key=_angle).y, -0.6, -0.45),
        level(off, 0.9, 0.7),
        level(now.reach, 1.2, 1.0),
        level(slows / max(fastest, 0.1), 1.2, 0.8),
    )


def _swept(hand: Hand) -> float:
    """Return how far the hand has gone across: a punch comes from the shoulder, a swipe from the other side."""
    here = hand.way[-1].x
    return max(abs(spot.x - here) for spot in hand.way)


def clap(posture: Posture, memory: Memory) -> float:
    """Measure hands that met, 0 no longer to 1 surely.

    Wrists within .3 torso lengths, at one height, that were .5 apart a moment before, came together at 2 a second
    or faster, and stopped there: arms that cross go on.
    """
    left, right = memory.hands.left.way, memory.hands.right.way
    gap = _gap(left[-1], right[-1])
    if gap > 0.45 or not left[-1].seen or not right[-1].seen or left[-1].y > 0.6 or posture.breadth < 0.35:
        return 0.0
    time, widest, closing, now = left[-1].time, gap, 0.0, 0.0
    later, between, first = time, right[-1].x - left[-1].x, True
    for one, other in islice(zip(reversed(left), reversed(right), strict=False), 1, None):
        if time - one.time > MEET + 1e-6:
            break
        if later - one.time < 0.03 - 1e-6:
            continue
        speed = (other.x - one.x - between) / (later - one.time)
        if first:
            now, first = speed, False
        closing, widest = max(closing, speed), max(widest, _gap(one, other))
        later, between = one.time, other.x - one.x
    return min(
        level(gap, 0.45, 0.3),
        level(abs(left[-1].y - right[-1].y), 0.4, 0.25),
        level(right[-1].x - left[-1].x, -0.06, 0.0),
        level(widest, 0.35, 0.5),
        level(closing, 1.0, 2.0),
        level(now / max(closing, 0.1), 0.7, 0.5),
    )


def _gap(one: Spot, other: Spot) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)


def wave(_posture: Posture, memory: Memory) -> float:
    """Measure how often a raised hand has turned in the last seconds, while the other one rests."""
    left, right = memory.hands.left, memory.hands.right
    return float(max(_waved(left, right), _waved(right, left)))


def _waved(hand: Hand, other: Hand) -> int:
    """Return the turns of a hand, if the other one rests, and is not raised."""
    rests = hand.way[-1].time - other.stirred >= RESTS and (other.way[-1].y < DOWN or not other.way[-1].seen)
    return len(hand.turns) if rests else 0
