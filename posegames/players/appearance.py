"""What somebody looks like: the colours of their clothes, in a form that a change of light hardly touches."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from posegames.body.joints import Joint
from posegames.body.measure import TORSO
from posegames.body.pose import Floats, Pose
from posegames.seeing.sighting import Picture

Appearance = Floats
"""(2, BINS ** 3) shares of colours on the trunk and on the thighs; rows add up to 1, or to 0 where not seen."""

BINS = 6
"""Steps of each of the three axes: brightness, red against green, yellow against blue."""
BRIGHT = 0.8
"""Share of its axis that brightness takes. It is measured against the whole picture's, so that a lamp or the
camera's exposure changes little."""
SPARSE = 24
"""Every so many rows and columns of a picture tell how light it is."""
DARK = 90.0
"""Added to the sum of the channels (0..765) that hues are divided by: the hue of what is nearly black is noise."""
LEAST = 0.5
"""Confidence below which a joint bounds no clothes."""
WEIGHTS = (0.7, 0.3)
"""How much the trunk and the thighs say."""
OTHER = 0.4
"""Appearances more unlike are of two people: the same clothes differ by .04 to .25, others by .43 to 1 (medians on
real clips)."""

_ACROSS, _DOWN = np.meshgrid(np.linspace(0.12, 0.88, 8), np.linspace(0.12, 0.88, 10))
_TRUNK = np.stack(
    [(1 - _ACROSS) * (1 - _DOWN), _ACROSS * (1 - _DOWN), (1 - _ACROSS) * _DOWN, _ACROSS * _DOWN], axis=-1
).reshape(-1, 4)
"""(80, 4) weights of left shoulder, right shoulder, left hip, right hip: a grid, shrunk away from the edges."""
_ALONG = np.linspace(0.15, 0.9, 12)
_THIGH = np.stack([1 - _ALONG, _ALONG], axis=-1)
"""(12, 2) weights of hip and knee."""
_CORNERS_OF = np.array([*TORSO, Joint.LEFT_KNEE, Joint.RIGHT_KNEE])
_AT = slice(0, 4), slice(2, 5, 2), slice(3, 6, 2)
"""Where the corners of the trunk and of both thighs are among those: of the left thigh, hip and knee."""
_PLACES = np.zeros((len(_TRUNK) + 2 * len(_THIGH), len(_CORNERS_OF)))
"""(104, 6) weights of all these corners: of each place on the trunk, then on the left and the right thigh."""
_PART = np.repeat(np.arange(3), [len(_TRUNK), len(_THIGH), len(_THIGH)])
"""(104,) on which of the three each place is."""
for _part, _weights in enumerate((_TRUNK, _THIGH, _THIGH)):
    _PLACES[_part == _PART, _AT[_part]] = _weights
_STEPS = np.array([BINS * BINS, BINS, 1])
_CORNERS = np.array(list(np.ndindex(2, 2, 2))) @ _STEPS
"""(8,) from a bin to those around a colour that lies between them."""


def appearances(picture: Picture, poses: Sequence[Pose]) -> list[Appearance | None]:
    """Return the colours of everybody's clothes in `picture`; None for those whose trunk is not seen.

    All at once: of a few small arrays each look costs more than what it looks at.
    """
    if not poses:
        return []
    height, width = picture.shape[:2]
    seen = np.array([pose.confidence for pose in poses]).take(_CORNERS_OF, axis=1) >= LEAST
    xy = np.array([pose.xy for pose in poses]).take(_CORNERS_OF, axis=1)
    places = _PLACES @ xy
    places *= height
    inside: NDArray[np.bool_] = np.all((places >= 0) & (places < (width, height)), axis=2)
    bounded = np.array([seen[:, corners].all(axis=1) for corners in _AT])
    inside &= bounded[_PART].T
    told = bounded[0] & (inside[:, : len(_TRUNK)].sum(axis=1) >= len(_TRUNK) // 3)
    whose, which = np.nonzero(inside & told[:, None])
    column, row = places[whose, which].astype(np.intp).T
    light = 3 * float(picture[::SPARSE, ::SPARSE].mean()) + 1
    axes = _axes(picture[row, column].astype(np.float32), light)
    low = np.minimum(axes.astype(np.intp), BINS - 2)
    above = axes - low
    # What lies between bins is shared out among them, so that no edge cuts through a colour.
    x, y, z = np.array([1 - above, above]).swapaxes(0, 1)
    weights = x[:, None, None] * y[:, None] * z
    bins = _STEPS @ low + BINS**3 * (2 * whose + (which >= len(_TRUNK)))
    counts = np.bincount((_CORNERS[:, None] + bins).ravel(), weights.ravel(), 2 * BINS**3 * len(poses))
    counts = counts.reshape(len(poses), 2, -1)
    shares = np.asarray(counts / np.maximum(counts.sum(axis=2, keepdims=True), 1), dtype=np.float32)
    return [look if plain else None for look, plain in zip(shares, told.tolist(), strict=True)]


def appearance(picture: Picture, pose: Pose) -> Appearance | None:
    """Return the colours of one body's clothes: see `appearances`."""
    return appearances(picture, [pose])[0]


def unlike(a: Appearance, b: Appearance) -> float:
    """Return how unlike two appearances are: 0 the same .. 1 nothing in common (Hellinger distance)."""
    common = np.sqrt(a * b).sum(axis=1).tolist()
    rows = zip(WEIGHTS, common, a, b, strict=True)
    seen = [(weight, share) for weight, share, one, other in rows if share or (one.any() and other.any())]
    if not seen:
        return 1.0
    apart = sum(weight * math.sqrt(max(0.0, 1 - share)) for weight, share in seen)
    return apart / sum(weight for weight, _ in seen)


def _axes(colours: Floats, light: float) -> Floats:
    """Return (3, n) places on the axes, 0..BINS-1, of (n, 3) blue, green, red; `light` is that of the picture."""
    blue, green, red = colours.T
    both = green + red
    total = blue + green + red
    scale = total + DARK
    # Saturated clothes reach about .6 and .5 on the two axes of hue: beyond that all is one.
    red_green, yellow_blue = (red - green) / (0.6 * scale), (both / 2 - blue) / (0.5 * scale)
    steps = np.array([BRIGHT * total / (total + light), (red_green + 1) / 2, (yellow_blue + 1) / 2])
    scaled: Floats = np.minimum(np.maximum(steps, 0), 1) * (BINS - 1)
    return scaled
