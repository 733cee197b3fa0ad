"""The ghost: a target pose on the player's own body, to be stepped into."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from posegames.body.joints import COUNT, MIRROR, Joint
from posegames.body.measure import FEET, HIPS, SHOULDERS
from posegames.body.pose import Pose
from posegames.players.player import Player
from posegames.rules.limbs import LIMBS, SIDES, Stance, Vector, across, pointing
from posegames.rules.piece import Target

J = Joint

USUAL: Mapping[str, float] = MappingProxyType({limb.part: limb.length for limb in LIMBS if limb.part != "side"})
"""What is measured on a player, and what is usual, in torso lengths."""
_WHERE = MappingProxyType({name: [i for i, limb in enumerate(LIMBS) if limb.part == name] for name in USUAL})
ODD = 1.25
"""How many times longer or shorter than usual anything may be (of real people: .83 to 1.2)."""
MODEST = 0.92
"""What is taken of the usual to begin with: that a length is more is soon seen, that it is less only slowly."""
SEEN = 0.5
"""Confidence from which a joint is measured."""
GROWS, SHRINKS = 0.7, 30.0
"""Seconds in which a length follows what is longer, and what is shorter: often that only points at us."""
FOLLOWS, LANDS = 0.3, 3.0
"""Seconds in which the ghost goes where the player goes; and in which it believes that both feet went up."""
REST = MappingProxyType({"upper_arm": 12.0, "forearm": 6.0, "thigh": 3.0, "shin": 1.0})
"""Degrees of limbs that hang or stand."""


class Proportions:
    """A player's own lengths, learnt from what is seen of them."""

    def __init__(self, torso: float = 0.2) -> None:
        """`torso` is in frame heights, until a player is seen."""
        self.torso = torso
        self._ratios = dict(USUAL)
        self._seen: float | None = None

    def update(self, player: Player) -> None:
        """Take what the newest sighting of `player` shows."""
        if not (math.isfinite(player.torso) and player.torso > 0):
            return
        self.torso = player.torso
        if self._seen is None:
            self._seen = player.seen
            self._ratios = {name: usual * MODEST for name, usual in USUAL.items()}
        dt, self._seen = player.seen - self._seen, player.seen
        stance = Stance.of(player.pose)
        if dt <= 0 or stance.sure[SIDES[0]] < SEEN:
            return
        for name, usual in USUAL.items():
            longest = (
                max([stance.lengths[i] if stance.sure[i] >= SEEN else 0.0 for i in _WHERE[name]]) / self.torso
            )
            if longest > 0:
                longest = min(max(longest, usual / ODD), usual * ODD)
                settle = GROWS if longest > self._ratios[name] else SHRINKS
                self._ratios[name] += (longest - self._ratios[name]) * _share(dt, settle)

    def length(self, name: str) -> float:
        """Return the length of `name` (of `USUAL`, or `torso`) in frame heights."""
        return self.torso if name == "torso" else self._ratios[name] * self.torso


_HEAD = MappingProxyType(
    {
        J.NOSE: (0.0, 0.45), J.LEFT_EYE_INNER: (0.05, 0.52), J.LEFT_EYE: (0.08, 0.52),
        J.LEFT_EYE_OUTER: (0.1, 0.52), J.LEFT_EAR: (0.16, 0.48), J.MOUTH_LEFT: (0.05, 0.35),
    }
)  # fmt: skip
"""Towards the left, and upwards from the middle of the shoulders, in torso lengths."""
_HAND = MappingProxyType({J.LEFT_INDEX: (-0.01, 0.15), J.LEFT_PINKY: (0.02, 0.13), J.LEFT_THUMB: (-0.04, 0.07)})
_FOOT = MappingProxyType({J.LEFT_HEEL: (-0.01, 0.10), J.LEFT_FOOT_INDEX: (0.09, 0.15)})
"""Outwards, and on in the direction of the forearm or the shin."""
_CHAINS = (
    (("upper_arm", "forearm"), J.LEFT_SHOULDER, _HAND),
    (("thigh", "shin"), J.LEFT_HIP, _FOOT),
)
"""What hangs on what, and what is at its end."""


def ghost(target: Target, proportions: Proportions, hips: npt.ArrayLike) -> Pose:
    """Return `target` as a body of these `proportions`, with the middle of the hips at `hips` (2,), frame heights.

    Limbs the target says nothing about are not seen (confidence 0), unless one it names hangs on them: these
    rest. The trunk is always there, upright where it is free.
    """
    x, y = np.asarray(hips, dtype=np.float64).tolist()
    return _built(target, proportions, (x, y)).pose()


def _built(target: Target, proportions: Proportions, hips: Vector) -> _Builder:
    built = _Builder(proportions, hips)
    built.trunk(target.angles.get("trunk", 0.0))
    for side in ("left", "right"):
        for parts, root, tip in _CHAINS:
            named = [f"{side}_{part}" in target.angles for part in parts]
            if any(named):
                angles = [target.angles.get(f"{side}_{part}", REST[part]) for part in parts]
                built.limb(side, dict(zip(parts[: 1 + named[1]], angles, strict=False)), root, tip)
    return built


class _Builder:
    """Puts joint after joint; in plain numbers, because they are few and it is done for everybody all the time."""

    def __init__(self, proportions: Proportions, hips: Vector) -> None:
        self._of = proportions
        self._hips = hips
        self._places: dict[int, Vector] = {}

    def pose(self, down: float = 0.0) -> Pose:
        """Return what is built, moved `down`."""
        places = [self._places.get(joint, self._hips) for joint in range(COUNT)]
        return Pose(
            np.array([(x, y + down) for x, y in places], dtype=np.float32),
            np.array([joint in self._places for joint in range(COUNT)], dtype=np.float32),
        )

    @property
    def lowest(self) -> float | None:
        """How far down the lower foot is; None where there is none."""
        return max([self._places[foot][1] for foot in FEET if foot in self._places], default=None)

    def trunk(self, angle: float) -> None:
        """Put hips, shoulders and head."""
        of, (x, y), (ux, uy) = self._of, self._hips, pointing("trunk", angle)
        neck = x + ux * of.torso, y + uy * of.torso
        shoulders, hips = across(angle)
        self._pair(J.LEFT_HIP, (x, y), hips, of.length("hips") / 2)
        self._pair(J.LEFT_SHOULDER, neck, shoulders, of.length("shoulders") / 2)
        for joint, (out, above) in _HEAD.items():
            up = above * of.torso
            self._pair(joint, (neck[0] + ux * up, neck[1] + uy * up), shoulders, out * of.torso)

    def _pair(self, left: int, middle: Vector, level: Vector, half: float) -> None:
        """Put a joint and the one on the other side, `half` from the `middle` along the way `level`."""
        (x, y), dx, dy = middle, level[0] * half, level[1] * half
        self._places[left], self._places[MIRROR[left]] = (x + dx, y + dy), (x - dx, y - dy)

    def limb(
        self, side: str, angles: Mapping[str, float], root: int, tip: Mapping[Joint, tuple[float, float]]
    ) -> None:
        """Put an arm or a leg on its `root`, as far as `angles` go; the hand or foot if all of it is there."""
        joint, torso = root if side == "left" else MIRROR[root], self._of.torso
        x, y = self._places[joint]
        for part, angle in angles.items():
            joint += 2  # in the order of joints, the next one down the same limb
            dx, dy = pointing(f"{side}_{part}", angle)
            x, y = x + dx * self._of.length(part), y + dy * self._of.length(part)
            self._places[joint] = x, y
        if len(angles) == len(_CHAINS[0][0]):
            outwards = 1 if side == "left" else -1
            for end, (out, on) in tip.items():
                place = x + (dy * outwards * out + dx * on) * torso, y + (dy * on - dx * outwards * out) * torso
                self._places[end if side == "left" else MIRROR[end]] = place


class Footing:
    """Where a player's ghost belongs: with its feet on the player's floor, and no restless hips."""

    def __init__(self) -> None:
        self._hips: Vector | None = None
        self._floor: float | None = None
        """Where the lower foot stands; it goes down with it at once, and up only if it stays up."""
        self._seen = 0.0

    def place(self, target: Target, proportions: Proportions, player: Player) -> Pose | None:
        """Return the ghost of `target` for `player` as of their newest sighting; None until we know where."""
        dt, self._seen = max(0.0, player.seen - self._seen), player.seen
        xy, confidence = player.pose.xy.tolist(), player.pose.confidence.tolist()
        seen = {joint: xy[joint] for joint in (*HIPS, *SHOULDERS, *FEET) if confidence[joint] >= SEEN}
        hips = _hips(seen, proportions.torso)
        if hips is not None:
            (x, y), share = self._hips or hips, _share(dt, FOLLOWS)
            self._hips = x + (hips[0] - x) * share, y + (hips[1] - y) * share
        if self._hips is None:
            return None
        if all(foot in seen for foot in FEET):
            lower = max([seen[foot][1] for foot in FEET])
            floor = lower if self._floor is None else self._floor
            self._floor = floor + (lower - floor) * _share(dt, FOLLOWS if lower > floor else LANDS)
        else:
            self._floor = None  # nearer, or behind a table: where the feet were is no floor any more
        built = _built(target, proportions, self._hips)
        lowest = built.lowest
        return built.pose(0.0 if self._floor is None or lowest is None else self._floor - lowest)


def _hips(seen: Mapping[Joint, Sequence[float]], torso: float) -> Vector | None:
    """Return the middle of the hips, or where it must be below the shoulders; None where neither is seen."""
    for pair, below in ((HIPS, 0.0), (SHOULDERS, torso)):
        ends = [seen[joint] for joint in pair if joint in seen]
        if len(ends) == len(pair):
            (ax, ay), (bx, by) = ends
            return (ax + bx) / 2, (ay + by) / 2 + below
    return None


def _share(dt: float, settle: float) -> float:
    """Return the share of a change that is followed in `dt` seconds."""
    return 1 - math.exp(-dt / settle)
