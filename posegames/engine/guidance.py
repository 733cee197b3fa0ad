"""One line of advice for whoever stands before the camera: the most useful one, and it does not flicker."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import StrEnum

from posegames.body.joints import Joint
from posegames.body.measure import SHOULDERS, TORSO, box, torso_length
from posegames.body.pose import Pose
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
SHOW, HIDE = 1.0, 0.6
"""Seconds advice must be due before it is given, and undue before it is withdrawn."""

_FEET = (Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE)


class Advice(StrEnum):
    """What can be said, in words for three metres away."""

    NONE = ""
    STEP_IN = "Nobody there? Step in!"
    LIGHT = "More light, please"
    BACK = "Step back a little"
    CLOSER = "Come closer"
    FEET = "I can't see your feet"


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
        return max(seen, TORSOS * torso_length(pose)) if not pose.seen(_FEET) else seen
    if pose.seen(SHOULDERS):
        # A face and shoulders only: somebody sits at the keyboard.
        wide = float(math.dist(*(pose.xy[joint] for joint in SHOULDERS)))
        return max(seen, 1.3 * TORSOS * wide)
    return seen


def advise(poses: Sequence[Pose], light: float = math.nan, *, given: Advice = Advice.NONE) -> Advice:
    """Return the advice due for `poses` in a picture of brightness `light` (0..255, NaN unknown).

    `given` is the advice on the screen: it stays due until things are clearly better.
    """
    if light < (BRIGHT_ENOUGH if given is Advice.LIGHT else TOO_DARK):
        return Advice.LIGHT
    if not poses:
        return Advice.STEP_IN
    shares = [height_share(pose) for pose in poses]
    if max(shares) > (FILLS_ENOUGH if given is Advice.BACK else FILLS_TOO_MUCH):
        return Advice.BACK
    # The nearest decides: behind may stand a child, or somebody who waits.
    if max(shares) < (FILLS_WELL if given is Advice.CLOSER else FILLS_TOO_LITTLE):
        return Advice.CLOSER
    least = SEEN if given is Advice.FEET else HARDLY_SEEN
    if not all(pose.seen(_FEET, least) for pose in poses):
        return Advice.FEET
    return Advice.NONE


class Guide:
    """Advice that takes its time: it comes when due for a second, and goes when undue for a moment."""

    def __init__(self) -> None:
        self.given = Advice.NONE
        self.since = -math.inf
        """When `given` came (or went)."""
        self._next = Advice.NONE
        self._due = -math.inf

    def update(self, poses: Sequence[Pose], light: float, now: float) -> None:
        """Look again, at `now` (seconds)."""
        due = advise(poses, light, given=self.given)
        if due is not self._next:
            self._next, self._due = due, now
        if due is not self.given and now - self._due >= (SHOW if due else HIDE):
            self.given, self.since = due, now
