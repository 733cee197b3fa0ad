"""Which part of the frame the stage shows: everybody as large as fits, feet on the boards, arms in sight."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from posegames.body.joints import Joint
from posegames.body.measure import HIPS
from posegames.body.pose import Floats, Pose
from posegames.engine.theme import HEIGHT, WIDTH
from posegames.engine.view import View
from posegames.players.player import Player

FEET = 578.0
"""Where feet stand on the screen, in logical pixels from the top."""
TOP = 62.0
"""Down to where raised hands may reach."""
TALL = 4.5
"""From the feet to the fingertips of raised hands, in torso lengths."""
REACH = 1.8
"""From the hips to the fingertips of a spread arm."""
LEGS = 1.75
"""From the hips to the feet, where the feet are not seen."""
SOLE = 0.15
"""From an ankle to the sole, in torso lengths (the usual body's: see `ghost`)."""
LEAST, MOST = 0.55 * HEIGHT, 2.2 * HEIGHT
"""Logical pixels a frame height may measure."""
SLACK = (0.05 * HEIGHT, 16.0, 16.0)
"""How far a better view may be off - scale, across, down - before it is taken: small steps move nothing."""
EASE = 0.6
"""Seconds in which a better view is (nearly) reached."""

_SOLES = (Joint.LEFT_HEEL, Joint.RIGHT_HEEL, Joint.LEFT_FOOT_INDEX, Joint.RIGHT_FOOT_INDEX)
_ANKLES = (Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE)


class Framing:
    """A calm camera operator."""

    def __init__(self) -> None:
        self._now: Floats | None = None
        """Scale, and where the (mirrored) frame's upper left corner lies."""
        self._aim: Floats = np.zeros(3)
        self._aspect = WIDTH / HEIGHT

    @property
    def view(self) -> View:
        """How the frame is shown at the moment."""
        scale, left, top = (float(v) for v in (_whole(self._aspect) if self._now is None else self._now))
        return View((left, top, scale * self._aspect, scale), self._aspect)

    def update(self, players: Sequence[Player], aspect: float, dt: float) -> None:
        """Look where `players` stand in a frame `aspect` heights wide, `dt` seconds later."""
        if aspect != self._aspect:
            self._aspect, self._now = aspect, None
        bodies = [player for player in players if not player.hidden]
        if not bodies:
            return
        wanted = _wanted(bodies, aspect)
        if self._now is None:
            self._now = self._aim = wanted
        elif (np.abs(wanted - self._aim) > SLACK).any():
            self._aim = wanted
        self._now = self._now + (self._aim - self._now) * (1 - np.exp(-3 * dt / EASE))


def _whole(aspect: float) -> Floats:
    """Show the frame as it is, its lower edge near the front of the boards."""
    scale = 0.86 * HEIGHT
    return np.array([scale, (WIDTH - scale * aspect) / 2, 0.0])


def _wanted(players: Sequence[Player], aspect: float) -> Floats:
    torsos = np.array([max(player.torso, 0.01) for player in players])
    middles = np.array([player.pose.middle(HIPS) for player in players], dtype=np.float64)
    middles[:, 0] = aspect - middles[:, 0]  # as in a mirror
    soles = np.array([_sole(player.pose, player.torso) for player in players])
    left, right = (middles[:, 0] - REACH * torsos).min(), (middles[:, 0] + REACH * torsos).max()
    tall = (soles.max() - (soles - TALL * torsos)).max()
    scale = min((FEET - TOP) / tall, WIDTH / (right - left))
    scale = float(np.clip(scale, LEAST, MOST))
    # The middle of the frame stays in the middle of the stage, unless somebody would be cut off.
    across = WIDTH / 2 - scale * aspect / 2
    if scale * (right - left) <= WIDTH + 1:
        across = min(max(across, -scale * left), WIDTH - scale * right)
    else:
        across = WIDTH / 2 - scale * (left + right) / 2
    return np.array([scale, across, FEET - scale * soles.max()])


def _sole(pose: Pose, torso: float) -> float:
    """Return how low somebody's feet are in the frame, seen or not."""
    seen = [float(pose.xy[joint, 1]) for joint in _SOLES if pose.confidence[joint] >= 0.5]
    # Skeletons of 17 points have no feet.
    seen = seen or [float(pose.xy[joint, 1]) + SOLE * torso for joint in _ANKLES if pose.confidence[joint] >= 0.5]
    return max(seen) if seen else float(pose.middle(HIPS)[1]) + LEGS * torso
