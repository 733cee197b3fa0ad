"""What limbs, hands, shoes and neck are drawn from: chains of tapered capsules between points of the body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from posegames.body.joints import Joint
from posegames.body.pose import Floats
from posegames.seeing.stage import brush
from posegames.seeing.stage.figure import HEAD, NECK, POINTS
from posegames.seeing.stage.look import Look

Side = Literal["left", "right"]
_BOOT_SOLE = (236, 230, 218)
_FINGERS = ((0.0, 0.74), (0.33, 0.86), (0.67, 0.80), (1.0, 0.62))
"""Where they grow from, from index to little finger, and how long they are, in palms."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A capsule between two points, each a mixture (points,) of points of the body."""

    start: Floats
    end: Floats
    thick: tuple[float, float]
    """Half thickness at both ends, in body heights."""
    fold: Floats
    """What a closed fist adds to `end`."""


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """Parts of one cloth or skin, shaded as one: no seam is seen between them."""

    parts: tuple[Part, ...]
    shades: tuple[brush.Bgr, ...]
    rim: tuple[Part, ...] = ()
    """What the dark layers are drawn from instead, so that the light ones melt into what is under them."""


def at(*mixture: tuple[int, float]) -> Floats:
    """Return the weights (points,) of a mixture of points."""
    weights = np.zeros(POINTS)
    for point, share in mixture:
        weights[point] += share
    return weights


def between(one: int, other: int, share: float) -> Floats:
    """Return the weights (points,) of a place on the way from one point to another."""
    return at((one, 1 - share), (other, share))


def _part(start: Floats, end: Floats, *thick: float, fold: Floats | None = None) -> Part:
    return Part(start, end, (thick[0], thick[-1]), np.zeros(POINTS) if fold is None else fold)


def _joints(side: Side, *names: str) -> tuple[int, ...]:
    return tuple(int(Joint[f"{side.upper()}_{name}"]) for name in names)


def leg(side: Side, look: Look) -> tuple[Chain, ...]:
    """Return what a leg is drawn from, in order."""
    hip, knee, ankle, heel, toe = _joints(side, "HIP", "KNEE", "ANKLE", "HEEL", "FOOT_INDEX")
    skin, cloth = brush.shades(look.skin, 5, flesh=True), brush.shades(look.trousers, 5, shine=0.14)
    bare = look.legs < 1.5
    upwards = at((ankle, 0.16), (heel, -0.16))
    chains = [
        Chain((_part(at((ankle, 1.0)), between(ankle, heel, 0.7), 0.024, 0.022),), (skin if bare else cloth)[:2]),
        Chain(
            (_part(between(heel, toe, -0.02), between(heel, toe, 0.95), 0.024, 0.023),), (brush.bgr(_BOOT_SOLE),)
        ),
        Chain(
            (
                _part(between(heel, toe, 0.04) + upwards, between(heel, toe, 0.92) + upwards, 0.0240, 0.0220),
                _part(between(ankle, heel, 0.15), between(ankle, toe, 0.60), 0.026, 0.022),
            ),
            brush.shades(look.shoes, 4, shine=0.30),
        ),
        Chain(
            (
                _part(between(hip, knee, 0.08), at((knee, 1.0)), 0.053, 0.041),
                _part(at((knee, 1.0)), between(knee, ankle, 0.36), 0.041, 0.042),
                _part(between(knee, ankle, 0.36), between(knee, ankle, 0.97), 0.042, 0.024 if bare else 0.030),
            ),
            skin if bare else cloth,
        ),
    ]
    if bare:
        hem = 0.84 * look.legs
        chains.append(Chain((_part(between(hip, knee, 0.08), between(hip, knee, hem), 0.055, 0.051),), cloth))
    return tuple(chains)


def arm(side: Side, look: Look) -> tuple[Chain, ...]:
    """Return what an arm with its hand is drawn from, in order."""
    shoulder, elbow, wrist, index, pinky, thumb = _joints(
        side, "SHOULDER", "ELBOW", "WRIST", "INDEX", "PINKY", "THUMB"
    )
    skin, cloth = brush.shades(look.skin, 5, flesh=True), brush.shades(look.shirt, 5)
    finger = brush.shades(look.skin, 2, depth=0.30, shine=0.08, flesh=True)
    reach = at((index, 0.5), (pinky, 0.5), (wrist, -1.0))
    root = at((wrist, 1.0)) + 0.10 * reach
    bare: tuple[Part, ...] = (
        _part(between(elbow, wrist, 0.30), at((wrist, 1.0)), 0.0285, 0.0175),
        _part(root, at((wrist, 1.0)) + 0.90 * reach, 0.0175, 0.0220),
    )
    if look.sleeves < 1:
        bare = (
            _part(between(shoulder, elbow, 0.85 * look.sleeves), at((elbow, 1.0)), 0.032, 0.027),
            _part(at((elbow, 1.0)), between(elbow, wrist, 0.30), 0.027, 0.0285),
            *bare,
        )
    # The yoke joins the sleeve to the shirt.
    yoke = _part(at((NECK, 0.28), (shoulder, 0.72)), at((shoulder, 1.0)), 0.030, 0.041)
    cuff = min(1.0, look.sleeves)
    end = 0.039 if cuff < 1 else 0.033
    sleeve: tuple[Part, ...] = (yoke, _part(at((shoulder, 1.0)), between(shoulder, elbow, cuff), 0.041, end))
    rim: tuple[Part, ...] = (_part(between(shoulder, elbow, 0.45), between(shoulder, elbow, cuff), 0.040, end),)
    if look.sleeves > 1:
        lower = (
            _part(at((elbow, 1.0)), between(elbow, wrist, 0.30), 0.033, 0.033),
            _part(between(elbow, wrist, 0.30), between(elbow, wrist, look.sleeves - 1), 0.033, 0.025),
        )
        sleeve, rim = sleeve + lower, rim + lower
    thumbs = _part(root, at((thumb, 1.0)) + 0.30 * reach, 0.0125, 0.0085, fold=-0.25 * reach)
    fingers = [
        _part(
            between(index, pinky, share) - 0.15 * reach,
            between(index, pinky, share) + length * reach,
            0.0098,
            0.0080,
            fold=-(length - 0.1) * reach,
        )
        for share, length in _FINGERS
    ]
    return (
        Chain((thumbs,), finger),
        Chain(bare, skin),
        Chain(sleeve, cloth, rim),
        *(Chain((part,), finger) for part in fingers),
    )


def shoulder(side: Side, look: Look) -> tuple[Chain, ...]:
    """Return what stands behind the torso where an arm begins; the arm itself melts into the shirt."""
    joint, elbow = _joints(side, "SHOULDER", "ELBOW")
    ball = _part(at((NECK, 0.28), (joint, 0.72)), at((joint, 1.0)), 0.030, 0.041)
    down = _part(at((joint, 1.0)), between(joint, elbow, 0.55), 0.041, 0.039)
    return (Chain((ball, down), brush.shades(look.shirt, 3)),)


def neck(look: Look) -> tuple[Chain, ...]:
    """Return what the neck is drawn from."""
    shades = brush.shades(brush.mixed(look.skin, (70, 24, 20), 0.20), 3, depth=0.36, shine=0.08, flesh=True)
    return (Chain((_part(between(NECK, HEAD, 0.02), between(NECK, HEAD, 0.62), 0.037, 0.033),), shades),)
