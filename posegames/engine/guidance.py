"""One piece of advice for whoever stands before the camera: the most useful one, and it does not flicker.

It never stops a game. What cannot be followed in a small room is not repeated for ever: then it is said that the
upper body is enough, and it is (`posegames.gestures.tuning.either` tells gestures by what is seen).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from posegames.body.joints import Joint
from posegames.body.measure import FEET, SHOULDERS, TORSO, box, torso_length
from posegames.body.pose import Pose
from posegames.engine.scene import World
from posegames.gestures.tuning.profiles import PROFILES
from posegames.language import msg
from posegames.seeing.sighting import Sighting

FILLS_TOO_MUCH, FILLS_ENOUGH = 0.92, 0.85
"""Share of the frame height above which a body is asked to step back, and the share at which it has."""
FILLS_TOO_LITTLE, FILLS_WELL = 0.40, 0.50
"""Share below which it is asked to come closer, and the share at which it has (60-85 % is ideal)."""
TOO_DARK, BRIGHT_ENOUGH = 45.0, 60.0
"""Mean brightness (0..255) of a picture below which light is asked for, and at which there is enough."""
SEEN, HARDLY_SEEN = 0.5, 0.3
"""Confidence in the feet at which they are seen, and below which they are missed."""
TORSOS = 3.4
"""Body height in torso lengths, where only the upper body is seen."""
ABOVE, ROOMY = 0.15, 0.25
"""Share of the frame free above a head from which a camera that cuts off feet is too high, by much and clearly."""
CUT = 0.015
"""Frame heights from the upper edge within which a nose means that the head is cut off."""
HALF, INSIDE = 0.30, 0.45
"""Torso lengths from the frame's edge to the middle of a trunk below which it is half out, and at which it is in:
shoulders are 0.8 torso lengths wide."""
ASKEW, LEVEL = 7.0, 4.0
"""Degrees several bodies lean from which the camera is thought to, and below which it is level."""
ALIKE = 5.0
"""Degrees within which they lean alike: people lean each in their own way, a camera tilts all of them."""
RIVAL = 0.7
"""Height against the tallest player's from which an onlooker stands where the players do."""
SHOW, HIDE = 1.0, 0.6
"""Seconds advice must be due before it is given, and undue before it is withdrawn."""
LOOK = 0.1
"""Seconds between two looks at who stands how: advice takes ten times as long to come."""
PATIENCE, PRAISED = 7.0, 3.0
"""Seconds feet are asked for before the upper body is enough, and for which that is said."""


class Advice(StrEnum):
    """What can be said, in words for three metres away, five at most."""

    NONE = ""
    STEP_IN = msg("Nobody there? Step in!")
    LIGHT = msg("More light, please")
    BACK = msg("Step back a little")
    CLOSER = msg("Come closer")
    FEET = msg("I can't see your feet")
    LEFT = msg("One step to the left")
    RIGHT = msg("One step to the right")
    TILT_UP = msg("Tilt the camera up")
    TILT_DOWN = msg("Tilt the camera down")
    STRAIGHTEN = msg("The camera leans: straighten it")
    ASIDE = msg("Watching? Step aside, please")
    UPPER_BODY = msg("Fine: upper body only")


LATER: Mapping[Advice, float] = MappingProxyType({Advice.STRAIGHTEN: 3.0, Advice.ASIDE: 3.0})
"""Seconds before it is given, where more than `SHOW`: players lean too, and newcomers need a moment to join."""
FOR_FEET = frozenset({Advice.FEET, Advice.TILT_DOWN, Advice.BACK})
"""What is of no use where a room is too small for it."""


class Due(NamedTuple):
    """Advice, and whom it concerns: an index into the poses; None if everybody."""

    advice: Advice
    whom: int | None = None


def brightness(sighting: Sighting | None) -> float:
    """Return how bright the sighting's picture is, 0..255; NaN where there is none."""
    if sighting is None or sighting.frame is None:
        return math.nan
    return float(sighting.frame.picture[::24, ::24].mean())


def height_share(pose: Pose) -> float:
    """Return the share of the frame height a body fills, or would if all of it were seen; 0 where unknown."""
    whole = box(pose)
    seen = whole[3] - whole[1] if whole else 0.0
    if pose.seen(TORSO):
        return max(seen, TORSOS * torso_length(pose)) if not pose.seen(FEET) else seen
    if pose.seen(SHOULDERS):
        # A face and shoulders only: somebody sits at the keyboard.
        wide = float(math.dist(*(pose.xy[joint] for joint in SHOULDERS)))
        return max(seen, 1.3 * TORSOS * wide)
    return seen


def advise(
    poses: Sequence[Pose],
    light: float = math.nan,
    *,
    aspect: float = 16 / 9,
    strangers: Sequence[Pose] = (),
    given: Advice = Advice.NONE,
    feetless: bool = False,
) -> Due:
    """Return the advice due for `poses` in a picture of brightness `light` (0..255, NaN unknown).

    `aspect` is the picture's width over its height, `strangers` are bodies that do not play. `given` is the advice
    on the screen: it stays due until things are clearly better. `feetless` asks nobody for their feet.
    """
    state = _State(poses, light, aspect, strangers, given)
    found = (due for due in _all_due(state) if not (feetless and due.advice in FOR_FEET))
    return next(found, Due(Advice.NONE))


class _State(NamedTuple):
    """What advice depends on: see `advise`."""

    poses: Sequence[Pose]
    light: float
    aspect: float
    strangers: Sequence[Pose]
    given: Advice


def _all_due(state: _State) -> Iterator[Due]:
    """Yield all the advice due, the most useful first."""
    poses, light, aspect, strangers, given = state
    if light < (BRIGHT_ENOUGH if given is Advice.LIGHT else TOO_DARK):
        yield Due(Advice.LIGHT)
    if not poses:
        yield Due(Advice.STEP_IN)
        return
    shares = [height_share(pose) for pose in poses]
    yield from _cut(poses, shares, given)
    yield from _aside([*poses, *strangers], aspect, given)
    # The nearest decides: behind may stand a child, or somebody who waits.
    most = max(shares)
    if most < (FILLS_WELL if given is Advice.CLOSER else FILLS_TOO_LITTLE):
        yield Due(Advice.CLOSER, shares.index(most))
    if _askew(poses, LEVEL if given is Advice.STRAIGHTEN else ASKEW):
        yield Due(Advice.STRAIGHTEN)
    least = SEEN if given is Advice.FEET else HARDLY_SEEN
    yield from (Due(Advice.FEET, i) for i, pose in enumerate(poses) if not pose.seen(FEET, least))
    if any(height_share(pose) > RIVAL * most for pose in strangers):
        yield Due(Advice.ASIDE)


def _cut(poses: Sequence[Pose], shares: Sequence[float], given: Advice) -> Iterator[Due]:
    """Yield what helps somebody of whom the picture's upper or lower edge cuts something off."""
    for i, pose in enumerate(poses):
        feet = pose.seen(FEET, HARDLY_SEEN)
        nose = float(pose.xy[Joint.NOSE, 1]) if pose.seen((Joint.NOSE,), HARDLY_SEEN) else math.nan
        if feet and pose.seen(SHOULDERS) and not nose >= CUT:
            low = float(pose.xy[list(FEET), 1].max())
            if low < 1 - ABOVE and float(pose.middle(SHOULDERS)[1]) < ABOVE:
                yield Due(Advice.TILT_UP, i)
        room = ABOVE if given is Advice.TILT_DOWN else ROOMY
        if not feet and nose > room and nose + 0.92 * shares[i] > 1 and shares[i] < FILLS_TOO_MUCH:
            yield Due(Advice.TILT_DOWN, i)
    most = max(shares)
    if most > (FILLS_ENOUGH if given is Advice.BACK else FILLS_TOO_MUCH):
        yield Due(Advice.BACK, [*shares].index(most))


def _aside(poses: Sequence[Pose], aspect: float, given: Advice) -> Iterator[Due]:
    """Yield the way into the picture for somebody who is half out of it, at its left or right edge."""
    for i, pose in enumerate(poses):
        trunk = [joint for joint in TORSO if pose.confidence[joint] > 0]
        if not trunk:
            continue
        x = float(pose.middle(trunk)[0])
        torso = torso_length(pose) if len(trunk) == len(TORSO) else 0.2
        left = torso * (INSIDE if given is Advice.LEFT else HALF)
        right = torso * (INSIDE if given is Advice.RIGHT else HALF)
        if x < left:  # The picture is not mirrored: its left is where players face with their right.
            yield Due(Advice.LEFT, i)
        elif x > aspect - right:
            yield Due(Advice.RIGHT, i)


def _askew(poses: Sequence[Pose], least: float) -> bool:
    """Whether several who stand all lean alike by `least` degrees or more: then it is the camera that leans."""
    lines = [pose.middle(SHOULDERS) - pose.middle(FEET) for pose in poses if pose.seen((*SHOULDERS, *FEET))]
    if len(lines) < 2:
        return False
    angles = [math.degrees(math.atan2(float(x), -float(y))) for x, y in lines]
    alike = max(angles) - min(angles) <= ALIKE
    return alike and min(map(abs, angles)) >= least and max(map(abs, angles)) < 45


def _legless(world: World) -> bool:
    """Whether players have set that they play without their legs."""
    profile = PROFILES.get(world.preferences.profile)
    return profile is not None and not profile.unseen.isdisjoint(FEET)


class Guide:
    """Advice that takes its time: it comes when due for a second, and goes when undue for a moment."""

    def __init__(self) -> None:
        self.given = Advice.NONE
        self.whom = 0
        """The number of the player it concerns; 0 if it concerns everybody, or somebody who does not play."""
        self.shown = math.inf
        """Seconds since `given` came (or went)."""
        self.feetless = False
        """It is accepted that only upper bodies are seen."""
        self._due = Due(Advice.NONE)
        self._who = 0
        self._waits = 0.0
        """Seconds for which that has been due."""
        self._asked = 0.0
        """Seconds for which feet have been asked for."""
        self._number: int | None = None
        self._looked = math.inf
        """Seconds since the last look."""
        self._light = math.nan

    def update(self, world: World, dt: float) -> None:
        """Go on by `dt` seconds, and look again if there is a new sighting and it is time."""
        self.shown += dt
        self._looked += dt
        if not world.preferences.guidance:
            self._give(Advice.NONE)
            return
        sighting = world.sighting
        if sighting is None or (sighting.number != self._number and self._looked >= LOOK):
            self._number, self._looked = sighting.number if sighting else None, 0.0
            self._light = brightness(sighting)
            self._look(world)
        self._waits += dt
        self._settle(world, dt)
        advice = self._due.advice
        if advice is not self.given and self._waits >= (LATER.get(advice, SHOW) if advice else HIDE):
            self._give(advice)
        if advice is self.given:
            self.whom = self._who

    def _look(self, world: World) -> None:
        players = [player for player in world.players if not player.hidden]
        due = advise(
            [player.pose for player in players],
            self._light,
            aspect=world.aspect,
            strangers=world.spectators,
            given=self.given,
            feetless=self.feetless,
        )
        if self.given is Advice.UPPER_BODY and self.shown < PRAISED and not due.advice:
            due = Due(Advice.UPPER_BODY)
        if due.advice is not self._due.advice:
            self._waits = 0.0
        self._due = due
        self._who = players[due.whom].number if due.whom is not None and due.whom < len(players) else 0

    def _settle(self, world: World, dt: float) -> None:
        """Ask for feet only so long, where a body's upper half is seen; and again once they have been there."""
        poses = [player.pose for player in world.players if not player.hidden]
        if _legless(world):
            self.feetless = True
            return
        if self.feetless:
            self.feetless = bool(world.players) and not (poses and all(pose.seen(FEET) for pose in poses))
            return
        footless = any(pose.seen(SHOULDERS) and not pose.seen(FEET, HARDLY_SEEN) for pose in poses)
        self._asked = self._asked + dt if footless and self.given in FOR_FEET else 0.0
        if self._asked >= PATIENCE:
            self.feetless, self._asked = True, 0.0
            self._due = Due(Advice.UPPER_BODY)
            self._give(Advice.UPPER_BODY)

    def _give(self, advice: Advice) -> None:
        if advice is not self.given:
            self.given, self.shown, self.whom = advice, 0.0, 0
