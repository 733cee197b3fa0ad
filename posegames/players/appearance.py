"""What somebody looks like: the colours of their clothes, in a form that a change of light hardly touches."""

from __future__ import annotations

import numpy as np

from posegames.body.joints import Joint
from posegames.body.measure import TORSO
from posegames.body.pose import Floats, Pose
from posegames.seeing.sighting import Picture

Appearance = Floats
"""(2, BINS ** 3) shares of colours on the trunk and on the thighs; rows add up to 1, or to 0 where not seen."""

BINS = 6
"""Steps of each of the three axes: brightness, red against green, yellow against blue."""
DARK = 90.0
"""Added to the sum of the channels (0..765) that hues are divided by: the hue of what is nearly black is noise."""
LEAST = 0.5
"""Confidence below which a joint bounds no clothes."""
WEIGHTS = (0.7, 0.3)
"""How much the trunk and the thighs say."""

_ACROSS, _DOWN = np.meshgrid(np.linspace(0.12, 0.88, 9), np.linspace(0.12, 0.88, 12))
_TRUNK = np.stack(
    [(1 - _ACROSS) * (1 - _DOWN), _ACROSS * (1 - _DOWN), (1 - _ACROSS) * _DOWN, _ACROSS * _DOWN], axis=-1
).reshape(-1, 4)
"""(108, 4) weights of left shoulder, right shoulder, left hip, right hip: a grid, shrunk away from the edges."""
_ALONG = np.linspace(0.15, 0.9, 16)
_THIGH = np.stack([1 - _ALONG, _ALONG], axis=-1)
"""(16, 2) weights of hip and knee."""
_THIGHS = ((Joint.LEFT_HIP, Joint.LEFT_KNEE), (Joint.RIGHT_HIP, Joint.RIGHT_KNEE))


def appearance(picture: Picture, pose: Pose) -> Appearance | None:
    """Return the colours of somebody's clothes in `picture`; None where the trunk is not seen."""
    if not pose.seen(TORSO, LEAST):
        return None
    places = [_TRUNK @ pose.xy[list(TORSO)]]
    places += [_THIGH @ pose.xy[list(thigh)] for thigh in _THIGHS if pose.seen(thigh, LEAST)]
    height, width = picture.shape[:2]
    xy = np.floor(np.concatenate(places) * height).astype(np.intp)
    inside = np.all((xy >= 0) & (xy < (width, height)), axis=1)
    trunk = int(inside[: len(_TRUNK)].sum())
    if trunk < len(_TRUNK) // 3:
        return None
    colours = picture[xy[inside, 1], xy[inside, 0]].astype(np.float32)
    axes = _axes(colours)
    return np.stack([_shares(axes[:trunk]), _shares(axes[trunk:])])


def unlike(a: Appearance, b: Appearance) -> float:
    """Return how unlike two appearances are: 0 the same .. 1 nothing in common (Hellinger distance)."""
    common = np.sqrt(a * b).sum(axis=1)
    both = (a.any(axis=1) & b.any(axis=1)) * np.array(WEIGHTS)
    if not both.any():
        return 1.0
    apart = np.sqrt(np.maximum(0.0, 1 - common))
    return float((apart * both).sum() / both.sum())


def _axes(colours: Floats) -> Floats:
    """Return (n, 3) places on the axes, 0..BINS-1, of (n, 3) blue, green, red."""
    blue, green, red = colours.T
    total = blue + green + red
    scale = total + DARK
    # Saturated clothes reach about .6 and .5 on the two axes of hue: beyond that all is one.
    hue = np.stack([(red - green) / scale / 0.6, ((red + green) / 2 - blue) / scale / 0.5])
    steps = np.stack([np.sqrt(total / 765), *(np.clip(hue, -1, 1) + 1) / 2], axis=1)
    scaled: Floats = steps * (BINS - 1)
    return scaled


def _shares(axes: Floats) -> Floats:
    """Return (BINS ** 3,) the share of each bin; what lies between bins is spread over them, so no edge cuts."""
    low = np.minimum(axes.astype(np.intp), BINS - 2)
    high = axes - low
    counts = np.zeros(BINS**3)
    for corner in np.ndindex(2, 2, 2):
        index = ((low[:, 0] + corner[0]) * BINS + low[:, 1] + corner[1]) * BINS + low[:, 2] + corner[2]
        weight = np.where(corner, high, 1 - high).prod(axis=1)
        counts += np.bincount(index, weight, BINS**3)
    return np.asarray(counts / max(len(axes), 1), dtype=np.float32)
