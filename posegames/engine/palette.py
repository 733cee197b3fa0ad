"""What colours look like to those who see fewer of them, and how far apart they are: for checking a theme.

Colour blindness is Machado, Oliveira and Fernandes (2009), "A Physiologically-based Model for Simulation of Color
Vision Deficiency", table 1, severity 1.0; contrast is that of WCAG 2.2; distance is CIE76, the way between two
colours in CIELAB under D65 light (2.3 is just noticeable).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]

EYES: Mapping[str, tuple[tuple[float, float, float], ...]] = MappingProxyType(
    {
        "usual": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
        "protan": (
            (0.152286, 1.052583, -0.204868),
            (0.114503, 0.786281, 0.099216),
            (-0.003882, -0.048116, 1.051998),
        ),
        "deutan": (
            (0.367322, 0.860646, -0.227968),
            (0.280085, 0.672501, 0.047413),
            (-0.011820, 0.042940, 0.968881),
        ),
        "tritan": (
            (1.255528, -0.076749, -0.178779),
            (-0.078411, 0.930809, 0.147602),
            (0.004733, 0.691367, 0.303900),
        ),
    }
)
"""How each kind of eye mixes linear red, green and blue: no red, no green, no blue cones."""

_XYZ = np.array(
    ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
)
"""From linear sRGB, IEC 61966-2-1."""
_WHITE = _XYZ.sum(axis=1)


def linear(colours: ArrayLike) -> Numbers:
    """Return sRGB `colours` (..., 3), 0..255, as shares of light, 0..1."""
    share = np.asarray(colours, dtype=np.float64) / 255
    light: Numbers = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return light


def seen(colours: ArrayLike, eyes: str) -> Numbers:
    """Return what `eyes` (a key of `EYES`) see of sRGB `colours` (..., 3), as shares of light, 0..1."""
    light: Numbers = np.clip(linear(colours) @ np.array(EYES[eyes]).T, 0, 1)
    return light


def lab(light: Numbers) -> Numbers:
    """Return shares of light (..., 3) in CIELAB."""
    share = light @ _XYZ.T / _WHITE
    bent = np.where(share > 216 / 24389, np.cbrt(share), (24389 / 27 * share + 16) / 116)
    x, y, z = np.moveaxis(bent, -1, 0)
    place: Numbers = np.stack((116 * y - 16, 500 * (x - y), 200 * (y - z)), axis=-1)
    return place


def distance(a: ArrayLike, b: ArrayLike, eyes: str = "usual") -> Numbers:
    """Return how far apart sRGB colours (..., 3) are to `eyes`: CIE76."""
    apart: Numbers = np.linalg.norm(lab(seen(a, eyes)) - lab(seen(b, eyes)), axis=-1)
    return apart


def contrast(a: ArrayLike, b: ArrayLike) -> Numbers:
    """Return WCAG's contrast of sRGB colours (..., 3), from 1 (none) to 21 (black and white)."""
    one, other = linear(a) @ _XYZ[1], linear(b) @ _XYZ[1]
    ratio: Numbers = (np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05)
    return ratio
