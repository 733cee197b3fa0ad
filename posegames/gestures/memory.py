"""What is usual for a player: where they stand, how tall, how upright; and the last moments of what they did."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from posegames.body.joints import Joint
from posegames.body.measure import SHOULDERS, TORSO
from posegames.gestures.bust import Bust
from posegames.gestures.feet import Feet
from posegames.gestures.ground import Ground
from posegames.gestures.hands import Hands
from posegames.gestures.posture import LEFT, RIGHT, Posture, bits_of

SPAN = 1.5
"""Seconds of the past that are kept."""
HOME = 18.0
"""Seconds (time constant) in which home follows a player who stands elsewhere."""
CALM, CALM_FOR, RESTLESS = 0.12, 0.3, 3.0
"""Home is where somebody first moved less than CALM torso lengths in CALM_FOR seconds; at the latest after
RESTLESS seconds."""
FAR, FAR_FOR = 2.5, 2.0
"""Somebody who stays FAR torso lengths away for FAR_FOR seconds has moved house."""
FAR_SIZE = 0.45
"""So has somebody whose size differs by so much (a share, natural logarithm)."""
GROW, SHRINK = 0.3, 30.0
"""Seconds in which the standing leg follows a longer one, and a shorter one: who sits down for good stands, after
half a minute, so."""
STOOD = 0.15
"""Seconds a take-off has lasted at most when it is noticed: how they stood is asked of what was before."""
LONGEST = 2.6
"""Torso lengths from hip to ankle beyond which a leg is none (untrained adults and children: 1.4 to 2.3)."""
NEAR = 1.15
"""Of the size at home: so near the feet, far below the camera, make legs look longer than they are."""
TILT = 10.0
"""Degrees the neutral lean may be off the plumb line: a camera that hangs askew, not a player who leans."""
STARTLE = 0.3
"""Seconds the whole trunk must have been seen, with nothing impossible, before something sudden is believed."""
READY = 0.5
"""The same for somebody new, who may still be walking in."""
BLINK = 0.1
"""Seconds for which a joint of the trunk that is not seen says nothing: it was put right, or hidden by a hand."""
HIPLESS = 1.0
"""Seconds after which hips that are not seen are not waited for: somebody at a desk, of whom shoulders must do."""
LEAP = 0.5, 12.0
"""Torso lengths nobody moves between two sightings: so many, and so many more a second (a sprint is 10 of them).
Whoever does is somebody else by now, or was put right."""
AWAY = 0.35
"""Seconds without a sighting that make it a reappearance; a slow tracker still sees three times a second."""
SWEPT = 0.12
"""Torso lengths the feet rise and the hips sink, in the time of a startle, when the camera is moved."""
WILD = (0.45, 1.4)
"""The torso's length as it looks, against its slow measure: beyond these the camera was knocked, or it is somebody
else."""
_TRUNK, _FEET = bits_of(TORSO), bits_of((LEFT.ankle, RIGHT.ankle))


def share(dt: float, seconds: float) -> float:
    """Return how much of the way a low-pass with a time constant goes in `dt`: the same at any rate."""
    return 1 - math.exp(-dt / seconds)


@dataclass(slots=True)
class Home:
    """Where and how large somebody stands when they do nothing. Frame heights."""

    x: float
    """To the player's own right: see `Posture.place`."""
    y: float
    """Of the hips, up."""
    torso: float
    breadth: float
    floor: float | None
    """Height of the lower foot, up; None until one was seen."""


class Memory:
    """One player's. Everything is counted in seconds of the source."""

    def __init__(self) -> None:
        self.trail: deque[Posture] = deque()
        """The last `SPAN` seconds, the newest last."""
        self.home = Home(0.0, 0.0, 1.0, 1.0, None)
        self.leg: float | None = None
        """From hip to ankle when standing, in torso lengths; None until both were seen."""
        self.neutral = 0.0
        """Degrees to the own right that are upright for them."""
        self.lift = 0.0
        """How far the feet are above where each stood lately, in torso lengths: the one that is least so."""
        self.feet = Feet()
        self.hands = Hands()
        self.settled = False
        """Whether they have stood somewhere: before that, home is wherever they are."""
        self._grounds = {side.ankle: Ground(STOOD, SPAN) for side in (LEFT, RIGHT)}
        self._once: dict[Callable[[Posture, Memory], float], float] = {}
        self._restless = math.inf
        """When home was last looked for."""
        self._far = math.inf
        """Since when they have been far from home."""
        self.bust = Bust()
        """The same of head and shoulders, for those of whom no more is seen."""
        self.startled = False
        """Whether nothing sudden is to be believed just now."""
        self._ready = False
        """Whether they have ever been seen well for long enough."""
        self._calm_from = -math.inf
        self._hips = -math.inf
        """When the hips were last seen."""

    def see(self, posture: Posture) -> None:
        """Take the newest sighting of this player."""
        time = posture.time
        dt = time - self.trail[-1].time if self.trail else math.inf
        whole = posture.bits & _TRUNK == _TRUNK
        odd = dt > AWAY or self._leapt(posture, dt) or not self._steady(posture, whole=whole)
        self._once.clear()
        if dt > AWAY:
            self.trail.clear()
            for ground in self._grounds.values():
                ground.forget()
        self.trail.append(posture)
        self.startled = time < self._calm_from - 1e-6
        if odd:
            self.startle(STARTLE if self._ready else READY)
        self._ready = self._ready or not self.startled
        while self.trail[0].time < time - SPAN:
            self.trail.popleft()
        lifts = self._lifts(posture)
        self.lift = max(min(lifts.values(), default=0.0), 0.0)
        self.feet.see(posture, self.leg, lifts)
        self.hands.see(posture)
        self.bust.see(posture, dt)
        if whole:
            self._find_home(posture, dt)
            self._learn_build(posture, dt)

    def once(self, measure: Callable[[Posture, Memory], float]) -> float:
        """Return what `measure` says of the newest sighting; it is asked once, however many rows want to know."""
        if measure not in self._once:
            self._once[measure] = measure(self.trail[-1], self)
        return self._once[measure]

    @property
    def swept(self) -> bool:
        """Whether both feet went up while the hips sank: nobody does that, so the camera moved."""
        if self.lift < SWEPT:
            return False
        latest, earlier = self.trail[-1], self.ago(STARTLE)
        if abs(latest.gap - earlier.gap) > SWEPT:  # a jumping jack
            return False
        sank = (earlier.hips[1] - latest.hips[1]) / latest.torso
        # Whoever comes down from a hop sinks too, but their feet do not rise meanwhile.
        rose = min(latest.y[side.ankle] - earlier.y[side.ankle] for side in (LEFT, RIGHT)) - sank
        return sank > SWEPT and rose > SWEPT / 2

    def startle(self, seconds: float = STARTLE) -> None:
        """Believe nothing sudden for a moment."""
        self._calm_from = max(self._calm_from, self.trail[-1].time + seconds)
        self.startled = True

    def before(self, seconds: float) -> Iterator[Posture]:
        """Yield what is kept from more than `seconds` ago, the oldest first."""
        latest = self.trail[-1].time - seconds + 1e-6
        return (posture for posture in self.trail if posture.time <= latest)

    def lately(self, seconds: float) -> Iterator[Posture]:
        """Yield the newest, and what came up to `seconds` before it, back in time."""
        earliest = self.trail[-1].time - seconds - 1e-6
        for posture in reversed(self.trail):
            if posture.time < earliest:
                return
            yield posture

    def ago(self, seconds: float) -> Posture:
        """Return the earliest of the last `seconds`; the newest, if it is the only one."""
        found = self.trail[-1]
        since = found.time - seconds - 1e-6
        for posture in reversed(self.trail):  # not lately(): it is asked all the time
            if posture.time < since:
                break
            found = posture
        return found

    def _steady(self, posture: Posture, *, whole: bool) -> bool:
        """Whether the trunk is seen as it should be; of whom no hips have been seen lately, the shoulders."""
        if whole:
            self._hips = posture.time
            return WILD[0] <= posture.length <= WILD[1]
        if posture.time - self._hips <= BLINK:
            return True
        return posture.time - self._hips > HIPLESS and posture.seen(SHOULDERS)

    def _leapt(self, posture: Posture, dt: float) -> bool:
        if not self.trail:
            return False
        return math.dist(posture.hips, self.trail[-1].hips) / posture.torso > LEAP[0] + LEAP[1] * dt

    def _find_home(self, posture: Posture, dt: float) -> None:
        here = _home(posture)
        if not self.settled:
            self._restless = min(self._restless, posture.time)
            self.home = here
            self.settled = self._calm() or posture.time - self._restless >= RESTLESS
            return
        home, part = self.home, share(dt, HOME)
        away = abs(here.x - home.x) / posture.torso >= FAR or abs(math.log(here.torso / home.torso)) >= FAR_SIZE
        self._far = min(self._far, posture.time) if away else math.inf
        if posture.time - self._far >= FAR_FOR:
            self.settled, self._restless, self._far = False, math.inf, math.inf
            self.home = here
            return
        home.x += (here.x - home.x) * part
        home.y += (here.y - home.y) * part
        home.torso += (here.torso - home.torso) * part
        home.breadth += (here.breadth - home.breadth) * part
        if here.floor is not None:
            home.floor = here.floor if home.floor is None else home.floor + (here.floor - home.floor) * part

    def _lifts(self, posture: Posture) -> dict[Joint, float]:
        lifts = {}
        for foot, ground in self._grounds.items():
            seen = posture.sure[foot] >= 0.5
            ground.see(posture.time, posture.hips[1] + posture.y[foot] * posture.torso if seen else None)
            if not seen:
                continue
            lifts[foot] = (posture.hips[1] - ground.height) / posture.torso + posture.y[foot]
        return lifts

    def _calm(self) -> bool:
        window = list(self.lately(CALM_FOR))
        xs, ys = zip(*(posture.hips for posture in window), strict=True)
        moved = max(max(xs) - min(xs), max(ys) - min(ys)) / window[0].torso
        return window[0].time - window[-1].time >= 0.7 * CALM_FOR and moved < CALM

    def _learn_build(self, posture: Posture, dt: float) -> None:
        part = share(dt, HOME if self.settled else GROW)
        tilt = self.neutral + (posture.tilt - self.neutral) * part
        self.neutral = min(max(tilt, -TILT), TILT)
        near = posture.length * posture.torso > NEAR * self.home.torso
        if posture.bits & _FEET == _FEET and posture.leg <= LONGEST and not near:
            usual = posture.leg if self.leg is None else self.leg
            self.leg = usual + (posture.leg - usual) * share(dt, GROW if posture.leg > usual else SHRINK)


def _home(posture: Posture) -> Home:
    sole, size = posture.sole, posture.torso
    return Home(
        posture.place,
        posture.hips[1],
        max(posture.length, 0.1) * size,
        max(abs(posture.breadth), 0.1) * size,
        None if sole is None else posture.hips[1] + sole * size,
    )
