"""Bodies that copy a target pose, well or badly, for the tests of `match`."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from posegames.body.joints import Joint
from posegames.body.pose import Floats, Pose
from posegames.engine.levels.level import Level
from posegames.engine.levels.shelf import Shelf
from posegames.players.player import Player
from posegames.rules.ghost import USUAL, Proportions, ghost
from posegames.rules.piece import ANGLES, Piece, Target

J = Joint
STANDING = {name: 8.0 if "arm" in name else 2.0 for name in ANGLES} | {"trunk": 0.0}
"""Somebody who does nothing."""
CARRIED = {
    J.LEFT_SHOULDER: (J.LEFT_ELBOW, J.LEFT_WRIST),
    J.RIGHT_SHOULDER: (J.RIGHT_ELBOW, J.RIGHT_WRIST),
    J.LEFT_HIP: (J.LEFT_KNEE, J.LEFT_ANKLE),
    J.RIGHT_HIP: (J.RIGHT_KNEE, J.RIGHT_ANKLE),
}


def target(**angles: float) -> Target:
    return Target(name="pose", angles=angles)


def arms(left: float, left_fore: float, right: float, right_fore: float) -> dict[str, float]:
    names = ("left_upper_arm", "left_forearm", "right_upper_arm", "right_forearm")
    return dict(zip(names, (left, left_fore, right, right_fore), strict=True))


def whole(pose: Target, **others: float) -> Target:
    """Return `pose` with every angle named: where it leaves a limb free, it stands."""
    return replace(pose, angles=STANDING | others | dict(pose.angles))


def body(pose: Target, *, torso: float = 0.2, at: tuple[float, float] = (0.9, 0.5)) -> Pose:
    """Return somebody usual who strikes `pose` exactly, and stands where it leaves them free."""
    return ghost(whole(pose), Proportions(torso), at)


def somebody(rng: np.random.Generator) -> Proportions:
    """Return the lengths of somebody who is not usual."""
    made = Proportions(float(rng.uniform(0.05, 0.4)))
    made._ratios = {name: length * float(rng.uniform(0.85, 1.2)) for name, length in USUAL.items()}
    return made


def copy(pose: Target, rng: np.random.Generator, spread: float, *, plain: bool = False) -> Pose:
    """Return a copy of `pose` by somebody of any size and place, every limb turned by N(0, `spread`) degrees.

    The lines of shoulders and hips are limbs too, and carry arms and legs along.
    """
    all_of_it = whole(pose)
    turned = {name: angle + float(rng.normal(0, spread)) for name, angle in all_of_it.angles.items()}
    who = Proportions() if plain else somebody(rng)
    made = ghost(replace(all_of_it, angles=turned), who, rng.uniform(0, 1.7, 2))
    xy = made.xy.astype(np.float64)
    for left, right in ((J.LEFT_SHOULDER, J.RIGHT_SHOULDER), (J.LEFT_HIP, J.RIGHT_HIP)):
        middle, turn = (xy[left] + xy[right]) / 2, _turn(float(rng.normal(0, spread)))
        for joint in (left, right):
            moved = middle + turn @ (xy[joint] - middle)
            xy[list(CARRIED[joint])] += moved - xy[joint]
            xy[joint] = moved
    return Pose(xy, made.confidence)


def _turn(degrees: float) -> Floats:
    angle = math.radians(degrees)
    return np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])


def player(pose: Pose, time: float, number: int = 1, *, torso: float = 0.2, hidden: bool = False) -> Player:
    still = np.zeros(pose.xy.shape, dtype=np.float32)
    return Player(number=number, pose=pose, shown=pose, velocity=still, torso=torso, seen=time, hidden=hidden)


VOCABULARY = (
    (0, 0), (90, 90), (180, 180), (135, 135), (45, 45), (90, 180), (90, 0), (45, 135), (135, 45), (160, 200),
    (30, -60), (60, -45), (90, 150), (0, 90),
)  # fmt: skip
LEGS = ((0, 0), (0, 0), (20, 20), (40, 0), (35, 35), (60, -30), (90, 0))


def made_up(rng: np.random.Generator, *, legs: bool = True) -> Target:
    """Return a pose as somebody might invent it."""
    angles: dict[str, float] = {"trunk": float(rng.choice([0, 0, 0, 20, -20]))}
    for side in ("left", "right"):
        for parts, words in ((("upper_arm", "forearm"), VOCABULARY), (("thigh", "shin"), LEGS)):
            if legs or words is VOCABULARY:
                pair = words[int(rng.integers(len(words)))]
                angles |= {f"{side}_{part}": float(angle) for part, angle in zip(parts, pair, strict=True)}
    return Target(name="made up", angles=angles)


def differ(a: Target, b: Target, degrees: float) -> bool:
    """Whether `b`, which stands where it says nothing, has a limb that `a` wants elsewhere by at least so much."""
    mine = whole(b).angles
    return any(abs((mine[name] - angle + 180) % 360 - 180) >= degrees for name, angle in a.angles.items())


def shipped_pieces() -> list[tuple[str, Piece]]:
    """Return the levels of `match` that come with posegames, by name."""
    levels = [level for level in Shelf().of("match") if isinstance(level, Level) and level.home == "shipped"]
    assert len(levels) >= 8
    return [(level.name, level.content) for level in levels if isinstance(level.content, Piece)]
